"""Who reads which entries of the log."""

from sqlalchemy import ColumnElement, or_, true

from inforo.audit import LogEntry
from inforo.authz import Actor, Scope, coordinates_sql

REVIEWED = "examples:"


def may_read_entry(actor: Actor, entry: LogEntry) -> bool:
    """Admins read all, coordinators their scope, editors what happened to examples."""
    if actor.is_admin:
        return True
    if actor.is_editor and entry.subject.startswith(REVIEWED):
        return True
    scope = Scope(entry.state_code, entry.programme_key)
    return any(grant.covers(scope) for grant in actor.coordinated)


def log_of(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_read_entry`, for SELECTs. A test keeps the two equal."""
    if actor.is_admin:
        return true()
    mine = coordinates_sql(actor, LogEntry.state_code, LogEntry.programme_key)
    return or_(mine, LogEntry.subject.startswith(REVIEWED)) if actor.is_editor else mine
