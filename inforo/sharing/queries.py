"""Every SELECT on links and files of collections. Who asks comes first."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inforo.authz import Actor
from inforo.collections.models import Collection
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.sharing.models import Export, ShareLink


def links_of(collection: Collection) -> list[ShareLink]:
    """Return the links that are open, the newest first."""
    statement = (
        select(ShareLink)
        .where(ShareLink.collection_id == collection.id, ShareLink.revoked_at.is_(None))
        .order_by(ShareLink.id.desc())
    )
    return [link for link in session.scalars(statement) if link.is_open]


def get_link(collection: Collection, link_id: int) -> ShareLink:
    for link in links_of(collection):
        if link.id == link_id:
            return link
    raise NotFound(_("Diesen Link gibt es nicht (mehr)."))


def get_shared(token: str) -> tuple[ShareLink, Collection]:
    """Return the link of a token and its collection, or raise NotFound if it is over."""
    link = session.scalar(select(ShareLink).where(ShareLink.token == token[:100]))
    if link is None or not link.is_open:
        raise NotFound(_("Dieser Link führt nirgendwohin (mehr). Fragen Sie bitte die Person."))
    return link, session.get_one(Collection, link.collection_id)


def get_export(actor: Actor, key: str) -> Export:
    """Return a file order of this person, or of the guest who knows its key."""
    statement = select(Export).where(Export.key == key[:100]).options(joinedload(Export.file))
    export = session.scalar(statement)
    if export is None or export.account_id != actor.account_id:
        raise NotFound(_("Diese Datei gibt es nicht (mehr)."))
    return export
