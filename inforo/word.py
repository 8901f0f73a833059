"""Word files (DOCX) that office software and screen readers understand.

Real heading styles, lists and header rows, a title, and German as language of the text: what
makes a document accessible. No pictures, so nothing needs an alternative.
"""

import io
from collections.abc import Iterable
from datetime import UTC
from html.parser import HTMLParser
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from inforo import clock
from inforo.i18n import _, language

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Calibri"  # offices have it; ours is for the web
INK = RGBColor(0x0B, 0x46, 0x50)
LINE = "C4D5D8"
PAPER = Mm(210), Mm(297)
MARGIN, FOOT = Mm(25), Mm(12)
LABELS, VALUES = Mm(45), Mm(115)  # the columns of a table of facts
LANGUAGES = {"de": "de-DE", "en": "en-GB"}


class WordFile:
    """A document being written, from the top to the bottom."""

    def __init__(self, title: str, author: str, subject: str = "") -> None:
        self.document: Any = Document()
        self.set_properties(title, author, subject)
        self.set_styles()
        self.set_pages(title)
        self.document.add_heading(title, 0)

    def set_properties(self, title: str, author: str, subject: str) -> None:
        about = self.document.core_properties
        about.title, about.author, about.subject = title[:255], author[:255], subject[:255]
        about.language = LANGUAGES[language()]
        about.comments, about.keywords = "", ""
        about.created = about.modified = clock.now().astimezone(UTC).replace(tzinfo=None)

    def set_styles(self) -> None:
        """Set letter, colour and language once, in the styles."""
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(11)
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), LANGUAGES[language()])
        normal.element.get_or_add_rPr().append(mark)
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
            style = self.document.styles[name]
            style.font.name, style.font.color.rgb = FONT, INK
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)

    def set_pages(self, title: str) -> None:
        """Set the paper, and say at the foot of each page what it belongs to and its number."""
        section = self.document.sections[0]
        section.page_width, section.page_height = PAPER
        section.left_margin = section.right_margin = MARGIN
        section.top_margin = section.bottom_margin = MARGIN
        section.footer_distance = FOOT
        foot = section.footer.paragraphs[0]
        foot.paragraph_format.tab_stops.clear_all()
        foot.add_run(f"inforo · {title} · ")
        for name, before in (("PAGE", ""), ("NUMPAGES", " / ")):
            foot.add_run(before)
            add_field(foot, name)
        for run in foot.runs:
            run.font.size = Pt(8)

    def heading(self, words: str, level: int = 1, *, on_new_page: bool = False) -> None:
        heading = self.document.add_heading(words, level)
        heading.paragraph_format.page_break_before = on_new_page or None

    def paragraph(self, words: str, style: str | None = None) -> Any:
        return self.document.add_paragraph(words, style)

    def html(self, html: str, heading: int = 3) -> None:
        """Add the paragraphs, lists and emphasis of safe HTML."""
        HtmlWriter(self.document, heading).write(html)

    def table(self, caption: str, head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> None:
        """Add a table whose first row repeats on each page and is marked as its head."""
        table = self.document.add_table(rows=1, cols=len(head), style="Table Grid")
        describe(table, caption)
        for cell, words in zip(table.rows[0].cells, head, strict=True):
            cell.text = ""
            cell.paragraphs[0].add_run(words).bold = True
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(mark)
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
        arrange(table)
        self.document.add_paragraph()

    def contents(self, entries: Iterable[str]) -> None:
        """Add a table of contents: a field Word fills with pages, and until then the titles."""
        first = self.document.add_paragraph()
        add_field_part(first, "begin")
        add_instruction(first, ' TOC \\o "1-1" \\h \\z \\u ')
        add_field_part(first, "separate")
        last = first
        for number, words in enumerate(entries, 1):
            last = first if number == 1 else self.document.add_paragraph()
            last.add_run(f"{number}. {words}")
        add_field_part(last, "end")

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def describe(table: Any, caption: str) -> None:
    """Give a table the title screen readers say."""
    mark = OxmlElement("w:tblCaption")
    mark.set(qn("w:val"), caption)
    table._tbl.tblPr.append(mark)


def arrange(table: Any) -> None:
    """Draw lines between the rows only, and give the words more room than their labels."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        is_drawn = side in {"top", "bottom", "insideH"}
        line.set(qn("w:val"), "single" if is_drawn else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), LINE)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    widths = (LABELS, VALUES) if len(table.columns) == len((LABELS, VALUES)) else ()
    table.autofit = not widths
    for column, width in zip(table.columns, widths, strict=False):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=False):
            cell.width = width
        for cell in row.cells:
            space = cell.paragraphs[0].paragraph_format
            space.space_before = space.space_after = Pt(2)


def add_field(paragraph: Any, name: str) -> None:
    """Add a number Word counts itself."""
    add_field_part(paragraph, "begin")
    add_instruction(paragraph, name)
    add_field_part(paragraph, "separate")
    paragraph.add_run("1")
    add_field_part(paragraph, "end")


def add_instruction(paragraph: Any, words: str) -> None:
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = words
    paragraph.add_run()._r.append(code)


def add_field_part(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


class HtmlWriter(HTMLParser):
    """Write safe HTML (see `text.TAGS`) as paragraphs of a document."""

    BLOCKS = frozenset({"p", "li", "pre", "td", "th", "blockquote"})
    LISTS = {"ul": "List Bullet", "ol": "List Number"}
    BOLD = frozenset({"strong", "b"})
    ITALIC = frozenset({"em", "i"})

    def __init__(self, document: Any, heading: int) -> None:
        super().__init__()
        self.document, self.level = document, heading
        self.paragraph: Any = None
        self.lists: list[str] = []
        self.marks: list[str] = []
        self.target = ""

    def write(self, html: str) -> None:
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.LISTS:
            self.lists.append(self.LISTS[tag])
        elif tag[0] == "h" and tag[1:].isdigit():
            self.paragraph = self.document.add_heading("", self.level)
        elif tag == "li" or (tag in self.BLOCKS and (not self.lists or not self.paragraph)):
            self.paragraph = self.document.add_paragraph(style=self.style)
        elif tag == "br" and self.paragraph is not None:
            self.paragraph.add_run().add_break()
        elif tag == "a":
            self.target = dict(attrs).get("href") or ""
        self.marks.append(tag)

    @property
    def style(self) -> str | None:
        return self.lists[-1] if self.lists else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.target and self.paragraph is not None:
            if not self.paragraph.text.endswith(self.target.removeprefix("mailto:")):
                self.paragraph.add_run(f" ({self.target})")
            self.target = ""
        if tag in self.LISTS and self.lists:
            self.lists.pop()
        if tag in self.BLOCKS or (tag[0] == "h" and tag[1:].isdigit()):
            self.paragraph = None
        while self.marks and self.marks.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        words = data if "pre" in self.marks else " ".join(data.split(" ")).replace("\n", " ")
        if not words.strip() and (self.paragraph is None or not self.paragraph.text):
            return
        if self.paragraph is None:
            self.paragraph = self.document.add_paragraph()
        run = self.paragraph.add_run(words)
        run.bold = True if self.BOLD & set(self.marks) else None
        run.italic = True if self.ITALIC & set(self.marks) else None


def hint_contents() -> str:
    """Return the sentence below a table of contents without page numbers."""
    return _("Seitenzahlen: in Word das Verzeichnis anklicken und F9 drücken.")
