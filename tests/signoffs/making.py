"""Texts that wait for a superior, and the links that lead to them."""

from typing import Any

from inforo.db import session
from inforo.signoffs import actions
from inforo.signoffs.models import Signoff, SignoffLink
from tests.factories import actor, make_group

WORDS = {
    "title": "Wie finden andere das?",
    "body": "Wir **überlegen** noch.",
    "terms": [],
    "municipalities": [],
    "examples": [],
}


def make_signoff(author: Any, *, group: Any = None, **words: Any) -> Signoff:
    group = group or make_group(holds_first_posts=False)
    signoff = actions.begin_question(actor(author), group, WORDS | words)
    session.commit()
    return signoff


def make_link(
    signoff: Signoff,
    *,
    name: str = "Viola Vorgesetzt",
    email: str = "viola@amt.example",
    publishes: bool = False,
) -> SignoffLink:
    link = actions.send(actor(signoff.account), signoff, name, email, publishes=publishes)
    session.commit()
    return link
