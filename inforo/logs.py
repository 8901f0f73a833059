"""Log lines: readable text for people, JSON lines for machines; no content, no addresses."""

import logging
import sys
from typing import Any

import structlog
from flask import Flask, g, has_request_context

from inforo.config import Settings

TALKATIVE = ("alembic", "huey")


def add_request(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Name the request in each line written during it."""
    if has_request_context() and "request_id" in g:
        event.setdefault("request_id", g.request_id)
    return event


def formatter(log_format: str) -> logging.Formatter:
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        add_request,
    ]
    last: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if log_format == "json"
        else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    )
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[remove_meta, *last]
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
