"""Asks which words the index knows: how frequent they are, and which one was meant.

Only words of documents that are open to the asker are looked at (`SearchWord`), and a
correction is only offered when it leads to something the asker may see.
"""

import itertools
import math
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, and_, func, literal, or_, select, true

from inforo.authz import Actor
from inforo.db import session
from inforo.search import fulltext
from inforo.search.analysis import Analyzer
from inforo.search.german import fold, stem
from inforo.search.models import SearchWord
from inforo.search.policy import readable_audiences, visible_to
from inforo.search.question import Question, understand
from inforo.search.spelling import (
    LONGEST_ENDING,
    Known,
    begun_of,
    initials,
    is_corrected,
    most_changes,
    nearest_of,
)
from inforo.search.synonyms import Phrase
from inforo.search.terms import Term

LETTERS = tuple(string.ascii_lowercase)
MOST_CORRECTED = 3  # words of one question
Torn = tuple[str, str, str]  # of a compound: what stands before and behind, the broken rest


@dataclass(frozen=True)
class Frequencies:
    """In how many documents stems stand; 0 for stems no open document has."""

    documents: int
    of: dict[str, int]

    def knows(self, phrase: Phrase) -> bool:
        """Tell whether every word of a phrase stands in some document."""
        return all(map(self.of.get, phrase))

    def rarity(self, phrase: Phrase) -> float:
        """Return the weight of a phrase: the fewer documents hold its rarest word, the more."""
        documents = min(self.of.get(stem, 0) for stem in phrase)
        total = max(self.documents, *self.of.values(), 1)
        return math.log(1 + (total - documents + 0.5) / (documents + 0.5))

    def is_frequent(self, term: Term, share: float = 0.2) -> bool:
        """Tell whether a word stands in so many documents that it says little alone."""
        return bool(term.word) and self.of.get(term.stem, 0) > share * max(self.documents, 50)


def frequencies(
    actor: Actor, stems: Iterable[str], beside: Sequence[ColumnElement[Any]] = ()
) -> tuple[Frequencies, Sequence[Any]]:
    """Count stems, and all documents (the empty stem); return also what is asked beside."""
    counted = (
        select(SearchWord.stem, func.sum(SearchWord.documents).label("documents"))
        .where(
            SearchWord.stem.in_(["", *stems]),
            SearchWord.audience.in_(readable_audiences(actor)),
        )
        .group_by(SearchWord.stem)
        .subquery()
    )
    once = select(literal(1).label("one"), *beside).subquery()
    rows = session.execute(
        select(counted.c.stem, counted.c.documents, *list(once.c)[1:]).select_from(
            once.outerjoin(counted, true())
        )
    ).all()
    counts = {row[0]: int(row[1]) for row in rows if row[0] is not None}
    return Frequencies(counts.pop("", 0), counts), rows[0][2:]


@dataclass(frozen=True)
class Understood:
    """A question with its words corrected, and the words that lead nowhere at all."""

    question: Question
    corrections: tuple[tuple[Term, Term], ...] = ()  # as typed, as meant
    dead: tuple[Term, ...] = ()
    counts: Frequencies | None = None  # with the stems of what is meant


def correct(
    actor: Actor, analyzer: Analyzer, question: Question, counts: Frequencies
) -> Understood:
    """Let words that lead nowhere also mean the nearest word that leads somewhere."""
    unknown = [term for term in question.terms if term.word and not counts.of.get(term.stem)]
    if not unknown:
        return Understood(question)
    near = nearest_words(actor, analyzer, [term.word for term in unknown[:MOST_CORRECTED]])
    candidates = {
        term: [
            found
            for shown in near.get(term.word, ())
            if may_be_meant(analyzer, term.word, shown)
            for found in meaning(analyzer, shown)
        ]
        for term in unknown
    }
    asked = [*unknown, *itertools.chain(*candidates.values())]
    leads, found = leading(actor, question, asked)
    counts = replace(counts, of={**found.of, **counts.of})
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
    corrected = replace(question, terms=tuple(terms))
    return Understood(corrected, tuple(corrections), tuple(dead), counts)


def may_be_meant(analyzer: Analyzer, word: str, shown: str) -> bool:
    """Tell whether a word may be a slip for the one shown.

    Words of rings, nouns and verbs are spelt well, though no text holds them: Roma is no
    Oma; only a longer form of it may be meant (Sturz, stürzt). A compound of known words is
    spelt well, too, though nobody wrote it yet: one letter may be
    wrong ("Kindergraten"), but "Elternbefragung" is no slip for "Elternberatung".
    """
    if is_known(analyzer, word):
        return fold(shown).startswith(word)
    return not analyzer.parts_of(word) or OSA.distance(word, fold(shown)) <= 1


def is_known(analyzer: Analyzer, word: str) -> bool:
    """Tell whether a word is one of the language, though no text here holds it."""
    stemmed = stem(word)
    nouns = {word, *analyzer.relatives.of(stemmed)} & analyzer.splitter.lexicon.nouns
    is_entry = word in analyzer.synonyms.words
    return bool(nouns) or is_entry or stemmed in analyzer.relatives.forms


def meaning(analyzer: Analyzer, shown: str) -> tuple[Term, ...]:
    return understand(analyzer, shown).terms[:1]


def leading(
    actor: Actor, question: Question, terms: list[Term]
) -> tuple[set[Term], Frequencies]:
    """Return the terms that lead to anything the asker may see, all asked at once, counted."""
    visible = visible_to(actor)
    is_there = [
        fulltext.has_match(fulltext.expression(question, [term]), visible).label(
            f"term_{place}"
        )
        for place, term in enumerate(terms)
    ]
    stems = frozenset().union(*(term.stems for term in terms))
    counts, found = frequencies(actor, stems, is_there)
    return {term for term, leads in zip(terms, found, strict=True) if leads}, counts


def nearest_words(
    actor: Actor, analyzer: Analyzer, words: Iterable[str]
) -> dict[str, list[str]]:
    """Return what each word may have been meant for, the nearest and most frequent first.

    That is a known word that differs by a few letters, else a compound of which one part was
    misspelt, else a word with synonyms that begins with what was typed.
    """
    typed = [word for word in words if is_corrected(word)]
    torn = {word: list(analyzer.splitter.torn(word)) for word in typed}
    halves = {half for found in torn.values() for *_around, half in found}
    conditions = [*map(similar, [*typed, *sorted(halves)]), *map(begun_wrongly, typed)]
    known = known_words(actor, conditions) if typed else []
    known += words_of_rings(analyzer, {one.word for one in known}) if typed else []
    return {
        word: nearest_of(word, known)
        or mended(torn[word], known)
        or [
            shown
            for folded, shown in analyzer.synonyms.words.items()
            if folded.startswith(word)
        ]
        for word in typed
    }


def nearest_beginnings(actor: Actor, begun: str) -> list[str]:
    """Return what a word that is being typed may begin with: quatiersm, quartiersm."""
    if not is_corrected(begun):
        return []
    return begun_of(begun, known_words(actor, [begins_alike(begun)]))


def begins_alike(begun: str) -> ColumnElement[bool]:
    """Return the condition that one half of the beginning is right; a slip is in the other."""
    middle = len(begun) // 2
    return and_(
        SearchWord.initial.in_(initials(begun)),
        SearchWord.length >= len(begun) - 1,
        or_(
            SearchWord.word.startswith(begun[:middle], autoescape=True),
            SearchWord.word.contains(begun[middle:], autoescape=True),
        ),
    )


def words_of_rings(analyzer: Analyzer, known: set[str]) -> list[Known]:
    """Return the words that lead somewhere by their synonyms, though no text holds them."""
    return [
        Known(word, shown, 0, stem(word))
        for word, shown in analyzer.synonyms.words.items()
        if word not in known
    ]


def known_words(actor: Actor, conditions: list[ColumnElement[bool]]) -> list[Known]:
    """Return the words that fulfil one of the conditions."""
    rows = session.execute(
        select(SearchWord.word, SearchWord.shown, SearchWord.documents, SearchWord.stem).where(
            SearchWord.audience.in_(readable_audiences(actor)), or_(*conditions)
        )
    )
    return [Known(*row) for row in rows]


def similar(word: str) -> ColumnElement[bool]:
    """Return the condition that a word may be near: its first letter, its length."""
    most = most_changes(word)
    shortest, longest = len(word) - most, len(word) + most
    typed = len(stem(word))
    return and_(
        SearchWord.initial.in_(initials(word)),
        SearchWord.length.between(shortest, longest + LONGEST_ENDING),
        or_(
            SearchWord.length <= longest,
            func.length(SearchWord.stem).between(typed - most, typed + most),
        ),
    )


def begun_wrongly(word: str) -> ColumnElement[bool]:
    """Return the condition that only the first letters differ."""
    return and_(
        SearchWord.initial.in_(LETTERS),
        SearchWord.length.between(len(word) - 1, len(word) + 1),
        SearchWord.word.endswith(word[2:], autoescape=True),
    )


def mended(torn: list[Torn], known: list[Known]) -> list[str]:
    """Return a compound whole again: Ernärungs|beratung."""
    return [
        before + shown.lower() + after
        for before, after, half in torn
        for shown in nearest_of(half, known)[:1]
    ]
