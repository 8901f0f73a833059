"""No address somebody types can hold back the mails of the others."""

import re

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from inforo import mail
from inforo.accounts.forms import EMAIL
from inforo.config import settings
from inforo.db import session
from inforo.mail import Mail
from tests.factories import save
from tests.installation import free_port

BAD = [
    "a@c..de",
    "a@",
    "",
    "a@[",
    "<a@b.de>",
    "a@b@c",
    "a b@c.de",
    "ä@c.de",
    "a@c.de\r\nBcc: x@y.de",
]


class Sink:
    def __init__(self) -> None:
        self.received: list[str] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.received += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def smtp(app, monkeypatch):
    sink = Sink()
    port = free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    present = vars(app.extensions["settings"])
    own = type(settings._get_current_object())(
        **present | {"mail_host": "127.0.0.1", "mail_port": port}
    )
    monkeypatch.setitem(app.extensions, "settings", own)
    yield sink
    controller.stop()


def put(address: str, key: str, name: str = "") -> Mail:
    return save(
        Mail(
            event="test",
            dedupe_key=key,
            address=address,
            name=name,
            subject="Betreff",
            text="Text\n",
            html="<p>Text</p>",
            message_id=f"<{key}@inforo.example>",
        )
    )


@pytest.mark.parametrize("address", BAD)
def test_a_bad_address_holds_back_nobody(smtp, address):
    first = put(address, "bad")
    put("gut@stadt.example", "good")

    mail.deliver_mails()

    assert smtp.received == ["gut@stadt.example"]
    again = session.scalar(select(Mail).where(Mail.id == first.id))
    assert again.last_error
    assert again.sent_at is None


@pytest.mark.parametrize(
    "name",
    ['"Anna", <x@boese.example>', "Anna\nBcc: x@boese.example", "=?utf-8?q?x?=", "ä" * 300],
)
def test_a_name_brings_no_second_recipient(smtp, name):
    put("gut@stadt.example", "one", name=name)
    put("auch@stadt.example", "two")

    mail.deliver_mails()

    assert set(smtp.received) <= {"gut@stadt.example", "auch@stadt.example"}
    assert "auch@stadt.example" in smtp.received


@pytest.mark.parametrize("address", ["a@c..de", "a@.de", "a@c.", "a@", "a b@c.de", "<a@b.de>"])
def test_forms_refuse_addresses_no_mail_reaches(address):
    assert not re.match(EMAIL, address)


@pytest.mark.parametrize("address", ["a@b.de", "anna.o'hara+x@sub.stadt-köln.example"])
def test_forms_take_ordinary_addresses(address):
    assert re.match(EMAIL, address)
