"""The two pages where examples and tools are linked, and the ways there."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo.authz import Actor, actor, require
from inforo.db import session
from inforo.i18n import _
from inforo.linking import actions, policy
from inforo.security import safe_path
from inforo.templating import piece
from inforo.toolbox import linkable, queries
from inforo.toolbox.linkable import Choice
from inforo.toolbox.models import Example
from inforo.toolbox.places import EXAMPLE_ACTIONS, TOOL_ACTIONS
from inforo.toolbox.tool_models import Tool

bp = Blueprint("linking", __name__)


@TOOL_ACTIONS.filled(order=91)
def examples_link(actor: Actor, tool: Tool) -> str:
    if not policy.may_link_examples(actor, tool):
        return ""
    return piece("linking/_way.html", url=url_for("linking.examples", tool_id=tool.id))


@EXAMPLE_ACTIONS.filled(order=91)
def tools_link(actor: Actor, example: Example) -> str:
    if not policy.may_link_tools(actor, example):
        return ""
    return piece("linking/_way.html", url=url_for("linking.tools", example_id=example.id))


@bp.route("/werkzeugkiste/werkzeuge/<int:tool_id>/beispiele", methods=["GET", "POST"])
def examples(tool_id: int) -> ResponseReturnValue:
    """Link a tool with examples that work with it."""
    tool = queries.get_tool(actor(), tool_id)
    require(policy.may_link_examples, tool)
    if request.method == "GET":
        return show_examples(tool, Choice())
    choice = linkable.read_example(actor(), request.form)
    if choice.chosen is None:
        return show_examples(tool, choice if choice.query else nothing()), status_of(choice)
    example = queries.get_example(actor(), choice.chosen.value)
    if not policy.may_link(actor(), tool, example):
        return show_examples(tool, refused(choice)), 422
    actions.link(actor(), tool, example)
    return linked(url_for("linking.examples", tool_id=tool.id))


def show_examples(tool: Tool, choice: Choice) -> str:
    ids = [example.id for example in tool.examples]
    found = queries.find_examples_by_ids(actor(), ids)
    return render_template("linking/examples.html", tool=tool, linked=found, choice=choice)


@bp.route("/werkzeugkiste/beitragen/<int:example_id>/werkzeuge", methods=["GET", "POST"])
def tools(example_id: int) -> ResponseReturnValue:
    """Link an example with the tools it works with."""
    example = queries.get_example(actor(), example_id)
    require(policy.may_link_tools, example)
    if request.method == "GET":
        return show_tools(example, Choice())
    choice = linkable.read_tool(actor(), request.form)
    if choice.chosen is None:
        return show_tools(example, choice if choice.query else nothing()), status_of(choice)
    actions.link(actor(), queries.get_tool(actor(), choice.chosen.value), example)
    return linked(url_for("linking.tools", example_id=example.id))


def show_tools(example: Example, choice: Choice) -> str:
    found = queries.tools_of_example(actor(), example)
    return render_template("linking/tools.html", example=example, linked=found, choice=choice)


def nothing() -> Choice:
    return Choice(errors=(_("Bitte geben Sie ein, wonach Sie suchen."),))


def refused(choice: Choice) -> Choice:
    told = _("Ein öffentliches Werkzeug verbinden Sie selbst nur mit eigenen Beispielen.")
    return Choice(choice.chosen, choice.query, None, (told,))


def status_of(choice: Choice) -> int:
    return 200 if choice.wants_search and choice.query else 422


def linked(address: str) -> ResponseReturnValue:
    session.commit()
    flash(_("Verbunden. Beide Seiten verweisen jetzt aufeinander."), "success")
    return redirect(address, 303)


@bp.post("/werkzeugkiste/werkzeuge/<int:tool_id>/beispiele/<int:example_id>/loesen")
def unlink(tool_id: int, example_id: int) -> ResponseReturnValue:
    tool = queries.get_tool(actor(), tool_id)
    example = queries.get_example(actor(), example_id)
    require(lambda who, pair: policy.may_unlink(who, *pair), (tool, example))
    actions.unlink(actor(), tool, example)
    session.commit()
    flash(_("Die Verbindung ist gelöst."), "success")
    ahead = safe_path(request.form.get("next"))
    return redirect(ahead or url_for("toolbox.show_tool", tool_id=tool.id), 303)
