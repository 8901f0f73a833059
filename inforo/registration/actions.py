"""Every write of a registration, until its address is confirmed."""

from dataclasses import dataclass
from datetime import timedelta

from flask import url_for

from inforo import mail
from inforo.accounts import actions as accounts
from inforo.accounts import queries as accounts_queries
from inforo.accounts.models import (
    Account,
    Purpose,
    Token,
)
from inforo.applications.actions import Place, set_place, submit
from inforo.applications.models import Application, ApplicationState
from inforo.applications.queries import find_unconfirmed
from inforo.clock import now
from inforo.config import settings
from inforo.db import folded, session
from inforo.doors.actions import wait_at
from inforo.doors.models import Door
from inforo.i18n import language


@dataclass(frozen=True)
class Registration:
    """What somebody typed to become a member; the password is hashed already."""

    name: str
    email: str
    function: str
    department_key: str
    reason: str
    password_hash: str
    place: Place


def register(typed: Registration, door: Door | None = None) -> None:
    """Keep a registration until its address is confirmed.

    Nobody learns whether an address is known: its owner gets a different mail, that is all.
    A registration nobody confirmed is replaced by the next one of the same address.
    """
    account = accounts_queries.find_account_by_email(typed.email)
    if account is not None and (account.email_confirmed_at or account.approved_at):
        tell_known(account)
        return
    if account is None:
        account = Account(email=typed.email, email_key=folded(typed.email))
        session.add(account)
    account.name, account.function, account.created_at = typed.name, typed.function, now()
    account.department_key, account.password_hash = typed.department_key, typed.password_hash
    account.password_changed_at, account.language = now(), language()
    accounts.accept_terms(account)
    session.flush()
    application = find_unconfirmed(account) or Application(account=account)
    application.state, application.reason = ApplicationState.UNCONFIRMED, typed.reason
    set_place(application, typed.place)
    session.add(application)
    session.flush()
    if door is not None:
        wait_at(account, door)
    send_confirmation(account)


def send_confirmation(account: Account) -> None:
    """Mail a fresh link that confirms the address; older links stop working."""
    life = timedelta(hours=settings.token_confirm_hours)
    token, secret = accounts.issue_token(Purpose.CONFIRM, life, account)
    mail.order(
        account.email,
        "registration/confirm",
        dedupe_key=f"confirm:{token.id}",
        name=account.name,
        account_id=account.id,
        language=account.language,
        url=url_for("registration.confirm", secret=secret, _external=True),
    )


def tell_known(account: Account) -> None:
    """Tell somebody who registers again that there is an account already."""
    if account.closed_at is not None:
        return
    mail.order(
        account.email,
        "registration/known",
        dedupe_key=f"known:{account.id}:{now().isoformat()}",
        name=account.name,
        account_id=account.id,
        language=account.language,
        sign_in_url=url_for("accounts.sign_in", _external=True),
        reset_url=url_for("accounts.forgot_password", _external=True),
    )


def confirm(token: Token, account: Account) -> None:
    """Note that the address is right, and give the application to the office."""
    accounts.use_token(token)
    account.email_confirmed_at = now()
    application = find_unconfirmed(account)
    if application is not None:
        submit(application)
