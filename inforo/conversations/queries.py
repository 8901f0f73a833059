"""Every SELECT on conversations. Who asks comes first: what is not theirs is not there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from inforo.accounts.models import Account, search_key
from inforo.authz import Actor
from inforo.config import settings
from inforo.contacts import queries as contacts
from inforo.contacts.models import Block
from inforo.conversations import policy
from inforo.conversations.models import (
    PAGE_LENGTH,
    Conversation,
    Message,
    MessageReport,
    Participant,
)
from inforo.conversations.policy import Talk
from inforo.db import session
from inforo.errors import NotFound

PEOPLE = selectinload(Conversation.people).joinedload(Participant.account)


@dataclass(frozen=True)
class Filters:
    """What the inbox is narrowed to: kept away or not, and words."""

    archived: bool = False
    q: str = ""


def narrowed(actor: Actor, filters: Filters, statement: Any) -> Any:
    """Apply visibility and filters; words are looked for in what the person still has."""
    is_away = Participant.archived_at.is_not(None)
    statement = statement.join(
        Participant, Participant.conversation_id == Conversation.id
    ).where(policy.mine_of(actor))
    words = search_key(filters.q).split()
    if not words:
        return statement.where(is_away if filters.archived else ~is_away)
    said = aliased(Message)
    for word in words:
        found = select(said.id).where(
            said.conversation_id == Conversation.id,
            said.number > Participant.cleared_number,
            said.hidden_at.is_(None),
            said.body_key.contains(word, autoescape=True),
            or_(said.author_id.is_(None), said.author_id.not_in(blocked(actor))),
        )
        statement = statement.where(
            or_(Conversation.subject_key.contains(word, autoescape=True), found.exists())
        )
    return statement


def blocked(actor: Actor) -> Any:
    return select(Block.blocked_id).where(Block.account_id == actor.account_id)


def list_talks(actor: Actor, filters: Filters, page: int) -> Sequence[Any]:
    """Return (conversation, own part, last message) with all who take part: two statements."""
    statement = (
        narrowed(actor, filters, select(Conversation, Participant, Message))
        .outerjoin(
            Message,
            (Message.conversation_id == Conversation.id)
            & (Message.number == Conversation.message_count),
        )
        .options(PEOPLE)
        .order_by(Conversation.last_message_at.desc(), Conversation.id.desc())
        .limit(settings.page_size)
        .offset((page - 1) * settings.page_size)
    )
    return session.execute(statement).all()


def count_talks(actor: Actor, filters: Filters) -> int:
    return session.scalar(narrowed(actor, filters, select(func.count(Conversation.id)))) or 0


def get_talk(actor: Actor, conversation_id: int) -> Talk:
    """Return a conversation as the actor has it."""
    conversation = session.scalar(
        select(Conversation)
        .where(Conversation.id == conversation_id)
        .options(PEOPLE)
        .execution_options(populate_existing=True)
    )
    mine = conversation.find_participant(actor.account_id) if conversation else None
    if conversation is None or mine is None or not policy.takes_part(actor, conversation):
        raise NotFound
    return Talk(conversation, mine, blocked_among(actor, conversation))


def blocked_among(actor: Actor, conversation: Conversation) -> frozenset[int]:
    """Return whom the actor has blocked; of two people also who has blocked the actor."""
    found = contacts.blocked_by(actor)
    if conversation.is_pair:
        found |= contacts.who_blocked(actor.account_id)
    return frozenset(found)


def messages(talk: Talk, page: int) -> Sequence[Message]:
    """Return one page of messages, of those the person did not delete for themselves."""
    first = (page - 1) * PAGE_LENGTH + 1
    statement = (
        select(Message)
        .where(
            Message.conversation_id == talk.conversation.id,
            Message.number.between(first, first + PAGE_LENGTH - 1),
            Message.number > talk.mine.cleared_number,
        )
        .options(
            joinedload(Message.author).joinedload(Account.municipality),
            joinedload(Message.author).joinedload(Account.organisation),
        )
        .order_by(Message.number)
    )
    return session.scalars(statement).all()


def lock(conversation: Conversation) -> int:
    """Let nobody else write until this transaction ends; return the next number."""
    count = session.scalar(
        select(Conversation.message_count)
        .where(Conversation.id == conversation.id)
        .with_for_update()
    )
    return (count or 0) + 1


def get_message(actor: Actor, message_id: int) -> Message:
    message = find_message(message_id)
    if message is None or not policy.may_view_message(actor, message):
        raise NotFound
    return message


def find_message(message_id: int) -> Message | None:
    return session.scalar(
        select(Message)
        .where(Message.id == message_id)
        .options(joinedload(Message.author), joinedload(Message.conversation).options(PEOPLE))
    )


# Reports ----------------------------------------------------------------------------------


def get_report(actor: Actor, report_id: int) -> MessageReport:
    report = session.scalar(
        select(MessageReport)
        .where(MessageReport.id == report_id)
        .options(
            joinedload(MessageReport.message).joinedload(Message.author),
            joinedload(MessageReport.message).joinedload(Message.conversation),
            joinedload(MessageReport.reporter),
        )
    )
    if report is None or not policy.may_read_reported(actor, report):
        raise NotFound
    return report


# What is over -----------------------------------------------------------------------------


def kept_by_somebody(number: Any) -> Any:
    """Somebody who is there did not delete the message of this number for themselves."""
    return (
        select(Participant.id)
        .join(Account, Account.id == Participant.account_id)
        .where(
            Participant.conversation_id == Conversation.id,
            Participant.left_at.is_(None),
            Participant.cleared_number < number,
            Account.closed_at.is_(None),
        )
        .correlate(Conversation, Message)
        .exists()
    )


def unwanted_messages(limit: int) -> list[int]:
    """Return old messages all have deleted, of conversations that went on."""
    waits = select(MessageReport.id).where(
        MessageReport.message_id == Message.id, MessageReport.decided_at.is_(None)
    )
    statement = (
        select(Message.id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Message.number < Conversation.message_count,
            ~kept_by_somebody(Message.number),
            ~waits.exists(),
        )
    )
    return list(session.scalars(statement.order_by(Message.id).limit(limit)))


def unwanted(limit: int) -> list[int]:
    """Return conversations nobody keeps: all left, deleted them, or are gone."""
    waits = (
        select(MessageReport.id)
        .join(Message, Message.id == MessageReport.message_id)
        .where(Message.conversation_id == Conversation.id, MessageReport.decided_at.is_(None))
    )
    statement = select(Conversation.id).where(
        ~kept_by_somebody(Conversation.message_count), ~waits.exists()
    )
    return list(session.scalars(statement.order_by(Conversation.id).limit(limit)))
