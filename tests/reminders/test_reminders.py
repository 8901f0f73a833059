"""Being reminded of threads and examples on a day one chose."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.notifications.models import Event
from inforo.reminders import policy
from inforo.reminders.jobs import forget_done, tell_due
from inforo.reminders.models import Reminder
from tests.discussions.test_writing import told
from tests.factories import (
    actor,
    join,
    make_anna,
    make_bernd,
    make_example,
    make_frieda,
    make_group,
    make_thread,
)
from tests.memberships.asking import press
from tests.reminders.making import make_reminder


def in_days(days):
    return clock.today() + timedelta(days=days)


def only_reminder():
    return session.scalars(select(Reminder)).one()


def test_thread_is_put_off_to_a_day_with_a_note(browser):
    thread = make_thread("Was kostet das?")
    page = browser.sign_in(make_anna()).open(thread.path).follow("Auf Wiedervorlage legen")

    page = page.submit("reminder", due_on=in_days(30).isoformat(), note="Zahlen nachreichen")

    assert page.url == thread.path
    assert (only_reminder().due_on, only_reminder().thread_id) == (in_days(30), thread.id)
    page = page.follow("Auf Wiedervorlage legen")
    assert "Zahlen nachreichen" in page.main


def test_example_is_put_off_and_listed(browser):
    example = make_example("Elternlotsen")
    browser.sign_in(make_anna())
    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}")

    page.follow("Auf Wiedervorlage legen").submit("reminder", note="Im Team zeigen")

    page = browser.open("/konto/wiedervorlage")
    assert "Elternlotsen" in page.main
    assert "Im Team zeigen" in page.main
    assert only_reminder().due_on == in_days(7)


@pytest.mark.parametrize(("typed", "sentence"), [
    ("", "an welchem Tag"),
    ("morgen", "z. B. 24.12.2026"),
    ("2020-01-01", "schon vorbei"),
    ("2099-01-01", "fünf Jahre"),
])  # fmt: skip
def test_days_that_make_no_sense_are_explained_and_the_note_stays(browser, typed, sentence):
    page = browser.sign_in(make_anna()).open(f"/diskussionen/{make_thread().id}/wiedervorlage")

    page = page.submit("reminder", due_on=typed, note="Bleibt stehen", status=422)

    assert sentence in page.main
    assert page.html.select_one("textarea").text.strip() == "Bleibt stehen"


def test_day_tells_once(browser):
    anna, thread = make_anna(), make_thread("Was kostet das?")
    make_reminder(anna, thread, days=2, note="Zahlen nachreichen")
    tell_due()
    assert told(anna) == []

    clock.offset = timedelta(days=2)
    tell_due()
    tell_due()

    [news] = told(anna)
    assert news.event is Event.REMINDER
    assert (news.title, news.text) == ("Wiedervorlage: Was kostet das?", "Zahlen nachreichen")
    assert "Was kostet das?" in browser.sign_in(anna).open(news.url).main


def test_what_one_may_not_see_any_more_is_not_named(browser):
    anna, group = make_anna(), make_group(audience="closed")
    membership = join(group, anna)
    make_reminder(anna, make_thread("KANARIE", group=group), days=0, note="Meine Notiz")
    session.delete(membership)
    session.commit()

    tell_due()

    [news] = told(anna)
    assert (news.title, news.about) == ("Eine Wiedervorlage", "")
    page = browser.sign_in(anna).open("/konto/wiedervorlage")
    assert "Meine Notiz" in page.main
    assert "KANARIE" not in page.main
    assert "KANARIE" not in browser.open(news.url).main


def test_reminder_is_moved_and_tells_again(browser):
    anna = make_anna()
    reminder = make_reminder(anna, make_thread(), days=0)
    tell_due()
    page = browser.sign_in(anna).open("/konto/wiedervorlage").follow("Verschieben")

    page.submit("reminder", due_on=in_days(3).isoformat(), note="Später")
    clock.offset = timedelta(days=3)
    tell_due()

    session.expire_all()
    assert session.get(Reminder, reminder.id).note == "Später"
    assert len(told(anna)) == 2


def test_note_of_a_day_that_has_come_can_be_changed(browser):
    anna = make_anna()
    reminder = make_reminder(anna, make_thread(), days=-3)

    page = browser.sign_in(anna).open(f"/konto/wiedervorlage/{reminder.id}")
    page.submit("reminder", note="Immer noch")

    session.expire_all()
    assert only_reminder().note == "Immer noch"


def test_second_window_does_not_overwrite_the_first(browser):
    anna = make_anna()
    address = f"/konto/wiedervorlage/{make_reminder(anna, make_thread()).id}"
    late = browser.sign_in(anna).open(address)
    browser.open(address).submit("reminder", note="Erste Notiz")

    late.submit("reminder", note="Zweite Notiz", status=409)

    session.expire_all()
    assert only_reminder().note == "Erste Notiz"


def test_done_leaves_the_list_and_comes_back(browser):
    anna = make_anna()
    reminder = make_reminder(anna, make_thread("Was kostet das?"), days=0)
    tell_due()
    address = f"/konto/wiedervorlage/{reminder.id}/erledigt"
    page = browser.sign_in(anna).open("/konto/wiedervorlage")

    press(page, address)
    assert "Was kostet das?" not in browser.open("/konto/wiedervorlage").main
    session.expire_all()
    assert told(anna)[0].read_at

    press(browser.open("/konto/wiedervorlage?erledigt=1"), address)
    assert "Was kostet das?" in browser.open("/konto/wiedervorlage").main


def test_reminder_is_deleted(browser):
    anna = make_anna()
    reminder = make_reminder(anna, make_thread())

    browser.sign_in(anna).open(f"/konto/wiedervorlage/{reminder.id}").submit("delete")

    assert session.scalars(select(Reminder)).all() == []


def test_done_reminders_are_forgotten():
    anna, thread = make_anna(), make_thread()
    make_reminder(anna, thread, done_at=clock.now())
    kept = make_reminder(anna, thread).id
    clock.offset = timedelta(days=91)

    forget_done()

    assert only_reminder().id == kept


def test_list_costs_the_same_however_long_it_is(browser, count_queries):
    anna = make_anna()
    browser.sign_in(anna)
    make_reminder(anna, make_thread())
    one = count_queries(lambda: browser.open("/konto/wiedervorlage"))
    for _ in range(4):
        make_reminder(anna, make_thread())
        make_reminder(anna, make_example())

    assert count_queries(lambda: browser.open("/konto/wiedervorlage")) == one <= 12


def test_rule_in_python_and_in_sql_is_the_same():
    anna, bernd, frieda = make_anna(), make_bernd(), make_frieda()
    reminders = [make_reminder(person, make_thread()) for person in (anna, bernd)]

    for who in map(actor, (anna, bernd, frieda)):
        statement = select(Reminder).where(policy.visible_to(who))
        seen = set(session.scalars(statement))
        assert seen == {each for each in reminders if policy.may_view(who, each)}
