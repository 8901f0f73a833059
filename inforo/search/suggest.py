"""Suggests titles while somebody types; the last word may be unfinished."""

import re
from typing import Any

from sqlalchemy import select

from inforo.authz import Actor
from inforo.db import session
from inforo.search import fulltext
from inforo.search.analysis import folded_words
from inforo.search.documents import described
from inforo.search.german import stem, tokens
from inforo.search.models import SearchDocument, SearchText
from inforo.search.policy import visible_to
from inforo.search.question import LONGEST_QUESTION, Question
from inforo.search.ranking import ranked
from inforo.search.results import Hit, unique
from inforo.search.vocabulary import nearest_words

MOST = 8
# Begun suffixes that a finished word would lose with its stem: bewegungsforder|un(g).
BEGUN_SUFFIX = re.compile(r"(?<=[a-z]{4})(?:un?g?|hei?|kei?|lic?|isc?|e[nrsm]?|s)$")


def suggestions(actor: Actor, typed: str) -> list[dict[str, Any]]:
    """Return up to eight things whose title holds the words typed so far."""
    typed = typed[:LONGEST_QUESTION]
    hits = begun(actor, typed) or begun(actor, corrected(actor, typed))
    rows = session.execute(
        select(SearchText.document_id, SearchText.title, SearchText.context, SearchText.path)
        .join(SearchDocument, SearchDocument.id == SearchText.document_id)
        .where(SearchText.document_id.in_([hit.document_id for hit in hits]), visible_to(actor))
    )
    found = {row.document_id: row for row in rows}
    return [
        {
            "label": found[hit.document_id].title,
            "url": found[hit.document_id].path,
            "kind": described(str(hit.kind.noun), found[hit.document_id].context),
        }
        for hit in hits
        if hit.document_id in found
    ]


def begun(actor: Actor, typed: str) -> list[Hit]:
    """Return the best titles with these words, each parent once."""
    words = beginnings_of(typed)
    if words is None:
        return []
    written = fulltext.beginnings(*words)
    return unique(ranked(actor, Question(typed), written, limit=MOST * 5, in_title=True))[:MOST]


def corrected(actor: Actor, typed: str) -> str:
    """Return the words with the last one replaced by the nearest known one, if there is any."""
    *finished, last = folded_words(typed) or [""]
    near = nearest_words(actor, [last]).get(last, []) if last else []
    return " ".join([*finished, near[0]]) if near else ""


def beginnings_of(typed: str) -> tuple[list[str], list[str], list[str]] | None:
    """Return the stems of the finished words; whole stems and beginnings of the last one."""
    pieces = [piece for token in tokens(typed) for piece in token.pieces]
    if not pieces:
        return None
    *finished, last = pieces
    stems = list(dict.fromkeys(map(stem, finished)))
    whole = {stem(last), BEGUN_SUFFIX.sub("", last)}
    if typed.endswith(" "):
        return stems, [stem(last)], []
    return stems, sorted(whole), [last]
