"""Every SELECT on examples and tools. Who asks comes first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import joinedload, load_only, selectinload

from inforo import clock
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.municipalities.models import Municipality, State
from inforo.municipalities.queries import newest_edition
from inforo.toolbox.facets import FACETS, VOCABULARIES, Catalogue, Entry, searchable
from inforo.toolbox.models import (
    Example,
    ExampleFile,
    ExampleKind,
    ExampleMunicipality,
    ExampleState,
    ExampleStep,
    ExampleTerm,
    ListOrder,
    MeasureStatus,
    Tier,
    Tool,
    ToolExample,
    ToolFile,
)
from inforo.toolbox.policy import may_view, may_view_tool, tools_visible_to, visible_to
from inforo.versions import Version
from inforo.vocabularies import queries as vocabularies
from inforo.vocabularies.models import Term

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
    Example.version,
    Example.updated_at,
)
RELOAD_AFTER = timedelta(minutes=10)
Stamp = tuple[datetime | None, datetime | None]  # last change of an example, of a term
Labels = dict[str, list[tuple[str, str, str]]]
FACET_OF = {vocabulary: facet for facet, vocabulary in VOCABULARIES.items()}


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
    """What lists show of a tool. `file_name` and `size` are those of its newest file."""

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
    rows = session.execute(
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
        .limit(limit)
    ).all()
    places = places_of([row.id for row in rows])
    return [Teaser(**row._mapping, places=", ".join(places[row.id])) for row in rows]


def newest_first() -> tuple[Any, ...]:
    return (Example.published_at.desc().nulls_last(), Example.id.desc())


def places_of(ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the names of the municipalities of several examples."""
    found: dict[int, list[str]] = defaultdict(list)
    if ids:
        statement = (
            select(ExampleMunicipality.example_id, Municipality.display_name)
            .join(Municipality, Municipality.ags == ExampleMunicipality.municipality_ags)
            .where(ExampleMunicipality.example_id.in_(ids))
            .order_by(Municipality.name)
        )
        for example_id, name in session.execute(statement):
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
    return teasers(PUBLISHED, limit=limit)


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


# The catalogue in memory


@dataclass(frozen=True)
class Shelf:
    """The catalogue this process knows, what it was made from, and the names of values."""

    stamp: Stamp
    loaded_at: datetime
    entries: dict[int, Entry]
    catalogue: Catalogue
    labels: Labels
    renamed: dict[tuple[str, str], str]  # (facet, key of a merged term) → key to use


# Replaced as a whole; holds nothing but published content, see facets.py.
shelves: dict[str, Shelf] = {}


def shelf() -> Shelf:
    """Return all published examples for counting, from memory unless one was saved."""
    terms = select(func.max(Term.changed_at)).scalar_subquery()
    saved, termed = session.execute(select(func.max(Example.updated_at), terms)).one()
    stamp = (saved, termed)
    old = shelves.get("")
    if old is not None and (
        clock.now() - old.loaded_at > RELOAD_AFTER or old.stamp[1] != termed
    ):
        old = None
    if old is None or old.stamp != stamp:
        shelves[""] = refill(old, stamp)
    return shelves[""]


def refill(old: Shelf | None, stamp: Stamp) -> Shelf:
    """Load what was saved since; all of it if rows are gone (their number then differs)."""
    entries: dict[int, Entry] = {}
    if old is not None and old.stamp[0] is not None and stamp[0] is not None:
        changed = Example.updated_at > old.stamp[0]
        saved = set(session.scalars(select(Example.id).where(changed)))
        kept = {key: entry for key, entry in old.entries.items() if key not in saved}
        entries = kept | load_entries(changed)
    if old is None or len(entries) != count_published():
        entries = load_entries(true())
    loaded_at = old.loaded_at if old else clock.now()
    labels = old.labels if old else load_labels()
    names = old.renamed if old else load_renamed()
    return Shelf(stamp, loaded_at, entries, Catalogue(entries.values()), labels, names)


def load_entries(where: ColumnElement[bool]) -> dict[int, Entry]:
    """Return published examples with everything that is counted, in three queries."""
    examples = session.execute(
        select(
            Example.id,
            Example.title,
            Example.summary,
            Example.published_at,
            Example.confirmed_at,
            Example.unconfirmed_since,
            Example.kind,
            Example.tier,
            Example.measure_status,
        ).where(PUBLISHED, where)
    ).all()
    values: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for row in examples:
        own = {"art": row.kind, "pruefung": row.tier, "stand": row.measure_status}
        values[row.id] = {(facet, value.value) for facet, value in own.items() if value}
    names, keys = add_places(values, where)
    add_terms(values, where)
    return {
        row.id: Entry(
            row.id,
            searchable(row.title),
            searchable(f"{row.title} {row.summary} {' '.join(names[row.id])}"),
            row.published_at,
            row.confirmed_at,
            frozenset(values[row.id]),
            tuple(keys[row.id]),
            row.unconfirmed_since is not None,
        )
        for row in examples
    }


def add_places(
    values: dict[int, set[tuple[str, str]]], where: ColumnElement[bool]
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Note where the examples come from; return the names and keys of the municipalities."""
    names: dict[int, list[str]] = defaultdict(list)
    keys: dict[int, list[str]] = defaultdict(list)
    statement = (
        select(
            ExampleMunicipality.example_id,
            ExampleMunicipality.municipality_ags,
            Municipality.display_name,
            Municipality.state_code,
            Municipality.kind,
            Municipality.size_class,
        )
        .join(Municipality, Municipality.ags == ExampleMunicipality.municipality_ags)
        .join(Example, Example.id == ExampleMunicipality.example_id)
        .where(PUBLISHED, where)
    )
    for example_id, ags, name, state_code, kind, size in session.execute(statement):
        names[example_id].append(name)
        keys[example_id].append(ags)
        values[example_id] |= {("land", state_code), ("gebiet", kind.value)}
        if size:
            values[example_id].add(("groesse", size.value))
    return names, keys


def add_terms(values: dict[int, set[tuple[str, str]]], where: ColumnElement[bool]) -> None:
    known = {
        key: (FACET_OF[vocabulary], value)
        for key, vocabulary, value in session.execute(
            select(Term.id, Term.vocabulary, Term.key).where(Term.vocabulary.in_(FACET_OF))
        )
    }
    statement = (
        select(ExampleTerm.example_id, ExampleTerm.term_id)
        .join(Example, Example.id == ExampleTerm.example_id)
        .where(PUBLISHED, where, ExampleTerm.term_id.in_(known))
    )
    for example_id, term_id in session.execute(statement):
        values[example_id].add(known[term_id])


def load_labels() -> Labels:
    """Return facet → (value, German, English label) in the order they are shown."""
    found: Labels = {facet: [] for facet in FACETS}
    statement = (
        select(Term.vocabulary, Term.key, Term.label_de, Term.label_en)
        .where(Term.vocabulary.in_(FACET_OF), Term.merged_at.is_(None))
        .order_by(Term.position, Term.id)
    )
    for vocabulary, key, german, english in session.execute(statement):
        found[FACET_OF[vocabulary]].append((key, german, english or german))
    for code, name in session.execute(select(State.code, State.name).order_by(State.name)):
        found["land"].append((code, name, name))
    return found


def load_renamed() -> dict[tuple[str, str], str]:
    """Return which values of old addresses stand for which ones today."""
    merged = vocabularies.renamed(*FACET_OF)
    return {(FACET_OF[name], old): new for (name, old), new in merged.items()}


# One example


def with_everything() -> Select[Example]:
    """Select examples with all their page shows, in a constant number of queries."""
    return select(Example).options(
        joinedload(Example.organisation),
        joinedload(Example.reviewer).load_only(Account.name),
        selectinload(Example.municipalities),
        selectinload(Example.terms),
        selectinload(Example.criteria),
        selectinload(Example.files).joinedload(ExampleFile.file),
    )


def get_example(actor: Actor, example_id: int) -> Example:
    """Return an example, or raise NotFound if it is not there for this person."""
    example = session.scalar(with_everything().where(Example.id == example_id))
    if example is None or not may_view(actor, example):
        raise NotFound(_("Dieses Praxisbeispiel gibt es nicht (mehr)."))
    return example


def get_example_head(actor: Actor, example_id: int) -> Example:
    """Return an example with what decides who may see it, and what stands above its text."""
    statement = select(Example).where(Example.id == example_id).options(load_only(*HEAD))
    example = session.scalar(statement)
    if example is None or not may_view(actor, example):
        raise NotFound(_("Dieses Praxisbeispiel gibt es nicht (mehr)."))
    return example


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


def tool_teasers(
    where: ColumnElement[bool], *order: Any, limit: int, offset: int = 0
) -> list[ToolTeaser]:
    """Return tools with their newest file in one query."""
    newest = (
        select(ToolFile.tool_id, func.max(ToolFile.number).label("number"))
        .group_by(ToolFile.tool_id)
        .subquery()
    )
    stored = ToolFile.file.property.mapper.class_
    statement = (
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
        .limit(limit)
        .offset(offset)
    )
    return [ToolTeaser(*row) for row in session.execute(statement)]


def matching_tools(category: str, q: str) -> ColumnElement[bool]:
    """Return the condition for published tools of a category that have all the words."""
    wanted: list[ColumnElement[bool]] = [Tool.published_at.is_not(None)]
    if category:
        wanted.append(Tool.category_key == category)
    words = searchable(q).split()[:10]
    return and_(*wanted, *(Tool.words.contains(word, autoescape=True) for word in words))


def count_tools(where: ColumnElement[bool] | None = None) -> int:
    condition = Tool.published_at.is_not(None) if where is None else where
    return session.scalar(select(func.count(Tool.id)).where(condition)) or 0


def count_tools_by_category() -> dict[str, int]:
    statement = (
        select(Tool.category_key, func.count(Tool.id))
        .where(Tool.published_at.is_not(None))
        .group_by(Tool.category_key)
    )
    return dict(pairs(statement))


def tools_of_municipality(actor: Actor, ags: str, limit: int = 20) -> list[ToolTeaser]:
    where = Tool.published_at.is_not(None) & (Tool.municipality_ags == ags)
    return tool_teasers(where, limit=limit)


def tools_of_example(actor: Actor, example: Example) -> list[ToolTeaser]:
    linked = select(ToolExample.tool_id).where(ToolExample.example_id == example.id)
    return tool_teasers(Tool.id.in_(linked) & tools_visible_to(actor), limit=20)


def tools_by_author(actor: Actor) -> list[ToolTeaser]:
    return tool_teasers(Tool.author_id == actor.account_id, Tool.id.desc(), limit=100)


def get_tool(actor: Actor, tool_id: int) -> Tool:
    statement = (
        select(Tool)
        .where(Tool.id == tool_id)
        .options(
            joinedload(Tool.municipality),
            selectinload(Tool.files).joinedload(ToolFile.file),
            selectinload(Tool.examples).load_only(Example.id),
        )
    )
    tool = session.scalar(statement)
    if tool is None or not may_view_tool(actor, tool):
        raise NotFound(_("Dieses Werkzeug gibt es nicht (mehr)."))
    return tool


def get_tool_file(tool: Tool, number: int) -> ToolFile:
    for version in tool.files:
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
