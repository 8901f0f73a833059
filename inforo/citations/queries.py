"""What the pages of editions show. Who asks comes first."""

from inforo.authz import Actor
from inforo.citations.identifiers import Name
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.text import diff
from inforo.toolbox import fields
from inforo.toolbox import queries as toolbox
from inforo.toolbox.editions import Edition, changes
from inforo.toolbox.models import Example
from inforo.toolbox.policy import may_see_obstacles
from inforo.toolbox.tool_models import Tool
from inforo.vocabularies import queries as vocabularies

OBSTACLES = frozenset({"obstacles", "lessons"})


def get_named(actor: Actor, name: Name | None) -> Example | Tool:
    """Return what a lasting name stands for, if it is there for this person."""
    if name is not None and name.kind == "pb":
        return toolbox.get_example_head(actor, name.id)
    if name is not None:
        return toolbox.get_tool(actor, name.id)
    raise NotFound(_("Diese Kennung gibt es nicht."))


def readable(actor: Actor, example: Example, edition: Edition) -> dict[str, str]:
    """Return the texts of an edition this person may read, without empty ones.

    What is told to members only today was not told to everybody for good.
    """
    hidden = frozenset() if may_see_obstacles(actor, example) else OBSTACLES
    found = {name: text for name, text in edition.fields.items() if text and name not in hidden}
    if "criteria" in found:
        found["criteria"] = with_criteria(found["criteria"])
    return found


def with_criteria(rows: str) -> str:
    """Write the names of the criteria instead of their keys."""
    labels = dict(vocabularies.choices("criterion"))
    lines = [row.partition(": ") for row in rows.splitlines()]
    return "\n".join(f"{labels.get(key, key)}: {rest}" for key, _colon, rest in lines)


def differences(
    actor: Actor, example: Example, old: Edition, new: Edition
) -> list[tuple[str, str]]:
    """Return (label, HTML of the difference) of each text that differs."""
    before, after = (readable(actor, example, edition) for edition in (old, new))
    return [
        (str(fields.LABELS.get(name, name)), diff(before.get(name, ""), after.get(name, "")))
        for name in changes(before, after)
    ]
