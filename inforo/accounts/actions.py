"""Every write on accounts as a whole: tokens, passwords, addresses, closing."""

import secrets
from datetime import timedelta
from typing import Any

from flask import url_for
from sqlalchemy import delete, update

from inforo import audit, mail, sessions
from inforo.accounts import queries
from inforo.accounts.models import Account, AccountTerm, Purpose, Token
from inforo.accounts.places import ACCOUNT_CLOSED
from inforo.accounts.tries import forget_failures
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import folded, session
from inforo.errors import DomainError
from inforo.i18n import _
from inforo.jobs import job
from inforo.municipalities.models import Municipality

# Signing in ----------------------------------------------------------------------------


def note_sign_in(account: Account, new_hash: str = "") -> None:
    """Forget the failures of an account, and keep a stronger hash if there is one.

    Written past the version counter: signing in edits nothing.
    """
    forget_failures(account)
    values: dict[str, Any] = {"seen_at": now()}
    if new_hash:
        values["password_hash"] = new_hash
    session.execute(update(Account).where(Account.id == account.id).values(values))


def tell_of_new_device(account: Account, browser: str) -> None:
    """Mail that somebody signed in with a browser that never did before."""
    url = url_for("accounts.security", _external=True)
    key = f"device:{account.id}:{moment()}"
    tell(account, "accounts/new_device", key, browser=browser, url=url)


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
    if account.email_confirmed_at is not None:
        tell(account, "accounts/closed", f"closed:{account.id}")
    account.closed_at = now()
    account.email = account.password_hash = account.totp_secret = account.phone = ""
    account.email_key = f"closed:{account.id}"
    account.totp_confirmed_at, account.recovery_codes = None, []
    account.about = account.helps_with = account.looks_for = ""
    account.may_be_asked_at = None
    session.execute(delete(AccountTerm).where(AccountTerm.account_id == account.id))
    for follow in ACCOUNT_CLOSED:
        follow(account.id)
    audit.record(actor, "close", account, title=account.name)
