"""Collections for tests, made as the pages make them."""

from typing import Any

from inforo.collections import actions
from inforo.collections.contents import reference
from inforo.collections.models import Collection
from inforo.db import session
from inforo.sharing import actions as sharing
from inforo.sharing.models import ShareLink
from tests import factories


def make_collection(
    owner: Any = None, *contents: Any, group: Any = None, title: str = "Frühe Hilfen", **values
) -> Collection:
    """Make a collection of a person, or of a group, with things in it."""
    ids = {"group_id": group.id} if group else {"account_id": owner.id}
    collection = factories.save(Collection(title=title, **ids, **values))
    keeper = owner or factories.make_account("Sammlerin")
    for content in contents:
        actions.put(factories.actor(keeper), collection, *reference(content))
    session.commit()
    return collection


def make_link(collection: Collection, **values) -> ShareLink:
    """Share a collection; `link.secret` is known only here."""
    link, secret = sharing.share(collection, None)
    link.secret = secret
    for name, value in values.items():
        setattr(link, name, value)
    session.commit()
    return link
