"""What can be found of each kind of object, by whom, and under which address.

Adding a kind of thing to the search takes three steps and no migration:

1. A member of `Kind` with label and noun (`models.py`), if it is to be a tab of its own.
2. A `Source`: its number (never used before, below 100), the objects that may be found, a
   function that describes a batch of them, and the classes whose changes show (`Watch`).
3. The source in the list of `sources.py`; slices above this one call `sources.add()`.

Index, rebuild, drift check, facets, ranking and visibility follow. What can be filtered by is
`Document.facets`: pairs of a facet named in `facets.FACETS` and a value ([A-Za-z0-9_-]). What
is limited to members or to one group says so in `audience` and `group_id`. Several documents
may share a parent and are one result then: posts do, and so do the texts of attached files,
which set `found_in`. Only columns are read, so 200,000 posts take no objects.

Document ids are the number of the source times 2⁴⁰ plus the id of the object. Posts come last
(`ddl.MANY`): the full-text search can leave millions of them aside by their ids alone.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute

from inforo.db import session
from inforo.municipalities.models import Municipality
from inforo.search.ddl import MANY
from inforo.search.models import Audience, Kind
from inforo.vocabularies.models import Term

MARKUP = re.compile(r"[*_`#>|~]+|\]\([^)]*\)|[\[\]]")
SHIFT = 40
ALL = frozenset({"*"})
Key = Any  # int or AGS
Facet = tuple[str, str]

TERM_FACETS = {  # vocabulary → facet
    "age_phase": "phase",
    "field_of_action": "feld",
    "target_group": "zielgruppe",
    "setting": "lebenswelt",
}


@dataclass(frozen=True, kw_only=True)
class Document:
    """One object as the index wants it. `keywords` and `names` are found but not shown."""

    kind: Kind
    key: Key
    audience: Audience
    title: str
    body: str
    path: str
    parent: int = 0  # document id of what this is part of; 0: it stands for itself
    keywords: str = ""
    names: str = ""  # of places: no compounds of words, Dickesbach is not thick
    context: str = ""
    found_in: str = ""
    group_id: int | None = None
    state_code: str | None = None
    facets: tuple[Facet, ...] = ()
    places: tuple[str, ...] = ()  # AGS; what is near to the asker ranks higher
    weight: float = 1.0
    changed_at: datetime | None = None
    title_is_found: bool = True
    title_is_name: bool = False  # of a place or person: not a compound of words

    @property
    def digest(self) -> str:
        """Return a fingerprint of what is found and shown.

        What a group lends to its threads is left out: it is handed on without describing them.
        """
        same = replace(self, audience=Audience.PUBLIC, group_id=None, context="")
        return hashlib.sha256(repr(astuple(same)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Watch:
    """A class whose changes show in documents of a source.

    `key` is the column that names the object, `fields` are those that show. `follow` turns
    the noticed keys into keys of the source, if they are not; it may write itself.
    """

    model: type
    key: str
    fields: frozenset[str] = ALL
    relationships: frozenset[str] = frozenset()
    follow: Callable[[set[Any]], Iterable[Key]] | None = None


@dataclass(frozen=True)
class Source:
    """Where the documents of one kind come from."""

    number: int
    kind: Kind
    keys: Callable[[int, int], list[Key]]  # (after this id, so many) → keys in their order
    describe: Callable[[Sequence[Key]], list[Document]]
    watched: tuple[Watch, ...] = field(default=())

    @property
    def name(self) -> str:
        return f"{self.kind.value}-{self.number}"

    @property
    def first_id(self) -> int:
        return self.number << SHIFT

    @property
    def last_id(self) -> int:
        return ((self.number + 1) << SHIFT) - 1

    @property
    def is_many(self) -> bool:
        """Tell whether there may be millions of them."""
        return self.first_id >= MANY

    def document_id(self, key: Key) -> int:
        return document_id(self.number, key)


def document_id(number: int, key: Key) -> int:
    """Return the id of the document of an object; keys are ids or AGS."""
    return (number << SHIFT) + int(key)


def in_table(findable: Select[Any], column: InstrumentedAttribute[Any]) -> Any:
    """Return `Source.keys` for objects that are rows with a number as key."""

    def keys(after: int, limit: int) -> list[Key]:
        return list(
            session.scalars(findable.where(column > after).order_by(column).limit(limit))
        )

    return keys


def bare(*texts: str | None) -> str:
    """Return Markdown texts as one plain text."""
    return " ".join(" ".join(MARKUP.sub(" ", given).split()) for given in texts if given)


def described(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def grouped(rows: Iterable[Any]) -> dict[Any, list[tuple[Any, ...]]]:
    """Gather rows under their first column."""
    found = defaultdict(list)
    for key, *rest in rows:
        found[key].append(tuple(rest))
    return found


@dataclass(frozen=True)
class Terms:
    """The terms of one object: words to be found by, facets to filter by."""

    words: str = ""
    facets: tuple[Facet, ...] = ()


NO_TERMS = Terms()


def terms_of(owner: Any, keys: Sequence[Key]) -> dict[Key, Terms]:
    """Return the terms of objects, through their link table's `owner` column."""
    link = owner.class_
    rows = session.execute(
        select(owner, Term.vocabulary, Term.key, Term.label_de, Term.aliases)
        .join(Term, Term.id == link.term_id)
        .where(owner.in_(keys))
        .order_by(Term.vocabulary, Term.position, Term.id)
    )
    return {key: make_terms(found) for key, found in grouped(rows).items()}


def make_terms(rows: list[tuple[Any, ...]]) -> Terms:
    words = [word for *_, label, aliases in rows for word in [label, *map(str, aliases or [])]]
    facets = tuple(
        (TERM_FACETS[vocabulary], key)
        for vocabulary, key, *_ in rows
        if vocabulary in TERM_FACETS
    )
    return Terms(" · ".join(words), facets)


@dataclass(frozen=True)
class Places:
    """The municipalities of one object."""

    names: str = ""
    ags: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()


NO_PLACES = Places()


def places_of(owner: Any, keys: Sequence[Key]) -> dict[Key, Places]:
    """Return the municipalities of objects, with their kind and size as facets."""
    link = owner.class_
    rows = session.execute(
        select(
            owner,
            Municipality.display_name,
            Municipality.ags,
            Municipality.kind,
            Municipality.size_class,
        )
        .join(Municipality, Municipality.ags == link.municipality_ags)
        .where(owner.in_(keys))
        .order_by(Municipality.name)
    )
    return {key: make_places(found) for key, found in grouped(rows).items()}


def make_places(rows: list[tuple[Any, ...]]) -> Places:
    return Places(
        ", ".join(name for name, *_ in rows),
        tuple(ags for _, ags, *_ in rows),
        tuple(dict.fromkeys(facet for *_, kind, size in rows for facet in kind_of(kind, size))),
    )


def kind_of(kind: Any, size: Any) -> tuple[Facet, ...]:
    """Return kind and size class of a municipality as facets."""
    return (("gebiet", kind.value), *((("groesse", size.value),) if size else ()))


def year_of(moment: datetime | None) -> tuple[Facet, ...]:
    return (("jahr", str(moment.year)),) if moment else ()
