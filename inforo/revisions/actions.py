"""New versions of a tool's file, and corrections of what is said about the tool."""

from flask import url_for

from inforo import audit, versions
from inforo.authz import Actor
from inforo.contents.jobs import process_file
from inforo.contributions.forms import TOOL_DETAILS
from inforo.db import session
from inforo.errors import DomainError
from inforo.files import StoredFile
from inforo.i18n import _, _l
from inforo.offices.actions import close_item, open_item
from inforo.offices.models import WorkKind
from inforo.revisions import jobs
from inforo.toolbox.tool_models import Tool, ToolFile


def add_version(actor: Actor, tool: Tool, stored: StoredFile, note: str) -> ToolFile:
    """Hand in a version; readers keep the old one until the office has looked at it.

    One waits at a time: who hands in another takes the first back.
    """
    tool.note_change()
    session.flush()  # who hands in at the same moment, or decides meanwhile, comes too late
    waiting = tool.pending_file
    number = (
        waiting.number if waiting else 1 + max((each.number for each in tool.files), default=0)
    )
    if waiting is not None:
        tool.files.remove(waiting)
        session.flush()
    version = ToolFile(file=stored, number=number, note=note, author_id=actor.account_id)
    tool.files.insert(0, version)
    session.flush()
    process_file.later(key=stored.key)
    offer_for_review(actor, tool)
    jobs.announce_version.later(version_id=version.id)
    return version


def withdraw_version(actor: Actor, tool: Tool) -> None:
    """Take back the version that waits; the office need not look at it any more."""
    tool.note_change()
    session.flush()  # who decides at the same moment comes too late, or we do
    if tool.pending_file is None:
        raise DomainError(_("Über diese Fassung ist schon entschieden."))
    tool.files.remove(tool.pending_file)
    close_item(actor, WorkKind.EXAMPLE, tool, _l("zurückgezogen"))


def edit_tool(actor: Actor, tool: Tool, values: dict[str, str], version: str | None) -> None:
    """Correct what is said about a tool. What it said before stays in its history."""
    versions.check(tool, version)
    before = details(tool)
    if values == before:
        return
    if not versions.latest_number(tool):
        versions.record(actor, tool, before)
    for name, value in values.items():
        setattr(tool, name, value)
    versions.record(actor, tool, values)
    audit.record(actor, "edit", tool, title=tool.title)


def details(tool: Tool) -> dict[str, str]:
    return {name: getattr(tool, name) for name in TOOL_DETAILS}


def offer_for_review(actor: Actor, tool: Tool) -> None:
    title = _l("Werkzeug: %(title)s", title=tool.title)
    if tool.is_published:
        title = _l("Neue Fassung: %(title)s", title=tool.title)
    open_item(
        WorkKind.EXAMPLE,
        tool,
        title=title,
        url=url_for("reviews.show_tool", tool_id=tool.id),
        author_id=actor.account_id,
    )
