"""Reminding superiors once, and forgetting their addresses."""

from datetime import timedelta

from flask import url_for
from huey import crontab

from inforo import clock, mail
from inforo.config import settings
from inforo.db import session
from inforo.jobs import sweep
from inforo.offices.workdays import is_working_day, working_days_between
from inforo.signoffs import queries
from inforo.signoffs.models import SignoffLink

BATCH = 100


def order_mail(link: SignoffLink, *, is_reminder: bool = False) -> None:
    """Send the link to its one person; nobody else learns the address."""
    signoff = link.signoff
    mail.order(
        link.email,
        "signoffs/reading",
        dedupe_key=f"signoff:{link.id}:{'reminder' if is_reminder else 'first'}",
        name=link.name,
        writer=signoff.account.name,
        place=signoff.account.place,
        kind=signoff.kind.label,
        is_reminder=is_reminder,
        expires_at=link.expires_at,
        url=url_for("signoffs.read", secret=link.secret, _external=True),
    )


@sweep(crontab(minute="17", hour="7"))
def remind_superiors() -> None:
    """Remind once after some working days, and not at the weekend."""
    if not is_working_day(clock.today()):
        return
    moment = clock.now() - timedelta(days=settings.signoff_reminder_days)
    for link in queries.waiting_since(moment, BATCH):
        state = link.signoff.account.state_code
        days = working_days_between(link.created_at, clock.now(), state)
        if days >= settings.signoff_reminder_days and link.is_open:
            link.reminded_at = clock.now()
            order_mail(link, is_reminder=True)
    session.commit()


@sweep(crontab(minute="53", hour="2"))
def forget_addresses() -> None:
    """Empty the addresses of links that are over; who answered what stays."""
    until = clock.now() - timedelta(days=settings.keep_signoff_addresses_days)
    for link in queries.over_before(until, BATCH):
        link.email = ""
    session.commit()
