"""What readers of the toolbox write: the order they want, and counts of downloads."""

from sqlalchemy import update

from inforo.authz import Actor
from inforo.db import session
from inforo.toolbox.example_parts import ExampleFile
from inforo.toolbox.models import ListOrder
from inforo.toolbox.tool_models import ToolFile


def count_download(attached: ExampleFile | ToolFile) -> None:
    """Count a download, not who it was. In SQL, so that two at once count twice."""
    model = type(attached)
    session.execute(
        update(model).where(model.id == attached.id).values(downloads=model.downloads + 1)
    )


def remember_order(actor: Actor, sort: str) -> None:
    """Keep the order of the list this person wants from now on."""
    session.merge(ListOrder(account_id=actor.account_id, sort=sort))
