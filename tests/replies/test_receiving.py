"""What becomes of an answer by mail: a post, a draft, a clear word, or nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import current_app
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import func, select

from inforo import clock
from inforo.config import settings
from inforo.db import session
from inforo.discussions.jobs import tell_followers
from inforo.discussions.models import Post
from inforo.drafts.models import Draft
from inforo.mail import Mail, deliver_mails
from inforo.replies.addresses import address_for, find_ticket
from inforo.replies.jobs import forget_received_mails
from inforo.replies.models import BouncedAddress, Outcome, ReceivedMail
from inforo.security import limiter
from inforo.watching import actions as watching
from inforo.watching.models import Level, Target
from tests.factories import (
    actor,
    make_anna,
    make_bernd,
    make_frieda,
    make_group,
    make_post,
    make_thread,
)
from tests.mailings.sending import wait_for_mails
from tests.replies.writing import send, take, written

ADDRESS = "antwort+{token}@forum.example"


@pytest.fixture(autouse=True)
def open_for_replies(app, monkeypatch):
    settings = replace(app.extensions["settings"], reply_address=ADDRESS)
    monkeypatch.setitem(app.extensions, "settings", settings)


@pytest.fixture
def anna():
    return make_anna()


@pytest.fixture
def thread():
    return make_thread(author=make_bernd())


def change(app, monkeypatch, **values):
    monkeypatch.setitem(
        app.extensions, "settings", replace(app.extensions["settings"], **values)
    )


def posts(thread):
    session.expire_all()
    statement = select(Post).where(Post.thread_id == thread.id, Post.number > 1)
    return list(session.scalars(statement.order_by(Post.number)))


def notices():
    statement = select(Mail).where(Mail.event == "replies:notice").order_by(Mail.id)
    return list(session.scalars(statement))


def test_answer_by_mail_is_posted_without_its_quote(anna, thread):
    assert send(anna, thread) is Outcome.POSTED

    (post,) = posts(thread)
    assert (post.body, post.author_id) == ("Samstags im Bürgerhaus.", anna.id)
    assert notices() == []


def test_address_is_short_enough_and_survives_upper_case(anna, thread):
    address = address_for(anna, f"threads:{thread.id}")

    assert len(address.partition("@")[0]) <= 64
    assert find_ticket([address.upper()]).account_id == anna.id


def test_there_is_no_address_without_the_setting(app, monkeypatch, anna, thread):
    change(app, monkeypatch, reply_address="")

    assert address_for(anna, f"threads:{thread.id}") == ""
    assert send(anna, thread, to="x@forum.example") is Outcome.UNKNOWN


def test_changed_address_opens_nothing(anna, thread):
    address = address_for(make_bernd(), f"threads:{thread.id}")
    theirs = address.split("-", 1)
    forged = f"antwort+{anna.id}-{theirs[1]}"

    assert send(anna, thread, to=forged) is Outcome.UNKNOWN
    assert posts(thread) == notices() == []


def test_mail_that_comes_twice_is_posted_once(anna, thread):
    mail = written(anna, thread).as_bytes()

    assert take(mail) is Outcome.POSTED
    assert take(mail) is Outcome.AGAIN

    assert len(posts(thread)) == 1


def test_worker_killed_in_the_middle_loses_and_doubles_nothing(anna, thread, monkeypatch):
    mail = written(anna, thread).as_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(session, "commit", interrupted)
        with pytest.raises(KeyboardInterrupt):
            take(mail)
    session.rollback()
    assert posts(thread) == []

    assert take(mail) is Outcome.POSTED

    assert len(posts(thread)) == 1


def interrupted():
    raise KeyboardInterrupt


def test_other_sender_becomes_a_draft_that_the_account_is_asked_about(anna, thread):
    assert send(anna, thread, sender="fremd@anderswo.example") is Outcome.DRAFT

    draft = session.scalar(select(Draft).where(Draft.account_id == anna.id))
    (notice,) = notices()
    assert draft.fields == {"body": ["Samstags im Bürgerhaus."]}
    assert notice.address == anna.email
    assert "fremd@anderswo.example" in notice.text
    assert f"entwurf={draft.id}" in notice.text
    assert posts(thread) == []


def test_unclear_answer_waits_in_the_form_of_its_thread(anna, thread, browser):
    send(
        anna, thread, "Am 12.11.2026 um 14:03 schrieb inforo:\n> Wann?\nSamstags.\n> Wo?\nHier."
    )
    draft = session.scalar(select(Draft).where(Draft.account_id == anna.id))

    browser.sign_in(anna)
    page = browser.open(f"{thread.path}?entwurf={draft.id}")

    assert "Samstags." in page.text
    assert "Bitte bestätigen" in notices()[0].subject


def test_locked_thread_gives_the_words_back_once(anna, thread):
    thread.locked_at = clock.now()
    session.commit()

    assert send(anna, thread) is Outcome.REFUSED
    assert send(anna, thread, "Noch einmal.") is Outcome.REFUSED

    (notice,) = notices()
    assert "geschlossen" in notice.text
    assert "Samstags im Bürgerhaus." in notice.text
    assert notice.headers["Auto-Submitted"] == "auto-generated"


def test_hidden_thread_is_not_named(anna, thread):
    thread.hidden_at = clock.now()
    session.commit()

    assert send(anna, thread) is Outcome.REFUSED

    (notice,) = notices()
    assert thread.title not in notice.subject + notice.text + notice.html


def test_thread_of_a_group_one_cannot_read_is_not_named(anna):
    thread = make_thread(author=make_bernd(), group=make_group(audience="closed"))

    assert send(anna, thread) is Outcome.REFUSED

    (notice,) = notices()
    assert thread.title not in notice.subject + notice.text + notice.html


def test_merged_thread_leads_to_the_other_one(anna, thread):
    other = make_thread(author=make_bernd())
    thread.hidden_at, thread.merged_into_id = clock.now(), other.id
    session.commit()

    send(anna, thread)

    assert f"/diskussionen/{other.id}" in notices()[0].text


def test_old_address_says_so(anna, thread):
    mail = written(anna, thread).as_bytes()
    clock.shift(timedelta(days=91))

    assert take(mail) is Outcome.REFUSED
    assert "zu alt" in notices()[0].text


def test_suspended_person_is_told_and_posts_nothing(anna, thread):
    anna.suspended_at = clock.now()
    session.commit()

    assert send(anna, thread) is Outcome.REFUSED
    assert posts(thread) == []
    assert "Konto" in notices()[0].text


def test_automatic_answer_is_never_answered(anna, thread):
    mail = written(anna, thread)
    mail["Auto-Submitted"] = "auto-replied"

    assert take(mail.as_bytes()) is Outcome.IGNORED
    assert posts(thread) == notices() == []


def test_too_many_mails_of_one_day_are_refused_with_one_word(app, monkeypatch, anna, thread):
    change(app, monkeypatch, limit_replies_by_mail=2)

    assert [send(anna, thread) for _ in range(4)] == [Outcome.POSTED] * 2 + [
        Outcome.REFUSED
    ] * 2
    assert len(notices()) == 1


def test_too_large_mail_is_refused(app, monkeypatch, anna, thread):
    change(app, monkeypatch, reply_max_bytes=1_000)

    assert send(anna, thread, "Lang. " * 1_000) is Outcome.REFUSED
    assert "zu groß" in notices()[0].text


def test_new_member_waits_for_approval(thread):
    newcomer = make_anna(approved_at=clock.now() - timedelta(days=3))

    assert send(newcomer, thread) is Outcome.HELD
    assert posts(thread) == []
    assert "Freigabe" in notices()[0].subject


def test_notes_are_forgotten(anna, thread):
    send(anna, thread)
    clock.shift(timedelta(days=91))

    forget_received_mails()

    assert session.scalars(select(ReceivedMail)).all() == []


def report(sent, status="5.1.1", action="failed"):
    return (
        "From: MAILER-DAEMON@mx.example\nContent-Type: multipart/report; "
        'report-type=delivery-status; boundary="b"\n\n--b\n'
        f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        f"Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 gone\n\n--b\n"
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: {sent.message_id}\n\n--b--\n"
    ).encode()


def refused_mail(account, thread, text):
    thread.locked_at = clock.now()
    session.commit()
    send(account, thread, text)
    return notices()[-1]


def test_address_that_refuses_three_mails_is_paused_until_an_admin_resumes(anna, browser):
    sent = [refused_mail(anna, make_thread(author=make_bernd()), "A") for _ in range(4)]
    for mail in sent[:3]:
        assert take(report(mail)) is Outcome.BOUNCE
        assert take(report(mail)) is Outcome.AGAIN

    found = session.scalar(select(BouncedAddress))
    assert (found.count, found.paused_at is not None) == (3, True)
    browser.sign_in(make_frieda())
    page = browser.open("/betrieb/unzustellbar")
    assert anna.email in page.text
    page.submit(f"resume-{found.id}")
    assert session.scalar(select(BouncedAddress)) is None


def test_nothing_is_sent_to_a_paused_address(app, monkeypatch, anna, thread):
    mail = refused_mail(anna, thread, "A")
    session.add(BouncedAddress(address_key=anna.email_key, paused_at=clock.now()))
    session.commit()
    change(app, monkeypatch, mail_host="127.0.0.1", mail_port=9)

    deliver_mails()

    session.refresh(mail)
    assert mail.last_error.startswith("paused")


def test_mailbox_that_is_full_is_not_counted(anna, thread):
    mail = refused_mail(anna, thread, "A")

    assert take(report(mail, "4.2.2")) is Outcome.BOUNCE
    assert session.scalar(select(BouncedAddress)) is None


def test_report_about_a_mail_of_somebody_else_is_ignored(anna, thread):
    mail = refused_mail(anna, thread, "A")
    mail.message_id = "<geraten@forum.example>"

    assert take(report(mail).replace(b"geraten", b"falsch")) is Outcome.IGNORED


def test_list_of_bounces_costs_the_same_for_many(count_queries, browser):
    browser.sign_in(make_frieda())
    browser.open("/betrieb/unzustellbar")
    one = count_queries(lambda: browser.open("/betrieb/unzustellbar"))
    for index in range(5):
        owner = make_anna()
        session.add(BouncedAddress(address_key=f"a{index}", account_id=owner.id, count=1))
    session.commit()

    assert count_queries(lambda: browser.open("/betrieb/unzustellbar")) <= one <= 12


def test_help_page_says_whether_answers_are_taken(browser, app, monkeypatch):
    assert "nicht eingerichtet" not in browser.open("/hilfe/antworten-per-e-mail").text
    change(app, monkeypatch, reply_address="")
    assert "nicht eingerichtet" in browser.open("/hilfe/antworten-per-e-mail").text


def test_settings_of_the_test_are_those_of_the_platform():
    assert current_app.extensions["settings"].reply_address == ADDRESS


def test_own_reply_address_is_never_published(anna, thread):
    address = address_for(anna, f"threads:{thread.id}")

    send(anna, thread, f"Ich sehe da {address} stehen.")

    assert posts(thread)[0].body == "Ich sehe da … stehen."


def test_person_who_writes_too_fast_is_taken_a_minute_later(app, monkeypatch, anna, thread):
    storage = MemoryStorage()
    monkeypatch.setattr(limiter, "_storage", storage)
    monkeypatch.setattr(limiter, "_limiter", MovingWindowRateLimiter(storage))
    monkeypatch.setattr(limiter, "enabled", True)
    mail = written(anna, thread, "Zweitens.").as_bytes()

    assert send(anna, thread, "Erstens.") is Outcome.POSTED
    assert take(mail) is Outcome.LATER
    assert session.scalar(select(func.count(ReceivedMail.id))) == 1
    storage.reset()

    assert take(mail) is Outcome.POSTED


def test_mail_about_an_answer_can_be_answered(anna, browser):
    thread = make_thread(author=anna)
    watching.choose(actor(anna), Target.THREAD, thread.id, Level.FOLLOW)
    tell_followers(post_id=make_post(thread, "Samstags.", author=make_bernd()).id)

    (mail,) = [mail for mail in wait_for_mails() if mail.account_id == anna.id]

    assert mail.headers["Reply-To"] == address_for(anna, f"threads:{thread.id}")
    assert "direkt antworten" in mail.text
    assert send(anna, thread, to=mail.headers["Reply-To"]) is Outcome.POSTED


def test_address_of_a_closed_account_is_forgotten(anna):
    bernd = make_bernd()
    for owner in (anna, bernd):
        session.add(
            BouncedAddress(
                address_key=owner.email_key, account_id=owner.id, paused_at=clock.now()
            )
        )
    anna.closed_at = clock.now()
    session.commit()

    forget_received_mails()

    assert session.scalars(select(BouncedAddress.account_id)).all() == [bernd.id]


def test_address_that_refused_mails_is_kept_as_long_as_promised(anna):
    days = settings.keep_received_mails_days
    for owner, age in ((anna, days + 1), (make_bernd(), days - 1)):
        then = clock.now() - timedelta(days=age)
        session.add(
            BouncedAddress(
                address_key=owner.email_key, account_id=owner.id, last_at=then, paused_at=then
            )
        )
    session.commit()

    forget_received_mails()

    [left] = session.scalars(select(BouncedAddress))
    assert left.account_id != anna.id
