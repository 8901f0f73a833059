"""Views of this slice."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from inforo.authz import public, signed_in

bp = Blueprint("people", __name__)


@bp.route("/personen/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    abort(404)


@bp.route("/personen/<int:account_id>", methods=["GET", "POST"])
def show(account_id: int) -> ResponseReturnValue:
    abort(404)


@bp.route("/konto/registrieren", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    abort(404)


@bp.route("/konto/profil", methods=["GET", "POST"])
@signed_in
def edit_profile() -> ResponseReturnValue:
    abort(404)
