"""Forgetting deleted pages, as the privacy notice promises."""

from datetime import timedelta

from huey import crontab
from sqlalchemy import delete, select

from inforo.clock import now
from inforo.db import session
from inforo.jobs import sweep
from inforo.versions import Version
from inforo.wiki.models import WikiPage

KEPT_AFTER_DELETION = timedelta(days=30)
BATCH = 200


@sweep(crontab(minute="52", hour="2"))
def forget_deleted_pages() -> None:
    """Delete pages with their history a month after managers took them out."""
    until = now() - KEPT_AFTER_DELETION
    statement = select(WikiPage.id).where(WikiPage.deleted_at < until).limit(BATCH)
    while ids := list(session.scalars(statement)):
        subjects = [f"{WikiPage.__tablename__}:{page_id}" for page_id in ids]
        session.execute(delete(Version).where(Version.subject.in_(subjects)))
        session.execute(
            delete(WikiPage).where(WikiPage.id.in_(ids)),
            execution_options={"synchronize_session": False},
        )
        session.commit()
