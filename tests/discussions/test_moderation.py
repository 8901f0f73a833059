"""Moderation within the scope, reports, and what stays out of sight."""

from itertools import product

import pytest
from sqlalchemy import select

from inforo import clock, jobs
from inforo.audit import LogEntry
from inforo.authz import GUEST
from inforo.db import session
from inforo.discussions import policy
from inforo.discussions.models import Post, Report, Thread
from inforo.notifications.models import Event, Notification
from inforo.offices.models import WorkItem
from tests.factories import (
    actor,
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_doris,
    make_emil,
    make_frieda,
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


def test_sql_and_python_agree_on_visibility():
    anna, bernd, olga = make_anna(), make_bernd(), make_account("Olga")
    for audience, state, hidden in product(
        ("public", "members", "closed", "hidden"), ("BW", "NW", None), (None, clock.now())
    ):
        group = make_group(
            f"{audience} {state} {bool(hidden)}",
            audience=audience,
            state=state,
            members=(anna,),
            managers=(olga,),
        )
        make_thread(group=group, author=anna, hidden_at=hidden)
        make_thread(group=group, author=bernd, hidden_at=hidden)
    threads = list(session.scalars(select(Thread)))
    people = [anna, bernd, olga, make_clara(), make_doris(), make_emil(), make_frieda()]
    applicant = make_account("Petra", approved_at=None)

    for who in [GUEST, *(actor(person) for person in [*people, applicant])]:
        visible = set(session.scalars(select(Thread).where(policy.visible_to(who))))
        overseen = set(session.scalars(select(Thread).where(policy.overseen_by(who))))
        assert visible == {t for t in threads if policy.may_view(who, t)}, who
        assert overseen == {t for t in threads if policy.oversees(who, t)}, who


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
    page = page.submit("move", group_id=str(target.id), reason=REASON)

    assert options == ["Neu"]
    assert "Neu" in page.main
    session.refresh(thread)
    assert (thread.group_id, thread.programme_key) == (target.id, "fruehe-hilfen")
    assert REASON in told(anna)[0].text
    assert log("move_here").programme_key == "fruehe-hilfen"


def test_thread_that_left_the_scope_cannot_be_moved_by_an_old_form(browser):
    thread, target = make_thread(group=make_group("Alt")), make_group("Neu")
    page = browser.sign_in(make_clara()).open(f"/diskussionen/{thread.id}/verschieben")
    thread.group, thread.state_code = make_group("NRW", state="NW"), "NW"
    session.commit()

    page.submit("move", group_id=str(target.id), reason=REASON, status=403)


def test_group_manager_moderates_inside_the_group_only(browser):
    olga = make_account("Olga", municipality="05515000")
    inside = make_thread(group=make_group("Ihre", managers=(olga,)))
    outside = make_thread(group=make_group("Andere"))
    browser.sign_in(olga)

    assert "Moderieren" in browser.open(inside.path).main
    assert "Moderieren" not in browser.open(outside.path).main


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


@pytest.mark.parametrize("audience", ["closed", "hidden"])
def test_words_of_protected_groups_are_nowhere_for_others(browser, new_browser, audience):
    mia = make_account("Mia Mitglied")
    group = make_group("Schutzraum", audience=audience, admission="invite", managers=(mia,))
    thread = make_thread("KANARIE-T", group=group, author=mia, posts=("KANARIE-P",))
    browser.sign_in(mia).open(thread.path).submit("reply", body="KANARIE-A @[Anna]")
    jobs.work_all()
    post_id = session.scalar(select(Post.id).where(Post.number == 1))
    urls = {
        "/diskussionen/": 200,
        "/diskussionen/?gruppe=schutzraum": 200,
        "/diskussionen/?sortierung=neueste&land=BW": 200,
        "/diskussionen/neu?gruppe=schutzraum": 200,
        "/gruppen/": 200,
        "/gruppen/?q=schutz": 200,
        "/gruppen/schutzraum": 200 if audience == "closed" else 404,
        "/gruppen/schutzraum/mitglieder": 404,
        "/konto/benachrichtigungen": 200,
        thread.path: 404,
        f"/beitraege/{post_id}": 404,
        f"/beitraege/{post_id}/verlauf": 404,
        f"/beitraege/{post_id}/melden": 404,
    }

    for person in (make_anna(), make_doris(), make_emil()):
        other = new_browser().sign_in(person)
        for url, status in urls.items():
            page = other.open(url, status)
            assert "KANARIE" not in page.response.text, url
            assert "Mia" not in page.response.text, url
        assert "0 Diskussionen" in other.open("/diskussionen/").main
