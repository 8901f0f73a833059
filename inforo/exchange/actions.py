"""Ordering exports."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import Any

from inforo import audit
from inforo.authz import Actor
from inforo.db import session
from inforo.exchange import queries
from inforo.exchange.jobs import make_export
from inforo.exchange.models import ExportFormat, ToolboxExport
from inforo.exchange.records import Level, level_of


def order_export(
    actor: Actor,
    wanted: ExportFormat,
    example_ids: Sequence[int] | None,
    catalogue: Any,
    *,
    full: bool = False,
) -> ToolboxExport:
    """Have a file made. Guests share one file as long as the catalogue is the same."""
    level = level_of(actor, full=full)
    chosen = None if example_ids is None else sorted(example_ids)
    named = json.dumps([wanted, level, chosen, str(catalogue)])
    stamp = hashlib.sha256(named.encode()).hexdigest()
    if level is Level.PUBLIC:
        known = queries.find_shared_export(stamp)
        if known is not None:
            return known
    export = ToolboxExport(
        key=secrets.token_urlsafe(24),
        account_id=actor.account_id if level is not Level.PUBLIC else None,
        level=level,
        format=wanted,
        example_ids=chosen,
        stamp=stamp,
    )
    session.add(export)
    session.flush()
    if level is Level.FULL:
        audit.record(actor, "export", export)
    make_export.later(export_id=export.id)
    return export
