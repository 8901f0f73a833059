"""Mails are fetched from a mailbox, and leave it only after they were dealt with."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from inforo.db import session
from inforo.discussions.models import Post
from inforo.replies import fetching
from inforo.replies.jobs import fetch_mails, take
from tests.factories import make_anna, make_bernd, make_thread
from tests.replies.imap_server import Mailbox
from tests.replies.writing import written


@pytest.fixture
def mailbox(app, monkeypatch):
    with Mailbox() as box:
        settings = replace(
            app.extensions["settings"],
            reply_address="antwort+{token}@forum.example",
            imap_host="127.0.0.1",
            imap_port=box.port,
            imap_tls="none",
            imap_user="antwort",
            imap_password="geheim",  # noqa: S106 (of the server in this test)
        )
        monkeypatch.setitem(app.extensions, "settings", settings)
        yield box


@pytest.fixture
def anna():
    return make_anna()


@pytest.fixture
def thread():
    return make_thread(author=make_bernd())


def answers(thread):
    session.expire_all()
    statement = select(Post.body).where(Post.thread_id == thread.id, Post.number > 1)
    return list(session.scalars(statement.order_by(Post.number)))


def test_answer_in_the_mailbox_is_posted_and_deleted(mailbox, anna, thread):
    mailbox.put(written(anna, thread, "Samstags.").as_bytes())

    fetch_mails()

    assert answers(thread) == ["Samstags."]
    assert mailbox.mails == {}


def test_mail_for_nobody_stays_as_read(mailbox):
    uid = mailbox.put(b"From: a@b.example\r\nTo: x@forum.example\r\n\r\nHallo")

    fetch_mails()

    assert mailbox.flags[uid] == {r"\Seen"}


def test_worker_killed_before_it_marked_a_mail_posts_it_once(mailbox, anna, thread):
    uid = mailbox.put(written(anna, thread, "Samstags.").as_bytes())
    take(mailbox.mails[uid])

    fetch_mails()

    assert answers(thread) == ["Samstags."]
    assert mailbox.mails == {}


def test_mail_that_breaks_something_does_not_hold_up_the_next(mailbox, anna, thread):
    broken = mailbox.put(b"kaputt")
    mailbox.put(written(anna, thread, "Samstags.").as_bytes())

    def stumble(raw):
        if raw == b"kaputt":
            raise ValueError("broken")
        return take(raw)

    fetching.fetch(stumble)

    assert answers(thread) == ["Samstags."]
    assert mailbox.flags[broken] == {r"\Flagged"}


def test_mail_that_is_too_large_is_not_loaded(app, monkeypatch, mailbox, anna, thread):
    small = replace(app.extensions["settings"], reply_max_bytes=3_000)
    monkeypatch.setitem(app.extensions, "settings", small)
    mailbox.put(written(anna, thread, "Lang. " * 2_000).as_bytes())

    fetch_mails()

    assert answers(thread) == []
    assert mailbox.mails == {}
    assert "(BODY.PEEK[])" not in mailbox.asked


def test_mailbox_that_does_not_answer_is_asked_again_later(app, monkeypatch, caplog):
    closed = replace(app.extensions["settings"], imap_host="127.0.0.1", imap_port=1)
    monkeypatch.setitem(app.extensions, "settings", closed)

    fetch_mails()

    assert "did not answer" in caplog.text


def test_wrong_password_is_a_warning(app, monkeypatch, mailbox, caplog):
    wrong = replace(app.extensions["settings"], imap_password="falsch")  # noqa: S106
    monkeypatch.setitem(app.extensions, "settings", wrong)

    fetch_mails()

    assert "did not answer" in caplog.text


def test_without_a_mailbox_nothing_is_fetched(app, caplog):
    fetch_mails()

    assert caplog.text == ""
