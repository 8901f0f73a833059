"""Turns hits into results as the page shows them: loaded, marked, and what they lack."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from inforo.authz import Actor
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.search import highlight
from inforo.search.analysis import Analyzer
from inforo.search.models import SearchDocument, SearchStems, SearchText
from inforo.search.policy import visible_to
from inforo.search.question import Question
from inforo.search.results import Hit, Result
from inforo.search.source_talk import thread_document


def shown(
    actor: Actor, analyzer: Analyzer, question: Question, hits: Sequence[Hit]
) -> list[Result]:
    """Load and mark the texts of hits, in their order. Visibility is asked for once more."""
    if not hits:
        return []
    wanted = SearchDocument.id.in_([hit.document_id for hit in hits])
    rows = session.execute(whole_documents(actor).where(wanted))
    found = {row[0].id: tuple(row) for row in rows}
    return [
        make_result(analyzer, question, *found[hit.document_id], is_loose=hit.is_loose)
        for hit in hits
        if hit.document_id in found
    ]


def whole_documents(actor: Actor) -> Select[Any]:
    """Return a SELECT of documents with their texts and stems, as far as they may be seen.

    The last column says whether it is a post of a question that has its answer.
    """
    columns: Any = (SearchDocument, SearchText, SearchStems, has_answer())
    return (
        select(*columns)
        .join(SearchText, SearchText.document_id == SearchDocument.id)
        .join(SearchStems, SearchStems.document_id == SearchDocument.id)
        .where(visible_to(actor))
    )


def has_answer() -> ColumnElement[bool]:
    thread_id = SearchDocument.parent_id - thread_document(0)
    return (
        select(Thread.id)
        .where(Thread.id == thread_id, Thread.answer_post_id.is_not(None))
        .correlate(SearchDocument)
        .exists()
    )


def make_result(  # noqa: PLR0913 (a row of `whole_documents`)
    analyzer: Analyzer,
    question: Question,
    document: SearchDocument,
    text: SearchText,
    stems: SearchStems,
    is_answered: bool,  # noqa: FBT001 (a row of `whole_documents`)
    *,
    is_loose: bool = False,
) -> Result:
    wanted = question.stems
    return Result(
        kind=document.kind,
        url=text.path,
        title=highlight.mark(analyzer, text.title, wanted),
        snippet=highlight.snippet(analyzer, text.body, wanted),
        context=text.context,
        changed_at=document.changed_at,
        found_in=text.found_in,
        is_loose=is_loose,
        is_answered=is_answered,
        missing=missing_words(question, stems) if is_loose else (),
    )


def missing_words(question: Question, stems: SearchStems) -> tuple[str, ...]:
    """Return the words of the question that a document does not hold; a lone one is clear."""
    if len(question.terms) == 1:
        return ()
    columns = (stems.title_stems, stems.body_stems, stems.title_parts, stems.body_parts)
    held = {stem for column in columns for stem in column.split()}
    return tuple(
        term.typed
        for term in question.terms
        if not any(
            all(
                any(held.issuperset(phrase) for phrase in condition)
                for condition in alternative
            )
            for alternative in term.alternatives
        )
    )
