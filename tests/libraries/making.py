"""Files of groups for tests."""

from typing import Any

from inforo import files
from inforo.accounts.models import Account
from inforo.db import session
from inforo.libraries import actions
from tests import factories


def add_file(
    group: Any,
    name: str = "Protokoll.txt",
    data: bytes = b"Tagesordnung\n",
    *,
    by: Account | None = None,
    **values: str,
) -> Any:
    """Give a group a file, brought by a member of its own."""
    account = by or member_of(group)
    stored = files.store_bytes(data, name, account.id)
    given = {"title": "", "description": "", "licence": "", "alternative": ""} | values
    group_file = actions.add(factories.actor(account), group, stored, given)
    session.commit()
    return group_file


def member_of(group: Any) -> Any:
    account = factories.make_account("Milena")
    factories.join(group, account)
    return account


def add_version(
    group_file: Any,
    data: bytes,
    *,
    by: Any,
    note: str = "neu",
    name: str = "Protokoll.txt",
    alternative: str = "",
) -> Any:
    stored = files.store_bytes(data, name, by.id)
    version = actions.add_version(factories.actor(by), group_file, stored, note, alternative)
    session.commit()
    return version


def address(group_file: Any) -> str:
    return f"/gruppen/{group_file.group.slug}/dateien/{group_file.id}"
