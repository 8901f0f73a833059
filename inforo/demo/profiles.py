"""The profiles of the demo municipalities with their way into the Partnerprozess."""

from datetime import date
from typing import Any

from inforo import text
from inforo.db import session
from inforo.demo.source import Catalogue, at, read
from inforo.partnership.models import (
    BlockStage,
    BuildingBlock,
    ConceptStage,
    HurdleAudience,
    MunicipalityProfile,
    Partnership,
    PartnershipStatus,
    ProfileContact,
)


def load_profiles(catalogue: Catalogue) -> None:
    for row in read("profiles.json"):
        session.add(make_profile(catalogue, row))
        session.add_all(
            Partnership(
                ags=row["ags"],
                status=PartnershipStatus(step["status"]),
                since=date.fromisoformat(step["since"]),
            )
            for step in row["partnership"]
        )
    session.flush()


def make_profile(catalogue: Catalogue, row: dict[str, Any]) -> MunicipalityProfile:
    confirmed = at(row["confirmed_on"])
    newest = row["partnership"][-1] if row["partnership"] else None
    colleagues = catalogue.colleagues(row["ags"])
    return MunicipalityProfile(
        ags=row["ags"],
        motto=row["motto"],
        website=row["website"],
        portrait=row["portrait"],
        portrait_html=text.render_markdown(row["portrait"]),
        networks=row["networks"],
        networks_html=text.render_markdown(row["networks"]),
        hurdles=row["hurdles"]["text"],
        hurdles_html=text.render_markdown(row["hurdles"]["text"]),
        hurdles_audience=HurdleAudience(row["hurdles"]["audience"]),
        concept_stage=ConceptStage(row["concept_stage"]) if row["concept_stage"] else None,
        status=PartnershipStatus(newest["status"]) if newest else None,
        status_since=date.fromisoformat(newest["since"]) if newest else None,
        published_at=confirmed,
        confirmed_at=confirmed,
        confirmed_by_id=colleagues[0].id if colleagues else None,
        terms=catalogue.topics(row["focus"]) + catalogue.topics(row["age_phases"], "age_phase"),
        contacts=[ProfileContact(**contact) for contact in row["contacts"]],
        blocks=[make_block(catalogue, block) for block in row["building_blocks"]],
    )


def make_block(catalogue: Catalogue, row: dict[str, Any]) -> BuildingBlock:
    return BuildingBlock(
        block_key=row["block"],
        position=catalogue.terms["building_block", row["block"]].position,
        stage=BlockStage(row["stage"]),
        year=row["year"],
        note=row["note"] or "",
    )
