"""Writing profiles: every save leaves a version, every status its row."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import flag_modified

from inforo import audit, text, versions
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _, _l
from inforo.municipalities.models import Municipality
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.queries import profile_editors
from inforo.partnership import queries
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
from inforo.vocabularies.models import Term

MARKDOWN = ("portrait", "networks", "hurdles")


class StatusKnown(DomainError):
    """The same step was recorded before."""

    def __init__(self) -> None:
        super().__init__(_("Dieser Status ist zu diesem Datum schon eingetragen."))


@dataclass
class ProfileText:
    """What a form says about a municipality. Terms are keys, blocks (stage, year, note)."""

    motto: str = ""
    portrait: str = ""
    website: str = ""
    networks: str = ""
    hurdles: str = ""
    hurdles_audience: HurdleAudience = HurdleAudience.MEMBERS
    concept_stage: ConceptStage | None = None
    focus: list[str] = field(default_factory=list)
    age_phases: list[str] = field(default_factory=list)
    blocks: dict[str, tuple[BlockStage, int | None, str]] = field(default_factory=dict)
    contacts: list[dict[str, str]] = field(default_factory=list)
    is_published: bool = False


def save_profile(
    actor: Actor, municipality: Municipality, given: ProfileText, version: str | None
) -> MunicipalityProfile:
    """Make or change the profile of a municipality; `version` is the one the form showed."""
    profile = queries.get_profile_to_edit(municipality.ags)
    if profile is None:
        profile = MunicipalityProfile(ags=municipality.ags, municipality=municipality)
        session.add(profile)
    else:
        versions.check(profile, version)
        keep_first_state(profile)
    write_texts(profile, given)
    write_lists(profile, given)
    publish(actor, profile, given.is_published)
    flag_modified(profile, "motto")  # lists alone would not count as a new version
    session.flush()
    versions.record(actor, profile, fields_of(profile))
    return profile


def keep_first_state(profile: MunicipalityProfile) -> None:
    """Give the history a beginning, for profiles that did not come from the form."""
    if versions.latest_number(profile) == 0:
        versions.record(Actor(), profile, fields_of(profile))
        session.flush()


def write_texts(profile: MunicipalityProfile, given: ProfileText) -> None:
    for name in MARKDOWN:
        source = getattr(given, name)
        if source != getattr(profile, name):
            setattr(profile, name, source)
            setattr(profile, f"{name}_html", text.render_markdown(source))
    profile.motto, profile.website = given.motto, given.website
    profile.hurdles_audience = given.hurdles_audience
    profile.concept_stage = given.concept_stage


def write_lists(profile: MunicipalityProfile, given: ProfileText) -> None:
    """Replace terms, building blocks and contacts by those of the form."""
    profile.terms = list(
        session.scalars(
            select(Term).where(
                ((Term.vocabulary == "field_of_action") & Term.key.in_(given.focus))
                | ((Term.vocabulary == "age_phase") & Term.key.in_(given.age_phases))
            )
        )
    )
    known = {block.block_key: block for block in profile.blocks}
    profile.blocks = [
        change_block(known.get(key), key, position, stage)
        for position, (key, stage) in enumerate(given.blocks.items())
    ]
    profile.contacts = [ProfileContact(**contact) for contact in given.contacts]


def change_block(
    block: BuildingBlock | None,
    key: str,
    position: int,
    stage: tuple[BlockStage, int | None, str],
) -> BuildingBlock:
    block = block or BuildingBlock(block_key=key)
    block.position, (block.stage, block.year, block.note) = position, stage
    return block


def publish(actor: Actor, profile: MunicipalityProfile, wanted: bool) -> None:
    """Show or withdraw a profile; who shows it vouches for it today."""
    if wanted and profile.published_at is None:
        profile.published_at = profile.confirmed_at = now()
        profile.confirmed_by_id = actor.account_id
        audit.record(actor, "publish", profile)
    elif not wanted and profile.published_at is not None:
        profile.published_at = None
        audit.record(actor, "withdraw", profile)


def confirm_profile(actor: Actor, profile: MunicipalityProfile) -> None:
    """Note that everything is still right. No new version: a colleague may be writing."""
    session.execute(
        update(MunicipalityProfile)
        .where(MunicipalityProfile.ags == profile.ags)
        .values(confirmed_at=now(), confirmed_by_id=actor.account_id)
    )
    session.expire(profile)


def set_status(
    actor: Actor,
    municipality: Municipality,
    status: PartnershipStatus,
    since: date,
    note: str,
) -> Partnership:
    """Record a step in the Partnerprozess; the newest step is what lists show."""
    steps = queries.partnership_rows(municipality.ags)
    if any(step.status is status and step.since == since for step in steps):
        raise StatusKnown
    step = Partnership(
        ags=municipality.ags,
        status=status,
        since=since,
        note=note,
        recorded_by_id=actor.account_id,
    )
    session.add(step)
    session.flush()
    mirror_status(municipality, [step, *steps])
    audit.record(actor, "status", municipality, note, title=municipality.display_name)
    tell_editors(actor, municipality, step)
    return step


def tell_editors(actor: Actor, municipality: Municipality, step: Partnership) -> None:
    """Tell those who keep the profile that the office recorded a step."""
    for editor in profile_editors(municipality.ags):
        if actor.is_me(editor.id):
            continue
        notify(
            editor,
            Event.DECISION,
            key=f"partnership:{step.id}",
            title=_l(
                "%(place)s: %(status)s im Partnerprozess",
                place=municipality.display_name,
                status=step.status.label,
            ),
            url=f"/kommunen/{municipality.ags}-{text.slug(municipality.display_name)}",
            text=step.note,
            subject=f"municipalities:{municipality.ags}",
            actor=actor,
        )


def mirror_status(municipality: Municipality, steps: list[Partnership]) -> None:
    """Let the profile show the step with the latest date, without counting as an edit."""
    latest = max(steps, key=lambda step: (step.since, step.id))
    values = {"status": latest.status, "status_since": latest.since}
    if queries.find_profile(municipality.ags) is None:
        session.add(MunicipalityProfile(ags=municipality.ags, **values))
        return
    session.execute(
        update(MunicipalityProfile)
        .where(MunicipalityProfile.ags == municipality.ags)
        .values(**values)
    )


def fields_of(profile: MunicipalityProfile) -> dict[str, Any]:
    """Return the profile as the history keeps it: texts by the name of their field."""
    topics = {"field_of_action": [], "age_phase": []}  # type: dict[str, list[str]]
    for term in sorted(profile.terms, key=lambda term: term.position):
        topics.setdefault(term.vocabulary, []).append(term.label_de)
    return {
        "motto": profile.motto,
        "portrait": profile.portrait,
        "website": profile.website,
        "focus": ", ".join(topics["field_of_action"]),
        "age_phases": ", ".join(topics["age_phase"]),
        "concept_stage": profile.concept_stage.value if profile.concept_stage else "",
        "blocks": "\n".join(block_line(block) for block in profile.blocks),
        "networks": profile.networks,
        "contacts": "\n".join(contact_line(contact) for contact in profile.contacts),
        "hurdles": profile.hurdles,
        "hurdles_audience": profile.hurdles_audience.value,
        "published": "ja" if profile.published_at else "nein",
    }


def block_line(block: BuildingBlock) -> str:
    parts = [block.block_key, block.stage.value, str(block.year or ""), block.note]
    return " · ".join(part for part in parts if part)


def contact_line(contact: ProfileContact) -> str:
    parts = [contact.name, contact.function, contact.office, contact.email, contact.phone]
    return " · ".join(part for part in parts if part)
