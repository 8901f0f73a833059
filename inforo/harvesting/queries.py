"""Every SELECT on words that may go into an example."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import session
from inforo.discussions import policy as discussions
from inforo.discussions.models import Post, Thread
from inforo.discussions.queries import THREAD
from inforo.errors import NotFound
from inforo.harvesting import policy
from inforo.harvesting.models import Consent, Quote
from inforo.i18n import _
from inforo.municipalities.models import Municipality
from inforo.sessions import digest
from inforo.toolbox.models import Example
from inforo.toolbox.queries import get_example

MOST = 100  # posts one can choose from: the first ones, and the answer
LONGEST_SECRET = 100


def choosable(thread: Thread) -> Sequence[Any]:
    """Return the posts with visible words, the question first."""
    statement = (
        select(Post.id, Post.number, Post.body_html, Post.relayed_by_id, Account.name)
        .outerjoin(Account, Account.id == Post.author_id)
        .where(*usable(thread))
        .order_by(Post.number)
        .limit(MOST)
    )
    return session.execute(statement).all()


def usable(thread: Thread) -> tuple[Any, ...]:
    return (
        Post.thread_id == thread.id,
        Post.hidden_at.is_(None),
        Post.deleted_at.is_(None),
        Post.moved_to_id.is_(None),
    )


def chosen_posts(thread: Thread, ids: Iterable[int]) -> list[Post]:
    """Return the posts with these ids, as far as they are words of this thread."""
    statement = (
        select(Post)
        .where(Post.id.in_(set(ids)), *usable(thread))
        .options(
            joinedload(Post.author).joinedload(Account.municipality),
            joinedload(Post.author).joinedload(Account.organisation),
        )
        .order_by(Post.number)
    )
    return list(session.scalars(statement))


def municipality_of(thread: Thread) -> Municipality | None:
    """Return where the question comes from."""
    ags = thread.on_behalf_of_ags or (thread.author and thread.author.municipality_ags)
    return session.get(Municipality, ags) if ags else None


def quotes_of(example: Example) -> list[Quote]:
    statement = select(Quote).where(Quote.example_id == example.id)
    return list(session.scalars(statement.order_by(Quote.id)))


def waits_for_consent(example: Example) -> bool:
    waiting = select(Quote.id).where(
        Quote.example_id == example.id, Quote.consent == Consent.WAITING
    )
    return session.scalar(waiting.limit(1)) is not None


def get_harvested(actor: Actor, example_id: int) -> Example:
    """Return an example made of a discussion, for its authors only."""
    example = get_example(actor, example_id)
    if not policy.may_see_quotes(actor, example):
        raise NotFound
    return example


def get_quote(actor: Actor, example_id: int, quote_id: int) -> Quote:
    get_harvested(actor, example_id)
    quote = session.scalar(
        select(Quote)
        .where(Quote.id == quote_id, Quote.example_id == example_id)
        .options(joinedload(Quote.example))
        .with_for_update(of=Quote)
        .execution_options(populate_existing=True)
    )
    if quote is None:
        raise NotFound
    return quote


def get_open_quote(secret: str) -> Quote:
    """Return what a link asks about; locked, so that of two answers one comes too late."""
    statement = (
        select(Quote)
        .where(Quote.token_hash == digest(secret))
        .options(joinedload(Quote.example))
        .with_for_update(of=Quote)
    )
    quote = session.scalar(statement) if len(secret) <= LONGEST_SECRET else None
    if quote is None or not quote.is_open:
        raise NotFound(
            _("Dieser Link gilt nicht (mehr). Vielleicht haben Sie schon geantwortet.")
        )
    return quote


def is_still_said(quote: Quote) -> bool:
    """Tell whether the post is still there: who deleted it does not want it used."""
    statement = select(Post.id).where(
        Post.id == quote.post_id, Post.hidden_at.is_(None), Post.deleted_at.is_(None)
    )
    return quote.post_id is not None and session.scalar(statement) is not None


def find_origin(actor: Actor, example: Example) -> Thread | None:
    """Return the discussion an example was made of, for those who may read it."""
    if example.origin_thread_id is None:
        return None
    thread = session.scalar(THREAD, {"thread_id": example.origin_thread_id})
    if thread is None or not discussions.may_view(actor, thread):
        return None
    return thread
