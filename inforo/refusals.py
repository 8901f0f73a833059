"""The pages that say no: a sentence, what was typed, and when to come back."""

import logging

from flask import Flask, Response, g, make_response, render_template, request
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from inforo.db import session
from inforo.errors import DomainError, NotFound
from inforo.versions import Conflict
from inforo.web import SAFE_METHODS

log = logging.getLogger(__name__)
OUT_OF_RANGE = "22003"  # PostgreSQL; SQLite looks, and finds nothing
# What is typed but must never be echoed into a page again.
SECRET_FIELDS = ("csrf_token", "password", "idempotency_key", "written_by", "draft_")


def show_refusal(error: DomainError) -> tuple[str, int] | Response:
    """Show a sentence instead of a page; what was typed stays reachable by going back."""
    session.rollback()
    answer = make_response(
        render_template(
            "errors/refusal.html",
            message=error.message,
            status=error.status,
            typed=typed_text(),
        ),
        error.status,
    )
    if error.retry_after:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def typed_text() -> list[tuple[str, str]]:
    """Return the longer texts of a form that could not be carried out, to be copied."""
    if request.method in SAFE_METHODS:
        return []
    try:
        given = list(request.form.items())
    except RequestEntityTooLarge:  # nobody has read it, so nobody can show it
        return []
    return [
        (name, value)
        for name, value in given
        if len(value) > 40 and not any(secret in name for secret in SECRET_FIELDS)
    ]


def show_http_error(error: HTTPException) -> tuple[str, int] | Response:
    if isinstance(error, SecurityError):  # a host that is not ours: no page to link to
        return Response("400 Bad Request\n", 400, mimetype="text/plain")
    session.rollback()
    answer = make_response(
        render_template("errors/http.html", status=error.code or 500, typed=typed_text()),
        error.code or 500,
    )
    for name, value in error.get_headers():
        if name in {"Retry-After", "Allow"}:
            answer.headers[name] = value
    if error.code == 429:
        answer.headers.setdefault("Retry-After", "60")
    return answer


def show_crash(error: Exception) -> tuple[str, int] | Response:
    log.exception("request %s failed", g.get("request_id"), exc_info=error)
    session.rollback()
    is_busy = isinstance(error, OperationalError)  # waited too long for a lock
    code = 503 if is_busy else 500
    answer = make_response(
        render_template("errors/http.html", status=code, typed=typed_text()), code
    )
    if is_busy:
        answer.headers["Retry-After"] = "5"
    return answer


def show_out_of_range(error: DataError) -> tuple[str, int] | Response:
    """Answer 404 to a number no column holds, as to an id no table holds."""
    if getattr(error.orig, "sqlstate", "") != OUT_OF_RANGE:
        raise error
    return show_refusal(NotFound())


def show_conflict(_error: StaleDataError) -> tuple[str, int] | Response:
    return show_refusal(Conflict())


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, show_refusal)
    app.register_error_handler(StaleDataError, show_conflict)
    app.register_error_handler(DataError, show_out_of_range)
    app.register_error_handler(HTTPException, show_http_error)
    if not app.testing:
        app.register_error_handler(Exception, show_crash)
