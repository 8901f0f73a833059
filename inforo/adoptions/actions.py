"""Every write on adoptions: registering, keeping up to date, correcting, removing."""

from typing import Any

from flask import url_for

from inforo import audit, versions
from inforo.adoptions import policy, queries
from inforo.adoptions.jobs import make_sheet
from inforo.adoptions.models import Adoption, AdoptionStage, AdoptionStep, ImpactSheet
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _, _l
from inforo.municipalities.models import Municipality
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool

FIELDS = (
    "stage",
    "since",
    "end_reason",
    "adapted",
    "costs_once",
    "costs_per_year",
    "contact_name",
    "contact_function",
    "contact_email",
    "contact_phone",
    "followed_id",
    "became_id",
)


class AlreadyAdopted(DomainError):
    """The municipality has an entry for this thing; it is kept up to date instead."""

    def __init__(self, adoption_id: int) -> None:
        super().__init__(_("Ihre Kommune ist schon eingetragen. Ändern Sie diesen Eintrag."))
        self.adoption_id = adoption_id


class GoesInCircles(DomainError):
    """Two adoptions would each follow the other."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Diese Kommune hat ihre Fassung von Ihnen übernommen."))


def adopt(
    actor: Actor, content: Example | Tool, place: Municipality, values: dict[str, Any]
) -> Adoption:
    """Register that a municipality re-uses something, and tell who made it."""
    known = queries.find_adoption(place.ags, content)
    if known is not None:
        raise AlreadyAdopted(known.id)
    key = {"tool_id": content.id} if isinstance(content, Tool) else {"example_id": content.id}
    adoption = Adoption(
        municipality_ags=place.ags,
        municipality=place,
        author_id=actor.account_id,
        **key,
        **cleaned(values),
    )
    session.add(adoption)
    session.flush()
    note_step(actor, adoption)
    tell_authors(actor, adoption, content)
    return adoption


def cleaned(values: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an adoption; a reason to stop belongs to those that stopped."""
    kept = {name: values[name] for name in FIELDS if name in values}
    if kept.get("stage") is not AdoptionStage.ENDED:
        kept["end_reason"] = ""
    return kept


def note_step(actor: Actor, adoption: Adoption) -> None:
    session.add(
        AdoptionStep(
            adoption_id=adoption.id,
            stage=adoption.stage,
            since=adoption.since,
            note=adoption.end_reason,
            actor_id=actor.account_id,
        )
    )


def tell_authors(actor: Actor, adoption: Adoption, content: Example | Tool) -> None:
    place = adoption.municipality.display_name
    for author in queries.authors_of(content):
        if actor.is_me(author.id):
            continue
        notify(
            author,
            Event.ACTIVITY,
            key=f"adoption:{adoption.id}",
            title=_l("%(place)s macht das auch: %(title)s", place=place, title=content.title),
            text=adoption.adapted or _l("Stand: %(stage)s", stage=adoption.stage.label),
            url=address_of(content),
            subject=audit.subject_of(adoption),
            actor=actor,
        )


def address_of(content: Example | Tool) -> str:
    """Return the page of all adoptions of a thing."""
    if isinstance(content, Tool):
        return url_for("adoptions.of_tool", tool_id=content.id)
    return url_for("adoptions.of_example", example_id=content.id)


def update(
    actor: Actor, adoption: Adoption, values: dict[str, Any], version: Any, reason: str = ""
) -> None:
    """Save what changed; a new stage or date becomes a step of the history.

    Raises Conflict if somebody else saved meanwhile.
    """
    versions.check(adoption, version)
    followed = values.get("followed_id")
    if followed and queries.leads_back(adoption, followed):
        raise GoesInCircles
    before = (adoption.stage, adoption.since)
    for name, value in cleaned(values).items():
        setattr(adoption, name, value)
    if (adoption.stage, adoption.since) != before:
        note_step(actor, adoption)
    if not policy.is_own(actor, adoption):
        intervene(actor, adoption, "adoption_correct", reason)


def order_sheet(actor: Actor, example: Example, year: int) -> ImpactSheet:
    """Have the sheet of a year made, or made anew."""
    sheet = queries.find_sheet(example.id, year)
    if sheet is None:
        sheet = ImpactSheet(example_id=example.id, year=year)
        session.add(sheet)
        session.flush()
    make_sheet.later(sheet_id=sheet.id)
    return sheet


def remove(actor: Actor, adoption: Adoption, reason: str = "") -> None:
    """Take an adoption out of the register; the office says why."""
    if not policy.is_own(actor, adoption):
        intervene(actor, adoption, "adoption_remove", reason)
    session.delete(adoption)


def intervene(actor: Actor, adoption: Adoption, action: str, reason: str) -> None:
    """Log what an office did to somebody's entry, and tell them."""
    title = f"{adoption.municipality.display_name}: {adoption.content.title}"
    audit.record(actor, action, adoption, reason, title=title)
    if adoption.author is None:
        return
    removed = action == "adoption_remove"
    words = (
        _l("Ihr Eintrag „Wir machen das auch“ wurde entfernt: %(title)s", title=title)
        if removed
        else _l("Ihr Eintrag „Wir machen das auch“ wurde korrigiert: %(title)s", title=title)
    )
    notify(
        adoption.author,
        Event.MODERATION,
        key=f"{action}:{adoption.id}:{adoption.version}",
        title=words,
        text=reason,
        url=address_of(adoption.content),
        actor=actor,
    )
