"""Editors import on pages, without JavaScript."""

import io

import pytest

from inforo import jobs
from inforo.exchange import actions
from inforo.exchange.models import ImportAs
from tests import factories
from tests.exchange.importing import HEADINGS, released, row, table, then, upload


@pytest.fixture
def editor(browser):
    browser.sign_in(factories.make_emil())
    return browser


def sent(editor, data: bytes, name: str = "fremd.csv", status: int = 200, **fields):
    page = editor.open("/redaktion/import/")
    return page.submit(
        "upload", status=status, file=(io.BytesIO(data), name), source="Quelle", **fields
    )


def test_import_goes_from_upload_to_release(editor):
    data = "Titel;Kurz gesagt;Kommune\r\nBewegte Pause;Ein Satz.;Mannheim\r\nX;Y;Nirgendwo\r\n"
    page = sent(editor, data.encode("cp1252"))
    jobs.work_all()

    page = editor.open(page.url)
    assert "neu: 1" in page.text
    assert "Diese Kommune kennen wir nicht." in page.text
    page = page.submit("start")
    jobs.work_all()
    page = editor.open(page.url).submit("release")
    jobs.work_all()
    page = editor.open(page.url)

    assert "freigegeben" in page.text
    assert page.has_form("undo")


def test_columns_can_be_mapped_in_a_form(editor):
    page = sent(editor, b"Projekt;Titel;Stadt\r\nLang;Kurz;Mannheim\r\n")
    jobs.work_all()
    page = editor.open(page.url)
    assert "Kommune fehlt." in page.text

    page = page.submit("mapping", column=["", "title", "municipalities"])
    jobs.work_all()

    assert "neu: 1" in editor.open(page.url).text


def test_file_without_headings_is_refused_with_a_sentence(editor):
    page = sent(editor, b"\r\n\r\n;;\r\n", status=422)

    assert "keine Tabelle mit Spaltenüberschriften" in page.text


def test_missing_title_column_is_refused_and_the_mapping_stays(editor):
    page = sent(editor, b"Titel;Ort\r\nKurz;Mannheim\r\n")
    jobs.work_all()

    page = editor.open(page.url).submit("mapping", status=422, column=["", ""])

    assert "Bitte ordnen Sie eine Spalte dem Titel zu." in page.text


def test_rejected_rows_can_be_corrected_and_sent_again(editor):
    batch = upload(table(row(1, place="Nirgendwo"), row(2)))
    rejected = editor.client.get(f"/redaktion/import/{batch.id}/abgewiesen.csv").data

    corrected = rejected.decode("utf-8-sig").replace("Nirgendwo", "Mannheim").encode()
    again = upload(corrected, import_as=ImportAs.SUBMITTED)

    assert rejected.decode("utf-8-sig").startswith(HEADINGS)
    assert again.total == 1


def test_page_of_an_import_needs_few_queries(editor, count_queries):
    few = upload(table(*(row(number, place="Nirgendwo") for number in range(2))))
    many = upload(table(*(row(number, place="Nirgendwo") for number in range(15))))
    for batch in (few, many):
        editor.open(f"/redaktion/import/{batch.id}")

    counts = [
        count_queries(lambda batch=batch: editor.open(f"/redaktion/import/{batch.id}"))
        for batch in (few, many)
    ]

    assert counts[0] == counts[1] <= 12


def test_undo_on_the_page(editor):
    batch = released(table(row(1)))
    page = editor.open(f"/redaktion/import/{batch.id}").submit("undo")
    jobs.work_all()

    assert "zurückgenommen" in editor.open(page.url).text


def test_cancelled_import_is_discarded(editor):
    batch = then(upload(table(row(1))), actions.start)
    page = editor.open(f"/redaktion/import/{batch.id}").submit("discard")
    jobs.work_all()

    assert "verworfen" in editor.open(page.url).text


def test_the_progress_is_told_once_with_one_statement(editor, count_queries):
    page = sent(editor, table(row(1), row(2)))
    where = f"{page.url}/stand"

    first = editor.client.get(where)
    again = editor.client.get(where, headers={"If-None-Match": first.headers["ETag"]})
    few = count_queries(lambda: editor.client.get("/redaktion/import/999/stand"))
    jobs.work_all()
    last = editor.client.get(where, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "HX-Refresh" not in first.headers
    assert last.status_code == 200
    assert last.headers["HX-Refresh"] == "true"
    assert count_queries(lambda: editor.client.get(where)) == few
