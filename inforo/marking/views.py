"""Merken: the Merkliste, the buttons that fill it, the choice of another collection."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import sessions, web
from inforo.authz import Actor, actor, public, require
from inforo.collections import actions as collections
from inforo.collections import policy, queries
from inforo.collections.contents import (
    PAGES,
    Content,
    get_content,
    reference,
    title_of,
)
from inforo.collections.models import Kind
from inforo.collections.views import editable, show_list, to_list
from inforo.db import session
from inforo.errors import NotFound
from inforo.forms import options
from inforo.i18n import _
from inforo.marking import actions
from inforo.marking.forms import PutForm
from inforo.security import safe_path
from inforo.templating import piece
from inforo.toolbox.models import Example
from inforo.toolbox.places import EXAMPLE_ACTIONS, MARKS, TOOL_ACTIONS
from inforo.toolbox.tool_models import Tool

bp = Blueprint("marking", __name__)


def init_app(app: Flask) -> None:
    """Let pages ask whether a guest has begun a Merkliste: then buttons need no explaining."""
    app.jinja_env.globals["has_guest_marks"] = lambda: bool(actions.marks_of_guest())


@MARKS.found_by
def find_marks(who: Actor) -> tuple[frozenset[int], frozenset[int]]:
    """Return the ids of the examples and of the tools that carry the mark of this person."""
    found = queries.marked(who) if who.is_member else actions.marks_of_guest()
    examples = (key for kind, key in found if kind is Kind.EXAMPLE)
    tools = (key for kind, key in found if kind is Kind.TOOL)
    return frozenset(map(int, examples)), frozenset(map(int, tools))


@sessions.taken_over
def take_over() -> dict[str, Any]:
    """Bring what a guest has marked into the account of who signs in."""
    return actions.take_over(actor())


@EXAMPLE_ACTIONS.filled(order=50)
def offer_example(who: Actor, example: Example) -> str:
    return piece("marking/_put.html", who=who, kind=Kind.EXAMPLE.value, key=example.id)


@TOOL_ACTIONS.filled(order=50)
def offer_tool(who: Actor, tool: Tool) -> str:
    return piece("marking/_put.html", who=who, kind=Kind.TOOL.value, key=tool.id)


@bp.get("/merkliste/")
@public
def index() -> ResponseReturnValue:
    """Show the Merkliste; that of a guest stands in the browser."""
    if policy.may_collect(actor()):
        return show_list(queries.find_default(actor()))
    shown = queries.as_shown(actor(), actions.entries_of_guest())
    return render_template("marking/guest.html", shown=shown, most=actions.MOST_AS_GUEST)


@bp.route("/merkliste/merken", methods=["GET", "POST"])
@public
def mark() -> ResponseReturnValue:
    """Mark or unmark, and lead back to the page where the button was.

    A guest's first mark is asked about on a page of its own: the button carries a token, and
    the token a cookie, which no page that everybody reads may set.
    """
    content = wanted_content()
    if request.method == "GET":
        return render_template("marking/mark.html", **shown_of(content), **guest_limits())
    change = actions.unmark if request.form.get("remove") else actions.mark
    change(actor(), *reference(content))
    session.commit()
    back = safe_path(request.form.get("next")) or shown_of(content)["url"]
    return redirect(back, 303)


def guest_limits() -> dict[str, Any]:
    return {"most": actions.MOST_AS_GUEST, "back": safe_path(request.args.get("next"))}


def shown_of(content: Content) -> dict[str, Any]:
    """Return what pages about one thing show of it."""
    kind, key = reference(content)
    endpoint, name = PAGES[kind]
    where: dict[str, Any] = {name: key}
    url = url_for(endpoint, **where)
    return {"kind": kind.value, "key": key, "title": title_of(content), "url": url}


def wanted_content() -> Content:
    """Return what is to be put somewhere, named by the address or the form."""
    for kind in Kind:
        given = request.values.get(kind.value, "")
        if given and kind is Kind.MUNICIPALITY:
            return get_content(actor(), kind, given[:8])
        if given:
            return get_content(actor(), kind, web.given_id(given) or 0)
    raise NotFound


@bp.route("/merkliste/ablegen", methods=["GET", "POST"])
def put() -> ResponseReturnValue:
    require(policy.may_collect)
    content = wanted_content()
    own = queries.collections_to_edit(actor())
    form = PutForm()
    first = [("", _("Merkliste"))] if not any(item.is_default for item in own) else []
    form.collection.choices = options(first + [(str(item.id), label(item)) for item in own])
    if request.method == "GET":
        form.collection.data = form.collection.choices[0].value
    if not form.validate_on_submit():
        page = render_template("marking/put.html", form=form, **shown_of(content))
        return page, 422 if form.errors else 200
    chosen = web.given_id(form.collection.data or "")
    collection = editable(chosen) if chosen else collections.merkliste_of(actor())
    collections.put(actor(), collection, *reference(content), form.note.data)
    session.commit()
    title = title_of(content)
    flash(_("„%(title)s“ liegt jetzt in der Sammlung.", title=title), "success")
    return to_list(collection)


def label(item: queries.Summary) -> str:
    if item.group_name:
        return _("%(name)s (Gruppe „%(group)s“)", name=item.name, group=item.group_name)
    return item.name
