"""The versions of a tool's file beside each other: what each changed against the one before."""

from dataclasses import dataclass

from inforo.authz import Actor
from inforo.toolbox.queries import versions_of
from inforo.toolbox.tool_models import Tool, ToolFile


@dataclass(frozen=True)
class Entry:
    """A version; `grown_by` are the bytes it has more than the published one before it."""

    version: ToolFile
    grown_by: int | None


def history(actor: Actor, tool: Tool) -> list[Entry]:
    """Return the versions somebody may see, the newest first."""
    return [Entry(version, growth(tool, version)) for version in versions_of(actor, tool)]


def growth(tool: Tool, version: ToolFile) -> int | None:
    older = [each for each in tool.published_files if each.number < version.number]
    return version.file.size - older[0].file.size if older else None
