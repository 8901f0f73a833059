"""Directory of municipalities, pages of the Länder, and the profiles: reading and keeping."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import text, versions, web
from inforo.adoptions.queries import adopted_by
from inforo.authz import actor, public, require
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.i18n import _
from inforo.municipalities.models import Municipality
from inforo.municipalities.outlines import COARSE, atlas
from inforo.municipalities.queries import register
from inforo.partnership import (
    actions,
    details,
    editing,
    linked,
    overviews,
    policy,
    queries,
)
from inforo.partnership.directory import listing, standings, state_counts
from inforo.partnership.forms import CONTACT, MOST_CONTACTS, ProfileForm, StatusForm
from inforo.partnership.models import MunicipalityProfile, PartnershipStatus
from inforo.partnership.places import STATE_BODY
from inforo.security import limit
from inforo.templating import url_without
from inforo.vocabularies.queries import all_terms, terms, terms_of

bp = Blueprint("partnership", __name__)
FRESH = timedelta(days=365)


@bp.get("/kommunen/")
@public
def directory() -> ResponseReturnValue:
    filters = overviews.filters_of(request.args)
    if request.args.get("ansicht") == "karte":
        names = register()
        rows = overviews.map_rows(names, state_counts(names, standings()))
        return render_template(
            "partnership/map.html", filters=filters, rows=rows, atlas=atlas()
        )
    page_number, size = web.page_number(), settings.page_size
    found = listing(filters, page_number, size)
    labels = overviews.labels_of(found.names, all_terms("field_of_action"))
    return render_template(
        "partnership/directory.html",
        filters=filters,
        found=found,
        page=page_number,
        pages=-(-found.total // size),
        summaries=queries.summaries([place.ags for place in found.places]),
        facets=overviews.facets(filters, found, labels),
        titles=overviews.titles(),
        active=overviews.active(filters, labels, url_without),
        sorts=overviews.sorts(),
    )


@bp.get("/laender/")
@public
def states() -> ResponseReturnValue:
    names = register()
    rows = overviews.map_rows(names, state_counts(names, standings()))
    return render_template("partnership/states.html", rows=rows, atlas=atlas())


@bp.get("/laender/<string(length=2):code>")
@public
def state(code: str) -> ResponseReturnValue:
    if code != code.upper():
        return redirect(url_for(".state", code=code.upper()), 301)
    land, example_count = queries.get_state(code)
    members = queries.members_of_state(code)
    return render_template(
        "partnership/state.html",
        state=land,
        example_count=example_count,
        offices=queries.offices_of_state(actor(), code),
        members=members,
        partners=sum(m.status is PartnershipStatus.PARTNER for m in members),
        profiles=sum(member.is_published for member in members),
        kinds=overviews.kinds_of_state(register(), code),
        links=linked.links_of_state(actor(), code),
        more_body=STATE_BODY.html(actor(), land),
        atlas=atlas(COARSE),
    )


def address(municipality: Municipality) -> str:
    slug = text.slug(municipality.display_name)
    return url_for("partnership.show", ags=municipality.ags, slug=slug)


@bp.get("/kommunen/<ags:ags>")
@bp.get("/kommunen/<ags:ags>-<slug>")
@public
def show(ags: str, slug: str = "") -> ResponseReturnValue:
    municipality, profile = queries.get_place(ags)
    if municipality.successor_ags:
        return redirect(url_for(".show", ags=municipality.successor_ags), 301)
    if slug != text.slug(municipality.display_name):
        return redirect(address(municipality), 301)
    return page(municipality, profile, is_draft=False)


@bp.get("/kommunen/<ags:ags>/entwurf")
def draft(ags: str) -> ResponseReturnValue:
    municipality, profile = queries.get_draft(actor(), ags)
    return page(municipality, profile, is_draft=True)


def page(
    municipality: Municipality, profile: MunicipalityProfile | None, is_draft: bool
) -> str:
    """Show a profile, or what the statistics and the Land know of the municipality."""
    is_shown = profile is not None and (is_draft or profile.published_at is not None)
    shown = profile if is_shown else None
    return render_template(
        "partnership/show.html",
        municipality=municipality,
        profile=shown,
        status=profile.status if profile else None,
        has_draft=profile is not None and not profile.published_at,
        is_draft=is_draft,
        is_old=bool(shown and shown.confirmed_at and shown.confirmed_at < now() - FRESH),
        details=details.details(actor(), municipality.ags) if profile else details.Details(),
        links=linked.links_of_municipality(actor(), municipality.ags),
        adopted=adopted_by(actor(), municipality.ags),
        offices=queries.offices_of_state(actor(), municipality.state_code),
        neighbours=[] if shown else queries.neighbours(municipality),
        atlas=atlas(COARSE),
        here=position(municipality),
    )


def position(municipality: Municipality) -> tuple[float, float] | None:
    """Return where the municipality lies on the map."""
    if municipality.latitude is None or municipality.longitude is None:
        return None
    return atlas(COARSE).place(municipality.longitude, municipality.latitude)


@bp.route("/kommunen/<ags:ags>/bearbeiten", methods=["GET", "POST"])
@limit("edits", methods=["POST"])
def edit(ags: str) -> ResponseReturnValue:
    municipality, _profile = queries.get_place_to_edit(ags)
    require(policy.may_edit, municipality)
    profile = queries.get_profile_to_edit(ags)
    kept = profile.terms if profile else []
    vocabulary = terms_of(*editing.VOCABULARIES, keep=kept)
    form = editing.make_form(profile, vocabulary, request.form)
    asks_for_more = "add_contact" in request.form or "preview" in request.form
    if asks_for_more or not form.validate_on_submit():
        status = 422 if form.errors and not asks_for_more else 200
        return edit_page(municipality, profile, form, vocabulary), status
    given = editing.text_of(form, vocabulary["building_block"])
    try:
        profile = actions.save_profile(actor(), municipality, given, form.version.data)
    except versions.Conflict:
        return conflict_page(municipality, form, vocabulary), 409
    session.commit()
    flash(_("Das Profil ist gespeichert."), "success")
    if profile.published_at is None:
        return redirect(url_for(".draft", ags=ags), 303)
    return redirect(address(municipality), 303)


def edit_page(
    municipality: Municipality,
    profile: MunicipalityProfile | None,
    form: ProfileForm,
    vocabulary: editing.Terms,
    **further: Any,
) -> str:
    contacts = editing.contact_count(profile, request.form)
    form.version.data = form.version.data or (profile.version if profile else "")
    shows_preview = "preview" in request.form
    return render_template(
        "partnership/edit.html",
        municipality=municipality,
        profile=profile,
        form=form,
        address=address(municipality),
        blocks=vocabulary["building_block"],
        contact_count=contacts,
        contact_fields=CONTACT,
        can_add=contacts < MOST_CONTACTS,
        previews=[
            text.preview(field.data)
            for field in (form.portrait, form.networks, form.hurdles)
            if shows_preview and field.data
        ],
        **further,
    )


def conflict_page(
    municipality: Municipality, form: ProfileForm, vocabulary: editing.Terms
) -> str:
    """Show both texts; the form keeps the own one and may now be saved on the new version."""
    session.rollback()
    profile = queries.get_profile_to_edit(municipality.ags)
    if profile is None:
        raise versions.Conflict
    saved = queries.history(actor(), profile)
    form.version.data = str(profile.version)
    return edit_page(
        municipality,
        profile,
        form,
        vocabulary,
        differences=editing.differences(profile, form, vocabulary),
        saved_by=saved[0][1] if saved else "",
        saved_at=saved[0][0].created_at if saved else None,
    )


@bp.get("/kommunen/<ags:ags>/verlauf")
def history(ags: str) -> ResponseReturnValue:
    municipality, profile = queries.get_visible(actor(), ags)
    require(policy.may_edit, municipality)
    return render_template(
        "partnership/history.html",
        municipality=municipality,
        address=address(municipality),
        entries=changes(queries.history(actor(), profile)),
    )


def changes(saved: list[Any]) -> list[tuple[Any, str, list[tuple[str, Any]]]]:
    """Return each version with its author and what it changed, the newest first."""
    labels, blocks = editing.field_labels(), terms("building_block")
    before = [*(version.fields for version, _author in saved[1:]), {}][: len(saved)]
    entries = []
    for (version, author), old in zip(saved, before, strict=True):
        changed = [
            (
                label,
                text.diff(
                    editing.readable(name, old.get(name, ""), blocks),
                    editing.readable(name, version.fields.get(name, ""), blocks),
                ),
            )
            for name, label in labels.items()
            if old.get(name, "") != version.fields.get(name, "")
        ]
        entries.append((version, author, changed))
    return entries


@bp.post("/kommunen/<ags:ags>/bestaetigen")
@limit("edits", methods=["POST"])
def confirm(ags: str) -> ResponseReturnValue:
    municipality, profile = queries.get_visible(actor(), ags)
    require(policy.may_edit, municipality)
    actions.confirm_profile(actor(), profile)
    session.commit()
    flash(_("Danke! Die Angaben gelten als heute bestätigt."), "success")
    return redirect(url_for(".show", ags=ags), 303)


@bp.route("/kommunen/<ags:ags>/partnerschaft", methods=["GET", "POST"])
@limit("edits", methods=["POST"])
def status(ags: str) -> ResponseReturnValue:
    municipality, _profile = queries.get_place_to_edit(ags)
    require(policy.may_set_status, municipality)
    form = StatusForm()
    if not form.validate_on_submit():
        return status_page(municipality, form), 422 if form.errors else 200
    try:
        actions.set_status(actor(), municipality, form.chosen, form.since.data, form.note.data)
    except actions.StatusKnown as known:
        form.since.errors = [known.message]
        return status_page(municipality, form), 422
    flash(_("Der Status ist eingetragen."), "success")
    return web.created(address(municipality))


def status_page(municipality: Municipality, form: StatusForm) -> str:
    return render_template(
        "partnership/status.html",
        municipality=municipality,
        address=address(municipality),
        form=form,
        steps=queries.partnership_rows(municipality.ags),
    )
