"""Views of this slice."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from inforo.authz import public

bp = Blueprint("municipalities", __name__)


@bp.route("/kommunen/vorschlaege", methods=["GET", "POST"])
@public
def suggest() -> ResponseReturnValue:
    abort(404)
