"""What the start page and the pages of operation show."""

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, func, inspect, select, text

from inforo import clock
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.groups.models import Group
from inforo.jobs import MAX_ATTEMPTS, QueuedJob
from inforo.mail import Mail
from inforo.partnership.models import MunicipalityProfile, PartnershipStatus
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from inforo.toolbox.tool_models import Tool

LEAST_DISK_BYTES = 200_000_000
OLDEST_JOB = timedelta(minutes=30)


def latest_mails(limit: int = 100) -> list[Mail]:
    """Return the newest mails of the outbox.

    Outside the demo without those whose address and moment would tell who asks in confidence,
    and without those to superiors, whose address only the author knows.
    """
    statement = select(Mail).order_by(Mail.id.desc()).limit(limit)
    if not settings.demo:
        statement = statement.where(
            Mail.thread_key.not_like("confidences:%"), Mail.event.not_like("signoffs:%")
        )
    return list(session.scalars(statement))


def find_mail(mail_id: int) -> Mail | None:
    return session.get(Mail, mail_id)


def count_waiting_mails() -> int:
    statement = select(func.count(Mail.id)).where(
        Mail.sent_at.is_(None), Mail.given_up_at.is_(None)
    )
    return session.scalar(statement) or 0


def count_jobs() -> tuple[int, int]:
    """Return how many jobs wait, and how many were given up."""
    waiting = select(func.count(QueuedJob.id)).where(QueuedJob.attempts < MAX_ATTEMPTS)
    failed = select(func.count(QueuedJob.id)).where(QueuedJob.attempts >= MAX_ATTEMPTS)
    return session.scalar(waiting) or 0, session.scalar(failed) or 0


def schema_revision() -> str | None:
    """Return the migration the database stands at; None if it was made without one."""
    if not inspect(session.connection()).has_table("alembic_version"):
        return None
    revision: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def problems(head: str) -> list[str]:
    """Return why this process should get no requests; empty when all is well.

    Asks the database, its schema version, the age of the oldest job, and the free disk.
    """
    found = []
    if schema_revision() != head:
        found.append("schema")
    oldest = session.scalar(
        select(func.min(QueuedJob.due_at)).where(QueuedJob.attempts < MAX_ATTEMPTS)
    )
    if oldest is not None and clock.now() - oldest > OLDEST_JOB:
        found.append("queue")
    if free_disk(settings.instance) < LEAST_DISK_BYTES:
        found.append("disk")
    return found


def free_disk(folder: Path) -> int:
    """Return the free bytes where the platform keeps its files."""
    return shutil.disk_usage(folder).free


@dataclass(frozen=True)
class Figures:
    """What the platform holds and everybody may know."""

    examples: int
    tools: int
    profiles: int
    partners: int


def figures() -> Figures:
    """Count what is published, in one statement."""
    return Figures(*session.execute(FIGURES).one())


def figures_counted() -> Any:
    profiles = MunicipalityProfile.published_at.is_not(None)
    partner = MunicipalityProfile.status == PartnershipStatus.PARTNER
    counts: list[Any] = [
        select(func.count(Example.id)).where(Example.state == ExampleState.PUBLISHED),
        select(func.count(Tool.id)).where(Tool.published_at.is_not(None)),
        select(func.count(MunicipalityProfile.ags)).where(profiles),
        select(func.count(MunicipalityProfile.ags)).where(profiles, partner),
    ]
    return select(*(count.scalar_subquery() for count in counts))


FIGURES = figures_counted()


def own_groups(actor: Actor, limit: int = 6) -> list[Group]:
    """Return the groups a member belongs to, the ones with the newest threads first."""
    values = {"ids": list(actor.group_ids), "limit": limit}
    return list(session.scalars(OWN_GROUPS, values))


def groups_by_news() -> Any:
    newest = (  # for each group one look into an index, instead of reading all its threads
        select(func.max(Thread.last_post_at))
        .where(Thread.group_id == Group.id)
        .correlate(Group)
        .scalar_subquery()
    )
    return (
        select(Group)
        .where(Group.id.in_(bindparam("ids", expanding=True)), Group.archived_at.is_(None))
        .order_by(newest.desc().nulls_last(), Group.name_key)
        .limit(bindparam("limit"))
    )


OWN_GROUPS = groups_by_news()
