"""What the pages of operation show, and whether the platform is ready to serve."""

import shutil
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from inforo import clock
from inforo.config import settings
from inforo.db import session
from inforo.jobs import MAX_ATTEMPTS, QueuedJob
from inforo.mail import Mail

LEAST_DISK_BYTES = 200_000_000
OLDEST_JOB = timedelta(minutes=30)


def latest_mails(limit: int = 100) -> list[Mail]:
    """Return the newest mails of the outbox."""
    return list(session.scalars(select(Mail).order_by(Mail.id.desc()).limit(limit)))


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
    """Return the migration the database stands at."""
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
