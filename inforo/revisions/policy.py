"""Who may hand in a new version of a tool, and correct what is said about it."""

from inforo.authz import Actor
from inforo.toolbox.policy import is_author, is_responsible
from inforo.toolbox.tool_models import Tool


def may_add(actor: Actor, tool: Tool) -> bool:
    return is_author(actor, tool) or is_responsible(actor, tool)


def may_edit(actor: Actor, tool: Tool) -> bool:
    return may_add(actor, tool)


def may_withdraw(actor: Actor, tool: Tool) -> bool:
    """Allow taking back the version that waits; a tool nobody reads yet has no other."""
    return may_add(actor, tool) and tool.is_published and tool.pending_file is not None
