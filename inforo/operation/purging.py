"""What the clock does, on demand: retention times, and the delivery of mails."""

from sqlalchemy import func, select

from inforo.config import settings
from inforo.db import session
from inforo.jobs import known_sweeps
from inforo.mail import Mail, deliver_mails
from inforo.mailings.jobs import send_bundles

FORGETTING = "forget_"


def purge() -> list[str]:
    """Run all sweeps that delete what is too old; return their names."""
    chosen = [function for _schedule, function in known_sweeps if is_forgetting(function)]
    for function in chosen:
        function()
        session.remove()
    return sorted(function.__name__.replace("_", " ") for function in chosen)


def is_forgetting(function: object) -> bool:
    return getattr(function, "__name__", "").startswith(FORGETTING)


def send_mails() -> str:
    """Write and deliver what is due; return a sentence about it."""
    send_bundles()
    before = count_waiting()
    deliver_mails()
    waiting = count_waiting()
    if not settings.mail_host:
        return f"No mail_host is set: {waiting} mails stay in the outbox."
    return f"Sent {before - waiting} mails, {waiting} wait."


def count_waiting() -> int:
    statement = select(func.count(Mail.id)).where(
        Mail.sent_at.is_(None), Mail.given_up_at.is_(None)
    )
    return session.scalar(statement) or 0
