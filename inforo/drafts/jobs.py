"""Drafts nobody touches any more: their owner is told, then they are deleted."""

from datetime import timedelta

from flask import url_for
from huey import crontab
from sqlalchemy import delete, select

from inforo import clock, mail
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.db import session
from inforo.drafts import queries
from inforo.drafts.models import Draft
from inforo.jobs import sweep

BATCH = 500


@sweep(crontab(minute="52", hour="3"))
def forget_old_drafts() -> None:
    """Delete drafts after 180 days without a change; two weeks before that say so.

    A draft goes only after its owner had the time that was promised to them.
    """
    until = clock.now() - timedelta(days=settings.keep_drafts_days)
    told = clock.now() - timedelta(days=settings.draft_notice_days)
    closed = select(Account.id).where(Account.closed_at.is_not(None))
    session.execute(delete(Draft).where(Draft.saved_at < until, Draft.warned_at < told))
    session.execute(delete(Draft).where(Draft.account_id.in_(closed)))
    session.commit()
    while tell_owners():
        pass


def tell_owners() -> int:
    """Tell the next owners; return how many drafts that were."""
    notice = timedelta(days=settings.draft_notice_days)
    moment = clock.now() - timedelta(days=settings.keep_drafts_days) + notice
    ending = queries.ending_before(moment, BATCH)
    for draft, _owner in ending:
        draft.warned_at = clock.now()
    for account in {account.id: account for _draft, account in ending}.values():
        mail.order(
            account.email,
            "drafts/ending",
            dedupe_key=f"drafts:{account.id}:{clock.today()}",
            name=account.name,
            account_id=account.id,
            language=account.language,
            url=url_for("drafts.index", _external=True),
            days=settings.draft_notice_days,
        )
    session.commit()
    return len(ending)
