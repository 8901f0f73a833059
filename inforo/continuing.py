"""Carrying out a second request within the answer to the first.

Somebody sends a form, is asked to sign in, and signs in: the answer to the sign-in is that
of the form. A redirect cannot do that, because browsers follow it without what was typed. So
the view of the first request leaves a `Wanted`; once its answer is complete, the application
runs again as if the browser, with the cookies it has just got, had sent the form itself.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import Headers

from inforo.security import AGAIN

WANTED = "inforo.wanted"
KEPT_HEADERS = ("HTTP_HOST", "HTTP_USER_AGENT", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE")
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Wanted:
    """A form to be sent: its path with query, its fields, and a name for what it is."""

    path: str
    fields: Mapping[str, list[str]]
    name: int


def carry_out(wanted: Wanted) -> None:
    """Let the answer to this request be the answer to another one."""
    request.environ[WANTED] = wanted


def answer(
    application: Callable[..., Any], environ: dict[str, Any], start_response: Any
) -> Any:
    """Run the application once, or twice if the first answer asked for it."""
    begun: list[Any] = []
    body = application(environ, lambda *started: begun.extend(started[:2]))
    wanted = environ.pop(WANTED, None)
    if wanted is None:
        start_response(*begun)
        return body
    getattr(body, "close", lambda: None)()
    cookies = Headers(begun[1]).getlist("Set-Cookie")

    def start_with_cookies(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*(("Set-Cookie", c) for c in cookies), *headers], *rest)

    return application(second(environ, wanted, cookies), start_with_cookies)


def second(environ: dict[str, Any], wanted: Wanted, cookies: list[str]) -> dict[str, Any]:
    """Return what the server would hand over if the browser had sent the form now."""
    content = urlencode(wanted.fields, doseq=True).encode()
    path, _, query = wanted.path.partition("?")
    kept = {
        name: value
        for name, value in environ.items()
        if not name.startswith(("HTTP_", "werkzeug.", "flask.")) or name in KEPT_HEADERS
    }
    return kept | {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": FORM,
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.input": io.BytesIO(content),
        "HTTP_COOKIE": with_cookies(environ.get("HTTP_COOKIE", ""), cookies),
        AGAIN: wanted.name,
    }


def with_cookies(sent: str, given: list[str]) -> str:
    """Return the cookies a browser sends after it was given some (an empty one is gone)."""
    jar = dict(pair.strip().partition("=")[::2] for pair in sent.split(";") if pair.strip())
    jar |= dict(cookie.partition(";")[0].partition("=")[::2] for cookie in given)
    return "; ".join(f"{name}={value}" for name, value in jar.items() if value)
