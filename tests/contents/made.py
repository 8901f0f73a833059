"""Real little files, made where they are needed."""

import io
import zipfile

from docx import Document
from openpyxl import Workbook
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML

MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def saved(thing):
    stream = io.BytesIO()
    thing.save(stream)
    return stream.getvalue()


def docx(*paragraphs):
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def pptx(title, notes=""):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = title
    slide.notes_slide.notes_text_frame.text = notes
    return saved(deck)


def open_document(words, *, kind="text", image=""):
    """Return an ODT, ODS or ODP of one paragraph; `image` is an address it wants to load."""
    frame = f'<draw:frame><draw:image xlink:href="{image}"/></draw:frame>' if image else ""
    paragraph = f"<text:p>{words}{frame}</text:p>"
    inside = {
        "text": f"<office:text>{paragraph}</office:text>",
        "spreadsheet": '<office:spreadsheet><table:table table:name="Blatt"><table:table-row>'
        f"<table:table-cell>{paragraph}</table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet>",
        "presentation": '<office:presentation><draw:page draw:name="eins"><draw:frame '
        'svg:width="9cm" svg:height="3cm"><draw:text-box>'
        f"{paragraph}</draw:text-box></draw:frame></draw:page></office:presentation>",
    }[kind]
    content = (
        f'<office:document-content xmlns:office="{OFFICE}office:1.0" '
        f'xmlns:text="{OFFICE}text:1.0" xmlns:table="{OFFICE}table:1.0" '
        f'xmlns:draw="{OFFICE}drawing:1.0" xmlns:svg="{OFFICE}svg-compatible:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body>{inside}</office:body></office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return archive(
        {
            "mimetype": mimetype,
            "content.xml": content,
            "META-INF/manifest.xml": MANIFEST.format(kind=mimetype),
        }
    )


def archive(entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return stream.getvalue()


def pdf(words, *, pages=1, size="A4"):
    body = f"<p>{words}</p>" + '<p style="break-before: page">weiter</p>' * (pages - 1)
    style = f"<style>@page {{ size: {size} }}</style>"
    return HTML(string=f"<html><head>{style}</head><body>{body}</body></html>").write_pdf()


def locked_pdf(words):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(words))))
    writer.encrypt("geheim", algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def png(width=1600, height=400):
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(stream, format="PNG")
    return stream.getvalue()
