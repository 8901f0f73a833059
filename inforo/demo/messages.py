"""Private messages of the demo: Anna finds one she has not read yet."""

from typing import Any

from inforo import text
from inforo.audit import subject_of
from inforo.conversations.actions import said
from inforo.conversations.models import Conversation, Message, Participant
from inforo.db import session
from inforo.demo.source import Catalogue, ago, read
from inforo.notifications.models import Event, MailOutcome, Notification


def load_messages(catalogue: Catalogue) -> None:
    for row in sorted(read("messages.json"), key=lambda row: -row["messages"][-1]["days_ago"]):
        load_conversation(catalogue, row)


def load_conversation(catalogue: Catalogue, row: dict[str, Any]) -> None:
    people = [catalogue.people[key] for key in row["people"]]
    first, last = row["messages"][0], row["messages"][-1]
    count = len(row["messages"])
    conversation = Conversation(
        subject=row["subject"],
        started_by_id=catalogue.people[first["author"]].id,
        size=len(people),
        message_count=count,
        created_at=ago(days=first["days_ago"]),
        last_message_at=ago(days=last["days_ago"]),
    )
    session.add(conversation)
    session.flush()
    unread = {catalogue.people[key].id for key in row["unread"]}
    session.add_all(
        Participant(
            conversation_id=conversation.id,
            account_id=person.id,
            read_number=count - 1 if person.id in unread else count,
        )
        for person in people
    )
    messages = [make_message(catalogue, conversation, *each) for each in numbered(row)]
    session.flush()
    for account_id in unread:
        session.add(notice(catalogue, messages[-1], account_id))


def numbered(row: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(row["messages"], 1))


def make_message(
    catalogue: Catalogue, conversation: Conversation, number: int, row: dict[str, Any]
) -> Message:
    message = Message(
        conversation=conversation,
        number=number,
        author_id=catalogue.people[row["author"]].id,
        body=row["body"],
        body_html=text.render_markdown(row["body"]),
        created_at=ago(days=row["days_ago"]),
    )
    session.add(message)
    return message


def notice(catalogue: Catalogue, message: Message, account_id: int) -> Notification:
    """Return what somebody was told of the last message; the mail went out long ago."""
    author = next(each for each in catalogue.people.values() if each.id == message.author_id)
    return Notification(
        account_id=account_id,
        event=Event.MESSAGE,
        dedupe_key=f"message:{message.id}:account:{account_id}",
        title=f"Neue Nachricht: {message.conversation.subject}",
        text=said(author.name, message),
        url=message.conversation.path,
        subject=subject_of(message.conversation),
        about=subject_of(message),
        actor_id=author.id,
        mail_outcome=MailOutcome.SENT,
        created_at=message.created_at,
    )
