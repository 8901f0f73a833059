"""What people take along holds what they may read, and nothing else."""

import csv
import hashlib
import io
import json
import zipfile

import pytest

from inforo import files, jobs
from inforo.db import session
from inforo.exchange import tables
from inforo.exchange.models import ExportFormat, ToolboxExport
from inforo.toolbox.example_parts import ExampleCriterion, ExampleFile
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState, ObstacleAudience
from tests import factories
from tests.reference import MUENSTER

SECRET = {
    "contact_name": "Käthe Beispiel",
    "contact_email": "kaethe@stadt.example",
    "contact_phone": "0621 1",
    "obstacles": "Streit im Amt.",
    "lessons": "Früher reden.",
    "obstacles_audience": ObstacleAudience.MEMBERS,
}
HIDDEN = ("Käthe", "kaethe@", "0621 1", "Streit im Amt", "Früher reden")


def taken(browser, format="jsonl", address="/werkzeugkiste/export", **fields):
    """Order a file, let the worker make it, and return its bytes."""
    page = ordered(browser, format, address, **fields)
    [link] = page.html.select("#export a[href$='/datei']")
    return browser.client.get(link["href"]).data


def ordered(browser, format="jsonl", address="/werkzeugkiste/export", **fields):
    """Order a file, let the worker make it, and return the page that offers it."""
    page = browser.open(address).submit("export-form", format=format, **fields)
    jobs.work_all()
    return browser.open(page.url)


def records(data: bytes) -> list[dict]:
    return [json.loads(line) for line in data.splitlines()]


def test_guests_take_along_public_fields_only(browser):
    factories.make_example("Sichtbar", **SECRET)
    factories.make_example("Entwurf", state=ExampleState.DRAFT)
    factories.make_tool("Muster")

    found = taken(browser)

    assert [(each["type"], each["title"]) for each in records(found)] == [
        ("example", "Sichtbar"),
        ("tool", "Muster"),
    ]
    assert not [word for word in HIDDEN if word in found.decode()]
    assert "contact_name" not in records(found)[0]


def test_members_take_along_contacts_and_stumbling_blocks(browser):
    factories.make_example("Sichtbar", **SECRET)
    browser.sign_in(factories.make_anna())

    found = taken(browser).decode()

    assert all(word in found for word in HIDDEN)


@pytest.mark.parametrize("format", ExportFormat)
def test_no_format_tells_guests_what_is_for_members(browser, format):
    factories.make_example("Sichtbar", **SECRET)

    data = taken(browser, format=format.value)
    if format is ExportFormat.FOLDER:
        data = zipfile.ZipFile(io.BytesIO(data)).read("examples.jsonl")

    assert "Sichtbar" in data.decode()
    assert not [word for word in HIDDEN if word in data.decode()]


def test_filters_of_the_list_narrow_the_file(browser):
    factories.make_example("In Mannheim")
    factories.make_example("In Münster", municipality=MUENSTER)
    factories.make_tool("Muster")

    found = taken(browser, address="/werkzeugkiste/export?land=NW")

    assert [each["title"] for each in records(found)] == ["In Münster"]


def test_list_leads_to_the_export_with_its_filters(browser):
    factories.make_example("In Münster", municipality=MUENSTER)
    page = browser.open("/werkzeugkiste/?land=NW").follow("mitnehmen")

    assert "Gefiltert nach: Nordrhein-Westfalen" in page.text


def test_guests_share_one_file_until_the_catalogue_changes(browser, new_browser):
    factories.make_example("Eins")
    first, second, third = browser, new_browser(), new_browser()
    taken(first)
    taken(second)
    factories.make_example("Zwei")
    taken(third)

    assert session.query(ToolboxExport).count() == 2


def test_withdrawn_example_closes_the_file(browser):
    example = factories.make_example("Eins")
    address = ordered(browser).url
    session.get_one(Example, example.id).withdraw()
    session.commit()

    assert "Inzwischen hat sich etwas geändert" in browser.open(address).text
    assert browser.open(f"{address}/datei", 303).response.status_code == 303


def test_members_file_is_nobody_elses(browser, new_browser):
    factories.make_example("Eins")
    browser.sign_in(factories.make_anna())
    address = ordered(browser).url

    assert new_browser().open(address, status=404).text
    assert new_browser().open(f"{address}/datei", status=404).text


def test_editors_take_along_what_they_may_see_of_the_unpublished(browser):
    factories.make_example("Eingereicht", state=ExampleState.SUBMITTED)
    factories.make_example("Entwurf", state=ExampleState.DRAFT)
    browser.sign_in(factories.make_emil())

    found = records(taken(browser, full="y"))

    assert [(each["title"], each["state"]) for each in found] == [("Eingereicht", "submitted")]


def test_former_editor_gets_no_full_file(browser):
    emil = factories.make_emil()
    browser.sign_in(emil)
    form = browser.open("/werkzeugkiste/export")
    form.submit("export-form", format="jsonl", full="y")
    session.query(factories.RoleAssignment).delete()
    session.commit()

    jobs.work_all()

    assert session.query(ToolboxExport).one().refusal


def test_folder_holds_each_file_once_with_its_hash(app, browser):
    example = factories.make_example("Mit Datei")
    for title in ("A", "B"):
        stored = files.store_bytes(b"gleicher Inhalt", "notiz.txt", None)
        example.files.append(ExampleFile(file=stored, title=title))
    session.commit()

    archive = zipfile.ZipFile(io.BytesIO(taken(browser, format="zip")))

    manifest = json.loads(archive.read("manifest.json"))["sha256"]
    assert sorted(archive.namelist()) == sorted([*manifest, "manifest.json"])
    assert len([name for name in manifest if name.startswith("files/")]) == 1
    for name, digest in manifest.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest


def test_table_opens_in_excel_without_formulas(browser):
    example = factories.make_example('=HYPERLINK("x")', goals="- Punkt\n- Punkt")
    example.criteria.append(
        ExampleCriterion(
            criterion_key="setting-ansatz",
            position=3,
            level=3,
            reason="Ja.",
            is_highlighted=True,
        )
    )
    session.commit()

    data = taken(browser, format="csv")

    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["Titel"] == '\'=HYPERLINK("x")'
    assert rows[0]["Ziele"] == "'- Punkt\n- Punkt"
    assert rows[0]["Kriterium Setting-Ansatz"] == "3* Ja."


@pytest.mark.parametrize("cell", ["=1", "'=1", "'ein", "''", "", "ein", " =1", "-", "\t=1"])
def test_neutral_cell_reads_back_as_it_was(cell):
    assert tables.original(tables.harmless(cell)) == cell


def test_export_needs_few_queries_however_many_examples(browser, count_queries):
    factories.make_example()
    browser.open("/werkzeugkiste/export")
    one = count_queries(lambda: browser.open("/werkzeugkiste/export"))
    for number in range(5):
        factories.make_example(f"Beispiel {number}")
    browser.open("/werkzeugkiste/export")

    assert count_queries(lambda: browser.open("/werkzeugkiste/export")) <= one <= 8
