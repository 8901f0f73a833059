"""How often examples and tools were taken over: numbers for lists, filters and sheets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from inforo.adoptions.models import Adoption, AdoptionStage
from inforo.db import session


@dataclass(frozen=True)
class Counted:
    """How often each example is adopted, and what these numbers were counted from."""

    stamp: tuple[datetime | None, int]
    numbers: dict[int, int]


counted: dict[str, Counted] = {}  # replaced as a whole; only public numbers


def numbers_of_adoptions() -> dict[int, int]:
    """Return example → number of adoptions, from memory unless one was saved."""
    row = session.execute(select(func.max(Adoption.updated_at), func.count(Adoption.id))).one()
    stamp = (row[0], row[1])
    known = counted.get("")
    if known is None or known.stamp != stamp:
        statement = (
            select(Adoption.example_id, func.count(Adoption.id))
            .where(Adoption.example_id.is_not(None))
            .group_by(Adoption.example_id)
        )
        numbers = {key: number for key, number in session.execute(statement) if key}
        known = counted[""] = Counted(stamp, numbers)
    return known.numbers


def numbers_of_tool_adoptions() -> dict[int, int]:
    """Return tool → number of municipalities that use it."""
    statement = (
        select(Adoption.tool_id, func.count(Adoption.id))
        .where(Adoption.tool_id.is_not(None))
        .group_by(Adoption.tool_id)
    )
    return {key: number for key, number in session.execute(statement) if key}


def stages_of_examples(ids: Sequence[int]) -> dict[int, Counter[AdoptionStage]]:
    """Return example → stage → number of adoptions."""
    statement = (
        select(Adoption.example_id, Adoption.stage, func.count(Adoption.id))
        .where(Adoption.example_id.in_(ids))
        .group_by(Adoption.example_id, Adoption.stage)
    )
    found: dict[int, Counter[AdoptionStage]] = {key: Counter() for key in ids}
    for key, stage, number in session.execute(statement):
        if key is not None:
            found[key][stage] = number
    return found
