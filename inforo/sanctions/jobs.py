"""Letting people in again when their suspension is over. Silence ends by the clock alone."""

from huey import crontab

from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.jobs import sweep
from inforo.people.actions import reactivate
from inforo.sanctions import queries


@sweep(crontab(minute="*/5"))
def end_suspensions() -> None:
    for account in queries.suspended_until(now()):
        reactivate(Actor(), account)
    session.commit()
