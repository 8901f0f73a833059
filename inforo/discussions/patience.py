"""How fast one person may write: counted per kind, refused with the text still there."""

from datetime import datetime, timedelta

from flask_babel import format_timedelta
from flask_login import current_user

from inforo import clock, security
from inforo.authz import actor
from inforo.config import settings
from inforo.i18n import _


def seconds_to_wait(*, is_question: bool) -> int:
    """Count a post against the limits; return how long to wait, 0 for go on."""
    return seconds_for(actor().account_id, current_user.approved_at, is_question=is_question)


def seconds_for(
    account_id: int | None, approved_at: datetime | None, *, is_question: bool
) -> int:
    """The same for somebody who is not at a page: who writes by mail."""
    age = clock.now() - (approved_at or clock.now())
    limits = [settings.limit_posts_new if age.days < 7 else settings.limit_posts]
    if age.days < 1:
        first = settings.limit_posts_first_day, settings.limit_replies_first_day
        limits.append(first[0] if is_question else first[1])
    kinds = ("posts", "questions" if is_question else "answers")
    for kind, limit in zip(kinds, limits, strict=False):
        wait = security.take(limit, kind, str(account_id))
        if wait:
            return wait
    return 0


def patience(wait: int) -> str:
    """Say how long to wait, in the unit people think in: seconds, minutes or hours."""
    return str(
        _(
            "Das war viel in kurzer Zeit. Bitte warten Sie noch %(time)s und senden Sie dann "
            "noch einmal; Ihr Text ist noch da.",
            time=format_timedelta(timedelta(seconds=wait), threshold=1.5),
        )
    )
