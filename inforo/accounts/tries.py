"""Counting tries: of passwords, codes and mails, by account, internet address and all."""

import hashlib
import hmac
from datetime import timedelta

from limits import parse_many
from sqlalchemy import delete

from inforo.accounts import queries
from inforo.accounts.models import Account, Attempt
from inforo.clock import now
from inforo.config import settings
from inforo.db import folded, session
from inforo.errors import TooMany
from inforo.i18n import _

TRIES_UNTIL_RESET = 100
LOGIN, KNOWN_DEVICE = "login", "login-device"
FOREVER = timedelta(days=36_500)


def blurred(key: str) -> str:
    """Return a keyed hash, so that the table of tries names nobody."""
    secret = settings.secret_key.encode()
    return hmac.new(secret, folded(key).encode(), hashlib.sha256).hexdigest()[:32]


def check_tries(kind: str, key: str, limits: str) -> None:
    """Raise TooMany if something was tried more often than a setting like "5/hour" says.

    An empty key counts the tries of everybody.
    """
    if not settings.limits_enabled:
        return
    counted = blurred(key) if key else ""
    for limit in parse_many(limits):
        window = timedelta(seconds=limit.get_expiry())
        since = now() - window
        if queries.count_attempts(kind, counted, since) >= limit.amount:
            free_at = queries.oldest_attempt(kind, counted, since) + window
            refuse_more(max(1, int((free_at - now()).total_seconds())))


def refuse_more(seconds: int) -> None:
    minutes = -(-seconds // 60)
    raise TooMany(
        _(
            "Das waren zu viele Versuche. Bitte warten Sie etwa %(minutes)s Minuten und "
            "versuchen Sie es dann noch einmal.",
            minutes=minutes,
        ),
        retry_after=seconds,
    )


def note_try(kind: str, key: str) -> None:
    session.add(Attempt(kind=kind, key=blurred(key)))


def forget_tries(kind: str, key: str) -> None:
    session.execute(delete(Attempt).where(Attempt.kind == kind, Attempt.key == blurred(key)))


def check_sign_in(email: str, address: str, bucket: str = LOGIN) -> None:
    """Refuse to try a password where somebody guesses; counts failures only.

    A browser that signed in before has a bucket of its own: strangers who guess cannot
    lock its owner out.
    """
    check_tries(bucket, email, settings.limit_login_account)
    check_tries("login-ip", address, settings.limit_login_ip)
    check_tries(LOGIN, "", settings.limit_login_global)
    failures = queries.count_attempts(bucket, blurred(email), now() - FOREVER)
    if settings.limits_enabled and failures >= TRIES_UNTIL_RESET:
        raise TooMany(
            _(
                "Bei diesem Konto wurde sehr oft ein falsches Passwort eingegeben. Bitte "
                "setzen Sie über „Passwort vergessen?“ ein neues."
            ),
            retry_after=3600,
        )


def note_failed_sign_in(email: str, address: str, bucket: str = LOGIN) -> None:
    note_try(bucket, email)
    note_try("login-ip", address)


def forget_failures(account: Account) -> None:
    for bucket in (LOGIN, KNOWN_DEVICE):
        forget_tries(bucket, account.email)


def count_token_mail(email: str, address: str) -> bool:
    """Count a wish for a mail with a link; tell whether this address may get one more.

    Who asks too often from one internet address is told so; that an e-mail address got
    enough is not, or the answer would tell that it is known. The caller commits.
    """
    check_tries("mail-ip", address, settings.limit_token_mail_ip)
    note_try("mail-ip", address)
    try:
        check_tries("mail", email, settings.limit_token_mail)
    except TooMany:
        return False
    note_try("mail", email)
    return True
