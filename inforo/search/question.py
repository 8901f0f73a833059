"""Understands what somebody typed: words, "phrases", -excluded words; and what each may mean.

What each term may mean, `terms.py` says.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from inforo.search.analysis import Analyzer
from inforo.search.german import Token, stem, tokens
from inforo.search.models import Kind
from inforo.search.statenames import STATES_BY_CODE, land_of
from inforo.search.synonyms import phrase
from inforo.search.terms import WISHED, Neighbours, Term, read_words, without_spoken

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
# Name a kind of result, which then comes first; they are wished for as well.
NAMED_KINDS = {
    stem(word): kind
    for kind, words in {
        Kind.EXAMPLE: ("beispiel", "praxisbeispiel"),
        Kind.TOOL: ("muster", "mustervorlage", "werkzeug"),
        Kind.EVENT: ("termin", "veranstaltung"),
    }.items()
    for word in words
}
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
class Question:
    """All terms must be found, none of the excluded stems may be; wishes only weigh."""

    typed: str
    terms: tuple[Term, ...] = ()
    excluded: tuple[str, ...] = ()
    wishes: tuple[Term, ...] = ()
    kinds: tuple[Kind, ...] = ()  # named beside other words

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
    asked, said = without_spoken(analyzer, asked)
    words = without_frame(asked, list(tokens(asked)))
    joined = neighbours(asked, words)
    words = [spelt_out(asked, word, joined) for word in words]
    terms = unique([*phrases, *said, *read_words(analyzer, words, joined)])
    terms, wishes = apart(terms[:MOST_TERMS])
    return Question(typed, terms, tuple(dict.fromkeys(excluded)), wishes, kinds_in(rest, terms))


def kinds_in(asked: str, terms: tuple[Term, ...]) -> tuple[Kind, ...]:
    """Return the kinds of results that are named beside what is to be found."""
    known = {term.stem for term in terms}
    named = [stem(word.folded) for word in tokens(asked)]
    return tuple(
        NAMED_KINDS[word] for word in named if word in NAMED_KINDS and word not in known
    )


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
    if not term.word:
        return not phrase(term.typed)  # "wer macht was" stands in texts, but not in the index
    return term.stem in WISHED or term.stem in NAMED_KINDS or bool(YEAR.fullmatch(term.word))


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
