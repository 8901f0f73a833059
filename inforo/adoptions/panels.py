"""What the pages of the toolbox show of adoptions; one statement per page."""

from collections.abc import Iterable

from inforo.adoptions import counting, overview, queries
from inforo.adoptions.models import AdoptionStage
from inforo.authz import Actor
from inforo.i18n import _l
from inforo.municipalities.outlines import COARSE, atlas
from inforo.templating import piece
from inforo.toolbox.models import Example
from inforo.toolbox.places import (
    EXAMPLE_ACTIONS,
    EXAMPLE_BODY,
    RANKINGS,
    ROWS,
    TOOL_ACTIONS,
    TOOL_BODY,
    TOOL_RANKINGS,
    Ranking,
    Row,
)
from inforo.toolbox.tool_models import Tool

MOST_LISTED = 5
RANKINGS["uebernommen"] = Ranking(_l("Am häufigsten übernommen"), counting.numbers_of_adoptions)
TOOL_RANKINGS["genutzt"] = Ranking(
    _l("Am häufigsten genutzt"), counting.numbers_of_tool_adoptions
)


@EXAMPLE_BODY.filled(order=10)
def example_panel(actor: Actor, example: Example) -> str:
    """Show who else does this, and how it went on from municipality to municipality."""
    if not example.is_published:
        return ""
    family = queries.family_of(example.id)
    if not family:
        return ""
    mine = [entry for entry in family if entry.example_id == example.id]
    return piece(
        "adoptions/_example_panel.html",
        example=example,
        overview=overview.overview_of(actor, mine),
        chain=overview.chain_of(actor, example.id, example.title, family),
        most=MOST_LISTED,
        atlas=atlas(COARSE),
    )


@TOOL_BODY.filled(order=10)
def tool_panel(actor: Actor, tool: Tool) -> str:
    """Show who uses a tool."""
    if not tool.is_published:
        return ""
    found = queries.entries_of_tool(tool.id)
    if not found:
        return ""
    shown = overview.overview_of(actor, found)
    return piece("adoptions/_tool_panel.html", tool=tool, overview=shown, most=MOST_LISTED)


@EXAMPLE_ACTIONS.filled(order=10)
def example_button(actor: Actor, example: Example) -> str:
    if not example.is_published:
        return ""
    return piece("adoptions/_example_button.html", example=example)


@TOOL_ACTIONS.filled(order=10)
def tool_button(actor: Actor, tool: Tool) -> str:
    return piece("adoptions/_tool_button.html", tool=tool) if tool.is_published else ""


def compared(_actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """Say for several examples how often they were taken up, and how far that is."""
    stages = counting.stages_of_examples(list(ids))
    return {
        key: ", ".join(f"{counted[s]} {s.label}" for s in AdoptionStage if counted[s])
        for key, counted in stages.items()
    }


ROWS.append(Row(_l("„Wir machen das auch“"), compared))
