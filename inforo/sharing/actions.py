"""Everything that is written about links and files of collections. Who acts comes first."""

import secrets
from datetime import date, datetime, time

from sqlalchemy import delete, select

from inforo.authz import Actor
from inforo.clock import BERLIN, now
from inforo.collections.models import Collection
from inforo.collections.queries import Shown
from inforo.db import session
from inforo.i18n import language
from inforo.sharing import files
from inforo.sharing.jobs import make_export
from inforo.sharing.models import Export, ExportFormat, ShareLink

# Links


def share(collection: Collection, until: date | None) -> ShareLink:
    """Open a collection to everybody who gets the link, until the end of a day."""
    ends = datetime.combine(until, time.max, BERLIN) if until else None
    link = ShareLink(
        collection_id=collection.id, token=secrets.token_urlsafe(24), expires_at=ends
    )
    session.add(link)
    return link


def revoke(link: ShareLink) -> None:
    """Close a link for good, and drop the files that were ordered through it."""
    link.revoked_at = now()
    session.execute(delete(Export).where(Export.link_id == link.id))


# Files


def order_export(
    actor: Actor,
    collection: Collection,
    shown: list[Shown],
    wanted: ExportFormat,
    link: ShareLink | None = None,
) -> Export:
    """Have a file made, or return the one that is there already and still right."""
    stamp = files.stamp_of(actor, collection, shown)
    if actor.is_signed_in:
        statement = select(Export).where(
            Export.collection_id == collection.id,
            Export.account_id == actor.account_id,
            Export.format == wanted,
            Export.stamp == stamp,
            Export.refusal == "",
        )
        known = session.scalar(statement.order_by(Export.id.desc()).limit(1))
        if known is not None:
            return known
    export = Export(
        key=secrets.token_urlsafe(24),
        collection_id=collection.id,
        account_id=actor.account_id,
        link_id=link.id if link else None,
        format=wanted,
        language=language(),
        stamp=stamp,
    )
    session.add(export)
    session.flush()
    make_export.later(export_id=export.id)
    return export
