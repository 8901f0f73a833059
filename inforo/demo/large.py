"""The set for measurements: the small demo, multiplied by inserting rows in bulk.

Same sizes give the same rows on every run and database. Texts are sentences of the demo in
new combinations, so that words, lengths and facets are spread as in real life.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from markupsafe import escape
from sqlalchemy import func, insert, select

from inforo import text
from inforo.accounts.models import Account
from inforo.db import folded, session
from inforo.demo.source import ago
from inforo.discussions.models import Post, Thread, ThreadTerm
from inforo.groups.models import Admission, Group, GroupAudience, GroupRole, Membership
from inforo.municipalities.models import Municipality, MunicipalityKind
from inforo.search import rebuild
from inforo.toolbox.example_parts import ExampleMunicipality, ExampleTerm
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleKind, ExampleState, MeasureStatus, Tier
from inforo.vocabularies.models import Term

BATCH = 2_000
SEED = 2026
LONG_THREAD = 1_000
NAMES = "Aylin Bruno Carla Deniz Edda Fabian Greta Hakan Ines Jonas Katrin Lukas Mira Nico Olga"
SURNAMES = (
    "Ahrens Bayer Cramer Demir Ebel Frey Gruber Hoppe Ivanov Jansen Keller Lang Meier Nowak"
)
FIRST = (
    "Bewegungs Gesundheits Familien Nachbarschafts Kinder Jugend Senioren Stadtteil Quartiers "
    "Sprach Ernährungs Präventions Beratungs Begegnungs Eltern Schul Kita Garten Spiel Sport "
    "Wander Musik Lese Theater Koch Fahrrad Wasser Sommer Markt Brücken"
)
LAST = (
    "projekt gruppe treff werkstatt kreis konferenz lotsin woche tag fest kette netz haus "
    "mobil paten schule runde tisch plan küche pass koffer karte spaziergang stunde labor "
    "dialog fonds forum büro"
)
VOCABULARIES = ("age_phase", "field_of_action", "target_group", "setting")


@dataclass(frozen=True)
class Size:
    """How many rows the set has; `members` belong to one group of all."""

    accounts: int = 20_000
    threads: int = 20_000
    posts: int = 200_000
    examples: int = 50_000


@dataclass
class Words:
    """Sentences to recombine, and the HTML each of them renders to."""

    sentences: list[str]
    titles: list[str]
    chance: random.Random

    def body(self) -> str:
        """Return some sentences about one thing, and a word of its own.

        Neighbouring sentences come from one demo text; early ones are taken more often. So
        few words are frequent and many are rare, as in what people write.
        """
        count = self.chance.randint(2, 6)
        place = int(len(self.sentences) * self.chance.random() ** 2)
        near = self.sentences[place : place + 2 * count] + self.sentences[:count]
        return f"{' '.join(self.chance.sample(near, count))} {self.own_word()}"

    def own_word(self) -> str:
        """Return a sentence with a compound; thirty times thirty of them, unevenly spread."""
        first, last = (
            words[int(len(words) * self.chance.random() ** 2)]
            for words in (FIRST.split(), LAST.split())
        )
        return f"Bei uns heißt das {first}{last}."

    def title(self) -> str:
        first, second = self.chance.sample(self.titles, 2)
        half = first.split()[: self.chance.randint(3, 7)]
        return " ".join([*half, "–", *second.split()[-self.chance.randint(2, 4) :]])


def load(size: Size | None = None, progress: Callable[[str], None] = print) -> None:
    """Add the rows of the large set to a database that holds the small one."""
    size = size or Size()
    chance = random.Random(SEED)  # noqa: S311 (the same rows on each run)
    words = collect_words(chance)
    places = list(
        session.execute(
            select(Municipality.ags, Municipality.state_code).where(
                Municipality.kind != MunicipalityKind.UNINCORPORATED
            )
        )
    )
    progress("accounts")
    add_accounts(size, words, places)
    progress("threads")
    add_threads(size, words)
    progress("examples")
    add_examples(size, words, places)
    session.commit()
    progress("search")
    rebuild.rebuild()


def collect_words(chance: random.Random) -> Words:
    bodies = session.scalars(select(Post.body).order_by(Post.id).limit(500))
    sentences = [
        sentence.strip() + "."
        for body in bodies
        for sentence in text.plain(text.render_markdown(body)).split(". ")
        if 20 < len(sentence) < 300
    ]
    titles = list(session.scalars(select(Thread.title).order_by(Thread.id)))
    titles += list(session.scalars(select(Example.title).order_by(Example.id)))
    return Words(sentences, [title for title in titles if "KANARIE" not in title], chance)


def in_batches(table: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows without loading them, some thousands at a time."""
    while batch := list(islice(rows, BATCH)):
        session.execute(insert(table), batch)


def next_id(table: Any) -> int:
    return (session.scalar(select(func.max(table.id))) or 0) + 1


def add_accounts(size: Size, words: Words, places: list[Any]) -> None:
    """Add members all over the country, and one group to which all of them belong."""
    chance, first = words.chance, next_id(Account)
    hashed = session.scalars(select(Account.password_hash).limit(1)).one()
    in_batches(
        Account,
        (account_row(n, first + n, hashed, places, chance) for n in range(size.accounts)),
    )
    group = Group(
        slug="alle-zusammen",
        name="Alle zusammen",
        name_key=folded("Alle zusammen"),
        purpose="Die Gruppe, zu der alle gehören.",
        audience=GroupAudience.MEMBERS,
        admission=Admission.OPEN,
        created_at=ago(days=800),
    )
    session.add(group)
    session.flush()
    everybody = list(session.scalars(select(Account.id).order_by(Account.id)))
    in_batches(Membership, (member_row(group.id, n, key) for n, key in enumerate(everybody)))
    move_sequences(Account)


def account_row(
    number: int, key: int, hashed: str, places: list[Any], chance: random.Random
) -> dict[str, Any]:
    name = f"{chance.choice(NAMES.split())} {chance.choice(SURNAMES.split())}-{number}"
    ags, state_code = chance.choice(places)
    joined = ago(days=chance.randint(30, 1500))
    return {
        "id": key,
        "name": name,
        "email": f"person{number}@gross.example",
        "email_key": f"person{number}@gross.example",
        "password_hash": hashed,
        "municipality_ags": ags,
        "state_code": state_code,
        "function": "Koordination",
        "email_confirmed_at": joined,
        "approved_at": joined,
        "created_at": joined,
    }


def member_row(group_id: int, number: int, account_id: int) -> dict[str, Any]:
    return {
        "group_id": group_id,
        "account_id": account_id,
        "role": GroupRole.MANAGER if number < 2 else GroupRole.MEMBER,
        "joined_at": ago(days=700),
    }


def add_threads(size: Size, words: Words) -> None:
    """Add threads to all open groups; one that everybody may read has a thousand posts."""
    chance, first, post_id = words.chance, next_id(Thread), next_id(Post)
    writers = list(session.scalars(select(Account.id).order_by(Account.id)))
    groups = open_groups()
    public = next(group for group in groups if group.audience is GroupAudience.PUBLIC)
    lengths = thread_lengths(size, chance)
    topics = list(session.scalars(select(Term.id).where(Term.vocabulary == "field_of_action")))
    rows, posts, terms = [], [], []
    for number, length in enumerate(lengths):
        asked = ago(days=700 - 695 * number / size.threads)
        group = public if length == LONG_THREAD else chance.choice(groups)
        times = [asked + timedelta(hours=3 * n * 100 / max(length, 100)) for n in range(length)]
        authors = [chance.choice(writers) for _ in range(length)]
        rows.append(thread_row(first + number, group, words.title(), authors, times))
        terms.append({"thread_id": first + number, "term_id": chance.choice(topics)})
        posts.append((first + number, authors, times))
    in_batches(Thread, iter(rows))
    in_batches(ThreadTerm, iter(terms))
    in_batches(Post, post_rows(post_id, posts, words))
    move_sequences(Thread, Post)


def open_groups() -> list[Group]:
    audiences = (GroupAudience.PUBLIC, GroupAudience.MEMBERS)
    statement = select(Group).where(Group.audience.in_(audiences)).order_by(Group.id)
    return list(session.scalars(statement))


def thread_lengths(size: Size, chance: random.Random) -> list[int]:
    """Return the number of posts of each thread: one long one, the others around the mean."""
    rest = size.posts - LONG_THREAD
    mean = max(1, rest // max(1, size.threads - 1))
    lengths = [max(1, int(chance.expovariate(1 / mean)) + 1) for _ in range(size.threads - 1)]
    surplus = sum(lengths) - rest
    for position in range(len(lengths)):
        change = max(-3, min(3, surplus))
        lengths[position] = max(1, lengths[position] - change)
        surplus = sum(lengths) - rest if position % 500 == 0 else surplus - change
    return [*lengths, LONG_THREAD]


def thread_row(
    key: int, group: Group, title: str, authors: list[int], times: list[Any]
) -> dict[str, Any]:
    return {
        "id": key,
        "group_id": group.id,
        "title": title[:160],
        "author_id": authors[0],
        "state_code": group.state_code,
        "programme_key": group.programme_key,
        "post_count": len(authors),
        "last_post_at": times[-1],
        "last_post_by_id": authors[-1],
        "created_at": times[0],
    }


def post_rows(first: int, threads: list[Any], words: Words) -> Iterator[dict[str, Any]]:
    key = first
    for thread_id, authors, times in threads:
        for number, (author_id, written) in enumerate(zip(authors, times, strict=True), 1):
            body = words.body()
            yield {
                "id": key,
                "thread_id": thread_id,
                "number": number,
                "author_id": author_id,
                "body": body,
                "body_html": f"<p>{escape(body)}</p>\n",
                "created_at": written,
            }
            key += 1


def add_examples(size: Size, words: Words, places: list[Any]) -> None:
    chance, first = words.chance, next_id(Example)
    terms = {
        name: list(session.scalars(select(Term.id).where(Term.vocabulary == name)))
        for name in VOCABULARIES
    }
    chosen = [chance.choice(places) for _ in range(size.examples)]
    in_batches(
        Example,
        (example_row(first + n, place.state_code, words) for n, place in enumerate(chosen)),
    )
    in_batches(
        ExampleMunicipality,
        (
            {"example_id": first + n, "municipality_ags": place.ags}
            for n, place in enumerate(chosen)
        ),
    )
    in_batches(
        ExampleTerm,
        (
            {"example_id": first + n, "term_id": term_id}
            for n in range(size.examples)
            for ids in terms.values()
            for term_id in sorted(chance.sample(ids, chance.randint(1, 3)))
        ),
    )
    move_sequences(Example)


def example_row(key: int, state_code: str, words: Words) -> dict[str, Any]:
    chance = words.chance
    published = ago(days=chance.randint(1, 2000))
    return {
        "id": key,
        "title": words.title()[:160],
        "summary": text.excerpt(words.body(), 280),
        "kind": ExampleKind.FAILED if key % 25 == 0 else ExampleKind.PRACTICE,
        "state": ExampleState.PUBLISHED,
        "tier": Tier.GOOD_PRACTICE if key % 10 == 0 else Tier.PUBLISHED,
        "state_code": state_code,
        "measure_status": chance.choice(list(MeasureStatus)),
        "problem": words.body(),
        "goals": words.body(),
        "approach": words.body(),
        "obstacles": words.body(),
        "published_at": published,
        "confirmed_at": published,
        "created_at": published,
        "updated_at": published,
    }


def move_sequences(*tables: Any) -> None:
    """Let PostgreSQL go on counting behind the ids given here."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        sequence = func.pg_get_serial_sequence(table.__tablename__, "id")
        session.execute(select(func.setval(sequence, next_id(table) - 1)))
