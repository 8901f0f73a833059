"""Telling managers and offices, by night, which groups need somebody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import url_for
from huey import crontab

from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.groups import policy
from inforo.groups.member_queries import managers
from inforo.groups.models import Group
from inforo.i18n import _l
from inforo.jobs import sweep
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.queries import coordinators_for_content, editors
from inforo.people.queries import actors_of
from inforo.tending import queries
from inforo.tending.models import GroupHint, Need

BATCH = 100
MONTH = timedelta(days=30)


@sweep(crontab(minute="50", hour="5"))
def point_at_groups() -> None:
    """Tell of silent groups and of those led alone, some per commit, each once in a while."""
    months = settings.group_silent_months
    again, since = now() - settings.group_hint_months * MONTH, now() - months * MONTH
    work(lambda: queries.silent(since, again, BATCH), Need.SILENT)
    settled = now() - timedelta(days=settings.group_alone_days)
    work(lambda: queries.led_alone(settled, again, BATCH), Need.ALONE)


def work(find: Callable[[], list[Group]], need: Need) -> None:
    while batch := find():
        for group in batch:
            point_at(group, need)
        session.commit()


def point_at(group: Group, need: Need) -> None:
    """Tell the managers and the office in charge what the group needs, and note it."""
    hint = queries.find_hint(group, need) or GroupHint(group_id=group.id, need=need)
    hint.hinted_at = now()
    session.add(hint)
    title, text = words_of(group, need)
    endpoint = "groups.archive" if need is Need.SILENT else "groups.show"
    for person in people_for(group):
        notify(
            person,
            Event.GROUP,
            key=f"group-{need.value}:{group.id}:{hint.hinted_at.date()}",
            title=title,
            text=text,
            url=url_for(endpoint, slug=group.slug),
            subject=subject_of(group),
        )


def words_of(group: Group, need: Need) -> tuple[Any, Any]:
    if need is Need.SILENT:
        return _l("In der Gruppe „%(name)s“ ist es still geworden", name=group.name), _l(
            "Hier wurde seit %(months)s Monaten nichts mehr geschrieben. Stellen Sie eine "
            "Frage in die Runde, oder archivieren Sie die Gruppe: Alles bleibt lesbar, und "
            "sie lässt sich wieder öffnen.",
            months=settings.group_silent_months,
        )
    return _l("Die Gruppe „%(name)s“ braucht eine zweite Leitung", name=group.name), _l(
        "Zu zweit geht die Gruppe auch im Urlaub und nach einem Stellenwechsel weiter. Bieten "
        "Sie auf der Seite der Mitglieder jemandem die Leitung an."
    )


def people_for(group: Group) -> list[Account]:
    """Return the managers, and whose office answers for the group."""
    leading = managers(group)
    staff = coordinators_for_content(group.state_code) if group.state_code else editors()
    known = actors_of(staff)
    in_charge = [each for each in staff if policy.oversees(known[each.id], group)]
    return list({person.id: person for person in [*leading, *in_charge]}.values())
