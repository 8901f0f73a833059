"""A reported page goes to the office in charge, which sees nothing around it."""

import pytest
from sqlalchemy import select

from inforo.audit import LogEntry
from inforo.db import session
from inforo.notifications.models import Event, Notification
from inforo.offices.models import WorkItem
from inforo.reports.models import PageReport
from tests.factories import (
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_doris,
    make_group,
)
from tests.wiki.making import make_page

REASON = "Auf Seiten stehen keine Namen von Familien."


def told(account) -> list[Notification]:
    statement = select(Notification).where(Notification.account_id == account.id)
    return list(session.scalars(statement.order_by(Notification.id)))


def report(browser, page, **values):
    browser.open(page.path).follow("Seite melden").submit("report", **values)
    return session.scalars(select(WorkItem)).one()


def decide(office, item, decision: str, reason: str = REASON):
    form = office.open(item.url).html.select_one("form#decide")
    token = form.select_one("[name=csrf_token]")["value"]
    data = {"csrf_token": token, "reason": reason, "decision": decision}
    return office.client.post(item.url, data=data)


@pytest.mark.parametrize("decision", ["delete", "keep"])
def test_report_is_decided_and_both_sides_are_told(browser, new_browser, decision):
    anna, bernd = make_anna(), make_bernd()
    page = make_page(make_group(members=(anna, bernd)), "Fälle", "Familie M.", author=bernd)
    item = report(browser.sign_in(anna), page, reason="personal_data", text="Namen")
    assert (item.state_code, item.title) == ("BW", "Meldung: Fälle")
    office = new_browser().sign_in(make_clara())
    assert "Familie M." in office.open(item.url).main

    assert decide(office, item, decision).status_code == 303

    session.expire_all()
    assert item.closed_at
    assert page.is_deleted is (decision == "delete")
    assert told(anna)[-1].event is Event.DECISION
    assert REASON in told(anna)[-1].text
    assert told(bernd)[-1].event is Event.MODERATION
    assert REASON in told(bernd)[-1].text


def test_second_report_of_the_same_person_is_the_first(browser):
    anna = make_anna()
    page = make_page(make_group(members=(anna,)))
    browser.sign_in(anna)
    for _ in range(2):
        report(browser, page, reason="rude")

    assert len(session.scalars(select(PageReport)).all()) == 1


def test_page_of_a_closed_group_is_shown_alone_and_its_reading_is_logged(browser, new_browser):
    anna = make_anna()
    group = make_group("Interne", audience="closed", members=(anna,))
    make_page(group, "KANARIE-1", "KANARIE-2")
    page = make_page(group, "Fälle", "Der gemeldete Satz. [[KANARIE-1|dort]]")
    item = report(browser.sign_in(anna), page, reason="rude")

    office = new_browser().sign_in(make_clara())
    shown = office.open(item.url)

    assert item.title == "Meldung in einer geschlossenen Gruppe"
    assert "Der gemeldete Satz." in shown.main
    assert "KANARIE" not in shown.response.text
    assert "Interne" not in shown.response.text
    actions = session.scalars(select(LogEntry.action)).all()
    assert actions == ["read_reported_page"]
    office.open(page.path, 404)
    new_browser().sign_in(make_doris()).open(item.url, 404)


def test_decision_without_reason_is_refused(browser, new_browser):
    anna = make_anna()
    item = report(browser.sign_in(anna), make_page(make_group(members=(anna,))), reason="rude")
    office = new_browser().sign_in(make_clara())

    assert decide(office, item, "delete", "").status_code == 422


def test_nobody_reports_or_decides_what_they_wrote(browser, new_browser):
    anna, clara = make_anna(), make_clara()
    page = make_page(make_group(members=(anna, clara)), author=clara)
    item = report(browser.sign_in(anna), page, reason="rude")

    office = new_browser().sign_in(clara)

    assert "Seite melden" not in office.open(page.path).main
    shown = office.open(item.url)
    assert "haben Sie selbst geschrieben" in shown.main
    assert not shown.has_form("decide")


def test_managers_hear_of_reports_in_their_group(browser):
    anna, olga = make_anna(), make_account("Olga")
    page = make_page(make_group(members=(anna,), managers=(olga,)))
    report(browser.sign_in(anna), page, reason="wrong")

    assert told(olga)[-1].title == "Eine Seite Ihrer Gruppe wurde gemeldet"
