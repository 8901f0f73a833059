"""Reading and drawing: each kind of file, and those that mean harm."""

import dataclasses
import io
import socket
import threading

import pytest
from PIL import Image

from inforo.contents import making
from inforo.contents.models import PreviewState, TextState
from tests import services
from tests.contents import made

WORDS = "Hebammen besuchen Familien in Großräschen"


needs_libreoffice = pytest.mark.skipif(
    not services.has_libreoffice() and not services.REQUIRED, reason="LibreOffice is missing"
)


@pytest.fixture
def without_office(app, monkeypatch):
    without = dataclasses.replace(app.extensions["settings"], office_program="")
    monkeypatch.setitem(app.extensions, "settings", without)


def make(data, kind):
    found = making.read(data, kind)
    return found, making.draw(data, kind, "Titel des Werkzeugs", found)


def picture(drawn):
    shown = Image.open(io.BytesIO(drawn.picture))
    assert shown.format == "WEBP"
    assert shown.size == (drawn.width, drawn.height)
    assert max(shown.size) <= 800
    return shown


def is_blank(shown):
    low, high = shown.convert("L").getextrema()
    return high - low < 30


TEXTS = {
    "pdf": lambda: made.pdf(WORDS),
    "docx": lambda: made.docx(WORDS),
    "xlsx": lambda: made.xlsx(["Jahr", 2026], [WORDS]),
    "pptx": lambda: made.pptx("Folie", notes=WORDS),
    "odt": lambda: made.open_document(WORDS),
    "ods": lambda: made.open_document(WORDS, kind="spreadsheet"),
    "odp": lambda: made.open_document(WORDS, kind="presentation"),
    "txt": lambda: WORDS.encode(),
    "csv": lambda: WORDS.encode("cp1252"),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_text_of_each_kind_is_read(kind):
    found = making.read(TEXTS[kind](), kind)

    assert found.state is TextState.DONE
    assert WORDS in found.text


def test_text_in_two_bytes_is_read():
    assert making.read("Maßnahme".encode("utf-16"), "txt").text == "Maßnahme"


def test_long_text_is_cut():
    found = making.read(b"Wort \n" * 100_000, "txt")

    assert len(found.text) == 200_000


def test_pdf_shows_its_first_page_and_number_of_pages():
    _found, drawn = make(made.pdf(WORDS, pages=3), "pdf")

    assert (drawn.state, drawn.pages) == (PreviewState.PAGE, 3)
    assert not is_blank(picture(drawn))


def test_pdf_as_large_as_a_house_is_drawn_small():
    _found, drawn = make(made.pdf(WORDS, size="5000mm 4000mm"), "pdf")

    assert drawn.state is PreviewState.PAGE
    assert picture(drawn).size == (800, 641)


def test_picture_is_made_small():
    found, drawn = make(made.png(), "png")

    assert found.state is TextState.EMPTY
    assert picture(drawn).size == (800, 200)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "odt", "ods", "odp", "txt", "csv"])
@pytest.mark.usefixtures("without_office")
def test_without_libreoffice_the_text_is_drawn(kind):
    _found, drawn = make(TEXTS[kind](), kind)

    assert drawn.state is PreviewState.TEXT
    assert not is_blank(picture(drawn))


@needs_libreoffice
@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "odt", "ods", "odp"])
def test_libreoffice_draws_the_real_page(kind):
    data = made.pptx(WORDS) if kind == "pptx" else TEXTS[kind]()

    _found, drawn = make(data, kind)

    assert (drawn.state, drawn.pages) == (PreviewState.PAGE, 1)
    assert not is_blank(picture(drawn))


@needs_libreoffice
def test_document_fetches_nothing_from_elsewhere():
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(15)
    called = []
    threading.Thread(target=lambda: called.append(accept(listening)), daemon=True).start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/zaehlpixel.png"

    _found, drawn = make(made.open_document(WORDS, image=address), "odt")
    listening.close()

    assert drawn.state is PreviewState.PAGE
    assert not any(called)


def accept(listening):
    try:
        return listening.accept()
    except OSError:
        return None


BOMBS = {
    "ratio": lambda: made.archive({"word/document.xml": b"0" * 60_000_000}),
    "entries": lambda: made.archive({f"word/{number}": b"x" for number in range(2_001)}),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb_is_neither_read_nor_drawn(bomb):
    found, drawn = make(BOMBS[bomb](), "docx")

    assert found.state is TextState.REFUSED
    assert drawn == making.NOTHING


def test_locked_pdf_has_no_preview():
    found, drawn = make(made.locked_pdf(WORDS), "pdf")

    assert found.state is TextState.REFUSED
    assert drawn == making.NOTHING


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "pptx", "odt", "png"])
@pytest.mark.usefixtures("without_office")
def test_broken_file_has_no_preview(kind):
    _found, drawn = make(b"%PDF-1.7 nothing else", kind)

    assert drawn == making.NOTHING


def test_entities_of_a_document_are_not_resolved():
    content = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'

    found = making.read(made.archive({"content.xml": content}), "odt")

    assert found.state is TextState.FAILED


def test_program_that_takes_too_much_memory_ends(monkeypatch):
    monkeypatch.setattr(making, "MEMORY_BYTES", 40_000_000)

    found = making.read(made.docx(WORDS), "docx")

    assert found.state is TextState.FAILED
