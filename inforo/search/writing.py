"""Puts documents into the index, in the caller's transaction. Nothing here commits."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import and_, case, delete, or_, select, tuple_

from inforo import clock
from inforo.db import dialect_insert, session
from inforo.search import analysis, compounds, german, rings, stopwords
from inforo.search.analysis import Analysed, Analyzer
from inforo.search.documents import Document, Key, Source
from inforo.search.german import sort_key, stem
from inforo.search.models import (
    Audience,
    SearchDocument,
    SearchStems,
    SearchText,
    SearchWord,
)

ANALYSIS = (german, stopwords, compounds, analysis)  # what decides which stems a document has
BATCH = 500
LONGEST_TITLE_KEY = 200
LONGEST_WORD = 40
OPEN_AUDIENCES = frozenset({Audience.PUBLIC, Audience.MEMBERS})


def analyzer() -> Analyzer:
    """Return what this installation knows about words."""
    paths = current_app.extensions["search"]
    known = analysis.load(paths.lexicon, paths.synonyms)
    return analysis.with_synonyms(known, rings.memory.current(known.synonyms))


def analysis_version() -> str:
    """Return a fingerprint of what analyses documents: another one means: rebuild."""
    return version_of(current_app.extensions["search"].lexicon, lexicon_time())


def lexicon_time() -> int:
    return analysis.modified_at(current_app.extensions["search"].lexicon)


@lru_cache(8)
def version_of(lexicon: Path, _modified_at: int) -> str:
    found = hashlib.sha256()
    for module in ANALYSIS:
        found.update(Path(module.__file__ or "").read_bytes())
    if lexicon.exists():
        found.update(lexicon.read_bytes())
    return found.hexdigest()[:8]


def upsert_documents() -> Any:
    """Return an INSERT that replaces documents, but not the moment since when they are found.

    Only what a closed group kept to itself, or what came into another one, is new to people.
    """
    old, new = SearchDocument, dialect_insert(SearchDocument).excluded
    comes_into_reach = and_(
        old.audience == Audience.GROUP,
        or_(new.audience != Audience.GROUP, new.group_id != old.group_id),
    )
    moment = case((comes_into_reach, new.findable_since), else_=old.findable_since)
    return upsert(SearchDocument, "id", findable_since=moment)


def upsert(model: Any, *keys: str, **but: Any) -> Any:
    """Return an INSERT of this database that replaces the row with the same key.

    `but` are columns that get another value than the new row's.
    """
    statement: Any = dialect_insert(model)
    table = model.__table__
    changed = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in keys and not column.primary_key
    }
    return statement.on_conflict_do_update(index_elements=list(keys), set_=changed | but)


def replace(
    source: Source,
    keys: Sequence[Key],
    documents: Sequence[Document],
    *,
    is_rebuild: bool = False,
) -> list[Analysed]:
    """Let the index hold exactly these documents for these keys; return their analysis.

    What a rebuild finds is not new: it was there, only the index was not.
    """
    found = {source.document_id(document.key) for document in documents}
    remove({source.document_id(key) for key in keys} - found)
    since = None if is_rebuild else clock.now()
    return write(source, documents, since) if documents else []


def write(
    source: Source, documents: Sequence[Document], since: datetime | None
) -> list[Analysed]:
    """Add documents, or write over those of the same objects."""
    knows, version = analyzer(), analysis_version()
    narrow, stems, texts, analysed = [], [], [], []
    for document in documents:
        document_id = source.document_id(document.key)
        row, words = analyse(knows, document)
        row_of_document = narrow_row(source, document, version)
        narrow.append({**row_of_document, "findable_since": since or document.changed_at})
        stems.append({"document_id": document_id, **row})
        texts.append({"document_id": document_id, **text_row(document)})
        analysed.append(words)
    session.execute(upsert_documents(), narrow)
    session.execute(upsert(SearchStems, "document_id"), stems)
    session.execute(upsert(SearchText, "document_id"), texts)
    return analysed


def narrow_row(source: Source, document: Document, version: str) -> dict[str, Any]:
    document_id = source.document_id(document.key)
    return {
        "id": document_id,
        "parent_id": document.parent or document_id,
        "kind": document.kind,
        "audience": document.audience,
        "group_id": document.group_id,
        "state_code": document.state_code,
        "facets": facets_of(document),
        "weight": document.weight,
        "changed_at": document.changed_at,
        "written_at": None if source.is_many else clock.now(),
        "title_key": title_key(document),
        "digest": f"{version}:{document.digest}",
    }


def title_key(document: Document) -> str:
    """Return the folded title of what is found by it; the posts of a thread share one."""
    return sort_key(document.title)[:LONGEST_TITLE_KEY] if document.title_is_found else ""


def facets_of(document: Document) -> str:
    """Return " art:tool land:BW ort:08222000 ", each value between spaces to be looked for."""
    pairs = [("art", document.kind.value)]
    pairs += [("land", document.state_code)] if document.state_code else []
    pairs += [*document.facets, *(("ort", ags) for ags in document.places)]
    written = dict.fromkeys(f"{name}:{value}" for name, value in pairs)
    return f" {' '.join(written)} "


def text_row(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "context": document.context,
        "found_in": document.found_in,
        "path": document.path,
        "body": document.body,
    }


def analyse(knows: Analyzer, document: Document) -> tuple[dict[str, str], Analysed]:
    """Return the four columns of stems, and the words of title and body together."""
    title = knows.analyse(
        document.title if document.title_is_found else "", is_name=document.title_is_name
    )
    body = knows.analyse(f"{document.body}\n{document.keywords}")
    names = knows.analyse(document.names, is_name=True)
    row = {
        "title_stems": title.stems,
        "body_stems": f"{body.stems} {names.stems}".strip(),
        "title_parts": title.parts,
        "body_parts": f"{body.parts} {names.parts}".strip(),
    }
    return row, Analysed(title.stems, title.parts, {**names.words, **body.words, **title.words})


def remove(ids: Iterable[int]) -> None:
    """Take these documents out of the index; most are not in it, as drafts never were."""
    gone = sorted(ids)
    for start in range(0, len(gone), BATCH):
        known = SearchDocument.id.in_(gone[start : start + BATCH])
        some = session.scalars(select(SearchDocument.id).where(known)).all()
        if not some:
            continue
        for model, column in (
            (SearchStems, SearchStems.document_id),
            (SearchText, SearchText.document_id),
            (SearchDocument, SearchDocument.id),
        ):
            session.execute(
                delete(model).where(column.in_(some)),
                execution_options={"synchronize_session": False},
            )


def learn_words(documents: Sequence[Document], analysed: Sequence[Analysed]) -> None:
    """Add words that no open document had before. Known words cost an index look-up each."""
    rows = {
        (word, document.audience): word_row(word, shown, document.audience, 1)
        for document, words in zip(documents, analysed, strict=True)
        if document.audience in OPEN_AUDIENCES
        for word, shown in words.words.items()
        if is_learnt(word)
    }
    if rows:  # in one order everywhere, so that two transactions cannot wait for each other
        statement = dialect_insert(SearchWord).on_conflict_do_nothing()
        session.execute(statement, [rows[key] for key in sorted(rows)])


def is_learnt(word: str) -> bool:
    return len(word) <= LONGEST_WORD and not word.isdigit()


def word_row(word: str, shown: str, audience: Audience, documents: int) -> dict[str, Any]:
    return {
        "word": word,
        "audience": audience,
        "shown": shown,
        "stem": stem(word) if word else "",
        "initial": word[:1],
        "length": len(word),
        "documents": documents,
    }


def save_words(rows: list[dict[str, Any]]) -> None:
    """Write words with their counts over what was known of them."""
    session.execute(upsert(SearchWord, "word", "audience"), rows)


def forget_words(keys: Sequence[tuple[str, Audience]]) -> None:
    """Remove words that stand in no open document any more."""
    session.execute(
        delete(SearchWord).where(tuple_(SearchWord.word, SearchWord.audience).in_(keys)),
        execution_options={"synchronize_session": False},
    )


def words_of(document: Document) -> dict[str, str]:
    """Return the words a document is found by: folded -> as written."""
    _row, analysed = analyse(analyzer(), document)
    return analysed.words
