"""Telling the office that a version waits."""

from flask import url_for

from inforo.contributions.jobs import tell_office
from inforo.db import session
from inforo.i18n import _l
from inforo.jobs import job
from inforo.toolbox.tool_models import Tool, ToolFile


@job
def announce_version(version_id: int) -> None:
    """Tell those coordinators of the Land who may decide, if it still waits for them."""
    version = session.get(ToolFile, version_id)
    if version is None or not version.is_pending:
        return
    tool = session.get_one(Tool, version.tool_id)
    tell_office(
        tool,
        but=version.author_id,
        key=f"tool:{tool.id}:version:{version.file_id}",
        title=_l("Neue Fassung eines Werkzeugs: %(title)s", title=tool.title),
        text=version.note,
        url=url_for("reviews.show_tool", tool_id=tool.id),
    )
    session.commit()
