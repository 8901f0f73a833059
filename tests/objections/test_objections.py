"""Authors object to what moderators did; a second person decides, both sides hear it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.audit import LogEntry
from inforo.db import session
from inforo.discussions.models import Post
from inforo.notifications.models import Event, Notification
from inforo.objections.models import Objection
from inforo.offices.models import WorkItem
from inforo.rearranging import actions as rearranging
from tests.factories import (
    actor,
    make_anna,
    make_bernd,
    make_clara,
    make_coordinator,
    make_doris,
    make_group,
    make_post,
    make_thread,
)

REASON = "Das ist Werbung."


def told(account) -> list[Notification]:
    statement = select(Notification).where(Notification.account_id == account.id)
    return list(session.scalars(statement.order_by(Notification.id)))


def hide(browser, post) -> None:
    browser.open(f"/beitraege/{post.id}/verbergen").submit("decide", reason=REASON)


def decide(page, decision: str, reason: str = "Nach zweitem Lesen."):
    """Press one of the two buttons of the form."""
    button = page.html.select_one(f"button[value={decision}]")
    for other in page.html.select("button[name=decision]"):
        if other is not button:
            other.decompose()
    return page.submit("decide", button="decision", reason=reason)


@pytest.mark.parametrize("decision", ["uphold", "reject"])
def test_second_person_decides_and_both_sides_are_told(browser, new_browser, decision):
    bernd, clara, carla = make_bernd(), make_clara(), make_coordinator("BW", "Carla")
    post = make_post(make_thread(), "Wir haben gute Erfahrung.", author=bernd)
    hide(browser.sign_in(clara), post)

    page = new_browser().sign_in(bernd).open(told(bernd)[0].url)
    assert REASON in page.main
    page = page.submit("object", text="Das ist keine Werbung.")
    assert "zweiten Person" in page.main
    [item] = session.scalars(select(WorkItem))
    assert not browser.open(item.url).has_form("decide")
    second = new_browser().sign_in(carla)
    shown = second.open("/arbeitskorb/").follow("Einspruch: ").follow("Ansehen und")
    assert "Das ist keine Werbung." in shown.main
    assert "Wir haben gute Erfahrung." in shown.main
    decide(shown, decision)

    session.refresh(post)
    session.refresh(item)
    assert (post.hidden_at is None) is (decision == "uphold")
    assert item.closed_at
    assert "Nach zweitem Lesen." in told(bernd)[-1].text
    assert told(bernd)[-1].event is Event.DECISION
    assert "Nach zweitem Lesen." in told(clara)[-1].text
    kind = "objection_upheld" if decision == "uphold" else "objection_rejected"
    assert session.scalar(select(LogEntry).where(LogEntry.action == kind)).state_code == "BW"
    objection = session.scalar(select(Objection))
    assert (objection.entry.actor_id, objection.decided_by_id) == (clara.id, carla.id)


def test_edited_words_come_back(browser, new_browser):
    bernd, carla = make_bernd(), make_coordinator("BW", "Carla")
    post = make_post(make_thread(), "Meine Worte.", author=bernd)
    page = browser.sign_in(make_clara()).open(f"/beitraege/{post.id}/moderieren")
    page.submit("edit", body="Andere Worte.", reason=REASON)
    page = new_browser().sign_in(bernd).open(told(bernd)[0].url)
    page.submit("object", text="Das sind nicht meine.")
    [item] = session.scalars(select(WorkItem))

    decide(new_browser().sign_in(carla).open(item.url), "uphold")

    session.refresh(post)
    assert (post.body, post.moderated_at) == ("Meine Worte.", None)


def test_decision_is_there_for_the_author_only(browser, new_browser):
    bernd = make_bernd()
    post = make_post(make_thread(), "Kaufen!", author=bernd)
    hide(browser.sign_in(make_clara()), post)
    url = told(bernd)[0].url

    new_browser().sign_in(make_anna()).open(url, 404)
    browser.open(url, 404)


def test_nobody_objects_twice_or_too_late(browser, new_browser):
    bernd = make_bernd()
    post = make_post(make_thread(), "Kaufen!", author=bernd)
    hide(browser.sign_in(make_clara()), post)
    author = new_browser().sign_in(bernd)
    page = author.open(told(bernd)[0].url)
    again = author.open(told(bernd)[0].url)
    page.submit("object", text="Nein.")

    again.submit("object", text="Nein!", status=409)
    session.delete(session.scalar(select(Objection)))
    session.commit()
    clock.shift(timedelta(days=31))
    again = new_browser().sign_in(bernd).open(told(bernd)[0].url)
    assert not again.has_form("object")


def test_office_reads_the_words_of_a_closed_group_once_and_it_is_logged(browser, new_browser):
    olga, bernd = make_anna(), make_bernd()
    group = make_group("Interne", audience="closed", managers=(olga,), members=(bernd,))
    thread = make_thread("KANARIE-1", group=group, author=olga, posts=("KANARIE-2",))
    post = make_post(thread, "Der Satz.", author=bernd)
    hide(browser.sign_in(olga), post)
    new_browser().sign_in(bernd).open(told(bernd)[0].url).submit("object", text="Nein.")
    [item] = session.scalars(select(WorkItem))

    page = new_browser().sign_in(make_clara()).open(item.url)

    assert item.title == "Einspruch in einer geschlossenen Gruppe"
    assert "Der Satz." in page.main
    assert "KANARIE" not in page.response.text
    assert session.scalar(select(LogEntry).where(LogEntry.action == "read_reported"))
    new_browser().sign_in(make_doris()).open(item.url, 404)


def take_out(moderator, post, kind):
    """Move a post into a thread of its own, or into one that is there."""
    if kind == "split":
        target = rearranging.split(actor(moderator), post.thread, [post.id], "Neu", REASON)
    else:
        target = make_thread("Andere Frage")
        rearranging.move(actor(moderator), post.thread, target, [post.id], REASON)
    session.commit()
    return target


@pytest.mark.parametrize("kind", ["split", "move"])
def test_moved_post_is_objected_to_and_moved_back_by_whoever_decides(
    browser, new_browser, kind
):
    bernd, clara, carla = make_bernd(), make_clara(), make_coordinator("BW", "Carla")
    post = make_post(make_thread("Frage hier"), "Das gehört hierher.", author=bernd)
    target = take_out(clara, post, kind)

    page = new_browser().sign_in(bernd).open(told(bernd)[0].url)
    assert "in eine andere Diskussion verschoben" in page.main
    assert REASON in page.main
    page = page.submit("object", text="Es gehört zur Frage.")
    [item] = session.scalars(select(WorkItem))
    assert not browser.sign_in(clara).open(item.url).has_form("decide")
    second = new_browser().sign_in(carla)
    decide(second.open(item.url), "uphold")

    session.expire_all()
    assert session.get(Post, post.id).thread_id == target.id
    assert (item.closed_at, item.taken_by_id) == (None, carla.id)
    assert item.title.startswith("Zurückverschieben: ")
    assert "von Hand zurück" in told(bernd)[-1].text
    shown = browser.open(item.url)
    assert "Carla verschiebt es von Hand zurück" in shown.main
    second.open(item.url).submit("moved-back")
    session.expire_all()
    assert item.closed_at is not None
    assert not browser.open(item.url).has_form("moved-back")


def test_rejected_objection_to_a_move_leaves_no_work(new_browser):
    bernd, carla = make_bernd(), make_coordinator("BW", "Carla")
    thread = make_thread("Frage hier")
    post = make_post(thread, "Das gehört hierher.", author=bernd)
    rearranging.split(actor(make_clara()), thread, [post.id], "Neue Frage", REASON)
    session.commit()
    page = new_browser().sign_in(bernd).open(told(bernd)[0].url)
    page.submit("object", text="Es gehört zur Frage.")
    [item] = session.scalars(select(WorkItem))

    decide(new_browser().sign_in(carla).open(item.url), "reject")

    session.expire_all()
    assert item.closed_at is not None
    assert "von Hand" not in told(bernd)[-1].text


def test_each_author_reads_only_the_decision_about_their_own_posts(new_browser):
    anna, bernd = make_anna(), make_bernd()
    thread = make_thread("Frage hier")
    ids = [
        make_post(thread, "Eins", author=anna).id,
        make_post(thread, "Zwei", author=bernd).id,
    ]
    rearranging.split(actor(make_clara()), thread, ids, "Neue Frage", REASON)
    session.commit()

    reader = new_browser().sign_in(anna)
    assert told(anna)[0].url.startswith("/entscheidungen/")
    reader.open(told(anna)[0].url)
    reader.open(told(bernd)[0].url, 404)
