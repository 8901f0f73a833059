"""Makes the files of the demo: documents, tables, slides, pictures."""

import csv
import io
import textwrap
from typing import Any

from docx import Document
from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFont
from pptx import Presentation

PAPER, MARGIN, INK = (1240, 1754), 120, (20, 60, 70)
TITLE_AND_CONTENT = 1  # of the slide layouts


def make_file(row: dict[str, Any]) -> bytes:
    """Return the bytes of a file in the format its name ends with."""
    return MAKERS[row["name"].rsplit(".", 1)[1]](row)


def saved(thing: Any, **options: Any) -> bytes:
    stream = io.BytesIO()
    thing.save(stream, **options)
    return stream.getvalue()


def make_text(row: dict[str, Any]) -> bytes:
    return "\n\n".join([row["title"], *row["paragraphs"]]).encode()


def make_document(row: dict[str, Any]) -> bytes:
    document = Document()
    document.core_properties.author = "inforo"
    document.core_properties.title = row["title"]
    document.add_heading(row["title"], level=0)
    for paragraph in row["paragraphs"]:
        if paragraph.startswith("# "):
            document.add_heading(paragraph[2:], level=1)
        else:
            document.add_paragraph(paragraph)
    return saved(document)


def make_sheet(row: dict[str, Any]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(row["title"][:31].replace("/", "-").replace(":", ""))
    for cells in row["rows"]:
        sheet.append(cells)
    return saved(book)


def make_csv(row: dict[str, Any]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(row["rows"])
    return stream.getvalue().encode("utf-8-sig")


def make_slides(row: dict[str, Any]) -> bytes:
    """Return a slide per paragraph, the part before the colon as its heading."""
    deck = Presentation()
    deck.core_properties.title = row["title"]
    for paragraph in row["paragraphs"]:
        slide = deck.slides.add_slide(deck.slide_layouts[TITLE_AND_CONTENT])
        heading, _, words = paragraph.partition(": ")
        slide.shapes.title.text = heading
        slide.placeholders[1].text = words
    return saved(deck)


def draw_poster(row: dict[str, Any]) -> Image.Image:
    poster = Image.new("RGB", PAPER, "white")
    pen, top = ImageDraw.Draw(poster), MARGIN
    for words, size in [(row["title"], 84), *((each, 44) for each in row["paragraphs"])]:
        for line in textwrap.wrap(words, (PAPER[0] - 2 * MARGIN) * 2 // size):
            pen.text((MARGIN, top), line, fill=INK, font=ImageFont.load_default(size))
            top += size * 5 // 4
        top += size
    return poster


def make_picture(row: dict[str, Any]) -> bytes:
    return saved(draw_poster(row), format="PNG")


def make_poster(row: dict[str, Any]) -> bytes:
    return saved(draw_poster(row), format="PDF", title=row["title"], resolution=150)


MAKERS = {
    "txt": make_text,
    "docx": make_document,
    "xlsx": make_sheet,
    "csv": make_csv,
    "pptx": make_slides,
    "png": make_picture,
    "pdf": make_poster,
}
