"""Forgives linking elements: Gesundheitförderung means Gesundheitsförderung.

A compound that no text holds is read as the one that differs from it only in how its parts
are linked, if texts or synonyms know that. The parts are found either way (`compounds.py`);
this is about the whole word, its synonyms and its place in titles.
"""

from collections.abc import Iterator
from dataclasses import replace

from inforo.search.analysis import Analyzer
from inforo.search.compounds import ENOUGH, LINKING
from inforo.search.german import stem
from inforo.search.question import Question
from inforo.search.terms import Term, single_word
from inforo.search.vocabulary import Frequencies

SHORTEST_LINKED = 4  # letters of a part in front, without its link


def otherwise_linked(analyzer: Analyzer, folded: str) -> tuple[str, ...]:
    """Return the compound with other links behind its parts, as far as these are usual."""
    parts = analyzer.splitter.split(folded)
    return tuple(
        "".join([*parts[:place], front, *parts[place + 1 :]])
        for place, part in enumerate(parts[:-1])
        for front in fronts_like(analyzer, part)
    )


def fronts_like(analyzer: Analyzer, part: str) -> Iterator[str]:
    """Yield the part with other linking elements: gesundheit, gesundheits."""
    seen = analyzer.splitter.lexicon.front
    bases = {part.removesuffix(link) for link in LINKING}
    for base in sorted(base for base in bases if len(base) >= SHORTEST_LINKED):
        for link in LINKING:
            if base + link != part and seen.get(base + link, 0) >= ENOUGH:
                yield base + link


def stems_otherwise(analyzer: Analyzer, question: Question) -> set[str]:
    """Return the stems to count beside those of the question."""
    words = (term.word for term in question.terms if term.word)
    return {stem(other) for word in words for other in otherwise_linked(analyzer, word)}


def relinked(analyzer: Analyzer, question: Question, counts: Frequencies) -> Question:
    """Let compounds nobody wrote so also mean those that are written otherwise."""
    terms = [usual(analyzer, term, counts) for term in question.terms]
    return question if terms == [*question.terms] else replace(question, terms=tuple(terms))


def usual(analyzer: Analyzer, term: Term, counts: Frequencies) -> Term:
    if not term.word or counts.of.get(term.stem) or analyzer.synonyms.of((term.stem,)):
        return term
    others = otherwise_linked(analyzer, term.word)
    known = [other for other in others if counts.of.get(stem(other))]
    known = known or [other for other in others if analyzer.synonyms.of((stem(other),))]
    return term.or_also(single_word(analyzer, known[0])) if known else term
