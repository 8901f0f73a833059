"""Every SELECT on what is reviewed."""

from inforo.authz import Actor
from inforo.contributions.policy import may_open_review
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.toolbox import queries as toolbox
from inforo.toolbox.models import Example, Tool
from inforo.toolbox.policy import is_responsible


def get_review(actor: Actor, example_id: int) -> Example:
    """Return an example for its review; other Länder do not learn that there is one."""
    example = toolbox.get_example(actor, example_id)
    if not may_open_review(actor, example):
        raise NotFound(_("Diesen Vorgang gibt es nicht (mehr)."))
    return example


def get_tool_review(actor: Actor, tool_id: int) -> Tool:
    tool = toolbox.get_tool(actor, tool_id)
    if not is_responsible(actor, tool):
        raise NotFound(_("Diesen Vorgang gibt es nicht (mehr)."))
    return tool
