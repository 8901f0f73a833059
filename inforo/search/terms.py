"""Reads the words of a question: what each of them may mean, and how else it is said.

Every term becomes a list of alternatives. An alternative holds if all its conditions hold; a
condition holds if one of its phrases stands in the text. "Bewegungskita" is
    [bewegungskita]  or  [bewegung or sport] and [kita or kindergarten].
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from inforo.search.analysis import Analyzer
from inforo.search.german import TOKEN, Token, stem
from inforo.search.synonyms import Phrase, rest_of, spoken

Condition = tuple[Phrase, ...]
Alternative = tuple[Condition, ...]
Neighbours = dict[int, list[str]]  # where a word stands -> stems of it joined with others

# Says little beside another word, and texts about the same do without it.
WISHED = frozenset(
    map(
        stem,
        ["angebot", "kommune", "leute", "massnahme", "mensch", "person", "projekt"]
        + ["unterstutzung"],
    )
)


@dataclass(frozen=True)
class Term:
    """One thing a text must say, as it was typed and as it may be said."""

    typed: str
    word: str  # folded; empty for a phrase
    alternatives: tuple[Alternative, ...]

    @property
    def stem(self) -> str:
        return stem(self.word)

    @property
    def stems(self) -> frozenset[str]:
        """Return every stem that counts as a match, for marking it."""
        return frozenset(
            word
            for alternative in self.alternatives
            for condition in alternative
            for entry in condition
            for word in entry
        )

    def or_joined(self, stems: list[str]) -> "Term":
        """Return this term, satisfied as well by one of these words."""
        return replace(
            self, alternatives=(*self.alternatives, *((((one,),),) for one in stems))
        )

    def or_also(self, other: "Term") -> "Term":
        """Return this term with the meanings of another one, a correction, before its own."""
        alternatives = other.alternatives + self.alternatives
        return replace(self, word=other.word, alternatives=alternatives)


def without_spoken(analyzer: Analyzer, asked: str) -> tuple[str, list[Term]]:
    """Take out what is known by its stop words, too: *ohne Arbeit*, *auf dem Land*."""
    said, words, start = [], list(TOKEN.finditer(asked)), 0
    while analyzer.synonyms.longest_spoken and start < len(words):
        found = spoken_at(analyzer, asked, words[start:])
        if found:
            said.append(spoken_term(analyzer, found))
            first, last = found[0].start(), found[-1].end()
            asked = f"{asked[:first]}{',' * (last - first)}{asked[last:]}"
        start += max(1, len(found))
    return asked, said


def spoken_at(
    analyzer: Analyzer, asked: str, words: list[re.Match[str]]
) -> list[re.Match[str]]:
    """Return the words with which a spoken expression begins here, [] if none does."""
    for length in range(min(analyzer.synonyms.longest_spoken, len(words)), 1, -1):
        some = words[:length]
        between = asked[some[0].start() : some[-1].end()]
        if spoken(between.split()) in analyzer.synonyms.spoken:
            return some
    return []


def spoken_term(analyzer: Analyzer, words: list[re.Match[str]]) -> Term:
    """Read "auf dem Land": what means the same, else what its stop words leave."""
    texts = [word.group() for word in words]
    others = analyzer.synonyms.spoken[spoken(texts)]
    rest = rest_of(texts)
    alternatives = ((others,), *((((rest,),),) if rest else ()))
    return Term(" ".join(texts), "", alternatives)


def read_words(analyzer: Analyzer, words: list[Token], joined: Neighbours) -> Iterator[Term]:
    """Yield a term for each word, or for several that stand for one thing together."""
    while words:
        length = known_expression(analyzer, words)
        if length > 1:
            yield expression(analyzer, words[:length])
        elif whole := torn_apart(analyzer, words[:2], joined):
            yield expression(analyzer, words[:2], ((whole,), *analyzer.synonyms.of((whole,))))
            length = 2
        else:
            yield single(analyzer, words[0]).or_joined(joined.get(words[0].start, []))
        words = words[max(length, 1) :]


def known_expression(analyzer: Analyzer, words: list[Token]) -> int:
    """Return how many of the next words together are an entry of a synonym ring."""
    for length in range(min(analyzer.synonyms.longest, len(words)), 1, -1):
        if analyzer.synonyms.of(stems_of(words[:length])):
            return length
    return 0


def torn_apart(analyzer: Analyzer, words: list[Token], joined: Neighbours) -> str | None:
    """Return the stem of the entry of a ring that was written in two: *Quartier Manager*."""
    beside = [set(joined.get(word.start, ())) for word in words]
    both = beside[0] & beside[1] if len(words) == 2 else ()
    return next((one for one in sorted(both) if analyzer.synonyms.of((one,))), None)


def stems_of(words: list[Token]) -> Phrase:
    return tuple(stem(piece) for word in words for piece in word.pieces)


def expression(analyzer: Analyzer, words: list[Token], same: tuple[Phrase, ...] = ()) -> Term:
    """Read "alte Menschen": both words, or what means the same; `same` as one word."""
    stems = stems_of(words)
    both = tuple(with_synonyms(analyzer, one) if same else ((one,),) for one in stems)
    others = tuple(((other,),) for other in same or (stems, *analyzer.synonyms.of(stems)))
    return Term(" ".join(word.text for word in words), "", (both, *others))


def single(analyzer: Analyzer, word: Token) -> Term:
    """Read one word: itself in all its forms, its synonyms, all its parts together."""
    whole = stem(word.folded)
    forms = (whole, *analyzer.relatives.forms_of(whole))
    found: dict[Alternative, None] = {(tuple((form,) for form in forms),): None}
    pieces = word.pieces
    if len(pieces) > 1:
        joined = tuple(stem(piece) for piece in pieces)
        found.update({((other,),): None for other in analyzer.synonyms.of(joined)})
    found.update({((other,),): None for other in said_otherwise(analyzer, forms)})
    is_joined = word.is_hyphenated and len(pieces) > 1
    parts = [stem(piece) for piece in pieces] if is_joined else []
    parts = parts or list(analyzer.parts_of(word.folded))
    if parts:
        found[tuple(with_synonyms(analyzer, part) for part in without_frame_part(parts))] = None
        found.update(dict.fromkeys(grouped(analyzer, word.folded)))
    return Term(word.text, word.folded, tuple(found))


def said_otherwise(analyzer: Analyzer, forms: Phrase) -> Iterator[Phrase]:
    """Yield what means the same as one of these forms, verbs in all of theirs."""
    for form in forms:
        for other in same_meaning(analyzer, (form,)):
            others = analyzer.relatives.forms_of(other[0]) if len(other) == 1 else ()
            yield from (one for one in (other, *((o,) for o in others)) if one[0] not in forms)


def single_word(analyzer: Analyzer, folded: str) -> Term:
    """Read a word that nobody typed so."""
    return single(analyzer, Token(folded, 0, len(folded)))


def without_frame_part(parts: list[str]) -> list[str]:
    """Leave out what says little at the end: Bewegungs*angebote*."""
    return parts[:-1] if parts[-1] in WISHED else parts


def grouped(analyzer: Analyzer, folded: str) -> Iterator[Alternative]:
    """Yield a long compound in two halves, where one of these has synonyms of its own.

    "Kindergartenkinder" is more than a child and a garden.
    """
    parts = analyzer.splitter.split(folded)
    for at in range(1, len(parts)) if len(parts) > 2 else ():
        halves = [stem("".join(side)) for side in (parts[:at], parts[at:])]
        longer = [halves[0]] * (at > 1) + [halves[1]] * (at < len(parts) - 1)
        if any(same_meaning(analyzer, (half,)) for half in longer):
            yield tuple(with_synonyms(analyzer, half) for half in halves)


def with_synonyms(analyzer: Analyzer, part: str) -> Condition:
    return ((part,), *same_meaning(analyzer, (part,)))


def same_meaning(analyzer: Analyzer, entry: Phrase) -> tuple[Phrase, ...]:
    """Return synonyms, and for one word what says the same in another part of speech."""
    others = tuple((other,) for other in analyzer.relatives.of(entry[0]))
    return (*analyzer.synonyms.of(entry), *(others if len(entry) == 1 else ()))
