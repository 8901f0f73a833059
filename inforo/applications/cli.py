"""`inforo accounts approve`: what the command group needs to know of applications."""

import click

from inforo.accounts import actions as accounts
from inforo.accounts.cli import OPERATOR, account_named, cli
from inforo.applications import actions, queries
from inforo.db import session

__all__ = ["cli"]


@cli.command("approve")
@click.argument("email")
def approve(email: str) -> None:
    """Make the person with the address EMAIL a member, and settle an open application."""
    account = account_named(email)
    application = queries.find_own_application(account.id)
    if application is not None and application.is_open:
        actions.approve(OPERATOR, application)
    accounts.approve(OPERATOR, account)
    session.commit()
    click.echo(f"Account {account.id} of {account.name} approved.")
