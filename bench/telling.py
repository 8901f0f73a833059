"""Measures telling a group of many members: `python -m bench.telling [members]`.

Fills the installation that INFORO_INSTANCE_PATH names (an empty demo: `inforo demo` first) with
a group whose members all follow it and want mails at once. Then somebody asks a question there:
how long does the request take, how long the worker, and how long is a writer held up at most?
All in time computed, so that what others do on the machine can be told apart.
"""

import statistics
import sys
import time
from datetime import timedelta

from sqlalchemy import event, func, insert, select

from bench.measure import fields
from bench.searching import sign_in
from inforo import clock, jobs
from inforo.accounts.models import Account
from inforo.app import create_app
from inforo.db import session
from inforo.groups.models import Admission, Group, GroupAudience, Membership
from inforo.mail import Mail
from inforo.mailings.jobs import send_bundles
from inforo.notifications import models as notifications
from inforo.watching.models import Level, Watch

ROUNDS = 15


def make_group(name: str, members: int) -> int:
    """Return the id of a new group with so many members who follow it."""
    group = Group(
        slug=name,
        name=name,
        name_key=name,
        purpose="Messen",
        audience=GroupAudience.MEMBERS,
        admission=Admission.OPEN,
    )
    session.add(group)
    session.flush()
    rows = [account_row(f"{name}{number}@bench.example") for number in range(members)]
    session.execute(insert(Account), rows)
    ids = session.scalars(
        select(Account.id).where(Account.email.like(f"{name}%@bench.example"))
    ).all()
    session.execute(
        insert(Membership), [{"group_id": group.id, "account_id": key} for key in ids]
    )
    session.execute(
        insert(Watch),
        [{"group_id": group.id, "account_id": key, "level": Level.FOLLOW} for key in ids],
    )
    question = notifications.Event.QUESTION
    session.execute(
        insert(notifications.Choice),
        [{"account_id": key, "event": question, "by_mail": True} for key in ids],
    )
    session.commit()
    return group.id


def account_row(email: str) -> dict[str, object]:
    now = clock.now()
    return {"name": email, "email": email, "email_key": email, "approved_at": now}


def ask(client, group_id: int) -> float:
    """Ask a question in a group; return the milliseconds the request computed."""
    page = client.get("/diskussionen/neu").data
    form = fields(page, "thread") | {
        "title": "Wie messen wir?",
        "body": "So genau es geht.",
        "group_id": str(group_id),
    }
    before = time.process_time()
    answer = client.post("/diskussionen/neu", data=form)
    assert answer.status_code == 303, answer.status
    return (time.process_time() - before) * 1000


class Longest:
    """How long transactions of this process computed, while others had to wait."""

    def __init__(self, engine) -> None:
        self.began, self.held = 0.0, [0.0]
        event.listen(engine, "begin", self.begin)
        event.listen(engine, "commit", self.end)

    def begin(self, _connection) -> None:
        self.began = time.process_time()

    def end(self, _connection) -> None:
        self.held.append((time.process_time() - self.began) * 1000)

    def take(self) -> tuple[float, float]:
        """Return median and maximum since the last time."""
        held, self.held = self.held, [0.0]
        return statistics.median(held), max(held)


def work(name: str, longest: Longest, function) -> None:
    longest.take()
    started, before = time.perf_counter(), time.process_time()
    function()
    median, most = longest.take()
    print(
        f"{name}: {time.perf_counter() - started:.1f} s passed, "
        f"{time.process_time() - before:.1f} s computed; "
        f"a transaction {median:.0f} ms (median), {most:.0f} ms (longest)"
    )


def main(members: int) -> None:
    app = create_app({"limits_enabled": False, "log_level": "ERROR"})
    longest = Longest(app.extensions["engine"])
    base_url = app.extensions["settings"].base_url
    mark = f"g{int(time.time())}"
    with app.app_context():
        groups = make_group(f"{mark}s", 20), make_group(f"{mark}l", members)
    for name, group_id in zip(("20", str(members)), groups, strict=True):
        client = app.test_client()
        sign_in(client)
        passed = [ask(client, group_id) for _round in range(ROUNDS)]
        print(f"asking a group of {name}: {statistics.median(passed):.1f} ms (median)")
    with app.app_context():
        session.execute(jobs.QueuedJob.__table__.delete())
        session.commit()
    ask(client, groups[1])
    with app.app_context(), app.test_request_context(base_url=base_url):
        work("telling", longest, jobs.work_all)
        clock.shift(timedelta(minutes=11))
        work("writing mails", longest, send_bundles)
        print_outcomes()


def print_outcomes() -> None:
    outcome = notifications.Notification.mail_outcome
    for name, count in session.execute(select(outcome, func.count()).group_by(outcome)):
        print(f"{name}: {count}")
    print(f"mails: {session.scalar(select(func.count(Mail.id)))}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
