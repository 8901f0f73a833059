"""Who may link examples and tools.

What stands on a public page a second person has looked at. So who wrote a public tool links
it with examples of their own only; the office, and who may edit the example, with any.
"""

from inforo.authz import Actor
from inforo.contributions.policy import may_edit
from inforo.toolbox.models import Example
from inforo.toolbox.policy import is_author, is_responsible
from inforo.toolbox.tool_models import Tool


def may_link_tools(actor: Actor, example: Example) -> bool:
    return may_edit(actor, example)


def may_link_examples(actor: Actor, tool: Tool) -> bool:
    return is_author(actor, tool) or is_responsible(actor, tool)


def may_link(actor: Actor, tool: Tool, example: Example) -> bool:
    if may_link_tools(actor, example) or is_responsible(actor, tool):
        return True
    is_own = not tool.is_published or is_author(actor, example)
    return is_author(actor, tool) and is_own


def may_unlink(actor: Actor, tool: Tool, example: Example) -> bool:
    """Take a link away: whoever looks after one of the two."""
    return may_link_tools(actor, example) or may_link_examples(actor, tool)
