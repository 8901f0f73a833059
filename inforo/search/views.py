"""One page of results, and the suggestions of the search field."""

from flask import Blueprint, Flask, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import web
from inforo.authz import actor, public
from inforo.i18n import _
from inforo.search import indexing, installation, mentions, queries, suggest
from inforo.search.models import Kind
from inforo.search.question import LONGEST_QUESTION
from inforo.search.results import MOST_PAGES, Filters, Results
from inforo.security import limit
from inforo.templating import url_without

bp = Blueprint("search", __name__)


def init_app(app: Flask) -> None:
    """Find the word lists, and keep the index true from now on."""
    installation.init_app(app)
    indexing.listen()
    mentions.listen()


@bp.get("/suche")
@public
@limit("search", guest="search_guest")
def index() -> ResponseReturnValue:
    typed = request.args.get("q", "")[:LONGEST_QUESTION].strip()
    filters = chosen_filters()
    if not typed:
        return render_template("search/start.html")
    page = min(web.page_number(), MOST_PAGES)
    results = queries.find(actor(), typed, filters, page)
    return render_template(
        "search/index.html",
        q=typed,
        results=results,
        entries=tabs(results),
        facets=state_facet(results),
        office=None
        if results.strict_total
        else queries.find_office(actor(), filters.state_code),
        ask_url=url_for("discussions.new", title=typed),
    )


@bp.get("/suche/vorschlaege")
@public
@limit("suggest", guest="suggest_guest")
def suggestions() -> ResponseReturnValue:
    return jsonify(suggest.suggestions(actor(), request.args.get("q", "")))


def chosen_filters() -> Filters:
    """Read the filters from the address; what does not exist filters nothing."""
    kind = request.args.get("art", "")
    state = request.args.get("land", "")
    return Filters(
        kind=Kind(kind) if kind in visible_kinds() else None,
        state_code=state if len(state) == 2 and state.isascii() and state.isupper() else None,
    )


def visible_kinds() -> list[Kind]:
    """Return the kinds this person may find at all."""
    return [kind for kind in Kind if kind is not Kind.PERSON or actor().is_member]


def tabs(results: Results) -> list[tuple[str, str, int | None, bool]]:
    """Return label, address, number and whether it is open, for each tab.

    Without strict hits there are no numbers: loose ones are only a selection.
    """
    chosen, counts = results.filters.kind, results.kinds
    everything = (_("Alles"), address(results, kind=None), counts.total(), chosen is None)
    entries = [everything] + [
        (str(kind.label), address(results, kind=kind), counts[kind], kind is chosen)
        for kind in visible_kinds()
    ]
    if counts:
        return list(entries)
    return [(label, url, None, is_open) for label, url, _count, is_open in entries]


def address(results: Results, *, kind: Kind | None) -> str:
    state = results.filters.state_code
    return url_for(".index", q=results.question.typed, art=kind, land=state)


def state_facet(results: Results) -> list[tuple[str, str, int, bool]]:
    """Return the Länder that have hits; choosing the chosen one again takes it off."""
    chosen = results.filters.state_code
    if not results.states and chosen is None:
        return []
    names = {state.code: state.name for state in queries.states()}
    typed, kind = results.question.typed, results.filters.kind
    return [
        (
            name,
            url_without("land")
            if code == chosen
            else url_for(".index", q=typed, art=kind, land=code),
            results.states[code],
            code == chosen,
        )
        for code, name in names.items()
        if results.states[code] or code == chosen
    ]
