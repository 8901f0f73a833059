"""Staff may publish without anybody being told; the log knows."""

from sqlalchemy import func, select

from inforo import jobs
from inforo.audit import LogEntry
from inforo.db import session
from inforo.notifications.models import Notification
from inforo.watching import actions as watching
from inforo.watching.models import Level, Target
from tests.factories import actor, make_anna, make_bernd, make_clara, make_group, make_thread


def followed_thread():
    thread = make_thread(group=make_group(audience="members"))
    watching.choose(actor(make_anna()), Target.THREAD, thread.id, Level.FOLLOW)
    session.commit()
    return thread


def count_told() -> int:
    jobs.work_all()
    return session.scalar(select(func.count(Notification.id)))


def test_coordinator_answers_without_anybody_being_told(browser):
    page = browser.sign_in(make_clara()).open(followed_thread().path)

    page = page.submit("reply", body="Nachgetragen, @Anna.", quiet="y")

    assert "Nachgetragen" in page.main
    assert count_told() == 0
    assert session.scalar(select(LogEntry.action)) == "publish_quietly"


def test_coordinator_asks_without_anybody_being_told(browser):
    group = make_group(audience="members")
    watching.choose(actor(make_anna()), Target.GROUP, group.id, Level.FOLLOW)
    session.commit()
    page = browser.sign_in(make_clara()).open("/diskussionen/neu")

    page.submit("thread", title="Alt", body="Text", group_id=str(group.id), quiet="y")

    assert count_told() == 0


def test_without_the_box_those_who_follow_are_told(browser):
    browser.sign_in(make_clara()).open(followed_thread().path).submit("reply", body="Ja.")

    assert count_told() == 1


def test_members_are_not_offered_the_box_and_cannot_fake_it(browser):
    thread = followed_thread()
    page = browser.sign_in(make_bernd()).open(thread.path)
    form = page.html.select_one("#reply")
    assert not form.select("[name=quiet]")

    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    browser.client.post(form["action"], data=fields | {"body": "Ja.", "quiet": "y"})

    assert count_told() == 1
