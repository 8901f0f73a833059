"""Reads the text of a file. A program of its own: it imports nothing of ours, has limits.

`read_text.py KIND ORDER` takes the file from stdin and writes its text to stdout. Archives
are measured before they are opened; a file that is locked or a bomb ends with REFUSED.
"""

import io
import json
import re
import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdfium2
from defusedxml import ElementTree
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

ENOUGH_SECONDS = 20  # a long PDF ends here with what was read
MOST_CHARACTERS = 200_000
REFUSED, BROKEN = 3, 4
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DIVIDED = re.compile("[\u00ad\ufffe\x02]\\s*|(?<=\\w)-\\r?\\n(?=[a-zäöüß])")
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Refused(Exception):
    """The file is locked, or would be too large when it is unpacked."""


def check_archive(data: bytes, limits: dict[str, int]) -> None:
    """Raise Refused by what the archive says of itself, before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > limits["entries"]
        or unpacked > limits["bytes"]
        or unpacked > limits["ratio"] * len(data)
        or any(entry.flag_bits & 1 for entry in entries)
    ):
        raise Refused("archive is locked or too large")


def of_pdf(data: bytes) -> Iterator[str]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise (Refused if "assword" in str(error) else ValueError)(str(error)) from error
    for number in range(len(document)):
        if time.process_time() > ENOUGH_SECONDS:
            return
        page = document[number]
        yield page.get_textpage().get_text_range(errors="ignore")
        page.close()


def of_docx(data: bytes) -> Iterator[str]:
    body: Any = Document(io.BytesIO(data)).element.body
    for paragraph in body.iter(f"{WORD}p"):
        yield "".join(piece.text or "" for piece in paragraph.iter(f"{WORD}t"))


def of_pptx(data: bytes) -> Iterator[str]:
    for slide in Presentation(io.BytesIO(data)).slides:
        parts = [slide._element]
        if slide.has_notes_slide:
            parts.append(slide.notes_slide._element)
        for part in parts:
            for paragraph in part.iter(f"{DRAWING}p"):
                yield "".join(piece.text or "" for piece in paragraph.iter(f"{DRAWING}t"))


def of_xlsx(data: bytes) -> Iterator[str]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        yield str(sheet.title)
        for row in sheet.iter_rows(values_only=True):
            yield " · ".join(str(value) for value in row if value is not None)


def of_open_document(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    for element in root.iter():
        if element.tag in {f"{ODF_TEXT}p", f"{ODF_TEXT}h"}:
            yield "".join(element.itertext())


def of_plain(data: bytes) -> Iterator[str]:
    """Decode as Unicode where it says or proves to be, else as Western European Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield data.decode("utf-16", errors="replace")
        return
    try:
        yield data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield data.decode("cp1252", errors="replace")


READERS = {
    "pdf": of_pdf,
    "docx": of_docx,
    "pptx": of_pptx,
    "xlsx": of_xlsx,
    "odt": of_open_document,
    "ods": of_open_document,
    "odp": of_open_document,
    "txt": of_plain,
    "csv": of_plain,
}
PLAIN = frozenset({"pdf", "txt", "csv"})


def read(kind: str, data: bytes, limits: dict[str, int]) -> str:
    """Return the text of a file: one line per paragraph or row, not more than is indexed."""
    if kind not in PLAIN:
        check_archive(data, limits)
    found: list[str] = []
    length = 0
    for piece in READERS[kind](data):
        joined = UNFIT.sub(" ", DIVIDED.sub("", piece))
        lines = (" ".join(line.split()) for line in joined.splitlines())
        clean = "\n".join(line for line in lines if line)
        if clean:
            found.append(clean)
            length += len(clean) + 1
        if length > MOST_CHARACTERS:
            break
    return "\n".join(found)[:MOST_CHARACTERS]


def main() -> int:
    order = json.loads(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    try:
        text = read(sys.argv[1], sys.stdin.buffer.read(), order)
    except Refused as error:
        sys.stderr.write(str(error))
        return REFUSED
    except Exception as error:  # whatever a reader raises on hostile data
        sys.stderr.write(f"{type(error).__name__}: {error}")
        return BROKEN
    sys.stdout.buffer.write(text.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
