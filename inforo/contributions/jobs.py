"""Telling the offices that something was submitted."""

from typing import Any

from flask import url_for

from inforo.audit import subject_of
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


def tell_office(content: Example | Tool, *, but: int | None = None, **what: Any) -> None:
    """Tell the coordinators of the Land who may decide on it, see `notify`."""
    for coordinator in coordinators_for_content(content.state_code):
        if not has_own_interest(actor_of(coordinator), content) and coordinator.id != but:
            notify(coordinator, Event.WORK, subject=subject_of(content), **what)


@job
def announce_example(example_id: int, step_id: int) -> None:
    """Tell those coordinators of the Land who may decide, if it still waits for them."""
    example = session.get(Example, example_id)
    if example is None or example.state is not ExampleState.SUBMITTED:
        return
    tell_office(
        example,
        key=f"example:{example.id}:step:{step_id}",
        title=_l("Praxisbeispiel eingereicht: %(title)s", title=example.title),
        text=example.summary,
        url=url_for("reviews.show", example_id=example.id),
    )
    session.commit()


@job
def announce_tool(tool_id: int) -> None:
    """Tell the coordinators of the Land about a submitted tool."""
    tool = session.get(Tool, tool_id)
    if tool is None or tool.is_published:
        return
    tell_office(
        tool,
        key=f"tool:{tool.id}:submitted",
        title=_l("Werkzeug eingereicht: %(title)s", title=tool.title),
        text=tool.summary,
        url=url_for("reviews.show_tool", tool_id=tool.id),
    )
    session.commit()
