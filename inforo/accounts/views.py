"""Views of this slice."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from inforo.authz import public, signed_in

bp = Blueprint("accounts", __name__)


@bp.route("/konto/anmelden", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    abort(404)


@bp.route("/konto/abmelden", methods=["GET", "POST"])
@public
def sign_out() -> ResponseReturnValue:
    abort(404)


@bp.route("/konto/sicherheit", methods=["GET", "POST"])
@signed_in
def security() -> ResponseReturnValue:
    abort(404)
