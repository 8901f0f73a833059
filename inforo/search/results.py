"""What a search gives back: hits of the index, results as the page shows them, counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from inforo.search.facets import Counts
from inforo.search.models import Kind
from inforo.search.question import Question

PER_PAGE = 10
MOST_PAGES = 100


@dataclass(frozen=True)
class Filters:
    """What the person chose beside the question: facet → values, one of them is enough."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(Kind(value) for value in self.chosen.get("art", ()))

    @property
    def state_code(self) -> str | None:
        """Return the chosen Land, if it is one."""
        states = self.chosen.get("land", ())
        return states[0] if len(states) == 1 else None

    @property
    def is_empty(self) -> bool:
        return not any(self.chosen.values())


NO_FILTERS = Filters()


@dataclass(frozen=True)
class Hit:
    """The best document of one result. `is_loose`: it holds only some of the words."""

    document_id: int
    kind: Kind
    parent: int
    is_loose: bool = False


@dataclass(frozen=True)
class Result:
    """One result as the page shows it."""

    kind: Kind
    url: str
    title: Markup
    snippet: Markup
    context: str
    changed_at: datetime | None
    found_in: str = ""
    is_loose: bool = False
    is_answered: bool = False
    missing: tuple[str, ...] = ()  # words of the question it does not hold


@dataclass(frozen=True)
class Correction:
    typed: str
    meant: str


@dataclass
class Results:
    """The answer to a question: one page of results, and what there is in all."""

    question: Question
    filters: Filters
    page: int = 1
    results: list[Result] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    total: int = 0
    strict_total: int = 0
    is_more: bool = False  # more threads than were counted
    reachable: int = 0  # of the total, so many are ranked and can be leafed through
    corrections: list[Correction] = field(default_factory=list)
    loosened: tuple[str, ...] = ()
    lacks_one: bool = False  # loosened so far that one word may be missing
    nearest: list[Result] = field(default_factory=list)
    nearby: list[int] = field(default_factory=list)  # documents of loose hits

    @property
    def kinds(self) -> Counter[Kind]:
        return Counter({Kind(kind): number for kind, number in self.counts.of["art"].items()})

    @property
    def states(self) -> Counter[str]:
        return self.counts.of["land"]

    @property
    def pages(self) -> int:
        return max(1, -(-self.reachable // PER_PAGE))

    @property
    def corrected(self) -> str:
        """Return the question as it was probably meant."""
        text = self.question.typed
        for correction in self.corrections:
            text = text.replace(correction.typed, correction.meant)
        return text


def unique(hits: Iterable[Hit]) -> list[Hit]:
    """Keep the best hit of each parent: a thread is one result, however many posts match."""
    best: dict[int, Hit] = {}
    for hit in hits:
        best.setdefault(hit.parent, hit)
    return list(best.values())
