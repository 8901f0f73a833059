"""Compares a typed word with known ones: by letters, by stems, by how they sound.

A slip of the fingers swaps, forgets, doubles or replaces letters; a slip of the ear writes
what sounds alike. Endings are compared only where the words differ in nothing else:
"Babylosten" is near "Babylotsinnen".
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from inforo.search.german import stem

SHORTEST_CORRECTED = 4
SHORTEST_STEM = 5
SOUND_CHANGES = 2  # letters by which words may differ further that sound alike
CANDIDATES = 4
BEGINNINGS = 2
LONGEST_ENDING = 5  # by which a form may be longer than what was typed: -innen
DOUBLED = re.compile(r"(.)\1")
SOUNDS = (
    (re.compile("ph|v"), "f"),
    (re.compile("[td]h|dt"), "t"),
    (re.compile("ck|q|c(?=[aoukrl])"), "k"),
    (re.compile("tz|c(?=[eiy])"), "z"),
    (re.compile("ay|ai|ey"), "ei"),
    (re.compile("(?<=[aeiou])h|(?<=r)h"), ""),
    (re.compile("ie|y"), "i"),
    (re.compile("aa"), "a"),
    (DOUBLED, r"\1"),
)
# First letters that are taken for one another.
ALIKE = {"f": "vp", "v": "fw", "k": "cq", "c": "kz", "p": "f", "z": "c", "t": "d", "d": "t"}


class Known(NamedTuple):
    """A word of the index: folded, as it is shown, in how many documents, its stem."""

    word: str
    shown: str
    documents: int
    stem: str


def is_corrected(word: str) -> bool:
    return len(word) >= SHORTEST_CORRECTED and word.isalpha()


def most_changes(word: str) -> int:
    """Return how many letters may be wrong in a word of this length."""
    return 1 if len(word) < 8 else 2 if len(word) < 13 else 3


def initials(word: str) -> list[str]:
    """Return the letters with which a near word may begin; the first two may be swapped."""
    return sorted({word[0], word[1], *ALIKE.get(word[0], "")})


@lru_cache(50_000)
def sound(word: str) -> str:
    for pattern, letter in SOUNDS:
        word = pattern.sub(letter, word)
    return word


def undoubled(word: str) -> str:
    return DOUBLED.sub(r"\1", word)


def distance(word: str, known: Known) -> float | None:
    """Return how far a known word is from a typed one; None if it is another word."""
    most = most_changes(word)
    letters = OSA.distance(word, known.word, score_cutoff=most)
    if letters <= most:
        is_slip = undoubled(known.word) == undoubled(word) or sound(known.word) == sound(word)
        return letters - 0.5 if is_slip else float(letters)
    if sound(known.word) == sound(word):
        return most + 0.5
    typed = stem(word)
    if len(typed) < SHORTEST_STEM:
        return None
    in_stems = OSA.distance(typed, known.stem, score_cutoff=most_changes(typed))
    return in_stems + 0.5 if in_stems <= most_changes(typed) else None


def nearest_of(word: str, rows: Sequence[Known]) -> list[str]:
    """Return known words as they are shown, the nearest and most frequent first."""
    near = [
        (far, -known.documents, known.word, known.shown)
        for known in candidates(word, rows)
        if (far := distance(word, known)) is not None
    ]
    return list(dict.fromkeys(shown for *_order, shown in sorted(near)))[:CANDIDATES]


def begun_of(begun: str, rows: Sequence[Known]) -> list[str]:
    """Return beginnings of known words that what is being typed may be a slip for."""
    near: Counter[tuple[int, str]] = Counter()
    for known in rows:
        for length in (len(begun), len(begun) - 1, len(begun) + 1):
            beginning = known.word[:length]
            far = OSA.distance(begun, beginning, score_cutoff=most_changes(begun))
            if far <= most_changes(begun):
                near[far, beginning] += known.documents
                break
    ordered = sorted(near, key=lambda one: (one[0], -near[one], one[1]))
    return list(dict.fromkeys(beginning for _far, beginning in ordered))[:BEGINNINGS]


def candidates(word: str, rows: Sequence[Known]) -> list[Known]:
    """Return the rows worth a closer look; comparing all at once is what makes it fast."""
    typed = stem(word)
    by_letters = close(word, [known.word for known in rows], most_changes(word) + SOUND_CHANGES)
    by_stem = close(typed, [known.stem for known in rows], most_changes(typed))
    return [rows[place] for place in sorted(by_letters | by_stem)]


def close(word: str, words: list[str], most: int) -> set[int]:
    """Return the places of the words with at most so many changes."""
    found = process.extract_iter(word, words, scorer=OSA.distance, score_cutoff=most)
    return {place for _word, _distance, place in found}
