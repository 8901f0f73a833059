"""Links the first occurrence of each word of the glossary in a piece of rendered HTML.

Words are compared by their stems, so "Präventionsketten" leads to "Präventionskette"; short
names in capitals (ÖGD) as they are. Links, headings and code stay untouched, and nothing
stored ever changes: pages link what they show, and remember it with `stamp()` in the key.
"""

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import local

import Stemmer
from markupsafe import Markup, escape

from inforo import clock
from inforo.glossary import queries
from inforo.text import TAG

WORD = re.compile(r"\w+")
NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
CLOSED = frozenset({"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "button", "dt"})
LOOK_AGAIN = timedelta(seconds=20)
SHORTEST = 3
Phrase = tuple[str, ...]
stemmers = local()


def stem(word: str) -> str:
    """Return what a word is compared by. Names in capitals have no endings but a plural s."""
    if word.isupper() or len(word) < SHORTEST:
        return word
    if not hasattr(stemmers, "german"):
        stemmers.german = Stemmer.Stemmer("german")
    return str(stemmers.german.stemWord(word.casefold()))


def phrase(text: str) -> Phrase:
    return tuple(stem(word) for word in WORD.findall(text))


@dataclass(frozen=True)
class Words:
    """All words of the glossary by the stem they begin with: (phrase, slug), longest first."""

    stamp: Hashable = None
    by_first: dict[str, list[tuple[Phrase, str]]] = field(default_factory=dict)

    def at(self, stems: list[str], position: int) -> tuple[int, str] | None:
        """Return (number of words, slug) of the entry whose name begins here."""
        for known, slug in self.by_first.get(stems[position], ()):
            if tuple(stems[position : position + len(known)]) == known:
                return len(known), slug
        return None


def collect(stamp: Hashable, names: Iterable[tuple[str, str, list[str]]]) -> Words:
    """Return the words; of two entries with the same name the older one has it."""
    owners: dict[Phrase, str] = {}
    for slug, title, forms in names:
        for name in (title, *forms):
            if known := phrase(name):
                owners.setdefault(known, slug)
    by_first: dict[str, list[tuple[Phrase, str]]] = {}
    for known in sorted(owners, key=len, reverse=True):
        by_first.setdefault(known[0], []).append((known, owners[known]))
    return Words(stamp, by_first)


class Memory:
    """The words this process knows. It looks again every 20 seconds, and when told to."""

    def __init__(self) -> None:
        self.words = Words()
        self.looked_at: datetime | None = None

    def current(self) -> Words:
        now = clock.now()
        if self.looked_at is None or not timedelta() <= now - self.looked_at < LOOK_AGAIN:
            stamp = queries.stamp()
            if self.looked_at is None or stamp != self.words.stamp:
                self.words = collect(stamp, queries.names())
            self.looked_at = now
        return self.words

    def forget(self) -> None:
        self.looked_at = None


memory = Memory()


def stamp() -> Hashable:
    """Return what belongs into the key of a remembered piece with linked words."""
    return memory.current().stamp


def link_terms(html: str) -> Markup:
    """Return the HTML with the first occurrence of each word linked to the glossary."""
    words = memory.current()
    if not words.by_first:
        return Markup(html)  # noqa: S704 (was safe before)
    linked = "".join(pieces(html, words, set()))
    return Markup(linked)  # noqa: S704 (adds only links it has escaped)


def pieces(html: str, words: Words, seen: set[str]) -> Iterator[str]:
    """Yield tags as they are, and the texts between them with links."""
    end, closed = 0, 0
    for tag in TAG.finditer(html):
        between = html[end : tag.start()]
        yield between if closed else "".join(linked_text(between, words, seen))
        yield tag[0]
        end = tag.end()
        name = NAME.match(tag[0])
        if name and name[1].lower() in CLOSED and not tag[0].endswith("/>"):
            closed = max(0, closed + (-1 if tag[0].startswith("</") else 1))
    yield html[end:] if closed else "".join(linked_text(html[end:], words, seen))


def linked_text(text: str, words: Words, seen: set[str]) -> Iterator[str]:
    """Yield the parts of a text without tags; entities stay as they are."""
    found = list(WORD.finditer(text))
    stems = [stem(match[0]) for match in found]
    position, end = 0, 0
    while position < len(found):
        hit = words.at(stems, position) if is_word(text, found[position]) else None
        if hit is None or hit[1] in seen or not is_together(text, found, position, hit[0]):
            position += 1
            continue
        length, slug = hit
        first, last = found[position].start(), found[position + length - 1].end()
        yield text[end:first]
        yield link(slug, text[first:last])
        seen.add(slug)
        position, end = position + length, last
    yield text[end:]


def is_word(text: str, match: re.Match[str]) -> bool:
    """Tell a word of the text from an entity (`&amp;`)."""
    is_entity = text[: match.start()].endswith(("&", "&#")) and text[match.end() :][:1] == ";"
    return not is_entity


def is_together(text: str, found: list[re.Match[str]], position: int, length: int) -> bool:
    """Tell whether only blanks and hyphens stand between the words, and none around them."""
    matches = found[position : position + length]
    between = [
        text[one.end() : other.start()]
        for one, other in zip(matches, matches[1:], strict=False)
    ]
    before = text[: matches[0].start()][-1:]
    after = text[matches[-1].end() :][:1]
    return all(gap in {" ", "-", "\n"} for gap in between) and "-" not in (before, after)


def link(slug: str, shown: str) -> str:
    """Return the link; `shown` is a piece of HTML text, escaped already."""
    return f'<a class="glossary-term" href="/glossar/{escape(slug)}" data-glossary>{shown}</a>'
