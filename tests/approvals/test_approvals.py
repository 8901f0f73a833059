"""The first two posts of a new member wait; nobody but the moderation sees them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from inforo import clock, jobs
from inforo.approvals.models import HeldPost
from inforo.approvals.queries import usual_wait
from inforo.audit import LogEntry
from inforo.config import settings
from inforo.db import session
from inforo.discussions.holding import must_wait
from inforo.discussions.models import Post, Thread
from inforo.notifications.models import Event, Notification
from inforo.offices.models import WorkItem, WorkKind
from tests.approvals.making import make_held, make_held_answer, make_newcomer
from tests.factories import (
    actor,
    join,
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_doris,
    make_group,
    make_post,
    make_thread,
    watch,
)


def told(account) -> list[Notification]:
    statement = select(Notification).where(Notification.account_id == account.id)
    return list(session.scalars(statement.order_by(Notification.id)))


def ask(browser, group, title="Wie fangen wir an?"):
    page = browser.open("/diskussionen/neu")
    return page.submit("thread", title=title, body="Wer hilft uns?", group_id=str(group.id))


def test_first_question_waits_and_only_its_author_and_the_office_see_it(browser, new_browser):
    group, clara, bernd = make_group("Offene"), make_clara(), make_bernd()
    newcomer = make_newcomer()
    browser.sign_in(newcomer)

    page = ask(browser, group)

    assert "wartet auf Freigabe" in page.main
    assert "am nächsten Arbeitstag" in page.main
    assert session.scalar(select(func.count(Thread.id))) == 0
    assert "Wie fangen wir an?" in browser.open("/freigaben/").main
    other = new_browser().sign_in(bernd)
    other.open(page.url, 404)
    assert "Wie fangen wir an?" not in other.open("/diskussionen/").main
    assert "Wie fangen wir an?" in new_browser().sign_in(clara).open(page.url).main
    assert told(clara)[0].event is Event.WORK


def test_approved_question_is_published_as_if_sent_now(browser, new_browser):
    group = make_group("Offene")
    follower, newcomer = make_bernd(), make_newcomer()
    join(group, follower)
    watch(follower, group)
    held = make_held("Wie fangen wir an?", author=newcomer, group=group)
    held.sent_at = clock.now() - timedelta(days=3)
    session.commit()
    clara = browser.sign_in(make_clara())
    page = clara.open("/arbeitskorb/").follow("Erster Beitrag: Wie fangen wir an?")

    page = page.follow("Ansehen und entscheiden").submit("approve")

    thread = session.scalar(select(Thread))
    assert page.html.h1.get_text(strip=True) == "Wie fangen wir an?"
    assert thread.author_id == newcomer.id
    assert clock.now() - thread.created_at < timedelta(minutes=1)
    assert clock.now() - thread.last_post_at < timedelta(minutes=1)
    jobs.work_all()
    assert told(follower)[0].event is Event.QUESTION
    assert "freigegeben" in told(newcomer)[0].title
    assert session.scalar(select(WorkItem)).closed_at
    entry = session.scalar(select(LogEntry).where(LogEntry.action == "approve_post"))
    assert entry.state_code == "BW"


def test_answer_waits_in_its_thread_and_gets_the_next_number_when_approved(
    browser, new_browser
):
    thread = make_thread()
    newcomer = make_newcomer()
    page = browser.sign_in(newcomer).open(thread.path).submit("reply", body="KANARIE-1")
    assert "wartet auf Freigabe" in page.main
    make_post(thread, "Inzwischen geschrieben.")

    assert "KANARIE-1" in browser.open(thread.path).main
    clara = new_browser().sign_in(make_clara())
    assert "KANARIE-1" not in clara.open(thread.path).main
    clara.open(page.url).submit("approve")

    session.refresh(thread)
    last = session.scalar(select(Post).order_by(Post.number.desc()))
    assert (last.number, last.body, thread.post_count) == (3, "KANARIE-1", 3)
    assert "wartet" not in browser.open(thread.path).main


def test_returned_post_is_changed_and_waits_again(browser, new_browser):
    newcomer = make_newcomer()
    held = make_held("Frage", author=newcomer)
    clara = new_browser().sign_in(make_clara())
    clara.open(held.path).submit("send-back", reason="", status=422)
    clara.open(held.path).submit("send-back", reason="Bitte ohne Namen von Kindern.")

    page = browser.sign_in(newcomer).open(held.path)
    assert "ohne Namen von Kindern" in page.main
    assert "ohne Namen von Kindern" in told(newcomer)[0].text
    page = page.follow("Bearbeiten").submit("revise", title="Neue Frage", body="Ohne Namen.")

    assert "wartet auf Freigabe" in page.main
    clara.open(held.path).submit("approve")
    assert session.scalar(select(Thread)).title == "Neue Frage"


def test_author_changes_and_withdraws_what_waits(browser):
    newcomer = make_newcomer()
    held = make_held("Frage", author=newcomer)
    page = browser.sign_in(newcomer).open(held.path).follow("Bearbeiten")
    browser.open(f"{held.path}/bearbeiten").submit("revise", title="Frage", body="Anders.")

    page.submit("revise", title="Frage", body="Noch anders.", status=409)
    browser.open(held.path).submit("withdraw")

    assert session.scalar(select(func.count(HeldPost.id))) == 0
    assert session.scalar(select(WorkItem)).closed_at


def test_nobody_approves_twice_or_the_own_post(browser):
    clara = make_clara()
    held = make_held("Frage")
    own = make_held("Eigene", author=clara)
    browser.sign_in(clara)
    page, again = browser.open(held.path), browser.open(held.path)
    page.submit("approve")

    again.submit("approve", status=403)
    assert not browser.open(own.path).has_form("approve")
    assert session.scalar(select(func.count(Thread.id))) == 1


def test_answer_to_a_thread_closed_meanwhile_is_refused_with_a_sentence(browser):
    thread = make_thread()
    held = make_held_answer(thread)
    page = browser.sign_in(make_clara()).open(held.path)
    thread.locked_at = clock.now()
    session.commit()

    refused = page.submit("approve", status=409)

    assert "inzwischen geschlossen" in refused.main
    assert session.get(HeldPost, held.id).is_waiting


def test_manager_of_the_group_decides_too_other_offices_do_not_know(browser, new_browser):
    olga = make_account("Olga", municipality="05515000")
    held = make_held("Frage", group=make_group("Ihre", managers=(olga,)))

    new_browser().sign_in(make_doris()).open(held.path, 404)
    browser.sign_in(olga).open(held.path).submit("approve")

    assert session.scalar(select(func.count(Thread.id))) == 1


def test_moved_to_another_land_while_the_form_is_open_the_old_office_decides_nothing(browser):
    held = make_held("Frage")
    page = browser.sign_in(make_clara()).open(held.path)
    item = session.scalar(select(WorkItem).where(WorkItem.kind == WorkKind.FIRST_POST))
    held.state_code = item.state_code = "NW"
    session.commit()

    page.submit("approve", status=404)

    assert session.scalar(select(func.count(Thread.id))) == 0


@pytest.mark.parametrize("posts", [0, 1, 2])
def test_member_is_known_after_two_published_posts(app, posts):
    newcomer = make_newcomer()
    thread = make_thread()
    for _ in range(posts):
        make_post(thread, author=newcomer)

    assert must_wait(actor(newcomer), make_group()) is (posts < settings.first_posts)


def test_who_is_known_or_among_themselves_does_not_wait(app):
    anna, newcomer = make_anna(), make_newcomer("Neu")
    closed = make_group("Zu", audience="closed", members=(newcomer,))
    own = make_group("Eigene", managers=(newcomer,))
    off = make_group("Ohne", holds_first_posts=False)

    assert not must_wait(actor(anna), make_group())
    assert not any(must_wait(actor(newcomer), group) for group in (closed, own, off))
    assert must_wait(actor(newcomer), make_group())


def test_manager_switches_it_off(browser):
    group = make_group("Ihre", managers=(anna := make_anna(),))
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}/bearbeiten")

    page.submit("group", holds_first_posts=[])

    session.refresh(group)
    assert not group.holds_first_posts


def test_usual_wait_is_the_median_of_the_last_decisions(app):
    assert usual_wait("BW") is None
    for hours in (1, 2, 3, 40, 50):
        held = make_held(f"Frage {hours}")
        held.decided_at = held.sent_at + timedelta(hours=hours)
    session.commit()

    assert usual_wait("BW") == timedelta(hours=3)
    assert usual_wait("NW") is None
