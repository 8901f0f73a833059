"""Builds the whole index anew while the platform runs, and finds where it has drifted."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import func, select, text

from inforo.db import reading, session
from inforo.discussions.models import Thread
from inforo.groups.models import Group
from inforo.search import writing
from inforo.search.documents import AUDIENCES, Document, Source
from inforo.search.fulltext import is_sqlite
from inforo.search.models import Audience, Kind, SearchDocument, SearchWord
from inforo.search.sources import SOURCES

Progress = Callable[[Kind, int], None]
Word = tuple[str, Audience]
OBJECTS_AT_ONCE = 200
WORDS_AT_ONCE = 1_000


def quiet(_kind: Kind, _count: int) -> None:
    """Tell nobody about the progress."""


class WordCount:
    """Counts in how many documents open to an audience each word stands."""

    def __init__(self) -> None:
        self.documents: Counter[Word] = Counter()
        self.shown: dict[str, str] = {}

    def add(self, documents: Sequence[Document], words_of: Sequence[dict[str, str]]) -> None:
        """Count documents with their words (folded -> as written)."""
        for document, words in zip(documents, words_of, strict=True):
            if document.audience not in writing.OPEN_AUDIENCES:
                continue
            self.documents[("", document.audience)] += 1
            for word, shown in words.items():
                if writing.is_learnt(word):
                    self.documents[(word, document.audience)] += 1
                    self.shown.setdefault(word, shown)

    def save(self) -> None:
        """Write the counts, in pieces that keep others waiting for an instant only."""
        rows = [
            writing.word_row(word, self.shown.get(word, ""), audience, count)
            for (word, audience), count in sorted(self.documents.items())
        ]
        for start in range(0, len(rows), WORDS_AT_ONCE):
            writing.save_words(rows[start : start + WORDS_AT_ONCE])
            session.commit()
        known = session.execute(select(SearchWord.word, SearchWord.audience)).all()
        gone = sorted((word, of) for word, of in known if (word, of) not in self.documents)
        for start in range(0, len(gone), WORDS_AT_ONCE):
            writing.forget_words(gone[start : start + WORDS_AT_ONCE])
            session.commit()


def rebuild(progress: Progress = quiet) -> int:
    """Write all documents anew and return their number. Commits after each batch.

    Others can write meanwhile: a batch takes the lock of SQLite for a fraction of a second.
    """
    words, total = WordCount(), 0
    for source in SOURCES.values():
        done = 0
        for keys in batches(source):
            documents = source.describe(keys)
            analysed = writing.replace(source.kind, keys, documents)
            words.add(documents, [found.words for found in analysed])
            session.commit()
            session.expunge_all()
            done += len(documents)
            progress(source.kind, done)
        remove_orphans(source)
        session.commit()
        total += done
    words.save()
    tidy()
    return total


def recount() -> None:
    """Count the words of all documents anew, without touching the documents."""
    words = WordCount()
    with reading():
        for source in SOURCES.values():
            for keys in batches(source):
                documents = source.describe(keys)
                words.add(documents, [writing.words_of(document) for document in documents])
                session.commit()
    words.save()


def batches(source: Source) -> Iterator[list[Any]]:
    """Yield all keys that may be found, in pieces; asks anew for each piece."""
    after: Any = None
    while True:
        statement = source.findable.order_by(source.key).limit(OBJECTS_AT_ONCE)
        if after is not None:
            statement = statement.where(source.key > after)
        keys = list(session.scalars(statement))
        if not keys:
            return
        yield keys
        after = keys[-1]


def tidy() -> None:
    """Let the database order what was written in bulk, and see how much it is."""
    if is_sqlite():
        session.execute(text("INSERT INTO search_index (search_index) VALUES ('optimize')"))
    else:
        session.execute(
            text("ANALYZE search_documents, search_stems, search_texts, search_words")
        )
    session.commit()


def findable(source: Source) -> set[str]:
    """Return the keys of all objects that should have a document."""
    return set(map(str, session.scalars(source.findable)))


def indexed(kind: Kind) -> set[str]:
    """Return the keys of all objects that have one."""
    keys = select(SearchDocument.object_key).where(SearchDocument.kind == kind)
    return set(session.scalars(keys))


def remove_orphans(source: Source) -> None:
    """Remove the documents of objects that are not to be found any more."""
    gone = sorted(indexed(source.kind) - findable(source))
    for start in range(0, len(gone), writing.BATCH):
        writing.remove(source.kind, gone[start : start + writing.BATCH])


def drift() -> list[str]:
    """Return a sentence for each way in which the index differs from the objects."""
    problems = []
    for source in SOURCES.values():
        wanted, there = findable(source), indexed(source.kind)
        missing, surplus = len(wanted - there), len(there - wanted)
        if missing or surplus:
            problems.append(
                f"search index, {source.kind}: {missing} missing, {surplus} surplus documents; "
                "run `inforo search rebuild`"
            )
    wrong = misplaced()
    if wrong:
        problems.append(
            f"search index: {wrong} documents have another audience than their group; "
            "run `inforo search rebuild`"
        )
    return problems + broken_index()


def misplaced() -> int:
    """Count the posts whose documents have another audience or group than they should."""
    groups = {
        group_id: (group_id, AUDIENCES[audience])
        for group_id, audience in session.execute(select(Group.id, Group.audience))
    }
    threads = {
        str(thread_id): groups[group_id]
        for thread_id, group_id in session.execute(select(Thread.id, Thread.group_id))
    }
    documents = session.execute(
        select(
            SearchDocument.parent_key,
            SearchDocument.group_id,
            SearchDocument.audience,
            func.count(),
        )
        .where(SearchDocument.kind == Kind.THREAD)
        .group_by(SearchDocument.parent_key, SearchDocument.group_id, SearchDocument.audience)
    )
    return sum(
        count
        for thread_id, group_id, audience, count in documents
        if threads.get(thread_id, (group_id, audience)) != (group_id, audience)
    )


def broken_index() -> list[str]:
    """Let FTS5 compare itself with its content; PostgreSQL's index cannot differ."""
    if not is_sqlite():
        return []
    try:
        session.execute(
            text("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
        )
    except Exception as error:  # the driver's class for a malformed index
        session.rollback()
        return [f"search index: {error}"]
    return []
