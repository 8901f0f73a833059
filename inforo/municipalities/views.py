"""Choosing a municipality: suggestions while somebody types, and what a form means."""

from typing import Any

from flask import Blueprint, jsonify, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.routing import BaseConverter

from inforo.authz import public
from inforo.municipalities import queries
from inforo.municipalities.models import Municipality
from inforo.security import limit

bp = Blueprint("municipalities", __name__)
LONGEST_NAME = 100
CHOICES = 20


class AgsConverter(BaseConverter):
    """The official key in an address: 8 digits, of a Kreis 5."""

    regex = r"(?:\d{8}|\d{5})"


@bp.record_once
def add_converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["ags"] = AgsConverter


@bp.get("/kommunen/vorschlaege")
@public
@limit("suggest", guest="suggest_guest")
def suggest() -> ResponseReturnValue:
    typed = request.args.get("q", "")[:LONGEST_NAME]
    found = queries.search_municipalities(typed, limit=10)
    return jsonify(
        [{"ags": place.ags, "name": place.name, "hint": place.hint} for place in found]
    )


def is_search() -> bool:
    """Tell whether the button "Suchen" was pressed, not the one that sends the form."""
    return "municipality_search" in request.form


def picked(ags: str) -> tuple[Municipality | None, list[Any] | None]:
    """Return the municipality a picker means, and what its search found, None without search.

    A name that fits exactly one municipality needs no second step. What was chosen before
    does not count any more when another name was typed over it.
    """
    query = request.form.get("municipality_query", "").strip()
    chosen = queries.existing(ags)
    if chosen is not None and query in ("", chosen.display_name) and not is_search():
        return chosen, None
    found = queries.search_municipalities(query, CHOICES) if query else None
    hits = [hit.ags for hit in found or ()]
    if chosen is not None and (not query or chosen.ags in hits):
        return chosen, found
    only_hit = hits[0] if len(hits) == 1 and not is_search() else ""
    return queries.existing(only_hit), found
