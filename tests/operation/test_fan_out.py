"""A worker that dies while it tells many people: each of them is told exactly once."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from pysqlite3 import dbapi2 as sqlite

from tests.installation import ROOT, free_port

FOLLOWERS = 450

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc"), reason="looks at Linux processes")

ORDER = """
from sqlalchemy import delete, select
from inforo import clock
from inforo.accounts.models import Account
from inforo.app import create_app
from inforo.contents.jobs import process_file
from inforo.db import folded, session
from inforo.discussions.jobs import tell_followers
from inforo.discussions.models import Post, Thread
from inforo.groups.models import Membership
from inforo.jobs import QueuedJob
from inforo.notifications.models import Choice, Event
from inforo.watching.models import Level, Watch

app = create_app()
with app.app_context(), app.test_request_context():
    thread = session.scalars(select(Thread).where(Thread.hidden_at.is_(None))).first()
    post = session.scalar(select(Post).where(Post.thread_id == thread.id, Post.number == 1))
    for number in range({count}):
        email = f"folgt{{number}}@viele.example"
        account = Account(name=f"Folgt {{number}}", email=email, email_key=folded(email),
            password_hash="", approved_at=clock.now(), email_confirmed_at=clock.now())
        session.add(account)
        session.flush()
        session.add(Membership(group_id=thread.group_id, account_id=account.id))
        session.add(Watch(group_id=thread.group_id, account_id=account.id, level=Level.FOLLOW,
            created_at=post.created_at))
        session.add(Choice(account_id=account.id, event=Event.QUESTION, by_mail=True))
    pictures = QueuedJob.name == process_file.name  # of the files of the demo; they take long
    session.execute(delete(QueuedJob).where(pictures))
    tell_followers.later(post_id=post.id)
    session.commit()
"""


class Postbox:
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str]] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (aiosmtpd's name)
        message = message_from_bytes(envelope.content)
        self.mails += [(envelope.rcpt_tos[0], message["Message-ID"])]
        return "250 OK"

    def received(self) -> Counter[tuple[str, str]]:
        return Counter(mail for mail in self.mails if mail[0].endswith("@viele.example"))


def ask(installation, question: str) -> int:
    connection = sqlite.connect(installation.folder / "inforo.db", timeout=20)
    try:
        [(number,)] = connection.execute(question).fetchall() or [(0,)]
    finally:
        connection.close()
    return number


def wait_for(condition, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    assert condition()


TOLD = (
    "SELECT count(*) FROM notifications n JOIN accounts a ON a.id = n.account_id "
    "WHERE a.email LIKE '%@viele.example'"
)
WRITTEN = "SELECT count(*) FROM mails WHERE address LIKE '%@viele.example'"
WRITE = """
from datetime import timedelta
from inforo import clock
from inforo.app import create_app
from inforo.mailings.jobs import send_bundles

clock.shift(timedelta(hours=1))
app = create_app()
with app.app_context(), app.test_request_context():
    send_bundles()
"""
HURRY = """
from sqlalchemy import update
from inforo import clock
from inforo.app import create_app
from inforo.db import session
from inforo.jobs import QueuedJob
from inforo.mail import Mail

app = create_app()
with app.app_context():
    for table in (QueuedJob, Mail):
        session.execute(update(table).values(due_at=clock.now()))
    session.commit()
    app.extensions["wake"]()
"""


def execute(installation, script: str) -> None:
    subprocess.run(
        [sys.executable, "-c", script], env=installation.environ, cwd=ROOT, check=True
    )


def work_until(installation, condition, seconds: float = 240) -> None:
    """Let a worker work until something is true, then kill it without warning."""
    worker = installation.start("worker")
    try:
        wait_for(condition, seconds)
    finally:
        worker.stop(signal.SIGKILL)


def write_until(installation, condition, seconds: float = 240) -> None:
    """Let the mails be written that waited for others, then kill who writes them."""
    writer = subprocess.Popen([sys.executable, "-c", WRITE], env=installation.environ, cwd=ROOT)
    try:
        wait_for(condition, seconds)
    finally:
        writer.kill()
        writer.wait()


def test_everybody_is_told_once_though_the_worker_was_killed(demo, tmp_path):
    port = free_port()
    installation = demo.copy(
        tmp_path / "instance",
        mail_host="127.0.0.1",
        mail_port=str(port),
        log_level="WARNING",
    )
    execute(installation, ORDER.format(count=FOLLOWERS))
    postbox = Postbox()

    work_until(installation, lambda: ask(installation, TOLD) > 0)
    assert ask(installation, TOLD) < FOLLOWERS
    execute(installation, HURRY)  # or wait ten minutes for the lease of the dead worker
    work_until(installation, lambda: ask(installation, TOLD) == FOLLOWERS)
    write_until(installation, lambda: ask(installation, WRITTEN) > 0)
    assert ask(installation, WRITTEN) < FOLLOWERS
    execute(installation, WRITE)
    assert ask(installation, WRITTEN) == FOLLOWERS
    server = Controller(postbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        execute(installation, HURRY)
        work_until(installation, lambda: len(postbox.received()) > FOLLOWERS / 4)
        execute(installation, HURRY)
        work_until(installation, lambda: len(postbox.received()) == FOLLOWERS)
    finally:
        server.stop()

    received = postbox.received()
    assert len({address for address, _message_id in received}) == FOLLOWERS
    assert sum(received.values()) <= FOLLOWERS + 1, "only the mail in flight may come twice"
