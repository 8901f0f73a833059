"""Who may review and publish. Nobody decides about what is their own."""

from inforo.authz import Actor
from inforo.contributions.policy import is_colleague, may_open_review, may_review
from inforo.toolbox.models import Example, ExampleState, Tool
from inforo.toolbox.policy import is_author, is_responsible

OPEN = frozenset({ExampleState.SUBMITTED, ExampleState.CHANGES_ASKED})


def may_see_notes(actor: Actor, example: Example) -> bool:
    """Internal notes are for reviewers; an author who is one does not see them."""
    return may_open_review(actor, example) and not is_author(actor, example)


def may_publish(actor: Actor, example: Example) -> bool:
    return may_review(actor, example) and example.state in OPEN


may_ask_changes = may_send_back = may_publish


def may_review_tool(actor: Actor, tool: Tool) -> bool:
    return (
        is_responsible(actor, tool)
        and not is_author(actor, tool)
        and not is_colleague(actor, tool)
    )
