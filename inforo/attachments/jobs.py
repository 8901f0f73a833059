"""Files of posts that were deleted go for good after the time in which that can be undone."""

from datetime import timedelta

from huey import crontab

from inforo import clock
from inforo.attachments import queries
from inforo.config import settings
from inforo.db import session
from inforo.jobs import sweep

BATCH = 500


@sweep(crontab(minute="19"))
def forget_files_of_deleted_posts() -> None:
    until = clock.now() - timedelta(days=settings.keep_removed_files_days)
    while gone := queries.of_deleted_posts(until, BATCH):
        for attachment in gone:
            session.delete(attachment)
        session.commit()
