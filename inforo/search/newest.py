"""What came since a moment and matches a question: for people who saved it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from inforo.authz import Actor
from inforo.db import session
from inforo.search import facets, fulltext, writing
from inforo.search.fulltext import matching_documents
from inforo.search.matches import ranges_of
from inforo.search.models import SearchDocument, SearchText
from inforo.search.policy import visible_to
from inforo.search.question import understand
from inforo.search.results import Filters


def find_new(
    actor: Actor, typed: str, filters: Filters, since: datetime, limit: int
) -> list[tuple[str, str, str]]:
    """Return kind, title and path of what has all words and can be found only after `since`.

    Of a thread only the newest post is named.
    """
    question = understand(writing.analyzer(), typed)
    if not question.terms:
        return []
    columns = (SearchDocument.id, SearchDocument.parent_id, SearchDocument.kind)
    written = fulltext.expression(question)
    rows: list[Any] = []
    for within in ranges_of(filters):
        found = (
            matching_documents(written, within, *columns)
            .where(
                visible_to(actor),
                facets.condition(filters.chosen),
                SearchDocument.findable_since > since,
            )
            .order_by(SearchDocument.findable_since.desc(), SearchDocument.id.desc())
            .limit(limit * 5)
        )
        rows += session.execute(found).all()
    return shown({row.parent_id: row for row in reversed(rows)}, limit)


def shown(newest: dict[int, Any], limit: int) -> list[tuple[str, str, str]]:
    """Return what a mail says of these documents, one of each parent."""
    kinds = {row.id: row.kind for row in list(newest.values())[-limit:]}
    texts = session.execute(
        select(SearchText.document_id, SearchText.title, SearchText.path).where(
            SearchText.document_id.in_(kinds)
        )
    )
    found = {row.document_id: row for row in texts}
    return [
        (str(kinds[key].noun), found[key].title, found[key].path)
        for key in reversed(kinds)
        if key in found
    ]
