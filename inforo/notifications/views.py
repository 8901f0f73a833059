"""Views of this slice."""

from flask import Blueprint, Flask, abort, g
from flask.typing import ResponseReturnValue

from inforo.authz import GUEST
from inforo.notifications import queries

bp = Blueprint("notifications", __name__)


@bp.route("/konto/benachrichtigungen", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    abort(404)


def init_app(app: Flask) -> None:
    """Let every page show how many notifications are unread."""
    app.context_processor(lambda: {"unread_count": queries.count_unread(g.get("actor", GUEST))})
