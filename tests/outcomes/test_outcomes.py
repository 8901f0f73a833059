"""Was wurde daraus? Asked after three and nine months, told at the top of the thread."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from inforo import clock
from inforo import jobs as queue
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.groups.models import Membership
from inforo.notifications.models import Event, MailOutcome
from inforo.outcomes import jobs
from inforo.outcomes.models import OutcomeQuestion, Reply
from tests.discussions.test_writing import post_action, told
from tests.factories import (
    make_account,
    make_anna,
    make_bernd,
    make_group,
    make_thread,
    watch,
)
from tests.mailings.sending import wait_for_mails
from tests.rising.making import set_clock

TUESDAY, SATURDAY = "2026-12-01", "2026-12-05"


@pytest.fixture(autouse=True)
def working_day():
    set_clock(TUESDAY)


def make_old(days=95, author=None, posts=("Was tun?", "Das."), **values):
    author = author or make_anna()
    asked = clock.now() - timedelta(days=days)
    return make_thread("Was tun?", author=author, posts=posts, created_at=asked, **values)


def questions():
    session.expire_all()
    return list(session.scalars(select(OutcomeQuestion).order_by(OutcomeQuestion.id)))


def news_of(account):
    return [news for news in told(account) if news.event is Event.AFTERMATH]


def test_asker_is_asked_after_three_months_once():
    anna = make_anna()
    make_old(author=anna)
    make_old(days=80)

    jobs.ask_what_became()
    jobs.ask_what_became()

    assert [question.step for question in questions()] == [1]
    [news] = news_of(anna)
    assert news.url.endswith("/ergebnis")


def test_asked_once_more_after_nine_months_unless_it_is_settled():
    make_old(days=280)
    for reply in (Reply.NOTHING, Reply.REFUSED):
        done = make_old(days=280, author=make_account("Fertig"))
        session.add(
            OutcomeQuestion(
                thread_id=done.id,
                account_id=done.author_id,
                step=1,
                reply=reply,
                created_at=clock.now() - timedelta(days=185),
            )
        )
    session.commit()

    jobs.ask_what_became()

    assert [row.reply for row in questions() if row.step == 2] == [Reply.WAITING]


def test_nobody_is_asked_two_things_in_a_week_or_at_the_weekend():
    anna = make_anna()
    make_old(author=anna)
    make_old(days=96, author=anna)
    set_clock(SATURDAY)
    jobs.ask_what_became()
    assert questions() == []

    set_clock(TUESDAY)
    jobs.ask_what_became()
    assert len(questions()) == 1
    set_clock("2026-12-09")
    jobs.ask_what_became()

    assert len(questions()) == 2


@pytest.mark.parametrize("reason", [
    "locked", "hidden", "archived", "left", "suspended", "no answer", "too old", "silenced",
])  # fmt: skip
def test_nobody_is_asked_where_it_makes_no_sense(reason):
    anna = make_anna()
    group = make_group(audience="closed", members=(anna,))
    posts = ("Was tun?",) if reason == "no answer" else ("Was tun?", "Das.")
    thread = make_old(
        author=anna, group=group, posts=posts, days=170 if reason == "too old" else 95
    )
    if reason == "locked":
        thread.locked_at = clock.now()
    if reason == "hidden":
        thread.hidden_at = clock.now()
    if reason == "archived":
        group.archived_at = clock.now()
    if reason == "left":
        session.execute(delete(Membership).where(Membership.account_id == anna.id))
    if reason == "suspended":
        anna.suspended_at = clock.now()
    if reason == "silenced":
        anna.silenced_until = clock.now() + timedelta(days=9)
    session.commit()

    jobs.ask_what_became()

    assert questions() == []


def test_mail_leads_to_the_page_and_is_held_back_from_who_left():
    anna = make_anna()
    group = make_group(audience="closed", members=(anna,))
    make_old(author=anna, group=group)
    jobs.ask_what_became()
    session.execute(delete(Membership).where(Membership.account_id == anna.id))

    wait_for_mails()

    [news] = news_of(anna)
    assert news.mail_outcome is MailOutcome.NO_RIGHT


def test_outcome_is_a_post_that_stands_at_the_top_and_followers_hear(browser):
    anna, bernd = make_anna(), make_bernd()
    thread = make_old(author=anna, group=make_group(audience="public"))
    watch(bernd, thread)
    jobs.ask_what_became()
    page = browser.sign_in(anna).open(news_of(anna)[0].url)
    assert "Was daraus wurde:" in page.html.select_one("#body").get_text()

    page = page.submit("outcome", body="**Was daraus wurde:** Der Bus fährt.")
    queue.work_all()

    panel = page.html.select_one("#ergebnis").get_text(" ")
    assert "Der Bus fährt." in panel
    [question] = questions()
    assert (question.reply, question.post_id is not None) == (Reply.TOLD, True)
    assert [news.event for news in told(bernd)] == [Event.ANSWER]


def test_nothing_came_of_it_is_said_too(browser):
    anna = make_anna()
    thread = make_old(author=anna)
    page = browser.sign_in(anna).open(thread.path).follow("Was wurde daraus?")

    page = page.submit("nothing")

    assert "Daraus ist nichts geworden" in page.html.select_one("#ergebnis").get_text(" ")
    assert [question.reply for question in questions()] == [Reply.NOTHING]


def test_asker_who_wants_no_question_gets_none(browser):
    anna = make_anna()
    thread = make_old(days=80, author=anna)
    page = browser.sign_in(anna).open(f"/diskussionen/{thread.id}/ergebnis")

    page.submit("refuse")
    set_clock("2027-01-05")
    jobs.ask_what_became()

    assert [question.step for question in questions()] == [0]
    assert session.get(Thread, thread.id).outcome_at is None


def test_empty_text_is_explained(browser):
    anna = make_anna()
    thread = make_old(author=anna)
    page = browser.sign_in(anna).open(f"/diskussionen/{thread.id}/ergebnis")

    page = page.submit("outcome", status=422)  # as it came, nothing added
    assert "Bitte schreiben Sie" in page.main
    page = page.submit("outcome", body="", status=422)
    assert "Bitte schreiben Sie" in page.main


def test_list_is_narrowed_to_threads_with_an_outcome(browser):
    group = make_group(audience="public")
    make_thread("Mit Ende", group=group, outcome_at=clock.now())
    make_thread("Ohne Ende", group=group)
    hidden = make_group(audience="closed")
    make_thread("Geheim", group=hidden, outcome_at=clock.now())

    page = browser.open("/diskussionen/?ansicht=mit-ergebnis")

    assert "Mit Ende" in page.main
    assert "mit Ergebnis" in page.main
    assert "Ohne Ende" not in page.main
    assert "Geheim" not in page.text


def test_deleted_outcome_is_none(browser):
    anna = make_anna()
    thread = make_old(author=anna)
    page = browser.sign_in(anna).open(f"/diskussionen/{thread.id}/ergebnis")
    page = page.submit("outcome", body="Doch nicht.")
    session.expire_all()
    post_id = session.get(Thread, thread.id).outcome_post_id

    post_action(browser, f"/beitraege/{post_id}/loeschen")

    assert browser.open(thread.path).html.select_one("#ergebnis") is None
