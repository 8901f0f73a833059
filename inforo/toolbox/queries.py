"""Every SELECT on examples and tools. Who asks comes first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import joinedload, load_only, selectinload
from sqlalchemy.sql.base import ExecutableOption

from inforo.accounts.models import Account
from inforo.authz import GUEST, Actor
from inforo.contents.models import FilePreview
from inforo.contents.queries import WANTED
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.municipalities.models import Municipality
from inforo.municipalities.queries import newest_edition
from inforo.toolbox.example_parts import ExampleFile, ExampleMunicipality, ExampleStep
from inforo.toolbox.models import Example, ListOrder
from inforo.toolbox.policy import (
    may_view,
    may_view_tool,
    may_view_version,
    tools_visible_to,
    visible_to,
)
from inforo.toolbox.states import ExampleKind, ExampleState, MeasureStatus, Tier
from inforo.toolbox.tool_models import Tool, ToolExample, ToolFile
from inforo.versions import Version

PUBLISHED = Example.state == ExampleState.PUBLISHED
HEAD = (
    Example.title,
    Example.summary,
    Example.kind,
    Example.tier,
    Example.state,
    Example.measure_status,
    Example.unconfirmed_since,
    Example.author_id,
    Example.blind_since,
    Example.state_code,
    Example.office_id,
    Example.organisation_id,
    Example.origin_thread_id,
    Example.version,
    Example.updated_at,
)
WANTED += [ExampleFile.file_id, ToolFile.file_id]  # their texts are found, previews shown


@dataclass(frozen=True)
class Teaser:
    """What lists show of an example."""

    id: int
    title: str
    summary: str
    kind: ExampleKind
    tier: Tier | None
    state: ExampleState
    measure_status: MeasureStatus | None
    published_at: datetime | None
    updated_at: datetime
    unconfirmed_since: datetime | None
    places: str


@dataclass(frozen=True)
class ToolTeaser:
    """What lists show of a tool. `file_name`, `size`: of its newest published file."""

    id: int
    title: str
    summary: str
    category_key: str
    published_at: datetime | None
    place: str
    file_name: str
    size: int


def pairs(statement: Any) -> list[tuple[Any, Any]]:
    return [(row[0], row[1]) for row in session.execute(statement)]


# Lists of examples


def teasers(where: ColumnElement[bool], *order: Any, limit: int) -> list[Teaser]:
    """Return examples with the names of their municipalities, in two queries."""
    return with_places(teaser_rows(where, *order).limit(limit))


def teaser_rows(where: ColumnElement[bool], *order: Any) -> Any:
    return (
        select(
            Example.id,
            Example.title,
            Example.summary,
            Example.kind,
            Example.tier,
            Example.state,
            Example.measure_status,
            Example.published_at,
            Example.updated_at,
            Example.unconfirmed_since,
        )
        .where(where)
        .order_by(*(order or newest_first()))
    )


def with_places(statement: Any, values: dict[str, Any] | None = None) -> list[Teaser]:
    rows = session.execute(statement, values).all()
    places = places_of([row.id for row in rows])
    return [Teaser(**row._mapping, places=", ".join(places[row.id])) for row in rows]


def newest_first() -> tuple[Any, ...]:
    return (Example.published_at.desc().nulls_last(), Example.id.desc())


LATEST = teaser_rows(PUBLISHED).limit(bindparam("limit"))
PLACES = (
    select(ExampleMunicipality.example_id, Municipality.display_name)
    .join(Municipality, Municipality.ags == ExampleMunicipality.municipality_ags)
    .where(ExampleMunicipality.example_id.in_(bindparam("ids", expanding=True)))
    .order_by(Municipality.name)
)


def places_of(ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the names of the municipalities of several examples."""
    found: dict[int, list[str]] = defaultdict(list)
    if ids:
        for example_id, name in session.execute(PLACES, {"ids": list(ids)}):
            found[example_id].append(name)
    return found


def find_examples_by_ids(actor: Actor, ids: Sequence[int]) -> list[Teaser]:
    """Return those of the examples this person may see, in the order of the ids."""
    if not ids:
        return []
    found = {
        teaser.id: teaser
        for teaser in teasers(Example.id.in_(ids) & visible_to(actor), limit=len(ids))
    }
    return [found[example_id] for example_id in ids if example_id in found]


def latest_examples(actor: Actor, limit: int = 6) -> list[Teaser]:
    """Return the newest published examples; the same for everybody."""
    return with_places(LATEST, {"limit": limit})


def examples_of_municipality(actor: Actor, ags: str, limit: int = 20) -> list[Teaser]:
    theirs = select(ExampleMunicipality.example_id).where(
        ExampleMunicipality.municipality_ags == ags
    )
    return teasers(PUBLISHED & Example.id.in_(theirs), limit=limit)


def examples_of_state(actor: Actor, state_code: str, limit: int = 20) -> list[Teaser]:
    return teasers(PUBLISHED & (Example.state_code == state_code), limit=limit)


def count_published_by_state() -> dict[str, int]:
    """Return code of the Land → number of published examples."""
    statement = (
        select(Example.state_code, func.count(Example.id))
        .where(PUBLISHED, Example.state_code.is_not(None))
        .group_by(Example.state_code)
    )
    return {code: number for code, number in session.execute(statement) if code}


def count_published() -> int:
    return session.scalar(select(func.count(Example.id)).where(PUBLISHED)) or 0


# One example


def with_everything() -> Select[Example]:
    """Select examples with all their page shows, in a constant number of queries."""
    return select(Example).options(
        joinedload(Example.organisation),
        joinedload(Example.reviewer).load_only(Account.name),
        selectinload(Example.municipalities),
        selectinload(Example.terms),
        selectinload(Example.criteria),
        selectinload(Example.files).options(
            joinedload(ExampleFile.file), joinedload(ExampleFile.preview)
        ),
    )


def get_example(actor: Actor, example_id: int) -> Example:
    """Return an example, or raise NotFound if it is not there for this person."""
    example = session.scalar(with_everything().where(Example.id == example_id))
    if example is None or not may_view(actor, example):
        raise NotFound(_("Dieses Praxisbeispiel gibt es nicht (mehr)."))
    return example


def head_for(actor: Actor) -> tuple[ExecutableOption, ...]:
    """Load with the head what rules ask about who is signed in.

    Municipalities by a statement of their own: joined, SQLite reads those of all examples.
    """
    if not actor.is_signed_in:
        return (load_only(*HEAD),)
    return (
        load_only(*HEAD),
        joinedload(Example.co_authors),
        joinedload(Example.capture),
        selectinload(Example.municipalities).load_only(Municipality.ags),
    )


def page_for(actor: Actor) -> Any:
    drawn = (
        select(func.max(FilePreview.made_at))
        .join(ExampleFile, ExampleFile.file_id == FilePreview.file_id)
        .where(ExampleFile.example_id == bindparam("example_id"))
    )
    statement = select(Example, drawn.scalar_subquery())
    return statement.where(Example.id == bindparam("example_id")).options(*head_for(actor))


PAGE_OF_GUEST, PAGE_OF_MEMBER = page_for(GUEST), page_for(Actor(account_id=0))


def get_example_head(actor: Actor, example_id: int) -> Example:
    """Return an example with what decides who may see it, and what stands above its text."""
    statement = select(Example).where(Example.id == example_id).options(*head_for(actor))
    example = session.scalars(statement).unique().one_or_none()
    if example is None or not may_view(actor, example):
        raise NotFound(_("Dieses Praxisbeispiel gibt es nicht (mehr)."))
    return example


def get_example_page(actor: Actor, example_id: int) -> tuple[Example, datetime | None]:
    """Return the head of an example, and when the newest preview of its files was made."""
    statement = PAGE_OF_MEMBER if actor.is_signed_in else PAGE_OF_GUEST
    row = session.execute(statement, {"example_id": example_id}).unique().first()
    if row is None or not may_view(actor, row[0]):
        raise NotFound(_("Dieses Praxisbeispiel gibt es nicht (mehr)."))
    return row[0], row[1]


def get_example_file(example: Example, file_id: int) -> ExampleFile:
    for attached in example.files:
        if attached.id == file_id:
            return attached
    raise NotFound(_("Diese Datei gibt es nicht (mehr)."))


def steps_of(example: Example, *, with_internal: bool) -> list[ExampleStep]:
    """Return the time line of an example, the oldest first."""
    statement = (
        select(ExampleStep)
        .where(ExampleStep.example_id == example.id)
        .options(joinedload(ExampleStep.actor).load_only(Account.name))
        .order_by(ExampleStep.created_at, ExampleStep.id)
    )
    if not with_internal:
        statement = statement.where(ExampleStep.is_internal.is_(False))
    return list(session.scalars(statement))


def names_of(versions: Iterable[Version]) -> dict[int, str]:
    """Return id → name of the people who made these versions."""
    ids = {version.author_id for version in versions if version.author_id}
    statement = select(Account.id, Account.name).where(Account.id.in_(ids))
    return dict(pairs(statement)) if ids else {}


# Tools


def tool_teasers(where: ColumnElement[bool], *order: Any, limit: int) -> list[ToolTeaser]:
    """Return tools with their newest file in one query."""
    return as_teasers(tool_rows(where, *order).limit(limit))


def as_teasers(statement: Any, values: dict[str, Any] | None = None) -> list[ToolTeaser]:
    return [ToolTeaser(*row) for row in session.execute(statement, values)]


def tool_rows(where: ColumnElement[bool], *order: Any) -> Any:
    newest = (
        select(ToolFile.tool_id, func.max(ToolFile.number).label("number"))
        .where(ToolFile.published_at.is_not(None))
        .group_by(ToolFile.tool_id)
        .subquery()
    )
    stored = ToolFile.file.property.mapper.class_
    return (
        select(
            Tool.id,
            Tool.title,
            Tool.summary,
            Tool.category_key,
            Tool.published_at,
            func.coalesce(Municipality.display_name, ""),
            func.coalesce(stored.name, ""),
            func.coalesce(stored.size, 0),
        )
        .outerjoin(Municipality, Municipality.ags == Tool.municipality_ags)
        .outerjoin(newest, newest.c.tool_id == Tool.id)
        .outerjoin(
            ToolFile, (ToolFile.tool_id == Tool.id) & (ToolFile.number == newest.c.number)
        )
        .outerjoin(stored, stored.id == ToolFile.file_id)
        .where(where)
        .order_by(*(order or (Tool.published_at.desc().nulls_last(), Tool.id.desc())))
    )


def find_tools_by_ids(actor: Actor, ids: Sequence[int]) -> list[ToolTeaser]:
    """Return those of the tools this person may see, in the order of the ids."""
    if not ids:
        return []
    where = Tool.id.in_(ids) & tools_visible_to(actor)
    found = {teaser.id: teaser for teaser in tool_teasers(where, limit=len(ids))}
    return [found[tool_id] for tool_id in ids if tool_id in found]


def count_tools() -> int:
    statement = select(func.count(Tool.id)).where(Tool.published_at.is_not(None))
    return session.scalar(statement) or 0


def tools_of_municipality(actor: Actor, ags: str, limit: int = 20) -> list[ToolTeaser]:
    where = Tool.published_at.is_not(None) & (Tool.municipality_ags == ags)
    return tool_teasers(where, limit=limit)


def tools_of_example(actor: Actor, example: Example) -> list[ToolTeaser]:
    return as_teasers(linked_tools(actor), {"example_id": example.id})


@lru_cache(maxsize=256)
def linked_tools(actor: Actor) -> Any:
    named = ToolExample.example_id == bindparam("example_id")
    linked = select(ToolExample.tool_id).where(named)
    return tool_rows(Tool.id.in_(linked) & tools_visible_to(actor)).limit(20)


def tools_by_author(actor: Actor) -> list[ToolTeaser]:
    return tool_teasers(Tool.author_id == actor.account_id, Tool.id.desc(), limit=100)


def get_tool(actor: Actor, tool_id: int) -> Tool:
    statement = (
        select(Tool)
        .where(Tool.id == tool_id)
        .options(
            joinedload(Tool.municipality),
            selectinload(Tool.files).options(
                joinedload(ToolFile.file), joinedload(ToolFile.preview)
            ),
            selectinload(Tool.examples).load_only(Example.id),
        )
    )
    tool = session.scalar(statement)
    if tool is None or not may_view_tool(actor, tool):
        raise NotFound(_("Dieses Werkzeug gibt es nicht (mehr)."))
    return tool


def versions_of(actor: Actor, tool: Tool) -> list[ToolFile]:
    """Return the versions of a tool's file this person may see, the newest first."""
    return [version for version in tool.files if may_view_version(actor, tool, version)]


def get_tool_file(actor: Actor, tool: Tool, number: int) -> ToolFile:
    for version in versions_of(actor, tool):
        if version.number == number:
            return version
    raise NotFound(_("Diese Datei gibt es nicht (mehr)."))


# Around the list


def around_the_list(actor: Actor) -> tuple[int, str, str]:
    """Return the number of tools, the reader's own order of the list, the edition of names."""
    order = select(ListOrder.sort).where(ListOrder.account_id == actor.account_id)
    tools = select(func.count(Tool.id)).where(Tool.published_at.is_not(None))
    row = session.execute(
        select(tools.scalar_subquery(), order.scalar_subquery(), newest_edition())
    ).one()
    return row[0], row[1] or "", row[2]
