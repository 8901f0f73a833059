"""Looking again whether what is open may stay open, and whom nobody has asked yet."""

from huey import crontab

from inforo.db import session
from inforo.jobs import sweep
from inforo.openings import agreeing, queries

BATCH = 100


@sweep(crontab(minute="*/5"))
def check_openings() -> None:
    """Check each in a transaction of its own; run twice, it asks and closes nothing twice."""
    after = 0
    while ids := queries.live_ids(after, BATCH):
        for opening_id in ids:
            opening = queries.find_opening(opening_id)
            if opening is not None and opening.ended_at is None:
                queries.lock(opening.thing)
                session.refresh(opening)
                if opening.ended_at is None:
                    agreeing.check(opening)
            session.commit()
        after = ids[-1]
