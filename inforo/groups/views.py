"""Views of this slice."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from inforo.authz import public

bp = Blueprint("groups", __name__)


@bp.route("/gruppen/", methods=["GET", "POST"])
@public
def index() -> ResponseReturnValue:
    abort(404)
