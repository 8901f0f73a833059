"""Contributing examples and tools."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import files, web
from inforo.authz import actor, require
from inforo.contributions import actions, policy, queries
from inforo.contributions.forms import ShortForm, SubmitForm, ToolForm
from inforo.contributions.place import Choice, read_choice
from inforo.contributions.places import STATUS
from inforo.contributions.steps import (
    FIRST_STEP,
    progress_of,
)
from inforo.db import session
from inforo.forms import Form
from inforo.i18n import _
from inforo.municipalities.queries import existing
from inforo.notifications.actions import mark_subject_read
from inforo.security import limit
from inforo.text import excerpt
from inforo.toolbox import fields, linkable
from inforo.toolbox import queries as toolbox
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleKind
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("contributions", __name__)


# The short form


@bp.get("/werkzeugkiste/beitragen")
def choose() -> ResponseReturnValue:
    return render_template("contributions/choose.html")


@bp.route("/werkzeugkiste/beitragen/kurz", methods=["GET", "POST"])
@files.takes_files
@limit("uploads", methods=["POST"])
def new() -> ResponseReturnValue:
    """Three sentences and a contact; saved as a draft or submitted at once."""
    form = ShortForm()
    if request.method == "GET":
        return show_new(form, own_municipality(form))
    place = read_choice(
        request.form, "municipality", needed=_("Bitte wählen Sie Ihre Kommune.")
    )
    if place.wants_search or not form.validate_on_submit() or place.errors:
        keep_upload(form)
        return show_new(form, place), 200 if place.wants_search else 422
    example = actions.begin(actor(), short_values(form), place.municipality)
    stored = received(form)
    if stored is not None:
        actions.attach(actor(), example, stored, {"licence": fields.LICENCES[0][0]})
    if request.form.get("submit"):
        actions.submit(actor(), example)
    return web.created(url_for("contributions.show", example_id=example.id))


def show_new(form: ShortForm, place: Choice) -> str:
    kept = queries.find_kept_file(actor(), form.kept_file.data or "")
    return render_template("contributions/new.html", form=form, place=place, kept=kept)


def own_municipality(form: Any) -> Choice:
    """Fill in what the account knows: municipality, name, function and address."""
    person = queries.get_account(actor())
    if isinstance(form, ShortForm):
        form.contact_name.data, form.contact_function.data = person.name, person.function
        form.contact_email.data = person.email
    return Choice(existing(person.municipality_ags) if person.municipality_ags else None)


def short_values(form: ShortForm) -> dict[str, Any]:
    """Spread the three sentences over the fields of the full form."""
    sentences = (form.what.data, form.whom.data, form.outcome.data)
    return {
        "title": form.title.data,
        "summary": excerpt(" ".join(sentences), 298),
        "approach": form.what.data,
        "reach": form.whom.data,
        "evaluation_result": form.outcome.data,
        "contact_name": form.contact_name.data,
        "contact_function": form.contact_function.data or "",
        "contact_email": form.contact_email.data or "",
    }


def received(form: Any) -> files.StoredFile | None:
    """Return the file of a valid form: the new one, or one kept from an earlier try."""
    if form.upload.checked is not None:
        return files.keep(form.upload.checked, actor().account_id)
    return queries.find_kept_file(actor(), form.kept_file.data or "")


def keep_upload(form: Any) -> None:
    """Keep a sound file although other fields have errors: browsers forget it."""
    if form.upload.checked is not None:
        stored = files.keep(form.upload.checked, actor().account_id)
        session.commit()
        form.kept_file.data = stored.key


# Own contributions and the steps of the full form


@bp.get("/werkzeugkiste/meine")
def mine() -> ResponseReturnValue:
    return render_template(
        "contributions/mine.html",
        examples=queries.examples_by_author(actor()),
        tools=queries.tools_of_author(actor()),
        waiting=queries.tools_with_waiting_version(actor()),
    )


@bp.post("/werkzeugkiste/beitragen/entwurf")
def begin() -> ResponseReturnValue:
    """Open an empty draft for the full form."""
    person = queries.get_account(actor())
    place = existing(person.municipality_ags) if person.municipality_ags else None
    is_failed = request.form.get("kind") == ExampleKind.FAILED.value
    values = {
        "title": _("Ohne Titel"),
        "kind": ExampleKind.FAILED if is_failed else ExampleKind.PRACTICE,
        "contact_name": person.name,
        "contact_function": person.function,
        "contact_email": person.email,
        "organisation_name": person.place,
    }
    example = actions.begin(actor(), values, place)
    address = url_for("writing.edit", example_id=example.id, step=FIRST_STEP)
    return web.created(address)


@bp.get("/werkzeugkiste/beitragen/<int:example_id>")
def show(example_id: int) -> ResponseReturnValue:
    """Show the author where the example is, what is missing, and who acts next."""
    example = queries.get_contribution(actor(), example_id)
    mark_subject_read(actor(), f"examples:{example.id}")
    session.commit()
    return show_contribution(example, SubmitForm())


def show_contribution(example: Example, form: Form) -> str:
    saves = queries.last_saves(example)
    return render_template(
        "contributions/show.html",
        example=example,
        form=form,
        progress=progress_of(example, saves),
        names=toolbox.names_of(saves.values()),
        missing=actions.missing_to_submit(example),
        later=actions.missing_to_publish(example),
        steps=toolbox.steps_of(example, with_internal=False),
        status=STATUS.html(actor(), example),
    )


@bp.post("/werkzeugkiste/beitragen/<int:example_id>/einreichen")
def submit(example_id: int) -> ResponseReturnValue:
    example = queries.get_contribution(actor(), example_id)
    require(policy.may_submit, example)
    form = SubmitForm()
    if not form.validate_on_submit():
        return show_contribution(example, form), 422
    actions.submit(actor(), example, form.message.data or "")
    session.commit()
    flash(_("Eingereicht. Sie bekommen Bescheid, sobald jemand entschieden hat."), "success")
    return redirect(url_for("contributions.show", example_id=example.id), 303)


@bp.post("/werkzeugkiste/beitragen/<int:example_id>/zurueckziehen")
def withdraw(example_id: int) -> ResponseReturnValue:
    example = queries.get_contribution(actor(), example_id)
    require(policy.may_withdraw, example)
    actions.withdraw(actor(), example, request.form.get("reason", "")[:2_000].strip())
    session.commit()
    flash(_("Zurückgezogen. Sie können es ändern und wieder einreichen."), "success")
    return redirect(url_for("contributions.show", example_id=example.id), 303)


@bp.post("/werkzeugkiste/beitragen/<int:example_id>/loeschen")
def delete(example_id: int) -> ResponseReturnValue:
    example = queries.get_contribution(actor(), example_id)
    require(policy.may_delete, example)
    actions.delete(actor(), example)
    session.commit()
    flash(_("Der Entwurf ist gelöscht."), "success")
    return redirect(url_for("contributions.mine"), 303)


# Tools


@bp.route("/werkzeugkiste/werkzeuge/beitragen", methods=["GET", "POST"])
@files.takes_files
@limit("uploads", methods=["POST"])
def new_tool() -> ResponseReturnValue:
    form = ToolForm()
    form.offer(vocabularies.choices("tool_category"), vocabularies.choices("process_step"))
    if request.method == "GET":
        return show_new_tool(form, own_municipality(form))
    place = read_choice(
        request.form, "municipality", needed=_("Bitte wählen Sie Ihre Kommune.")
    )
    example, valid = linkable.read_example(actor(), request.form), form.validate_on_submit()
    wants_search = place.wants_search or example.wants_search
    has_errors = not valid or place.municipality is None or example.errors
    stored = None if wants_search or has_errors else received(form)
    if place.municipality is None or stored is None:
        keep_upload(form)
        return show_new_tool(form, place, example), 200 if wants_search else 422
    tool = actions.contribute_tool(actor(), form.values, place.municipality, stored)
    if example.chosen is not None:
        linkable.link(tool, toolbox.get_example(actor(), example.chosen.value))
    return web.created(url_for("toolbox.show_tool", tool_id=tool.id))


def show_new_tool(
    form: ToolForm, place: Choice, example: linkable.Choice = linkable.NO_CHOICE
) -> str:
    return render_template(
        "contributions/new_tool.html",
        form=form,
        place=place,
        example=example,
        kept=queries.find_kept_file(actor(), form.kept_file.data or ""),
    )
