"""Puts documents into the index, in the caller's transaction. Nothing here commits."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from inforo.db import session
from inforo.search import analysis
from inforo.search.analysis import Analysed, Analyzer
from inforo.search.documents import Document, Key
from inforo.search.german import sort_key, stem, tokens
from inforo.search.models import (
    Audience,
    Kind,
    SearchDocument,
    SearchStems,
    SearchText,
    SearchWord,
)

BATCH = 500
LONGEST_TITLE_KEY = 200
LONGEST_WORD = 40
OPEN_AUDIENCES = frozenset({Audience.PUBLIC, Audience.MEMBERS})


def analyzer() -> Analyzer:
    """Return what this installation knows about words."""
    paths = current_app.extensions["search"]
    return analysis.load(paths.lexicon, paths.synonyms)


def upsert(model: Any, *keys: str) -> Any:
    """Return an INSERT of this database that replaces the row with the same key."""
    statement: Any = dialect_insert(model)
    table = model.__table__
    changed = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in keys and not column.primary_key
    }
    return statement.on_conflict_do_update(index_elements=list(keys), set_=changed)


def dialect_insert(model: Any) -> Any:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(model) if is_sqlite else postgresql.insert(model)


def replace(kind: Kind, keys: Sequence[Key], documents: Sequence[Document]) -> list[Analysed]:
    """Let the index hold exactly these documents for these keys; return their analysis."""
    found = {str(document.key) for document in documents}
    remove(kind, [str(key) for key in keys if str(key) not in found])
    return write(documents) if documents else []


def write(documents: Sequence[Document]) -> list[Analysed]:
    """Add documents, or write over those of the same objects."""
    statement = upsert(SearchDocument, "kind", "object_key").returning(
        SearchDocument.id, SearchDocument.object_key
    )
    rows = session.execute(statement, [narrow_row(document) for document in documents])
    ids = {object_key: document_id for document_id, object_key in rows}
    knows = analyzer()
    stems, texts, analysed = [], [], []
    for document in documents:
        document_id = ids[str(document.key)]
        row, words = analyse(knows, document)
        stems.append({"document_id": document_id, **row})
        texts.append({"document_id": document_id, **text_row(document)})
        analysed.append(words)
    session.execute(upsert(SearchStems, "document_id"), stems)
    session.execute(upsert(SearchText, "document_id"), texts)
    return analysed


def narrow_row(document: Document) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "object_key": str(document.key),
        "parent_key": str(document.parent),
        "audience": document.audience,
        "group_id": document.group_id,
        "state_code": document.state_code,
        "title_key": sort_key(document.title)[:LONGEST_TITLE_KEY],
        "changed_at": document.changed_at,
    }


def text_row(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "context": document.context,
        "body": document.body,
        "path": document.path,
    }


def analyse(knows: Analyzer, document: Document) -> tuple[dict[str, str], Analysed]:
    """Return the four columns of stems, and the words of title and body together."""
    title = knows.analyse(document.title if document.title_is_found else "")
    body = knows.analyse(f"{document.body}\n{document.keywords}")
    row = {
        "title_stems": title.stems,
        "body_stems": body.stems,
        "title_parts": "" if document.title_is_name else title.parts,
        "body_parts": body.parts,
    }
    return row, Analysed(title.stems, title.parts, {**body.words, **title.words})


def remove(kind: Kind, keys: Iterable[Any]) -> None:
    """Take the documents of these objects out of the index."""
    wanted = [str(key) for key in keys]
    if wanted:
        of_objects = SearchDocument.object_key.in_(wanted)
        remove_where(SearchDocument.kind == kind, of_objects)


def remove_where(*conditions: Any) -> int:
    """Remove the documents these conditions on `SearchDocument` name; return their number."""
    ids = list(session.scalars(select(SearchDocument.id).where(*conditions)))
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        for model, column in (
            (SearchStems, SearchStems.document_id),
            (SearchText, SearchText.document_id),
            (SearchDocument, SearchDocument.id),
        ):
            session.execute(
                delete(model).where(column.in_(some)),
                execution_options={"synchronize_session": False},
            )
    return len(ids)


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
    title = document.title if document.title_is_found else ""
    whole = f"{title}\n{document.body}\n{document.keywords}"
    words: dict[str, str] = {}
    for token in tokens(whole):
        words.setdefault(token.folded, token.text)
    return words
