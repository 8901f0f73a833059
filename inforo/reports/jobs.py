"""Forgetting who reported what, once it was decided long ago."""

from datetime import timedelta

from huey import crontab
from sqlalchemy import or_, update

from inforo import clock
from inforo.config import settings
from inforo.db import Base, session
from inforo.jobs import sweep
from inforo.reports.models import Reported


def kinds() -> list[type[Reported]]:
    """Return every kind of report there is, those of later slices too."""
    mapped = (mapper.class_ for mapper in Base.registry.mappers)
    return [kind for kind in mapped if issubclass(kind, Reported)]


@sweep(crontab(minute="43", hour="2"))
def forget_reporters() -> None:
    """Keep what was decided, and forget the people and their words."""
    until = clock.now() - timedelta(days=settings.keep_reports_days)
    for kind in kinds():
        known = or_(
            kind.reporter_id.is_not(None), kind.decided_by_id.is_not(None), kind.text != ""
        )
        forgotten = update(kind).where(kind.decided_at < until, known)
        session.execute(forgotten.values(reporter_id=None, decided_by_id=None, text=""))
    session.commit()
