"""What a search gives back: hits of the index, results as the page shows them, counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import ColumnElement, and_, true

from inforo.search.models import Kind, SearchDocument
from inforo.search.question import Question

PER_PAGE = 10
MOST_PAGES = 100

Parent = tuple[Kind, str]


@dataclass(frozen=True)
class Filters:
    """What the person chose beside the question."""

    kind: Kind | None = None
    state_code: str | None = None

    def accept(self, hit: "Hit") -> bool:
        return self.kind in (None, hit.kind) and self.state_code in (None, hit.state_code)

    @property
    def condition(self) -> ColumnElement[bool]:
        return and_(
            true() if self.kind is None else SearchDocument.kind == self.kind,
            true() if self.state_code is None else SearchDocument.state_code == self.state_code,
        )


@dataclass(frozen=True)
class Hit:
    """The best document of one result. `is_loose`: it holds only some of the words."""

    document_id: int
    kind: Kind
    parent: str
    state_code: str | None
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
    missing: tuple[str, ...] = ()


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
    total: int = 0
    strict_total: int = 0
    reachable: int = 0  # of the total, so many are ranked and can be leafed through
    kinds: Counter[Kind] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    corrections: list[Correction] = field(default_factory=list)
    loosened: tuple[str, ...] = ()
    nearest: list[Result] = field(default_factory=list)

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
    best: dict[Parent, Hit] = {}
    for hit in hits:
        best.setdefault((hit.kind, hit.parent), hit)
    return list(best.values())


def count_hits(hits: Sequence[Hit], results: Results) -> None:
    """Count all strict hits per kind and Land, each without its own filter."""
    filters = results.filters
    alone = unique(hits)
    of_state = replace(filters, kind=None)
    of_kind = replace(filters, state_code=None)
    results.kinds = Counter(hit.kind for hit in alone if of_state.accept(hit))
    results.states = Counter(
        hit.state_code for hit in alone if of_kind.accept(hit) and hit.state_code
    )
    results.strict_total = results.total = sum(1 for hit in alone if filters.accept(hit))
