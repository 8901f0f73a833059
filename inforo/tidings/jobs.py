"""Gathering what happens to files and pages of a group, and telling it once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import url_for
from huey import crontab
from sqlalchemy import delete

from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.i18n import _l
from inforo.jobs import job, sweep
from inforo.libraries.models import FileVersion, GroupFile
from inforo.libraries.places import FILE_PUT
from inforo.notifications.actions import notify_all
from inforo.notifications.models import Event
from inforo.tidings import queries
from inforo.tidings.models import Tiding, TidingKind, TidingPart
from inforo.tidings.queries import Part
from inforo.wiki.models import WikiPage
from inforo.wiki.places import PAGE_MADE, PAGE_WRITTEN

BATCH = 200
MOST_NAMED = 20


def gather(actor: Actor, kind: TidingKind, thing: GroupFile | WikiPage) -> None:
    """Add an act to what is told next, or begin anew with it."""
    thing_id = 0 if kind.is_new else thing.id
    tiding = queries.find_open(thing.group_id, kind, thing_id)
    if tiding is None:
        tiding = Tiding(group_id=thing.group_id, kind=kind, thing_id=thing_id)
        session.add(tiding)
        session.flush()
        tell.at(
            tiding.created_at + timedelta(minutes=settings.mail_bundle_minutes),
            tiding_id=tiding.id,
        )
    part = TidingPart(tiding_id=tiding.id, thing_id=thing.id, account_id=actor.account_id)
    session.add(part)


def gather_file(actor: Actor, group_file: GroupFile, version: FileVersion) -> None:
    kind = TidingKind.FILE if version.number == 1 else TidingKind.VERSION
    gather(actor, kind, group_file)


def gather_page(actor: Actor, page: WikiPage) -> None:
    gather(actor, TidingKind.PAGE, page)


def gather_edit(actor: Actor, page: WikiPage) -> None:
    gather(actor, TidingKind.EDIT, page)


FILE_PUT.append(gather_file)
PAGE_MADE.append(gather_page)
PAGE_WRITTEN.append(gather_edit)


@job
def tell(tiding_id: int, after: int = 0) -> None:
    """Tell who wants to hear it, 200 people per commit; the rest is ordered in the same.

    Run twice, it tells nobody twice: each notification has a key per tiding and person.
    """
    tiding = queries.lock(tiding_id)
    if tiding is None:
        return
    tiding.closed_at = tiding.closed_at or now()
    parts = queries.parts_of(tiding)
    people = queries.listeners(tiding, after, BATCH) if parts else []
    tell_people(tiding, parts, people)
    if len(people) == BATCH:
        tell.later(tiding_id=tiding_id, after=people[-1].id)
    session.commit()


def tell_people(tiding: Tiding, parts: list[Part], people: list[Account]) -> None:
    """Tell all the same; those who had a hand in it, only what others did."""
    involved = {part.account_id for part in parts}
    tell_parts(tiding, parts, [person for person in people if person.id not in involved])
    for person in people:
        if person.id in involved:
            others = [part for part in parts if part.account_id != person.id]
            tell_parts(tiding, others, [person])


def tell_parts(tiding: Tiding, parts: list[Part], people: Sequence[Account]) -> None:
    titles = queries.titles(parts)
    if not titles or not people:
        return
    is_one, name = len(titles) == 1, tiding.group.name
    notify_all(
        people,
        Event.MATERIAL,
        key=f"tiding:{tiding.id}",
        title=ONE[tiding.kind](name, titles[0])
        if is_one
        else MANY[tiding.kind](name, len(titles)),
        url=parts[0].path if is_one else list_of(tiding),
        text=_l("Von %(names)s", names=authors(parts)) if authors(parts) else "",
        subject=f"tidings_of_group:{tiding.group_id}",
        about=parts[0].subject if is_one else subject_of(tiding),
    )


def list_of(tiding: Tiding) -> str:
    endpoint = "wiki.index" if tiding.kind.is_page else "libraries.index"
    return url_for(endpoint, slug=tiding.group.slug)


def authors(parts: list[Part]) -> str:
    return ", ".join(dict.fromkeys(part.author for part in parts if part.author))


ONE: dict[TidingKind, Any] = {
    TidingKind.FILE: lambda group, title: _l(
        "Neue Datei in „%(group)s“: %(title)s", group=group, title=title
    ),
    TidingKind.VERSION: lambda group, title: _l(
        "Neue Fassung in „%(group)s“: %(title)s", group=group, title=title
    ),
    TidingKind.PAGE: lambda group, title: _l(
        "Neue Seite in „%(group)s“: %(title)s", group=group, title=title
    ),
    TidingKind.EDIT: lambda group, title: _l(
        "Geänderte Seite in „%(group)s“: %(title)s", group=group, title=title
    ),
}
# A notice about several things names none: one of them may be gone when it is read.
MANY: dict[TidingKind, Any] = {
    TidingKind.FILE: lambda group, number: _l(
        "%(number)s neue Dateien in „%(group)s“", group=group, number=number
    ),
    TidingKind.PAGE: lambda group, number: _l(
        "%(number)s neue Seiten in „%(group)s“", group=group, number=number
    ),
}


def said(tiding: Tiding, reader_id: int) -> str:
    """Return what a mail about several things says of them at the moment it is written."""
    parts = [part for part in queries.parts_of(tiding) if part.account_id != reader_id]
    titles = queries.titles(parts)
    lines = [f"• {title}" for title in titles[:MOST_NAMED]]
    return "\n".join([*lines, "…"] if len(titles) > MOST_NAMED else lines)


@sweep(crontab(minute="34", hour="2"))
def forget_tidings() -> None:
    """Forget what was told once no notification about it is kept any more."""
    until = now() - timedelta(days=settings.keep_unread_notifications_days)
    session.execute(delete(Tiding).where(Tiding.created_at < until))
    session.commit()
