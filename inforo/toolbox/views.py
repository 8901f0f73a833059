"""Reading the toolbox: lists with facets, examples, tools, files, and the Merkliste."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from inforo import files, text, versions, web
from inforo.authz import actor, public
from inforo.config import settings
from inforo.db import session, writing
from inforo.errors import BadInput, NotFound
from inforo.glossary import linking as glossary
from inforo.i18n import _, language
from inforo.municipalities.models import MunicipalityKind, SizeClass
from inforo.security import safe_path
from inforo.templating import url_without
from inforo.toolbox import actions, fields, place_filter, policy, queries
from inforo.toolbox.facets import FACETS, SORTS, Filters
from inforo.toolbox.fragments import Fragments, without_margins
from inforo.toolbox.models import (
    Example,
    ExampleFile,
    ExampleKind,
    MeasureStatus,
    Tier,
    ToolFile,
)
from inforo.toolbox.nearness import nearness
from inforo.toolbox.place_filter import PlaceFilter
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
    TOOL_SIDE,
)
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("toolbox", __name__)
kept = Fragments()
QUERY_LENGTH = 200
ENUMS: dict[str, Any] = {
    "gebiet": MunicipalityKind,
    "groesse": SizeClass,
    "stand": MeasureStatus,
    "art": ExampleKind,
    "pruefung": Tier,
}
OPEN_FACETS = ("phase", "feld")
MOST_COMPARED = 3


@dataclass(frozen=True)
class Facet:
    """One group of filters as the page shows it: (value, label, count, checked)."""

    name: str
    title: str
    values: list[tuple[str, str, int, bool]]
    is_open: bool


def facet_titles() -> dict[str, str]:
    return {
        "phase": _("Altersphase"),
        "feld": _("Handlungsfeld"),
        "zielgruppe": _("Zielgruppe"),
        "lebenswelt": _("Lebenswelt"),
        "land": _("Land"),
        "gebiet": _("Art der Kommune"),
        "groesse": _("Größe der Kommune"),
        "stand": _("Stand"),
        "art": _("Art des Beispiels"),
        "pruefung": _("Prüfung"),
    }


def labels_of(shelf: queries.Shelf) -> dict[str, dict[str, str]]:
    """Return facet → value → label in the reader's language, in the order of the page."""
    column = 2 if language() == "en" else 1
    labels = {
        facet: {row[0]: row[column] for row in rows} for facet, rows in shelf.labels.items()
    }
    for facet, enum in ENUMS.items():
        labels[facet] = {member.value: str(member.label) for member in enum}
    return labels


def sorts_of(wanted: PlaceFilter) -> dict[str, Any]:
    """Return the orders of the list a reader may choose from, with their labels."""
    own = {
        "neu": _("Neueste zuerst"),
        "titel": _("Titel"),
        "bestaetigt": _("Zuletzt bestätigt"),
    }
    if wanted.near is not None:
        own["aehnlich"] = _("Kommunen wie %(name)s", name=wanted.near.name)
    return own | {name: ranking.label for name, ranking in RANKINGS.items()}


def read_filters(
    shelf: queries.Shelf,
    labels: dict[str, dict[str, str]],
    wanted: PlaceFilter,
    kept_order: str,
) -> Filters:
    """Return what the address asks for; values that do not exist are left out.

    Who did not ask for an order gets the one kept for them, else what is like their place.
    """
    chosen = {
        facet: tuple(
            value
            for value in dict.fromkeys(
                shelf.renamed.get((facet, given), given)
                for given in request.args.getlist(facet)
            )
            if value in labels[facet]
        )
        for facet in FACETS
    }
    sort = request.args.get("sortierung", "")
    sorts = sorts_of(wanted)
    if sort not in sorts:
        is_usable = kept_order in sorts and not wanted.chosen
        sort = kept_order if is_usable else "aehnlich" if wanted.near else "neu"
    return Filters(
        chosen={facet: values for facet, values in chosen.items() if values},
        q=text.clean(request.args.get("q"))[:QUERY_LENGTH],
        sort=sort,
        like=wanted.chosen.ags if wanted.chosen else "",
        near=wanted.near.ags if wanted.near else "",
    )


def make_facets(
    shelf: queries.Shelf, filters: Filters, labels: dict[str, dict[str, str]], within: int
) -> list[Facet]:
    counts, titles = shelf.catalogue.counts(filters, within), facet_titles()
    found = []
    for name in FACETS:
        checked = filters.chosen.get(name, ())
        values = [
            (value, label, counts[name].get(value, 0), value in checked)
            for value, label in labels[name].items()
            if value in counts[name] or value in checked
        ]
        found.append(Facet(name, titles[name], values, name in OPEN_FACETS))
    return found


def active_filters(
    filters: Filters, labels: dict[str, dict[str, str]], wanted: PlaceFilter
) -> list[tuple[str, str]]:
    """Return (label, address without it) of everything that narrows the list."""
    found = [
        (labels[facet][value], url_without(facet, value))
        for facet, values in filters.chosen.items()
        for value in values
    ]
    if filters.q:
        found.insert(0, (f"„{filters.q}“", url_without("q")))
    if wanted.chosen:
        label = _("Kommunen wie %(name)s", name=wanted.chosen.name)
        found.append((label, url_without("wie")))
    return found


@bp.get("/werkzeugkiste/")
@public
def index() -> ResponseReturnValue:
    tool_count, kept_order, edition = queries.around_the_list(actor())
    wanted = place_filter.read(actor(), request.args, edition)
    if place_filter.is_settled(wanted, request.args):
        return redirect(url_for(".index", **place_filter.clean_arguments(wanted, request.args)))
    shelf = queries.shelf()
    labels = labels_of(shelf)
    filters = read_filters(shelf, labels, wanted, kept_order)
    within, ids = find_ids(shelf, filters, wanted)
    page, size = web.page_number(), settings.cards_per_page
    shown = tuple(ids[(page - 1) * size : page * size])
    return render_template(
        "toolbox/index.html",
        list_top=LIST_TOP.html(actor(), filters),
        cards=cards(shelf, shown, filters, wanted),
        total=len(ids),
        everything=len(shelf.catalogue),
        tool_count=tool_count,
        page=page,
        pages=-(-len(ids) // size),
        filters=filters,
        wanted=wanted,
        sorts=sorts_of(wanted),
        comparing=request.args.getlist("vergleich", type=int)[:MOST_COMPARED],
        filter_form=filter_form(shelf, filters, labels, wanted, within),
        active=active_filters(filters, labels, wanted),
    )


def find_ids(
    shelf: queries.Shelf, filters: Filters, wanted: PlaceFilter
) -> tuple[int, Sequence[int]]:
    """Return which examples may be found at all, as bits, and the found ids in order."""
    catalogue, near, ranks = shelf.catalogue, None, None
    if filters.sort in RANKINGS:
        numbers = RANKINGS[filters.sort].numbers()
        ranks = [-numbers.get(entry.id, 0) for entry in catalogue.entries]
    if wanted.names is not None and (filters.like or filters.sort == "aehnlich"):
        near = nearness(catalogue, wanted.names, filters.near)
    within = near.close if near and filters.like else -1
    if near and filters.sort == "aehnlich":
        return within, catalogue.find(filters, within, near.ranks, near.ids)
    return within, catalogue.find(filters, within, ranks)


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


def piece(template: str, **shown: Any) -> Markup:
    """Render a part of a page by itself, without what frames need (unread counts …)."""
    html = current_app.jinja_env.get_template(template).render(actor=actor(), **shown)
    return Markup(html)  # noqa: S704 (our own templates, which escape)


def cards(
    shelf: queries.Shelf, ids: tuple[int, ...], filters: Filters, wanted: PlaceFilter
) -> Markup:
    """Return the examples as cards, from memory for readers who have no bookmarks."""
    explains = filters.sort == "aehnlich" or filters.like

    def make() -> Markup:
        html = piece(
            "toolbox/_cards.html",
            examples=queries.find_examples_by_ids(actor(), ids),
            marked=MARKS.of(actor())[0],
            why={key: wanted.why(shelf.entries.get(key)) for key in ids} if explains else {},
        )
        return without_margins(html)

    if not ids or actor().is_member:
        return make() if ids else Markup("")
    near = filters.near if explains else ""
    return kept.remember(("cards", shelf.stamp, language(), near, ids), make)


def filter_form(
    shelf: queries.Shelf,
    filters: Filters,
    labels: dict[str, dict[str, str]],
    wanted: PlaceFilter,
    within: int,
) -> Markup:
    def make() -> Markup:
        shown = {
            "filters": filters,
            "facets": make_facets(shelf, filters, labels, within),
            "sorts": sorts_of(wanted),
            "wanted": wanted,
        }
        return without_margins(piece("toolbox/_filter.html", **shown))

    if wanted.results is not None:
        return make()
    key = (
        "filter",
        shelf.stamp,
        len(shelf.catalogue),
        language(),
        tuple(sorted(filters.chosen.items())),
        (filters.q, filters.sort, filters.like, filters.near),
    )
    return kept.remember(key, make)


# One example


def address_of(example: Example) -> str:
    return url_for("toolbox.show_example", example_id=example.id, slug=text.slug(example.title))


@bp.get("/werkzeugkiste/beispiele/<int:example_id>-<slug>")
@bp.get("/werkzeugkiste/beispiele/<int:example_id>")
@public
def show_example(example_id: int, slug: str = "") -> ResponseReturnValue:
    example = queries.get_example_head(actor(), example_id)
    if slug != text.slug(example.title):
        return redirect(address_of(example), 301)
    saved = (example.id, example.version, example.updated_at)
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


def download(attached: ExampleFile | ToolFile, *, is_public: bool) -> Response:
    """Deliver a file; published ones are counted, without noting who it was."""
    response = files.deliver(attached.file, is_public=is_public)
    if is_public and request.method == "GET" and response.status_code == 200:
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
    q = text.clean(request.args.get("q"))[:QUERY_LENGTH]
    category = vocabularies.current_key("tool_category", request.args.get("werkzeugart", ""))
    where = queries.matching_tools(category, q)
    page, size, total = web.page_number(), settings.cards_per_page, queries.count_tools(where)
    return render_template(
        "toolbox/tools.html",
        tools=queries.tool_teasers(where, limit=size, offset=(page - 1) * size),
        categories=list(vocabularies.labels("tool_category").items()),
        counts=queries.count_tools_by_category(),
        category=category,
        q=q,
        total=total,
        example_count=len(queries.shelf().catalogue),
        page=page,
        pages=-(-total // size),
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
    return download(queries.get_tool_file(tool, number), is_public=tool.is_published)
