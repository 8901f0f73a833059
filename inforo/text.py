"""Text people write: Markdown to safe HTML, excerpts, slugs, differences.

HTML is rendered once, when a text is saved, and stored beside its source together with
RENDERER, so that a job can render again when the rules here change.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import SplitResult, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape
from rapidfuzz.distance import LCSseq

RENDERER = 1
UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"}
)
OWN_FILE = re.compile(r"/anhaenge/[1-9][0-9]{0,17}", re.ASCII)
# A picture in rendered HTML about which its author wrote no words.
UNDESCRIBED = re.compile(r'(<img src="/anhaenge/([0-9]+)/vorschau" alt=)""')
TAG_NAMES = (
    "a abbr b blockquote br code del em h2 h3 h4 h5 h6 hr i img li ol p pre s strong table "
    "tbody td th thead tr ul"
)
TAGS = frozenset(TAG_NAMES.split())
MENTION = re.compile(r"@\[([^\[\]\n]{2,80})\]")
WORD = re.compile(r"\w+|[^\w\s]|\s+")
# What stands between the tags of cleaned HTML (attributes are always in double quotes).
TAG = re.compile(r"<(?:[^\">]|\"[^\"]*\")*>")
LONGEST_PREVIEW = 20_000
# The last two are in no XML: feeds and office files would break.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def show_image(
    self: RendererHTML, tokens: Sequence[Token], position: int, options: Any, env: Any
) -> str:
    """Show a picture that was uploaded here, any other as a link to it.

    A picture on another host would tell it who reads.
    """
    token = tokens[position]
    source, words = str(token.attrs.get("src", "")), str(token.content)
    if OWN_FILE.fullmatch(source):
        return f'<img src="{source}/vorschau" alt="{escape(words)}" loading="lazy">'
    return f'<a href="{escape(source)}">{escape(words or source)}</a>'


def lower_headings(state: Any) -> None:
    """Begin headings inside a text right below those of the page it stands on, whatever
    level the text begins with; with `headings_from` 1 they stay as they are."""
    begin = state.env.get("headings_from", 3)
    headings = [each for each in state.tokens if each.type.startswith("heading_")]
    highest = min((int(each.tag[1]) for each in headings), default=1)
    for token in headings if begin > 1 else ():
        token.tag = f"h{min(6, int(token.tag[1]) + begin - highest)}"


def make_markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True})
    markdown.enable(["table", "strikethrough", "linkify"])
    markdown.add_render_rule("image", show_image)
    markdown.core.ruler.push("lower_headings", lower_headings)
    return markdown


MARKDOWN = make_markdown()


def render_markdown(source: str, headings_from: int = 3) -> str:
    """Return the safe HTML of a Markdown text (UTF-8, at most a few 10,000 characters).

    Its highest level of headings becomes h3: above stand the page (h1) and its sections.
    """
    return nh3.clean(
        MARKDOWN.render(source, {"headings_from": headings_from}),
        tags=set(TAGS),
        attributes={
            "a": {"href", "title"},
            "img": {"src", "alt", "loading"},
            "ol": {"start"},
            "td": {"align"},
            "th": {"align"},
        },
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow noopener noreferrer",
    )


def preview(source: str | None) -> str:
    """Return the HTML of what somebody is still writing, however much of it there is."""
    return render_markdown((source or "")[:LONGEST_PREVIEW])


def undescribed_files(rendered: str) -> set[int]:
    """Return the numbers of the pictures in rendered HTML without an alternative text."""
    return {int(match[2]) for match in UNDESCRIBED.finditer(rendered)}


def describe_files(rendered: str, words: dict[int, str]) -> str:
    """Put alternative texts into rendered HTML where its author wrote none."""

    def describe(match: re.Match[str]) -> str:
        return f'{match[1]}"{escape(words.get(int(match[2]), ""))}"'

    return UNDESCRIBED.sub(describe, rendered)


def link_mentions(rendered: str, address_of: Callable[[str], str | None]) -> str:
    """Turn `@[Name]` in rendered HTML into a link where the name is known."""

    def link(match: re.Match[str]) -> str:
        name = html.unescape(match[1])
        address = address_of(name)
        return (
            f'<a class="mention" href="{escape(address)}">@{escape(name)}</a>'
            if address
            else f"@{match[1]}"
        )

    linked, end = [], 0
    for tag in TAG.finditer(rendered):
        linked += [MENTION.sub(link, rendered[end : tag.start()]), tag[0]]
        end = tag.end()
    return "".join([*linked, MENTION.sub(link, rendered[end:])])


def mentions(source: str) -> list[str]:
    """Return the names mentioned in a text as `@[Name]`, each once, in their order."""
    return list(dict.fromkeys(name.strip() for name in MENTION.findall(source)))


def plain(rendered: str) -> str:
    """Return the text of an HTML fragment, for search, mails and excerpts."""
    rendered = re.sub(r'<img [^>]*alt="([^"]*)"[^>]*>', r" \1 ", rendered)
    spaced = re.sub(r"<(?:br|/p|/li|/h\d|/td|/th|/tr|/pre|/blockquote)[^>]*>", " ", rendered)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", spaced)).split())


def excerpt(text: str, length: int = 200) -> str:
    """Return the beginning of a plain text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"


def slug(text: str, length: int = 80) -> str:
    """Return the text as part of an address: a–z, 0–9 and hyphens."""
    latin = (
        unicodedata.normalize("NFKD", text.translate(UMLAUTS))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", latin.lower()).strip("-")[:length].strip("-")


def address_parts(written: str) -> SplitResult:
    """Return the parts of an address; of one that is none, nothing but empty ones."""
    try:
        return urlsplit(written)
    except ValueError:  # e.g. a bracket that is not closed
        return urlsplit("")


def clean(text: str | None) -> str:
    """Return typed text in NFC, with `\\n` line ends, without controls and outer blanks."""
    normal = unicodedata.normalize(
        "NFC", (text or "").replace("\r\n", "\n").replace("\r", "\n")
    )
    return CONTROL.sub("", normal).strip()


def diff(old: str, new: str) -> Markup:
    """Return the new text as HTML with `<del>` and `<ins>` where it differs, by words."""
    return Markup("").join(diff_parts(WORD.findall(old), WORD.findall(new)))


def diff_parts(old: list[str], new: list[str]) -> Iterator[Markup]:
    """Return kept words as they are, and between them what went and what came.

    Takes milliseconds for the longest texts; a diff by blocks can take minutes.
    """
    gone, come = "", ""
    for kind, a, b, c, d in [*LCSseq.opcodes(old, new), ("equal", 0, 0, 0, 0)]:
        if kind != "equal":
            gone += "".join(old[a:b])
            come += "".join(new[c:d])
            continue
        if gone:
            yield Markup("<del>{}</del>").format(gone)
        if come:
            yield Markup("<ins>{}</ins>").format(come)
        gone = come = ""
        yield escape("".join(old[a:b]))
