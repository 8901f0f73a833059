"""Asks, in one statement, where a question is answered.

Of everything but posts come bare ids; who may see them and what they are is known in memory
(`catalogue.py`). Posts may be millions: the newest matches are looked up, counted by their
few properties, and the newest of each thread is kept. The limits are what keeps a search for
frequent words quick; where one is reached, the page says "über".
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, Select, Text, bindparam, func, literal, select, union_all

from inforo.authz import Actor
from inforo.db import session
from inforo.search import facets, fulltext
from inforo.search.ddl import MANY
from inforo.search.documents import SHIFT
from inforo.search.fulltext import Range, is_sqlite, joined
from inforo.search.models import SearchDocument
from inforo.search.policy import asker_values, visible_to_asker
from inforo.search.results import Filters
from inforo.search.source_toolbox import EXAMPLES
from inforo.search.sources import of_kind

MOST_OF_FEW = 20_000
MOST_TITLES = 1_000
MOST_POSTS = 4_000
MOST_POSTS_NARROWED = 8_000  # of which a filter leaves some
MOST_THREADS = 40
MOST_NAMED = 20
MOST_LOOSE = 1_000  # of each kind of thing, where only some of the words are wanted
FEW: Range = (0, MANY - 1)
POSTS: Range = (MANY, MANY + (1 << SHIFT) - 1)
OF_POSTS = {"art", "land", "feld", "jahr"}  # facets posts have; others leave none of them
IDS, TITLES, THREADS, GROUPS, NAMED = range(5)


@dataclass(frozen=True)
class Wanted:
    """A question in the language of the database: for whole documents, and for titles.

    `name`: the question as it was typed, if this is all of it. Then matches are counted, too.
    """

    written: str
    titles: str
    name: str = ""


@dataclass
class Matches:
    """Where one wanted thing is found. Ids rise with time within each source."""

    few: list[int] = field(default_factory=list)  # whoever may see them
    titles: list[int] = field(default_factory=list)  # those of them with a fitting title
    seen: list[int] = field(default_factory=list)  # visible: a post of each thread, namesakes
    groups: list[tuple[str, int]] = field(default_factory=list)  # facets, number of threads
    is_cut: bool = False


def find(actor: Actor, filters: Filters, wanted: Sequence[Wanted]) -> list[Matches]:
    """Return the matches of each wanted thing."""
    found = [Matches() for _one in wanted]
    if not wanted:
        return found
    chosen = tuple(sorted(filters.chosen.items()))
    are_named = tuple(bool(one.name) for one in wanted)
    values = asker_values(actor)
    for number, one in enumerate(wanted):
        values |= {f"{key}_{number}": value for key, value in asdict(one).items()}
    for number, part, text, count in session.execute(
        statement(is_sqlite(), are_named, chosen), values
    ):
        take(found[number], part, text, count)
    return found


@lru_cache(64)
def statement(_is_sqlite: bool, are_named: tuple[bool, ...], chosen: Any) -> Any:
    """Return the SELECT for so many wanted things. Writing it takes longer than it does."""
    filters = Filters(dict(chosen))
    return union_all(
        *(
            part
            for number, is_named in enumerate(are_named)
            for part in parts_of(filters, number, is_named=is_named)
        )
    )


def take(matches: Matches, part: int, text: str | None, count: int) -> None:
    """Note one row of the answer."""
    if part == GROUPS:
        matches.groups.append((text or "", count))
        return
    ids = sorted(map(int, text.split(","))) if text else []
    if part == IDS:
        matches.few += ids
    elif part == TITLES:
        matches.titles += ids
    else:
        matches.seen += ids
    matches.is_cut |= bool(count) and part != TITLES


def parts_of(filters: Filters, number: int, *, is_named: bool) -> Iterator[Select[Any]]:
    """Yield SELECTs of: number of the wanted thing, part, text, count."""
    for within in ranges_of(filters):
        if within == POSTS:
            yield from parts_of_posts(filters, number, is_named=is_named)
        else:
            yield from parts_of_few(within, number, is_named=is_named)
    if is_named:
        ids = namesakes(filters, f"name_{number}").subquery()
        yield select(literal(number), literal(NAMED), joined(ids.c.id), literal(0))


def parts_of_few(within: Range, number: int, *, is_named: bool) -> Iterator[Select[Any]]:
    """Yield ids of the examples, which may hide all else by their number, and of all else."""
    limits = {"written": MOST_OF_FEW, "titles": MOST_TITLES}
    for name, most in limits.items():
        most = most if is_named else min(most, MOST_LOOSE)
        for some in halves(within):
            written = bindparam(f"{name}_{number}", type_=Text)
            ids = fulltext.newest(written, some, most, in_title=name == "titles").subquery()
            part = literal(IDS if name == "written" else TITLES)
            yield select(literal(number), part, joined(ids.c.id), func.count() // most)


def halves(within: Range) -> list[Range]:
    first = EXAMPLES.first_id
    return [within] if within[0] >= first else [(within[0], first - 1), (first, within[1])]


def parts_of_posts(filters: Filters, number: int, *, is_named: bool) -> Iterator[Select[Any]]:
    """Yield the newest post of each thread, once by title; and what there is to count."""
    is_narrowed = not filters.chosen.keys() <= {"art"}
    limits = {"written": MOST_POSTS_NARROWED if is_narrowed else MOST_POSTS}
    limits |= {"titles": MOST_TITLES} if is_named else {"written": MOST_LOOSE}
    for name, most in limits.items():
        written = bindparam(f"{name}_{number}", type_=Text)
        found = fulltext.newest(written, POSTS, most, in_title=name == "titles")
        newest = fulltext.at_once(found, f"newest_{name}_{number}")
        seen = visible_posts(newest)
        ids = newest_of_threads(seen, filters).subquery()
        is_cut = select(func.count() // most).select_from(newest).scalar_subquery()
        yield select(literal(number), literal(THREADS), joined(ids.c.id), is_cut)
        if is_named and name == "written":
            threads = func.count(seen.c.parent_id.distinct())
            counted = select(literal(number), literal(GROUPS), seen.c.facets, threads)
            yield counted.group_by(seen.c.facets)


def visible_posts(newest: CTE) -> CTE:
    """Return those of these posts that the person asking may see."""
    columns: Any = (SearchDocument.id, SearchDocument.parent_id, SearchDocument.facets)
    seen = select(*columns).join(newest, newest.c.id == SearchDocument.id)
    return fulltext.at_once(seen.where(visible_to_asker()), f"seen_{newest.name}")


def namesakes(filters: Filters, name: str) -> Select[Any]:
    """Select what is called just so; it comes first, however old it is."""
    return (
        select(SearchDocument.id)
        .where(
            SearchDocument.title_key == bindparam(name),
            visible_to_asker(),
            facets.condition(filters.chosen),
        )
        .order_by(SearchDocument.id.desc())
        .limit(MOST_NAMED)
    )


def newest_of_threads(posts: CTE, filters: Filters) -> Select[Any]:
    newest = func.max(posts.c.id)
    return (
        select(newest.label("id"))
        .where(facets.condition(filters.chosen, posts.c))
        .group_by(posts.c.parent_id)
        .order_by(newest.desc())
        .limit(MOST_THREADS)
    )


def ranges_of(filters: Filters) -> list[Range]:
    """Return where to look: kinds that were not chosen are left aside by their ids."""
    kinds = filters.kinds
    if not kinds:
        return [FEW] if filters.chosen.keys() - OF_POSTS else [FEW, POSTS]
    sources = [source for kind in kinds for source in of_kind(kind)]
    few = [source for source in sources if not source.is_many]
    found = [POSTS] if len(few) < len(sources) else []
    if few:
        found.append(
            (min(source.first_id for source in few), max(source.last_id for source in few))
        )
    return found
