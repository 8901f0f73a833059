"""Who reads and writes private messages: who takes part, and nobody else, whatever their role.

A reported message is read on a page of its own, by admins, one at a time, logged.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, false

from inforo.authz import Actor
from inforo.conversations.models import Conversation, Message, MessageReport, Participant


@dataclass(frozen=True)
class Talk:
    """A conversation as one person has it; `blocked`: ids they have blocked, or who did."""

    conversation: Conversation
    mine: Participant
    blocked: frozenset[int] = field(default_factory=frozenset)

    @property
    def others(self) -> list[Participant]:
        return [each for each in self.conversation.people if each is not self.mine]

    @property
    def names(self) -> list[str]:
        return [each.name for each in self.others]


def may_write(actor: Actor, _: object = None) -> bool:
    return actor.is_member and not actor.is_silenced


def takes_part(actor: Actor, conversation: Conversation) -> bool:
    mine = conversation.find_participant(actor.account_id)
    return actor.is_member and mine is not None and has_some(mine, conversation)


def has_some(mine: Participant, conversation: Conversation) -> bool:
    """Who left, or deleted all there was, has nothing until somebody writes again."""
    return mine.left_at is None and mine.cleared_number < conversation.message_count


def mine_of(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `takes_part`, for SELECTs that join Participant and Conversation."""
    if not actor.is_member:
        return false()
    return and_(
        Participant.account_id == actor.account_id,
        Participant.left_at.is_(None),
        Participant.cleared_number < Conversation.message_count,
    )


def may_view_message(actor: Actor, message: Message) -> bool:
    mine = message.conversation.find_participant(actor.account_id)
    if not takes_part(actor, message.conversation) or mine is None:
        return False
    return message.number > mine.cleared_number and message.hidden_at is None


def may_reply(actor: Actor, talk: Talk) -> bool:
    """Somebody must be there to read it; of two people, neither may have blocked the other."""
    readers = [each for each in talk.others if each.left_at is None and is_reachable(each)]
    if talk.conversation.is_pair:
        readers = [each for each in readers if each.account_id not in talk.blocked]
    return may_write(actor) and bool(readers)


def is_reachable(person: Participant) -> bool:
    return person.account is not None and person.account.is_approved


def may_leave(actor: Actor, talk: Talk) -> bool:
    return actor.is_me(talk.mine.account_id) and not talk.conversation.is_pair


def may_report(actor: Actor, message: Message) -> bool:
    return may_view_message(actor, message) and not actor.is_me(message.author_id)


def may_read_reported(actor: Actor, _: MessageReport) -> bool:
    return actor.is_admin


def may_decide(actor: Actor, report: MessageReport) -> bool:
    """Nobody decides on what is their own."""
    return actor.is_admin and not actor.is_me(report.message.author_id)


def readers_of(conversation: Conversation, but: Iterable[int | None]) -> list[Participant]:
    """Return who is told of a new message: who is there and did not mute the conversation."""
    left_out = set(but)
    return [
        each
        for each in conversation.people
        if each.is_there and each.muted_at is None and each.account_id not in left_out
    ]
