"""Shows where a text answers a question: the best passage, matches marked, all else escaped."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from markupsafe import Markup, escape

from inforo.search.analysis import Analyzer
from inforo.search.compounds import Splitter
from inforo.search.german import TOKEN, Token, place, stem

PASSAGE = 240  # characters
LEAD = 60  # of these before the first match
MOST_TOKENS = 4_000  # a longer text is only looked at so far
LOOKED_AT = 900  # characters: with so many matches in them nothing better is looked for
ENOUGH = 4


@dataclass(frozen=True)
class Match:
    """A stretch of the original text and the stems that found it."""

    start: int
    end: int
    stems: frozenset[str]


def find_matches(
    analyzer: Analyzer, text: str, wanted: frozenset[str], looked_at: int = LOOKED_AT
) -> Iterator[Match]:
    """Yield the words, or the parts of compounds, that are among the wanted stems.

    Behind `looked_at` characters a few matches are enough: taking words apart takes time.
    """
    found = 0
    for match in islice(TOKEN.finditer(text), MOST_TOKENS):
        if found >= ENOUGH and match.start() > looked_at:
            return
        hit = wanted & stems_of_word(analyzer.splitter, match.group())
        if hit:
            found += 1
            token = Token(match.group(), match.start(), match.end())
            yield from matches_in_word(analyzer, token, hit)


@lru_cache(50_000)
def stems_of_word(splitter: Splitter, word: str) -> frozenset[str]:
    """Return the stems under which a word as written is found; none for a stop word.

    A quarter of the time of a page went into this: texts repeat their words, so it is kept.
    """
    token = Token(word, 0, len(word))
    return frozenset(Analyzer(splitter).stems_of(token)) if token.pieces else frozenset()


def matches_in_word(
    analyzer: Analyzer, token: Token, wanted: frozenset[str]
) -> Iterator[Match]:
    """Yield the matching parts of a word, or the word if it matches as a whole."""
    parts = [] if token.is_hyphenated else list(analyzer.splitter.split(token.folded))
    hits = [part for part in parts if stem(part) in wanted]
    if stem(token.folded) in wanted or len(parts) < 2 or not hits:
        yield Match(token.start, token.end, wanted)
        return
    at = 0
    for part in parts:
        if part in hits:
            start, end = place(token.text, at), place(token.text, at + len(part))
            yield Match(token.start + start, token.start + end, frozenset({stem(part)}))
        at += len(part)


def mark(analyzer: Analyzer, text: str, wanted: frozenset[str]) -> Markup:
    """Return the whole text as HTML with every match in <mark>."""
    return marked(text, list(find_matches(analyzer, text, wanted)), 0, len(text))


def snippet(analyzer: Analyzer, text: str, wanted: frozenset[str]) -> Markup:
    """Return the passage that holds most of the wanted stems, as HTML."""
    text = " ".join(text.split())
    matches = list(find_matches(analyzer, text, wanted))
    start = best_start(text, matches)
    end = word_end(text, start + PASSAGE)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return Markup("{}{}{}").format(before, marked(text, matches, start, end), after)


def best_start(text: str, matches: list[Match]) -> int:
    """Return where the passage begins: a little before the densest group of matches."""
    if not matches or matches[0].end <= PASSAGE >= len(text):
        return 0
    first = max(matches, key=lambda match: (richness(matches, match.start), -match.start))
    start = max(0, min(first.start - LEAD, len(text) - PASSAGE))
    return text.rfind(" ", 0, start) + 1 if start else 0


def richness(matches: list[Match], start: int) -> tuple[int, int]:
    """Return how many different stems, and how many matches, a passage from here would show."""
    inside = [m for m in matches if start <= m.start and m.end <= start + PASSAGE - LEAD]
    stems = Counter(stem for match in inside for stem in match.stems)
    return len(stems), len(inside)


def word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at)
    return space if space > at - 40 else at


def marked(text: str, matches: list[Match], start: int, end: int) -> Markup:
    pieces: list[Markup] = []
    at = start
    for match in matches:
        if match.start < at or match.end > end:
            continue
        pieces.append(escape(text[at : match.start]))
        pieces.append(Markup("<mark>{}</mark>").format(text[match.start : match.end]))
        at = match.end
    pieces.append(escape(text[at:end]))
    return Markup("").join(pieces)
