"""Understands what somebody typed: words, "phrases", -excluded words; and what each may mean.

Every term of a question becomes a list of alternatives. An alternative holds if all its
conditions hold; a condition holds if one of its phrases stands in the text. "Bewegungskita" is
    [bewegungskita]  or  [bewegung or sport] and [kita or kindergarten].
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from inforo.search.analysis import Analyzer
from inforo.search.german import Token, stem, tokens
from inforo.search.statenames import STATES_BY_CODE, land_of
from inforo.search.synonyms import Phrase, phrase

Condition = tuple[Phrase, ...]
Alternative = tuple[Condition, ...]
Neighbours = dict[int, list[str]]  # where a word stands -> stems of it joined with others

LONGEST_QUESTION = 200
MOST_TERMS = 12
QUOTED = re.compile(r'["„“”«»]([^"„“”«»]*)["„“”«»]')
IS_QUESTION = re.compile(
    r"\?\s*$|^\W*(?:wer|wie|was|wo|welche\w*|gibt|gib|hat|habt|haben|kennt|kennen|suche|suchen"
    r"|wir|ich|warum|womit|wodurch)\s",
    re.IGNORECASE,
)
FRAME = frozenset(
    map(stem, ["erfahrung", "frage", "hinweis", "idee", "moglichkeit", "rat", "tipp"])
)
# Says little beside another word, and texts about the same do without it.
WISHED = frozenset(
    map(stem, ["angebot", "leute", "massnahme", "mensch", "person", "projekt", "unterstutzung"])
)
# Names the kind of result, which is offered as a filter; the texts do not say it.
KIND = frozenset(map(stem, ["beispiel", "praxisbeispiel"]))
KIND_PHRASE = re.compile(
    r"\b(?:gute[nrs]?\s+(?:praxis|beispiele?)|(?:good|best)[\s-]+practi[cs]es?)\b",
    re.IGNORECASE,
)
# Texts rarely say in which year something was done; that is a filter.
YEAR = re.compile(r"19[89]\d|20[0-4]\d")
EXCLUDED = re.compile(r"(?:^|(?<=\s))[-−–](?=[^\W_])(\S+)")


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


@dataclass(frozen=True)
class Question:
    """All terms must be found, none of the excluded stems may be; wishes only weigh."""

    typed: str
    terms: tuple[Term, ...] = ()
    excluded: tuple[str, ...] = ()
    wishes: tuple[Term, ...] = ()

    @property
    def stems(self) -> frozenset[str]:
        return frozenset().union(*(term.stems for term in (*self.terms, *self.wishes)))


def understand(analyzer: Analyzer, typed: str) -> Question:
    """Take a question apart; words without meaning of their own are passed over."""
    typed = " ".join(typed[:LONGEST_QUESTION].split())
    phrases = [
        Term(match.group(1), "", ((((stems,)),),))
        for match in QUOTED.finditer(typed)
        if (stems := phrase(match.group(1)))
    ]
    rest = QUOTED.sub(" , ", typed)
    excluded = [word for match in EXCLUDED.finditer(rest) for word in phrase(match.group(1))]
    asked = EXCLUDED.sub(" , ", rest)
    without_kind = KIND_PHRASE.sub(" , ", asked)
    asked = without_kind if phrases or phrase(without_kind) else asked
    words = without_frame(asked, list(tokens(asked)))
    joined = neighbours(asked, words)
    words = [spelt_out(asked, word, joined) for word in words]
    terms = unique([*phrases, *read_words(analyzer, words, joined)])
    terms, wishes = apart(terms[:MOST_TERMS])
    return Question(typed, terms, tuple(dict.fromkeys(excluded)), wishes)


def spelt_out(asked: str, word: Token, joined: Neighbours) -> Token:
    """Return the name of a Land for what is short for it; that stays another way to say it."""
    code = land_of(asked, word)
    if code is None:
        return word
    joined.setdefault(word.start, []).append(stem(word.folded))
    return replace(word, text=STATES_BY_CODE[code].names[0])


def apart(terms: tuple[Term, ...]) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Return what must be found, and what is only better if it is: *Angebote* for mothers."""
    wishes = tuple(term for term in terms if is_wish(term))
    wanted = tuple(term for term in terms if term not in wishes)
    return (wanted, wishes) if wanted else (terms, ())


def is_wish(term: Term) -> bool:
    return bool(term.word) and (term.stem in WISHED or bool(YEAR.fullmatch(term.word)))


def without_frame(asked: str, words: list[Token]) -> list[Token]:
    """Leave out what only makes a question: Wer hat *Erfahrungen* mit Hebammen?"""
    frame = FRAME | KIND if IS_QUESTION.search(asked) else KIND
    meant = [word for word in words if stem(word.folded) not in frame]
    return meant or words


def neighbours(asked: str, words: list[Token]) -> Neighbours:
    """Return word -> what it may be written as together with the words beside it.

    "Familien Hebammen" is "Familienhebammen", too, "Gesundheit Konferenz" needs an s.
    """
    joined: Neighbours = {}
    for one, other in pairwise(words):
        if asked[one.end : other.start] == " " and other.folded.isalpha():
            whole = [stem(f"{one.folded}{link}{other.folded}") for link in ("", "s")]
            for word in (one, other):
                joined.setdefault(word.start, []).extend(whole)
    return joined


def unique(terms: list[Term]) -> tuple[Term, ...]:
    """Keep the first of several terms that ask for the same."""
    return tuple({term.stem or term.alternatives: term for term in terms[::-1]}.values())[::-1]


def read_words(analyzer: Analyzer, words: list[Token], joined: Neighbours) -> Iterator[Term]:
    """Yield a term for each word, or for several that stand for one thing together."""
    while words:
        length = known_expression(analyzer, words)
        if length > 1:
            yield expression(analyzer, words[:length])
        else:
            yield single(analyzer, words[0]).or_joined(joined.get(words[0].start, []))
        words = words[max(length, 1) :]


def known_expression(analyzer: Analyzer, words: list[Token]) -> int:
    """Return how many of the next words together are an entry of a synonym ring."""
    for length in range(min(analyzer.synonyms.longest, len(words)), 1, -1):
        if analyzer.synonyms.of(stems_of(words[:length])):
            return length
    return 0


def stems_of(words: list[Token]) -> Phrase:
    return tuple(stem(piece) for word in words for piece in word.pieces)


def expression(analyzer: Analyzer, words: list[Token]) -> Term:
    """Read "alte Menschen": both words, or what means the same."""
    stems = stems_of(words)
    both = tuple(((one,),) for one in stems)
    others = tuple(((other,),) for other in (stems, *analyzer.synonyms.of(stems)))
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
    parts = [stem(piece) for piece in pieces] if word.is_hyphenated else []
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
