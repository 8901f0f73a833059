"""Unanswered questions for tests, on days that mean the same every year."""

from datetime import datetime, timedelta
from typing import Any

from inforo import clock
from inforo.accounts.models import AccountTerm
from inforo.clock import BERLIN
from inforo.rising.models import HelpRequest
from tests.factories import make_account, make_thread, save

MONDAY = "2026-11-30"


def set_clock(day: str, hour: int = 10) -> None:
    """Let it be that day in Germany."""
    wanted = datetime.fromisoformat(day).replace(hour=hour, tzinfo=BERLIN)
    clock.shift(timedelta())
    clock.shift(wanted - clock.now())


def at(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=BERLIN)


def make_question(title: str = "Hebammen für Schulungen gesucht", **values: Any) -> Any:
    """Make a question of that Monday, without an answer."""
    return make_thread(title, **({"created_at": at(MONDAY)} | values))


def make_helper(name: str = "Heike", helps_with: str = "Netzwerke der Hebammen", **values: Any):
    """Make somebody who agreed to be asked."""
    topics = values.pop("topics", ())
    given = {"helps_with": helps_with, "may_be_asked_at": clock.now()} | values
    account = make_account(name, **given)
    for term in topics:
        save(AccountTerm(account_id=account.id, term_id=term.id))
    return account


def make_request(thread: Any, account: Any, **values: Any) -> HelpRequest:
    return save(HelpRequest(thread_id=thread.id, account_id=account.id, **values))
