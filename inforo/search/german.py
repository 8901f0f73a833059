"""German words as search sees them: cut out of a text, folded, and reduced to a stem.

A token keeps its place in the original text, so that a match can be marked there. Folding
makes all spellings of one word equal (ä = ae = a, ß = ss, é = e), gender forms become the
plain form, and the Snowball stemmer removes what inflection adds.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import Stemmer

from inforo.search.stopwords import STOP_WORDS

LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0300-\u036f\u00ad"
GENDER_SUFFIX = r"(?:(?:[:*_·•]|/-?)(?:innen|in)|\(-?(?:innen|in)\)|(?<=[a-zäöüß])In(?:nen)?)"
# Within a word: Bürger:innenbeteiligung.
GENDER_INSIDE = rf"(?:[{LETTER}]+?[:*_·•]innen(?=[{LETTER}]))?"
WORD = rf"{GENDER_INSIDE}[0-9{LETTER}]+?(?:{GENDER_SUFFIX}(?![{LETTER}])|(?![0-9{LETTER}]))"
# A letter and a number are one name, with or without a space: U 9, S 15, § 20 a.
NUMBERED = (
    rf"(?<![0-9{LETTER}])(?:[A-Za-z][ \u00a0]\d{{1,2}}[a-z]?|\d{{1,3}}[ \u00a0][a-z])"
    rf"(?![0-9{LETTER}])"
)
LAW = rf"(?<![0-9{LETTER}])(?i:SGB)[ \u00a0-]?(?i:[IVX]{{1,4}}|\d{{1,2}})(?![0-9{LETTER}])"
TOKEN = re.compile(rf"{LAW}|{NUMBERED}|{WORD}(?:[-‐‑]{WORD})*")
PIECE = re.compile(rf"{NUMBERED}|{WORD}")
BOOK = re.compile(r"(sgb)([ivx]+|\d+)")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
ROMAN |= {"x": 10, "xi": 11, "xii": 12, "xiv": 14}
HYPHENS = ("-", "‐", "‑")

# Between "Kinder-" and the word that completes it: "Kinder-, Schul- und Jugendhilfe".
COMPLETED_LATER = re.compile(r"[-‐‑](?:[\s,/&]|und|oder|sowie|bzw\.?|wie)+")

UMLAUT_IN_TWO_LETTERS = re.compile(r"(?<![aeq])ue|ae|oe")
NOT_A_LETTER = re.compile(r"(?<=[a-z])[:*_·•]innen(?=[a-z])|[^0-9a-z]+")
# Letters that Unicode does not take apart, spelt the way people without that key spell them.
SPELT_OUT = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ı": "i"}
)

FEMININE = re.compile(
    r"((?<=[a-z]{2})(?:(?<!\bschw)er|eur|or|ist|ent|ant|og|eg|eut|iat|[dks]at|pad|ekt)|arzt|wirt|anwalt|chef"
    r"|freund|kund|expert|beamt|nachbar|pilot|sekretar|bibliothekar|koch|rat|\bpat|enpat|lots)"
    r"in(?:nen)?$"
)
FEMININE_PLURAL = re.compile(r"(?<=[a-z]{4})(?<!ginn)(?<!winn)(?<!spinn)(?<!besinn)innen$")
# What Snowball leaves apart: how a word ends (its root, the ending of some forms), and the
# ending of a form whose stem all of them share. The first that fits counts.
REWRITES = tuple(
    (re.compile(rf"({root})(?:{ending})$"), rf"\1{shared}")
    for root, ending, shared in (
        ("zentr|muse|[a-z]{3}i", "ums?", "en"),
        ("[a-z]{3}lo", "s", "sen"),
        ("praktik", "ums?|a", "en"),
        ("them|firm|mens|vill", "as?", "en"),
        ("[a-z]{2}(?:ism|thm)|vir", "us", "en"),
        ("prax", "is", "en"),
        ("risik|kont", "os?", "en"),
        ("material", "ien", ""),
        ("lai", "en?", ""),
        ("bau", "ten|s", ""),
        ("[bkp]us", "se[ns]?", ""),
        ("[a-z]{3}nis", "se[ns]?", ""),
        ("kurs|puls|hals|zins|gans|vers|(?<!ei)fels|wuchs|wachs|lots", "", "e"),
        ("probl|tand", "em", "eme"),
        ("nachbar", "n", ""),
        ("[a-z]{3}ier", "ung(?:en)?|t|te[mnrs]?", "en"),
        ("[a-z]{2}er", "ns", "n"),
        ("[a-z]{2}[nrt]z", "s", ""),
        ("[a-z]{3}[ao]|[a-z]{2}[vwy]|camp|icap|shop|frei", "s", ""),
        ("[a-z]{2}[bcdfgklmprtvxz]i", "s", ""),
        ("[a-z]{3}e[rln]", "s", ""),
        ("[a-z]{4}(?<!wochen)(?<!jahres)(?<!sp)(?<!ier)", "ende[mnrs]?", "er"),
    )
)

snowball = Stemmer.Stemmer("german")


@dataclass(frozen=True)
class Token:
    """A word of a text and where it stands there."""

    text: str
    start: int
    end: int

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """Return the words that hyphens join: Kita-Sozialarbeit -> kita, sozialarbeit.

        Single letters are no words, they spell one: S-H -> sh.
        """
        if book := BOOK.fullmatch(self.folded):
            return (book[1], self.folded)
        found = tuple(fold(piece) for piece in PIECE.findall(self.text))
        if len(found) > 1 and all(len(piece) == 1 for piece in found):
            found = (self.folded,)
        return tuple(piece for piece in found if is_searchable(piece))

    @property
    def is_hyphenated(self) -> bool:
        return bool(re.search(r"(?<=\w)[-‐‑](?=\w)", self.text)) and self.folded not in (
            self.pieces
        )


@lru_cache(100_000)
def fold(word: str) -> str:
    """Return the spelling its variants share: "Übergang", "Uebergang" -> "ubergang"."""
    spelt = word.lower().translate(SPELT_OUT)
    plain = NOT_A_LETTER.sub("", unicodedata.normalize("NFKD", spelt))
    if book := BOOK.fullmatch(plain):  # SGB VIII, SGB 8
        return f"{book[1]}{ROMAN.get(book[2], book[2])}"
    return UMLAUT_IN_TWO_LETTERS.sub(lambda match: match.group()[0], plain)


@lru_cache(200_000)
def stem(folded: str) -> str:
    """Return the stem of a folded word; gender and inflection are gone."""
    word = without_gender(folded)
    for pattern, replacement in REWRITES:
        word, count = pattern.subn(replacement, word)
        if count:
            break
    stemmed: str = snowball.stemWord(word)
    return stemmed


def without_gender(folded: str) -> str:
    """Return the plain form of a person's designation: "erzieherinnen" -> "erzieher"."""
    plain = FEMININE.sub(r"\1", folded)
    return plain if plain != folded else FEMININE_PLURAL.sub("", folded)


def is_searchable(folded: str) -> bool:
    return len(folded) > 1 and folded not in STOP_WORDS


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text that carry meaning, with their offsets in this very text."""
    for match in TOKEN.finditer(text):
        token = Token(match.group(), match.start(), match.end())
        if token.pieces:
            yield token


def completing(text: str, found: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield each word that ends in a hyphen with the later word that completes it."""
    begun: list[Token] = []
    for token, after in pairwise(found):
        if not COMPLETED_LATER.fullmatch(text, token.end, after.start):
            begun = []
            continue
        begun.append(token)
        if text[after.end : after.end + 1] not in HYPHENS:
            yield from ((one, after) for one in begun)


def place(word: str, folded_length: int) -> int:
    """Return where in a word its folded form has reached this length."""
    return next(
        (at for at in range(len(word) + 1) if len(fold(word[:at])) >= folded_length), len(word)
    )


def sort_key(text: str) -> str:
    """Return a whole title in the folded spelling, for comparing it with what was typed."""
    return " ".join(fold(match.group()) for match in TOKEN.finditer(text))
