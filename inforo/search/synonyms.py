"""Rings of words that mean the same: Kita = Kindergarten = Kindertagesstätte.

An entry of several words ("alte Menschen") is found as a phrase, in the question as well
as in the texts. Entries are compared by their stems. The index lacks stop words: what these
leave of "ohne Arbeit" would be another thing, so it is recognised only in the question.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from inforo.search.german import TOKEN, fold, is_searchable, stem, tokens
from inforo.search.statenames import STATE_NAMES

Phrase = tuple[str, ...]
PEOPLE = ("Menschen", "Leute", "Personen")
# Facts of the language that no editor has to keep: NRW, bayerische, Thüringer.
STATE_RINGS = tuple(state.ring for state in STATE_NAMES)
LACKING = ("kein", "nicht", "ohne")  # how an entry begins that says the opposite of its rest


class Synonyms:
    """All rings, addressed by the stems of their entries."""

    def __init__(self, rings: Iterable[Sequence[str]] = ()) -> None:
        self.others: dict[Phrase, tuple[Phrase, ...]] = {}
        self.spoken: dict[Phrase, tuple[Phrase, ...]] = {}  # by all words, stop words too
        self.words: dict[str, str] = {}  # entries of one word: folded -> as written
        for ring in (*rings, *STATE_RINGS):
            self.add(ring)
        self.longest = max(map(len, self.others), default=1)
        self.longest_spoken = max(map(len, self.spoken), default=0)

    @classmethod
    def load(cls, path: Path) -> "Synonyms":
        """Read a JSON list of lists of words."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def add(self, ring: Sequence[str]) -> None:
        """Let every entry of the ring stand for every other one."""
        written = [other for entry in ring for other in told_otherwise(entry)]
        entries = tuple(dict.fromkeys(filter(None, map(whole_phrase, written))))
        self.words.update((fold(entry), entry) for entry in ring if entry.isalpha())
        for told in filter(is_spoken, written):
            words = spoken(TOKEN.findall(told))
            self.spoken[words] = tuple(dict.fromkeys((*self.spoken.get(words, ()), *entries)))
        for entry in entries:
            known = self.others.get(entry, ())
            fresh = (other for other in entries if other != entry and other not in known)
            self.others[entry] = (*known, *fresh)

    def of(self, entry: Phrase) -> tuple[Phrase, ...]:
        """Return the phrases that mean the same as these stems."""
        return self.others.get(entry, ())


def told_otherwise(entry: str) -> tuple[str, ...]:
    """Return an entry, and with "alte Menschen" also "alte Leute" and "alte Personen"."""
    if " " not in entry or PEOPLE[0] not in entry:
        return (entry,)
    return tuple(entry.replace(PEOPLE[0], other) for other in PEOPLE)


def is_spoken(entry: str) -> bool:
    """Tell whether stop words leave less than two of several words: ohne Arbeit."""
    return len(TOKEN.findall(entry)) > 1 and len(phrase(entry)) < 2


def whole_phrase(entry: str) -> Phrase:
    """Return the stems by which texts hold an entry as a whole; () if the index lacks it.

    A single letter is no word, but with a hyphen part of one: E-Zigarette.
    """
    if is_spoken(entry):
        return ()
    words = list(tokens(entry))
    if len(words) == 1 and len(words[0].pieces) == 1 and words[0].is_hyphenated:
        return (stem(words[0].folded),)
    return phrase(entry)


def spoken(words: Iterable[str]) -> Phrase:
    """Return words as they are compared in questions: stop words as they are, else stems."""
    folded = map(fold, words)
    return tuple(stem(word) if is_searchable(word) else word for word in folded)


def rest_of(words: Sequence[str]) -> Phrase:
    """Return the stem that stop words leave of a spoken entry, if it still says the same."""
    left = phrase(" ".join(words))
    is_other = fold(words[0]) in LACKING or any(word.isdigit() for word in left)
    return () if is_other else left


def phrase(text: str) -> Phrase:
    """Return the stems of the words of a text, in their order."""
    return tuple(stem(piece) for token in tokens(text) for piece in token.pieces)
