"""Counts what matches: all of it, as far as the person asking may see it.

Only the newest MOST_COUNTED are counted, and the page says "über": nobody needs to know which
of half a million it is, and the time grows with what is looked at.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, literal, null, select, union_all

from inforo.authz import Actor
from inforo.db import session
from inforo.search import facets, fulltext
from inforo.search.ddl import MANY
from inforo.search.fulltext import joined
from inforo.search.models import SearchDocument
from inforo.search.policy import visible_to
from inforo.search.question import Question
from inforo.search.ranking import (
    FEW,
    MOST_RANKED,
    MOST_SCORED,
    POSTS,
    best_first,
    candidates,
)
from inforo.search.results import Hit, Results

MOST_COUNTED = 8_000  # posts, and as many of everything else
BEST, OTHERS, THREADS = range(3)


def ranked_and_counted(
    actor: Actor, question: Question, written: str, results: Results
) -> list[Hit] | None:
    """Rank and count in one statement, so that the matches are looked up once.

    Return None if there are more matches than are scored; then nothing is counted.
    """
    found = fulltext.at_once(select(candidates(actor, question, written)), "found")
    best = (
        select(found)
        .where(facets.condition(results.filters.chosen, found.c))
        .order_by(*best_first(found))
        .limit(MOST_RANKED)
    ).subquery()
    order = func.row_number().over(order_by=best_first(best))
    parts = union_all(
        select(literal(BEST), best.c.id, best.c.kind, best.c.parent_id, null(), order),
        select(
            literal(OTHERS), null(), null(), null(), joined(found.c.parent_id), func.count()
        ).where(found.c.id < MANY),
        select(
            literal(THREADS),
            func.count(),
            null(),
            null(),
            found.c.facets,
            func.count(found.c.parent_id.distinct()),
        )
        .where(found.c.id >= MANY)
        .group_by(found.c.facets),
    )
    rows = session.execute(parts).all()
    if is_cut(rows):
        return None
    count(results, rows)
    hits = sorted((row for row in rows if row[0] == BEST), key=lambda row: row[5])
    return [Hit(document_id, kind, parent) for _, document_id, kind, parent, *_ in hits]


def is_cut(rows: Iterable[Any]) -> bool:
    """Tell whether as many matches came as are scored: there may be more."""
    return most_of_a_part(list(rows)) >= MOST_SCORED


def most_of_a_part(rows: Sequence[Any]) -> int:
    """Return how many documents were looked at, among posts or among everything else."""
    others = sum(row[5] for row in rows if row[0] == OTHERS)
    posts = sum(row[1] for row in rows if row[0] == THREADS)
    return int(max(others, posts))


def count_all(actor: Actor, written: str, results: Results) -> None:
    """Count without ranking."""
    visible = visible_to(actor)
    columns = (SearchDocument.facets, SearchDocument.parent_id)
    others, posts = (
        fulltext.newest_first(
            fulltext.matching_documents(written, within, *columns).where(visible), MOST_COUNTED
        ).subquery()
        for within in (FEW, POSTS)
    )
    rows = session.execute(
        union_all(
            select(
                literal(OTHERS),
                null(),
                null(),
                null(),
                joined(others.c.parent_id),
                func.count(),
            ),
            select(
                literal(THREADS),
                func.count(),
                null(),
                null(),
                posts.c.facets,
                func.count(posts.c.parent_id.distinct()),
            ).group_by(posts.c.facets),
        )
    ).all()
    results.is_more = most_of_a_part(rows) >= MOST_COUNTED
    count(results, rows)


def count(results: Results, rows: Iterable[Any]) -> None:
    """Fill in the counts from rows of the two statements above."""
    chosen, counts = results.filters.chosen, results.counts
    for part, _id, _kind, _parent, text, number in rows:
        if part == THREADS:
            counts.add_group(text, number, chosen)
        elif part == OTHERS and text:
            ids = set(map(int, text.split(",")))
            facets.catalogue().count(ids, chosen, counts)
    results.total = results.strict_total = counts.total
