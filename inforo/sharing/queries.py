"""Every SELECT on links and files of collections. Who asks comes first."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.collections.models import Collection
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.sessions import digest
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


def links_by(account_id: int) -> list[ShareLink]:
    """Return the links to collections of one person that were not taken back."""
    statement = (
        select(ShareLink)
        .join(Collection, Collection.id == ShareLink.collection_id)
        .where(Collection.account_id == account_id, ShareLink.revoked_at.is_(None))
    )
    return list(session.scalars(statement))


def get_shared(secret: str) -> tuple[ShareLink, Collection]:
    """Return the link of a secret and its collection, or raise NotFound if it is over."""
    link = session.scalar(select(ShareLink).where(ShareLink.token_hash == digest(secret)))
    collection = session.get_one(Collection, link.collection_id) if link else None
    if link is None or collection is None or not is_open(link, collection):
        raise NotFound(_("Dieser Link führt nirgendwohin (mehr). Fragen Sie bitte die Person."))
    return link, collection


def is_open(link: ShareLink, collection: Collection) -> bool:
    """Tell whether a link leads somewhere: not while its owner is suspended, or has left."""
    owner = session.get(Account, collection.account_id) if collection.account_id else None
    return link.is_open and owner is not None and owner.is_approved


def get_export(actor: Actor, key: str) -> Export:
    """Return a file order of this person, or of the guest who knows its key."""
    known = key if actor.is_signed_in else digest(key)
    statement = select(Export).where(Export.key == known).options(joinedload(Export.file))
    export = session.scalar(statement)
    if export is None or export.account_id != actor.account_id:
        raise NotFound(_("Diese Datei gibt es nicht (mehr)."))
    return export
