"""Writing an example in the full form: one page per step, and one for its files."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import files, web
from inforo.authz import actor, require
from inforo.contributions import actions, policy, queries
from inforo.contributions.criteria_forms import CriteriaBase as CriteriaForm
from inforo.contributions.forms import CorrectionForm, FileForm, blank
from inforo.contributions.place import Choice, read_choice
from inforo.contributions.snapshots import VOCABULARIES, snapshot
from inforo.contributions.step_forms import BasicsForm, TermsForm
from inforo.contributions.steps import (
    FILES,
    Step,
    find_step,
    progress_of,
    samples,
    step_after,
)
from inforo.db import session
from inforo.errors import NotFound
from inforo.forms import options
from inforo.i18n import _
from inforo.municipalities.models import Municipality
from inforo.security import limit
from inforo.toolbox import queries as toolbox
from inforo.toolbox.fields import label
from inforo.toolbox.models import Example
from inforo.toolbox.policy import has_captured, is_author, may_see_criteria
from inforo.vocabularies import queries as vocabularies
from inforo.writing.merging import Merge, marks, merge

bp = Blueprint("writing", __name__)
WITH_PAGE_OF_THEIR_OWN = frozenset({"grunddaten", "kriterien"})


@bp.route("/werkzeugkiste/beitragen/<int:example_id>/<step>", methods=["GET", "POST"])
def edit(example_id: int, step: str) -> ResponseReturnValue:
    """Show and save one page of the full form."""
    example = queries.get_contribution(actor(), example_id)
    page = get_step(example, step)
    require(policy.may_edit, example)
    if "criteria" in page.told:
        require(may_see_criteria, example)
    form, stored = make_form(page, example), snapshot(example)
    correction = CorrectionForm() if example.is_published else None
    if request.method == "GET":
        form.fill(example)
        form.version.data = marks(stored, names_in(form))
        return show_edit(example, page, form, Choice(), correction)
    place = read_choice(request.form, "municipality") if has_places(form) else Choice()
    noted = correction is None or correction.validate_on_submit()
    if place.wants_search or not form.validate_on_submit() or place.errors or not noted:
        status = 200 if place.wants_search else 422
        return show_edit(example, page, form, place, correction), status
    typed = typed_words(example, form, place)
    merged = merge(form.version.data, stored, typed)
    if merged.conflicts:
        pairs = [
            (label(name, example.kind), stored[name], typed[name]) for name in merged.conflicts
        ]
        form.take(example, merged.theirs)
        form.version.data = marks(stored, names_in(form))
        return show_edit(example, page, form, place, correction, pairs), 409
    said = correction.change_note.data or "" if correction else ""
    save_step(example, page, form, place, merged.theirs, said)
    session.commit()
    flash(told_of_save(merged), "success")
    return redirect(next_address(example, step), 303)


def get_step(example: Example, key: str) -> Step:
    step = find_step(example, key)
    if step is None:
        raise NotFound
    return step


def has_places(form: Any) -> bool:
    return isinstance(form, BasicsForm)


def names_in(form: Any) -> list[str]:
    """Return the fields a page saves, as they are called in the history."""
    return [*form.as_words(), *(["municipalities"] if has_places(form) else [])]


def make_form(step: Step, example: Example) -> Any:
    """Return the form of a step with the words of the vocabularies as choices."""
    form = step.form()
    if isinstance(form, TermsForm):
        form.offer(vocabularies.terms_of(*VOCABULARIES, keep=example.terms))
    elif isinstance(form, CriteriaForm):
        form.name_criteria(vocabularies.choices("criterion"))
    return form


def show_edit(
    example: Example,
    step: Step,
    form: Any,
    place: Choice,
    correction: CorrectionForm | None,
    conflicts: list[tuple[Any, str, str]] | None = None,
) -> str:
    name = f"edit_{step.key}" if step.key in WITH_PAGE_OF_THEIR_OWN else "edit"
    return render_template(
        f"writing/{name}.html",
        example=example,
        step=step,
        form=form,
        place=place,
        correction=correction,
        conflicts=conflicts or [],
        last=queries.last_save(example) if conflicts else None,
        samples=samples()[example.kind.value],
        progress=progress_of(example),
        is_mine=is_author(actor(), example) or has_captured(actor(), example),
    )


def typed_words(example: Example, form: Any, place: Choice) -> dict[str, str]:
    """Return what was typed as the history would show it."""
    typed: dict[str, str] = form.as_words()
    if has_places(form):
        names = [chosen.display_name for chosen in chosen_places(example, place)]
        typed["municipalities"] = ", ".join(sorted(names))
    return typed


def chosen_places(example: Example, place: Choice) -> list[Municipality]:
    keep = set(request.form.getlist("places"))
    places = [known for known in example.municipalities if known.ags in keep]
    if place.municipality and place.municipality not in places:
        places.append(place.municipality)
    return places


def save_step(
    example: Example, step: Step, form: Any, place: Choice, theirs: Sequence[str], said: str
) -> None:
    """Save what was typed; what only somebody else changed meanwhile stays theirs."""
    note = actions.Note(step.title, said)
    if isinstance(form, TermsForm):
        chosen = {
            name: vocabularies.terms_by_key(name, form[name].data or [])
            for name in VOCABULARIES
            if name not in theirs
        }
        actions.save(actor(), example, terms=chosen, note=note)
    elif isinstance(form, CriteriaForm):
        if "criteria" not in theirs:
            actions.save_criteria(actor(), example, form.rows(), note=note)
    elif has_places(form) and "municipalities" not in theirs:
        values, places = form.values(theirs), chosen_places(example, place)
        actions.save(actor(), example, values, municipalities=places, note=note)
    else:
        actions.save(actor(), example, form.values(theirs), note=note)


def told_of_save(merged: Merge) -> str:
    if merged.theirs:
        return _("Gespeichert, zusammen mit dem, was inzwischen jemand anderes geändert hat.")
    return _("Gespeichert.")


def next_address(example: Example, key: str) -> str:
    """Lead on to the next step, or to the overview for somebody who goes on later."""
    if request.form.get("later"):
        return url_for("contributions.show", example_id=example.id)
    following = step_after(example, key)
    return url_for("writing.edit", example_id=example.id, step=following)


@bp.route("/werkzeugkiste/beitragen/<int:example_id>/dateien", methods=["GET", "POST"])
@files.takes_files
@limit("uploads", methods=["POST"])
def edit_files(example_id: int) -> ResponseReturnValue:
    example = queries.get_contribution(actor(), example_id)
    require(policy.may_edit, example)
    form = FileForm()
    categories = vocabularies.choices("tool_category")
    form.category_key.choices = options(blank(categories))
    if not form.validate_on_submit():
        page = render_template(
            "writing/edit_dateien.html",
            example=example,
            step=get_step(example, FILES),
            form=form,
            samples=samples()[example.kind.value],
            categories=dict(categories),
            progress=progress_of(example),
            is_mine=is_author(actor(), example) or has_captured(actor(), example),
        )
        return page, 422 if form.errors else 200
    stored = files.keep(form.upload.checked, actor().account_id)
    actions.attach(actor(), example, stored, form.described())
    return web.created(url_for("writing.edit_files", example_id=example.id))


@bp.post("/werkzeugkiste/beitragen/<int:example_id>/dateien/<int:file_id>/geprueft")
def check_file(example_id: int, file_id: int) -> ResponseReturnValue:
    """Note that a file is still up to date."""
    example = queries.get_contribution(actor(), example_id)
    require(policy.may_edit, example)
    actions.note_check(toolbox.get_example_file(example, file_id))
    session.commit()
    flash(_("Danke. Als aktuell vermerkt."), "success")
    return redirect(url_for("writing.edit_files", example_id=example.id), 303)


@bp.post("/werkzeugkiste/beitragen/<int:example_id>/dateien/<int:file_id>/entfernen")
def remove_file(example_id: int, file_id: int) -> ResponseReturnValue:
    example = queries.get_contribution(actor(), example_id)
    require(policy.may_edit, example)
    actions.detach(actor(), example, toolbox.get_example_file(example, file_id))
    session.commit()
    return redirect(url_for("writing.edit_files", example_id=example.id), 303)
