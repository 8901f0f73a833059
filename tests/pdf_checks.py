"""What a PDF file of ours must be: a tagged file that says what everything is.

`check(data)` opens the file with pikepdf, runs the rules of pdfua (PDF/UA-1), and looks at
what those rules leave out: headings in order, header cells, embedded fonts, reading order.
"""

import io
import tempfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
from pdfua.model import Severity
from pdfua.validator import Validator
from pypdf import PdfReader

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


class Sheet:
    """A checked PDF file: its words, its structure."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.elements = list(walk(self.pdf.Root.StructTreeRoot.K))
        self.tags = Counter(str(element.S) for element in self.elements)
        self.reader = PdfReader(io.BytesIO(data))
        self.pages = [" ".join(page.extract_text().split()) for page in self.reader.pages]
        self.text = " ".join(self.pages)

    @property
    def title(self) -> str:
        return str(self.pdf.docinfo.get("/Title", ""))

    @property
    def bookmarks(self) -> list[str]:
        return list(titles(self.reader.outline))


def titles(outline: list[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from titles(entry)
        else:
            yield str(entry.title)


def walk(kids: Any) -> Iterator[Any]:
    """Yield the structure elements in reading order."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from walk(kid.K)


def check(data: bytes) -> Sheet:
    sheet = Sheet(data)
    root = sheet.pdf.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) in {"de", "en"}
    assert root.ViewerPreferences.DisplayDocTitle
    assert sheet.title
    check_identifier(sheet)
    check_headings(sheet)
    check_cells(sheet)
    check_figures(sheet)
    check_fonts(sheet)
    check_content_is_marked(sheet)
    check_with_pdfua(data)
    return sheet


def check_identifier(sheet: Sheet) -> None:
    with sheet.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == sheet.title


def check_headings(sheet: Sheet) -> None:
    levels = [int(str(e.S)[2]) for e in sheet.elements if str(e.S) in HEADINGS]
    assert levels
    assert levels[0] == 1
    assert levels.count(1) == 1
    jumps = [(a, b) for a, b in zip(levels, levels[1:], strict=False) if b > a + 1]
    assert not jumps, f"headings leave out a level: {levels}"


def check_cells(sheet: Sheet) -> None:
    for element in sheet.elements:
        if str(element.S) == "/TH":
            assert str(element.A.Scope) in {"/Row", "/Column"}
        if str(element.S) == "/Table":
            inside = Counter(str(part.S) for part in walk(element.K))
            assert inside["/TH"], "a table without header cells"
            assert inside["/Caption"] == 1


def check_figures(sheet: Sheet) -> None:
    for element in sheet.elements:
        if str(element.S) == "/Figure":
            assert str(element.Alt)


def check_fonts(sheet: Sheet) -> None:
    fonts = [thing for thing in sheet.pdf.objects if is_font(thing)]
    assert fonts
    for font in fonts:
        described = font.FontDescriptor if "/FontDescriptor" in font else None
        if described is not None:
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(described.keys())
    names = {str(font.BaseFont) for font in fonts if "/BaseFont" in font}
    assert any("Figtree" in name for name in names), names


def is_font(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"


def check_content_is_marked(sheet: Sheet) -> None:
    """Every text is drawn between the marks of an element or of decoration."""
    for page in sheet.pdf.pages:
        depth = 0
        for _operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            assert depth or name not in {"Tj", "TJ", "Do", "'", '"'}, "unmarked content"


def check_with_pdfua(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        report = Validator().validate(file.name)
    found = [
        f"{outcome.rule_id}: {finding.message}"
        for outcome in report.outcomes
        for finding in outcome.findings
        if finding.severity in {Severity.ERROR, Severity.WARNING}
    ]
    assert not found
