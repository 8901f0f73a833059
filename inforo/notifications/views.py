"""Views of this slice."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

bp = Blueprint("notifications", __name__)


@bp.route("/konto/benachrichtigungen", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    abort(404)
