"""What a coordination office meets in the demo: reports, an objection, held words, quotes."""

from typing import Any

from sqlalchemy import select

from inforo import text
from inforo.audit import LogEntry, subject_of
from inforo.db import session
from inforo.demo.answers import thread_called
from inforo.demo.source import Catalogue, ago, read
from inforo.discussions import holding
from inforo.discussions.actions import count_posts
from inforo.discussions.models import Post, Thread
from inforo.harvesting import actions as harvesting
from inforo.harvesting import queries as quotes
from inforo.objections import actions as objections
from inforo.oversight import actions as oversight
from inforo.people.queries import actor_of
from inforo.reasons.actions import add_template
from inforo.reports.actions import report_post
from inforo.reports.models import ReportReason
from inforo.signoffs import actions as signoffs


def load_moderation(catalogue: Catalogue) -> None:
    [rows] = read("moderation.json")
    for row in rows["templates"]:
        office = catalogue.offices[row["office"]] if row["office"] else None
        editor = catalogue.people["clara-conrad" if office else "emil-ebert"]
        add_template(actor_of(editor), office.id if office else None, row["title"], row["text"])
    for row in rows["posts"]:
        load_post(catalogue, row)
    for row in rows["held"]:
        load_held(catalogue, row)
    for row in rows["signoffs"]:
        load_signoff(catalogue, row)
    for row in rows["harvests"]:
        load_harvest(catalogue, row)


def load_post(catalogue: Catalogue, row: dict[str, Any]) -> None:
    """Add a post that was reported, or hidden and objected to."""
    thread, author = thread_called(row["thread"]), catalogue.people[row["author"]]
    post = add_post(thread, author.id, row)
    if reported := row.get("reported"):
        reporter = actor_of(catalogue.people[reported["by"]])
        report_post(reporter, post, ReportReason(reported["reason"]), reported["text"])
    if hidden := row.get("hidden"):
        oversight.hide_post(actor_of(catalogue.people[hidden["by"]]), post, hidden["reason"])
        session.flush()
        objections.object_to(actor_of(author), decision_about(post), hidden["objection"])


def add_post(thread: Thread, author_id: int, row: dict[str, Any]) -> Post:
    post = Post(
        thread=thread,
        number=thread.post_count + 1,
        author_id=author_id,
        body=row["body"],
        body_html=text.render_markdown(row["body"]),
        created_at=ago(days=row["days_ago"]),
    )
    session.add(post)
    session.flush()
    count_posts(thread)
    session.refresh(thread)
    return post


def decision_about(post: Post) -> LogEntry:
    statement = select(LogEntry).where(LogEntry.subject == subject_of(post))
    return session.scalars(statement.order_by(LogEntry.id.desc()).limit(1)).one()


def load_held(catalogue: Catalogue, row: dict[str, Any]) -> None:
    """Let the question of a newcomer wait for approval."""
    author = actor_of(catalogue.people[row["author"]])
    values = {"title": row["title"], "body": row["body"]}
    holding.hold_question(author, catalogue.groups[row["group"]], values)


def load_signoff(catalogue: Catalogue, row: dict[str, Any]) -> None:
    """Let a question lie with a superior, who may have asked for other words."""
    author = actor_of(catalogue.people[row["author"]])
    values = {"title": row["title"], "body": row["body"]}
    signoff = signoffs.begin_question(author, catalogue.groups[row["group"]], values)
    name = row["superior"]
    link = signoffs.send(author, signoff, name, row["email"], publishes=False)
    if remark := row.get("declined"):
        signoffs.decline(link, name, remark)


def load_harvest(catalogue: Catalogue, row: dict[str, Any]) -> None:
    """Begin an example from a discussion; some have agreed to their words, others not yet."""
    thread = thread_called(row["thread"])
    chosen = [post.id for post in quotes.choosable(thread) if post.number in row["posts"]]
    example = harvesting.harvest(
        actor_of(catalogue.people[row["by"]]), thread, row["title"], chosen
    )
    agreed = {catalogue.people[key].id for key in row["agreed"]}
    for quote in quotes.quotes_of(example):
        if quote.author_id in agreed:
            harvesting.agree(quote)
