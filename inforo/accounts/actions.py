"""Every write on accounts: tries, tokens, passwords, addresses, second factor, closing."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

import pyotp
from flask import url_for
from limits import parse_many
from sqlalchemy import delete, update

from inforo import audit, mail, sessions
from inforo.accounts import queries
from inforo.accounts.models import Account, AccountTerm, Attempt, Purpose, Token
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import folded, session
from inforo.errors import DomainError, TooMany
from inforo.i18n import _
from inforo.jobs import job
from inforo.municipalities.models import Municipality

RECOVERY_CODES = 10
TRIES_UNTIL_RESET = 100
LOGIN, KNOWN_DEVICE = "login", "login-device"
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


def note_sign_in(account: Account, new_hash: str = "") -> None:
    """Forget the failures of an account, and keep a stronger hash if there is one.

    Written past the version counter: signing in edits nothing.
    """
    forget_failures(account)
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


# Passwords and addresses ---------------------------------------------------------------


@job
def mail_reset(email: str) -> None:
    """Mail a link if there is such an account; a job, so that no answer takes longer for one.

    The address is asked for here and not before: even the time it takes tells nothing.
    """
    account = queries.find_account_by_email(email)
    if account is not None and account.is_active:
        send_reset(account)


def send_reset(account: Account) -> None:
    """Mail a link that sets a new password; older links stop working."""
    life = timedelta(minutes=settings.token_reset_minutes)
    token, secret = issue_token(Purpose.RESET, life, account)
    url = url_for("accounts.reset_password", secret=secret, _external=True)
    tell(account, "accounts/reset", f"reset:{token.id}", url=url)


def tell(account: Account, template: str, key: str, **context: Any) -> None:
    """Send a service mail about the account itself; nobody can opt out of those."""
    mail.order(
        account.email,
        template,
        dedupe_key=key,
        name=account.name,
        account_id=account.id,
        language=account.language,
        **context,
    )


def choose_language(account: Account, language: str) -> None:
    """Write to somebody in the language they read the pages in."""
    account.language = language


def moment() -> str:
    return now().isoformat()


def set_password(account: Account, new_hash: str) -> None:
    """Set the hash of a new password; every session and every open link ends."""
    account.password_hash, account.password_changed_at = new_hash, now()
    end_tokens(account)
    sessions.end_all(account.id)
    forget_failures(account)
    audit.record(Actor(account.id, account.name), "password", account, title=account.name)
    url = url_for("accounts.forgot_password", _external=True)
    tell(account, "accounts/password_changed", f"password:{account.id}:{moment()}", url=url)


def request_email(account: Account, email: str) -> None:
    """Mail a link to the new address and a notice to the old one.

    If the new address has an account, its owner is told instead; the answer is the same.
    """
    owner = queries.find_account_by_email(email)
    if owner is not None:
        mail.order(
            email,
            "accounts/email_taken",
            dedupe_key=f"taken:{account.id}:{moment()}",
            language=owner.language,
        )
        return
    life = timedelta(hours=settings.token_email_change_hours)
    token, secret = issue_token(Purpose.EMAIL, life, account, email=email)
    mail.order(
        email,
        "accounts/confirm_email",
        dedupe_key=f"email:{token.id}",
        name=account.name,
        language=account.language,
        url=url_for("accounts.confirm_email", secret=secret, _external=True),
    )
    tell(account, "accounts/email_change", f"email-notice:{token.id}")


def change_email(token: Token, account: Account) -> None:
    """Let the confirmed address be the one to sign in with; links to the old one end."""
    email = str(token.data["email"])
    if queries.find_account_by_email(email) is not None:
        raise DomainError(_("Mit dieser Adresse gibt es inzwischen ein anderes Konto."))
    use_token(token)
    end_tokens(account, Purpose.RESET, Purpose.EMAIL)
    tell(account, "accounts/email_changed", f"email-changed:{token.id}")
    account.email, account.email_key = email, folded(email)
    audit.record(Actor(account.id, account.name), "email", account, title=account.name)


# Second factor -------------------------------------------------------------------------


def step_of(secret: str, code: str) -> int:
    """Return the 30-second step a code belongs to, now or one beside; 0 if none."""
    totp, current = pyotp.TOTP(secret), int(now().timestamp()) // 30
    typed = code.replace(" ", "")
    for step in (current, current - 1, current + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            return step
    return 0


def use_code(account: Account, code: str) -> bool:
    """Tell whether a code of the app, or a recovery code, fits; each works once."""
    step = step_of(account.totp_secret, code) if account.has_second_factor else 0
    if not step:
        return use_recovery_code(account, code)
    used = session.scalar(
        update(Account)
        .where(Account.id == account.id, Account.totp_last_step < step)
        .values(totp_last_step=step)
        .returning(Account.id)
        .execution_options(synchronize_session=False)
    )
    return used is not None


def use_recovery_code(account: Account, code: str) -> bool:
    digest = code_digest(code)
    if not account.has_second_factor or digest not in account.recovery_codes:
        return False
    left = [known for known in account.recovery_codes if known != digest]
    account.recovery_codes = left
    tell(account, "accounts/recovery_used", f"recovery:{account.id}:{digest}", left=len(left))
    return True


def code_digest(code: str) -> str:
    return sessions.digest(code.replace("-", "").replace(" ", "").casefold())


def new_recovery_codes(account: Account) -> list[str]:
    """Replace the recovery codes; return them in clear, to be shown once."""
    codes = [secrets.token_hex(8) for _number in range(RECOVERY_CODES)]
    account.recovery_codes = [code_digest(code) for code in codes]
    return ["-".join(code[start : start + 4] for start in range(0, 16, 4)) for code in codes]


def set_second_factor(account: Account, secret: str, step: int) -> list[str]:
    """Turn the second factor on; return the recovery codes."""
    account.totp_secret, account.totp_confirmed_at = secret, now()
    account.totp_last_step = step
    note_second_factor(account, is_on=True)
    return new_recovery_codes(account)


def remove_second_factor(account: Account) -> None:
    account.totp_secret, account.totp_confirmed_at = "", None
    account.recovery_codes = []
    note_second_factor(account, is_on=False)


def note_second_factor(account: Account, *, is_on: bool) -> None:
    action = "second_factor_on" if is_on else "second_factor_off"
    audit.record(Actor(account.id, account.name), action, account, title=account.name)
    key = f"second-factor:{account.id}:{moment()}"
    tell(account, "accounts/second_factor", key, is_on=is_on)


# Accounts as a whole -------------------------------------------------------------------


def create(
    actor: Actor,
    *,
    email: str,
    name: str,
    password_hash: str = "",
    municipality: Municipality | None = None,
) -> Account:
    """Make an account whose address is taken for confirmed; it still needs approval."""
    if queries.find_account_by_email(email) is not None:
        raise DomainError(_("Mit dieser E-Mail-Adresse gibt es schon ein Konto."))
    account = Account(
        email=email,
        email_key=folded(email),
        name=name,
        password_hash=password_hash,
        password_changed_at=now(),
        email_confirmed_at=now(),
        municipality=municipality,
        state_code=municipality.state_code if municipality else None,
    )
    session.add(account)
    session.flush()
    audit.record(actor, "create", account, title=name)
    return account


def accept_terms(account: Account) -> None:
    """Note that the person agreed to the terms of today."""
    account.terms_version, account.terms_accepted_at = settings.terms_version, now()


def approve(actor: Actor, account: Account) -> None:
    """Make somebody a member; the next request has full access."""
    if account.closed_at is not None:
        raise DomainError(_("Dieses Konto ist geschlossen."))
    account.approved_at = account.approved_at or now()
    account.email_confirmed_at = account.email_confirmed_at or now()
    audit.record(actor, "approve", account, title=account.name)


def close(actor: Actor, account: Account) -> None:
    """Close an account: nobody signs in any more, the address is free again.

    Name and place stay, because what the person wrote needs them.
    """
    if account.closed_at is not None:
        raise DomainError(_("Dieses Konto ist schon geschlossen."))
    sessions.end_all(account.id)
    end_tokens(account)
    account.closed_at = now()
    account.email = account.password_hash = account.totp_secret = account.phone = ""
    account.email_key = f"closed:{account.id}"
    account.totp_confirmed_at, account.recovery_codes = None, []
    account.about = account.helps_with = account.looks_for = ""
    session.execute(delete(AccountTerm).where(AccountTerm.account_id == account.id))
    audit.record(actor, "close", account, title=account.name)
