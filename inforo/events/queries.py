"""Every SELECT on events. Who asks comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from inforo.authz import GUEST, Actor
from inforo.clock import BERLIN, now
from inforo.db import UTCDateTime, session
from inforo.editorial.models import PublicationState
from inforo.editorial.policy import is_author, visible_to
from inforo.editorial.queries import get_content
from inforo.errors import NotFound
from inforo.events.models import Event, EventFile, Mode
from inforo.groups.models import Group
from inforo.groups.policy import readable_by
from inforo.i18n import _

NATIONWIDE = "-"
FEED_LENGTH = 200
FEED_PAST = timedelta(days=90)
# Asked when a statement is carried out, so that it can be built before.
NOW = bindparam("now", callable_=now, type_=UTCDateTime())


@dataclass(frozen=True)
class Filters:
    """What narrows the list; empty filters nothing. Days are days in Berlin."""

    kind: str = ""
    state: str = ""
    is_online: bool = False
    first: date | None = None
    last: date | None = None
    past: bool = False
    group: Group | None = None


def get_event(actor: Actor, event_id: int) -> Event:
    return get_content(
        actor,
        Event,
        event_id,
        selectinload(Event.files).joinedload(EventFile.file),
        joinedload(Event.group),
        missing=_("Diesen Termin gibt es nicht (mehr)."),
    )


def get_file(event: Event, file_id: int) -> EventFile:
    for attached in event.files:
        if attached.id == file_id:
            return attached
    raise NotFound(_("Diese Datei gibt es nicht (mehr)."))


def is_listed(actor: Actor) -> ColumnElement[bool]:
    return (Event.state == PublicationState.PUBLISHED) & visible_to(actor, Event)


def begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), BERLIN)


def conditions(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    over = Event.ends_at < NOW
    found = [is_listed(actor), over if filters.past else ~over]
    if filters.kind:
        found.append(Event.kind_key == filters.kind)
    if filters.state == NATIONWIDE:
        found.append(Event.state_code.is_(None))
    elif filters.state:
        found.append(Event.state_code == filters.state)
    if filters.is_online:
        found.append(Event.mode.in_((Mode.ONLINE, Mode.BOTH)))
    if filters.first:
        found.append(Event.ends_at >= begin_of(filters.first))
    if filters.last:
        found.append(Event.starts_at < begin_of(filters.last + timedelta(days=1)))
    if filters.group:
        found.append(Event.group_id == filters.group.id)
    return found


def count_events(actor: Actor, filters: Filters) -> int:
    statement = select(func.count(Event.id)).where(*conditions(actor, filters))
    return session.scalar(statement) or 0


def list_events(
    actor: Actor, filters: Filters, page: int = 1, size: int = 20
) -> Sequence[Event]:
    """Return one page: what comes next first, of past ones the newest."""
    order = Event.starts_at.desc() if filters.past else Event.starts_at.asc()
    statement = (
        select(Event)
        .where(*conditions(actor, filters))
        .options(joinedload(Event.land))
        .order_by(order, Event.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return session.scalars(statement).all()


def find_group(actor: Actor, slug: str) -> Group | None:
    """Return a group whose dates the person may see, which is who reads it."""
    return session.scalar(select(Group).where(Group.slug == slug, readable_by(actor)))


def events_of_group(actor: Actor, group: Group, size: int) -> Sequence[Event]:
    """Return what comes next in a group the person reads."""
    return list_events(actor, Filters(group=group), size=size)


def groups_for(actor: Actor, event: Event | None) -> list[Any]:
    """Return the groups an event may be given to: living ones of its author, and the present.

    A present group that the person does not read is left out like no group at all.
    """
    allowed = []
    if event is None or is_author(actor, event):
        allowed.append(Group.id.in_(actor.group_ids) & Group.archived_at.is_(None))
    if event is not None and event.group_id is not None:
        allowed.append((Group.id == event.group_id) & readable_by(actor))
    if not allowed:
        return []
    statement = (
        select(Group.id, Group.slug, Group.name, Group.audience)
        .where(or_(*allowed))
        .order_by(Group.name_key, Group.id)
    )
    return list(session.execute(statement))


def upcoming(actor: Actor, limit: int, state_code: str = "") -> Select[int, str, datetime]:
    """Return the statement for id, title and start of the next events, for other pages."""
    return (
        select(Event.id, Event.title, Event.starts_at)
        .where(*conditions(actor, Filters(state=state_code)))
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
    )


def for_feed() -> Sequence[Event]:
    """Return public events, those to come and of the last weeks: a feed has no rights."""
    statement = (
        select(Event)
        .where(is_listed(GUEST), Event.ends_at >= now() - FEED_PAST)
        .order_by(Event.starts_at, Event.id)
        .limit(FEED_LENGTH)
    )
    return session.scalars(statement).all()
