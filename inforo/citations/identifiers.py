"""Lasting names like "inforo:pb-000123.v2": printed in papers, resolved at /id/<name>."""

import re
from dataclasses import dataclass

from inforo.config import settings
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool

KINDS: dict[type, str] = {Example: "pb", Tool: "wz"}
SHAPE = re.compile(
    r"(?P<kind>pb|wz)-0*(?P<id>[1-9][0-9]{0,17})(?:\.v(?P<number>[1-9][0-9]{0,5}))?"
)


@dataclass(frozen=True)
class Name:
    """What a lasting name stands for."""

    kind: str
    id: int
    number: int | None


def name_of(content: Example | Tool, number: int | None = None) -> str:
    """Return the lasting name of an example or tool, or of one published version of it."""
    version = f".v{number}" if number else ""
    return f"{settings.identifier_prefix}:{KINDS[type(content)]}-{content.id:06}{version}"


def read(name: str) -> Name | None:
    """Return what a name stands for; None for what cannot be one of ours."""
    prefix, _, rest = name.strip().lower().rpartition(":")
    if prefix not in ("", settings.identifier_prefix.lower()):
        return None
    match = SHAPE.fullmatch(rest)
    if match is None:
        return None
    number = match["number"]
    return Name(match["kind"], int(match["id"]), int(number) if number else None)
