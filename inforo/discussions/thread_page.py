"""What the page of a thread shows: its posts, and what stands beside them.

The pages most people read select the columns they show, not whole objects: a thread page
costs the same number of statements and almost the same time on page 1 and on page 50.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Text,
    bindparam,
    cast,
    exists,
    literal,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from inforo.accounts.models import Account
from inforo.approvals.models import HeldPost
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.db import session
from inforo.discussions.authorship import place, relayed, with_author
from inforo.discussions.models import (
    POSTS_PER_PAGE,
    Post,
    Thread,
    ThreadExample,
    ThreadMunicipality,
    ThreadTerm,
)
from inforo.drafts.models import Draft
from inforo.i18n import language
from inforo.municipalities.models import Municipality
from inforo.notifications.models import Notification
from inforo.positions.models import Position
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from inforo.uploads.models import Attachment
from inforo.vocabularies.models import Term
from inforo.watching.models import Watch

BEHALF = aliased(Municipality)
POSTS = with_author(
    select(
        Post.id,
        Post.number,
        Post.author_id,
        Post.body_html,
        Post.created_at,
        Post.edited_at,
        Post.hidden_at,
        Post.hidden_reason,
        Post.deleted_at,
        Post.moderated_at,
        Post.moderated_reason,
        Post.moved_to_id,
        Account.name.label("author"),
        Account.closed_at,
        place(),
        relayed(Post.relayed_by_id),
        select(BEHALF.display_name)
        .where(BEHALF.ags == Post.on_behalf_of_ags)
        .scalar_subquery()
        .label("behalf"),
        exists()
        .where(Attachment.post_id == Post.id, Attachment.removed_at.is_(None))
        .label("has_files"),
    )
    .where(
        Post.thread_id == bindparam("thread_id"),
        Post.number.between(bindparam("first"), bindparam("last")),
    )
    .order_by(Post.number),
    Post.author_id,
)


def posts(thread: Thread, page: int) -> Sequence[Any]:
    """Return the posts of one page as plain rows; their numbers are the key."""
    last = page * POSTS_PER_PAGE
    values = {"thread_id": thread.id, "first": last - POSTS_PER_PAGE + 1, "last": last}
    return session.execute(POSTS, values).all()


ONE_POST = with_author(
    select(
        Post.id,
        Post.number,
        Post.author_id,
        Post.body_html,
        Post.created_at,
        Account.name.label("author"),
        place(),
        relayed(Post.relayed_by_id),
    ).where(
        Post.id == bindparam("post_id"),
        Post.thread_id == bindparam("thread_id"),
        Post.hidden_at.is_(None),
        Post.deleted_at.is_(None),
        Post.moved_to_id.is_(None),
    ),
    Post.author_id,
)


def one_post(thread: Thread, post_id: int | None, shown: Sequence[Any]) -> Any:
    """Return a post of the thread all its readers see, from the page shown if it is on it."""
    if post_id is None:
        return None
    for row in shown:
        if row.id == post_id:
            return None if row.hidden_at or row.deleted_at or row.moved_to_id else row
    values = {"post_id": post_id, "thread_id": thread.id}
    return session.execute(ONE_POST, values).one_or_none()


class Allowed(NamedTuple):
    """What a reader may do with every post of a page; `quote_at` only lacks the post's id."""

    member: bool
    reply: bool
    moderate: bool
    mark: bool
    edit: bool
    quote_at: str


@dataclass
class Around:
    """What stands beside a thread: (key, label) pairs; in whose name; what the reader did.

    `held` are the reader's own answers that wait for approval: number and HTML; `unread` is
    what they were told about the thread and have not seen; `unsent` are files they added to
    an answer they have not sent; `drafts` are its drafts.
    """

    terms: list[tuple[str, str]] = field(default_factory=list)
    municipalities: list[tuple[str, str]] = field(default_factory=list)
    examples: list[tuple[str, str]] = field(default_factory=list)
    behalf: list[tuple[str, str]] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)
    watch: list[tuple[str, str]] = field(default_factory=list)
    position: list[tuple[str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    unsent: list[tuple[str, str]] = field(default_factory=list)
    drafts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def level(self) -> str:
        return self.watch[0][0] if self.watch else ""

    @property
    def read_number(self) -> int:
        """Return the highest number of a post the reader has read; 0: never opened."""
        return int(self.position[0][0]) if self.position else 0


def beside(kind: str, key: Any, label: Any, other: Any = None) -> Any:
    """Select one kind of thing beside a thread; `other` is the label in English."""
    return select(
        literal(kind, Text).label("kind"),
        cast(key, Text).label("key"),
        cast(label, Text).label("label"),
        cast(label if other is None else other, Text).label("label_en"),
    )


# Found by their ids: with OR, or by the index of states, SQLite read all published examples.
NAMED = union(
    select(ThreadExample.example_id).where(ThreadExample.thread_id == bindparam("thread_id")),
    select(Example.id).where(Example.origin_thread_id == bindparam("thread_id")),
)
AROUND = union_all(
    beside("terms", Term.key, Term.label_de, Term.label_en)
    .join(ThreadTerm, ThreadTerm.term_id == Term.id)
    .where(ThreadTerm.thread_id == bindparam("thread_id")),
    beside("municipalities", Municipality.ags, Municipality.display_name)
    .join(ThreadMunicipality, ThreadMunicipality.municipality_ags == Municipality.ags)
    .where(ThreadMunicipality.thread_id == bindparam("thread_id")),
    beside("examples", Example.id, Example.title).where(
        Example.id.in_(NAMED), cast(Example.state, Text) == ExampleState.PUBLISHED.value
    ),
    beside("behalf", Municipality.ags, Municipality.display_name).where(
        Municipality.ags == bindparam("behalf", type_=Text)
    ),
    beside("watch", Watch.level, literal("", Text)).where(
        Watch.thread_id == bindparam("thread_id"),
        Watch.account_id == bindparam("account_id", type_=BigInteger),
    ),
    beside("position", Position.number, literal("", Text)).where(
        Position.thread_id == bindparam("thread_id"),
        Position.account_id == bindparam("account_id", type_=BigInteger),
    ),
    beside("held", HeldPost.id, HeldPost.body_html).where(
        HeldPost.thread_id == bindparam("thread_id"),
        HeldPost.author_id == bindparam("account_id", type_=BigInteger),
        HeldPost.approved_at.is_(None),
    ),
    beside("unread", Notification.id, literal("", Text)).where(
        Notification.account_id == bindparam("account_id", type_=BigInteger),
        Notification.subject == bindparam("subject", type_=Text),
        Notification.read_at.is_(None),
    ),
    beside("unsent", Attachment.id, literal("", Text)).where(
        Attachment.account_id == bindparam("account_id", type_=BigInteger),
        Attachment.target == bindparam("target", type_=Text),
        Attachment.post_id.is_(None),
    ),
    beside("drafts", Draft.id, literal("", Text)).where(
        Draft.account_id == bindparam("account_id", type_=BigInteger),
        Draft.target == bindparam("target", type_=Text),
    ),
)


def reply_target(thread: Thread) -> str:
    """Return what drafts and files of an answer belong to until it is sent."""
    return f"reply:{thread.id}"


def around(actor: Actor, thread: Thread) -> Around:
    """Return everything beside the posts with one statement."""
    found, in_english = Around(), language() == "en"
    values = {
        "thread_id": thread.id,
        "account_id": actor.account_id,
        "behalf": thread.on_behalf_of_ags,
        "subject": subject_of(thread),
        "target": reply_target(thread),
    }
    for kind, key, label, label_en in session.execute(AROUND, values):
        getattr(found, kind).append((key, label_en or label if in_english else label))
    return found
