"""Files that come with an answer are checked like uploads and follow their post."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.discussions.models import Post
from inforo.mail import Mail
from inforo.replies.jobs import take
from inforo.replies.models import Outcome
from inforo.uploads.models import Attachment
from tests.factories import make_anna, make_bernd, make_group, make_thread
from tests.replies.writing import written


@pytest.fixture(autouse=True)
def open_for_replies(app, monkeypatch):
    address = "antwort+{token}@forum.example"
    settings = replace(app.extensions["settings"], reply_address=address)
    monkeypatch.setitem(app.extensions, "settings", settings)


@pytest.fixture
def anna():
    return make_anna()


def send(account, thread, *files):
    mail = written(account, thread, "Hier das Konzept.")
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return take(mail.as_bytes())


def answer(thread):
    return session.scalar(select(Post).where(Post.thread_id == thread.id, Post.number == 2))


def test_file_stands_below_the_answer_and_opens(anna, browser):
    thread = make_thread(author=make_bernd())

    assert send(anna, thread, ("Konzept ä.txt", "Grüße".encode())) is Outcome.POSTED

    kept = session.scalar(select(Attachment))
    assert answer(thread).body == (
        f"Hier das Konzept.\n\nAnhang: [Konzept ä.txt](/anhaenge/{kept.id})"
    )
    browser.sign_in(make_bernd())
    page = browser.open(thread.path)
    assert page.follow("Konzept ä.txt").response.text == "Grüße"


def test_refused_file_is_named_in_a_mail_and_the_answer_posted(anna):
    thread = make_thread(author=make_bernd())

    assert send(anna, thread, ("virus.exe", b"MZ")) is Outcome.POSTED

    notice = session.scalar(select(Mail).where(Mail.event == "replies:notice"))
    assert answer(thread).body == "Hier das Konzept."
    assert "virus.exe" in notice.text


def test_more_files_than_allowed_are_refused(anna):
    thread = make_thread(author=make_bernd())

    send(anna, thread, *((f"{index}.txt", b"Text") for index in range(12)))

    assert len(session.scalars(select(Attachment)).all()) == 10
    notice = session.scalar(select(Mail).where(Mail.event == "replies:notice"))
    assert "11.txt" in notice.text


def test_file_of_a_closed_group_is_for_its_members(anna, browser):
    group = make_group(audience="closed", members=(anna,))
    thread = make_thread(author=anna, group=group)
    send(anna, thread, ("Intern.txt", b"geheim"))
    kept = session.scalar(select(Attachment))

    browser.sign_in(make_bernd())

    browser.open(kept.path, 404)


def test_file_goes_with_its_post(anna, browser):
    thread = make_thread(author=make_bernd())
    send(anna, thread, ("Konzept.txt", b"Text"))
    kept = session.scalar(select(Attachment))
    answer(thread).hidden_at = clock.now()
    session.commit()

    browser.sign_in(make_bernd())

    browser.open(kept.path, 404)


def test_link_in_a_post_of_somebody_else_opens_nothing(anna, browser):
    secret = make_thread(author=anna, group=make_group(audience="closed", members=(anna,)))
    send(anna, secret, ("Intern.txt", b"geheim"))
    kept = session.scalar(select(Attachment))
    bernd, own = make_bernd(), make_thread(author=make_bernd())
    answer_of = written(bernd, own, f"[x]({kept.path})")
    take(answer_of.as_bytes())

    browser.sign_in(bernd)

    browser.open(kept.path, 404)
