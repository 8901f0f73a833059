"""How much waits in which Land. Who asks comes first: everybody sees their own scope."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import case, func, select

from inforo.authz import Actor
from inforo.db import session
from inforo.municipalities.models import State
from inforo.offices.models import WorkItem, WorkKind
from inforo.offices.policy import basket_of


@dataclass
class Desk:
    """What waits in one Land; `code` None is nationwide."""

    code: str | None
    name: str
    count: int = 0
    free: int = 0
    overdue: int = 0
    oldest: datetime | None = None
    kinds: dict[WorkKind, int] = field(default_factory=dict)


def desks(actor: Actor, today: date) -> list[Desk]:
    """Return what waits in each Land of the own scope, by name; one query."""
    rows = session.execute(
        select(
            WorkItem.state_code,
            State.name,
            WorkItem.kind,
            func.count(WorkItem.id),
            func.sum(case((WorkItem.taken_by_id.is_(None), 1), else_=0)),
            func.sum(case((WorkItem.due_on < today, 1), else_=0)),
            func.min(WorkItem.opened_at),
        )
        .outerjoin(State, State.code == WorkItem.state_code)
        .where(
            basket_of(actor),
            WorkItem.closed_at.is_(None),
            WorkItem.waits_for_author_since.is_(None),
        )
        .group_by(WorkItem.state_code, State.name, WorkItem.kind)
        .order_by(State.name)
    )
    found: dict[str | None, Desk] = {}
    for code, name, kind, count, free, overdue, oldest in rows:
        desk = found.setdefault(code, Desk(code, name or ""))
        desk.count, desk.free = desk.count + count, desk.free + free
        desk.overdue += overdue
        desk.kinds[kind] = count
        desk.oldest = min(desk.oldest, oldest) if desk.oldest else oldest
    return sorted(found.values(), key=lambda desk: (desk.code is None, desk.name))
