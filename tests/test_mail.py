"""The outbox: once per event, sent over real SMTP, retried, threaded."""

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from inforo import jobs, mail
from inforo.config import settings
from inforo.db import session
from inforo.mail import Mail
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from tests.factories import make_anna
from tests.installation import free_port


class Sink:
    """Keeps what a mail server would have received."""

    def __init__(self) -> None:
        self.received: list = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.received.append(envelope)
        return "250 OK"


@pytest.fixture
def smtp(app, monkeypatch):
    sink = Sink()
    port = free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    with_smtp = settings._get_current_object().__class__(
        **{**vars(app.extensions["settings"]), "mail_host": "127.0.0.1", "mail_port": port}
    )
    monkeypatch.setitem(app.extensions, "settings", with_smtp)
    yield sink
    controller.stop()


def tell(person, key="answer:1"):
    """Tell what is mailed at once; what waits for more is tested with the mailings."""
    return notify(
        person,
        Event.DECISION,
        key=key,
        title="Neue Antwort: Wie erreichen wir Väter?",
        text="Bei uns klappt es samstags.",
        url="/diskussionen/1",
        subject="threads:0",
    )


def test_a_person_is_told_once_per_occasion():
    anna = make_anna()

    tell(anna)
    session.commit()

    assert tell(anna) is None
    assert len(session.scalars(select(Mail)).all()) == 1


def test_mail_has_text_and_html_with_working_links(app):
    tell(make_anna())
    session.commit()

    [sent] = session.scalars(select(Mail))
    assert "http://localhost/diskussionen/1" in sent.text
    assert "http://localhost/diskussionen/1" in sent.html
    assert "<style" not in sent.html
    assert sent.headers["References"] == mail.message_id("threads:0")


def test_worker_delivers_over_smtp(app, smtp):
    anna = make_anna()
    tell(anna)
    session.commit()

    jobs.work_all()

    [envelope] = smtp.received
    assert envelope.rcpt_tos == [anna.email]
    content = envelope.content.decode()
    assert "multipart/alternative" in content
    assert "Auto-Submitted: auto-generated" in content
    assert session.scalars(select(Mail)).one().sent_at is not None


def test_unreachable_server_is_asked_again_later(app, monkeypatch):
    broken = settings._get_current_object().__class__(
        **{**vars(app.extensions["settings"]), "mail_host": "127.0.0.1", "mail_port": 1}
    )
    monkeypatch.setitem(app.extensions, "settings", broken)
    tell(make_anna())
    session.commit()

    jobs.work_all()

    [waiting] = session.scalars(select(Mail))
    assert waiting.sent_at is None
    assert waiting.attempts == 1
    assert "Connection" in waiting.last_error


def test_names_with_commas_and_line_breaks_stay_one_recipient():
    anna = make_anna()
    anna.name = 'Dr. Anna "die Große", Amt 5'
    tell(anna)
    session.commit()

    message = mail.compose(session.scalars(select(Mail)).one())

    assert message["To"].addresses[0].addr_spec == anna.email
    assert len(message["To"].addresses) == 1
