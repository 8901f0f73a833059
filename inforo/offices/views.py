"""Views of this slice."""

from flask import Blueprint, Flask, g

from inforo.authz import GUEST
from inforo.offices import queries

bp = Blueprint("offices", __name__)


def init_app(app: Flask) -> None:
    """Let every page of the staff show how much waits in the basket."""
    app.context_processor(
        lambda: {"basket_count": queries.count_open_items(g.get("actor", GUEST))}
    )
