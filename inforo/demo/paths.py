"""Learning paths the editors of the demo put together."""

from typing import Any

from sqlalchemy import select

from inforo.authz import Actor
from inforo.db import session
from inforo.demo.source import Catalogue, read
from inforo.discussions.models import Thread
from inforo.glossary.models import GlossaryEntry
from inforo.paths import actions
from inforo.paths.models import StepKind
from inforo.toolbox.tool_models import Tool

Row = dict[str, Any]


def load_paths(catalogue: Catalogue) -> None:
    for row in read("learning_paths.json"):
        values = {name: row[name] for name in ("title", "summary", "intro")}
        path = actions.begin(Actor(), values)
        for step in row["steps"]:
            actions.add_step(Actor(), path, step_values(catalogue, step))
        actions.publish(Actor(), path)


def step_values(catalogue: Catalogue, row: Row) -> Row:
    kind = StepKind(row["kind"])
    return {
        "kind": kind,
        "minutes": row["minutes"],
        "reason": row["reason"],
        **thing(catalogue, kind, row),
    }


def thing(catalogue: Catalogue, kind: StepKind, row: Row) -> Row:
    """Return what a step leads to, by the key, title or slug in the file."""
    if kind is StepKind.TEXT:
        return {"title": row["title"], "body": row["body"]}
    if kind is StepKind.EXAMPLE:
        return {"example_id": catalogue.examples[row["key"]].id}
    if kind is StepKind.TOOL:
        tool = select(Tool.id).where(Tool.title == row["key"])
        return {"tool_id": session.scalars(tool).one()}
    if kind is StepKind.GLOSSARY:
        entry = select(GlossaryEntry.id).where(GlossaryEntry.slug == row["key"])
        return {"entry_id": session.scalars(entry).one()}
    thread = select(Thread.id).where(Thread.title == row["key"])
    return {"thread_id": session.scalars(thread).one()}
