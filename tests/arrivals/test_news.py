"""What an open window asks every half minute."""

from datetime import timedelta

from inforo import clock, jobs
from inforo.conversations.actions import start
from inforo.db import session
from inforo.people.queries import actor_of
from inforo.sessions import LoginSession
from tests.factories import (
    join,
    make_account,
    make_anna,
    make_bernd,
    make_group,
    make_post,
    make_thread,
    watch,
)


def ask(browser, thread=None, tag=""):
    address = f"/neues?diskussion={thread.id}" if thread else "/neues"
    return browser.client.get(address, headers={"If-None-Match": tag} if tag else {})


def test_window_hears_of_notifications_and_answers(browser, new_browser):
    anna, thread = make_anna(), make_thread()
    watch(anna, thread)
    browser.sign_in(anna)
    assert ask(browser, thread).json == {"unread": 0, "messages": 0, "posts": 1}

    new_browser().sign_in(make_bernd()).open(thread.path).submit("reply", body="Neu.")
    jobs.work_all()

    assert ask(browser, thread).json == {"unread": 1, "messages": 0, "posts": 2}
    assert ask(browser).json == {"unread": 1, "messages": 0, "posts": 0}


def test_unchanged_numbers_are_not_sent_again(browser):
    thread = make_thread()
    browser.sign_in(make_anna())
    first = ask(browser, thread)

    second = ask(browser, thread, first.headers["ETag"])

    assert (second.status_code, second.data) == (304, b"")
    assert first.headers["Cache-Control"] == "no-store"


def test_window_of_a_thread_that_is_gone_hears_nothing(browser):
    anna = make_anna()
    group = make_group(audience="closed", members=(anna,))
    thread = make_thread(group=group)
    browser.sign_in(anna)
    tag = ask(browser, thread).headers["ETag"]

    thread.hidden_at = clock.now()
    session.commit()

    assert ask(browser, thread, tag).status_code == 404


def test_who_left_a_closed_group_hears_nothing_and_strangers_never_did(browser, new_browser):
    anna, bernd = make_anna(), make_bernd()
    group = make_group(audience="closed")
    membership = join(group, anna)
    thread = make_thread(group=group)
    browser.sign_in(anna)
    assert ask(browser, thread).status_code == 200

    session.delete(membership)
    session.commit()

    assert ask(browser, thread).status_code == 404
    stranger = new_browser().sign_in(bernd)
    assert ask(stranger, thread).status_code == 404
    assert stranger.client.get("/neues?diskussion=999999").status_code == 404
    assert stranger.client.get("/neues?diskussion=x").status_code == 200


def test_signed_out_window_is_sent_away(browser):
    assert ask(browser).status_code == 302


def test_asking_costs_one_statement_beside_who_asks(browser, count_queries):
    thread = make_thread()
    for number in range(2, 30):
        make_post(thread, "x", author=make_account(), number=number)
    address = f"/neues?diskussion={thread.id}"
    browser.sign_in(make_anna())

    asked = count_queries(lambda: browser.client.get(address))

    assert asked == len(["session", "account", "memberships and roles"]) + 1


def test_asking_keeps_nobody_signed_in(browser):
    anna = make_anna()
    talk = start(actor_of(anna), [make_bernd().id], "Termin", "Passt Montag?")
    session.commit()
    browser.sign_in(anna)
    begun = session.query(LoginSession.seen_at).scalar()

    clock.offset = timedelta(minutes=30)
    ask(browser)
    assert browser.client.get(f"/nachrichten/{talk.id}/neues").status_code == 200
    assert session.query(LoginSession.seen_at).scalar() == begun

    browser.open("/konto/folgen")
    assert session.query(LoginSession.seen_at).scalar() > begun
