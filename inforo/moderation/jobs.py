"""Telling an office that a colleague elsewhere handed it something."""

from inforo.authz import Actor
from inforo.db import session
from inforo.i18n import _l
from inforo.jobs import job
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices import queries
from inforo.offices.models import CoordinationOffice, WorkItem
from inforo.offices.policy import may_work_on
from inforo.people.queries import actor_of


@job
def tell_office(item_id: int, office_id: int, actor_id: int | None, occasion: str) -> None:
    """Tell the staff of an office about an item, if it is theirs when the job runs."""
    item = session.get(WorkItem, item_id)
    office = session.get(CoordinationOffice, office_id)
    if item is None or office is None or not item.is_open:
        return
    for account in queries.staff_of(office):
        if account.id != actor_id and may_work_on(actor_of(account), item):
            notify(
                account,
                Event.WORK,
                key=f"handed:{item.id}:{occasion}",
                title=_l("Ihnen wurde ein Vorgang übergeben: %(title)s", title=item.title),
                url=f"/arbeitskorb/vorgaenge/{item.id}",
                text=item.kind.label,
                subject=f"work_items:{item.id}",
                actor=Actor(actor_id),
            )
    session.commit()
