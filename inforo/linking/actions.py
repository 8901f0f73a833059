"""Linking an example and a tool, and taking the link away."""

from inforo import audit
from inforo.authz import Actor
from inforo.db import session
from inforo.toolbox import linkable
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool


def link(actor: Actor, tool: Tool, example: Example) -> None:
    if linkable.link(tool, example):
        session.flush()
        audit.record(actor, "link", tool, title=f"{tool.title} – {example.title}")


def unlink(actor: Actor, tool: Tool, example: Example) -> None:
    if example in tool.examples:
        tool.examples.remove(example)
        tool.note_change()
        session.flush()
        audit.record(actor, "unlink", tool, title=f"{tool.title} – {example.title}")
