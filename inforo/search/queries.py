"""Finds what answers a question, for the person asking.

All words must be found. Fewer than ten results are filled up with documents that hold only
some of the words, and each of these says what it lacks; if there is nothing at all, with
what is nearest. Visibility is part of every statement, so counts show only what is there
for this person.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, literal, select, true, union_all

from inforo.authz import Actor
from inforo.db import session
from inforo.search import fulltext, highlight, vocabulary, writing
from inforo.search.analysis import Analyzer
from inforo.search.counting import count_all, ranked_and_counted
from inforo.search.models import Kind, SearchDocument, SearchStems, SearchText
from inforo.search.policy import visible_to
from inforo.search.question import Alternative, Question, Term, understand
from inforo.search.ranking import best_titles, ranked, ranked_in_steps
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
NEAREST = 5
SHORTEST_BEGINNING = 4
BROAD = 800  # documents
ENOUGH_TITLES = 30


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
    if len(hits) < ENOUGH and not is_only_filtered_away(results):
        hits += loosely_found(actor, understood, results, hits, counts)
    results.total = max(results.total, len(hits))
    results.reachable = len(hits)
    results.nearby = [hit.document_id for hit in hits[:ENOUGH]]
    first = (results.page - 1) * PER_PAGE
    results.results = shown(actor, analyzer, question, hits[first : first + PER_PAGE])


def is_only_filtered_away(results: Results) -> bool:
    """Tell whether there are hits with all words, but not with these filters."""
    return not results.filters.is_empty and bool(results.counts.of)


def strictly_found(
    actor: Actor, question: Question, results: Results, counts: Frequencies
) -> list[Hit]:
    """Return the best hits with all words, and count all of them.

    Words that stand in thousands of documents are ranked by titles alone, where these
    suffice: nobody leafs further, and scoring every match is what takes time.
    """
    written = fulltext.expression(question)
    is_broad = counts.least(question.terms) > BROAD
    hits = None if is_broad else ranked_and_counted(actor, question, written, results)
    if hits is not None:
        return hits
    count_all(actor, written, results)
    if not results.total and not results.is_more:
        return []
    titles = fulltext.expression(question, in_title=True)
    hits = ranked(actor, question, titles, filters=results.filters, in_title=True)
    if len(hits) < ENOUGH_TITLES:
        hits += ranked(actor, question, written, filters=results.filters)
    return hits


def loosely_found(
    actor: Actor,
    understood: Understood,
    results: Results,
    strict: list[Hit],
    counts: Frequencies,
) -> list[Hit]:
    """Return further hits: first those that lack one word, then those that hold any."""
    question = understood.question
    groups = nearly_all(question, understood.dead)
    terms = loosened(question, understood.dead, counts)
    steps = [fulltext.any_group(question, groups)] if groups else []
    steps += [fulltext.expression(question, terms, any_of=True)] if terms else []
    if not steps:
        return []
    known = {hit.parent for hit in strict}
    found = [
        (step, hit)
        for step, hit in ranked_in_steps(actor, question, steps, results.filters)
        if hit.parent not in known
    ]
    first = [hit for step, hit in found if groups and step == 0]
    results.lacks_one = bool(first)
    loose = unique(hit for _step, hit in found)
    if len(strict) + len(unique(first)) >= ENOUGH:
        loose = unique(first)
    elif len(loose) > len(unique(first)):
        results.loosened = tuple(term.typed for term in terms)
    return [replace(hit, is_loose=True) for hit in loose]


def nearly_all(question: Question, dead: tuple[Term, ...]) -> list[tuple[Term, ...]]:
    """Return the groups of terms of which one is enough: all words that lead anywhere, or
    all words but one. Empty if that would leave a single word.
    """
    alive = tuple(term for term in question.terms if term not in dead)
    if dead:
        return [alive] if len(alive) > 1 else []
    if len(alive) < 3:
        return []
    return [tuple(term for term in alive if term is not left_out) for left_out in alive]


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
        found_in=text.found_in,
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
    parts = [newest_examples(actor, None)]
    if actor.state_code:
        parts.append(newest_examples(actor, actor.state_code))
    if begun:
        written = fulltext.beginnings([], [], begun)
        parts.append(best_titles(actor, question, written, NEAREST * 4))
    rows = session.execute(union_all(*parts)).all()
    order = {step: [Hit(*row[1:4]) for row in rows if row[0] == step] for step in range(3)}
    like = unique(order[0])[:NEAREST]
    return shown(actor, analyzer, question, like or unique(order[1] + order[2])[:NEAREST])


def newest_examples(actor: Actor, state_code: str | None) -> Select[Any]:
    """Return a SELECT of new examples, of one Land (step 1) or of all (step 2)."""
    is_there = SearchDocument.state_code == state_code if state_code else true()
    newest = (
        select(
            literal(1 if state_code else 2),
            SearchDocument.id,
            SearchDocument.kind,
            SearchDocument.parent_id,
        )
        .where(
            SearchDocument.kind == Kind.EXAMPLE,
            SearchDocument.changed_at.is_not(None),
            is_there,
            visible_to(actor),
        )
        .order_by(SearchDocument.changed_at.desc(), SearchDocument.id.desc())
        .limit(NEAREST)
    )
    return select(newest.subquery())
