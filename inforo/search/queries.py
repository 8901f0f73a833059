"""Finds what answers a question, for the person asking.

All words must be found. Fewer than ten results are filled up with documents that hold only
some of the words, and each of these says what it lacks; if there is nothing at all, with
what is nearest. Visibility is part of every statement, so counts show only what is there
for this person.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import case, or_, select

from inforo.authz import Actor
from inforo.db import session
from inforo.municipalities.models import State
from inforo.offices.models import CoordinationOffice, OfficeKind, OfficeState
from inforo.search import fulltext, highlight, vocabulary, writing
from inforo.search.analysis import Analyzer
from inforo.search.models import Kind, SearchDocument, SearchStems, SearchText
from inforo.search.policy import visible_to
from inforo.search.question import Alternative, Question, Term, understand
from inforo.search.ranking import count_all, ranked, ranked_and_counted
from inforo.search.results import (
    PER_PAGE,
    Correction,
    Filters,
    Hit,
    Result,
    Results,
    unique,
)
from inforo.search.vocabulary import Frequencies, Understood

ENOUGH = 10  # results; with fewer the question is loosened
MOST_LOOSE = 100
NEAREST = 5
SHORTEST_BEGINNING = 4
BROAD = 3_000  # documents
ENOUGH_TITLES = 100


def find(actor: Actor, typed: str, filters: Filters, page: int = 1) -> Results:
    """Answer a question with one page of results."""
    analyzer = writing.analyzer()
    question = understand(analyzer, typed)
    results = Results(question, filters, page)
    if question.terms:
        counts = vocabulary.frequencies(actor, [term.stem for term in question.terms])
        understood = vocabulary.correct(actor, analyzer, question, counts)
        results.corrections = [
            Correction(term.typed, meant.typed) for term, meant in understood.corrections
        ]
        answer(actor, analyzer, understood, results, counts)
    if not results.total:
        results.nearest = nearest(actor, analyzer, question)
    return results


def answer(
    actor: Actor,
    analyzer: Analyzer,
    understood: Understood,
    results: Results,
    counts: Frequencies,
) -> None:
    """Fill in what was found, strictly first, then loosely."""
    question = understood.question
    strict = [] if understood.dead else strictly_found(actor, question, results, counts)
    hits = unique(strict)
    if len(hits) < ENOUGH:
        terms = loosened(question, understood.dead, counts)
        hits += loosely_found(actor, question, terms, results, hits)
    results.total = max(results.total, len(hits))
    results.reachable = len(hits)
    first = (results.page - 1) * PER_PAGE
    results.results = shown(actor, analyzer, question, hits[first : first + PER_PAGE])


def strictly_found(
    actor: Actor, question: Question, results: Results, counts: Frequencies
) -> list[Hit]:
    """Return the best hits with all words, and count all of them.

    Words that stand in thousands of documents are ranked by titles alone, where these
    suffice: nobody leafs further, and scoring every match is what takes time.
    """
    written = fulltext.expression(question)
    if counts.least(question.terms) > BROAD and not question.excluded:
        titles = fulltext.expression(question, in_title=True)
        hits = ranked(actor, question, titles, filters=results.filters, in_title=True)
        if len(hits) >= ENOUGH_TITLES:
            count_all(actor, written, results)
            return hits
    return ranked_and_counted(actor, question, written, results)


def loosely_found(
    actor: Actor,
    question: Question,
    terms: tuple[Term, ...],
    results: Results,
    strict: list[Hit],
) -> list[Hit]:
    """Return further hits that hold at least one of these terms."""
    if not terms:
        return []
    written = fulltext.expression(question, terms, any_of=True)
    found = ranked(actor, question, written, filters=results.filters, limit=MOST_LOOSE)
    known = {(hit.kind, hit.parent) for hit in strict}
    more = [replace(hit, is_loose=True) for hit in unique(found)]
    more = [hit for hit in more if (hit.kind, hit.parent) not in known]
    if more:
        results.loosened = tuple(term.typed for term in terms)
    return more


def loosened(
    question: Question, dead: tuple[Term, ...], counts: Frequencies
) -> tuple[Term, ...]:
    """Return the terms of which one is enough: rare words, parts of words that lead nowhere."""
    if len(question.terms) == 1:
        return parts(question.terms[0])
    alive = [term for term in question.terms if term not in dead]
    rare = [term for term in alive if not counts.is_frequent(term)]
    pieces = [part for term in dead for part in parts(term)]
    if not rare and alive:
        rare = [min(alive, key=lambda term: counts.of.get(term.stem, 0))]
    return (*rare, *pieces)


def parts(term: Term) -> tuple[Term, ...]:
    """Return the conditions of a compound as terms of their own."""
    compound: Alternative = next((a for a in term.alternatives if len(a) > 1), ())
    return tuple(Term(term.typed, "", ((condition,),)) for condition in compound)


def shown(
    actor: Actor, analyzer: Analyzer, question: Question, hits: Sequence[Hit]
) -> list[Result]:
    """Load and mark the texts of hits, in their order. Visibility is asked for once more."""
    if not hits:
        return []
    rows = session.execute(
        select(SearchDocument, SearchText, SearchStems)
        .join(SearchText, SearchText.document_id == SearchDocument.id)
        .join(SearchStems, SearchStems.document_id == SearchDocument.id)
        .where(SearchDocument.id.in_([hit.document_id for hit in hits]), visible_to(actor))
    )
    found = {document.id: (document, text, stems) for document, text, stems in rows}
    return [
        make_result(analyzer, question, *found[hit.document_id], is_loose=hit.is_loose)
        for hit in hits
        if hit.document_id in found
    ]


def make_result(
    analyzer: Analyzer,
    question: Question,
    document: SearchDocument,
    text: SearchText,
    stems: SearchStems,
    *,
    is_loose: bool,
) -> Result:
    wanted = question.stems
    return Result(
        kind=document.kind,
        url=text.path,
        title=highlight.mark(analyzer, text.title, wanted),
        snippet=highlight.snippet(analyzer, text.body, wanted),
        context=text.context,
        changed_at=document.changed_at,
        is_loose=is_loose,
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


def nearest(actor: Actor, analyzer: Analyzer, question: Question) -> list[Result]:
    """Return what comes nearest when nothing was found: like beginnings, else new examples."""
    begun = [
        term.stem[: max(SHORTEST_BEGINNING, len(term.stem) - 3)]
        for term in question.terms
        if len(term.stem) >= SHORTEST_BEGINNING
    ]
    hits: list[Hit] = []
    if begun:
        written = fulltext.beginnings([], [], begun)
        hits = unique(ranked(actor, question, written, limit=NEAREST * 4, in_title=True))[
            :NEAREST
        ]
    return shown(actor, analyzer, question, hits[:NEAREST] or newest_examples(actor))


def newest_examples(actor: Actor) -> list[Hit]:
    """Return new examples, those of the person's own Land first."""
    is_near = case((SearchDocument.state_code == (actor.state_code or ""), 0), else_=1)
    documents = session.scalars(
        select(SearchDocument)
        .where(SearchDocument.kind == Kind.EXAMPLE, visible_to(actor))
        .order_by(is_near, SearchDocument.changed_at.desc(), SearchDocument.id.desc())
        .limit(NEAREST)
    )
    return [
        Hit(found.id, found.kind, found.parent_key, found.state_code) for found in documents
    ]


def states() -> list[State]:
    return list(session.scalars(select(State).order_by(State.name)))


def find_office(actor: Actor, state_code: str | None) -> CoordinationOffice | None:
    """Return the office of the chosen Land, else of the person's own, else the national one."""
    wanted = state_code or actor.state_code or ""
    order = {OfficeKind.KGC: 0, OfficeKind.LKS: 1, OfficeKind.NATIONAL: 2}
    return session.scalars(
        select(CoordinationOffice)
        .outerjoin(OfficeState, OfficeState.office_id == CoordinationOffice.id)
        .where(
            or_(
                OfficeState.state_code == wanted,
                CoordinationOffice.kind == OfficeKind.NATIONAL,
            )
        )
        .order_by(case(order, value=CoordinationOffice.kind), CoordinationOffice.id)
        .limit(1)
    ).first()
