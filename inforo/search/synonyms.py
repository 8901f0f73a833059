"""Rings of words that mean the same: Kita = Kindergarten = Kindertagesstätte.

An entry of several words ("alte Menschen") is found as a phrase, in the question as well
as in the texts. Entries are compared by their stems.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from inforo.search.german import fold, stem, tokens
from inforo.search.statenames import STATE_NAMES

Phrase = tuple[str, ...]
PEOPLE = ("Menschen", "Leute", "Personen")
# Facts of the language that no editor has to keep: NRW, bayerische, Thüringer.
STATE_RINGS = tuple(state.ring for state in STATE_NAMES)


class Synonyms:
    """All rings, addressed by the stems of their entries."""

    def __init__(self, rings: Iterable[Sequence[str]] = ()) -> None:
        self.others: dict[Phrase, tuple[Phrase, ...]] = {}
        self.words: dict[str, str] = {}  # entries of one word: folded -> as written
        for ring in (*rings, *STATE_RINGS):
            self.add(ring)
        self.longest = max(map(len, self.others), default=1)

    @classmethod
    def load(cls, path: Path) -> "Synonyms":
        """Read a JSON list of lists of words."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def add(self, ring: Sequence[str]) -> None:
        """Let every entry of the ring stand for every other one."""
        written = [other for entry in ring for other in told_otherwise(entry)]
        entries = tuple(dict.fromkeys(filter(None, map(phrase, written))))
        self.words.update((fold(entry), entry) for entry in ring if entry.isalpha())
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


def phrase(text: str) -> Phrase:
    """Return the stems of the words of a text, in their order."""
    return tuple(stem(piece) for token in tokens(text) for piece in token.pieces)
