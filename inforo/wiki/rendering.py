"""What is done to the stored HTML of a page when it is shown: links and a table of contents.

Whether `[[Titel]]` leads to a page changes without the text being saved again, so links are
made for each reading, with one look-up of the titles that stand in the text.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from inforo import text
from inforo.db import folded

LINK = re.compile(r"\[\[([^\[\]\n|]{1,200})(?:\|([^\[\]\n|]{1,200}))?\]\]")
HEADING = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)
UNTOUCHED = re.compile(r"<(/?)(?:a|code|pre)[ >]")
FEWEST_HEADINGS = 3
Address = Callable[[str], tuple[str, bool] | None]


@dataclass
class Shown:
    """A page as it is shown: its HTML, and (level, id, words) of its headings."""

    html: Markup
    contents: list[tuple[int, str, str]] = field(default_factory=list)


def rendered(body: str) -> str:
    """Return the HTML of a page; its highest headings stand right below the title."""
    return text.render_markdown(body, headings_from=2)


def titles_in(rendered: str) -> set[str]:
    """Return the folded titles that a text links to."""
    found: set[str] = set()
    link_words(rendered, lambda title: found.add(folded(title)))
    return found


def shown(rendered: str, address_of: Address) -> Shown:
    """Return a page with its links made and its headings numbered.

    `address_of` returns the address of a title and whether the page exists, or None where
    nothing leads anywhere; then the words stay as they were typed.
    """
    contents: list[tuple[int, str, str]] = []

    def number(match: re.Match[str]) -> str:
        words = text.plain(match[2])
        anchor = f"abschnitt-{len(contents) + 1}"
        contents.append((int(match[1]), anchor, LINK.sub(label_of, words)))
        return f'<h{match[1]} id="{anchor}">{match[2]}</h{match[1]}>'

    numbered = HEADING.sub(number, rendered)
    linked = link_words(numbered, address_of)
    short = len(contents) < FEWEST_HEADINGS
    return Shown(Markup(linked), [] if short else contents)  # noqa: S704 (cleaned when saved)


def on_paper(rendered: str) -> Markup:
    """Return a page whose links are only words: printed, or as it was long ago."""

    def words(match: re.Match[str]) -> str:
        return label_of(match)

    parts = (
        piece if is_kept else LINK.sub(words, piece) for piece, is_kept in pieces(rendered)
    )
    return Markup("".join(parts))  # noqa: S704 (cleaned when saved)


def label_of(match: re.Match[str]) -> str:
    return (match[2] or match[1]).strip()


def link_words(rendered: str, address_of: Callable[[str], object]) -> str:
    """Replace `[[Titel]]` and `[[Titel|Wort]]` in what stands between tags."""

    def link(match: re.Match[str]) -> str:
        title, label = html.unescape(match[1]).strip(), html.unescape(label_of(match))
        found = address_of(title) if title and label else None
        if not isinstance(found, tuple):
            return match[0]
        address, exists = found
        kind = "wiki-link" if exists else "wiki-link wiki-link--missing"
        return f'<a class="{kind}" href="{escape(address)}">{escape(label)}</a>'

    return "".join(
        piece if is_kept else LINK.sub(link, piece) for piece, is_kept in pieces(rendered)
    )


def pieces(rendered: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of cleaned HTML, and whether one stays as it is: tags, code, links."""
    end, depth = 0, 0
    for tag in text.TAG.finditer(rendered):
        yield rendered[end : tag.start()], depth > 0
        yield tag[0], True
        kind = UNTOUCHED.match(tag[0])
        if kind is not None:
            depth += -1 if kind[1] else 1
        end = tag.end()
    yield rendered[end:], depth > 0
