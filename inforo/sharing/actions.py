"""Everything that is written about links and files of collections. Who acts comes first."""

import secrets
from datetime import date, datetime, time

from sqlalchemy import delete, select

from inforo.accounts.places import ACCOUNT_CLOSED
from inforo.authz import Actor
from inforo.clock import BERLIN, now
from inforo.collections.models import Collection
from inforo.collections.queries import Shown
from inforo.db import session
from inforo.i18n import language
from inforo.sessions import digest
from inforo.sharing import files, queries
from inforo.sharing.jobs import make_export
from inforo.sharing.models import Export, ExportFormat, ShareLink

# Links


def share(collection: Collection, until: date | None) -> tuple[ShareLink, str]:
    """Open a collection to everybody who gets the link, until the end of a day.

    Return the link and its secret, which is nowhere to be found afterwards.
    """
    ends = datetime.combine(until, time.max, BERLIN) if until else None
    return make_link(collection.id, ends)


def make_link(collection_id: int, ends: datetime | None) -> tuple[ShareLink, str]:
    secret = secrets.token_urlsafe(32)
    link = ShareLink(collection_id=collection_id, token_hash=digest(secret), expires_at=ends)
    session.add(link)
    return link, secret


def renew(link: ShareLink) -> tuple[ShareLink, str]:
    """Make a new link that works as long as this one would have; this one ends."""
    revoke(link)
    return make_link(link.collection_id, link.expires_at)


def revoke(link: ShareLink) -> None:
    """Close a link for good, and drop the files that were ordered through it."""
    link.revoked_at = now()
    session.execute(delete(Export).where(Export.link_id == link.id))


def revoke_all_of(account_id: int) -> None:
    """Close the links of somebody who closes the account."""
    for link in queries.links_by(account_id):
        revoke(link)


ACCOUNT_CLOSED.append(revoke_all_of)


# Files


def order_export(
    actor: Actor,
    collection: Collection,
    shown: list[Shown],
    wanted: ExportFormat,
    link: ShareLink | None = None,
) -> str:
    """Have a file made, unless it is there already and still right; return its key."""
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
            return known.key
    key = secrets.token_urlsafe(24)
    export = Export(
        key=key if actor.is_signed_in else digest(key),
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
    return key
