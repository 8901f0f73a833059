"""Pages where a tool gets a new version or other words, and the way there."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from inforo import files, versions, web
from inforo.authz import Actor, actor, require
from inforo.contributions.forms import ToolDetailsForm
from inforo.contributions.queries import find_kept_file
from inforo.contributions.views import keep_upload, received
from inforo.db import session
from inforo.i18n import _
from inforo.revisions import actions, policy
from inforo.revisions.forms import VersionForm
from inforo.security import limit
from inforo.templating import piece
from inforo.toolbox import queries as toolbox
from inforo.toolbox.places import TOOL_ACTIONS
from inforo.toolbox.tool_models import Tool
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("revisions", __name__)
Conflicts = Sequence[tuple[str, str, str]]


@TOOL_ACTIONS.filled(order=90)
def version_link(actor: Actor, tool: Tool) -> str:
    """Lead those who look after a tool to the forms."""
    if not policy.may_add(actor, tool):
        return ""
    may_withdraw = policy.may_withdraw(actor, tool)
    return piece("revisions/_link.html", tool=tool, may_withdraw=may_withdraw)


@bp.route("/werkzeugkiste/werkzeuge/<int:tool_id>/neue-fassung", methods=["GET", "POST"])
@files.takes_files
@limit("uploads", methods=["POST"])
def add(tool_id: int) -> ResponseReturnValue:
    tool = toolbox.get_tool(actor(), tool_id)
    require(policy.may_add, tool)
    form = VersionForm()
    if request.method == "GET":
        return show_add(tool, form)
    is_valid = form.validate_on_submit()
    stored = received(form) if is_valid else None
    if stored is None:
        keep_upload(form)
        return show_add(tool, form), 422
    actions.add_version(actor(), tool, stored, form.note.data)
    flash(
        _("Eingereicht. Bis jemand daraufgeschaut hat, bekommen alle die bisherige Fassung."),
        "success",
    )
    return web.created(url_for("toolbox.show_tool", tool_id=tool.id))


def show_add(tool: Tool, form: VersionForm) -> str:
    kept = find_kept_file(actor(), form.kept_file.data or "")
    return render_template("revisions/add.html", tool=tool, form=form, kept=kept)


@bp.post("/werkzeugkiste/werkzeuge/<int:tool_id>/fassung-zurueckziehen")
def withdraw(tool_id: int) -> ResponseReturnValue:
    tool = toolbox.get_tool(actor(), tool_id)
    require(policy.may_withdraw, tool)
    actions.withdraw_version(actor(), tool)
    session.commit()
    flash(_("Die neue Fassung ist zurückgezogen."), "success")
    return redirect(url_for("toolbox.show_tool", tool_id=tool.id), 303)


@bp.route("/werkzeugkiste/werkzeuge/<int:tool_id>/bearbeiten", methods=["GET", "POST"])
def edit(tool_id: int) -> ResponseReturnValue:
    tool = toolbox.get_tool(actor(), tool_id)
    require(policy.may_edit, tool)
    form = ToolDetailsForm(obj=None if request.method == "POST" else tool)
    form.offer(
        vocabularies.choices("tool_category", [tool.category_key]),
        vocabularies.choices("process_step", [tool.phase_key]),
    )
    if not form.validate_on_submit():
        return show_edit(tool, form), 422 if form.errors else 200
    try:
        actions.edit_tool(actor(), tool, form.values, form.version.data)
    except versions.Conflict:
        form.version.data = str(tool.version)
        return show_edit(tool, form, differing(tool, form)), 409
    session.commit()
    flash(_("Die Angaben sind gespeichert."), "success")
    return redirect(url_for("toolbox.show_tool", tool_id=tool.id), 303)


def show_edit(tool: Tool, form: ToolDetailsForm, conflicts: Conflicts = ()) -> str:
    return render_template("revisions/edit.html", tool=tool, form=form, conflicts=conflicts)


def differing(tool: Tool, form: ToolDetailsForm) -> Conflicts:
    """Return label, saved text and typed text of the fields in which both differ."""
    saved = actions.details(tool)
    return [
        (form[name].label.text, shown(form[name], saved[name]), shown(form[name], typed))
        for name, typed in form.values.items()
        if typed != saved[name]
    ]


def shown(field: Field, value: str) -> str:
    """Return a value as it is read: the label of a choice, else the text itself."""
    labels = {choice.value: choice.label for choice in getattr(field, "choices", [])}
    return str(labels.get(value, value))
