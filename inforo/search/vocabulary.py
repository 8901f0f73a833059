"""Asks which words the index knows: how frequent they are, and which one was meant.

Only words of documents that are open to the asker are looked at (`SearchWord`), and a
correction is only offered when it leads to something the asker may see.
"""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, and_, func, or_, select

from inforo.authz import Actor
from inforo.db import session
from inforo.search import fulltext
from inforo.search.analysis import Analyzer
from inforo.search.models import SearchWord
from inforo.search.policy import readable_audiences, visible_to
from inforo.search.question import Question, Term, understand

SHORTEST_CORRECTED = 4
MOST_CORRECTED = 3  # words of one question
CANDIDATES = 4
DOUBLED = re.compile(r"(.)\1")


@dataclass(frozen=True)
class Frequencies:
    """In how many documents stems stand; 0 for stems no open document has."""

    documents: int
    of: dict[str, int]

    def least(self, terms: Iterable[Term]) -> int:
        """Return in how many documents the rarest of these terms stands."""
        return min((self.of.get(term.stem, 0) if term.word else 0 for term in terms), default=0)

    def is_frequent(self, term: Term, share: float = 0.2) -> bool:
        """Tell whether a word stands in so many documents that it says little alone."""
        return bool(term.word) and self.of.get(term.stem, 0) > share * max(self.documents, 50)


def frequencies(actor: Actor, stems: Iterable[str]) -> Frequencies:
    """Count stems, and all documents (the empty stem)."""
    rows = session.execute(
        select(SearchWord.stem, func.sum(SearchWord.documents))
        .where(
            SearchWord.stem.in_(["", *stems]),
            SearchWord.audience.in_(readable_audiences(actor)),
        )
        .group_by(SearchWord.stem)
    )
    counts = {stem: int(count) for stem, count in rows}
    return Frequencies(counts.pop("", 0), counts)


@dataclass(frozen=True)
class Understood:
    """A question with its words corrected, and the words that lead nowhere at all."""

    question: Question
    corrections: tuple[tuple[Term, Term], ...] = ()  # as typed, as meant
    dead: tuple[Term, ...] = ()


def correct(
    actor: Actor, analyzer: Analyzer, question: Question, counts: Frequencies
) -> Understood:
    """Let words that lead nowhere also mean the nearest word that leads somewhere."""
    unknown = [term for term in question.terms if term.word and not counts.of.get(term.stem)]
    if not unknown:
        return Understood(question)
    near = nearest_words(actor, [term.word for term in unknown[:MOST_CORRECTED]])
    candidates = {
        term: [found for shown in near.get(term.word, ()) for found in meaning(analyzer, shown)]
        for term in unknown
    }
    leads = leading(actor, question, [*unknown, *itertools.chain(*candidates.values())])
    terms, corrections, dead = list(question.terms), [], []
    for term in unknown:
        if term in leads:
            continue
        meant = next((candidate for candidate in candidates[term] if candidate in leads), None)
        if meant is None:
            dead.append(term)
            continue
        terms[terms.index(term)] = term.or_also(meant)
        corrections.append((term, meant))
    return Understood(replace(question, terms=tuple(terms)), tuple(corrections), tuple(dead))


def meaning(analyzer: Analyzer, shown: str) -> tuple[Term, ...]:
    return understand(analyzer, shown).terms[:1]


def leading(actor: Actor, question: Question, terms: list[Term]) -> set[Term]:
    """Return the terms that lead to anything the asker may see, all asked at once."""
    visible = visible_to(actor)
    found = session.execute(
        select(
            *(
                fulltext.has_match(fulltext.expression(question, [term]), visible)
                for term in terms
            )
        )
    ).one()
    return {term for term, is_there in zip(terms, found, strict=True) if is_there}


def nearest_words(actor: Actor, words: list[str]) -> dict[str, list[str]]:
    """Return known words that differ by a few letters, the nearest and most frequent first."""
    typed = [word for word in words if is_corrected(word)]
    if not typed:
        return {}
    rows = session.execute(
        select(SearchWord.word, SearchWord.shown, SearchWord.documents).where(
            SearchWord.audience.in_(readable_audiences(actor)), or_(*map(similar, typed))
        )
    ).all()
    return {word: nearest_of(word, rows) for word in typed}


def is_corrected(word: str) -> bool:
    return len(word) >= SHORTEST_CORRECTED and not word.isdigit()


def most_changes(word: str) -> int:
    """Return how many letters may be wrong in a word of this length."""
    return 1 if len(word) < 6 else 2 if len(word) < 12 else 3


def similar(word: str) -> ColumnElement[bool]:
    """Return the condition that a word may be near: one of its first letters, its length."""
    most = most_changes(word)
    return and_(
        SearchWord.initial.in_([word[0], word[1]]),
        SearchWord.length.between(len(word) - most, len(word) + most),
    )


def nearest_of(word: str, rows: Iterable[Any]) -> list[str]:
    """Sort by wrong letters; a letter too few or too many in a pair is the likeliest slip."""
    most = most_changes(word)
    near = [
        (distance, undoubled(known) != undoubled(word), -documents, known, shown)
        for known, shown, documents in rows
        if (distance := OSA.distance(word, known, score_cutoff=most)) <= most
    ]
    shown_once = dict.fromkeys(shown for *_order, shown in sorted(near))
    return list(shown_once)[:CANDIDATES]


def undoubled(word: str) -> str:
    return DOUBLED.sub(r"\1", word)
