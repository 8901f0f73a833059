"""Where somebody may go on whose request was refused: back, or the same once more."""

from flask import request

from inforo import text
from inforo.security import safe_path

REPEATABLE = frozenset({"GET", "HEAD"})


def page_before() -> str:
    """Return the page of ours that led here, to be opened as it is now; empty if none did."""
    came_from = text.address_parts(request.referrer or "")
    if came_from.netloc != request.host:
        return ""
    path = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    is_same = path == request.full_path.removesuffix("?")
    return "" if is_same and request.method in REPEATABLE else safe_path(path) or ""


def same_again() -> str:
    """Return the address to try once more, where asking for it again changes nothing."""
    path = request.full_path.removesuffix("?")
    return safe_path(path) or "" if request.method in REPEATABLE else ""
