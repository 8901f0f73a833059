"""Every SELECT on notes and sanctions. Who asks comes first."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import NotFound
from inforo.people import policy, queries
from inforo.sanctions.models import PersonNote


def get_person(actor: Actor, account_id: int) -> Account:
    """Return somebody this office may restrict; nobody else finds them here."""
    account = queries.get_person(actor, account_id)
    is_allowed = policy.may_suspend(actor, account)
    if not is_allowed or not policy.may_suspend_holder(actor, queries.roles_of(account)):
        raise NotFound
    return account


def notes_about(account_id: int | None) -> list[PersonNote]:
    """Return what offices noted about a person, for them and for the personal export."""
    statement = (
        select(PersonNote)
        .where(PersonNote.account_id == account_id)
        .options(joinedload(PersonNote.author))
        .order_by(PersonNote.id.desc())
    )
    return list(session.scalars(statement))


def get_note(account: Account, note_id: int) -> PersonNote:
    note = session.get(PersonNote, note_id)
    if note is None or note.account_id != account.id:
        raise NotFound
    return note


def suspended_until(moment: datetime) -> list[Account]:
    """Return whose suspension has ended by then."""
    statement = select(Account).where(
        Account.suspended_at.is_not(None),
        Account.suspended_until <= moment,
        Account.closed_at.is_(None),
    )
    return list(session.scalars(statement.order_by(Account.id).with_for_update()))
