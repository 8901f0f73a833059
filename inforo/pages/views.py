"""Views of this slice."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from inforo.authz import admin, public

bp = Blueprint("pages", __name__)


@bp.route("/", methods=["GET", "POST"])
@public
def start() -> ResponseReturnValue:
    abort(404)


@bp.route("/<name>", methods=["GET", "POST"])
@public
def legal(name: str) -> ResponseReturnValue:
    abort(404)


@bp.route("/betrieb/", methods=["GET", "POST"])
@admin
def operations() -> ResponseReturnValue:
    abort(404)


@bp.route("/sprache", methods=["GET", "POST"])
@public
def choose_language() -> ResponseReturnValue:
    abort(404)


@bp.route("/darstellung", methods=["GET", "POST"])
@public
def choose_theme() -> ResponseReturnValue:
    abort(404)
