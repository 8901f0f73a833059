"""Views of this slice: suggestions while somebody types the name of a municipality."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from inforo.authz import public
from inforo.municipalities import queries
from inforo.security import limit

bp = Blueprint("municipalities", __name__)
LONGEST_NAME = 100


@bp.get("/kommunen/vorschlaege")
@public
@limit("suggest", guest="suggest_guest")
def suggest() -> ResponseReturnValue:
    typed = request.args.get("q", "")[:LONGEST_NAME]
    found = queries.search_municipalities(typed, limit=10)
    return jsonify(
        [{"ags": place.ags, "name": place.name, "hint": place.hint} for place in found]
    )
