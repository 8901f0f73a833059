"""Files of texts that were never sent, and files that were removed, do not stay for ever."""

from datetime import timedelta

from huey import crontab

from inforo import clock
from inforo.config import settings
from inforo.db import session
from inforo.jobs import sweep
from inforo.uploads import queries

BATCH = 500


@sweep(crontab(minute="17"))
def forget_abandoned_files() -> None:
    """Delete files nobody waits for; the sweep of `files` deletes their content then."""
    pending = clock.now() - timedelta(days=settings.keep_pending_files_days)
    removed = clock.now() - timedelta(days=settings.keep_removed_files_days)
    while gone := [
        *queries.abandoned(pending, BATCH),
        *queries.removed_before(removed, BATCH),
    ]:
        for attachment in gone:
            session.delete(attachment)
        session.commit()
