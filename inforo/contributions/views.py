"""Contributing examples and tools."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import files, web
from inforo.authz import actor, require
from inforo.contributions import actions, policy, queries
from inforo.contributions.forms import (
    ApproachForm,
    BasicsForm,
    CostsForm,
    CriteriaForm,
    EffectForm,
    FileForm,
    ProblemForm,
    ShortForm,
    SubmitForm,
    TermsForm,
    ToolForm,
    TransferForm,
    blank,
)
from inforo.contributions.place import Choice, read_choice
from inforo.contributions.snapshots import VOCABULARIES, snapshot
from inforo.db import session
from inforo.errors import NotFound
from inforo.forms import Form, options, with_blank
from inforo.i18n import _, _l
from inforo.municipalities.queries import existing
from inforo.notifications.actions import mark_subject_read
from inforo.security import limit
from inforo.text import excerpt
from inforo.toolbox import fields
from inforo.toolbox import queries as toolbox
from inforo.toolbox.models import Example, ExampleKind
from inforo.toolbox.policy import is_author
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("contributions", __name__)
STEPS: dict[str, tuple[Any, Any, tuple[str, ...]]] = {
    "grunddaten": (
        _l("Grunddaten"),
        BasicsForm,
        (
            "title",
            "summary",
            "municipalities",
            "organisation_name",
            "measure_status",
            "contact_name",
        ),
    ),
    "ausgangslage": (_l("Ausgangslage"), ProblemForm, ("problem", "goals")),
    "umsetzung": (
        _l("Umsetzung"),
        ApproachForm,
        ("approach", "partners", "participation", "reach"),
    ),
    "kosten": (_l("Kosten"), CostsForm, ("costs_per_year", "staff_share", "funding")),
    "wirkung": (_l("Wirkung"), EffectForm, ("evaluation_kind", "evaluation_result")),
    "kriterien": (_l("Kriterien"), CriteriaForm, ("criteria",)),
    "uebertragung": (
        _l("Übertragung"),
        TransferForm,
        ("transfer_adapt", "transfer_core", "obstacles", "lessons"),
    ),
    "zuordnung": (
        _l("Zuordnung"),
        TermsForm,
        ("age_phase", "field_of_action", "target_group", "setting"),
    ),
    "dateien": (_l("Dateien"), FileForm, ("files",)),
}
ORDER = tuple(STEPS)


def progress_of(example: Example) -> list[tuple[str, Any, int, int]]:
    """Return (step, title, filled fields, all fields) for the navigation of the form."""
    known = snapshot(example)
    return [
        (step, title, sum(1 for name in names if known[name]), len(names))
        for step, (title, _form, names) in STEPS.items()
    ]


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
        actions.attach_stored(actor(), example, stored, "", fields.LICENCES[0][0])
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
        "kind": form.kind.data or ExampleKind.PRACTICE,
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
    )


@bp.post("/werkzeugkiste/beitragen/entwurf")
def begin() -> ResponseReturnValue:
    """Open an empty draft for the full form."""
    person = queries.get_account(actor())
    place = existing(person.municipality_ags) if person.municipality_ags else None
    values = {
        "title": _("Ohne Titel"),
        "contact_name": person.name,
        "contact_function": person.function,
        "contact_email": person.email,
        "organisation_name": person.place,
    }
    example = actions.begin(actor(), values, place)
    address = url_for("contributions.edit", example_id=example.id, step=ORDER[0])
    return web.created(address)


@bp.get("/werkzeugkiste/beitragen/<int:example_id>")
def show(example_id: int) -> ResponseReturnValue:
    """Show the author where the example is, what is missing, and who acts next."""
    example = queries.get_contribution(actor(), example_id)
    mark_subject_read(actor(), f"examples:{example.id}")
    session.commit()
    return show_contribution(example, SubmitForm())


def show_contribution(example: Example, form: Form) -> str:
    return render_template(
        "contributions/show.html",
        example=example,
        form=form,
        progress=progress_of(example),
        missing=actions.missing_to_submit(example),
        later=actions.missing_to_publish(example),
        steps=toolbox.steps_of(example, with_internal=False),
    )


@bp.route("/werkzeugkiste/beitragen/<int:example_id>/<step>", methods=["GET", "POST"])
def edit(example_id: int, step: str) -> ResponseReturnValue:
    """Show and save one page of the full form."""
    example = queries.get_contribution(actor(), example_id)
    if step not in STEPS:
        raise NotFound
    require(policy.may_edit, example)
    form = make_form(step)
    if request.method == "GET":
        form.fill(example)
        form.version.data = example.version
        return show_edit(example, step, form, Choice())
    place = read_choice(request.form, "municipality") if step == ORDER[0] else Choice()
    if place.wants_search or not form.validate_on_submit() or place.errors:
        status = 200 if place.wants_search else 422
        return show_edit(example, step, form, place), status
    if str(example.version) != str(form.version.data):
        return show_edit(example, step, form, place, conflicts_of(example, form)), 409
    save_step(example, step, form, place)
    session.commit()
    flash(_("Gespeichert."), "success")
    return redirect(next_address(example, step), 303)


def make_form(step: str) -> Any:
    """Return the form of a step with the words of the vocabularies as choices."""
    form = STEPS[step][1]()
    if step == "zuordnung":
        for name, terms in vocabularies.terms_of(*VOCABULARIES).items():
            form[name].choices = options((term.key, term.label) for term in terms)
    if step == "kriterien":
        form.name_criteria(vocabularies.choices("criterion"))
    return form


def show_edit(
    example: Example,
    step: str,
    form: Any,
    place: Choice,
    conflicts: list[tuple[Any, str, str]] | None = None,
) -> str:
    if conflicts is not None:
        form.version.data = example.version
    return render_template(
        f"contributions/edit_{step}.html"
        if step in {"grunddaten", "kriterien"}
        else "contributions/edit.html",
        example=example,
        step=step,
        title=STEPS[step][0],
        form=form,
        place=place,
        conflicts=conflicts or [],
        progress=progress_of(example),
        is_mine=is_author(actor(), example),
    )


def conflicts_of(example: Example, form: Any) -> list[tuple[Any, str, str]]:
    """Return (label, what is stored, what was typed) for each field that differs."""
    stored = snapshot(example)
    return [
        (fields.LABELS[name], stored[name], typed)
        for name, typed in form.as_words().items()
        if stored[name] != typed
    ]


def save_step(example: Example, step: str, form: Any, place: Choice) -> None:
    if step == "zuordnung":
        chosen = {
            name: vocabularies.terms_by_key(name, form[name].data or [])
            for name in VOCABULARIES
        }
        actions.save(actor(), example, terms=chosen)
    elif step == "kriterien":
        actions.save_criteria(actor(), example, form.rows())
    elif step == ORDER[0]:
        keep = set(request.form.getlist("places"))
        places = [place for place in example.municipalities if place.ags in keep]
        if place.municipality and place.municipality not in places:
            places.append(place.municipality)
        actions.save(actor(), example, form.values(), municipalities=places)
    else:
        actions.save(actor(), example, form.values())


def next_address(example: Example, step: str) -> str:
    if request.form.get("stay"):
        return url_for("contributions.edit", example_id=example.id, step=step)
    following = ORDER[ORDER.index(step) + 1]
    return url_for("contributions.edit", example_id=example.id, step=following)


@bp.route("/werkzeugkiste/beitragen/<int:example_id>/dateien", methods=["GET", "POST"])
@files.takes_files
@limit("uploads", methods=["POST"])
def edit_files(example_id: int) -> ResponseReturnValue:
    example = queries.get_contribution(actor(), example_id)
    require(policy.may_edit, example)
    form = FileForm()
    if not form.validate_on_submit():
        page = render_template(
            "contributions/edit_dateien.html",
            example=example,
            step="dateien",
            title=STEPS["dateien"][0],
            form=form,
            progress=progress_of(example),
            is_mine=is_author(actor(), example),
        )
        return page, 422 if form.errors else 200
    title, licence = form.title.data or "", form.licence.data
    actions.attach(actor(), example, form.upload.checked, title, licence)
    return web.created(url_for("contributions.edit_files", example_id=example.id))


@bp.post("/werkzeugkiste/beitragen/<int:example_id>/dateien/<int:file_id>/entfernen")
def remove_file(example_id: int, file_id: int) -> ResponseReturnValue:
    example = queries.get_contribution(actor(), example_id)
    require(policy.may_edit, example)
    actions.detach(actor(), example, toolbox.get_example_file(example, file_id))
    session.commit()
    return redirect(url_for("contributions.edit_files", example_id=example.id), 303)


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
    form.category_key.choices = options(with_blank(vocabularies.choices("tool_category")))
    form.phase_key.choices = options(blank(vocabularies.choices("process_step")))
    if request.method == "GET":
        return show_new_tool(form, own_municipality(form))
    place = read_choice(
        request.form, "municipality", needed=_("Bitte wählen Sie Ihre Kommune.")
    )
    valid = form.validate_on_submit()
    if place.wants_search or not valid or place.municipality is None:
        keep_upload(form)
        return show_new_tool(form, place), 200 if place.wants_search else 422
    stored = received(form)
    if stored is None:
        return show_new_tool(form, place), 422
    names = ("title", "category_key", "summary", "context", "phase_key", "licence")
    values = {name: form[name].data or "" for name in names}
    tool = actions.contribute_tool(actor(), values, place.municipality, stored)
    return web.created(url_for("toolbox.show_tool", tool_id=tool.id))


def show_new_tool(form: ToolForm, place: Choice) -> str:
    kept = queries.find_kept_file(actor(), form.kept_file.data or "")
    return render_template("contributions/new_tool.html", form=form, place=place, kept=kept)
