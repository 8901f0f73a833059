"""Deadlines: in the working days of the Land, with a reminder before and a word after."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from inforo import clock, jobs
from inforo.db import session
from inforo.notifications.models import Notification
from inforo.offices.models import Absence, WorkItem
from inforo.offices.workdays import working_day_after
from inforo.reviews.jobs import remind
from inforo.reviews.models import Stage
from tests import factories
from tests.reviews.things import Story, ratings


@pytest.fixture
def story(new_browser):
    yield Story(new_browser)
    clock.shift(timedelta())


def told(story, who, words):
    """Count how often somebody was told something with these words."""
    session.expire_all()
    statement = select(Notification.title).where(Notification.account_id == story.ids[who])
    return sum(words in title for title in session.scalars(statement))


def go_to(day: date):
    """Let it be noon of a day."""
    clock.shift(timedelta())
    clock.shift(timedelta(days=(day - clock.today()).days))


def test_each_stage_has_its_deadline_in_review_and_basket(story):
    story.submit()
    today = clock.today()
    item = session.scalars(select(WorkItem)).one()
    assert story.review().due_on == working_day_after(10, today, "BW")
    session.refresh(item)
    assert item.due_on == story.review().due_on

    story.propose()

    review = story.review()
    due = working_day_after(15, today, "BW")
    assert {review.due_on, *(reading.due_on for reading in review.readings)} == {due}


def test_basket_marks_and_finds_what_is_overdue(story):
    story.submit()
    assert "überfällig" not in story.open("clara", "/arbeitskorb/").html.table.text

    item = session.scalars(select(WorkItem)).one()
    item.due_on = clock.today() - timedelta(days=1)
    session.commit()

    page = story.open("clara", "/arbeitskorb/?frist=ueberfaellig")
    assert "überfällig" in page.html.table.text
    assert len(page.html.select("tbody tr")) == 1
    item = session.scalars(select(WorkItem)).one()
    item.due_on = clock.today()
    session.commit()
    page = story.open("clara", "/arbeitskorb/?frist=ueberfaellig")
    assert page.html.select("tbody tr") == []


def test_who_acts_is_reminded_once_and_the_office_after_the_deadline(story):
    story.submit()
    due = story.review().due_on
    remind()
    assert told(story, "clara", "Die Frist läuft ab") == 0

    go_to(due - timedelta(days=1))
    for _time in range(2):
        remind()
    assert told(story, "clara", "Die Frist läuft ab") == 1
    go_to(due)
    remind()
    assert told(story, "clara", "Frist verstrichen") == 0
    go_to(due + timedelta(days=1))
    for _time in range(2):
        remind()

    assert told(story, "clara", "Frist verstrichen") == 1
    assert told(story, "carla", "Frist verstrichen") == 1
    assert told(story, "doris", "Frist") == 0


def test_reminder_goes_to_the_deputy_of_who_is_absent(story):
    story.submit()
    item = session.scalars(select(WorkItem)).one()
    item.taken_by_id = story.ids["clara"]
    due = story.review().due_on
    factories.save(
        Absence(
            account_id=story.ids["clara"],
            deputy_id=story.ids["carla"],
            starts_on=due - timedelta(days=3),
            ends_on=due + timedelta(days=3),
        )
    )

    go_to(due - timedelta(days=1))
    remind()

    assert told(story, "carla", "Die Frist läuft ab") == 1
    assert told(story, "clara", "Die Frist läuft ab") == 0


def test_reader_is_reminded_and_nobody_who_is_done(story):
    story.submit().propose()
    story.rate("carla", 1)
    story.take("doris", 2)
    due = story.review().due_on

    go_to(due - timedelta(days=1))
    remind()

    assert told(story, "doris", "Die Frist läuft ab") == 1
    assert told(story, "carla", "Die Frist läuft ab") == 0


def test_author_is_reminded_of_the_release(story):
    story.submit()
    story.open("clara", f"{story.own}/ausgangslage").submit("edit", problem="Von Clara")
    story.open("clara", story.desk).submit("publish")
    assert story.review().stage is Stage.RELEASE
    due = story.review().due_on

    go_to(due - timedelta(days=1))
    remind()

    assert told(story, "ida", "Die Frist läuft ab") == 1


def test_role_taken_away_ends_the_reminders(story):
    story.submit()
    due = story.review().due_on
    for role in session.scalars(
        select(factories.RoleAssignment).where(
            factories.RoleAssignment.account_id == story.ids["carla"]
        )
    ):
        session.delete(role)
    session.commit()

    go_to(due + timedelta(days=1))
    remind()

    assert told(story, "carla", "Frist") == 0
    assert told(story, "clara", "Frist verstrichen") == 1


def test_deputy_continues_a_reading_with_a_blank_form(story):
    story.submit().propose()
    story.take("carla", 1).submit("rate", button="save", **ratings(3, "KANARIE-ERSTE"))
    rita = factories.make_coordinator("BW", "Rita")
    factories.save(
        Absence(
            account_id=story.ids["carla"],
            deputy_id=rita.id,
            starts_on=clock.today(),
            ends_on=clock.today(),
        )
    )
    browser = story.browsers["ida"].__class__(story.browsers["ida"].client.application)

    page = browser.sign_in(rita).open(story.seat(1))
    assert "Carla ist abwesend; Sie vertreten." in page.main
    page = page.submit("take")

    assert "KANARIE-ERSTE" not in page.response.text
    page.submit("rate", button="submit", **ratings(2, "Rita"))
    assert story.review().readings[0].reader_id == rita.id
    jobs.work_all()
