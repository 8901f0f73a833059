"""Forgetting links that ended long ago."""

from datetime import timedelta

from huey import crontab
from sqlalchemy import delete

from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.doors.models import Door
from inforo.jobs import sweep


@sweep(crontab(minute="37", hour="2"))
def forget_doors() -> None:
    until = now() - timedelta(days=settings.keep_group_links_days)
    session.execute(delete(Door).where(Door.expires_at < until))
    session.commit()
