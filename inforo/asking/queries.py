"""What the form of a question looks up: places and examples it may be about."""

from typing import Any

from sqlalchemy import case, select

from inforo.db import folded, session
from inforo.municipalities.models import Municipality
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState


def find_examples(typed: str, limit: int = 10) -> list[Any]:
    """Return (id, title) of published examples whose title has all the words."""
    words = typed.split()
    if not words:
        return []
    statement = select(Example.id, Example.title).where(
        Example.state == ExampleState.PUBLISHED,
        *(Example.title.icontains(word, autoescape=True) for word in words),
    )
    return list(session.execute(statement.order_by(Example.title).limit(limit)))


def find_municipalities(typed: str, limit: int = 10) -> list[Municipality]:
    statement = select(Municipality).where(
        Municipality.name_key.contains(folded(typed), autoescape=True),
        Municipality.dissolved_at.is_(None),
    )
    starts = Municipality.name_key.startswith(folded(typed), autoescape=True)
    ranked = statement.order_by(case((starts, 0), else_=1), Municipality.name_key)
    return list(session.scalars(ranked.limit(limit)))
