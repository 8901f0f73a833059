"""Views of this slice."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from inforo.authz import public

bp = Blueprint("toolbox", __name__)


@bp.route("/werkzeugkiste/", methods=["GET", "POST"])
@public
def index() -> ResponseReturnValue:
    abort(404)


@bp.route("/merkliste/", methods=["GET", "POST"])
def bookmarks() -> ResponseReturnValue:
    abort(404)
