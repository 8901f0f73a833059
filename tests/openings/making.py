"""Openings for tests, made as the pages make them, and who looks at them from outside."""

import re
from typing import Any

from sqlalchemy import select

from inforo.db import session
from inforo.groups.models import GroupAudience
from inforo.mail import Mail
from inforo.openings import actions
from inforo.openings.models import Opening, OpeningConsent
from tests import factories

OUTSIDE = (factories.make_bernd, None, factories.make_applicant)


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


def the_opening() -> Opening | None:
    """Return the newest one."""
    session.expire_all()
    return session.scalars(select(Opening).order_by(Opening.id.desc())).first()


def secret_for(account: Any) -> str:
    """Return the secret of the link that was mailed last."""
    mails = select(Mail).where(Mail.account_id == account.id).order_by(Mail.id.desc())
    found = re.search(r"/veroeffentlichung/([\w-]+)", session.scalars(mails).first().text)
    return found[1]


def outside(new_browser: Any, address: str) -> list[int]:
    """Return what somebody from outside, a guest and an applicant get."""
    browsers = [new_browser().sign_in(make()) if make else new_browser() for make in OUTSIDE]
    return [browser.client.get(address).status_code for browser in browsers]
