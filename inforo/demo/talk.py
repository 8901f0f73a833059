"""Groups with their members, threads with their answers."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from inforo import clock, text
from inforo.accounts.models import Account
from inforo.db import folded, session
from inforo.demo.source import Catalogue, ago, read, read_all
from inforo.discussions.models import Post, Thread
from inforo.groups.models import Admission, Group, GroupAudience, GroupRole, Membership
from inforo.municipalities.models import Municipality
from inforo.positions.models import Position
from inforo.reminders.models import Reminder
from inforo.watching.models import Level, Watch

QUESTION_TEMPLATE = "## Ausgangslage\n\n## Was haben wir versucht?\n\n## Unsere Frage"
NOTES = ("Im Team besprechen und dann antworten.", "Nachsehen, was daraus geworden ist.")


def load_groups(catalogue: Catalogue) -> None:
    for number, row in enumerate(read("groups.json")):
        group = make_group(catalogue, row, number)
        session.add(group)
        session.flush()
        catalogue.groups[row["key"]] = group
        for key in row["managers"]:
            add_member(group, catalogue.people[key], GroupRole.MANAGER)
        for key in row["members"]:
            if key not in row["managers"]:
                add_member(group, catalogue.people[key], GroupRole.MEMBER)


def make_group(catalogue: Catalogue, row: dict[str, Any], number: int) -> Group:
    plain = ("name", "purpose", "description", "welcome")
    return Group(
        slug=row["key"],
        name_key=folded(row["name"]),
        description_html=text.render_markdown(row["description"]),
        audience=GroupAudience(row["audience"]),
        admission=Admission(row["admission"]),
        state_code=row["state"],
        programme_key=row["programme"],
        created_by_id=catalogue.people[row["managers"][0]].id,
        created_at=ago(days=900 - number),
        question_template=QUESTION_TEMPLATE if number % 3 == 0 else "",
        **{name: row[name] or "" for name in plain},
    )


def add_member(group: Group, person: Account, role: GroupRole) -> None:
    session.add(
        Membership(
            group_id=group.id, account_id=person.id, role=role, joined_at=group.created_at
        )
    )


def load_threads(catalogue: Catalogue) -> None:
    """The oldest thread first, so that ids grow with time."""
    rows = read_all("threads")
    for row in sorted(rows, key=lambda row: -row["days_ago"]):
        load_thread(catalogue, row)
    session.flush()
    remind_of_newest(catalogue)


def remind_of_newest(catalogue: Catalogue) -> None:
    """Let Anna have a reminder that is due, and one for next week."""
    newest = session.scalars(select(Thread.id).order_by(Thread.id.desc()).limit(2))
    for thread_id, days, note in zip(newest, (0, 7), NOTES, strict=True):
        day = clock.today() + timedelta(days=days)
        person = catalogue.people["anna-albrecht"]
        session.add(Reminder(account_id=person.id, thread_id=thread_id, due_on=day, note=note))


def load_thread(catalogue: Catalogue, row: dict[str, Any]) -> None:
    group, author = catalogue.groups[row["group"]], catalogue.people[row["author"]]
    asked = ago(days=row["days_ago"])
    thread = Thread(
        group=group,
        title=row["title"],
        author_id=author.id,
        state_code=group.state_code or author.state_code,
        programme_key=group.programme_key,
        created_at=asked,
        post_count=len(row["posts"]),
        terms=catalogue.topics(row["terms"]),
        municipalities=[session.get_one(Municipality, ags) for ags in row["municipalities"]],
        examples=[catalogue.examples[key] for key in row["examples"]],
    )
    session.add(thread)
    session.flush()
    posts = [
        make_post(catalogue, thread, number, post)
        for number, post in enumerate(row["posts"], 1)
    ]
    session.add_all(posts)
    session.flush()
    finish_thread(catalogue, thread, posts, row)


def make_post(catalogue: Catalogue, thread: Thread, number: int, row: dict[str, Any]) -> Post:
    rendered = text.render_markdown(row["body"])
    addresses = {person.name: f"/personen/{person.id}" for person in catalogue.people.values()}
    return Post(
        thread_id=thread.id,
        number=number,
        author_id=catalogue.people[row["author"]].id,
        body=row["body"],
        body_html=text.link_mentions(rendered, addresses.get),
        created_at=min(thread.created_at + timedelta(hours=row["hours_after"]), ago(days=0)),
    )


def finish_thread(
    catalogue: Catalogue, thread: Thread, posts: list[Post], row: dict[str, Any]
) -> None:
    thread.last_post_at, thread.last_post_by_id = posts[-1].created_at, posts[-1].author_id
    if row["answer"] is not None:
        answer = posts[row["answer"]]
        thread.answer_post_id, thread.answered_at = answer.id, answer.created_at
    if row["locked"]:
        thread.locked_at = thread.last_post_at + timedelta(days=30)
        thread.locked_reason = row["locked"]["reason"]
    for account_id in {post.author_id for post in posts if post.author_id}:
        session.add(Watch(thread_id=thread.id, account_id=account_id, level=Level.FOLLOW))
        session.add(Position(thread_id=thread.id, account_id=account_id, number=len(posts)))
