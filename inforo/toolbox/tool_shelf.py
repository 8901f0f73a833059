"""The catalogue of tools in memory, for the list with filters; see `shelves.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from inforo import clock
from inforo.db import session
from inforo.files import StoredFile
from inforo.municipalities.models import Municipality, State
from inforo.toolbox import fields
from inforo.toolbox.facets import Catalogue, Entry, searchable
from inforo.toolbox.shelves import RELOAD_AFTER
from inforo.toolbox.tool_models import Tool, ToolFile
from inforo.vocabularies import queries as vocabularies
from inforo.vocabularies.models import Term

VOCABULARIES = {"werkzeugart": "tool_category", "schritt": "process_step"}
FACETS = (*VOCABULARIES, "land", "dateityp", "lizenz", "kommune")
FACET_OF = {vocabulary: facet for facet, vocabulary in VOCABULARIES.items()}
ENGLISH = {"nur zur Ansicht": "for viewing only"}  # licences that are not names
Labels = dict[str, list[tuple[str, str, str]]]


@dataclass(frozen=True)
class ToolShelf:
    """The tools this process knows, what they were read from, and the names of values."""

    stamp: Sequence[Any]
    loaded_at: datetime
    catalogue: Catalogue
    labels: Labels
    renamed: dict[tuple[str, str], str]


# Replaced as a whole; holds nothing but published content, see facets.py.
kept: dict[str, ToolShelf] = {}


def tool_shelf() -> ToolShelf:
    """Return all published tools for counting, from memory unless one was saved."""
    stamp = read_stamp()
    known = kept.get("")
    is_old = known is None or clock.now() - known.loaded_at > RELOAD_AFTER
    if known is None or is_old or known.stamp != stamp:
        kept[""] = load(stamp)
    return kept[""]


def read_stamp() -> tuple[Any, ...]:
    """Return what changes with every saved tool, published version, and edited term."""
    tools = select(
        func.count(Tool.id),
        func.sum(Tool.version),
        func.max(Tool.created_at),
        func.max(Tool.published_at),
        select(func.max(ToolFile.published_at)).scalar_subquery(),
        select(func.max(Term.changed_at)).scalar_subquery(),
    )
    return tuple(session.execute(tools).one())


def load(stamp: Sequence[Any]) -> ToolShelf:
    rows = published_tools()
    labels = load_labels()
    labels["kommune"] = sorted(
        {(row.municipality_ags, row.place, row.place) for row in rows if row.place},
        key=lambda place: searchable(place[1]),
    )
    kinds = sorted({kind_of(row.file_name) for row in rows} - {""})
    labels["dateityp"] = [(kind, kind.upper(), kind.upper()) for kind in kinds]
    merged = vocabularies.renamed(*FACET_OF)
    return ToolShelf(
        stamp,
        clock.now(),
        Catalogue([entry_of(row) for row in rows], FACETS),
        labels,
        {(FACET_OF[name], old): new for (name, old), new in merged.items()},
    )


def published_tools() -> Sequence[Any]:
    """Return public tools with their place and the name of their newest file."""
    newest = (
        select(ToolFile.tool_id, func.max(ToolFile.number).label("number"))
        .where(ToolFile.published_at.is_not(None))
        .group_by(ToolFile.tool_id)
        .subquery()
    )
    is_newest = (ToolFile.tool_id == Tool.id) & (ToolFile.number == newest.c.number)
    statement = (
        select(
            Tool.id,
            Tool.title,
            Tool.words,
            Tool.category_key,
            Tool.phase_key,
            Tool.state_code,
            Tool.licence,
            Tool.municipality_ags,
            Tool.published_at,
            Municipality.display_name.label("place"),
            func.coalesce(StoredFile.name, "").label("file_name"),
        )
        .outerjoin(Municipality, Municipality.ags == Tool.municipality_ags)
        .outerjoin(newest, newest.c.tool_id == Tool.id)
        .outerjoin(ToolFile, is_newest)
        .outerjoin(StoredFile, StoredFile.id == ToolFile.file_id)
        .where(Tool.published_at.is_not(None))
    )
    return session.execute(statement).all()


def entry_of(row: Any) -> Entry:
    values = {
        "werkzeugart": row.category_key,
        "schritt": row.phase_key,
        "land": row.state_code,
        "dateityp": kind_of(row.file_name),
        "lizenz": row.licence,
        "kommune": row.municipality_ags,
    }
    return Entry(
        row.id,
        searchable(row.title),
        f"{row.words} {searchable(row.place or '')}",
        row.published_at,
        None,
        frozenset((facet, value) for facet, value in values.items() if value),
    )


def kind_of(file_name: str) -> str:
    """Return the kind of a file as addresses name it, e.g. "docx"."""
    return file_name.rpartition(".")[2].lower() if "." in file_name else ""


def load_labels() -> Labels:
    """Return facet → (value, German, English label) in the order they are shown."""
    found: Labels = {facet: [] for facet in FACETS}
    terms = (
        select(Term.vocabulary, Term.key, Term.label_de, Term.label_en)
        .where(Term.vocabulary.in_(FACET_OF), Term.merged_at.is_(None))
        .order_by(Term.position, Term.id)
    )
    for vocabulary, key, german, english in session.execute(terms):
        found[FACET_OF[vocabulary]].append((key, german, english or german))
    for code, name in session.execute(select(State.code, State.name).order_by(State.name)):
        found["land"].append((code, name, name))
    found["lizenz"] = [(name, name, ENGLISH.get(name, name)) for name in fields.LICENCE_NAMES]
    return found
