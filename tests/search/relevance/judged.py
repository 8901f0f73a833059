"""Reads the library and the judged questions, and measures an order of results by them."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
SETS = ("development", "held_out")
CUT = 10  # results that people look at


@dataclass(frozen=True)
class Judged:
    """A question, and how relevant documents are for it: 3 exactly this, 1 touches it."""

    kind: str  # what the question tries: inflection, compound, typo …
    typed: str
    grades: dict[str, int]
    forbidden: frozenset[str]


@dataclass(frozen=True)
class Score:
    """The measures of one question or the means of several."""

    ndcg: float
    mrr: float
    recall: float

    @classmethod
    def mean(cls, scores: Sequence["Score"]) -> "Score":
        def of(values: Iterable[float]) -> float:
            return sum(values) / max(1, len(scores))

        return cls(
            of(s.ndcg for s in scores), of(s.mrr for s in scores), of(s.recall for s in scores)
        )


@dataclass(frozen=True)
class Outcome:
    """What the search answered: keys as shown, and those said to hold all words."""

    judged: Judged
    found: list[str]
    strict: list[str] = field(default_factory=list)

    @property
    def score(self) -> Score:
        return measure(self.judged.grades, self.found)

    @property
    def trespassers(self) -> list[str]:
        """Return documents that must not be found at all."""
        return [key for key in self.found if key in self.judged.forbidden]


def lines(name: str) -> Iterator[list[str]]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield [part.strip() for part in line.split("|")]


def documents() -> dict[str, tuple[str, str]]:
    """Return key -> title and text."""
    return {key: (title, body) for key, title, body in lines("documents")}


def questions(name: str) -> list[Judged]:
    """Return the questions of one set."""
    return [judged(*row) for row in lines(name)]


def judged(kind: str, typed: str, judgements: str) -> Judged:
    words = judgements.split()
    graded = [word.split(":") for word in words if ":" in word]
    return Judged(
        kind,
        typed,
        {key: int(grade) for key, grade in graded},
        frozenset(word[1:] for word in words if word.startswith("!")),
    )


def measure(grades: dict[str, int], found: Sequence[str]) -> Score:
    """Return nDCG@10, the reciprocal rank of the first good document, and recall@10."""
    shown = found[:CUT]
    ideal = gain(sorted(grades.values(), reverse=True)[:CUT])
    best = next((rank for rank, key in enumerate(shown, 1) if grades.get(key, 0) > 1), 0)
    return Score(
        gain([grades.get(key, 0) for key in shown]) / ideal,
        1 / best if best else 0.0,
        len(grades.keys() & set(shown)) / min(CUT, len(grades)),
    )


def gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def outcomes(name: str, ask: Callable[[str], tuple[list[str], list[str]]]) -> list[Outcome]:
    """Ask all questions of a set; `ask` returns the keys found, and the strict ones."""
    return [Outcome(question, *ask(question.typed)) for question in questions(name)]


def by_kind(asked: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    kinds: dict[str, list[Outcome]] = {}
    for outcome in asked:
        kinds.setdefault(outcome.judged.kind, []).append(outcome)
    return kinds


def expected_orders() -> dict[str, list[str]]:
    """Return the order of results that every database must give: set and question → keys."""
    return {f"{name} | {typed}": keys.split() for name, typed, keys in lines("orders")}


def orders_of(asked: Mapping[str, Sequence[Outcome]]) -> dict[str, list[str]]:
    return {
        f"{name} | {one.judged.typed}": one.found
        for name, outcomes in asked.items()
        for one in outcomes
    }


def save_orders(orders: dict[str, list[str]]) -> None:
    """Write down an order of results, to be compared with on the other databases."""
    head = "# What is found, best first, on every database: `make relevance SAVE=--save`."
    written = [f"{asked} | {' '.join(keys)}" for asked, keys in orders.items()]
    (FOLDER / "orders.txt").write_text("\n".join([head, *written, ""]), encoding="utf-8")
