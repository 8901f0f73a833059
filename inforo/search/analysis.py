"""Turns a text into what the index holds, with the lexicon and synonyms of this platform."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from inforo.search.compounds import PLAIN, WHOLE, Lexicon, Splitter
from inforo.search.german import PIECE, Token, completing, fold, stem, tokens
from inforo.search.relatives import Relatives
from inforo.search.synonyms import Synonyms

LONGEST_INDEXED_WORD = 64
KREIS = "kreis"


@dataclass(frozen=True)
class Analysed:
    """The index form of a text: two strings of stems, and the words it was made of."""

    stems: str
    parts: str
    words: dict[str, str]  # folded word -> as it was written first


@dataclass(frozen=True)
class Analyzer:
    """Everything that is known about words here."""

    splitter: Splitter = PLAIN
    synonyms: Synonyms = field(default_factory=Synonyms)
    relatives: Relatives = field(default_factory=Relatives)

    def analyse(self, text: str, *, is_name: bool = False) -> Analysed:
        """Return stems and compound parts of the text; names are no compounds of words.

        But of a Kreis what stands before it is a name as well: Westerwaldkreis.
        """
        stems: list[str] = []
        parts: list[str] = []
        words: dict[str, str] = {}
        found = list(tokens(text))
        for token in found:
            for piece in token.pieces:
                stems.append(stem(piece)[:LONGEST_INDEXED_WORD])
                parts.extend(self.parts_in(piece, is_name=is_name))
            if token.is_hyphenated:
                parts.append(stem(token.folded)[:LONGEST_INDEXED_WORD])
        for begun, whole in [] if is_name else completing(text, found):
            parts.extend(self.completed(begun, whole))
        for folded, shown in self.words_in(found, is_name=is_name):
            words.setdefault(folded, shown)
        return Analysed(" ".join(stems), " ".join(parts), words)

    def parts_in(self, piece: str, *, is_name: bool) -> Iterator[str]:
        """Yield the stems of the parts of a word, in a name only those of a Kreis."""
        if not is_name:
            yield from self.splitter.all_stems(piece)
        elif piece.endswith(KREIS) and piece not in (KREIS, *WHOLE):
            yield stem(piece.removesuffix(KREIS).removesuffix("s"))
            yield KREIS

    def completed(self, begun: Token, whole: Token) -> Iterator[str]:
        """Yield the stem of "Kinderhilfe" for "Kinder-" before "Jugendhilfe"."""
        _first, *rest = self.splitter.split(whole.pieces[-1])
        if rest:
            yield stem(begun.folded + "".join(rest))[:LONGEST_INDEXED_WORD]

    def words_in(self, found: list[Token], *, is_name: bool) -> Iterator[tuple[str, str]]:
        """Yield words, then the parts of compounds, folded and as they can be shown."""
        for token in found:
            yield token.folded, token.text
        for token in [] if is_name else found:
            for written in PIECE.findall(token.text):
                yield from self.splitter.words(written)

    def stems_of(self, token: Token) -> Iterator[str]:
        """Yield all stems under which a word of a text can be found."""
        if token.is_hyphenated:
            yield stem(token.folded)
        for piece in token.pieces:
            yield stem(piece)
            yield from self.splitter.all_stems(piece)

    def parts_of(self, word: str) -> tuple[str, ...]:
        """Return the stems of the parts of one folded word; () if it is not a compound."""
        return self.splitter.stems(word)


def with_synonyms(known: Analyzer, synonyms: Synonyms) -> Analyzer:
    """Return the analyzer with other rings; the index does not depend on them."""
    return known if synonyms is known.synonyms else replace(known, synonyms=synonyms)


def load(lexicon_path: Path, synonyms_path: Path) -> Analyzer:
    """Return the analyzer for these files; without a lexicon words stay whole."""
    return cached(lexicon_path, modified_at(lexicon_path), synonyms_path)


@lru_cache(4)
def cached(lexicon_path: Path, _modified_at: int, synonyms_path: Path) -> Analyzer:
    lexicon = Lexicon.load(lexicon_path) if lexicon_path.exists() else Lexicon()
    relatives = Relatives(lexicon.verbs, lexicon.forms, lexicon.nouns)
    return Analyzer(Splitter(lexicon), Synonyms.load(synonyms_path), relatives)


def modified_at(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def folded_words(text: str) -> list[str]:
    """Return the folded words of a text, hyphenated ones joined."""
    return [fold(token.text) for token in tokens(text)]
