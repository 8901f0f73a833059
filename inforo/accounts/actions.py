"""Every write on accounts: tries, tokens, passwords, addresses, second factor, closing."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from limits import parse_many
from sqlalchemy import delete, update

from inforo import sessions
from inforo.accounts import queries
from inforo.accounts.models import (
    Account,
    Attempt,
    Purpose,
    Token,
)
from inforo.clock import now
from inforo.config import settings
from inforo.db import folded, session
from inforo.errors import TooMany
from inforo.i18n import _

RECOVERY_CODES = 10
TRIES_UNTIL_RESET = 100
FOREVER = timedelta(days=36_500)


# Counting tries ------------------------------------------------------------------------


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


# Signing in ----------------------------------------------------------------------------


def check_sign_in(email: str, address: str) -> None:
    """Refuse to try a password where somebody guesses; counts failures only."""
    check_tries("login", email, settings.limit_login_account)
    check_tries("login-ip", address, settings.limit_login_ip)
    check_tries("login", "", settings.limit_login_global)
    failures = queries.count_attempts("login", blurred(email), now() - FOREVER)
    if settings.limits_enabled and failures >= TRIES_UNTIL_RESET:
        raise TooMany(
            _(
                "Bei diesem Konto wurde sehr oft ein falsches Passwort eingegeben. Bitte "
                "setzen Sie über „Passwort vergessen?“ ein neues."
            ),
            retry_after=3600,
        )


def note_failed_sign_in(email: str, address: str) -> None:
    note_try("login", email)
    note_try("login-ip", address)


def note_sign_in(account: Account, new_hash: str = "") -> None:
    """Forget the failures of an account, and keep a stronger hash if there is one.

    Written past the version counter: signing in edits nothing.
    """
    forget_tries("login", account.email)
    values: dict[str, Any] = {"seen_at": now()}
    if new_hash:
        values["password_hash"] = new_hash
    session.execute(update(Account).where(Account.id == account.id).values(values))


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


# Tokens --------------------------------------------------------------------------------


def issue_token(
    purpose: Purpose, life: timedelta, account: Account | None = None, **data: Any
) -> tuple[Token, str]:
    """Make a secret for one purpose; older ones of the same person and purpose end."""
    if account is not None:
        end_tokens(account, purpose)
    secret = secrets.token_urlsafe(32)
    token = Token(
        purpose=purpose,
        token_hash=sessions.digest(secret),
        account_id=account.id if account else None,
        data=data,
        expires_at=now() + life,
    )
    session.add(token)
    session.flush()
    return token, secret


def use_token(token: Token) -> None:
    token.used_at = now()


def end_tokens(account: Account, *purposes: Purpose) -> None:
    """Make the open tokens of a person useless, for these purposes or for all."""
    statement = update(Token).where(Token.account_id == account.id, Token.used_at.is_(None))
    if purposes:
        statement = statement.where(Token.purpose.in_(purposes))
    session.execute(statement.values(used_at=now()))
