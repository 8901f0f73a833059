"""Loosens a question that finds little: first one word may be missing, then one is enough."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from inforo.authz import Actor
from inforo.search import fulltext, matches
from inforo.search.matches import Matches, Wanted
from inforo.search.question import Question
from inforo.search.ranking import Weighed
from inforo.search.results import Filters, Hit, Results, unique
from inforo.search.terms import Alternative, Term
from inforo.search.vocabulary import Frequencies, Understood

ENOUGH = 10  # results; with fewer the question is loosened
MOST_ASKED = 6  # words, the rarest; each is asked for alone


@dataclass(frozen=True)
class Loosened:
    """Where some of the words are found, and the words of which one is enough."""

    found: list[Matches] = field(default_factory=list)
    terms: tuple[Term, ...] = ()


def find(
    actor: Actor, understood: Understood, filters: Filters, counts: Frequencies
) -> Loosened:
    """Ask for all words but one, and for each rare word alone."""
    question = understood.question
    groups = nearly_all(question, understood.dead)
    terms = rare_terms(question, understood.dead, counts)
    alternatives = [groups] if groups else []
    alternatives += [[(term,)] for term in terms]
    wanted = [
        Wanted(
            fulltext.any_group(question, some),
            fulltext.any_group(question, some, in_title=True),
        )
        for some in alternatives
    ]
    return Loosened(matches.find(actor, filters, wanted), terms)


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


def rare_terms(
    question: Question, dead: tuple[Term, ...], counts: Frequencies
) -> tuple[Term, ...]:
    """Return the terms of which one is enough: rare words, parts of words that lead nowhere."""
    if len(question.terms) == 1:
        return parts(question.terms[0])
    alive = [term for term in question.terms if term not in dead]
    alive.sort(key=lambda term: counts.of.get(term.stem, 0))
    rare = [term for term in alive if not counts.is_frequent(term)] or alive[:1]
    pieces = [part for term in dead for part in parts(term)]
    return (*rare, *pieces)[:MOST_ASKED]


def parts(term: Term) -> tuple[Term, ...]:
    """Return the conditions of a compound as terms of their own."""
    compound: Alternative = next((a for a in term.alternatives if len(a) > 1), ())
    return tuple(Term(term.typed, "", ((condition,),)) for condition in compound)


def add(
    results: Results,
    understood: Understood,
    loosened: Loosened,
    strict: Sequence[Hit],
    weighed: Sequence[Weighed],
) -> list[Hit]:
    """Return the further hits, those that lack one word first; say how far it was loosened."""
    known = {hit.parent for hit in strict}
    loose = [one for one in weighed if one.hit.parent not in known]
    groups = nearly_all(understood.question, understood.dead)
    least = min(map(len, groups)) if groups else len(understood.question.terms) + 1
    first = unique(one.hit for one in loose if len(one.terms) >= least)
    every = unique([*first, *(one.hit for one in loose)])
    results.lacks_one = bool(first)
    if len(strict) + len(first) >= ENOUGH:
        every = first
    elif len(every) > len(first):
        results.loosened = tuple(term.typed for term in loosened.terms)
    return [replace(hit, is_loose=True) for hit in every]
