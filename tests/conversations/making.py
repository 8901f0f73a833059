"""Conversations for tests."""

from typing import Any

from inforo.conversations import actions, queries
from inforo.db import session
from tests.factories import actor


def make_conversation(author: Any, *others: Any, subject: str = "", body: str = "") -> Any:
    """Let somebody write to others."""
    ids = [other.id for other in others]
    made = actions.start(actor(author), ids, subject or "Kurze Frage", body or "Wie geht das?")
    session.commit()
    return made


def answer(author: Any, conversation: Any, body: str = "So geht das.") -> Any:
    who = actor(author)
    written = actions.reply(who, queries.get_talk(who, conversation.id), body)
    session.commit()
    return written


def first_message(conversation: Any, number: int = 1) -> Any:
    return (
        session.query(queries.Message)
        .filter_by(conversation_id=conversation.id, number=number)
        .one()
    )


def report(reporter: Any, message: Any) -> Any:
    made = actions.report(actor(reporter), message, actions.ReportReason.RUDE, "")
    session.commit()
    return made
