"""Addresses that refuse mails: noted, paused after some, and free again by an admin.

A report counts only if it names a Message-ID of ours, which nobody but the recipient knows.
"""

from datetime import timedelta

from inforo import audit, clock, mail
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import folded, session
from inforo.mail import Mail
from inforo.replies import queries
from inforo.replies.automatic import Bounce
from inforo.replies.models import BouncedAddress, Outcome, ReceivedMail

FORGIVEN_AFTER = timedelta(days=90)


def note(bounce: Bounce) -> Outcome:
    """Count a refused mail once."""
    sent, key = queries.find_mail(bounce.message_id), f"bounce:{bounce.message_id}"
    if sent is None:
        return Outcome.IGNORED
    if queries.is_known(key):
        return Outcome.AGAIN
    kind = "permanent" if bounce.is_permanent else "temporary"
    session.add(
        ReceivedMail(key=key, account_id=sent.account_id, outcome=Outcome.BOUNCE, reason=kind)
    )
    if bounce.is_permanent:
        count(sent, bounce.reason)
    return Outcome.BOUNCE


def count(sent: Mail, reason: str) -> None:
    """Note that an address refused a mail for good; pause it when it did so often."""
    found = queries.find_bounced(sent.address)
    if found is None:
        found = BouncedAddress(
            address_key=folded(sent.address), account_id=sent.account_id, count=0
        )
        session.add(found)
    elif clock.now() - found.last_at > FORGIVEN_AFTER:
        found.count = 0
    found.count += 1
    found.reason, found.last_at = reason, clock.now()
    if found.count >= settings.bounces_until_pause and found.paused_at is None:
        found.paused_at = clock.now()


def resume(actor: Actor, bounced: BouncedAddress) -> None:
    """Send mails to an address again, from the next one on."""
    audit.record(actor, "resume_mails", bounced)
    session.delete(bounced)


def stop_what_bounces(waiting: Mail) -> str:
    found = queries.find_bounced(waiting.address)
    is_paused = found is not None and found.paused_at is not None
    return "paused: the address refuses mails for good" if is_paused else ""


mail.guards.append(stop_what_bounces)
