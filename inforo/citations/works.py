"""What is cited, apart from how it is written: one shape for examples and tools."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inforo.citations.identifiers import name_of
from inforo.clock import BERLIN
from inforo.config import settings
from inforo.toolbox.editions import Edition
from inforo.toolbox.licences import URLS
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool


@dataclass(frozen=True)
class Work:
    """Authors are organisations or municipalities; `number` is the published version."""

    authors: tuple[str, ...]
    title: str
    summary: str
    published: date | None
    changed: date | None
    number: int | None
    name: str
    licence: str

    @property
    def licence_url(self) -> str:
        return URLS.get(self.licence, "")

    @property
    def year(self) -> int | None:
        day = self.changed or self.published
        return day.year if day else None


def day_of(moment: datetime | None) -> date | None:
    return moment.astimezone(BERLIN).date() if moment else None


def of_example(example: Example, edition: Edition | None) -> Work:
    """Describe an example in its newest published version, or as it stands."""
    provider = (example.provider,) if example.provider else ()
    places = tuple(place.display_name for place in example.municipalities)
    number = edition.number if edition else None
    changed = edition.created_at if edition else example.reviewed_at or example.published_at
    return Work(
        authors=provider or places,
        title=example.title,
        summary=example.summary,
        published=day_of(example.published_at),
        changed=day_of(changed),
        number=number,
        name=name_of(example, number),
        licence=settings.example_licence,
    )


def of_edition(example: Example, edition: Edition) -> Work:
    """Describe an older published version: its own title, place and day."""
    fields: dict[str, Any] = edition.fields
    author = fields.get("organisation_name") or fields.get("municipalities", "")
    day = day_of(edition.created_at)
    return Work(
        authors=(author,) if author else (),
        title=fields.get("title", example.title),
        summary=fields.get("summary", ""),
        published=day,
        changed=day,
        number=edition.number,
        name=name_of(example, edition.number),
        licence=settings.example_licence,
    )


def of_tool(tool: Tool) -> Work:
    """Describe a tool; its published version is its newest file."""
    newest = next(iter(tool.published_files), None)
    number = newest.number if newest else None
    place = tool.municipality.display_name if tool.municipality else ""
    return Work(
        authors=(place,) if place else (),
        title=tool.title,
        summary=tool.summary,
        published=day_of(tool.published_at),
        changed=day_of(newest.published_at if newest else tool.published_at),
        number=number,
        name=name_of(tool, number),
        licence=tool.licence,
    )
