"""Examples and tools as plain records: what one line of an export holds.

Who asks decides about the level: guests get what the public pages show, members the contact
persons as well, a full export also what is not published. A field that a reader may not see
is left out of the record; an import then leaves that field alone.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from inforo.authz import Actor
from inforo.citations.identifiers import name_of
from inforo.files import StoredFile
from inforo.toolbox.models import Example
from inforo.toolbox.states import ObstacleAudience
from inforo.toolbox.tool_models import Tool, ToolFile

FORMAT = 1
Record = dict[str, Any]

CONTACT = (
    "contact_name",
    "contact_function",
    "contact_email",
    "contact_phone",
    "deputy_name",
    "deputy_function",
    "deputy_email",
    "deputy_phone",
)
LIMITED = ("obstacles", "lessons")
LINES = ("title", "summary", "organisation", *CONTACT, "started", "ended", "end_reason")
TEXTS = (
    "problem",
    "relevance",
    "goals",
    "approach",
    "partners",
    "participation",
    "reach",
    "staff_share",
    "funding",
    "existing",
    "evaluation_result",
    "transfer_adapt",
    "transfer_core",
    *LIMITED,
    "literature",
)
NUMBERS = ("costs_once", "costs_per_year", "evidence_level")
CHOICES = ("kind", "measure_status", "evaluation_kind", "obstacles_audience")
VOCABULARIES = (
    "age_phase",
    "transition",
    "field_of_action",
    "target_group",
    "setting",
    "recommendation",
)
STATE = ("state", "tier")
TIMES = (
    "created_at",
    "submitted_at",
    "reviewed_at",
    "published_at",
    "confirmed_at",
    "unconfirmed_since",
)
# The order of the fields in a line, and of the columns in a table.
EXAMPLE_FIELDS = (
    "id",
    *STATE,
    "kind",
    "title",
    "summary",
    "municipalities",
    "state_code",
    *LINES[2:],
    "measure_status",
    *TEXTS,
    *NUMBERS,
    "evaluation_kind",
    "obstacles_audience",
    *VOCABULARIES,
    "criteria",
    "files",
    *TIMES,
)
TOOL_TEXTS = ("title", "summary", "context")
TOOL_FIELDS = (
    "id",
    *TOOL_TEXTS,
    "category",
    "phase",
    "licence",
    "municipality",
    "state_code",
    "examples",
    "files",
    "created_at",
    "published_at",
)


class Level(StrEnum):
    """How much an export holds."""

    PUBLIC = "public"
    MEMBER = "member"
    FULL = "full"


def level_of(actor: Actor, *, full: bool = False) -> Level:
    """Return what this person may take along at most."""
    if full and (actor.is_editor or actor.is_admin):
        return Level.FULL
    return Level.MEMBER if actor.is_member else Level.PUBLIC


def moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def plain(value: Any) -> Any:
    return getattr(value, "value", value)


def example_record(example: Example, level: Level, *, sees_criteria: bool = True) -> Record:
    """Return an example as a record, with the fields this level may hold."""
    found: Record = {"format": FORMAT, "type": "example", "id": name_of(example)}
    for name in EXAMPLE_FIELDS[1:]:
        if not is_left_out(example, name, level):
            found[name] = value_of(example, name)
    if not sees_criteria:
        del found["criteria"]
    return found


def is_left_out(example: Example, name: str, level: Level) -> bool:
    if level is not Level.PUBLIC:
        return False
    for_members = example.obstacles_audience is ObstacleAudience.MEMBERS
    return name in CONTACT or (for_members and name in LIMITED)


def value_of(example: Example, name: str) -> Any:
    """Return one field as JSON knows it."""
    if name in TIMES:
        return moment(getattr(example, name))
    if name in VOCABULARIES:
        return sorted(term.key for term in example.terms_of(name))
    special = SPECIAL.get(name)
    return special(example) if special else plain(getattr(example, name))


def criteria_of(example: Example) -> list[Record]:
    rated = sorted(example.criteria, key=lambda criterion: criterion.criterion_key)
    return [
        {
            "key": criterion.criterion_key,
            "level": criterion.level,
            "reason": criterion.reason,
            "highlighted": criterion.is_highlighted,
        }
        for criterion in rated
    ]


def example_files(example: Example) -> list[Record]:
    return [
        file_record(attached.file)
        | {
            "title": attached.title,
            "category": attached.category_key,
            "licence": attached.licence,
            "checked_at": moment(attached.checked_at),
        }
        for attached in sorted(example.files, key=lambda attached: attached.id)
    ]


def file_record(stored: StoredFile) -> Record:
    return {"name": stored.name, "sha256": stored.sha256, "path": path_of(stored)}


def path_of(stored: StoredFile) -> str:
    """Return where the content lies in an exported folder; equal contents share one place."""
    return f"files/{stored.sha256}.{stored.extension.lower()}"


def tool_files(tool: Tool) -> list[Record]:
    versions = sorted(shown_files(tool), key=lambda version: version.number)
    return [
        file_record(version.file)
        | {
            "number": version.number,
            "note": version.note,
            "published_at": moment(version.published_at),
        }
        for version in versions
    ]


def shown_files(tool: Tool) -> list[ToolFile]:
    """Return the published versions, of a tool that is not public yet the one that waits."""
    waiting = [] if tool.is_published else [tool.pending_file]
    return tool.published_files or [version for version in waiting if version]


def places_of(example: Example) -> list[str]:
    """Return the keys of the municipalities, the one that decides about the Land first."""
    keys = sorted(place.ags for place in example.municipalities)
    states = {place.ags: place.state_code for place in example.municipalities}
    return sorted(keys, key=lambda ags: (states[ags] != example.state_code, ags))


SPECIAL: dict[str, Any] = {
    "organisation": lambda example: example.provider,
    "municipalities": places_of,
    "criteria": criteria_of,
    "files": example_files,
}


def tool_record(tool: Tool, shown: Iterable[Example]) -> Record:
    """Return a tool as a record; `shown` are the linked examples the reader may see."""
    return {
        "format": FORMAT,
        "type": "tool",
        "id": name_of(tool),
        "title": tool.title,
        "summary": tool.summary,
        "context": tool.context,
        "category": tool.category_key,
        "phase": tool.phase_key,
        "licence": tool.licence,
        "municipality": tool.municipality_ags,
        "state_code": tool.state_code,
        "examples": sorted(name_of(example) for example in shown),
        "files": tool_files(tool),
        "created_at": moment(tool.created_at),
        "published_at": moment(tool.published_at),
    }
