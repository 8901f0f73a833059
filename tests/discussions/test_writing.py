"""Asking and answering, the way people do it."""

import pytest
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import func, inspect, select

from inforo import clock, jobs, mail
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.notifications.actions import choose
from inforo.notifications.models import Event, Notification, Wish
from inforo.security import limiter
from tests import factories
from tests.factories import (
    make_account,
    make_anna,
    make_bernd,
    make_group,
    make_post,
    make_thread,
)
from tests.mailings.sending import wait_for_mails


@pytest.fixture
def counted_limits(monkeypatch):
    """Count requests in this test as production does."""
    storage = MemoryStorage()
    monkeypatch.setattr(limiter, "_storage", storage)
    monkeypatch.setattr(limiter, "_limiter", MovingWindowRateLimiter(storage))
    monkeypatch.setattr(limiter, "enabled", True)


def told(account) -> list[Notification]:
    statement = select(Notification).where(Notification.account_id == key_of(account))
    return list(session.scalars(statement.order_by(Notification.id)))


def mails_to(account) -> list[mail.Mail]:
    statement = select(mail.Mail).where(mail.Mail.account_id == key_of(account))
    return list(session.scalars(statement))


def key_of(account) -> int:
    """Return the id also after a job has closed the session the object came from."""
    return inspect(account).identity[0]


def test_member_asks_and_another_member_answers_and_the_first_gets_mail(browser, new_browser):
    anna, bernd = make_anna(), make_bernd()
    group = make_group("Frühe Hilfen", audience="public")
    page = browser.sign_in(anna).open("/diskussionen/").follow("Frage stellen")

    page = page.submit(
        "thread", title="Wer kennt Lotsen?", body="Gibt es **Lotsen**?", group_id=str(group.id)
    )
    answered = new_browser().sign_in(bernd).open(page.url).submit("reply", body="Ja, bei uns.")
    jobs.work_all()
    wait_for_mails()

    assert "<strong>Lotsen</strong>" in str(page.html)
    assert "Ja, bei uns." in answered.main
    [notice] = told(anna)
    assert (notice.event, notice.title) == (Event.ANSWER, "Neue Antwort: Wer kennt Lotsen?")
    [letter] = mails_to(anna)
    assert "Bernd, Münster" in letter.text
    assert "Ja, bei uns." in letter.text
    assert f"http://localhost{notice.url}" in letter.text
    assert letter.headers["References"]
    assert "abmelden-von-mails" in letter.headers["List-Unsubscribe"]
    assert told(bernd) == []


def test_answer_sent_twice_is_there_once(browser):
    thread = make_thread()
    page = browser.sign_in(make_anna()).open(thread.path)

    page.submit("reply", body="Ja.")
    page.submit("reply", body="Ja.")

    assert session.scalar(select(func.count(Post.id)).where(Post.body == "Ja.")) == 1


def test_mention_becomes_a_link_and_a_notice(browser):
    bernd, thread = make_bernd(), make_thread()
    page = browser.sign_in(make_anna()).open(thread.path)

    page = page.submit("reply", body="Fragen Sie @[Bernd]!")
    jobs.work_all()

    assert page.html.select_one(f"a.mention[href='/personen/{bernd.id}']")
    [notice] = told(bernd)
    assert notice.event is Event.MENTION


def test_mention_in_a_closed_group_reaches_only_its_members(browser):
    anna, bernd = make_anna(), make_bernd()
    thread = make_thread(group=make_group(audience="closed", members=(anna,)))
    page = browser.sign_in(anna).open(thread.path)

    page = page.submit("reply", body="Das betrifft @[Bernd].")
    jobs.work_all()

    assert not page.html.select("a.mention")
    assert told(bernd) == []


def test_too_many_links_are_refused_and_the_text_stays(browser):
    page = browser.sign_in(make_anna()).open(make_thread().path)
    body = " ".join(f"https://beispiel{n}.example" for n in range(21))

    page = page.submit("reply", body=body, status=422)

    assert "21 Links" in page.main
    assert "beispiel20" in page.html.select_one("textarea").text


def test_refused_answer_leads_to_the_other_pages_of_the_thread(browser):
    thread = make_thread(posts=tuple(f"Beitrag {n}." for n in range(1, 23)))
    page = browser.sign_in(make_anna()).open(thread.path)
    body = " ".join(f"https://beispiel{n}.example" for n in range(21))

    page = page.submit("reply", body=body, status=422)

    second = page.html.select_one(".pagination [rel=next], .pagination [rel=prev]")
    assert second["href"].startswith(f"{thread.path}?seite=")
    assert browser.open(second["href"])


def test_posting_fast_asks_for_patience_and_keeps_the_text(browser, counted_limits):
    thread = make_thread()
    browser.sign_in(make_anna()).open(thread.path).submit("reply", body="Erste.")

    page = browser.open(thread.path).submit("reply", body="Zweite sofort.", status=429)

    assert page.response.headers["Retry-After"]
    assert page.html.select_one("textarea").text.strip() == "Zweite sofort."


def test_author_edits_and_the_history_shows_the_difference(browser):
    anna = make_anna()
    thread = make_thread(author=anna, posts=("Wer hat Erfarung?",))
    page = browser.sign_in(anna).open(thread.path).follow("Bearbeiten")

    page = page.submit("edit", body="Wer hat Erfahrung?")
    history = page.follow("bearbeitet")

    assert "Wer hat Erfahrung?" in page.main
    assert history.html.select_one("ins").text == "Erfahrung"
    assert history.html.select_one("del").text == "Erfarung"


def test_second_saver_sees_both_texts(browser):
    anna = make_anna()
    make_thread(author=anna, posts=("Alt",))
    post = session.scalar(select(Post))
    page = browser.sign_in(anna).open(f"/beitraege/{post.id}/bearbeiten")
    browser.open(f"/beitraege/{post.id}/bearbeiten").submit("edit", body="Erste Fassung")

    page = page.submit("edit", body="Zweite Fassung", status=409)

    assert "Erste Fassung" in page.html.select_one(".conflict").text
    assert "Zweite Fassung" in page.html.select_one(".conflict").text
    assert "Zweite Fassung" in page.submit("edit").main


def test_author_deletes_within_the_window_and_a_place_holder_stays(browser):
    anna, thread = make_anna(), make_thread()
    post = make_post(thread, "Verschrieben", author=anna)
    page = browser.sign_in(anna).open(f"/beitraege/{post.id}/bearbeiten")

    page = browser.open(page.url)
    [form] = page.html.select(f"form[action='/beitraege/{post.id}/loeschen']")
    token = form.select_one("[name=csrf_token]")["value"]
    browser.client.post(f"/beitraege/{post.id}/loeschen", data={"csrf_token": token})

    page = browser.open(thread.path)
    assert "Verschrieben" not in page.main
    assert "gelöscht" in page.main
    assert session.get(Thread, thread.id).post_count == 2


def test_window_to_delete_ends(browser):
    anna, thread = make_anna(), make_thread()
    post = make_post(thread, author=anna, created_at=clock.now() - clock.timedelta(hours=25))

    page = browser.sign_in(anna).open(f"/beitraege/{post.id}/bearbeiten")

    assert not page.html.select("form[action$='/loeschen']")


def post_action(browser, url, **data):
    """Press the button of a form that has only a button."""
    browser.client.application.config["WTF_CSRF_ENABLED"] = False
    answer = browser.client.post(url, data=data)
    browser.client.application.config["WTF_CSRF_ENABLED"] = True
    return answer


def test_asker_marks_the_answer_and_takes_it_back(browser):
    anna = make_anna()
    thread = make_thread(author=anna, posts=("Frage", "So geht es."))
    answer = session.scalar(select(Post).where(Post.number == 2))
    browser.sign_in(anna)

    post_action(browser, f"/beitraege/{answer.id}/als-antwort")
    page = browser.open(thread.path)
    assert page.html.select_one(".post--answer")
    assert "beantwortet" in page.main

    post_action(browser, f"/diskussionen/{thread.id}/antwort-aufheben")
    assert not browser.open(thread.path).html.select_one(".post--answer")


def test_muted_thread_tells_nothing_and_followed_thread_does(browser, new_browser):
    anna, bernd, thread = make_anna(), make_bernd(), make_thread()
    post_action(browser.sign_in(anna), f"/diskussionen/{thread.id}/folgen", level="follow")
    other = new_browser().sign_in(bernd)
    post_action(other, f"/diskussionen/{thread.id}/folgen", level="follow")
    post_action(other, f"/diskussionen/{thread.id}/folgen", level="mute")

    new_browser().sign_in(make_account("Karl")).open(thread.path).submit("reply", body="Neu.")
    jobs.work_all()

    assert len(told(anna)) == 1
    assert told(bernd) == []


def test_followers_of_a_group_hear_of_its_questions_in_batches(browser, monkeypatch):
    monkeypatch.setattr("inforo.discussions.jobs.BATCH", 2)
    people = [make_account(f"Mitglied {n}") for n in range(5)]
    group = make_group(
        audience="closed", members=tuple(people), managers=(anna := make_anna(),)
    )
    for person in people:
        factories.watch(person, group)
    page = browser.sign_in(anna).open("/diskussionen/neu")

    page.submit("thread", title="Neu hier", body="Frage", group_id=str(group.id))
    jobs.work_all()
    jobs.work_all()

    assert [len(told(person)) for person in people] == [1] * 5
    assert told(anna) == []
    assert told(people[0])[0].event is Event.QUESTION


def test_who_left_the_group_before_the_job_runs_hears_nothing(browser):
    anna, karl = make_anna(), make_account("Karl")
    group = make_group(audience="closed", members=(anna, karl))
    thread = make_thread(group=group, author=karl)
    browser.sign_in(karl)
    post_action(browser, f"/diskussionen/{thread.id}/folgen", level="follow")
    post_action(browser, "/konto/abmelden")
    browser.sign_in(anna).open(thread.path).submit("reply", body="Vertraulich.")
    session.delete(session.scalar(select(factories.Membership).filter_by(account_id=karl.id)))
    session.commit()

    jobs.work_all()

    assert told(karl) == []


def test_reading_a_thread_reads_its_notifications(browser, new_browser):
    anna = make_anna()
    thread = make_thread(author=anna)
    new_browser().sign_in(anna).open(thread.path).submit("reply", body="Ich ergänze.")
    new_browser().sign_in(make_bernd()).open(thread.path).submit("reply", body="Ja.")
    jobs.work_all()
    assert [notice.read_at for notice in told(anna)] == [None]

    browser.sign_in(anna).open(f"/diskussionen/{key_of(thread)}")

    session.expire_all()
    assert all(notice.read_at for notice in told(anna))


def test_many_mails_of_one_transaction_order_one_delivery(browser):
    people = tuple(make_account(f"Mitglied {n}") for n in range(5))
    anna, group = make_anna(), make_group(members=people)
    for person in people:
        factories.watch(person, group)
    page = browser.sign_in(anna).open("/diskussionen/neu")
    page.submit("thread", title="Neu", body="Frage", group_id=str(group.id))

    for person in people:
        choose(person.id, Event.QUESTION, Wish(by_mail=True))

    jobs.work_once()
    wait_for_mails()

    assert len(session.scalars(select(mail.Mail)).all()) == 5
    names = session.scalars(select(jobs.QueuedJob.name)).all()
    assert names == ["inforo.mail.deliver_mails"]
