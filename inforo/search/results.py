"""What a search gives back: hits of the index, results as the page shows them, counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

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

    def condition(self, columns: Any = SearchDocument) -> ColumnElement[bool]:
        """Return the condition on columns named as those of a document."""
        return and_(
            true() if self.kind is None else columns.kind == self.kind,
            true() if self.state_code is None else columns.state_code == self.state_code,
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
    is_loose: bool = False
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
    total: int = 0
    strict_total: int = 0
    reachable: int = 0  # of the total, so many are ranked and can be leafed through
    kinds: Counter[Kind] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    corrections: list[Correction] = field(default_factory=list)
    loosened: tuple[str, ...] = ()
    nearest: list[Result] = field(default_factory=list)

    def count(self, kind: Kind, state_code: str | None, number: int) -> None:
        """Add hits of one kind and Land to the counts, each without its own filter."""
        is_kind = self.filters.kind in (None, kind)
        is_state = self.filters.state_code in (None, state_code)
        if is_state:
            self.kinds[kind] += number
        if is_kind and state_code:
            self.states[state_code] += number
        if is_kind and is_state:
            self.total += number
            self.strict_total += number

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
