"""Posts that wait, for tests."""

from typing import Any

from inforo import clock
from inforo.db import session
from inforo.discussions import holding
from tests.factories import actor, make_account, make_group


def make_newcomer(name: str = "Anna", **values) -> Any:
    """Make a member who was let in just now and has written nothing yet."""
    return make_account(name, **({"approved_at": clock.now()} | values))


def make_held(
    title: str, body: str = "Wer hat Erfahrung?", *, author: Any = None, group: Any = None
) -> Any:
    """Hold a question back."""
    author = author or make_newcomer()
    group = group or make_group()
    held = holding.hold_question(actor(author), group, {"title": title, "body": body})
    session.commit()
    return held


def make_held_answer(thread: Any, body: str = "Bei uns so.", *, author: Any = None) -> Any:
    held = holding.hold_answer(actor(author or make_newcomer()), thread, {"body": body})
    session.commit()
    return held
