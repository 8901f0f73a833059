"""Everybody can find out why there was a mail or none; offices for people of their scope."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.audit import LogEntry
from inforo.db import session
from inforo.discussions.jobs import tell_followers
from inforo.groups.models import Membership
from inforo.notifications.actions import notify
from inforo.notifications.models import Event, MailOutcome, Notification
from inforo.watching import actions as watching
from inforo.watching.actions import watch_of
from inforo.watching.models import Level, Target
from tests.factories import (
    actor,
    make_anna,
    make_bernd,
    make_clara,
    make_doris,
    make_group,
    make_post,
    make_thread,
    save,
)
from tests.mailings.sending import mails_to, wait_for_mails
from tests.notifications.test_notifications import make_notification

PAGE = "/konto/benachrichtigungen/e-mails"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (MailOutcome.WAITING, "wartet noch"),
        (MailOutcome.UNWANTED, "So ist es in den Einstellungen gewählt"),
        (MailOutcome.NO_RIGHT, "nicht mehr zu sehen"),
        (MailOutcome.SEEN, "schon auf der Plattform gelesen"),
        (MailOutcome.INACTIVE, "gesperrt"),
        (MailOutcome.CAP, "an diesem Tag schon 10"),
        (MailOutcome.DIGEST, "in die nächste Zusammenfassung"),
        (MailOutcome.DIGESTED, "verschickt; wann"),
        (None, "bevor das festgehalten wurde"),
    ],
)
def test_every_outcome_has_its_sentence(browser, outcome, words):
    anna = make_anna()
    make_notification(anna, mail_outcome=outcome)

    assert words in browser.sign_in(anna).open(PAGE).main


def test_sent_mail_says_when(browser):
    anna = make_anna()
    notify(anna, Event.ANSWER, key="x", title="Neue Antwort", url="/hilfe")
    wait_for_mails()
    [letter] = mails_to(anna)
    assert "geht gleich hinaus" in browser.sign_in(anna).open(PAGE).main
    letter.sent_at = clock.now()
    session.commit()

    assert "E-Mail verschickt am" in browser.open(PAGE).main


def test_what_may_not_be_seen_any_more_is_not_named(browser):
    anna = make_anna()
    make_notification(anna, title="Geheimes", mail_outcome=MailOutcome.NO_RIGHT)

    assert "Geheimes" not in browser.sign_in(anna).open(PAGE).main


def test_page_costs_the_same_however_many(browser, count_queries):
    anna = make_anna()
    make_notification(anna, mail_outcome=MailOutcome.SEEN)
    browser.sign_in(anna)
    few = count_queries(lambda: browser.open(PAGE))
    for _number in range(8):
        make_notification(anna, mail_outcome=MailOutcome.SEEN)

    assert count_queries(lambda: browser.open(PAGE)) == few <= 12


@pytest.fixture
def thread():
    """A thread of Land A that Anna (A) and Bernd (B) follow, with one answer."""
    group = make_group(audience="members")
    thread = make_thread(group=group, created_at=clock.now() - timedelta(hours=1))
    for person in (make_anna(), make_bernd()):
        watching.choose(actor(person), Target.THREAD, thread.id, Level.FOLLOW)
    session.commit()
    tell_followers(post_id=make_post(thread).id)
    return thread


def test_office_sees_numbers_of_its_people_and_names_for_a_logged_reason(browser, thread):
    page = browser.sign_in(make_clara()).open(thread.path).follow("Wer wurde benachrichtigt?")
    assert page.html.select_one("tbody .table__number").text.strip() == "1"
    assert "Anna" not in page.main

    page = page.submit("look-up", reason="Anna fragt, warum keine E-Mail kam.")

    assert "Anna" in page.main
    assert "Bernd" not in page.main
    entry = session.scalar(select(LogEntry).where(LogEntry.action == "look_up_mails"))
    assert entry.reason == "Anna fragt, warum keine E-Mail kam."


def test_looking_up_needs_a_reason(browser, thread):
    page = browser.sign_in(make_clara()).open(f"/diskussionen/{thread.id}/e-mails")

    page = page.submit("look-up", status=422, reason="", name="Ann")

    assert "Bitte schreiben Sie, warum Sie nachsehen." in page.main
    assert session.scalar(select(LogEntry).where(LogEntry.action == "look_up_mails")) is None


def test_name_narrows_the_list(browser, thread):
    page = browser.sign_in(make_clara()).open(f"/diskussionen/{thread.id}/e-mails")

    page = page.submit("look-up", reason="Nachfrage", name="Zacharias")

    assert "Niemand mit diesem Namen." in page.main


def test_other_offices_and_closed_groups_stay_closed(browser, new_browser, thread):
    closed = make_thread(group=make_group(audience="closed"))

    browser.sign_in(make_doris()).open(f"/diskussionen/{thread.id}/e-mails", 403)
    new_browser().sign_in(make_clara()).open(f"/diskussionen/{closed.id}/e-mails", 404)
    assert session.scalars(select(Notification)).all()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (Target.THREAD, "Hat die Diskussion stumm geschaltet"),
        (Target.GROUP, "Hat die Gruppe stumm geschaltet"),
        (None, "Hat nichts gewählt"),
    ],
)
def test_who_was_told_nothing_is_found_by_name_with_the_reason(browser, target, words):
    thread, anna = make_thread(), make_anna()
    if target is not None:
        number = thread.id if target is Target.THREAD else thread.group_id
        save(watch_of(anna.id, target, number, Level.MUTE))
    page = browser.sign_in(make_clara()).open(f"/diskussionen/{thread.id}/e-mails")

    page = page.submit("look-up", name=anna.name, reason="Nachfrage")

    assert words in page.main
    assert "Ohne Nachricht" not in page.submit("look-up", name="", reason="Alle").main


def test_people_outside_the_scope_or_the_group_are_not_told_about(browser):
    group = make_group(audience="members")
    thread, bernd = make_thread(group=group), make_bernd()
    page = browser.sign_in(make_clara()).open(f"/diskussionen/{thread.id}/e-mails")

    page = page.submit("look-up", name=bernd.name, reason="Nachfrage")

    assert "Ohne Nachricht" not in page.main


@pytest.mark.parametrize("outcome", [MailOutcome.SENT, MailOutcome.DIGEST])
def test_what_the_person_may_no_longer_see_is_not_named(browser, outcome):
    anna = make_anna()
    group = make_group("Vertraulich", audience="closed", members=(anna,))
    thread = make_thread("Geheimer Haushalt", group=group)
    make_notification(
        anna,
        title=f"Neue Antwort: {thread.title}",
        subject=f"threads:{thread.id}",
        mail_outcome=outcome,
    )
    assert "Geheimer Haushalt" in browser.sign_in(anna).open(PAGE).main

    session.delete(session.scalar(select(Membership).filter_by(account_id=anna.id)))
    session.commit()

    page = browser.open(PAGE)
    assert "Geheimer Haushalt" not in page.response.text
    assert "Neue Antworten in Diskussionen, denen ich folge" in page.main
