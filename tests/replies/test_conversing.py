"""An answer by mail to a private message: sent, kept as a draft, or refused with a word."""

from dataclasses import replace
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.conversations.models import Message
from inforo.db import session
from inforo.drafts.models import Draft
from inforo.mail import Mail
from inforo.replies.addresses import address_for, find_ticket
from inforo.replies.models import Outcome
from tests.contacts.making import make_block
from tests.conversations.making import make_conversation
from tests.factories import make_account, make_anna, make_bernd
from tests.mailings.sending import mails_to, wait_for_mails
from tests.replies.writing import QUOTE, number, take

ADDRESS = "antwort+{token}@forum.example"


@pytest.fixture(autouse=True)
def open_for_replies(app, monkeypatch):
    settings = replace(app.extensions["settings"], reply_address=ADDRESS)
    monkeypatch.setitem(app.extensions, "settings", settings)


@pytest.fixture
def anna():
    return make_anna()


@pytest.fixture
def talk(anna):
    return make_conversation(make_bernd(), anna, subject="Elternlotsen", body="Wie denn?")


def written(account, conversation, text="Samstags im Bürgerhaus.", **values) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = values.get("sender", account.email)
    mail["To"] = values.get("to") or address_for(account, f"conversations:{conversation.id}")
    mail["Subject"] = "AW: Elternlotsen"
    mail["Message-ID"] = f"<privat{next(number)}@stadt.example>"
    mail.set_content(text + QUOTE)
    return mail


def send(account, conversation, **values):
    return take(written(account, conversation, **values).as_bytes())


def messages():
    session.expire_all()
    return list(session.scalars(select(Message.body).order_by(Message.number)))


def notices():
    statement = select(Mail).where(Mail.event == "replies:notice").order_by(Mail.id)
    return list(session.scalars(statement))


def test_answer_to_the_mail_is_sent_without_its_quote(anna, talk):
    wait_for_mails()
    [told] = mails_to(anna)
    assert "direkt antworten" in told.text
    assert told.headers["Reply-To"] == address_for(anna, f"conversations:{talk.id}")

    assert send(anna, talk, to=told.headers["Reply-To"]) is Outcome.POSTED

    assert messages() == ["Wie denn?", "Samstags im Bürgerhaus."]
    assert notices() == []


def test_address_of_a_discussion_opens_no_conversation(anna, talk):
    address = address_for(anna, f"threads:{talk.id}")
    forged = address.replace("+", "+m", 1)

    assert find_ticket([address]).table == "threads"
    assert find_ticket([forged]) is None
    assert send(anna, talk, to=forged) is Outcome.UNKNOWN


def test_address_is_short_enough_and_survives_upper_case(anna, talk):
    address = address_for(anna, f"conversations:{talk.id}")

    assert len(address.partition("@")[0]) <= 64
    assert find_ticket([address.upper()]).subject == f"conversations:{talk.id}"


def test_mail_from_another_address_becomes_a_draft_of_the_conversation(anna, talk):
    assert send(anna, talk, sender="fremd@anderswo.example") is Outcome.DRAFT

    [draft] = session.scalars(select(Draft))
    assert draft.target == f"message:{talk.id}"
    assert f"/nachrichten/{talk.id}?entwurf={draft.id}" in notices()[0].text
    assert messages() == ["Wie denn?"]


@pytest.mark.parametrize("case", ["blocked", "silenced", "left", "stranger"])
def test_who_may_not_write_there_is_told_and_gets_the_words_back(anna, talk, case):
    writer = anna
    if case == "blocked":
        make_block(talk.find_participant(talk.started_by_id).account, anna)
    elif case == "silenced":
        anna.silenced_until = clock.now() + clock.timedelta(days=1)
    elif case == "left":
        talk.find_participant(anna.id).leave()
    else:
        writer = make_account("Fremde")
    session.commit()

    assert send(writer, talk) is Outcome.REFUSED

    [notice] = notices()
    assert notice.account_id == writer.id
    assert "Samstags im Bürgerhaus." in notice.text
    assert ("Elternlotsen" in notice.subject + notice.text) is (case == "blocked")
    assert messages() == ["Wie denn?"]


def test_files_are_left_out_and_named(anna, talk):
    mail = written(anna, talk)
    mail.add_attachment(b"Plan", maintype="text", subtype="plain", filename="plan.txt")

    assert take(mail.as_bytes()) is Outcome.POSTED

    assert "plan.txt" in notices()[0].text
    assert messages()[1] == "Samstags im Bürgerhaus."
