"""Views of this slice."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from inforo.authz import staff

bp = Blueprint("moderation", __name__)


@bp.route("/arbeitskorb/", methods=["GET", "POST"])
@staff
def index() -> ResponseReturnValue:
    abort(404)
