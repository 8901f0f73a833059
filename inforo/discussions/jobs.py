"""Telling people about posts, and the work that becomes due by the clock."""

from datetime import timedelta

from huey import crontab
from sqlalchemy import update

from inforo import clock, text
from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.config import settings
from inforo.db import session
from inforo.discussions import hearing, mentioning, queries
from inforo.discussions.models import Post
from inforo.discussions.naming import writer_of
from inforo.discussions.places import NEW_POST
from inforo.i18n import _l
from inforo.jobs import job, sweep
from inforo.notifications.actions import notify_all
from inforo.notifications.models import Event

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
        NEW_POST.happened(post)
    people = hearing.listeners(post, after, BATCH)
    tell_about(post, people)
    if len(people) == BATCH:
        tell_followers.later(post_id=post_id, after=people[-1].id)
    session.commit()


def tell_about(post: Post, people: list[Account]) -> None:
    is_question = post.number == 1
    title = post.thread.title
    notify_all(
        people,
        Event.QUESTION if is_question else Event.ANSWER,
        key=f"post:{post.id}",
        title=_l("Neue Frage: %(title)s", title=title)
        if is_question
        else _l("Neue Antwort: %(title)s", title=title),
        url=f"/beitraege/{post.id}/weiterlesen",
        text=said(post),
        subject=subject_of(post.thread),
        about=subject_of(post),
    )


@job
def tell_answered(
    thread_id: int, post_id: int, actor_id: int | None = None, after: int = 0
) -> None:
    """Tell who watches a thread that its question counts as answered, as long as it does."""
    post = queries.find_post(post_id)
    if post is None or not post.is_visible or post.thread.is_hidden:
        return
    if post.thread_id != thread_id or post.thread.answer_post_id != post_id:
        return
    if not after and post.author is not None and post.author_id != actor_id:
        tell_accepted(post, post.author)
    people = hearing.watchers(post.thread, actor_id, after, BATCH)
    tell_watchers(post, people)
    if len(people) == BATCH:
        tell_answered.later(
            thread_id=thread_id, post_id=post_id, actor_id=actor_id, after=people[-1].id
        )
    session.commit()


def tell_accepted(post: Post, author: Account) -> None:
    """Tell who answered that it helped; instead of what those who watch are told."""
    notify_all(
        [author],
        Event.ANSWER,
        key=f"answered:{post.id}",
        title=_l("Ihre Antwort hat geholfen: %(title)s", title=post.thread.title),
        url=f"/beitraege/{post.id}",
        text=said(post),
        subject=subject_of(post.thread),
        about=subject_of(post),
    )


def tell_watchers(post: Post, people: list[Account]) -> None:
    notify_all(
        people,
        Event.ANSWER,
        key=f"answered:{post.id}",
        title=_l("Beantwortet: %(title)s", title=post.thread.title),
        url=f"/beitraege/{post.id}",
        text=said(post),
        subject=subject_of(post.thread),
        about=subject_of(post),
    )


def tell_mentioned(post: Post) -> None:
    """Tell the people named in the text who may read it; once, also after edits."""
    names = text.mentions(post.body)[: settings.limit_mentions]
    found = mentioning.find(post.author_id, names, post.thread.group)
    told = mentioning.people_told(post.author_id, found, post.thread.group)
    notify_all(
        queries.accounts(told[: settings.limit_mentioned_people]),
        Event.MENTION,
        key=f"post:{post.id}",
        title=_l("Sie wurden erwähnt: %(title)s", title=post.thread.title),
        url=f"/beitraege/{post.id}",
        text=said(post),
        subject=subject_of(post.thread),
        about=subject_of(post),
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
    return f"{writer_of(post)}:\n{text.excerpt(text.plain(post.body_html), 500)}"


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
