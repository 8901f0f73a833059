"""The catalogue in memory: all published examples, for counting and for lists with facets."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, true

from inforo import clock
from inforo.db import session
from inforo.municipalities.models import Municipality, State
from inforo.toolbox.example_parts import ExampleMunicipality, ExampleTerm
from inforo.toolbox.facets import FACETS, VOCABULARIES, Catalogue, Entry, searchable
from inforo.toolbox.models import Example
from inforo.toolbox.queries import PUBLISHED, count_published
from inforo.vocabularies import queries as vocabularies
from inforo.vocabularies.models import Term

RELOAD_AFTER = timedelta(minutes=10)
Stamp = tuple[datetime | None, datetime | None]  # last change of an example, of a term
Labels = dict[str, list[tuple[str, str, str]]]
FACET_OF = {vocabulary: facet for facet, vocabulary in VOCABULARIES.items()}


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
