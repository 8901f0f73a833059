"""A month of 1,000 members, day by day: who got how many mails, when, and about what."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import count

import pytest
from sqlalchemy import func, insert, select

from inforo import clock
from inforo.accounts.models import Account
from inforo.db import session
from inforo.digests.jobs import send_digests
from inforo.digests.models import Digest
from inforo.mail import Mail
from inforo.mailings.jobs import send_bundles
from inforo.notifications.actions import notify_all
from inforo.notifications.models import (
    Event,
    MailOutcome,
    MailSettings,
    Notification,
    Rhythm,
)
from inforo.offices.workdays import is_working_day
from tests.factories import make_anna, make_bernd, make_example, make_group, make_thread

FIRST = date(2026, 12, 1)
DAYS = 31
MEMBERS = 1_000
BUSY = 10  # people whose threads get more answers a day than there are mails
SUSPENDED_ON = 15
DIGEST, BUNDLE = "digests:digest", "mailings:bundle"
keys = count(1)


def be_at(day: date, hour: int) -> None:
    moment = datetime.combine(day, time(hour, 1), clock.BERLIN)
    clock.shift(clock.offset + (moment - clock.now()))


def rhythm_of(number: int) -> Rhythm:
    if number % 10 == 3:
        return Rhythm.NEVER
    return Rhythm.DAILY if number % 50 == 7 else Rhythm.WEEKLY


def fill() -> list[Account]:
    """Make the members in a few statements; every fourth can help with Lotsen."""
    session.execute(insert(Account), [row_of(number) for number in range(MEMBERS)])
    people = list(session.scalars(select(Account).order_by(Account.id)))
    session.execute(
        insert(MailSettings),
        [
            {"account_id": each.id, "rhythm": rhythm_of(number), "weekday": number % 5}
            for number, each in enumerate(people)
        ],
    )
    session.commit()
    return people


def row_of(number: int) -> dict[str, object]:
    return {
        "name": f"Mitglied {number}",
        "email": f"m{number}@monat.example",
        "email_key": f"m{number}@monat.example",
        "state_code": "BW" if number % 2 else "NW",
        "helps_with": "Lotsen" if number % 4 == 0 else "",
        "helps_key": "lotsen" if number % 4 == 0 else "",
        "approved_at": clock.now() - timedelta(days=400),
        "created_at": clock.now() - timedelta(days=400),
    }


def happen(people: list[Account], day: date) -> None:
    """Let the day bring a question, now and then an example, and a lot to the busy ones."""
    if day.weekday() in (0, 3):
        asked = f"Wie bezahlen wir Lotsen, {day:%d. %m.}?"
        make_thread(asked, group=make_group(), author=make_bernd())
    if day.weekday() == 2:
        make_example(f"Beispiel {day:%d. %m.}", author=make_anna())
    tell(people[::20], Event.QUESTION, f"Neue Frage {day:%d. %m.}")
    for _number in range(12):
        tell(people[:BUSY], Event.ANSWER, "Neue Antwort")
    session.commit()


def tell(people: list[Account], event: Event, title: str) -> None:
    notify_all(people, event, key=f"month:{next(keys)}", title=title, url="/hilfe")


@pytest.fixture
def month() -> list[Account]:
    be_at(FIRST - timedelta(days=1), 20)
    people = fill()
    send_digests()
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        for hour in (7, 12, 18):
            be_at(day, hour)
            if hour == 12:
                happen(people, day)
            send_bundles()
            send_digests()
        if day.day == SUSPENDED_ON:
            people[0].suspended_at = clock.now()
            session.commit()
    return people


def day_of(mail: object) -> date:
    return mail.created_at.astimezone(clock.BERLIN).date()


def test_a_month_of_a_thousand_members(month):
    rows = session.execute(
        select(Mail.account_id, Mail.event, Mail.created_at, Mail.text).order_by(Mail.id)
    ).all()
    lands = {each.id: each.state_code for each in month}
    members = [row for row in rows if row.account_id in lands]
    digests = [row for row in members if row.event == DIGEST]
    bundles = Counter((row.account_id, day_of(row)) for row in members if row.event == BUNDLE)

    assert digests
    assert all(is_working_day(day_of(row), lands[row.account_id]) for row in digests)
    assert all(1 <= row.text.count("\n* ") <= 7 for row in digests)
    per_day = Counter((row.account_id, day_of(row)) for row in digests)
    assert set(per_day.values()) == {1}
    check_rhythms(month, Counter(row.account_id for row in digests))
    check_busy_people(month, bundles, digests)
    check_outcomes(month)


def check_rhythms(people: list[Account], digests: Counter[int]) -> None:
    """Weekly is at most once a week, daily on working days, never is never."""
    of_rhythm = {
        rhythm: [digests[each.id] for n, each in enumerate(people) if rhythm_of(n) is rhythm]
        for rhythm in Rhythm
    }
    assert set(of_rhythm[Rhythm.NEVER]) == {0}
    assert max(of_rhythm[Rhythm.WEEKLY]) <= 5
    assert 5 < max(of_rhythm[Rhythm.DAILY]) <= 22
    assert sum(of_rhythm[Rhythm.WEEKLY]) > MEMBERS


def check_busy_people(
    people: list[Account], bundles: Counter[tuple[int, date]], digests: list
) -> None:
    """Ten mails a day and no more; the rest is told in the digest, with the reason."""
    busy = [each.id for each in people[:BUSY]]
    assert {key[0] for key in bundles} == set(busy)
    assert set(bundles.values()) == {10}
    assert len(bundles) == DAYS * BUSY - (DAYS - SUSPENDED_ON)
    told = [row.text for row in digests if row.account_id in busy]
    assert any("höchstens 10 E-Mails" in text for text in told)


def check_outcomes(people: list[Account]) -> None:
    """Everything told has an outcome; who is suspended got nothing after that day."""
    statement = select(Notification.mail_outcome, func.count(Notification.id))
    found = dict(session.execute(statement.group_by(Notification.mail_outcome)).all())
    assert found.keys() <= {
        MailOutcome.SENT,
        MailOutcome.CAP,
        MailOutcome.DIGEST,
        MailOutcome.DIGESTED,
        MailOutcome.INACTIVE,
    }
    assert found[MailOutcome.SENT] == 10 * (DAYS * BUSY - (DAYS - SUSPENDED_ON))
    last = select(func.max(Mail.created_at)).where(Mail.account_id == people[0].id)
    assert session.scalar(last).astimezone(clock.BERLIN).day == SUSPENDED_ON
    assert session.scalar(select(func.count(Digest.id))) > MEMBERS
