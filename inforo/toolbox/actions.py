"""What readers of the toolbox write: their Merkliste, and counts of downloads."""

from sqlalchemy import update

from inforo.authz import Actor
from inforo.db import session
from inforo.toolbox import queries
from inforo.toolbox.models import Bookmark, Example, ExampleFile, ListOrder, Tool, ToolFile


def bookmark(actor: Actor, content: Example | Tool) -> None:
    """Put something on the Merkliste; twice is once."""
    key = bookmark_key(content)
    if queries.find_bookmark(actor, **key) is None:
        session.add(Bookmark(account_id=actor.account_id, **key))


def remove_bookmark(actor: Actor, content: Example | Tool) -> None:
    found = queries.find_bookmark(actor, **bookmark_key(content))
    if found is not None:
        session.delete(found)


def bookmark_key(content: Example | Tool) -> dict[str, int | None]:
    if isinstance(content, Tool):
        return {"tool_id": content.id}
    return {"example_id": content.id}


def count_download(attached: ExampleFile | ToolFile) -> None:
    """Count a download, not who it was. In SQL, so that two at once count twice."""
    model = type(attached)
    session.execute(
        update(model).where(model.id == attached.id).values(downloads=model.downloads + 1)
    )


def remember_order(actor: Actor, sort: str) -> None:
    """Keep the order of the list this person wants from now on."""
    session.merge(ListOrder(account_id=actor.account_id, sort=sort))
