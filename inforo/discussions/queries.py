"""Every SELECT on threads and posts. Who asks comes first.

The pages most people read select the columns they show, not whole objects: a thread page
costs the same number of statements and almost the same time on page 1 and on page 50.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased, contains_eager, joinedload

from inforo.accounts.models import Account, Organisation
from inforo.authz import Actor, Scope
from inforo.config import settings
from inforo.db import folded, session
from inforo.discussions import policy
from inforo.discussions.models import (
    POSTS_PER_PAGE,
    Follow,
    FollowLevel,
    Post,
    Thread,
    ThreadExample,
    ThreadMunicipality,
    ThreadTerm,
)
from inforo.errors import NotFound
from inforo.groups import queries as groups
from inforo.groups.models import Group, GroupAudience, Membership
from inforo.i18n import _l, language
from inforo.municipalities.models import Municipality
from inforo.offices.models import WorkItem, WorkKind
from inforo.toolbox.models import Example, ExampleState
from inforo.toolbox.places import FIGURES, Figure
from inforo.vocabularies.models import Term

COUNTED = 1_000
OPEN_AUDIENCES = (GroupAudience.PUBLIC, GroupAudience.MEMBERS)


@dataclass(frozen=True)
class Filters:
    """What the list of threads is narrowed to. Empty: not at all."""

    view: str = ""
    state: str = ""
    programme: str = ""
    term: str = ""
    group: str = ""
    sort: str = ""


# Statements of the thread page are built once: building and hashing them anew for each
# request took longer than running them.
THREAD = (
    select(Thread).where(Thread.id == bindparam("thread_id")).options(joinedload(Thread.group))
)


def get_thread(actor: Actor, thread_id: int) -> Thread:
    """Return the thread with its group, or raise NotFound if it is not there for them."""
    thread = session.scalar(THREAD, {"thread_id": thread_id})
    if thread is None or not policy.may_view(actor, thread):
        raise groups.refusal(actor, thread is not None and members_may_view(thread))
    return thread


def members_may_view(thread: Thread) -> bool:
    return thread.group.audience in OPEN_AUDIENCES and not thread.is_hidden


def get_post(actor: Actor, post_id: int) -> Post:
    """Return a post with its thread and group, if the thread is there for the person."""
    post = session.scalar(
        select(Post)
        .where(Post.id == post_id)
        .options(joinedload(Post.thread).joinedload(Thread.group), joinedload(Post.author))
    )
    if post is None:
        raise NotFound
    get_thread(actor, post.thread_id)
    return post


def lock_thread(thread: Thread) -> int:
    """Let nobody else add posts until this transaction ends; return the next number."""
    session.scalar(select(Thread.id).where(Thread.id == thread.id).with_for_update())
    last = session.scalar(select(func.max(Post.number)).where(Post.thread_id == thread.id))
    return (last or 0) + 1


def place() -> ColumnElement[Any]:
    """Return where an author works, as a column beside the joins of `with_author`."""
    return func.coalesce(Municipality.display_name, Organisation.name, "").label("place")


def with_author(statement: Any, author: Any) -> Any:
    return (
        statement.outerjoin(Account, Account.id == author)
        .outerjoin(Municipality, Municipality.ags == Account.municipality_ags)
        .outerjoin(Organisation, Organisation.id == Account.organisation_id)
    )


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
        Account.name.label("author"),
        Account.closed_at,
        place(),
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


@dataclass
class Around:
    """What stands beside a thread: (key, label) pairs; who follows it; in whose name."""

    terms: list[tuple[str, str]] = field(default_factory=list)
    municipalities: list[tuple[str, str]] = field(default_factory=list)
    examples: list[tuple[str, str]] = field(default_factory=list)
    behalf: list[tuple[str, str]] = field(default_factory=list)
    follow: list[tuple[str, str]] = field(default_factory=list)

    @property
    def level(self) -> str:
        return self.follow[0][0] if self.follow else ""


def beside(kind: str, key: Any, label: Any, other: Any = None) -> Any:
    """Select one kind of thing beside a thread; `other` is the label in English."""
    return select(
        literal(kind, Text).label("kind"),
        cast(key, Text).label("key"),
        cast(label, Text).label("label"),
        cast(label if other is None else other, Text).label("label_en"),
    )


AROUND = union_all(
    beside("terms", Term.key, Term.label_de, Term.label_en)
    .join(ThreadTerm, ThreadTerm.term_id == Term.id)
    .where(ThreadTerm.thread_id == bindparam("thread_id")),
    beside("municipalities", Municipality.ags, Municipality.display_name)
    .join(ThreadMunicipality, ThreadMunicipality.municipality_ags == Municipality.ags)
    .where(ThreadMunicipality.thread_id == bindparam("thread_id")),
    beside("examples", Example.id, Example.title)
    .join(ThreadExample, ThreadExample.example_id == Example.id)
    .where(
        ThreadExample.thread_id == bindparam("thread_id"),
        Example.state == ExampleState.PUBLISHED,
    ),
    beside("behalf", Municipality.ags, Municipality.display_name).where(
        Municipality.ags == bindparam("behalf", type_=Text)
    ),
    beside("follow", Follow.level, literal("", Text)).where(
        Follow.thread_id == bindparam("thread_id"),
        Follow.account_id == bindparam("account_id", type_=BigInteger),
    ),
)


def around(actor: Actor, thread: Thread) -> Around:
    """Return everything beside the posts with one statement."""
    found, in_english = Around(), language() == "en"
    values = {
        "thread_id": thread.id,
        "account_id": actor.account_id,
        "behalf": thread.on_behalf_of_ags,
    }
    for kind, key, label, label_en in session.execute(AROUND, values):
        getattr(found, kind).append((key, label_en or label if in_english else label))
    return found


def narrowed(actor: Actor, filters: Filters, statement: Select[Any]) -> Select[Any]:
    """Apply visibility and filters to a statement on `Thread`."""
    conditions = [policy.visible_to(actor), *view_conditions(actor, filters)]
    if filters.state:
        conditions.append(Thread.state_code == filters.state)
    if filters.programme:
        conditions.append(Thread.programme_key == filters.programme)
    if filters.term:
        tagged = select(ThreadTerm.thread_id).join(Term, Term.id == ThreadTerm.term_id)
        conditions.append(Thread.id.in_(tagged.where(Term.key == filters.term)))
    if filters.group:
        chosen = select(Group.id).where(Group.slug == filters.group)
        conditions.append(Thread.group_id.in_(chosen))
    return statement.where(*conditions)


def view_conditions(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what the tab above the list asks for."""
    if filters.view == "unbeantwortet":
        return [Thread.answer_post_id.is_(None), Thread.post_count < 2, is_open()]
    if filters.view == "mein-land":
        return [Thread.state_code == actor.state_code]
    if filters.view == "meine":
        followed = select(Follow.thread_id).where(
            Follow.account_id == actor.account_id, Follow.level == FollowLevel.FOLLOW
        )
        return [or_(Thread.author_id == actor.account_id, Thread.id.in_(followed))]
    return []


def is_open() -> ColumnElement[bool]:
    return and_(Thread.locked_at.is_(None), Thread.hidden_at.is_(None))


LAST = aliased(Account)


ROWS = with_author(
    select(
        Thread.id,
        Thread.title,
        Thread.post_count,
        Thread.last_post_at,
        Thread.created_at,
        Thread.answer_post_id,
        Thread.locked_at,
        Thread.hidden_at,
        Thread.author_id,
        Thread.state_code,
        Group.name.label("group"),
        Group.slug.label("group_slug"),
        Group.audience,
        Account.name.label("author"),
        LAST.name.label("last_author"),
        place(),
    ).join(Group, Group.id == Thread.group_id),
    Thread.author_id,
).outerjoin(LAST, LAST.id == Thread.last_post_by_id)


def list_threads(
    actor: Actor, filters: Filters, page: int, size: int | None = None
) -> Sequence[Any]:
    """Return one page of threads with what a list shows."""
    size = size or settings.page_size
    values = {"size": size, "skip": (page - 1) * size}
    return session.execute(page_of_threads(actor, filters), values).all()


@lru_cache(maxsize=256)
def page_of_threads(actor: Actor, filters: Filters) -> Any:
    """Return the statement for one page; it joins only the rows it shows."""
    wanted = narrowed(actor, filters, select(Thread.id)).order_by(*order(filters))
    size, skip = bindparam("size", type_=BigInteger), bindparam("skip", type_=BigInteger)
    ids = wanted.limit(size).offset(skip).subquery()
    return ROWS.join(ids, ids.c.id == Thread.id).order_by(*order(filters))


def order(filters: Filters) -> tuple[Any, ...]:
    newest = filters.sort == "neueste"
    return ((Thread.created_at if newest else Thread.last_post_at).desc(), Thread.id.desc())


def count_threads(actor: Actor, filters: Filters) -> int:
    """Count threads, at most COUNTED: more pages than that nobody turns."""
    return session.scalar(number_of_threads(actor, filters)) or 0


@lru_cache(maxsize=256)
def number_of_threads(actor: Actor, filters: Filters) -> Select[int]:
    some = narrowed(actor, filters, select(Thread.id)).limit(COUNTED + 1).subquery()
    return select(func.count()).select_from(some)


def latest_threads(actor: Actor, group: Group, limit: int = 5) -> Sequence[Any]:
    """Return the threads of a group that were last written in."""
    wanted = Filters(group=group.slug)
    statement = narrowed(actor, wanted, ROWS).order_by(*order(wanted)).limit(limit)
    return session.execute(statement).all()


def find_follow(thread: Thread, account_id: int | None) -> Follow | None:
    return session.scalar(
        select(Follow).where(Follow.thread_id == thread.id, Follow.account_id == account_id)
    )


def people_named(names: Sequence[str], group: Group) -> dict[str, int]:
    """Return name → id of members who may read the group; ambiguous names are left out."""
    if not names:
        return {}
    statement = select(Account.name, Account.id).where(
        Account.name.in_(names), *groups.ACTIVE, may_hear(group)
    )
    found: dict[str, list[int]] = {}
    for name, account_id in session.execute(statement):
        found.setdefault(name, []).append(account_id)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1}


def may_hear(group: Group) -> ColumnElement[bool]:
    """Tell which accounts read the group now, as a condition on `Account`."""
    if group.audience in OPEN_AUDIENCES:
        return true()
    belongs = select(Membership.account_id).where(Membership.group_id == group.id)
    return Account.id.in_(belongs)


def listeners(post: Post, after: int, limit: int) -> list[Account]:
    """Return the next people to be told of a post: by id, after the given one.

    Who follows the thread hears of every later post, who follows the group of each question;
    who muted the thread, wrote the post or may not read it hears nothing.
    """
    thread = post.thread
    level = select(Follow.account_id).where(Follow.thread_id == thread.id)
    followed = level.where(
        Follow.level == FollowLevel.FOLLOW, Follow.created_at <= post.created_at
    )
    wanted: ColumnElement[bool] = Account.id.in_(followed)
    if post.number == 1:
        followers = select(Membership.account_id).where(
            Membership.group_id == thread.group_id, Membership.follows_since.is_not(None)
        )
        wanted = or_(wanted, Account.id.in_(followers))
    statement = (
        select(Account)
        .where(
            wanted,
            Account.id > after,
            Account.id != (post.author_id or 0),
            Account.id.not_in(level.where(Follow.level == FollowLevel.MUTE)),
            may_hear(thread.group),
            *groups.ACTIVE,
        )
        .order_by(Account.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def find_post(post_id: int) -> Post | None:
    """Return a post for a job, whoever asked for it."""
    return session.scalar(
        select(Post)
        .where(Post.id == post_id)
        .options(
            joinedload(Post.thread).joinedload(Thread.group),
            joinedload(Post.author).joinedload(Account.municipality),
            joinedload(Post.author).joinedload(Account.organisation),
        )
    )


def accounts(ids: Sequence[int]) -> list[Account]:
    return list(session.scalars(select(Account).where(Account.id.in_(ids))))


def scope_in(group: Group, author_state: str | None) -> Scope:
    """Return what a thread of such an author belongs to in a group."""
    return Scope(group.state_code or author_state, group.programme_key)


def examples_by_id(ids: Sequence[int]) -> list[Example]:
    """Return the published examples with these ids."""
    published = Example.state == ExampleState.PUBLISHED
    return list(session.scalars(select(Example).where(Example.id.in_(ids), published)))


def find_examples(typed: str, limit: int = 10) -> list[Any]:
    """Return (id, title) of published examples whose title has all the words."""
    words = typed.split()
    if not words:
        return []
    statement = select(Example.id, Example.title).where(
        Example.state == ExampleState.PUBLISHED,
        *(Example.title.icontains(word, autoescape=True) for word in words),
    )
    return list(session.execute(statement.order_by(Example.title).limit(limit)))


def municipalities(keys: Sequence[str]) -> list[Municipality]:
    return list(session.scalars(select(Municipality).where(Municipality.ags.in_(keys))))


def find_municipalities(typed: str, limit: int = 10) -> list[Municipality]:
    statement = select(Municipality).where(
        Municipality.name_key.contains(folded(typed), autoescape=True),
        Municipality.dissolved_at.is_(None),
    )
    starts = Municipality.name_key.startswith(folded(typed), autoescape=True)
    ranked = statement.order_by(case((starts, 0), else_=1), Municipality.name_key)
    return list(session.scalars(ranked.limit(limit)))


def unanswered_before(moment: datetime) -> list[Thread]:
    """Return open questions asked before the moment that no office was asked to look at.

    Questions in protected groups are left to their managers: offices do not read them.
    """
    known = select(WorkItem.subject).where(WorkItem.kind == WorkKind.QUESTION)
    answers = aliased(Post)
    answered = exists().where(
        answers.thread_id == Thread.id,
        answers.number > 1,
        answers.hidden_at.is_(None),
        answers.deleted_at.is_(None),
        answers.author_id.is_distinct_from(Thread.author_id),
    )
    statement = (
        select(Thread)
        .join(Group, Group.id == Thread.group_id)
        .options(contains_eager(Thread.group))
        .where(
            is_open(),
            Thread.answer_post_id.is_(None),
            Thread.created_at <= moment,
            Group.audience.in_(OPEN_AUDIENCES),
            Group.archived_at.is_(None),
            not_(answered),
            (literal("threads:", Text) + cast(Thread.id, Text)).not_in(known),
        )
        .order_by(Thread.id)
        .limit(200)
    )
    return list(session.scalars(statement))


def last_visible_post(thread: Thread) -> Any:
    """Return (created_at, author_id) of the newest post that is shown."""
    return session.execute(
        select(Post.created_at, Post.author_id)
        .where(Post.thread_id == thread.id, Post.hidden_at.is_(None), Post.deleted_at.is_(None))
        .order_by(Post.number.desc())
        .limit(1)
    ).one_or_none()


def count_threads_about(example: Example) -> int:
    """Return how many discussions all members may read point to an example."""
    statement = (
        select(func.count(Thread.id))
        .join(ThreadExample, ThreadExample.thread_id == Thread.id)
        .join(Group, Group.id == Thread.group_id)
        .where(
            ThreadExample.example_id == example.id,
            Group.audience.in_((GroupAudience.PUBLIC, GroupAudience.MEMBERS)),
            Thread.hidden_at.is_(None),
        )
    )
    return session.scalar(statement) or 0


FIGURES.append(Figure(_l("Diskussionen, die darauf verweisen"), count_threads_about))
