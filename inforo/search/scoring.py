"""Says how well a document answers a question; the same numbers on every database.

BM25 over the stored stems: a word in the title weighs four times one in the text, a part of a
compound half of that in the title, in the text a quarter of a word; rare words weigh more
than frequent ones, repetitions less and less, and most in short texts. What was typed counts
double beside what only means the same, and four times beside what means the same as a part of
it, unless no text says it in the words that were typed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf
from operator import mul

from inforo.search.question import Question
from inforo.search.synonyms import Phrase
from inforo.search.terms import Condition, Term
from inforo.search.vocabulary import Frequencies

WEIGHTS = (4.0, 1.0, 2.0, 0.25)  # title, text, parts of the words of each
SATURATION, LENGTH = 1.2, 0.75
AS_TYPED, OF_PART = 2.0, 0.5
Columns = Sequence[str]  # stems of title, text, parts of title, parts of text
Needle = tuple[str, tuple[float, ...]]  # a phrase as it stands in a column; weights of columns
Masks = list[list[int]]  # of a term: its alternatives, and of these the conditions


@dataclass(frozen=True)
class Held:
    """What a document holds of a question, and how long it is."""

    found: list[tuple[int, float]]  # numbers of phrases; how often they stand there, weighed
    terms: frozenset[int]  # numbers of the terms it holds
    length: int


class Scale:
    """Weighs documents for one question."""

    def __init__(self, question: Question, counts: Frequencies) -> None:
        self.worth: dict[Phrase, float] = {}
        for term in (*question.terms, *question.wishes):
            for phrase, worth in worths_of(term, counts):
                self.worth[phrase] = self.worth.get(phrase, 0.0) + worth
        self.worths = list(self.worth.values())
        self.needles: list[Needle] = [needle_of(phrase) for phrase in self.worth]
        self.terms: list[Masks] = [self.masks_of(term) for term in question.terms]
        self.unwanted = [f" {stem} " for stem in question.excluded]

    def masks_of(self, term: Term) -> Masks:
        """Return the conditions of each alternative: a bit for each phrase that fulfils it."""
        bit = {phrase: 1 << number for number, phrase in enumerate(self.worth)}
        return [
            [sum({bit[phrase] for phrase in condition}) for condition in alternative]
            for alternative in term.alternatives
        ]

    def held(self, columns: Columns) -> Held | None:
        """Look for everything; None if the document holds an excluded word."""
        padded = [f" {column} " for column in columns]
        if any(word in column for word in self.unwanted for column in padded[:3]):
            return None
        whole, found, mask = "|".join(padded), [], 0
        for number, (needle, weights) in enumerate(self.needles):
            if needle in whole:
                often = sum(map(mul, weights, [column.count(needle) for column in padded]))
                if often:
                    found.append((number, often))
                    mask |= 1 << number
        terms = [n for n, alternatives in enumerate(self.terms) if is_held(alternatives, mask)]
        return Held(found, frozenset(terms), len(whole))

    def score(self, held: Held, usual_length: float) -> float:
        """Return how well a document fits, beside others of this usual length."""
        slow = SATURATION * (1 - LENGTH + LENGTH * held.length / usual_length)
        return sum(
            self.worths[number] * often * (SATURATION + 1) / (often + slow)
            for number, often in held.found
        )


def worths_of(term: Term, counts: Frequencies) -> Iterator[tuple[Phrase, float]]:
    """Yield the phrases of a term with their worth.

    What only means the same is worth no more for being rarer than what it stands for.
    """
    typed, *others = term.alternatives
    own = [most_frequent(condition, counts) for condition in typed]
    for condition, rarity in zip(typed, own, strict=True):
        yield from ((phrase, AS_TYPED * rarity) for phrase in condition)
    is_written = any(map(counts.of.get, chain(*chain(*typed))))
    weight, most = (1.0, max(own)) if is_written else (AS_TYPED, inf)
    for part, *same in chain.from_iterable(others):
        rarity = min(counts.rarity(part), most)
        yield part, weight * rarity
        most_of_part = rarity if counts.knows(part) else inf
        for phrase in same:
            yield phrase, weight * OF_PART * min(counts.rarity(phrase), most_of_part)


def most_frequent(condition: Condition, counts: Frequencies) -> float:
    """Return the rarity of a word by the most frequent of its forms."""
    return min(map(counts.rarity, condition))


def needle_of(phrase: Phrase) -> Needle:
    """Return how a phrase is looked for; parts of words do not stand side by side."""
    return f" {' '.join(phrase)} ", WEIGHTS if len(phrase) == 1 else WEIGHTS[:2]


def is_held(alternatives: Masks, mask: int) -> bool:
    """Tell whether one alternative holds: each of its conditions, by one of its phrases."""
    for conditions in alternatives:
        for condition in conditions:
            if not mask & condition:
                break
        else:
            return True
    return False
