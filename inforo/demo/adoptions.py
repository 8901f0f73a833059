"""Who re-uses what in the demo: a chain over three municipalities, and some more."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from inforo import clock
from inforo.adoptions.models import Adoption, AdoptionStage, AdoptionStep
from inforo.db import session
from inforo.demo.source import Catalogue, read
from inforo.municipalities.models import Municipality
from inforo.toolbox.tool_models import Tool


def load_adoptions(catalogue: Catalogue) -> None:
    """Load the rows of the file; `follows` and `became` name rows and examples by key."""
    tools = {tool.title: tool for tool in session.scalars(select(Tool))}
    made: dict[str, Adoption] = {}
    for row in read("adoptions.json"):
        adoption = make_adoption(catalogue, row, tools)
        adoption.followed_id = made[row["follows"]].id if row.get("follows") else None
        session.add(adoption)
        session.flush()
        made[row["key"]] = adoption
        session.add(
            AdoptionStep(
                adoption_id=adoption.id,
                stage=adoption.stage,
                since=adoption.since,
                note=adoption.end_reason,
                actor_id=adoption.author_id,
            )
        )


def make_adoption(
    catalogue: Catalogue, row: dict[str, Any], tools: dict[str, Tool]
) -> Adoption:
    place = session.get_one(Municipality, row["municipality"])
    colleagues = catalogue.colleagues(place.ags)
    author = colleagues[-1] if colleagues else None
    example = catalogue.examples[row["example"]] if row.get("example") else None
    became = catalogue.examples[row["became"]] if row.get("became") else None
    return Adoption(
        municipality_ags=place.ags,
        example_id=example.id if example else None,
        tool_id=None if example else tools[row["tool"]].id,
        stage=AdoptionStage(row["stage"]),
        since=clock.today() - timedelta(days=row["days_ago"]),
        end_reason=row.get("end_reason", ""),
        adapted=row.get("adapted", ""),
        costs_once=row.get("costs_once"),
        costs_per_year=row.get("costs_per_year"),
        became_id=became.id if became else None,
        author_id=author.id if author else None,
        contact_name=author.name if author else "",
        contact_function=author.function if author else "",
        contact_email=author.email if author else "",
    )
