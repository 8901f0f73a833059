"""One page of results, and the suggestions of the search field."""

from typing import Any

from flask import (
    Blueprint,
    Flask,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from inforo import web
from inforo.authz import actor, public, require, staff
from inforo.config import settings
from inforo.i18n import _
from inforo.search import (
    asking,
    choices,
    indexing,
    installation,
    mentions,
    misses,
    queries,
    recognition,
    sources,
    suggest,
)
from inforo.search.loosening import ENOUGH
from inforo.search.models import Kind
from inforo.search.question import LONGEST_QUESTION
from inforo.search.results import MOST_PAGES, Filters, Results
from inforo.security import limit, without_token
from inforo.sessions import cookie_name
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
    filters = choices.read(request.args.to_dict(flat=False), visible_kinds())
    if not typed:
        return render_template("search/start.html", keep=filters.chosen)
    page = min(web.page_number(), MOST_PAGES)
    results = queries.find(actor(), typed, filters, page)
    misses.note(results)
    known = choices.labels(results.counts.of if results.counts.of else filters.chosen)
    return render_template(
        "search/index.html",
        q=typed,
        results=results,
        entries=tabs(results),
        facets=choices.facets(results, known),
        active=active(filters, known),
        offers=offers(results),
        help=None if results.strict_total else asking.find_help(actor(), results),
    )


@bp.get("/hilfe/suche")
@public
def explained() -> ResponseReturnValue:
    """Explain how the search works and what decides the order (`ranking.py`)."""
    return render_template("search/explained.html", kinds=sources.findable_kinds())


@bp.get("/suche/einwilligung")
@public
def consent() -> ResponseReturnValue:
    return render_template("search/consent.html", has_agreed=misses.has_agreed())


@bp.post("/suche/einwilligung")
@public
@without_token
def choose_consent() -> ResponseReturnValue:
    """Keep the consent in the browser, or forget it. Harmless from anywhere."""
    answer = make_response(redirect(url_for(".consent"), 303))
    if request.form.get("agree") == "yes":
        web.keep_choice(answer, cookie_name("consent"), misses.AGREED)
    elif cookie_name("consent") in request.cookies:
        answer.delete_cookie(cookie_name("consent"), path="/", secure=settings.is_https)
    return answer


@bp.get("/redaktion/suchen-ohne-treffer")
@staff
def missed() -> ResponseReturnValue:
    require(misses.may_list)
    return render_template("search/misses.html", misses=misses.frequent())


@bp.get("/suche/vorschlaege")
@public
@limit("suggest", guest="suggest_guest")
def suggestions() -> ResponseReturnValue:
    return jsonify(suggest.suggestions(actor(), request.args.get("q", "")))


def visible_kinds() -> list[Kind]:
    """Return the kinds this person may find at all."""
    return [
        kind
        for kind in sources.findable_kinds()
        if kind is not Kind.PERSON or actor().is_member
    ]


def tabs(results: Results) -> list[tuple[str, str, int | None, bool]]:
    """Return label, address, number and whether it is open, for each tab.

    Without strict hits there are no numbers: loose ones are only a selection. Kinds without
    hits are left out, but for the chosen one.
    """
    chosen, counts = results.filters.kinds, results.kinds
    shown = [kind for kind in visible_kinds() if counts[kind] or kind in chosen or not counts]
    everything = (_("Alles"), address(results), counts.total(), not chosen)
    entries = [everything] + [
        (str(kind.label), address(results, art=kind), counts[kind], kind in chosen)
        for kind in shown
    ]
    if counts:
        return list(entries)
    return [(label, url, None, is_open) for label, url, _count, is_open in entries]


def address(results: Results, **changed: Any) -> str:
    """Return the address of this search with another choice, without its kind by default."""
    chosen: dict[str, Any] = {**results.filters.chosen, "art": None, **changed}
    return url_for(".index", q=results.question.typed, **chosen)


def active(filters: Filters, known: choices.Labels) -> list[tuple[str, str]]:
    return [
        (label, url_without(name, value))
        for label, name, value in choices.active(filters, known)
    ]


def offers(results: Results) -> list[tuple[str, str, int]]:
    """Return label, address and number of the filters that the words name."""
    if results.strict_total <= ENOUGH:
        return []
    found = recognition.recognise(results.question.typed)
    kinds = results.filters.chosen.get("art")
    return [
        (offer.label, address(results, **{"art": kinds, offer.name: offer.value}), offer.count)
        for offer in choices.offers(found, results)
    ]
