"""Two people save the same step: what both changed is a conflict, the rest fits together.

A form carries a mark per field: a short digest of what was stored when it was opened. When
it is saved, the marks tell for each field who has changed it meanwhile.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass
class Merge:
    """What became of the fields of a form."""

    conflicts: list[str] = field(default_factory=list)  # both changed them, differently
    theirs: list[str] = field(default_factory=list)  # only somebody else changed them


def digest(words: str) -> str:
    """Return a short mark of a text; blanks and line ends do not count."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:10]


def marks(stored: Mapping[str, str], names: Iterable[str]) -> str:
    """Return what a form takes along about what was stored when it was opened."""
    return " ".join(f"{name}:{digest(stored[name])}" for name in names)


def read_marks(given: str | None) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in (given or "")[:4_000].split())
    return {name: mark for name, _colon, mark in pairs}


def merge(given: str | None, stored: Mapping[str, str], typed: Mapping[str, str]) -> Merge:
    """Compare what was typed with what is stored now, and both with what there was before."""
    before, found = read_marks(given), Merge()
    for name, words in typed.items():
        now, mine = digest(stored[name]), digest(words)
        if before.get(name) == now or now == mine:
            continue
        if before.get(name) == mine:
            found.theirs.append(name)
        else:
            found.conflicts.append(name)
    return found
