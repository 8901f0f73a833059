"""Every write on conversations. Nothing here commits; the caller does."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete

from inforo import audit, text
from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.contacts import policy as contacts_policy
from inforo.contacts import queries as contacts
from inforo.conversations import policy, queries
from inforo.conversations.models import Conversation, Message, MessageReport, Participant
from inforo.conversations.policy import Talk
from inforo.db import session
from inforo.errors import DomainError, Forbidden
from inforo.i18n import _, _l
from inforo.notifications.actions import mark_subject_read, notify, notify_all
from inforo.notifications.models import Event, Notification
from inforo.offices import assignments
from inforo.reports import handling
from inforo.reports.models import ReportReason
from inforo.reports.queries import find_by, undecided

EXCERPT = 500


class NotReachable(DomainError):
    """Somebody takes no messages from this person; why is not said."""

    status = 422


class TooManyLinks(DomainError):
    status = 422


def start(actor: Actor, recipients: Sequence[int], subject: str, body: str) -> Conversation:
    """Begin a conversation with people who take messages from the actor."""
    people = writable(actor, recipients)
    conversation = Conversation(
        subject=subject, started_by_id=actor.account_id, size=len(people) + 1
    )
    session.add(conversation)
    session.flush()
    ids = [actor.account_id, *(person.id for person in people)]
    session.add_all(
        Participant(conversation_id=conversation.id, account_id=account_id)
        for account_id in ids
    )
    session.flush()
    write(actor, conversation, body)
    return conversation


def writable(actor: Actor, recipients: Sequence[int]) -> list[Account]:
    """Return the people, in the order chosen; all of them must take messages."""
    known = contacts.contacts(actor, recipients)
    refused = [
        known[each].account.name if each in known else _("Gelöschtes Mitglied")
        for each in recipients
        if each not in known or not contacts_policy.may_write_to(actor, known[each])
    ]
    if refused:
        raise NotReachable(
            _("Zurzeit nicht für Nachrichten erreichbar: %(names)s", names=", ".join(refused))
        )
    return [known[each].account for each in recipients]


def reply(actor: Actor, talk: Talk, body: str) -> Message:
    """Write into a conversation; whoever archived it finds it in the inbox again."""
    message = write(actor, talk.conversation, body)
    for person in talk.conversation.people:
        if person.muted_at is None:
            person.unarchive()
    return message


def write(actor: Actor, conversation: Conversation, body: str) -> Message:
    html = text.render_markdown(body)
    if html.count("<a ") > settings.limit_links:
        raise TooManyLinks(
            _(
                "Eine Nachricht darf höchstens %(count)s Links haben.",
                count=settings.limit_links,
            )
        )
    number, moment = queries.lock(conversation), now()
    message = Message(
        conversation=conversation,
        number=number,
        author_id=actor.account_id,
        body=body,
        body_html=html,
        created_at=moment,
    )
    session.add(message)
    conversation.message_count, conversation.last_message_at = number, moment
    session.flush()
    session.refresh(conversation, ["people"])
    mine = conversation.find_participant(actor.account_id)
    if mine is not None and mine.read_number == number - 1:
        mine.read_number = number
    tell(actor, message)
    return message


def tell(actor: Actor, message: Message) -> None:
    """Tell the others, but for those who muted the conversation or blocked the author."""
    left_out = {actor.account_id, *contacts.who_blocked(actor.account_id)}
    readers = policy.readers_of(message.conversation, left_out)
    notify_all(
        [each.account for each in readers if each.account is not None],
        Event.MESSAGE,
        key=f"message:{message.id}",
        title=_l("Neue Nachricht: %(subject)s", subject=message.conversation.subject),
        url=message.conversation.path,
        text=said(actor.name, message),
        subject=subject_of(message.conversation),
        about=subject_of(message),
        actor=actor,
    )


def said(name: str, message: Message) -> str:
    """Return who wrote what, for a mail: the name and the beginning of the text."""
    return f"{name}:\n{text.excerpt(text.plain(message.body_html), EXCERPT)}"


def read_up_to(actor: Actor, talk: Talk, number: int) -> None:
    """Note how far somebody has read, and that they saw what they were told about it."""
    talk.mine.read_number = max(talk.mine.read_number, number)
    mark_subject_read(actor, subject_of(talk.conversation))


def clear(actor: Actor, talk: Talk) -> None:
    """Delete for oneself all there is; the others keep what they have."""
    talk.mine.cleared_number = talk.mine.read_number = talk.conversation.message_count
    forget_told(talk.conversation, actor.account_id)


def leave(actor: Actor, talk: Talk) -> None:
    talk.mine.leave()
    forget_told(talk.conversation, actor.account_id)


def forget_told(conversation: Conversation, account_id: int | None) -> None:
    """Delete what somebody was told about a conversation: it repeats the messages."""
    session.execute(
        delete(Notification).where(
            Notification.subject == subject_of(conversation),
            Notification.account_id == account_id,
        )
    )


# Reports ----------------------------------------------------------------------------------


def report(actor: Actor, message: Message, reason: ReportReason, words: str) -> MessageReport:
    """Report a message once; the admins get work and learn no more than that."""
    is_it = MessageReport.message_id == message.id
    known = find_by(MessageReport, is_it, actor.account_id)
    if known is not None:
        return known
    made = MessageReport(
        message=message, reporter_id=actor.account_id, reason=reason, text=words
    )
    title = _l("Meldung einer privaten Nachricht")
    handling.hand_in(actor, made, title)
    handling.tell(assignments.active_admins(), Event.WORK, made, title, made.address)
    return made


def note_reading(actor: Actor, report: MessageReport) -> None:
    """Log that an admin read a reported message."""
    audit.record(actor, "read_message", report)


def decide(actor: Actor, report: MessageReport, *, hide: bool, reason: str) -> None:
    """Take the reported message out, or leave it; both sides are told."""
    handling.check_open(report)
    if not policy.may_decide(actor, report):
        raise Forbidden
    audit.record(actor, "hide_message" if hide else "keep_message", report, reason)
    message = report.message
    if hide:
        message.hidden_at, message.hidden_reason = message.hidden_at or now(), reason
        session.execute(delete(Notification).where(Notification.about == subject_of(message)))
    tell_author(actor, message, hide=hide, reason=reason)
    settle(actor, message, hide=hide, reason=reason)


def tell_author(actor: Actor, message: Message, *, hide: bool, reason: str) -> None:
    title: Any = _l("Ihre Nachricht wurde gemeldet und bleibt stehen")
    if hide:
        title = _l("Ihre Nachricht wurde entfernt")
    if message.author is not None:
        notify(
            message.author,
            Event.MODERATION,
            key=f"message-decision:{message.id}:{now().timestamp():.3f}",
            title=title,
            url=message.path,
            text=_l("Begründung: %(reason)s", reason=reason),
            actor=actor,
        )


def settle(actor: Actor, message: Message, *, hide: bool, reason: str) -> None:
    """Close all open reports of a message and tell who made them."""
    outcome = (
        _l("Die Nachricht wurde entfernt.") if hide else _l("Die Nachricht bleibt stehen.")
    )
    for made in undecided(MessageReport, MessageReport.message_id == message.id):
        handling.close(actor, made, outcome, reason, message.path)
