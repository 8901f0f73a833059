"""Every write on person pages: one's own profile, suspension."""

from typing import Any

from flask import url_for
from sqlalchemy import delete

from inforo import audit, sessions, versions
from inforo.accounts import actions as accounts
from inforo.accounts.models import (
    Account,
    AccountTerm,
)
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.vocabularies.models import Term


def edit_profile(
    actor: Actor, account: Account, changes: dict[str, Any], topics: list[Term]
) -> None:
    """Save one's own page; the history keeps what it was."""
    kept = changes | {"topics": [term.key for term in topics]}
    agree_to_be_asked(account, wished=bool(changes.pop("may_be_asked", False)))
    for field, value in changes.items():
        setattr(account, field, value)
    session.execute(delete(AccountTerm).where(AccountTerm.account_id == account.id))
    session.add_all(AccountTerm(account_id=account.id, term_id=term.id) for term in topics)
    versions.record(actor, account, kept)


def agree_to_be_asked(account: Account, *, wished: bool) -> None:
    """Keep since when somebody agrees to be asked about what they can help with."""
    account.may_be_asked_at = (account.may_be_asked_at or now()) if wished else None


def suspend(actor: Actor, account: Account, reason: str) -> None:
    """Take all access away until further notice; the person is told why."""
    account.suspended_at, account.suspension_reason = now(), reason
    account.suspended_until = None
    sessions.end_all(account.id)
    accounts.end_tokens(account)
    audit.record(actor, "suspend", account, reason, title=account.name)
    key = f"suspended:{account.id}:{accounts.moment()}"
    accounts.tell(account, "people/suspended", key, reason=reason)


def reactivate(actor: Actor, account: Account) -> None:
    account.suspended_at, account.suspension_reason = None, ""
    account.suspended_until = None
    audit.record(actor, "reactivate", account, title=account.name)
    key = f"reactivated:{account.id}:{accounts.moment()}"
    url = url_for("accounts.sign_in", _external=True)
    accounts.tell(account, "people/reactivated", key, url=url)


def look_up_address(actor: Actor, account: Account, reason: str) -> None:
    """Log that an admin looked at an address its owner shows nobody."""
    audit.record(actor, "look_up_address", account, reason, title=account.name)
