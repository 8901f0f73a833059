"""Log lines: readable text for people, JSON lines for machines; no content, no addresses."""

import logging
import re
import sys
from typing import Any

import structlog
from flask import Flask, Request, g, has_request_context

from inforo.defaults import Settings

TALKATIVE = ("alembic", "huey")
ROW_QUOTED = re.compile(r"^(DETAIL|CONTEXT):.*\n?", re.MULTILINE)
SECRET_PARTS = ("secret", "token", "key")  # of addresses: who knows them may open the page


def add_request(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Name the request in each line written during it."""
    if has_request_context() and "request_id" in g:
        event.setdefault("request_id", g.request_id)
    return event


def path_of(request: Request) -> str:
    """Return the path of a request without what would open a page to whoever reads the log."""
    path = request.path
    for name, value in (request.view_args or {}).items():
        if name in SECRET_PARTS:
            path = path.replace(str(value), "…")
    return path


def keep_on_one_line(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Escape what would begin a line that nobody logged, or colour a terminal."""
    words = str(event.get("event", ""))
    event["event"] = "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in words
    )
    return event


def leave_out_values(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Cut from a crash what PostgreSQL quotes from the row it refused."""
    if "exception" in event:
        event["exception"] = ROW_QUOTED.sub("", event["exception"])
    return event


def console() -> structlog.dev.ConsoleRenderer:
    """Return what writes lines for people; of a crash only where it was, not what was typed.

    Unless told otherwise it shows the variables too, as soon as a package for that is there.
    """
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def formatter(log_format: str) -> logging.Formatter:
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        add_request,
    ]
    last: list[Any] = (
        [structlog.processors.JSONRenderer()]
        if log_format == "json"
        else [keep_on_one_line, console()]
    )
    crashes: list[Any] = [structlog.processors.format_exc_info, leave_out_values]
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[remove_meta, *crashes, *last]
    )


def init_app(_app: Flask, settings: Settings) -> None:
    """Send the log of the platform to stderr; tests keep their own handlers."""
    if settings.mode == "test":
        return
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(settings.log_format))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
