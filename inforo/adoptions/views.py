"""„Wir machen das auch“: registering, the page of all adoptions, keeping them up to date."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import clock, text, versions, web
from inforo.adoptions import actions, overview, policy, queries
from inforo.adoptions.forms import AdoptionForm, RemoveForm
from inforo.adoptions.models import Adoption, AdoptionStage
from inforo.authz import actor, public, require
from inforo.config import settings
from inforo.db import session
from inforo.i18n import _
from inforo.municipalities.models import Municipality
from inforo.municipalities.outlines import COARSE, atlas
from inforo.municipalities.queries import municipalities_by_ags
from inforo.notifications.actions import mark_subject_read
from inforo.security import limit
from inforo.toolbox import queries as toolbox
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool

bp = Blueprint("adoptions", __name__)
CONTACT = ("contact_name", "contact_function", "contact_email", "contact_phone")
PLAIN = ("stage", "since", "end_reason", "adapted", "costs_once", "costs_per_year", *CONTACT)


def address_of(content: Example | Tool) -> str:
    """Return the page of the example or tool."""
    slug = text.slug(content.title)
    if isinstance(content, Tool):
        return url_for("toolbox.show_tool", tool_id=content.id, slug=slug)
    return url_for("toolbox.show_example", example_id=content.id, slug=slug)


# All adoptions of one thing


@bp.get("/werkzeugkiste/beispiele/<int:example_id>/uebernahmen")
@public
def of_example(example_id: int) -> ResponseReturnValue:
    example = toolbox.get_example_head(actor(), example_id)
    family = queries.family_of(example.id)
    mine = [entry for entry in family if entry.example_id == example.id]
    chain = overview.chain_of(actor(), example.id, example.title, family)
    return show_all(example, mine, chain)


@bp.get("/werkzeugkiste/werkzeuge/<int:tool_id>/uebernahmen")
@public
def of_tool(tool_id: int) -> ResponseReturnValue:
    tool = toolbox.get_tool(actor(), tool_id)
    return show_all(tool, queries.entries_of_tool(tool.id), [])


def show_all(
    content: Example | Tool, entries: list[queries.Entry], chain: list[overview.Node]
) -> str:
    shown = overview.overview_of(actor(), entries)
    page, size = web.page_number(), settings.page_size
    listed = shown.shown[(page - 1) * size : page * size]
    return render_template(
        "adoptions/show.html",
        content=content,
        address=address_of(content),
        adopt_address=adopt_address(content),
        overview=shown,
        listed=listed,
        contacts=queries.contacts(actor(), [entry.id for entry in listed]),
        chain=chain,
        atlas=atlas(COARSE),
        page=page,
        pages=-(-len(shown.shown) // size),
        editable=policy.places_of(actor()),
    )


# Registering


def adopt_address(content: Example | Tool) -> str:
    if isinstance(content, Tool):
        return url_for("adoptions.adopt_tool", tool_id=content.id)
    return url_for("adoptions.adopt_example", example_id=content.id)


@bp.route("/werkzeugkiste/beispiele/<int:example_id>/uebernehmen", methods=["GET", "POST"])
@limit("edits", methods=["POST"])
def adopt_example(example_id: int) -> ResponseReturnValue:
    return adopt(toolbox.get_example(actor(), example_id))


@bp.route("/werkzeugkiste/werkzeuge/<int:tool_id>/uebernehmen", methods=["GET", "POST"])
@limit("edits", methods=["POST"])
def adopt_tool(tool_id: int) -> ResponseReturnValue:
    return adopt(toolbox.get_tool(actor(), tool_id))


def adopt(content: Example | Tool) -> ResponseReturnValue:
    require(policy.may_adopt, content)
    places = places_to_choose(content)
    form = make_form(content, places)
    if request.method == "GET":
        known = queries.find_adoption(places[0].ags, content) if len(places) == 1 else None
        if known is not None:
            return redirect(url_for(".edit", adoption_id=known.id))
        fill_in(form)
        return show_form(content, places, form)
    if not form.validate_on_submit():
        return show_form(content, places, form), 422
    chosen = form.municipality.data if form.municipality else places[0].ags
    place = next(place for place in places if place.ags == chosen)
    try:
        actions.adopt(actor(), content, place, values_of(form))
    except actions.AlreadyAdopted as known:
        flash(known.message, "info")
        return redirect(url_for(".edit", adoption_id=known.adoption_id), 303)
    flash(_("Danke! %(place)s ist eingetragen.", place=place.display_name), "success")
    return web.created(actions.address_of(content))


def places_to_choose(content: Example | Tool) -> list[Municipality]:
    """Return the municipalities this person may register, the own one first."""
    found = municipalities_by_ags(policy.places_of(actor()) - policy.origins_of(content))
    return sorted(found, key=lambda place: place.ags != actor().municipality_ags)


def make_form(content: Example | Tool, places: list[Municipality]) -> AdoptionForm:
    form = AdoptionForm()
    others = queries.others_of(actor(), content, places[0].ags if len(places) == 1 else "")
    choices = [(place.ags, place.display_name) for place in places]
    form.offer(choices, others, [], explains=False)
    return form


def fill_in(form: AdoptionForm) -> None:
    """Fill in what is known: today, and who is asking."""
    person = queries.get_account(actor())
    form.stage.data, form.since.data = AdoptionStage.PLANNED, clock.today()
    form.contact_name.data, form.contact_function.data = person.name, person.function
    form.contact_email.data = person.email


def values_of(form: AdoptionForm) -> dict[str, Any]:
    values: dict[str, Any] = {name: form[name].data for name in PLAIN}
    if form.followed:
        values["followed_id"] = form.followed.data
    if form.became:
        values["became_id"] = form.became.data
    return values


def show_form(content: Example | Tool, places: list[Municipality], form: AdoptionForm) -> str:
    return render_template(
        "adoptions/adopt.html",
        content=content,
        address=address_of(content),
        action=adopt_address(content),
        places=places,
        form=form,
    )


# Keeping up to date, correcting, removing


@bp.route("/uebernahmen/<int:adoption_id>/bearbeiten", methods=["GET", "POST"])
@limit("edits", methods=["POST"])
def edit(adoption_id: int) -> ResponseReturnValue:
    adoption = queries.get_adoption(actor(), adoption_id)
    require(policy.may_edit, adoption)
    form = edit_form(adoption)
    if request.method == "GET":
        mark_subject_read(actor(), f"adoptions:{adoption.id}")
        session.commit()
        return show_edit(adoption, form)
    if not form.validate_on_submit():
        return show_edit(adoption, form), 422
    reason = form.reason.data if form.reason else ""
    try:
        actions.update(actor(), adoption, values_of(form), form.version.data, reason)
    except versions.Conflict:
        return show_conflict(adoption, form), 409
    except actions.GoesInCircles as error:
        form.followed.errors = [error.message]
        return show_edit(adoption, form), 422
    session.commit()
    flash(_("Gespeichert."), "success")
    return redirect(actions.address_of(adoption.content), 303)


def edit_form(adoption: Adoption) -> AdoptionForm:
    """Return the form with what is saved, or with what was sent."""
    saved = {name: getattr(adoption, name) for name in PLAIN}
    form = AdoptionForm(
        data=saved | {"followed": adoption.followed_id, "became": adoption.became_id}
    )
    form.offer(
        [(adoption.municipality_ags, adoption.municipality.display_name)],
        queries.others_of(actor(), adoption.content, adoption.municipality_ags),
        queries.own_examples(adoption.municipality_ags, adoption.example_id)
        if adoption.example_id
        else [],
        explains=not policy.is_own(actor(), adoption),
    )
    if request.method == "GET":
        form.version.data = adoption.version
    return form


def show_edit(adoption: Adoption, form: AdoptionForm, **more: Any) -> str:
    removal = more.pop("removal", None) or RemoveForm(formdata=None, prefix="remove-")
    return render_template(
        "adoptions/edit.html",
        adoption=adoption,
        content=adoption.content,
        address=address_of(adoption.content),
        form=form,
        removal=removal,
        steps=queries.steps_of(adoption),
        is_own=policy.is_own(actor(), adoption),
        **more,
    )


def show_conflict(adoption: Adoption, form: AdoptionForm) -> str:
    """Show both texts; the form keeps the own one and may now be saved on the new version."""
    conflicts = [
        (form[name].label.text, words(getattr(adoption, name)), words(form[name].data))
        for name in PLAIN
        if getattr(adoption, name) != form[name].data
    ]
    form.version.data = adoption.version
    return show_edit(adoption, form, conflicts=conflicts)


def words(value: Any) -> str:
    return str(value.label) if isinstance(value, AdoptionStage) else str(value or "")


@bp.post("/uebernahmen/<int:adoption_id>/loeschen")
@limit("edits", methods=["POST"])
def remove(adoption_id: int) -> ResponseReturnValue:
    adoption = queries.get_adoption(actor(), adoption_id)
    require(policy.may_edit, adoption)
    removal = RemoveForm(prefix="remove-")
    needs_reason = not policy.is_own(actor(), adoption)
    if not removal.validate_on_submit() or (needs_reason and not removal.reason.data):
        missing = _("Bitte schreiben Sie einen Satz zur Begründung.")
        removal.reason.errors = removal.reason.errors or [missing]
        saved = edit_form_after_refusal(adoption)
        return show_edit(adoption, saved, removal=removal), 422
    content = adoption.content
    actions.remove(actor(), adoption, removal.reason.data or "")
    session.commit()
    flash(_("Der Eintrag ist gelöscht."), "success")
    return redirect(actions.address_of(content), 303)


def edit_form_after_refusal(adoption: Adoption) -> AdoptionForm:
    """Return the form as it was opened: what was sent belongs to the other form."""
    form = edit_form(adoption)
    for name in PLAIN:
        form[name].data = getattr(adoption, name)
    if form.followed:
        form.followed.data = adoption.followed_id
    if form.became:
        form.became.data = adoption.became_id
    form.version.data = adoption.version
    return form
