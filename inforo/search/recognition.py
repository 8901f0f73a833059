"""Recognises Länder, kinds, terms and years in a question, to offer them as filters.

Nothing here changes what is found. The vocabularies are kept as long as the search says that
no term was changed (`catalogue.py`), else read; what is compiled from them is kept under
exactly these rows, so a process can never recognise what editors have changed elsewhere.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import current_app, g
from sqlalchemy import select

from inforo.db import session
from inforo.i18n import language
from inforo.search.german import Token, stem, tokens
from inforo.search.models import Kind
from inforo.search.question import EXCLUDED, LONGEST_QUESTION
from inforo.search.statenames import (
    MOST_WORDS,
    STATE_OF_SPELLING,
    STATES_BY_CODE,
    land_of,
)
from inforo.search.synonyms import Phrase, phrase
from inforo.vocabularies.models import Term

STATE, KIND, YEAR = "state", "kind", "year"
VOCABULARIES = ("age_phase", "field_of_action", "target_group", "tool_category")
FACETS = (STATE, KIND, *VOCABULARIES, YEAR)
MOST_RECOGNISED = 8

# What people call the kinds of results; kinds that do not exist (yet) are passed over.
KIND_WORDS = {
    "example": ("Beispiel", "Praxisbeispiel", "Good Practice", "gute Praxis", "Best Practice"),
    "tool": ("Werkzeug", "Tool", "Arbeitsmaterial", "Muster", "Mustervorlage", "Vorlage"),
    "thread": ("Diskussion", "Austausch", "Diskussionsbeitrag", "Forum"),
    "municipality": ("Kommune",),
    "person": ("Person", "Ansprechpartner", "Ansprechperson", "Kontaktperson", "Experte"),
    "event": ("Termin", "Veranstaltung", "Fortbildung", "Tagung", "Fachtag", "Online-Seminar"),
    "article": ("Meldung", "Nachricht", "Neuigkeit"),
    "term": ("Glossar", "Begriff", "Definition"),
    "group": ("Gruppe", "Arbeitsgruppe"),
}
YEARS = re.compile(r"(?<![\d.,–-])(?:19[89]\d|20[0-4]\d)(?![\d.,]*\d)")
AGES = re.compile(
    r"(?<![\d.,])(\d{1,2})(?:-?\s*(?:-|–|bis)\s*(?:zu\s+)?(\d{1,2}))?[\s-]*(?:Jahre|jährig)\w*",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<!\w)\d")
OLDEST = 120
AGES_OF_LABEL = re.compile(r"\((\d+)(?:–(\d+)|\+)\)")
ASIDE = re.compile(r"\s*\([^)]*\)$")


@dataclass(frozen=True)
class Recognised:
    """A filter that the typed words name. `value` is what the facet takes in an address."""

    facet: str  # one of FACETS
    value: str  # code of the Land, value of the kind, key of the term, the year
    label: str
    typed: str  # the words as they were typed


@dataclass(frozen=True)
class Meaning:
    """A filter and what it is called."""

    facet: str
    value: str
    label: str

    def as_typed(self, typed: str) -> Recognised:
        return Recognised(self.facet, self.value, self.label, typed)


@dataclass(frozen=True)
class TermRow:
    """What is read of a term; equal rows have equal meanings."""

    vocabulary: str
    key: str
    label_de: str
    label: str
    aliases: tuple[str, ...]

    @property
    def meaning(self) -> Meaning:
        return Meaning(self.vocabulary, self.key, self.label)


@dataclass(frozen=True)
class Directory:
    """All words that name a filter, by their stems, and the ages of the phases."""

    meanings: dict[Phrase, tuple[Meaning, ...]]
    ages: tuple[tuple[int, int, Meaning], ...]
    longest: int


def recognise(typed: str) -> list[Recognised]:
    """Return the filters the words of a question name, in the order of these words."""
    typed = EXCLUDED.sub(" ", typed[:LONGEST_QUESTION])
    directory = compiled(term_rows(), language())
    found = [
        *in_words(directory, typed),
        *in_ages(directory, typed),
        *(Recognised(YEAR, year, year, year) for year in YEARS.findall(typed)),
    ]
    once = {(one.facet, one.value): one for one in reversed(found)}
    return list(once.values())[::-1][:MOST_RECOGNISED]


def term_rows() -> tuple[TermRow, ...]:
    """Return the terms, kept in memory for a language as long as none of them was changed."""
    stamp = (g.get("terms_changed_at"), language())
    kept: Any = current_app.extensions.get("search_terms")
    if stamp[0] is None or kept is None or kept[0] != stamp:
        kept = (stamp, read_terms())
        current_app.extensions["search_terms"] = kept
    rows: tuple[TermRow, ...] = kept[1]
    return rows


def read_terms() -> tuple[TermRow, ...]:
    rows = session.execute(
        select(Term.vocabulary, Term.key, Term.label_de, Term.label_en, Term.aliases)
        .where(Term.vocabulary.in_(VOCABULARIES))
        .order_by(Term.vocabulary, Term.position, Term.id)
    )
    is_english = language() == "en"
    return tuple(
        TermRow(
            vocabulary,
            key,
            german,
            english if is_english and english else german,
            tuple(map(str, aliases or ())),
        )
        for vocabulary, key, german, english, aliases in rows
    )


@lru_cache(4)
def compiled(rows: tuple[TermRow, ...], _language: str) -> Directory:
    """Return the directory of these rows; the language is that of the labels of kinds."""
    meanings: dict[Phrase, dict[Meaning, None]] = {}
    for words, meaning in [*kind_words(), *term_words(rows)]:
        if entry := phrase(words):
            meanings.setdefault(entry, {})[meaning] = None
    found = {entry: tuple(known) for entry, known in meanings.items()}
    longest = max(map(len, found), default=1)
    return Directory(found, tuple(phase_ages(rows)), max(longest, MOST_WORDS))


def kind_words() -> Iterator[tuple[str, Meaning]]:
    for kind in Kind:
        for words in KIND_WORDS.get(kind.value, ()):
            yield words, Meaning(KIND, kind.value, str(kind.label))


def term_words(rows: Iterable[TermRow]) -> Iterator[tuple[str, Meaning]]:
    """Yield every name of a term; names with numbers are read as ages instead."""
    for row in rows:
        label = ASIDE.sub("", row.label_de)
        halves = label.split("/") if "-/" not in label else []
        for words in (label, *halves, row.label, *row.aliases):
            if not NUMBER.search(words):
                yield words, row.meaning


def phase_ages(rows: Iterable[TermRow]) -> Iterator[tuple[int, int, Meaning]]:
    for row in rows:
        if row.vocabulary == "age_phase" and (ages := AGES_OF_LABEL.search(row.label_de)):
            yield int(ages[1]), int(ages[2] or OLDEST), row.meaning


def in_words(directory: Directory, typed: str) -> Iterator[Recognised]:
    """Yield what the words name, the longest expression first; no word counts twice."""
    words = list(tokens(typed))
    while words:
        length = 1
        for length in range(min(directory.longest, len(words)), 0, -1):
            if found := meanings_of(directory, typed, words[:length]):
                as_typed = typed[words[0].start : words[length - 1].end]
                yield from (meaning.as_typed(as_typed) for meaning in found)
                break
        words = words[length:]


def meanings_of(
    directory: Directory, typed: str, words: Sequence[Token]
) -> tuple[Meaning, ...]:
    """Return what these words name together; hyphens may join them or not."""
    stems = tuple(stem(piece) for word in words for piece in word.pieces)
    known = directory.meanings.get(stems, ())
    if not known and len(words) == 1:
        known = directory.meanings.get((stem(words[0].folded),), ())
    return (*state_of(typed, words), *known)


def state_of(typed: str, words: Sequence[Token]) -> tuple[Meaning, ...]:
    """Return the Land these words name; "NRW-weit" and "Berlin-Mitte" name one, too."""
    code = STATE_OF_SPELLING.get("".join(word.folded for word in words))
    if code is None and len(words) == 1:
        beginning = words[0].pieces[0] if words[0].is_hyphenated else ""
        code = land_of(typed, words[0]) or STATE_OF_SPELLING.get(beginning)
    return (Meaning(STATE, code, STATES_BY_CODE[code].names[0]),) if code else ()


def in_ages(directory: Directory, typed: str) -> Iterator[Recognised]:
    """Yield the phases that "3 bis 6 Jahre" or "4-jährige" are in."""
    for match in AGES.finditer(typed):
        first = int(match[1])
        last = max(first, int(match[2] or first + 1) - 1)
        for begin, end, phase in directory.ages:
            if begin <= first < end and begin <= last < end:
                yield phase.as_typed(match.group().strip())
