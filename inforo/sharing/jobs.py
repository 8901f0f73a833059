"""Files of collections, made by the worker with the rights of who asked for them."""

import logging

from flask import url_for
from huey import crontab
from sqlalchemy import delete

from inforo import clock, files, jobs
from inforo.accounts.models import Account
from inforo.authz import GUEST, Actor
from inforo.collections import queries as collections
from inforo.collections.models import Collection
from inforo.collections.policy import may_view
from inforo.collections.queries import Shown
from inforo.db import session
from inforo.errors import DomainError, NotFound
from inforo.i18n import _, in_language
from inforo.people.queries import actor_of
from inforo.sharing import files as made
from inforo.sharing import queries
from inforo.sharing.models import KEPT_FOR, Export, ShareLink

log = logging.getLogger(__name__)


def address(item: Shown) -> str:
    """Return the lasting address of what an entry is about."""
    return url_for(item.found.endpoint, _external=True, **item.found.arguments)


@jobs.awaited_job
def make_export(export_id: int) -> None:
    """Make the file unless it is there, or nobody may have it any more."""
    export = session.get(Export, export_id)
    if export is None or export.finished_at is not None:
        return
    try:
        with in_language(export.language):
            write_export(export)
    except DomainError as refusal:
        session.rollback()
        export = session.get_one(Export, export_id)
        export.refusal, export.finished_at = refusal.message, clock.now()
    session.commit()


def write_export(export: Export) -> None:
    """Read, let go of the database, make the file, keep it."""
    who = requester(export)
    collection = session.get_one(Collection, export.collection_id)
    shown = readable(who, export)
    parts = made.parts(who, shown, address)
    stamp = made.stamp_of(who, collection, shown)
    session.commit()
    imprint = _("Zusammengestellt mit inforo am %(day)s.", day=f"{clock.today():%d.%m.%Y}")
    data = made.make(export.format, collection, parts, imprint)
    name = f"{collection.name}.{export.format.value}"
    export.file = files.store_bytes(data, name, owner_id=None)
    export.stamp, export.finished_at = stamp, clock.now()


def requester(export: Export) -> Actor:
    """Return what who asked may see now, whatever it was when they asked."""
    account = session.get(Account, export.account_id) if export.account_id else None
    return actor_of(account) if account else GUEST


def readable(who: Actor, export: Export) -> list[Shown]:
    """Return what the file may hold, or raise NotFound if the collection is closed to them."""
    collection = session.get_one(Collection, export.collection_id)
    through_link = export.link_id is not None and is_open(export)
    if not may_view(who, collection) and not through_link:
        raise NotFound(_("Diese Sammlung gibt es nicht (mehr)."))
    return collections.entries_of(who, collection)


def is_open(export: Export) -> bool:
    collection = session.get_one(Collection, export.collection_id)
    link = session.get(ShareLink, export.link_id)
    return link is not None and queries.is_open(link, collection)


def is_current(who: Actor, export: Export) -> bool:
    """Tell whether the reader would get the same file today."""
    collection = session.get_one(Collection, export.collection_id)
    with in_language(export.language):
        return made.stamp_of(who, collection, readable(who, export)) == export.stamp


@jobs.sweep(crontab(hour="2", minute="53"))
def forget_exports() -> None:
    """Delete files nobody fetched in time; their content goes with the unused files."""
    session.execute(delete(Export).where(Export.created_at < clock.now() - KEPT_FOR))
    session.commit()
