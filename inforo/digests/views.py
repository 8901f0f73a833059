"""Ending the digest from a mail, without signing in."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from inforo import security
from inforo.authz import public
from inforo.db import session
from inforo.digests import actions, queries
from inforo.digests import jobs as jobs  # its sweeps register themselves

bp = Blueprint("digests", __name__)


@bp.route("/zusammenfassung-abbestellen/<token>", methods=["GET", "POST"])
@public
@security.without_token
@security.against_guessing
def unsubscribe(token: str) -> ResponseReturnValue:
    """End the digests: asked by a person, or at once by a mail program (RFC 8058)."""
    account = queries.get_by_token(token)
    is_done = request.method == "POST"
    if is_done:
        actions.stop(account)
        session.commit()
    page = render_template("digests/unsubscribe.html", is_done=is_done, token=token)
    answer = make_response(page)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
