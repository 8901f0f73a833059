"""Who may keep an answer: nobody, except guests' pages without any cookie."""

import hashlib

from flask import Response, g, request

from inforo import authz, security


def finish(response: Response) -> Response:
    """Decide who may keep the answer: nobody, except guests' pages without any cookie."""
    if request.endpoint == "static":
        return security.add_static_headers(response)
    if "Cache-Control" not in response.headers:
        cacheable = (
            g.get("cacheable", False)
            and response.status_code == 200
            and "Set-Cookie" not in response.headers
            and not touched_session()
            and authz.door_of_request() == "public"
        )
        if cacheable:
            keep_for_guests(response)
        else:
            response.headers["Cache-Control"] = "no-store"
            response.vary.update(["Cookie", "Accept-Language"])
    if response.headers["Cache-Control"].startswith("no-store"):
        response.headers.setdefault("X-Robots-Tag", "noindex")
    keep_limits_private(response)
    return response


def keep_limits_private(response: Response) -> None:
    """Say when to come back only to those who must wait, how much is left to no cache."""
    if response.status_code not in (429, 503):
        response.headers.pop("Retry-After", None)
    if response.headers["Cache-Control"].startswith("public"):
        for name in ("Limit", "Remaining", "Reset"):
            response.headers.pop(f"X-RateLimit-{name}", None)


def touched_session() -> bool:
    return bool(g.get("csrf_token")) or g.get("session_touched", False)


def keep_for_guests(response: Response) -> None:
    """Let a page be kept for a minute, and answer 304 as long as it is the same."""
    response.headers["Cache-Control"] = "public, max-age=60"
    response.vary.add("Cookie")
    if response.direct_passthrough:
        return
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32], weak=True)
    response.make_conditional(request)
