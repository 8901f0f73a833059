"""Telling people about posts, and the work that becomes due by the clock."""

from datetime import date, datetime, time, timedelta

from huey import crontab
from sqlalchemy import update

from inforo import clock, text
from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.config import settings
from inforo.db import session
from inforo.discussions import queries
from inforo.discussions.models import Post
from inforo.i18n import _, _l
from inforo.jobs import job, sweep
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.actions import open_item
from inforo.offices.models import WorkKind

BATCH = 200
KEPT_AFTER_DELETION = timedelta(days=30)


@job
def tell_followers(post_id: int, after: int = 0) -> None:
    """Tell who follows, 200 people per commit; the rest is ordered in the same commit.

    Run twice, it tells nobody twice: each notification has a key per post and person.
    """
    post = queries.find_post(post_id)
    if post is None or not post.is_visible or post.thread.is_hidden:
        return
    if not after:
        tell_mentioned(post)
    people = queries.listeners(post, after, BATCH)
    for person in people:
        tell_follower(post, person)
    if len(people) == BATCH:
        tell_followers.later(post_id=post_id, after=people[-1].id)
    session.commit()


def tell_follower(post: Post, person: Account) -> None:
    is_question = post.number == 1
    title = post.thread.title
    notify(
        person,
        Event.QUESTION if is_question else Event.ANSWER,
        key=f"post:{post.id}",
        title=_l("Neue Frage: %(title)s", title=title)
        if is_question
        else _l("Neue Antwort: %(title)s", title=title),
        url=f"/beitraege/{post.id}",
        text=said(post),
        subject=subject_of(post.thread),
        thread_key=subject_of(post.thread),
    )


def tell_mentioned(post: Post) -> None:
    """Tell the people named in the text who may read it; once, also after edits."""
    names = text.mentions(post.body)[: settings.limit_mentions]
    ids = queries.people_named(names, post.thread.group).values()
    for person in queries.accounts([key for key in ids if key != post.author_id]):
        notify(
            person,
            Event.MENTION,
            key=f"post:{post.id}",
            title=_l("Sie wurden erwähnt: %(title)s", title=post.thread.title),
            url=f"/beitraege/{post.id}",
            text=said(post),
            subject=subject_of(post.thread),
            thread_key=subject_of(post.thread),
        )


@job
def tell_newly_mentioned(post_id: int) -> None:
    """Tell people whose names an edit brought into the text."""
    post = queries.find_post(post_id)
    if post is not None and post.is_visible and not post.thread.is_hidden:
        tell_mentioned(post)
    session.commit()


def said(post: Post) -> str:
    """Return who wrote what, for a mail: name, place, the beginning of the text."""
    author = post.author
    name = author.name if author else _("Ehemaliges Mitglied")
    who = f"{name}, {author.place}" if author and author.place else name
    return f"{who}:\n{text.excerpt(text.plain(post.body_html), 500)}"


def working_days_ago(today: date, days: int) -> date:
    """Return the day that lies a number of working days (Monday to Friday) back."""
    while days > 0:
        today -= timedelta(days=1)
        days -= today.weekday() < 5
    return today


@sweep(crontab(minute="23"))
def ask_offices_about_questions() -> None:
    """Put questions nobody answered for some working days into the work basket."""
    day = working_days_ago(clock.today(), settings.unanswered_working_days)
    moment = datetime.combine(day, time.max, clock.BERLIN)
    moment = min(moment, clock.now() - timedelta(days=settings.unanswered_working_days))
    for thread in queries.unanswered_before(moment):
        open_item(
            WorkKind.QUESTION,
            thread,
            title=_l("Unbeantwortete Frage: %(title)s", title=thread.title),
            url=thread.path,
            author_id=thread.author_id,
        )
    session.commit()


@sweep(crontab(minute="47", hour="2"))
def forget_deleted_texts() -> None:
    """Remove the words of posts their authors deleted a month ago; the place holder stays."""
    until = clock.now() - KEPT_AFTER_DELETION
    session.execute(
        update(Post)
        .where(Post.deleted_at < until, Post.body != "")
        .values(body="", body_html="")
        .execution_options(synchronize_session=False)
    )
    session.commit()
