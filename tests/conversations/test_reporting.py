"""A reported message: one admin reads it, logged, and nothing else is read."""

import pytest
from sqlalchemy import select

from inforo.audit import LogEntry
from inforo.conversations.models import Message, MessageReport
from inforo.db import session
from inforo.notifications.models import Event, Notification
from inforo.offices.models import WorkItem
from tests.conversations.making import answer, first_message, make_conversation, report
from tests.factories import make_anna, make_bernd, make_clara, make_emil, make_frieda


def told(account):
    statement = select(Notification).where(Notification.account_id == account.id)
    return list(session.scalars(statement.order_by(Notification.id)))


def logged():
    return list(session.scalars(select(LogEntry.action).order_by(LogEntry.id)))


def press(page, decision, reason="So nicht."):
    form = page.html.select_one("form#decide")
    token = form.select_one("[name=csrf_token]")["value"]
    data = {"csrf_token": token, "reason": reason, "decision": decision}
    return page.browser.client.post(form["action"], data=data)


def test_admin_reads_the_reported_message_and_nothing_around_it(browser, new_browser):
    anna, bernd, frieda = make_anna(), make_bernd(), make_frieda()
    made = make_conversation(anna, bernd, subject="Geheim eins", body="Davor geschrieben")
    answer(bernd, made, "Der böse Satz")
    page = browser.sign_in(anna).open(made.path).follow("Melden")
    assert "Der böse Satz" in page.main
    page.submit("report", reason="rude", text="Beleidigt mich")
    [item] = session.scalars(select(WorkItem))
    assert "Geheim" not in item.title
    assert [each.url for each in told(frieda)] == [item.url]

    admin = new_browser().sign_in(frieda)
    page = admin.open(item.url)

    assert "Der böse Satz" in page.main
    assert "Geheim eins" not in page.response.text
    assert "Davor geschrieben" not in page.response.text
    assert logged()[-1] == "read_message"
    admin.open(made.path, 404)


@pytest.mark.parametrize("decision", ["hide", "keep"])
def test_report_is_decided_and_both_sides_are_told(browser, new_browser, decision):
    anna, bernd = make_anna(), make_bernd()
    made = make_conversation(bernd, anna, body="Der böse Satz")
    reported = report(anna, first_message(made))
    [item] = session.scalars(select(WorkItem))
    page = browser.sign_in(make_frieda()).open(f"/arbeitskorb/nachrichten/{reported.id}")

    assert press(page, decision).status_code == 303

    session.expire_all()
    assert item.closed_at
    assert logged()[-1] == f"{decision}_message"
    assert [told(anna)[-1].event, told(bernd)[-1].event] == [Event.DECISION, Event.MODERATION]
    shown = new_browser().sign_in(anna).open(made.path)
    assert ("Der böse Satz" in shown.main) is (decision == "keep")
    assert ("nach einer Meldung entfernt" in shown.main) is (decision == "hide")
    if decision == "hide":
        assert (
            "böse" not in new_browser().sign_in(bernd).open("/nachrichten/?q=böse").main[200:]
        )


@pytest.mark.parametrize("make", [make_clara, make_emil])
def test_offices_and_editors_neither_read_nor_hear_of_it(browser, make):
    anna, bernd, reader = make_anna(), make_bernd(), make()
    made = report(bernd, first_message(make_conversation(anna, bernd)))
    browser.sign_in(reader)

    browser.open(f"/arbeitskorb/nachrichten/{made.id}", 404)

    assert "private" not in browser.open("/arbeitskorb/").main
    assert told(reader) == []


def test_second_report_of_a_person_changes_nothing():
    anna, bernd = make_anna(), make_bernd()
    message = first_message(make_conversation(anna, bernd))

    for _ in range(2):
        report(bernd, message)

    assert len(session.scalars(select(MessageReport)).all()) == 1


def test_own_and_hidden_messages_cannot_be_reported(browser, new_browser):
    anna, bernd = make_anna(), make_bernd()
    made = make_conversation(anna, bernd)
    message = first_message(made)

    browser.sign_in(anna).open(f"/nachrichten/melden/{message.id}", 403)
    new_browser().sign_in(bernd).open(f"/nachrichten/melden/{message.id}")
    message.hidden_at = message.created_at
    session.commit()
    for reader in (browser, new_browser().sign_in(bernd)):
        reader.open(f"/nachrichten/melden/{message.id}", 404)


def test_nobody_decides_on_the_own_message(browser):
    bernd, frieda = make_bernd(), make_frieda()
    message = first_message(make_conversation(frieda, bernd))
    made = report(bernd, message)

    page = browser.sign_in(frieda).open(f"/arbeitskorb/nachrichten/{made.id}")

    assert not page.has_form("decide")
    token = page.html.select_one("#sign-out [name=csrf_token]")["value"]
    data = {"csrf_token": token, "reason": "Doch", "decision": "keep"}
    answered = browser.client.post(f"/arbeitskorb/nachrichten/{made.id}", data=data)
    assert answered.status_code == 403
    session.expire_all()
    assert session.get(MessageReport, made.id).decided_at is None


def test_decision_is_taken_once(browser):
    anna, bernd = make_anna(), make_bernd()
    made = report(bernd, first_message(make_conversation(anna, bernd)))
    page = browser.sign_in(make_frieda()).open(f"/arbeitskorb/nachrichten/{made.id}")
    press(page, "keep")

    assert press(page, "hide").status_code == 409

    session.expire_all()
    assert session.scalar(select(Message)).hidden_at is None
