"""Telling offices about applications, and forgetting what must not be kept."""

from datetime import timedelta
from typing import Any

from flask import current_app, url_for
from huey import crontab
from sqlalchemy import delete

from inforo.applications import queries
from inforo.applications.models import Application
from inforo.audit import subject_of
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.i18n import _l
from inforo.jobs import job, sweep
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.models import WorkItem, WorkKind
from inforo.offices.queries import find_item


@job
def tell_office(application_id: int, occasion: str) -> None:
    """Tell who may decide that an application came, was answered or was handed over.

    `occasion` makes the message unique: "new", "answer:7", "handed:3".
    """
    application = queries.find_application(application_id)
    if application is None:
        return
    item = find_item(WorkKind.APPLICATION, subject_of(application))
    if item is None or not item.is_open:
        return
    title = title_for(application, item, occasion)
    for person in queries.people_in_charge(item):
        notify(
            person,
            Event.WORK,
            key=f"{subject_of(application)}:{occasion}",
            title=title,
            text=application.reason,
            url=url_for("applications.review", application_id=application.id),
            subject=subject_of(application),
        )
    session.commit()


def title_for(application: Application, item: WorkItem, occasion: str) -> Any:
    if occasion.startswith("answer"):
        name = application.account.name
        return _l("%(name)s hat auf Ihre Rückfrage geantwortet", name=name)
    if occasion.startswith("handed"):
        return _l("Eine Anmeldung wurde an Sie abgegeben: %(title)s", title=item.title)
    return _l("Neue Anmeldung: %(title)s", title=item.title)


@sweep(crontab(minute="23", hour="2"))
def forget_registrations() -> None:
    """Delete registrations nobody confirmed, and applications that came to nothing.

    The account of somebody who never became a member goes with the application.
    """
    unconfirmed = now() - timedelta(days=settings.keep_unconfirmed_days)
    for account in queries.unconfirmed_before(unconfirmed):
        session.delete(account)
    ended = queries.ended_before(now() - timedelta(days=settings.keep_applications_days))
    for application in ended:
        session.execute(delete(WorkItem).where(WorkItem.subject == subject_of(application)))
        newest = queries.find_own_application(application.account_id)
        is_last = newest is not None and newest.id == application.id
        if application.is_move or not is_last:
            session.delete(application)
        else:
            session.delete(application.account)
    session.commit()
    current_app.logger.info("%s ended applications forgotten", len(ended))
