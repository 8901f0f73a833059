"""A report goes to the office in charge; both sides hear the outcome."""

import pytest
from sqlalchemy import select

from inforo.audit import LogEntry
from inforo.db import session
from inforo.notifications.models import Event, Notification
from inforo.offices.models import WorkItem
from inforo.reports.models import Report
from tests.factories import (
    make_anna,
    make_bernd,
    make_clara,
    make_doris,
    make_group,
    make_post,
    make_thread,
)

REASON = "Bitte nur eine Frage je Diskussion."


def told(account) -> list[Notification]:
    statement = select(Notification).where(Notification.account_id == account.id)
    return list(session.scalars(statement.order_by(Notification.id)))


def log(action: str) -> LogEntry | None:
    return session.scalar(select(LogEntry).where(LogEntry.action == action))


@pytest.mark.parametrize("decision", ["hide", "keep"])
def test_report_is_decided_and_both_sides_are_told(browser, new_browser, decision):
    anna, bernd = make_anna(), make_bernd()
    thread = make_thread()
    post = make_post(thread, "Kaufen Sie bei uns!", author=bernd)
    page = browser.sign_in(anna).open(thread.path)
    page = browser.open(f"/beitraege/{post.id}/melden")
    page.submit("report", reason="advertising", text="Werbung")
    page.submit("report", reason="advertising", text="Werbung")

    [item] = session.scalars(select(WorkItem))
    assert item.state_code == "BW"
    office = new_browser().sign_in(make_clara())
    page = office.open(item.url)
    assert "Kaufen Sie bei uns!" in page.main
    office_form = page.html.select_one("form#decide")
    data = {
        "csrf_token": office_form.select_one("[name=csrf_token]")["value"],
        "reason": REASON,
        "decision": decision,
    }
    office.client.post(item.url, data=data)

    session.refresh(item)
    session.refresh(post)
    assert item.closed_at
    assert bool(post.hidden_at) is (decision == "hide")
    assert told(anna)[-1].event is Event.DECISION
    assert REASON in told(anna)[-1].text
    assert REASON in told(bernd)[-1].text


def test_report_of_a_closed_group_shows_one_post_and_is_logged(browser, new_browser):
    anna, bernd = make_anna(), make_bernd()
    group = make_group("Interne", audience="closed", members=(anna, bernd))
    thread = make_thread("KANARIE-1", group=group, author=bernd, posts=("KANARIE-2",))
    post = make_post(thread, "Der gemeldete Satz.", author=bernd)
    browser.sign_in(anna).open(f"/beitraege/{post.id}/melden").submit("report", reason="rude")
    [item] = session.scalars(select(WorkItem))

    office = new_browser().sign_in(make_clara())
    page = office.open(item.url)

    assert item.title == "Meldung in einer geschlossenen Gruppe"
    assert "Der gemeldete Satz." in page.main
    assert "KANARIE" not in page.response.text
    assert log("read_reported")
    office.open(thread.path, 404)
    office.open(f"/beitraege/{post.id}", 404)
    new_browser().sign_in(make_doris()).open(item.url, 404)


def test_nobody_decides_on_the_own_post(browser, new_browser):
    clara = make_clara()
    post = make_post(make_thread(), "Von Clara", author=clara)
    browser.sign_in(make_anna()).open(f"/beitraege/{post.id}/melden").submit("report")
    report = session.scalar(select(Report))

    page = new_browser().sign_in(clara).open(f"/arbeitskorb/meldungen/{report.id}")

    assert "Ihr eigener Beitrag" in page.main
    assert not page.has_form("decide")
