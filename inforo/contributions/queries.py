"""Every SELECT on contributions that the toolbox itself does not need."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import NotFound
from inforo.files import StoredFile
from inforo.i18n import _
from inforo.toolbox import queries as toolbox
from inforo.toolbox.example_parts import ExampleStep
from inforo.toolbox.models import Example
from inforo.toolbox.policy import is_author, is_responsible, written_by
from inforo.toolbox.queries import Teaser, ToolTeaser, teasers, tools_by_author
from inforo.toolbox.tool_models import Tool, ToolFile
from inforo.versions import Version


def get_account(actor: Actor) -> Account:
    """Return the account of the person who is asking."""
    return session.get_one(Account, actor.account_id)


def examples_by_author(actor: Actor, limit: int = 200) -> list[Teaser]:
    """Return somebody's own examples in all states, the last changed first."""
    return teasers(written_by(actor), Example.updated_at.desc(), Example.id.desc(), limit=limit)


def tools_of_author(actor: Actor) -> list[ToolTeaser]:
    return tools_by_author(actor)


def tools_with_waiting_version(actor: Actor) -> set[int]:
    """Return which of somebody's own tools have a version that waits for the office."""
    statement = (
        select(ToolFile.tool_id)
        .join(Tool, Tool.id == ToolFile.tool_id)
        .where(
            Tool.author_id == actor.account_id,
            ToolFile.published_at.is_(None),
            ToolFile.declined_at.is_(None),
        )
    )
    return set(session.scalars(statement))


def get_contribution(actor: Actor, example_id: int) -> Example:
    """Return an example for its author or the responsible office; else it is not there."""
    example = toolbox.get_example(actor, example_id)
    if is_author(actor, example) or is_responsible(actor, example):
        return example
    raise NotFound(_("Diesen Beitrag gibt es nicht (mehr)."))


def writers_of(example: Example) -> list[Account]:
    """Return who is told about an example: its authors, else who captured it."""
    return authors_of(example) or accounts([example.captured_by_id])


def authors_of(example: Example) -> list[Account]:
    """Return who wrote an example, alone or with others."""
    return accounts([example.author_id, *(author.account_id for author in example.co_authors)])


def accounts(ids: Iterable[int | None]) -> list[Account]:
    statement = select(Account).where(Account.id.in_([each for each in ids if each]))
    return list(session.scalars(statement.order_by(Account.id)))


def latest_step(example: Example) -> ExampleStep | None:
    """Return the newest entry of the time line that author and reviewer share."""
    statement = (
        select(ExampleStep)
        .where(ExampleStep.example_id == example.id, ExampleStep.is_internal.is_(False))
        .order_by(ExampleStep.created_at.desc(), ExampleStep.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def last_save(example: Example) -> tuple[str, datetime] | None:
    """Return who saved an example last, and when."""
    statement = (
        select(Account.name, Version.created_at)
        .join(Account, Account.id == Version.author_id)
        .where(Version.subject == subject_of(example))
        .order_by(Version.number.desc())
        .limit(1)
    )
    row = session.execute(statement).first()
    return (row[0], row[1]) if row else None


def last_saves(example: Example) -> dict[str, Version]:
    """Return step as the history names it → its last save, without the texts."""
    newest = (
        select(func.max(Version.id))
        .where(Version.subject == subject_of(example), Version.note != "")
        .group_by(Version.note)
    )
    statement = select(Version).where(Version.id.in_(newest)).options(defer(Version.fields))
    return {version.note: version for version in session.scalars(statement)}


def find_kept_file(actor: Actor, key: str) -> StoredFile | None:
    """Return a file this person sent with a form that had other errors."""
    statement = select(StoredFile).where(
        StoredFile.key == key[:64], StoredFile.owner_id == actor.account_id
    )
    return session.scalar(statement) if key else None
