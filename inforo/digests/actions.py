"""Ending digests."""

from inforo.accounts.models import Account
from inforo.notifications.actions import settings_of
from inforo.notifications.models import Rhythm


def stop(account: Account) -> None:
    """Send no digest any more; the other mails stay as they were chosen."""
    chosen = settings_of(account.id)
    chosen.rhythm, chosen.digest_due_at = Rhythm.NEVER, None
