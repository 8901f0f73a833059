"""`inforo roles`: give, take and list roles from the command line.

Whoever can run commands on the server may do what otherwise takes two admins.
"""

import click
from flask.cli import AppGroup

from inforo.accounts.models import Account
from inforo.accounts.queries import find_account_by_email
from inforo.authz import Actor, Role
from inforo.db import session
from inforo.errors import CommandFailed
from inforo.offices import assignments, queries, role_actions
from inforo.offices.models import RoleAssignment

OPERATOR = Actor(name="Kommandozeile")
ROLES = click.Choice([role.value for role in Role])

cli = AppGroup("roles", help="Give, take and list roles.")


@cli.command("grant")
@click.argument("email")
@click.argument("role", type=ROLES)
@click.option("--office", "office_key", default="", help="key of the coordination office")
@click.option("--municipality", "ags", default="", help="AGS of the municipality")
def grant(email: str, role: str, office_key: str, ags: str) -> None:
    """Give a person a role at once, without a second admin."""
    wanted = role_named(email, Role(role), office_key, ags)
    held = role_actions.grant(OPERATOR, wanted)
    session.commit()
    click.echo(f"{email} now holds the role {described(held)}.")


@cli.command("revoke")
@click.argument("email")
@click.argument("role", type=ROLES)
@click.option("--office", "office_key", default="", help="key of the coordination office")
@click.option("--municipality", "ags", default="", help="AGS of the municipality")
def revoke(email: str, role: str, office_key: str, ags: str) -> None:
    """Take a role back from a person; the last admin stays."""
    wanted = role_named(email, Role(role), office_key, ags)
    held = assignments.find_role(RoleAssignment, wanted.account, wanted.role, wanted.scope_key)
    if held is None:
        raise CommandFailed(f"{email} does not hold the role {described(wanted)}.")
    text = described(held)
    role_actions.revoke(OPERATOR, held)
    session.commit()
    click.echo(f"{email} no longer holds the role {text}.")


@cli.command("list")
def list_roles() -> None:
    """List all roles: address, role, what it is for."""
    held = assignments.all_roles()
    for assignment in held:
        click.echo(f"{assignment.account.email}\t{described(assignment)}")
    click.echo(f"{len(held)} roles.")


def role_named(email: str, role: Role, office_key: str, ags: str) -> RoleAssignment:
    """Return the role the arguments describe, not given yet."""
    office = queries.find_office(office_key)
    if office_key and office is None:
        raise CommandFailed(f"There is no coordination office with the key {office_key}.")
    place = next(iter(queries.municipalities_named(ags)), None) if ags else None
    if ags and place is None:
        raise CommandFailed(f"There is no municipality with the AGS {ags}.")
    return role_actions.new_role(account_of(email), role, office=office, municipality=place)


def account_of(email: str) -> Account:
    account = find_account_by_email(email)
    if account is None:
        raise CommandFailed(f"There is no account with the address {email}.")
    return account


def described(role: RoleAssignment) -> str:
    place = role.office.key if role.office else role.municipality_ags
    return f"{role.role.value} ({place})" if place else role.role.value
