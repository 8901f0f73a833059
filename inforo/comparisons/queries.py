"""The SELECTs of comparisons."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from inforo.authz import Actor
from inforo.db import session
from inforo.toolbox.models import Example
from inforo.toolbox.policy import visible_to


def examples_to_compare(actor: Actor, ids: Sequence[int]) -> list[Example]:
    """Return those examples somebody may see, in the given order, with all that is compared."""
    statement = (
        select(Example)
        .where(Example.id.in_(ids), visible_to(actor))
        .options(
            joinedload(Example.organisation),
            selectinload(Example.municipalities),
            selectinload(Example.terms),
            selectinload(Example.criteria),
        )
    )
    found = {example.id: example for example in session.scalars(statement)} if ids else {}
    return [found[key] for key in ids if key in found]
