"""Views of this slice."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from inforo.authz import public

bp = Blueprint("partnership", __name__)


@bp.route("/kommunen/", methods=["GET", "POST"])
@public
def directory() -> ResponseReturnValue:
    abort(404)
