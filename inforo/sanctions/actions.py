"""Restricting people until a day, and noting facts about them. Nothing here commits."""

from datetime import date, datetime, time, timedelta
from typing import Any

from inforo import audit, clock
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import session
from inforo.i18n import _l, written
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.people.actions import suspend
from inforo.sanctions.models import PersonNote


def end_of(day: date) -> datetime:
    """Return the moment at which a day in Germany is over."""
    following = datetime.combine(day + timedelta(days=1), time(), clock.BERLIN)
    return following.astimezone(clock.now().tzinfo)


def german(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def silence(actor: Actor, account: Account, last_day: date, reason: str) -> None:
    """Let somebody only read up to and including a day; they are told why."""
    account.silenced_until, account.silence_reason = end_of(last_day), reason
    audit.record(
        actor, "silence", account, f"{reason} ({german(last_day)})", title=account.name
    )
    title = _l("Sie können bis %(day)s lesen, aber nicht schreiben", day=german(last_day))
    tell(actor, account, title, _l("Begründung: %(reason)s", reason=reason))


def end_silence(actor: Actor, account: Account) -> None:
    account.silenced_until, account.silence_reason = None, ""
    audit.record(actor, "unsilence", account, title=account.name)
    tell(actor, account, _l("Sie können wieder schreiben"), "")


def suspend_until(actor: Actor, account: Account, last_day: date, reason: str) -> None:
    """Keep somebody out up to and including a day; then the account opens by itself."""
    ends = _l("Die Sperre endet von selbst nach dem %(day)s.", day=german(last_day))
    suspend(actor, account, f"{reason} {written(ends, account.language)}")
    account.suspended_until = end_of(last_day)


def tell(actor: Actor, account: Account, title: Any, words: Any) -> None:
    notify(
        account,
        Event.MODERATION,
        key=f"sanction:{account.id}:{clock.now().timestamp():.3f}",
        title=title,
        url="/konto/vermerke",
        text=words,
        actor=actor,
    )


def add_note(actor: Actor, account: Account, text: str) -> PersonNote:
    """Note a fact; colleagues of the scope and the person read it."""
    note = PersonNote(account=account, author_id=actor.account_id, text=text)
    session.add(note)
    audit.record(actor, "note_on_person", account, title=account.name)
    return note


def delete_note(actor: Actor, note: PersonNote) -> None:
    audit.record(actor, "delete_note_on_person", note.account, title=note.account.name)
    session.delete(note)
