"""The status in the Partnerprozess: set by offices, shown with its history."""

from datetime import date

import pytest
from sqlalchemy import select

from inforo.audit import LogEntry
from inforo.db import session
from inforo.notifications.models import Notification
from inforo.partnership.models import MunicipalityProfile, Partnership, PartnershipStatus
from tests import factories
from tests.partnership.making import make_profile
from tests.reference import BRUCHSAL, MANNHEIM

STATUS = "/kommunen/08222000/partnerschaft"
SHOW = "/kommunen/08222000-mannheim"


@pytest.fixture
def clara(browser):
    return browser.sign_in(factories.make_clara())


def send(browser, state, since, note="", expect=303):
    page = browser.open(STATUS)
    form = page.html.select_one("form#partnership-status")
    data = {
        "csrf_token": form.select_one("[name=csrf_token]")["value"],
        "idempotency_key": form.select_one("[name=idempotency_key]")["value"],
        "status": state,
        "since": since,
        "note": note,
    }
    response = browser.client.post(STATUS, data=data)
    assert response.status_code == expect, response.text
    return response


def test_the_newest_date_is_what_counts(clara):
    make_profile()
    send(clara, "partner", "2012-11-29", "Vereinbarung unterschrieben")
    send(clara, "interessiert", "2012-02-06")

    profile = session.scalar(select(MunicipalityProfile))
    session.refresh(profile)
    assert profile.status is PartnershipStatus.PARTNER
    assert profile.status_since == date(2012, 11, 29)
    page = clara.open(SHOW)
    steps = [step.text.strip() for step in page.html.select(".timeline__title")]
    assert steps == ["interessiert", "Partner"]
    assert "29. November 2012" in page.main
    assert "Vereinbarung unterschrieben" in page.main


def test_a_municipality_without_profile_has_a_status_too(clara, new_browser):
    send(clara, "interessiert", "2024-05-01")

    page = new_browser().open(SHOW)

    assert "interessiert" in page.main
    assert "noch nicht vorgestellt" in page.main
    assert "interessiert" in new_browser().open("/kommunen/?status=interessiert").main


def test_a_step_is_recorded_and_logged(clara):
    send(clara, "partner", "2020-01-01", "unterschrieben")

    step = session.scalar(select(Partnership))
    entry = session.scalar(select(LogEntry).where(LogEntry.action == "status"))
    assert (step.ags, step.note) == (MANNHEIM, "unterschrieben")
    assert entry.actor_id == step.recorded_by_id
    assert entry.subject == f"municipalities:{MANNHEIM}"


def test_a_status_does_not_disturb_who_is_writing(clara, new_browser):
    make_profile()
    editor = new_browser().sign_in(factories.make_profile_editor())
    writing = editor.open("/kommunen/08222000/bearbeiten")
    send(clara, "partner", "2020-01-01")

    assert "Neuer Satz" in writing.submit("profile", motto="Neuer Satz").main


@pytest.mark.parametrize(
    ("since", "message"),
    [
        ("2999-01-01", "Zukunft"),
        ("1999-01-01", "noch nicht"),
        ("", "Datum an"),
        ("gestern", ""),
    ],
)
def test_impossible_dates_are_explained(clara, since, message):
    answer = send(clara, "partner", since, expect=422)

    assert message in answer.text
    assert session.scalar(select(Partnership)) is None


def test_the_same_step_twice_is_refused(clara):
    send(clara, "partner", "2020-01-01")

    answer = send(clara, "partner", "2020-01-01", expect=422)

    assert "schon eingetragen" in answer.text


def test_a_form_sent_twice_records_once(clara):
    page = clara.open(STATUS)
    form = page.html.select_one("form#partnership-status")
    data = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    data |= {"status": "partner", "since": "2020-01-01"}

    first, second = (clara.client.post(STATUS, data=data) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(session.scalars(select(Partnership)).all()) == 1


def test_national_editors_record_a_status_but_do_not_edit(browser):
    emil = browser.sign_in(factories.make_emil())

    send(emil, "interessiert", "2020-01-01")

    assert "Profil anlegen" not in emil.open(SHOW).main


@pytest.mark.parametrize("who", ["anna", "doris", "profile_editor"])
def test_nobody_else_sets_a_status(browser, who):
    browser.sign_in(getattr(factories, f"make_{who}")())

    browser.open(STATUS, 403)


def test_those_who_keep_the_profile_are_told(clara):
    editor = factories.make_profile_editor()
    factories.make_profile_editor(BRUCHSAL, "Andere")

    send(clara, "partner", "2020-01-01", "unterschrieben")

    told = session.scalars(select(Notification)).all()
    assert [notification.account_id for notification in told] == [editor.id]
    assert told[0].title == "Mannheim: Partner im Partnerprozess"
    assert told[0].url == SHOW
