"""Asks which words the index knows: how frequent they are, and which one was meant.

Only words of documents that are open to the asker are looked at (`SearchWord`), and a
correction is only offered when it leads to something the asker may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from sqlalchemy import func, select

from inforo.authz import Actor
from inforo.db import session
from inforo.search import fulltext
from inforo.search.analysis import Analyzer
from inforo.search.models import SearchWord
from inforo.search.policy import readable_audiences, visible_to
from inforo.search.question import Question, Term, understand

SHORTEST_CORRECTED = 4
MOST_CORRECTED = 3  # words of one question
CANDIDATES = 4


@dataclass(frozen=True)
class Frequencies:
    """In how many documents stems stand; 0 for stems no open document has."""

    documents: int
    of: dict[str, int]

    def least(self, terms: Iterable[Term]) -> int:
        """Return in how many documents the rarest of these terms stands."""
        return min((self.of.get(term.stem, 0) if term.word else 0 for term in terms), default=0)

    def is_frequent(self, term: Term, share: float = 0.2) -> bool:
        """Tell whether a word stands in so many documents that it says little alone."""
        return bool(term.word) and self.of.get(term.stem, 0) > share * max(self.documents, 50)


def frequencies(actor: Actor, stems: Iterable[str]) -> Frequencies:
    """Count stems, and all documents (the empty stem)."""
    rows = session.execute(
        select(SearchWord.stem, func.sum(SearchWord.documents))
        .where(
            SearchWord.stem.in_(["", *stems]),
            SearchWord.audience.in_(readable_audiences(actor)),
        )
        .group_by(SearchWord.stem)
    )
    counts = {stem: int(count) for stem, count in rows}
    return Frequencies(counts.pop("", 0), counts)


def correct(actor: Actor, analyzer: Analyzer, question: Question, term: Term) -> Term | None:
    """Return what was probably meant by a word that leads nowhere; None if nothing is near."""
    if (
        len(term.word) < SHORTEST_CORRECTED
        or term.word.isdigit()
        or leads_on(actor, question, term)
    ):
        return None
    near = [understand(analyzer, shown).terms for shown in nearest_words(actor, term.word)]
    candidates = [terms[0] for terms in near if terms]
    if not candidates:
        return None
    visible = visible_to(actor)
    found = session.execute(
        select(
            *(
                fulltext.has_match(fulltext.expression(question, [candidate]), visible)
                for candidate in candidates
            )
        )
    ).one()
    return next(
        (term for term, is_there in zip(candidates, found, strict=True) if is_there), None
    )


def leads_on(actor: Actor, question: Question, term: Term) -> bool:
    """Tell whether the word, its parts or synonyms lead to anything the asker may see."""
    written = fulltext.expression(question, [term])
    return bool(session.scalar(select(fulltext.has_match(written, visible_to(actor)))))


def nearest_words(actor: Actor, word: str) -> list[str]:
    """Return known words that differ by a few letters, the nearest and most frequent first."""
    most = 1 if len(word) < 6 else 2 if len(word) < 12 else 3
    rows = session.execute(
        select(SearchWord.word, SearchWord.shown, SearchWord.documents).where(
            SearchWord.initial.in_({word[0], word[1]}),
            SearchWord.length.between(len(word) - most, len(word) + most),
            SearchWord.audience.in_(readable_audiences(actor)),
        )
    )
    near = [
        (distance, -documents, known, shown)
        for known, shown, documents in rows
        if (distance := OSA.distance(word, known, score_cutoff=most)) <= most
    ]
    shown_once = dict.fromkeys(shown for _distance, _count, _word, shown in sorted(near))
    return list(shown_once)[:CANDIDATES]
