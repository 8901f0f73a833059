"""Between the form of a profile and what it is about: filling it, reading it, comparing it."""

from collections.abc import Mapping, Sequence
from typing import Any

from inforo.forms import options
from inforo.i18n import _
from inforo.partnership.actions import ProfileText, block_line, contact_line, fields_of
from inforo.partnership.forms import CONTACT, MOST_CONTACTS, ProfileForm, profile_form
from inforo.partnership.models import (
    BlockStage,
    BuildingBlock,
    ConceptStage,
    HurdleAudience,
    MunicipalityProfile,
    ProfileContact,
)
from inforo.vocabularies.models import Term

Terms = Mapping[str, Sequence[Term]]
VOCABULARIES = ("field_of_action", "age_phase", "building_block")


def contact_count(profile: MunicipalityProfile | None, posted: Mapping[str, str]) -> int:
    """Return how many contact persons the form has room for."""
    if "contact_count" not in posted:
        return min(MOST_CONTACTS, max(2, len(profile.contacts) + 1 if profile else 2))
    given = posted["contact_count"]
    count = int(given) if given.isascii() and given.isdigit() and len(given) < 3 else 2
    return max(1, min(MOST_CONTACTS, count + ("add_contact" in posted)))


def make_form(
    profile: MunicipalityProfile | None, terms: Terms, posted: Mapping[str, str]
) -> ProfileForm:
    """Return the form, filled with what was sent or else with the profile."""
    blocks = terms["building_block"]
    form_class = profile_form(blocks, contact_count(profile, posted))
    form = form_class(data=values_of(profile, blocks) if profile else None)
    form.focus.choices = choices(terms["field_of_action"])
    form.age_phases.choices = choices(terms["age_phase"])
    return form


def choices(terms: Sequence[Term]) -> Any:
    return options((term.key, term.label) for term in terms)


def values_of(profile: MunicipalityProfile, blocks: Sequence[Term]) -> dict[str, Any]:
    keys: dict[str, list[str]] = {"field_of_action": [], "age_phase": []}
    for term in profile.terms:
        keys.setdefault(term.vocabulary, []).append(term.key)
    values: dict[str, Any] = {
        "motto": profile.motto,
        "portrait": profile.portrait,
        "website": profile.website,
        "networks": profile.networks,
        "hurdles": profile.hurdles,
        "hurdles_audience": profile.hurdles_audience.value,
        "concept_stage": profile.concept_stage.value if profile.concept_stage else "",
        "focus": keys["field_of_action"],
        "age_phases": keys["age_phase"],
        "visibility": "published" if profile.published_at else "draft",
        "version": profile.version,
    }
    ids = {term.key: term.id for term in blocks}
    for block in profile.blocks:
        if block.block_key in ids:
            number = ids[block.block_key]
            values |= {
                f"stage_{number}": block.stage.value,
                f"year_{number}": block.year,
                f"note_{number}": block.note,
            }
    for number, contact in enumerate(profile.contacts, 1):
        values |= {f"contact_{number}_{name}": getattr(contact, name) for name in CONTACT}
    return values


def text_of(form: ProfileForm, blocks: Sequence[Term]) -> ProfileText:
    """Return what the form says, in the words of the actions."""
    return ProfileText(
        motto=form.motto.data,
        portrait=form.portrait.data,
        website=form.website.data,
        networks=form.networks.data,
        hurdles=form.hurdles.data,
        hurdles_audience=HurdleAudience(form.hurdles_audience.data),
        concept_stage=ConceptStage(form.concept_stage.data)
        if form.concept_stage.data
        else None,
        focus=form.focus.data,
        age_phases=form.age_phases.data,
        blocks={term.key: stage for term in blocks if (stage := block_of(form, term))},
        contacts=contacts_of(form),
        is_published=form.visibility.data == "published",
    )


def block_of(form: ProfileForm, term: Term) -> tuple[BlockStage, int | None, str] | None:
    stage = form[f"stage_{term.id}"].data
    if not stage:
        return None
    return BlockStage(stage), form[f"year_{term.id}"].data, form[f"note_{term.id}"].data


def contacts_of(form: ProfileForm) -> list[dict[str, str]]:
    """Return the contact persons; one without a name is removed."""
    contacts = []
    number = 1
    while f"contact_{number}_name" in form:
        contact = {name: form[f"contact_{number}_{name}"].data for name in CONTACT}
        if contact["name"]:
            contacts.append(contact)
        number += 1
    return contacts


def differences(
    profile: MunicipalityProfile, form: ProfileForm, terms: Terms
) -> list[tuple[str, str, str]]:
    """Return label, saved text and own text of each field that differs."""
    saved, labels = fields_of(profile), field_labels()
    mine = fields_of_text(text_of(form, terms["building_block"]), terms)
    blocks = terms["building_block"]
    return [
        (labels[name], readable(name, saved[name], blocks), readable(name, mine[name], blocks))
        for name in labels
        if saved[name] != mine[name]
    ]


def fields_of_text(given: ProfileText, terms: Terms) -> dict[str, str]:
    """Return what a form says as the history would keep it."""
    blocks = [
        BuildingBlock(block_key=key, stage=stage, year=year, note=note)
        for key, (stage, year, note) in given.blocks.items()
    ]
    return {
        "motto": given.motto,
        "portrait": given.portrait,
        "website": given.website,
        "focus": names(terms["field_of_action"], given.focus),
        "age_phases": names(terms["age_phase"], given.age_phases),
        "concept_stage": given.concept_stage.value if given.concept_stage else "",
        "blocks": "\n".join(block_line(block) for block in blocks),
        "networks": given.networks,
        "contacts": "\n".join(contact_line(ProfileContact(**row)) for row in given.contacts),
        "hurdles": given.hurdles,
        "hurdles_audience": given.hurdles_audience.value,
        "published": "ja" if given.is_published else "nein",
    }


def names(terms: Sequence[Term], keys: list[str]) -> str:
    return ", ".join(term.label_de for term in terms if term.key in keys)


def field_labels() -> dict[str, str]:
    """Return how the fields of the history are called on pages."""
    return {
        "motto": _("Leitsatz"),
        "portrait": _("Porträt"),
        "website": _("Internetseite"),
        "focus": _("Schwerpunkte"),
        "age_phases": _("Altersphasen"),
        "concept_stage": _("Integriertes kommunales Konzept"),
        "blocks": _("Strategiebausteine"),
        "networks": _("Netzwerke und Partner"),
        "contacts": _("Kontakt"),
        "hurdles": _("Hürden und Stolpersteine"),
        "hurdles_audience": _("Wer liest die Hürden?"),
        "published": _("veröffentlicht"),
    }


def readable(name: str, value: str, blocks: Sequence[Term]) -> str:
    """Return a value of the history in words: stored are keys, which never change."""
    if name == "concept_stage" and value:
        return str(ConceptStage(value).label)
    if name == "hurdles_audience" and value:
        return str(HurdleAudience(value).label)
    if name != "blocks":
        return value
    labels = {term.key: term.label for term in blocks} | {
        stage.value: str(stage.label) for stage in BlockStage
    }
    return "\n".join(
        " · ".join(labels.get(part, part) for part in line.split(" · "))
        for line in value.split("\n")
    )
