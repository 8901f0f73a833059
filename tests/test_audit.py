"""The log stays as it was written; the database itself sees to that."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from inforo import audit, clock
from inforo.audit import LogEntry
from inforo.db import session
from tests.factories import actor, make_clara, make_thread


@pytest.fixture
def entry():
    audit.record(actor(make_clara()), "lock", make_thread(), "Grund", title="Titel")
    session.commit()
    return session.scalar(select(LogEntry))


@pytest.mark.parametrize(
    "change",
    [
        update(LogEntry).values(reason="Anderer Grund"),
        update(LogEntry).values(title=""),
        update(LogEntry).values(state_code=None, actor_id=None),
        update(LogEntry).values(created_at=clock.now() - timedelta(days=800)),
        delete(LogEntry),
    ],
    ids=["reason", "title", "scope", "time", "delete"],
)
def test_entry_never_changes(entry, change):
    with pytest.raises(DBAPIError, match="never change"), session.begin_nested():
        session.execute(change)

    session.expire_all()
    assert session.scalars(select(LogEntry.reason)).all() == ["Grund"]


def test_entry_forgets_a_person_whose_account_is_erased(entry):
    session.execute(update(LogEntry).values(actor_id=None))
    session.commit()

    assert session.scalar(select(LogEntry)).reason == "Grund"


def test_entry_goes_after_two_years():
    clock.shift(timedelta(days=-800))
    audit.record(actor(make_clara()), "lock", make_thread())
    session.commit()
    clock.shift(timedelta())

    session.execute(delete(LogEntry))

    assert session.scalar(select(LogEntry)) is None


def test_log_forgets_what_is_older_than_two_years_and_nothing_else():
    thread, clara = make_thread(), make_clara()
    for days in (800, 700):
        clock.shift(timedelta(days=-days))
        audit.record(actor(clara), f"before_{days}", thread)
        session.commit()
    clock.shift(timedelta())

    audit.forget_log_entries()

    assert session.scalars(select(LogEntry.action)).all() == ["before_700"]
