"""Forgetting conversations and messages that nobody who took part keeps any more."""

import time

from huey import crontab
from sqlalchemy import delete

from inforo.conversations import queries
from inforo.conversations.models import Conversation, Message
from inforo.db import session
from inforo.jobs import give_way, sweep
from inforo.notifications.models import Notification

BATCH = 200


@sweep(crontab(minute="53", hour="2"))
def forget_conversations() -> None:
    """Delete them, a batch at a time; a message somebody reported waits for the decision."""
    began = time.monotonic()
    while ids := queries.unwanted(BATCH):
        subjects = [f"conversations:{key}" for key in ids]
        session.execute(delete(Notification).where(Notification.subject.in_(subjects)))
        session.execute(delete(Conversation).where(Conversation.id.in_(ids)))
        session.commit()
        began = give_way(began)
    while ids := queries.unwanted_messages(BATCH):
        session.execute(delete(Message).where(Message.id.in_(ids)))
        session.commit()
        began = give_way(began)
