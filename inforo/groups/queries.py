"""Every SELECT on groups. Who asks comes first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import folded, session
from inforo.errors import Forbidden, NotFound
from inforo.groups import policy
from inforo.groups.models import (
    Group,
    GroupAudience,
    GroupKind,
    JoinRequest,
    Membership,
)
from inforo.i18n import _
from inforo.municipalities.models import State
from inforo.vocabularies.models import Programme
from inforo.watching.models import Level, Watch

ACTIVE = (
    Account.approved_at.is_not(None),
    Account.suspended_at.is_(None),
    Account.closed_at.is_(None),
)

OTHER = aliased(Group)  # another group: the one around, or one inside


@dataclass(frozen=True)
class Filters:
    """What the directory of groups is narrowed to. Empty: not at all."""

    state: str = ""
    programme: str = ""
    audience: str = ""
    kind: str = ""
    mine: bool = False
    archived: bool = False
    q: str = ""


def get_group(actor: Actor, slug: str) -> Group:
    """Return a group whose existence the person may know of."""
    group = session.scalar(
        select(Group)
        .where(Group.slug == slug)
        .options(joinedload(Group.state), joinedload(Group.programme), joinedload(Group.parent))
    )
    return known(actor, group)


@dataclass(frozen=True)
class Home:
    """A group, and how the person who looks at it stands to it."""

    group: Group
    member_count: int
    joined_at: datetime | None
    request_id: int | None
    invited_by_id: int | None
    level: Level | None
    has_parts: bool


def get_home(actor: Actor, slug: str) -> Home:
    """Return a group the person may know of, with their place in it: one statement."""
    mine = and_(Membership.group_id == Group.id, Membership.account_id == actor.account_id)
    wish = and_(JoinRequest.group_id == Group.id, JoinRequest.account_id == actor.account_id)
    heard = and_(Watch.group_id == Group.id, Watch.account_id == actor.account_id)
    row = session.execute(
        select(
            Group,
            member_count(),
            Membership.joined_at,
            JoinRequest.id,
            JoinRequest.invited_by_id,
            Watch.level,
            exists().where(OTHER.parent_id == Group.id),
        )
        .outerjoin(Membership, mine)
        .outerjoin(JoinRequest, wish)
        .outerjoin(Watch, heard)
        .where(Group.slug == slug)
        .options(joinedload(Group.state), joinedload(Group.programme), joinedload(Group.parent))
    ).first()
    known(actor, row[0] if row else None)
    return Home(*cast("Any", row))


def get_group_by_id(actor: Actor, group_id: int) -> Group:
    return known(actor, session.get(Group, group_id))


def known(actor: Actor, group: Group | None) -> Group:
    if group is None or not policy.may_know(actor, group):
        raise refusal(actor, group is not None and is_listed(group))
    return group


def is_listed(group: Group) -> bool:
    """Tell whether every member of the platform may know of the group."""
    return group.audience in policy.LISTED_FOR_MEMBERS and group.sheltered_by_id is None


def refusal(actor: Actor, members_may: bool) -> NotFound | Forbidden:
    """Return what somebody hears who may not see a thing.

    Applicants are told to wait where every member may go; all others that nothing is there.
    """
    if members_may and actor.is_signed_in and not actor.is_member:
        return Forbidden(
            _("Dieser Bereich öffnet sich, sobald Ihre Anmeldung freigegeben ist.")
        )
    return NotFound()


def member_count() -> ColumnElement[Any]:
    """Return the number of a group's members, as a column beside `Group`: from the index."""
    return (
        select(func.count(Membership.id))
        .where(Membership.group_id == Group.id)
        .correlate(Group)
        .scalar_subquery()
    )


def reader_count() -> ColumnElement[Any]:
    """Return how many members can sign in and read, as a column beside `Group`."""
    return (
        select(func.count(Membership.id))
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.group_id == Group.id, *ACTIVE)
        .correlate(Group)
        .scalar_subquery()
    )


def list_groups(actor: Actor, filters: Filters, page: int) -> list[Any]:
    """Return one page of groups; members are counted only where the person may read."""
    statement = (
        select(
            Group.id,
            Group.slug,
            Group.name,
            Group.purpose,
            Group.audience,
            Group.admission,
            Group.kind,
            Group.archived_at,
            OTHER.name.label("parent"),
            State.name.label("state"),
            Programme.label_de.label("programme"),
            case((policy.readable_by(actor), member_count())).label("members"),
        )
        .outerjoin(OTHER, OTHER.id == Group.parent_id)
        .outerjoin(State, State.code == Group.state_code)
        .outerjoin(Programme, Programme.key == Group.programme_key)
        .order_by(Group.name_key, Group.id)
        .limit(settings.page_size)
        .offset((page - 1) * settings.page_size)
    )
    return list(session.execute(narrowed(actor, filters, cast("Select[Any]", statement))))


def count_groups(actor: Actor, filters: Filters) -> int:
    return session.scalar(narrowed(actor, filters, select(func.count(Group.id)))) or 0


def narrowed(actor: Actor, filters: Filters, statement: Select[Any]) -> Select[Any]:
    """Apply visibility and filters; the Land "-" means nationwide."""
    statement = statement.where(policy.known_to(actor))
    if filters.state == "-":
        statement = statement.where(Group.state_code.is_(None))
    elif filters.state:
        statement = statement.where(Group.state_code == filters.state)
    if filters.programme:
        statement = statement.where(Group.programme_key == filters.programme)
    if filters.audience in {audience.value for audience in GroupAudience}:
        statement = statement.where(Group.audience == GroupAudience(filters.audience))
    if filters.kind in {kind.value for kind in GroupKind}:
        statement = statement.where(Group.kind == GroupKind(filters.kind))
    if filters.mine:
        statement = statement.where(Group.id.in_(actor.group_ids))
    for word in folded(filters.q).split():
        named = Group.name_key.contains(word, autoescape=True)
        statement = statement.where(or_(named, Group.purpose.icontains(word, autoescape=True)))
    archived = Group.archived_at
    return statement.where(archived.is_not(None) if filters.archived else archived.is_(None))


def parts_known_to(actor: Actor, group: Group) -> list[Any]:
    """Return the living groups inside this one that the person may know of."""
    statement = (
        select(Group.slug, Group.name, Group.purpose, Group.audience)
        .where(Group.parent_id == group.id, policy.known_to(actor))
        .where(Group.archived_at.is_(None))
        .order_by(Group.name_key, Group.id)
    )
    return list(session.execute(statement))


def parts(group: Group) -> list[Group]:
    """Return all groups inside this one, for what concerns them all."""
    return list(session.scalars(select(Group).where(Group.parent_id == group.id)))


def states() -> list[Any]:
    """Return (code, name) of the Länder, for filters and forms."""
    return list(session.execute(select(State.code, State.name).order_by(State.name)))


def writable_groups(actor: Actor) -> list[Any]:
    """Return the groups one may ask in: own ones first; own protected ones with a count."""
    is_own = Group.id.in_(actor.group_ids)
    counted = and_(is_own, Group.audience.in_(policy.PROTECTED))
    statement = (
        select(
            Group.id,
            Group.slug,
            Group.name,
            Group.audience,
            Group.state_code,
            case((is_own, 1), else_=0).label("is_own"),
            (Group.question_template != "").label("has_template"),
            case((counted, reader_count())).label("readers"),
        )
        .where(policy.writable_by(actor))
        .order_by(case((is_own, 0), else_=1), Group.name_key)
    )
    return list(session.execute(statement))


def lock_group(group: Group) -> None:
    """Let nobody else change the members of the group until this transaction ends."""
    session.scalar(select(Group.id).where(Group.id == group.id).with_for_update())


def taken_slugs(stem: str) -> set[str]:
    statement = select(Group.slug).where(Group.slug.startswith(stem, autoescape=True))
    return set(session.scalars(statement))
