"""Pictures of first pages: shown where there is one, to whoever may have the file."""

import pytest

from inforo import clock, files
from inforo.contents.jobs import process_file
from inforo.db import session
from inforo.toolbox.example_parts import ExampleFile
from inforo.toolbox.states import ExampleState
from inforo.toolbox.tool_models import ToolFile
from tests import factories
from tests.contents import made


def attach(example, data, name):
    stored = files.store_bytes(data, name, owner_id=None)
    session.add(ExampleFile(example_id=example.id, file=stored, title="Konzept"))
    session.commit()
    session.expire(example)
    return example.files[0]


def process(attached):
    process_file(key=attached.file.key)
    session.expire_all()


def address(example, attached):
    return f"/werkzeugkiste/beispiele/{example.id}/dateien/{attached.id}/vorschau"


def test_picture_stands_beside_the_file_of_an_example(browser):
    example = factories.make_example()
    attached = attach(example, made.pdf("Wort", pages=2), "konzept.pdf")
    before = browser.open(f"/werkzeugkiste/beispiele/{example.id}")

    process(attached)
    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}")

    assert not before.html.select("img.preview")
    assert "Die Vorschau wird noch gemacht." in before.main
    picture = page.html.select_one("img.preview")
    assert picture["alt"] == "Vorschau der ersten Seite: Konzept"
    assert picture["loading"] == "lazy"
    assert (picture["width"], picture["height"]) == ("566", "800")
    assert "2 Seiten" in page.main
    assert browser.client.get(picture["src"]).content_type == "image/webp"


def test_page_says_that_the_picture_shows_only_text(browser):
    example = factories.make_example()
    process(attach(example, b"Wort", "konzept.txt"))

    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}")

    assert "Vorschau nur mit Text" in page.main


def test_page_says_that_there_is_no_picture(browser):
    tool = factories.make_tool()
    stored = files.store_bytes(made.locked_pdf("Wort"), "geheim.pdf", owner_id=None)
    session.add(ToolFile(tool_id=tool.id, file=stored, number=1, published_at=clock.now()))
    session.commit()
    process_file(key=stored.key)
    session.expire_all()

    page = browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}")

    assert "keine Vorschau möglich" in page.main
    assert not page.html.select("img.preview")
    browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}/datei/1/vorschau", status=404)


@pytest.mark.parametrize(
    ("state", "cache"),
    [
        (ExampleState.PUBLISHED, "public, max-age=3600"),
        (ExampleState.DRAFT, "private, no-store"),
    ],
)
def test_picture_is_kept_by_browsers_only_when_it_is_public(browser, state, cache):
    author = factories.make_anna()
    example = factories.make_example(author=author, state=state)
    attached = attach(example, b"Wort", "konzept.txt")
    process(attached)
    browser.sign_in(author)

    answer = browser.client.get(address(example, attached))

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == cache
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.data[8:12] == b"WEBP"


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Examplebot/2.1)"},
        {"Range": "bytes=0-3"},
        {"Sec-Purpose": "prefetch"},
    ],
)
def test_who_does_not_read_is_not_counted(browser, headers):
    example = factories.make_example()
    attached = attach(example, b"Konzept", "konzept.txt")
    url = address(example, attached).removesuffix("/vorschau")

    assert browser.client.get(url, headers=headers).status_code in {200, 206}
    session.expire_all()
    assert attached.downloads == 0

    answer = browser.client.get(url, headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"})
    browser.client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
    session.expire_all()
    assert attached.downloads == 1


def test_picture_is_gone_with_the_right_to_read_the_example(browser):
    example = factories.make_example()
    attached = attach(example, b"Wort", "konzept.txt")
    process(attached)
    assert browser.client.get(address(example, attached)).status_code == 200

    example.withdraw()
    session.commit()

    assert browser.client.get(address(example, attached)).status_code == 404
