"""Every SELECT on what is told of files and pages, and who wants to hear it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.db import session
from inforo.discussions.hearing import belongs_to, may_hear
from inforo.groups.queries import ACTIVE
from inforo.libraries.models import FileVersion, GroupFile
from inforo.tidings.models import Tiding, TidingKind, TidingPart
from inforo.versions import Version
from inforo.watching import queries as watching
from inforo.watching.models import Level, Target
from inforo.wiki.models import WikiPage, page_path


@dataclass(frozen=True)
class Part:
    """An act on something that is still there: what, its title and address, and by whom."""

    subject: str
    title: str
    path: str
    account_id: int | None
    author: str


def find_open(group_id: int, kind: TidingKind, thing_id: int) -> Tiding | None:
    """Return what still gathers, and let nobody else close it until the transaction ends."""
    return session.scalar(
        select(Tiding)
        .where(
            Tiding.group_id == group_id,
            Tiding.kind == kind,
            Tiding.thing_id == thing_id,
            Tiding.closed_at.is_(None),
        )
        .order_by(Tiding.id.desc())
        .limit(1)
        .with_for_update()
    )


def lock(tiding_id: int) -> Tiding | None:
    return session.scalar(
        select(Tiding)
        .where(Tiding.id == tiding_id)
        .options(joinedload(Tiding.group))
        .with_for_update(of=Tiding)
    )


def parts_of(tiding: Tiding) -> list[Part]:
    """Return what is told and still there, in the order in which it happened."""
    thing: Any = WikiPage if tiding.kind.is_page else GroupFile
    rows = session.execute(
        select(thing.id, thing.title, TidingPart.account_id, Account.name)
        .select_from(TidingPart)
        .join(thing, thing.id == TidingPart.thing_id)
        .outerjoin(Account, Account.id == TidingPart.account_id)
        .where(
            TidingPart.tiding_id == tiding.id,
            thing.group_id == tiding.group_id,
            thing.deleted_at.is_(None),
        )
        .order_by(TidingPart.id)
    )
    table, slug = thing.__tablename__, tiding.group.slug
    return [
        Part(
            f"{table}:{row.id}",
            row.title,
            page_path(slug, row.id, row.title)
            if tiding.kind.is_page
            else f"/gruppen/{slug}/dateien/{row.id}",
            row.account_id,
            row.name or "",
        )
        for row in rows
    ]


def listeners(tiding: Tiding, after: int, limit: int) -> list[Account]:
    """Return the next people to be told: by id, after the given one.

    New things are for who follows the group, changes for who watches it and for who worked
    on the thing before. Whoever muted the group hears nothing, nor who may not read it now.
    """
    levels = (Level.WATCH, Level.FOLLOW) if tiding.kind.is_new else (Level.WATCH,)
    chose = watching.those_who_chose(
        Target.GROUP, [tiding.group_id], *levels, until=tiding.created_at
    )
    muted = watching.those_who_chose(Target.GROUP, [tiding.group_id], Level.MUTE)
    wanted: Any = and_(belongs_to(tiding.group), Account.id.in_(chose))
    if not tiding.kind.is_new:
        worked = and_(Account.id.in_(those_who_worked(tiding)), Account.id.not_in(muted))
        wanted = or_(wanted, worked)
    statement = (
        select(Account)
        .where(wanted, Account.id > after, may_hear(tiding.group), *ACTIVE)
        .order_by(Account.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def those_who_worked(tiding: Tiding) -> Select[Any]:
    """Return the accounts that wrote a page, or brought a version of a file, before this."""
    if tiding.kind.is_page:
        subject = f"{WikiPage.__tablename__}:{tiding.thing_id}"
        return select(Version.author_id).where(
            Version.subject == subject,
            Version.author_id.is_not(None),
            Version.created_at <= tiding.created_at,
        )
    return select(FileVersion.author_id).where(
        FileVersion.group_file_id == tiding.thing_id,
        FileVersion.author_id.is_not(None),
        FileVersion.created_at <= tiding.created_at,
    )


def titles(parts: Iterable[Part]) -> list[str]:
    """Return each title once, in the order of the parts."""
    return list({part.subject: part.title for part in parts}.values())
