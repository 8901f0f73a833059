"""Telling the offices that something was submitted."""

from flask import url_for

from inforo.db import session
from inforo.i18n import _l
from inforo.jobs import job
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.queries import coordinators_for_content
from inforo.people.queries import actor_of
from inforo.toolbox.models import Example
from inforo.toolbox.policy import has_own_interest
from inforo.toolbox.states import ExampleState
from inforo.toolbox.tool_models import Tool


@job
def announce_example(example_id: int, step_id: int) -> None:
    """Tell those coordinators of the Land who may decide, if it still waits for them."""
    example = session.get(Example, example_id)
    if example is None or example.state is not ExampleState.SUBMITTED:
        return
    for coordinator in coordinators_for_content(example.state_code):
        if has_own_interest(actor_of(coordinator), example):
            continue
        notify(
            coordinator,
            Event.WORK,
            key=f"example:{example.id}:step:{step_id}",
            title=_l("Praxisbeispiel eingereicht: %(title)s", title=example.title),
            text=example.summary,
            url=url_for("reviews.show", example_id=example.id),
            subject=f"examples:{example.id}",
        )
    session.commit()


@job
def announce_tool(tool_id: int) -> None:
    """Tell the coordinators of the Land about a submitted tool."""
    tool = session.get(Tool, tool_id)
    if tool is None or tool.is_published:
        return
    for coordinator in coordinators_for_content(tool.state_code):
        if has_own_interest(actor_of(coordinator), tool):
            continue
        notify(
            coordinator,
            Event.WORK,
            key=f"tool:{tool.id}:submitted",
            title=_l("Werkzeug eingereicht: %(title)s", title=tool.title),
            text=tool.summary,
            url=url_for("reviews.show_tool", tool_id=tool.id),
            subject=f"tools:{tool.id}",
        )
    session.commit()
