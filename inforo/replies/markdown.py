"""The HTML of a mail as Markdown: paragraphs, lists, links, emphasis, quotes; nothing else."""

import re
from html import unescape
from html.parser import HTMLParser

BLOCKS = frozenset(
    [
        "p",
        "div",
        "table",
        "tr",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "section",
        "article",
        "header",
        "footer",
        "center",
    ]
)
SILENT = frozenset(["head", "style", "script", "title", "noscript", "template", "svg"])
SIGNATURES = ("gmail_signature", "moz-signature", "signature", "ms-outlook-mobile-signature")
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
VOID = frozenset(["br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr"])
DEEPEST = 8
MOST_SILENT = 1_000


class Writer(HTMLParser):
    """Collects lines; each line knows how deep it is quoted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.depth = 0
        self.silent: list[str] = []
        self.links: list[tuple[str, int]] = []

    def flush(self) -> None:
        """End the line."""
        words = " ".join(self.line.split())
        words = re.sub(r"\*{2}\s*\*{2}|(?<!\*)\*\s+\*(?!\*)", "", words)
        self.lines.append("> " * self.depth + words if words else "")
        self.line = ""

    def gap(self) -> None:
        if self.line.strip(" "):  # a line with nothing but a fixed space is an empty one
            self.flush()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.silent or tag in SILENT or is_signature(given):
            if tag not in VOID and len(self.silent) < MOST_SILENT:
                self.silent.append(tag)
        elif tag == "br":
            self.flush()
        elif tag == "hr":
            self.gap()
            self.lines.append("")
        else:
            self.open(tag, given)

    def open(self, tag: str, given: dict[str, str]) -> None:
        if tag in BLOCKS or tag in {"blockquote", "li"}:
            self.gap()
        if tag == "p":
            self.lines.append("> " * self.depth)
        elif tag == "blockquote":
            self.depth = min(self.depth + 1, DEEPEST)
        elif tag == "li":
            self.line = "- "
        elif tag in {"td", "th"}:
            self.line += " "
        elif tag == "a":
            self.links.append((given.get("href", "").strip(), len(self.line)))
        self.line += MARKS.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag in self.silent:
                while self.silent.pop() != tag:
                    pass
            return
        if tag == "a" and self.links:
            self.end_link()
        self.line = end_mark(self.line, MARKS.get(tag, ""))
        if tag in BLOCKS or tag in {"blockquote", "li"}:
            self.gap()
        if tag in {"p", "ul", "ol", "table"}:
            self.lines.append("")
        if tag == "blockquote":
            self.depth = max(0, self.depth - 1)

    def end_link(self) -> None:
        """Write a link as Markdown, unless its text is the address already."""
        url, start = self.links.pop()
        words = self.line[start:].strip()
        bare = url.removeprefix("mailto:").rstrip("/")
        is_safe = url.startswith(("http://", "https://")) and not re.search(r"[\s()<>]", url)
        if is_safe and words and words.rstrip("/") != bare:
            self.line = f"{self.line[:start]}[{words}]({url})"

    def end(self) -> None:
        """Take the text behind the last tag; an unfinished tag or comment is none.

        `close()` would look for the end of each unfinished one anew: minutes for a mail.
        """
        if not self.rawdata.startswith("<"):
            self.handle_data(unescape(self.rawdata))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.line += data.replace("\n", " ").replace("\r", " ").replace("\t", " ")


def end_mark(line: str, mark: str) -> str:
    """Close an emphasis right behind its last letter, or take an empty one away."""
    if not mark:
        return line
    bare = line.rstrip()
    return bare.removesuffix(mark) if bare.endswith(mark) else bare + mark + line[len(bare) :]


def is_signature(given: dict[str, str]) -> bool:
    names = given.get("class", "").split() + [given.get("id", "")]
    return any(name.lower() in SIGNATURES for name in names)


def from_html(html: str) -> str:
    """Return the words of an HTML mail as Markdown."""
    writer = Writer()
    writer.feed(html)
    writer.end()
    writer.gap()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in writer.lines)).strip()
