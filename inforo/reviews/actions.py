"""Deciding about examples and tools.

Each step of the review is a row of the time line that author and reviewer share; internal
notes are rows the author never sees.
"""

from typing import Any

from flask import url_for

from inforo import audit
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.contributions.actions import (
    add_step,
    missing_to_publish,
    refuse_missing,
    tell_author,
)
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _, _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.actions import close_item, wait_for_author
from inforo.offices.models import WorkKind
from inforo.toolbox import editions
from inforo.toolbox.models import Example, Tool


class ChangedSince(DomainError):
    """The text is no longer the one the reviewer has read."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Der Text wurde geändert, seit Sie ihn gelesen haben. Es ist nichts "
                "veröffentlicht. Bitte gehen Sie zurück, laden Sie die Seite neu und lesen Sie "
                "die neue Fassung."
            )
        )


def refuse_unread(content: Example | Tool, version: int | str | None) -> None:
    """Make sure that what is published is what the reviewer had before the eyes."""
    if str(content.version) != str(version):
        raise ChangedSince


def publish(actor: Actor, example: Example, version: int | str | None) -> None:
    """Show everybody the version the reviewer has read, not a later one."""
    refuse_unread(example, version)
    refuse_missing(missing_to_publish(example))
    example.publish(actor.account_id)
    editions.keep(actor, example, snapshot(example))
    step = add_step(actor, example, "published")
    close_item(actor, WorkKind.EXAMPLE, example, _l("veröffentlicht"))
    audit.record(actor, "publish", example, title=example.title)
    title = _l("Ihr Praxisbeispiel ist veröffentlicht: %(title)s", title=example.title)
    url = url_for("toolbox.show_example", example_id=example.id)
    tell_author(actor, example, step, title, url)


def ask_changes(actor: Actor, example: Example, text: str) -> None:
    """Ask the author to change something; the office waits."""
    example.ask_changes()
    step = add_step(actor, example, "changes_asked", text)
    wait_for_author(WorkKind.EXAMPLE, example)
    title = _l("Bitte um Ergänzung: %(title)s", title=example.title)
    tell_author(actor, example, step, title)


def send_back(actor: Actor, example: Example, reason: str) -> None:
    """Decline the example with a reason; the author keeps it."""
    example.send_back()
    step = add_step(actor, example, "returned", reason)
    close_item(actor, WorkKind.EXAMPLE, example, _l("zurückgegeben"))
    audit.record(actor, "return", example, reason, title=example.title)
    title = _l("Zurückgegeben: %(title)s", title=example.title)
    tell_author(actor, example, step, title)


def note(actor: Actor, example: Example, text: str) -> None:
    """Leave a note for other reviewers; the author never sees it."""
    add_step(actor, example, "note", text, is_internal=True)


# Tools


def publish_tool(actor: Actor, tool: Tool, version: int | str | None) -> None:
    refuse_unread(tool, version)
    tool.published_at = tool.published_at or now()
    close_item(actor, WorkKind.EXAMPLE, tool, _l("veröffentlicht"))
    audit.record(actor, "publish", tool, title=tool.title)
    title = _l("Ihr Werkzeug ist veröffentlicht: %(title)s", title=tool.title)
    tell_tool_author(actor, tool, "published", title)


def return_tool(actor: Actor, tool: Tool, reason: str) -> None:
    """Decline a tool, or take a published one off its page, with a reason."""
    tool.published_at = None
    close_item(actor, WorkKind.EXAMPLE, tool, _l("zurückgegeben"))
    audit.record(actor, "return", tool, reason, title=tool.title)
    title = _l("Zurückgegeben: %(title)s", title=tool.title)
    tell_tool_author(actor, tool, f"returned:{tool.version}", title, reason)


def tell_tool_author(actor: Actor, tool: Tool, key: str, title: Any, text: str = "") -> None:
    author = session.get(Account, tool.author_id) if tool.author_id else None
    if author is None:
        return
    notify(
        author,
        Event.DECISION,
        key=f"tool:{tool.id}:{key}",
        title=title,
        text=text,
        url=url_for("toolbox.show_tool", tool_id=tool.id),
        subject=f"tools:{tool.id}",
        actor=actor,
    )
