"""Openings for tests, made as the pages make them."""

from typing import Any

from sqlalchemy import select

from inforo.db import session
from inforo.groups.models import GroupAudience
from inforo.openings import actions
from inforo.openings.models import Opening, OpeningConsent
from tests import factories


def propose(thing: Any, manager: Any, audience: str = "members") -> Opening:
    opening = actions.propose(factories.actor(manager), thing, GroupAudience(audience), "")
    session.commit()
    return opening


def agree_all(opening: Opening) -> None:
    """Let every author agree."""
    statement = select(OpeningConsent).where(OpeningConsent.opening_id == opening.id)
    for consent in session.scalars(statement).all():
        actions.grant(factories.actor(consent.account), consent)
    session.commit()


def make_open(thing: Any, manager: Any, audience: str = "members") -> Opening:
    opening = propose(thing, manager, audience)
    agree_all(opening)
    return opening
