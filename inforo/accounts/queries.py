"""Every SELECT on accounts, sessions, tokens and failed attempts."""

from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from inforo import sessions
from inforo.accounts.models import Account, Attempt, Organisation, Purpose, Token
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import folded, session
from inforo.errors import NotFound
from inforo.sessions import LoginSession

ACCOUNT = (  # asked by every page of a member, so built once
    select(Account)
    .where(Account.id == bindparam("account_id"))
    .options(joinedload(Account.municipality), joinedload(Account.organisation))
)


def find_account(account_id: int | str) -> Account | None:
    """Return the account with its municipality and organisation, for who is signed in."""
    return session.scalar(ACCOUNT, {"account_id": int(account_id)})


def get_account(account_id: int | None) -> Account:
    account = find_account(account_id or 0)
    if account is None:
        raise NotFound
    return account


def find_account_by_email(email: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email_key == folded(email)))


def find_settled_account(email: str) -> Account | None:
    """Return the account of an address unless it is a registration nobody confirmed."""
    account = find_account_by_email(email)
    is_settled = account is not None and (account.email_confirmed_at or account.approved_at)
    return account if is_settled else None


def find_token(purpose: Purpose, secret: str) -> Token | None:
    """Return the token if it is known, for this purpose, unused and not too old.

    The row is locked, so that of two people using it at once one comes too late.
    """
    if not secret or len(secret) > 100:
        return None
    statement = select(Token).where(
        Token.token_hash == sessions.digest(secret),
        Token.purpose == purpose,
        Token.used_at.is_(None),
        Token.expires_at > now(),
    )
    return session.scalar(statement.with_for_update())


def get_token(purpose: Purpose, secret: str) -> Token:
    token = find_token(purpose, secret)
    if token is None:
        raise NotFound
    return token


def count_attempts(kind: str, key: str, since: datetime) -> int:
    """Return how often something was tried; an empty key counts everybody's tries."""
    statement = select(func.count(Attempt.id)).where(
        Attempt.kind == kind, Attempt.created_at > since
    )
    if key:
        statement = statement.where(Attempt.key == key)
    return session.scalar(statement) or 0


def oldest_attempt(kind: str, key: str, since: datetime) -> datetime:
    """Return when the first try counted in a window happened."""
    statement = select(func.min(Attempt.created_at)).where(
        Attempt.kind == kind, Attempt.created_at > since
    )
    if key:
        statement = statement.where(Attempt.key == key)
    return session.scalar(statement) or since


def sessions_of(actor: Actor) -> list[LoginSession]:
    """Return the browsers a person is signed in with, the last used first."""
    statement = select(LoginSession).where(LoginSession.account_id == actor.account_id)
    return list(session.scalars(statement.order_by(LoginSession.seen_at.desc())))


def organisations() -> list[Organisation]:
    return list(session.scalars(select(Organisation).order_by(Organisation.name_key)))


def find_organisation(organisation_id: int) -> Organisation | None:
    return session.get(Organisation, organisation_id)


def find_organisation_by_name(name: str) -> Organisation | None:
    return session.scalar(select(Organisation).where(Organisation.name_key == folded(name)))
