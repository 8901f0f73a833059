"""Builds the whole index anew while the platform runs. Readers never find it empty.

Each batch is written over what was there and noted in the same transaction, so a rebuild
that was interrupted goes on where it stopped.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import delete, func, or_, select, text

from inforo.db import reading, session
from inforo.search import writing
from inforo.search.documents import Document, Source
from inforo.search.drift import batches, drift_of, of_source, outdated_analysis
from inforo.search.fulltext import is_sqlite
from inforo.search.indexing import reindex
from inforo.search.models import Audience, SearchDocument, SearchRebuild, SearchWord
from inforo.search.sources import SOURCES

Progress = Callable[[int, int], None]  # objects done, objects in all
Word = tuple[str, Audience]
WORDS_AT_ONCE = 1_000


def quiet(_done: int, _total: int) -> None:
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


def rebuild(progress: Progress = quiet, *, afresh: bool = False) -> int:
    """Write all documents anew and return their number. Commits after each batch.

    Others can write meanwhile: a batch takes the lock of SQLite for a fraction of a second.
    """
    state = begin(afresh=afresh)
    total = count_all()
    words = WordCount() if not state.done else None
    first = [source.name for source in SOURCES].index(state.source)
    for source in SOURCES[first:]:
        if source.name != state.source:
            state.source, state.after_id = source.name, 0
        for keys in batches(source, state.after_id):
            documents = source.describe(keys)
            analysed = writing.replace(source, keys, documents, is_rebuild=True)
            if words:
                words.add(documents, [found.words for found in analysed])
            state.after_id, state.done = int(keys[-1]), state.done + len(keys)
            session.commit()
            progress(state.done, max(total, state.done))
        remove_orphans(source)
        session.commit()
    remove_strangers()
    session.execute(delete(SearchRebuild))
    session.commit()
    if words:
        words.save()
    else:
        recount()
    tidy()
    return session.scalar(select(func.count(SearchDocument.id))) or 0


def begin(*, afresh: bool) -> SearchRebuild:
    """Return how far an interrupted rebuild came, or the state of a new one."""
    version = writing.analysis_version()
    names = {source.name for source in SOURCES}
    known = session.scalar(select(SearchRebuild))
    if known and (afresh or known.analysis != version or known.source not in names):
        session.delete(known)
        session.flush()
        known = None
    if known is None:
        known = SearchRebuild(source=SOURCES[0].name, after_id=0, analysis=version, done=0)
        session.add(known)
    session.commit()
    return known


def is_interrupted() -> bool:
    return session.scalar(select(SearchRebuild.id)) is not None


def count_all() -> int:
    """Return how many documents there are now: about as many as there will be."""
    return session.scalar(select(func.count(SearchDocument.id))) or 0


def is_needed() -> bool:
    """Tell whether a rebuild was interrupted, or documents were analysed otherwise."""
    return is_interrupted() or bool(outdated_analysis()) or not count_all()


def keep_current() -> None:
    """Rebuild if that is needed; else count words anew."""
    if is_needed():
        rebuild()
    else:
        refresh_texts()
        recount()


def refresh_texts() -> None:
    """Write anew what no change of a row announces: texts that come with the platform."""
    for source in SOURCES:
        if not source.watched and any(drift_of(source)):
            for keys in batches(source):
                reindex(source, keys)
            remove_orphans(source)
            session.commit()


def recount() -> None:
    """Count the words of all documents anew, without touching the documents."""
    words = WordCount()
    with reading():
        for source in SOURCES:
            for keys in batches(source):
                documents = source.describe(keys)
                words.add(documents, [writing.words_of(document) for document in documents])
                session.commit()
    words.save()


def tidy() -> None:
    """Let the database order what was written in bulk, and see how much it is."""
    if is_sqlite():
        for table in ("search_index", "search_titles"):
            session.execute(text(f"INSERT INTO {table} ({table}) VALUES ('optimize')"))  # noqa: S608
    else:
        session.execute(
            text("ANALYZE search_documents, search_stems, search_texts, search_words")
        )
    session.commit()


def remove_orphans(source: Source) -> None:
    """Remove the documents of objects that are not to be found any more."""
    there: set[int] = set()
    for keys in batches(source):
        there.update(map(source.document_id, keys))
    indexed: Any = session.scalars(select(SearchDocument.id).where(of_source(source)))
    writing.remove(set(indexed) - there)


def remove_strangers() -> None:
    """Remove the documents of sources that are no more."""
    known = or_(*(of_source(source) for source in SOURCES))
    writing.remove(session.scalars(select(SearchDocument.id).where(~known)))
