"""What an address somebody pasted leads to, as the columns of a step."""

import re
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from inforo.authz import Actor
from inforo.db import session
from inforo.discussions import policy as discussions
from inforo.discussions.models import Thread
from inforo.glossary.models import GlossaryEntry
from inforo.paths.models import PathStep, StepKind
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from inforo.toolbox.tool_models import Tool

ADDRESS = re.compile(
    r"/(?P<part>werkzeugkiste/beispiele|werkzeugkiste/werkzeuge|diskussionen)/(?P<id>\d{1,18})"
    r"|/glossar/(?P<slug>[a-z0-9-]+)"
)
PARTS: dict[str, tuple[StepKind, Any]] = {
    "werkzeugkiste/beispiele": (StepKind.EXAMPLE, Example),
    "werkzeugkiste/werkzeuge": (StepKind.TOOL, Tool),
    "diskussionen": (StepKind.THREAD, Thread),
}
COLUMNS = {
    StepKind.EXAMPLE: "example_id",
    StepKind.TOOL: "tool_id",
    StepKind.GLOSSARY: "entry_id",
    StepKind.THREAD: "thread_id",
}


def find_thing(actor: Actor, address: str) -> dict[str, Any] | None:
    """Return kind and id of what stands at an address: public, or a thread one may read."""
    match = ADDRESS.search(address)
    if match is None:
        return None
    kind, statement = asked(actor, match)
    thing_id = session.scalar(statement)
    return {"kind": kind, COLUMNS[kind]: thing_id} if thing_id is not None else None


def asked(actor: Actor, match: re.Match[str]) -> tuple[StepKind, Select[Any]]:
    if match["slug"]:
        entry = select(GlossaryEntry.id).where(GlossaryEntry.slug == match["slug"])
        return StepKind.GLOSSARY, entry.where(GlossaryEntry.archived_at.is_(None))
    kind, model = PARTS[match["part"]]
    statement = select(model.id).where(model.id == int(match["id"]))
    return kind, statement.where(open_to(actor, kind))


def open_to(actor: Actor, kind: StepKind) -> ColumnElement[bool]:
    if kind is StepKind.THREAD:
        return discussions.visible_to(actor)
    if kind is StepKind.TOOL:
        return Tool.published_at.is_not(None)
    return Example.state == ExampleState.PUBLISHED


def typed_address(step: PathStep) -> str:
    """Return the address of a step without its title, as histories keep it."""
    for part, (kind, _model) in PARTS.items():
        if step.kind is kind:
            return f"/{part}/{step.thing_id}"
    return ""
