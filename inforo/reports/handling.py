"""What happens to every report, of a post, a page or a message: work, a decision, an answer."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _, _l, written
from inforo.notifications.actions import notify, notify_all
from inforo.notifications.models import Event
from inforo.offices.actions import close_item, open_item
from inforo.offices.models import WorkKind
from inforo.reports.models import Reported


def hand_in(actor: Actor, report: Reported, title: Any) -> None:
    """Keep a report and put it into the basket of whoever decides on it."""
    session.add(report)
    session.flush()
    url = report.address
    open_item(WorkKind.REPORT, report, title=title, url=url, author_id=actor.account_id)


def tell(
    people: Iterable[Account], event: Event, report: Reported, title: Any, url: str
) -> None:
    """Tell those of the people who neither reported it nor wrote it themselves."""
    told = [each for each in people if each.id not in (report.reporter_id, report.writer_id)]
    notify_all(told, event, key=report.key, title=title, url=url, text=report.reason.label)


def check_open(report: Reported) -> None:
    """Refuse a second decision; locked, so that of two at the same moment one stands."""
    kind = type(report)
    session.scalar(select(kind.id).where(kind.id == report.id).with_for_update())
    session.refresh(report, ["decided_at"])
    if report.decided_at is not None:
        raise DomainError(_("Über diese Meldung hat inzwischen jemand anderes entschieden."))


def close(actor: Actor, report: Reported, outcome: Any, reason: str, url: str) -> None:
    """Note what was decided, take the work out of the basket, tell who made the report."""
    report.decide(actor.account_id, f"{written(outcome)} {reason}")
    close_item(actor, WorkKind.REPORT, report, outcome)
    if report.reporter is not None:
        notify(
            report.reporter,
            Event.DECISION,
            key=f"{report.key}:outcome",
            title=_l("Ihre Meldung ist entschieden"),
            url=url,
            text=_l("%(outcome)s Begründung: %(reason)s", outcome=outcome, reason=reason),
            actor=actor,
        )
