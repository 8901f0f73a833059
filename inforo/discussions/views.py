"""Views of this slice."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from inforo.authz import public

bp = Blueprint("discussions", __name__)


@bp.route("/diskussionen/", methods=["GET", "POST"])
@public
def index() -> ResponseReturnValue:
    abort(404)


@bp.route("/diskussionen/neu", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    abort(404)
