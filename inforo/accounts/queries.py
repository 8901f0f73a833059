"""Every SELECT on accounts, sessions and tokens."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.db import folded, session


def find_account(account_id: int | str) -> Account | None:
    """Return the account with its municipality and organisation, for who is signed in."""
    return session.scalar(
        select(Account)
        .where(Account.id == int(account_id))
        .options(joinedload(Account.municipality), joinedload(Account.organisation))
    )


def find_account_by_email(email: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email_key == folded(email)))
