"""Who reads which entries of the log."""

from sqlalchemy import ColumnElement, and_, or_, true

from inforo.audit import LogEntry
from inforo.authz import Actor, Scope, coordinates_sql

REVIEWED = "examples:"
# What people do for the safety of their own account is nobody's business but the operators'.
PERSONAL = ("password", "email", "second_factor_on", "second_factor_off")


def may_read_entry(actor: Actor, entry: LogEntry) -> bool:
    """Admins read all, coordinators their scope, editors what happened to examples."""
    if actor.is_admin:
        return True
    if actor.is_editor and entry.subject.startswith(REVIEWED):
        return True
    if entry.action in PERSONAL:
        return False
    scope = Scope(entry.state_code, entry.programme_key)
    return any(grant.covers(scope) for grant in actor.coordinated)


def log_of(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_read_entry`, for SELECTs. A test keeps the two equal."""
    if actor.is_admin:
        return true()
    mine = and_(
        coordinates_sql(actor, LogEntry.state_code, LogEntry.programme_key),
        LogEntry.action.not_in(PERSONAL),
    )
    return or_(mine, LogEntry.subject.startswith(REVIEWED)) if actor.is_editor else mine
