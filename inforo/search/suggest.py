"""Suggests titles while somebody types; the last word may be unfinished.

Titles that begin with what was typed come first, then those that hold its words. Each kind
offers a few of its own, so that fifty thousand examples do not hide the one municipality.
"""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select, union_all

from inforo.authz import Actor
from inforo.db import session
from inforo.search import fulltext, writing
from inforo.search.analysis import folded_words
from inforo.search.documents import described
from inforo.search.fulltext import Range
from inforo.search.german import fold, sort_key, stem, tokens
from inforo.search.models import SearchDocument, SearchText
from inforo.search.policy import visible_to
from inforo.search.question import LONGEST_QUESTION
from inforo.search.results import Hit, unique
from inforo.search.sources import SOURCES
from inforo.search.vocabulary import nearest_beginnings, nearest_words

MOST = 8
MOST_OF_A_SOURCE = 30
LAST = "\U0010ffff"
# Begun suffixes that a finished word would lose with its stem: bewegungsforder|un(g).
LONE_LETTER = re.compile(r"(?<=\s)[^\W\d_]$")  # the next word is just begun: frühe h
BEGUN_SUFFIX = re.compile(r"(?<=[a-z]{4})(?:un?g?|hei?|kei?|lic?|isc?|e[nrsm]?|s)$")


def suggestions(actor: Actor, typed: str) -> list[dict[str, Any]]:
    """Return up to eight things whose title holds the words typed so far."""
    typed = typed[:LONGEST_QUESTION]
    hits = begun(actor, typed)
    if not hits:
        hits = next(filter(None, (begun(actor, one) for one in corrected(actor, typed))), [])
    rows = session.execute(
        select(SearchText.document_id, SearchText.title, SearchText.context, SearchText.path)
        .join(SearchDocument, SearchDocument.id == SearchText.document_id)
        .where(SearchText.document_id.in_([hit.document_id for hit in hits]), visible_to(actor))
    )
    found = {row.document_id: row for row in rows}
    return [
        {
            "label": found[hit.document_id].title,
            "url": found[hit.document_id].path,
            "kind": described(str(hit.kind.noun), found[hit.document_id].context),
        }
        for hit in hits
        if hit.document_id in found
    ]


def begun(actor: Actor, typed: str) -> list[Hit]:
    """Return the best titles with these words, each parent once."""
    words = beginnings_of(typed)
    if words is None:
        return []
    written, key = fulltext.beginnings(*words), sort_key(typed)
    parts = [with_words(actor, written, (s.first_id, s.last_id)) for s in SOURCES]
    rows = session.execute(union_all(*parts, *([beginning(actor, key)] if key else []))).all()
    rows = sorted(rows, key=lambda row: order_of(row, key))
    return unique(Hit(row.id, row.kind, row.parent_id) for row in rows)[:MOST]


COLUMNS = (
    SearchDocument.id,
    SearchDocument.kind,
    SearchDocument.parent_id,
    SearchDocument.title_key,
    SearchDocument.weight,
)


def with_words(actor: Actor, written: str, within: Range) -> Select[Any]:
    """Return a SELECT of the newest titles of a source that hold the words."""
    found = fulltext.matching_documents(written, within, *COLUMNS, in_title=True)
    visible = found.where(visible_to(actor))
    return select(fulltext.newest_first(visible, MOST_OF_A_SOURCE, in_title=True).subquery())


def beginning(actor: Actor, key: str) -> Select[Any]:
    """Return a SELECT of titles that begin with these letters."""
    found = (
        select(*COLUMNS)
        .where(
            SearchDocument.title_key >= key,
            SearchDocument.title_key < key + LAST,
            SearchDocument.id == SearchDocument.parent_id,
            visible_to(actor),
        )
        .order_by(SearchDocument.title_key)
        .limit(MOST_OF_A_SOURCE)
    )
    return select(found.subquery())


def order_of(row: Any, key: str) -> tuple[Any, ...]:
    """Sort titles that are what was typed before those that begin so, then by length."""
    is_other = row.title_key != key
    begins = bool(key) and row.title_key.startswith(key)
    return (is_other, not begins, -row.weight, len(row.title_key), row.id)


def corrected(actor: Actor, typed: str) -> Iterator[str]:
    """Yield the words with slips mended: the last one whole, then as a beginning."""
    *finished, last = folded_words(typed) or [""]
    if not last:
        return
    near = nearest_words(actor, writing.analyzer(), [*finished, last])
    known = [near.get(word, [word])[:1] or [word] for word in finished]
    before = [word for (word,) in known]
    if before != finished:
        yield " ".join([*before, last])
    for word in near.get(last, [])[:1]:
        yield " ".join([*before, word])
    for word in nearest_beginnings(actor, last):
        yield " ".join([*before, word])


def beginnings_of(typed: str) -> tuple[list[str], list[str], list[str]] | None:
    """Return the stems of the finished words; whole stems and beginnings of the last one."""
    pieces = [piece for token in tokens(typed) for piece in token.pieces]
    if not pieces:
        return None
    *finished, last = pieces
    if lone := LONE_LETTER.search(typed):
        finished, last = pieces, fold(lone.group())
    stems = list(dict.fromkeys(map(stem, finished)))
    whole = {stem(last), BEGUN_SUFFIX.sub("", last)}
    if typed.endswith(" "):
        return stems, [stem(last)], []
    return stems, sorted(whole), [last]
