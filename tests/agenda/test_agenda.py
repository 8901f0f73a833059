"""What waits for somebody: mentions, reminders, own questions, begun texts."""

from datetime import timedelta

from inforo import clock, jobs
from inforo.db import session
from tests.factories import (
    join,
    make_account,
    make_anna,
    make_bernd,
    make_example,
    make_group,
    make_post,
    make_thread,
)
from tests.memberships.asking import press
from tests.reminders.making import make_reminder

PAGE = "/konto/offene-punkte"


def mention_anna(browser, thread, words="Was meinst du, @[Anna]?"):
    browser.sign_in(make_bernd()).open(thread.path).submit("reply", body=words)
    jobs.work_all()
    session.expire_all()


def heading(page, words):
    """Return the titles below a heading; nothing if it is not there."""
    for section in page.html.select("main section"):
        if section.find(["h2", "h3"], string=words):
            return [link.get_text(strip=True) for link in section.select("li a")]
    return []


def mentions(page):
    return heading(page, "Sie wurden erwähnt und haben noch nicht geantwortet")


def questions(page):
    return heading(page, "Meine Fragen ohne Antwort")


def test_nothing_waits_for_who_just_came(browser):
    page = browser.sign_in(make_anna()).open(PAGE)

    assert "Nichts wartet auf Sie" in page.main
    assert "Meine offenen Punkte" not in browser.open("/").main


def test_mention_waits_until_it_is_answered(browser, new_browser):
    anna, thread = make_anna(), make_thread("Wer weiß das?")
    mention_anna(new_browser(), thread)
    page = browser.sign_in(anna).open(PAGE)
    assert mentions(page) == ["Wer weiß das?"]
    assert mentions(browser.open("/")) == ["Wer weiß das?"]

    clock.offset = timedelta(minutes=1)
    page.follow("Wer weiß das?").submit("reply", body="Ich weiß es.")

    assert mentions(browser.open(PAGE)) == []


def test_mention_is_settled_without_an_answer_and_leads_back(browser, new_browser):
    anna, thread = make_anna(), make_thread("Wer weiß das?")
    mention_anna(new_browser(), thread)
    browser.sign_in(anna)
    [form] = browser.open("/").html.select("form[action*='offene-punkte']")

    answer = press(browser.open("/"), form["action"])

    assert answer.request.path == "/"
    assert mentions(browser.open(PAGE)) == []


def test_mention_where_one_does_not_read_any_more_is_no_point(browser, new_browser):
    anna, bernd = make_anna(), make_bernd()
    group = make_group(audience="closed", members=(bernd,))
    membership = join(group, anna)
    thread = make_thread("KANARIE", group=group)
    other = new_browser().sign_in(bernd)
    other.open(thread.path).submit("reply", body="Was meinst du, @[Anna]?")
    jobs.work_all()
    session.delete(session.merge(membership))
    session.commit()

    assert "KANARIE" not in browser.sign_in(anna).open(PAGE).main


def test_due_reminder_waits_and_one_to_come_does_not(browser):
    anna = make_anna()
    make_reminder(anna, make_thread("Heute"), days=0, note="Anrufen")
    make_reminder(anna, make_example("Schon länger"), days=-9)
    make_reminder(anna, make_thread("Morgen"), days=1)

    page = browser.sign_in(anna).open(PAGE)

    assert heading(page, "Fällige Wiedervorlagen") == ["Schon länger", "Heute"]
    assert "Anrufen" in page.main


def test_own_question_waits_until_somebody_else_answers(browser):
    anna = make_anna()
    thread = make_thread("Wie geht das?", author=anna)
    make_post(thread, "Ich ergänze.", author=anna, number=2)
    make_thread("Geschlossen", author=anna, locked_at=clock.now())
    make_thread("Von anderen")
    browser.sign_in(anna)
    assert questions(browser.open(PAGE)) == ["Wie geht das?"]

    make_post(thread, "So.", author=make_account(), number=3)

    assert questions(browser.open(PAGE)) == []


def test_agenda_costs_the_same_however_much_waits(browser, count_queries):
    anna = make_anna()
    browser.sign_in(anna)
    one = count_queries(lambda: browser.open(PAGE))
    anna = session.merge(anna)
    for _ in range(4):
        make_thread(author=anna)
        make_reminder(anna, make_thread(), days=0)

    assert count_queries(lambda: browser.open(PAGE)) == one <= 8


def test_overview_stays_within_its_statements(browser, count_queries):
    anna = make_anna()
    make_thread(author=anna)
    make_reminder(anna, make_example(), days=0)
    browser.sign_in(anna).open("/")

    assert count_queries(lambda: browser.open("/")) <= 12
