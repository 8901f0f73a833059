"""Moderation within the scope: lock, hide, move."""

from sqlalchemy import select

from inforo.audit import LogEntry
from inforo.authz import Actor
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.notifications.models import Event, Notification
from inforo.offices.models import WorkItem
from inforo.reasons.actions import add_template
from inforo.reports.models import Report
from tests.factories import (
    make_account,
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


def test_coordinator_locks_with_a_reason_the_author_is_told(browser, new_browser):
    anna = make_anna()
    thread = make_thread(author=anna)
    page = browser.sign_in(make_clara()).open(thread.path).follow("Schließen")

    page = page.submit("decide", reason=REASON)

    assert REASON in page.main
    [notice] = told(anna)
    assert notice.event is Event.MODERATION
    assert REASON in notice.text
    assert log("lock").reason == REASON
    assert not new_browser().sign_in(make_bernd()).open(thread.path).has_form("reply")


def test_reason_is_needed(browser):
    thread = make_thread()
    page = browser.sign_in(make_clara()).open(f"/diskussionen/{thread.id}/schliessen")

    page.submit("decide", reason="", status=422)

    assert not session.get(Thread, thread.id).is_locked


def test_coordinator_of_another_land_moderates_nothing_here(browser):
    thread = make_thread()
    post = session.scalar(select(Post))
    page = browser.sign_in(make_doris()).open(thread.path)

    assert "Moderieren" not in page.main
    for url in (
        f"/diskussionen/{thread.id}/schliessen",
        f"/diskussionen/{thread.id}/verbergen",
        f"/diskussionen/{thread.id}/verschieben",
        f"/beitraege/{post.id}/verbergen",
    ):
        browser.open(url, 403)


def test_hidden_post_leaves_a_place_holder_for_others(browser, new_browser):
    anna, bernd = make_anna(), make_bernd()
    thread = make_thread()
    post = make_post(thread, "Zu hart gesagt.", author=anna)
    browser.sign_in(make_clara()).open(f"/beitraege/{post.id}/verbergen").submit(
        "decide", reason=REASON
    )

    assert "Zu hart gesagt." in browser.open(thread.path).main
    others = new_browser().sign_in(bernd)
    assert "Zu hart gesagt." not in others.open(thread.path).response.text
    assert "verborgen" in others.open(thread.path).main
    others.open(f"/beitraege/{post.id}/verlauf", 404)
    assert "Zu hart gesagt." in new_browser().sign_in(anna).open(thread.path).main

    browser.open(f"/beitraege/{post.id}/wieder-zeigen").submit("decide", reason="Geklärt.")
    assert "Zu hart gesagt." in others.open(thread.path).main


def test_hidden_thread_is_there_for_author_and_moderators_only(browser, new_browser):
    anna = make_anna()
    thread = make_thread("Versehentlich", author=anna)
    clara = browser.sign_in(make_clara())
    clara.open(f"/diskussionen/{thread.id}/verbergen").submit("decide", reason=REASON)

    other = new_browser().sign_in(make_bernd())
    other.open(thread.path, 404)
    assert "Versehentlich" not in other.open("/diskussionen/").main
    assert REASON in new_browser().sign_in(anna).open(thread.path).main
    clara.open(f"/diskussionen/{thread.id}/wieder-zeigen").submit("decide", reason="Gut.")
    assert "Versehentlich" in other.open("/diskussionen/").main


def test_thread_moves_with_land_and_programme(browser):
    anna = make_anna()
    thread = make_thread(author=anna, group=make_group("Alt", state=None))
    target = make_group("Neu", programme_key="fruehe-hilfen")
    make_group("Weiter", audience="public")
    make_group("Fremd", state="NW")
    page = browser.sign_in(make_clara()).open(thread.path).follow("verschieben")

    options = [option.text for option in page.html.select("#group_id option")]
    preview = page.submit("move", group_id=str(target.id), reason=REASON)
    page = preview.submit("confirm", button="confirm")

    assert "bisher sichtbar für Alt (" in preview.main
    assert "künftig sichtbar für Neu (" in preview.main
    assert options == ["Neu"]
    assert "Neu" in page.main
    session.refresh(thread)
    assert (thread.group_id, thread.programme_key) == (target.id, "fruehe-hilfen")
    assert REASON in told(anna)[0].text
    assert log("move_here").programme_key == "fruehe-hilfen"


def test_thread_that_left_the_scope_cannot_be_moved_by_an_old_form(browser):
    thread, target = make_thread(group=make_group("Alt")), make_group("Neu")
    page = browser.sign_in(make_clara()).open(f"/diskussionen/{thread.id}/verschieben")
    page = page.submit("move", group_id=str(target.id), reason=REASON)
    thread.group, thread.state_code = make_group("NRW", state="NW"), "NW"
    session.commit()

    page.submit("confirm", button="confirm", status=403)


def test_group_manager_moderates_inside_the_group_only(browser):
    olga = make_account("Olga", municipality="05515000")
    inside = make_thread(group=make_group("Ihre", managers=(olga,)))
    outside = make_thread(group=make_group("Andere"))
    browser.sign_in(olga)

    assert "Moderieren" in browser.open(inside.path).main
    assert "Moderieren" not in browser.open(outside.path).main


def test_hiding_a_reported_post_settles_the_report(browser, new_browser):
    anna = make_anna()
    post = make_post(make_thread(), "Kaufen Sie bei uns!", author=make_bernd())
    browser.sign_in(anna).open(f"/beitraege/{post.id}/melden").submit("report")
    clara = new_browser().sign_in(make_clara())

    clara.open(f"/beitraege/{post.id}/verbergen").submit("decide", reason=REASON)

    [item] = session.scalars(select(WorkItem))
    assert item.closed_at
    assert REASON in session.scalar(select(Report)).outcome
    assert told(anna)[-1].event is Event.DECISION


def test_open_report_moves_with_its_thread(browser, new_browser):
    thread = make_thread(group=make_group("Alt", state=None))
    post = make_post(thread, "Kaufen Sie bei uns!", author=make_bernd())
    target = make_group("Neu", programme_key="fruehe-hilfen")
    browser.sign_in(make_anna()).open(f"/beitraege/{post.id}/melden").submit("report")
    clara = new_browser().sign_in(make_clara())

    page = clara.open(f"/diskussionen/{thread.id}/verschieben")
    page = page.submit("move", group_id=str(target.id), reason=REASON)
    page.submit("confirm", button="confirm")

    [item] = session.scalars(select(WorkItem))
    assert item.programme_key == "fruehe-hilfen"
    assert session.scalar(select(Report)).programme_key == "fruehe-hilfen"


def test_moderator_edits_with_a_mark_and_the_removed_words_are_gone(browser, new_browser):
    bernd = make_bernd()
    post = make_post(make_thread(), "Rufen Sie KANARIE an.", author=bernd)
    clara = browser.sign_in(make_clara())
    assert f"/beitraege/{post.id}/moderieren" in clara.open(post.thread.path).response.text
    page = clara.open(f"/beitraege/{post.id}/moderieren")
    page.submit("edit", body="Rufen Sie uns an.", reason="", status=422)

    page.submit("edit", body="Rufen Sie uns an.", reason="Bitte keine Namen.")

    anna = new_browser().sign_in(make_anna())
    shown = anna.open(post.thread.path).main
    assert "Von der Moderation bearbeitet. Begründung: Bitte keine Namen." in shown
    assert "KANARIE" not in anna.open(f"/beitraege/{post.id}/verlauf").response.text
    assert "KANARIE" in clara.open(f"/beitraege/{post.id}/verlauf").main
    assert "KANARIE" in new_browser().sign_in(bernd).open(f"/beitraege/{post.id}/verlauf").main
    assert "Bitte keine Namen." in told(bernd)[-1].text
    assert log("edit_marked").reason == "Bitte keine Namen."


def test_two_who_edit_at_once_see_both_texts(browser):
    post = make_post(make_thread(), "Eins", author=make_bernd())
    page = browser.sign_in(make_clara()).open(f"/beitraege/{post.id}/moderieren")
    page.submit("edit", body="Zwei", reason=REASON)

    page.submit("edit", body="Drei", reason=REASON, status=409)

    session.refresh(post)
    assert post.body == "Zwei"


def test_template_is_inserted_into_the_reason(browser):
    add_template(Actor(), None, "Namen", "Bitte nennen Sie keine Namen.")
    session.commit()
    thread = make_thread()
    page = browser.sign_in(make_clara()).open(f"/diskussionen/{thread.id}/schliessen")
    template = page.html.select("#template option")[1]["value"]

    page = page.submit("decide", button="insert", template=template, reason="Guten Tag.")
    page.submit("decide")

    assert log("lock").reason == "Guten Tag.\n\nBitte nennen Sie keine Namen."
