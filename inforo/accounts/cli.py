"""`inforo accounts`: make and close accounts from the command line."""

import secrets

import click

from inforo import passwords
from inforo.accounts import actions, queries
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import CommandFailed
from inforo.municipalities import queries as municipalities
from inforo.municipalities.models import Municipality

OPERATOR = Actor(name="Kommandozeile")


@click.group("accounts")
def cli() -> None:
    """Accounts of people: create, approve, close."""


def account_named(email: str) -> Account:
    account = queries.find_account_by_email(email)
    if account is None:
        raise CommandFailed(f"There is no account with the address {email}.")
    return account


def place_named(ags: str) -> Municipality | None:
    if not ags:
        return None
    municipality = municipalities.existing(ags)
    if municipality is None:
        raise CommandFailed(f"There is no municipality with the key {ags}.")
    return municipality


def checked_hash(password: str, email: str, name: str) -> str:
    """Return the hash of a password that is not easy to guess."""
    weakness = passwords.weakness(password, email, name)
    if weakness:
        raise CommandFailed(weakness)
    return passwords.hash_password(password)


@cli.command("create")
@click.argument("email")
@click.argument("name")
@click.option(
    "--municipality", default="", help="AGS of the municipality the person works for."
)
@click.option("--password", default="", help="Empty: a random one is made and shown once.")
@click.option("--approve", is_flag=True, help="Make the person a member at once.")
def create(email: str, name: str, municipality: str, password: str, approve: bool) -> None:
    """Create an account for EMAIL and NAME whose address counts as confirmed."""
    random = "-".join(secrets.token_hex(3) for _part in range(4))
    hashed = (
        checked_hash(password, email, name) if password else passwords.hash_password(random)
    )
    account = actions.create(
        OPERATOR,
        email=email,
        name=name,
        password_hash=hashed,
        municipality=place_named(municipality),
    )
    if approve:
        actions.approve(OPERATOR, account)
    session.commit()
    shown = "" if password else f" The password is {random}"
    click.echo(f"Account {account.id} of {name} <{email}> created.{shown}")


@cli.command("close")
@click.argument("email")
def close(email: str) -> None:
    """Close the account of EMAIL; name and place stay beside what the person wrote."""
    account = account_named(email)
    actions.close(OPERATOR, account)
    session.commit()
    click.echo(f"Account {account.id} of {account.name} closed.")
