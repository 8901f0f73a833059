"""The editor: people format without knowing Markdown, and what they did not touch stays."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

ANNA = "anna-albrecht"
POSTS = [
    "Guten Tag,\n\nwir haben *gute* Erfahrungen mit **Lotsen**.\nZweite Zeile.\n\nGruß\nAnna",
    "## Ausgangslage\n\n* Kita\n* Schule\n    * Hort\n\n1) erstens\n2) zweitens",
    "> Bernd schrieb:\n> zwei Zeilen\n\nDazu: https://beispiel.de/a_b?c=1&d=2, @[Clara Con].",
    "| Ort | Zahl |\n|-----|-----:|\n| Mannheim | 12 |\n| Münster | 7 |\n\nDanach ein Satz.",
    "Titel mit Strich\n----------------\n\n```\ncode   bleibt\n```\n\n\n\nDrei Zeilen davor.",
    "Sternchen * allein, Unterstrich_im_Wort, 3 < 4 & 5 > 2, „Anführung“ – Gedankenstrich.",
    '[Link mit Titel](https://beispiel.de "Titel") und ![Bild](https://beispiel.de/bild.png)',
    "- eins\n\n- zwei mit Absatz\n\n  Fortsetzung\n- drei\n\n***\n\nEnde  \nhart umgebrochen",
]
ONLY_MARKDOWN = [
    "- [ ] Aufgabe\n- [x] erledigt",
    "Siehe [hier][1].\n\n[1]: https://beispiel.de",
]


@pytest.fixture
def writing(visit):
    """Open the form of a question with the editor ready."""
    visitor = visit(ANNA)
    open_form(visitor)
    return visitor


def open_form(visitor):
    visitor.open("/diskussionen/neu?entwurf=0")
    expect(text_of(visitor.page)).to_be_visible()


def text_of(page):
    return page.locator("[contenteditable=true]")


def markdown_of(page) -> str:
    return page.locator("textarea#body").evaluate("area => area.value")


def put(page, markdown: str) -> None:
    """Type Markdown into the plain field and go back to the editor."""
    page.get_by_role("button", name="Als Markdown schreiben").click()
    page.locator("textarea#body").fill(markdown)
    page.get_by_role("button", name="Als Text schreiben").click()


@pytest.mark.parametrize("post", POSTS)
def test_text_nobody_touched_is_written_back_as_it_was(writing, post):
    page = writing.page
    put(page, f"{post}\n\nSchluss")
    expect(text_of(page)).to_be_visible()

    text_of(page).press("Control+End")
    page.keyboard.type(" hier")

    assert markdown_of(page) == f"{post}\n\nSchluss hier"


@pytest.mark.parametrize("post", ONLY_MARKDOWN)
def test_text_beyond_the_editor_stays_markdown(writing, post):
    page = writing.page
    put(page, post)

    expect(page.locator("textarea#body")).to_be_visible()
    expect(page.get_by_text("nur als Markdown bearbeiten")).to_be_visible()
    assert markdown_of(page) == post


def test_buttons_write_markdown(writing):
    page = writing.page
    text_of(page).click()
    page.keyboard.type("Wichtig: ")
    page.get_by_role("button", name="Fett").click()
    page.keyboard.type("Termin")
    page.get_by_role("button", name="Fett").click()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Liste", exact=True).click()
    page.keyboard.type("eins")
    page.keyboard.press("Enter")
    page.keyboard.type("zwei")

    assert markdown_of(page) == "Wichtig: **Termin**\n\n- eins\n- zwei"
    page.get_by_role("button", name="Rückgängig").click()
    assert "zwei" not in markdown_of(page)


def test_link_and_table_by_dialog_and_button(writing):
    page = writing.page
    text_of(page).click()
    page.get_by_role("button", name="Link", exact=True).click()
    assert writing.axe() == []
    page.get_by_label("Adresse").fill("https://beispiel.de/seite")
    page.get_by_label("Text des Links").fill("die Seite")
    page.get_by_role("button", name="Einfügen", exact=True).click()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tabelle", exact=True).click()
    page.keyboard.type("Ort")

    assert "[die Seite](https://beispiel.de/seite)" in markdown_of(page)
    assert "| Ort" in markdown_of(page)
    expect(page.get_by_role("button", name="Zeile löschen")).to_be_visible()


def test_toolbar_is_one_stop_and_arrows_lead_through_it(writing):
    page = writing.page
    text_of(page).click()

    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Fett")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Kursiv")).to_be_focused()
    page.keyboard.press("Escape")

    expect(text_of(page)).to_be_focused()


def test_paste_from_word_keeps_structure_and_drops_rubbish(writing):
    page = writing.page
    text_of(page).click()

    paste(page, WORD)

    assert markdown_of(page) == WORD_AS_MARKDOWN


def paste(page, html: str) -> None:
    text_of(page).evaluate(
        """(element, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            element.dispatchEvent(new ClipboardEvent("paste",
                { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        html,
    )


WORD = (Path(__file__).parent / "from_word.html").read_text()
WORD_AS_MARKDOWN = """# Protokoll

Wir haben **beschlossen**:

- Lotsen
- Patenschaften

| Ort      | Zahl |
| -------- | ---- |
| Mannheim | 12   |

[Mehr dazu](https://beispiel.de/)"""


def test_error_leads_into_the_editor(writing):
    page = writing.page
    page.fill("#title", "Nur ein Titel")
    page.get_by_role("button", name="Frage senden").click()

    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").first.press("Enter")

    expect(text_of(page)).to_be_focused()
    expect(text_of(page)).to_have_attribute("aria-invalid", "true")


def test_text_of_the_editor_is_sent_and_kept_as_draft(writing):
    page = writing.page
    text_of(page).click()
    page.keyboard.type("Im Editor geschrieben")

    expect(page.locator("[data-draft-status]")).to_contain_text("Entwurf gespeichert")


@pytest.mark.parametrize("width", [360, 1280])
def test_editor_fits_and_is_accessible(visit, width):
    visitor = visit(ANNA, width=width)
    open_form(visitor)
    put(visitor.page, "\n\n".join(POSTS[:4]))

    field = visitor.page.get_by_role("textbox", name="Was möchten Sie wissen?")
    expect(field).to_have_attribute("contenteditable", "true")
    assert visitor.axe() == []
    assert visitor.overflow() <= 0
    visitor.screenshot(f"editor-{width}")


def test_pages_one_only_reads_do_not_load_the_editor(visit):
    visitor = visit(ANNA)
    loaded = []
    visitor.page.on("request", lambda request: loaded.append(request.url))

    for path in ("/", "/diskussionen/", "/werkzeugkiste/"):
        visitor.open(path)
        visitor.page.wait_for_load_state("networkidle")
    assert not [url for url in loaded if "/editor-" in url]
    open_form(visitor)

    assert [url for url in loaded if "/editor-" in url]


def test_names_are_offered_after_an_at_sign_and_counted(writing):
    page = writing.page
    text_of(page).click()
    page.keyboard.type("Hallo @Ber")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    assert writing.axe() == []
    name = option.evaluate("row => row.firstChild.textContent")

    page.keyboard.press("Enter")
    page.keyboard.type("und guten Tag")

    assert markdown_of(page) == f"Hallo @[{name}] und guten Tag"
    expect(page.get_by_text(re.compile(r"benachrichtigt \d+ Person"))).to_be_visible()


def test_similar_things_are_offered_while_the_title_is_typed(writing):
    page = writing.page
    page.locator("#title").press_sequentially("Bewegung im Kindergarten")

    expect(page.locator("#similar a").first).to_be_visible()
    expect(page.locator("#title")).to_be_focused()
    assert writing.axe() == []
    assert writing.overflow() <= 0
    writing.screenshot("similar-1280")
