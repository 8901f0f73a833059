"""Forgetting notifications, as the privacy notice promises."""

from datetime import timedelta

from huey import crontab
from sqlalchemy import and_, delete, or_

from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.jobs import sweep
from inforo.notifications.models import Notification


@sweep(crontab(minute="31", hour="2"))
def forget_notifications() -> None:
    """Delete read notifications after a year, unread ones after two."""
    read = now() - timedelta(days=settings.keep_notifications_days)
    unread = now() - timedelta(days=settings.keep_unread_notifications_days)
    session.execute(
        delete(Notification).where(
            or_(
                and_(Notification.read_at.is_not(None), Notification.created_at < read),
                and_(Notification.read_at.is_(None), Notification.created_at < unread),
            )
        )
    )
    session.commit()
