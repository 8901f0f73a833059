"""An import in a real browser: uploaded, mapped, checked, made, released, taken back."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_pages import look_at

EDITOR = "emil-ebert"
TABLE = """Projekt;Worum es geht;Stadt;Thema
Balkonspaziergang;Ehrenamtliche holen Nachbarn auf den Balkon.;Mannheim;Bewegung
Brunnenfest;Ein Fest am neuen Trinkbrunnen.;Nirgendwo;Bewegung
"""
COLUMNS = {"Projekt": "title", "Worum es geht": "summary", "Stadt": "municipalities"}
STAGES = {"start": "wartet auf Freigabe", "release": "freigegeben", "undo": "zurückgenommen"}


def upload(page, source: str) -> None:
    page.set_input_files(
        "#upload [name=file]",
        {"name": "fremd.csv", "mimeType": "text/csv", "buffer": TABLE.encode()},
    )
    page.fill("#upload [name=source]", source)
    page.click("#upload button[type=submit]")


@pytest.mark.parametrize("script", [True, False], ids=["script", "without-script"])
def test_import_goes_from_upload_to_release_and_back(visit, script):
    visitor = visit(EDITOR, script=script)
    page = visitor.open("/redaktion/import/")
    assert not script or look_at(visitor, "imports") == []
    visitor.resize(1280)

    upload(page, f"Browser {script}")
    settled(page, "geprüft", script=script)
    expect(page.locator("main")).to_contain_text("Kommune fehlt.")
    assert not script or look_at(visitor, "import-unmapped") == []
    visitor.resize(1280)

    for heading, field in (
        ("Projekt", "title"),
        ("Worum es geht", "summary"),
        ("Stadt", "municipalities"),
    ):
        page.get_by_label(heading, exact=True).select_option(field)
    page.click("#mapping button[type=submit]")
    settled(page, "geprüft", script=script)
    expect(page.locator("main")).to_contain_text("Diese Kommune kennen wir nicht.")
    assert not script or look_at(visitor, "import-checked") == []
    visitor.resize(1280)

    for form, stage in (
        ("start", "wartet auf Freigabe"),
        ("release", "freigegeben"),
        ("undo", "zurückgenommen"),
    ):
        page.click(f"#{form} button")
        settled(page, stage, script=script)
        assert not script or look_at(visitor, f"import-{form}") == []
        visitor.resize(1280)


def settled(page, stage: str, *, script: bool) -> None:
    """Wait until an import stands at a stage; without a script by asking again."""
    shown = page.locator("#progress strong")
    for _second in range(150):  # the worker of a fresh demo has much to do
        if shown.inner_text() == stage and page.get_by_role("list").count():
            return
        page.wait_for_timeout(1_000)
        if not script and page.get_by_role("link", name="Stand aktualisieren").count():
            page.get_by_role("link", name="Stand aktualisieren").click()
    raise AssertionError(f"{shown.inner_text()} instead of {stage}")


def test_a_file_that_is_no_table_is_refused_beside_the_field(visit):
    visitor = visit(EDITOR, width=360)
    page = visitor.open("/redaktion/import/")
    page.set_input_files(
        "#upload [name=file]", {"name": "x.csv", "mimeType": "text/csv", "buffer": b";;\n"}
    )
    page.click("#upload button[type=submit]")

    expect(page.get_by_text("keine Tabelle mit Spaltenüberschriften").first).to_be_visible()
    assert visitor.axe() == []
    assert visitor.overflow() <= 0
