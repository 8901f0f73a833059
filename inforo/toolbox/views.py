"""Reading the toolbox: the list of examples, one example, tools, files."""

import re
from collections.abc import Container
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from inforo import files, text, versions, web
from inforo.authz import actor, public
from inforo.config import settings
from inforo.db import session, writing
from inforo.errors import BadInput, NotFound
from inforo.glossary import linking as glossary
from inforo.i18n import _, language
from inforo.security import safe_path
from inforo.templating import piece
from inforo.toolbox import (
    actions,
    fields,
    file_history,
    licences,
    listing,
    place_filter,
    policy,
    queries,
    shelves,
    tool_listing,
    tool_shelf,
)
from inforo.toolbox.example_parts import ExampleFile
from inforo.toolbox.facets import SORTS
from inforo.toolbox.fragments import kept
from inforo.toolbox.models import Example
from inforo.toolbox.places import (
    EXAMPLE_ACTIONS,
    EXAMPLE_BODY,
    EXAMPLE_CITATION,
    EXAMPLE_HEAD,
    EXAMPLE_SIDE,
    LIST_TOP,
    MARKS,
    RANKINGS,
    TOOL_ACTIONS,
    TOOL_BODY,
    TOOL_HEAD,
    TOOL_LIST_TOP,
    TOOL_SIDE,
)
from inforo.toolbox.tool_models import ToolFile
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("toolbox", __name__)
ROBOTS = re.compile(r"bot\b|crawl|spider|slurp|curl/|wget/|python-|httpclient", re.IGNORECASE)
MOST_COMPARED = 3


def init_app(app: Flask) -> None:
    """Let templates say what a licence means."""
    app.jinja_env.globals.update(licence_of=licences.licence_of, licences=licences.licences)


@bp.get("/werkzeugkiste/")
@public
def index() -> ResponseReturnValue:
    tool_count, kept_order, edition = queries.around_the_list(actor())
    wanted = place_filter.read(actor(), request.args, edition)
    if place_filter.is_settled(wanted, request.args):
        return redirect(url_for(".index", **place_filter.clean_arguments(wanted, request.args)))
    shelf = shelves.shelf()
    labels = listing.labels_of(shelf)
    filters = listing.read_filters(request.args, shelf, labels, wanted, kept_order)
    within, ids = listing.find_ids(shelf, filters, wanted)
    page, size = web.page_number(), settings.cards_per_page
    shown = tuple(ids[(page - 1) * size : page * size])
    return render_template(
        "toolbox/index.html",
        list_top=LIST_TOP.html(actor(), filters),
        cards=listing.cards(shelf, shown, filters, wanted),
        total=len(ids),
        everything=len(shelf.catalogue),
        tool_count=tool_count,
        page=page,
        pages=-(-len(ids) // size),
        filters=filters,
        wanted=wanted,
        sorts=listing.sorts_of(wanted),
        comparing=request.args.getlist("vergleich", type=int)[:MOST_COMPARED],
        filter_form=listing.filter_form(
            shelf, filters, labels, wanted, within, request.args.getlist("mehr")
        ),
        active=listing.active_filters(filters, labels, wanted),
    )


@bp.post("/werkzeugkiste/reihenfolge")
def remember_order() -> ResponseReturnValue:
    """Keep an order of the list for the next visits of a member."""
    sort = request.form.get("sort", "")
    if sort not in SORTS and sort not in RANKINGS:
        raise BadInput(_("Diese Reihenfolge gibt es nicht."))
    actions.remember_order(actor(), sort)
    session.commit()
    flash(
        _("Gemerkt. So sehen Sie die Liste ab jetzt sortiert."),
        "success",
    )
    return redirect(safe_path(request.form.get("next")) or url_for(".index"), 303)


# One example


def address_of(example: Example) -> str:
    return url_for("toolbox.show_example", example_id=example.id, slug=text.slug(example.title))


@bp.get("/werkzeugkiste/beispiele/<int:example_id>-<slug>")
@bp.get("/werkzeugkiste/beispiele/<int:example_id>")
@public
def show_example(example_id: int, slug: str = "") -> ResponseReturnValue:
    example, drawn_at = queries.get_example_page(actor(), example_id)
    if slug != text.slug(example.title):
        return redirect(address_of(example), 301)
    saved = (example.id, example.version, example.updated_at, drawn_at)
    seen = (actor().is_member, policy.may_see_criteria(actor(), example))
    key = ("example", saved, language(), *seen, glossary.stamp())
    return render_template(
        "toolbox/show_example.html",
        example=example,
        tools=queries.tools_of_example(actor(), example),
        is_marked=example.id in MARKS.of(actor())[0],
        more_actions=EXAMPLE_ACTIONS.html(actor(), example),
        more_body=EXAMPLE_BODY.html(actor(), example),
        more_side=EXAMPLE_SIDE.html(actor(), example),
        **kept.remember(key, lambda: parts_of(example.id)),
    )


def parts_of(example_id: int) -> dict[str, Any]:
    """Return the parts of the page that are the same for all who may see the same."""
    example = queries.get_example(actor(), example_id)
    shown = {
        "example": example,
        "criteria": criterion_labels(example),
        "evidence": fields.EVIDENCE,
        "levels": fields.LEVELS,
    }
    return {
        "body": glossary.link_terms(piece("toolbox/_page_body.html", **shown)),
        "side": piece("toolbox/_page_side.html", **shown),
        "citation": EXAMPLE_CITATION.html(actor(), example),
        "more_head": EXAMPLE_HEAD.html(actor(), example),
    }


def criterion_labels(example: Example) -> dict[str, str]:
    """Return the names of the twelve criteria, if the example says something about them."""
    return dict(vocabularies.choices("criterion")) if example.criteria else {}


@bp.get("/werkzeugkiste/beispiele/<int:example_id>/dateien/<int:file_id>")
@public
def example_file(example_id: int, file_id: int) -> ResponseReturnValue:
    example = queries.get_example(actor(), example_id)
    attached = queries.get_example_file(example, file_id)
    return download(attached, is_public=example.is_published)


@bp.get("/werkzeugkiste/beispiele/<int:example_id>/dateien/<int:file_id>/vorschau")
@public
def example_preview(example_id: int, file_id: int) -> ResponseReturnValue:
    example = queries.get_example(actor(), example_id)
    attached = queries.get_example_file(example, file_id)
    return deliver_preview(attached, is_public=example.is_published)


def deliver_preview(attached: ExampleFile | ToolFile, *, is_public: bool) -> Response:
    """Show the picture of the first page to whoever may have the file."""
    preview = attached.preview
    if preview is None or not preview.has_picture:
        raise NotFound(_("Von dieser Datei gibt es keine Vorschau."))
    picture = preview.picture_of(attached.file)
    return files.deliver(picture, as_attachment=False, is_public=is_public)


def is_reader() -> bool:
    """Tell whether somebody fetches a whole file: no robot, no fetching ahead, no piece."""
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    is_whole = request.method == "GET" and "Range" not in request.headers
    return is_whole and "prefetch" not in ahead and not ROBOTS.search(agent)


def download(attached: ExampleFile | ToolFile, *, is_public: bool) -> Response:
    """Deliver a file; published ones are counted, without noting who it was.

    Browsers keep a public file for an hour and ask with its ETag then (304): so one who
    opens it again is not counted again, and nothing about anybody is stored for that.
    """
    response = files.deliver(attached.file, is_public=is_public)
    if is_public and response.status_code == 200 and is_reader():
        session.commit()
        writing.set(True)
        actions.count_download(attached)
        session.commit()
    return response


@bp.get("/werkzeugkiste/beispiele/<int:example_id>/verlauf")
def example_history(example_id: int) -> ResponseReturnValue:
    example = queries.get_example(actor(), example_id)
    if not policy.may_see_history(actor(), example):
        raise NotFound
    saved = versions.history(example)
    older = [*saved[1:], None] if saved else []
    hidden = set() if policy.may_see_criteria(actor(), example) else {"criteria"}
    return render_template(
        "toolbox/history.html",
        example=example,
        names=queries.names_of(saved),
        entries=[
            (version, differences(before.fields if before else {}, version.fields, hidden))
            for version, before in zip(saved, older, strict=False)
        ],
    )


def differences(
    old: dict[str, Any], new: dict[str, Any], hidden: Container[str] = ()
) -> list[tuple[Any, Any]]:
    """Return (label, HTML of the difference) for each field that changed."""
    return [
        (fields.LABELS.get(name, name), text.diff(str(old.get(name, "")), str(value)))
        for name, value in new.items()
        if str(old.get(name, "")) != str(value) and name not in hidden
    ]


# Tools


@bp.get("/werkzeugkiste/werkzeuge/")
@public
def tools() -> ResponseReturnValue:
    shelf = tool_shelf.tool_shelf()
    labels = tool_listing.labels_of(shelf)
    filters = tool_listing.read_filters(request.args, shelf, labels)
    ids = tool_listing.find_ids(shelf, filters)
    page, size = web.page_number(), settings.cards_per_page
    return render_template(
        "toolbox/tools.html",
        tools=queries.find_tools_by_ids(actor(), ids[(page - 1) * size : page * size]),
        categories=labels["werkzeugart"],
        filters=filters,
        facets=tool_listing.facets_of(shelf, filters, labels, request.args.getlist("mehr")),
        sorts=tool_listing.sorts(),
        active=listing.active_filters(filters, labels, place_filter.PlaceFilter()),
        list_top=TOOL_LIST_TOP.html(actor(), filters),
        total=len(ids),
        everything=len(shelf.catalogue),
        example_count=len(shelves.shelf().catalogue),
        page=page,
        pages=-(-len(ids) // size),
    )


@bp.get("/werkzeugkiste/werkzeuge/<int:tool_id>-<slug>")
@bp.get("/werkzeugkiste/werkzeuge/<int:tool_id>")
@public
def show_tool(tool_id: int, slug: str = "") -> ResponseReturnValue:
    tool = queries.get_tool(actor(), tool_id)
    if slug != text.slug(tool.title):
        target = url_for("toolbox.show_tool", tool_id=tool.id, slug=text.slug(tool.title))
        return redirect(target, 301)
    return render_template(
        "toolbox/show_tool.html",
        tool=tool,
        history=file_history.history(actor(), tool),
        category=vocabularies.labels("tool_category").get(tool.category_key, ""),
        phase=vocabularies.labels("process_step").get(tool.phase_key, ""),
        examples=queries.find_examples_by_ids(actor(), [linked.id for linked in tool.examples]),
        is_marked=tool.id in MARKS.of(actor())[1],
        more_head=TOOL_HEAD.html(actor(), tool),
        more_actions=TOOL_ACTIONS.html(actor(), tool),
        more_body=TOOL_BODY.html(actor(), tool),
        more_side=TOOL_SIDE.html(actor(), tool),
    )


@bp.get("/werkzeugkiste/werkzeuge/<int:tool_id>/datei/<int:number>")
@public
def tool_file(tool_id: int, number: int) -> ResponseReturnValue:
    tool = queries.get_tool(actor(), tool_id)
    version = queries.get_tool_file(actor(), tool, number)
    return download(version, is_public=tool.is_published and version.is_published)


@bp.get("/werkzeugkiste/werkzeuge/<int:tool_id>/datei/<int:number>/vorschau")
@public
def tool_preview(tool_id: int, number: int) -> ResponseReturnValue:
    tool = queries.get_tool(actor(), tool_id)
    version = queries.get_tool_file(actor(), tool, number)
    is_public = tool.is_published and version.is_published
    return deliver_preview(version, is_public=is_public)
