"""Examples as PDF files, and council papers."""

import io
from time import monotonic

import pytest
from docx import Document
from docx.oxml.ns import qn

from inforo import pdf
from inforo.db import session
from inforo.toolbox.example_parts import ExampleCriterion
from inforo.toolbox.states import ExampleState, MeasureStatus, ObstacleAudience
from tests import factories, pdf_checks

LONG = "Fachkräfte besuchen Familien zu Hause und hören zu. " * 60
TEXTS = {
    "problem": "Viele Familien kennen **kein** Angebot.",
    "goals": "- früh erreichen\n- Schwellen senken",
    "approach": "Eine Hebamme kommt nach Hause. Mehr: https://stadt.example/besuch",
    "evaluation_result": "Drei von vier Familien öffnen.",
    "transfer_adapt": "Die Tasche mit Material.",
    "transfer_core": "Der Besuch bleibt freiwillig.",
    "obstacles": "Datenschutz braucht Zeit.",
    "literature": "Muster (2024): Besuche.",
    "costs_once": 12_000,
    "costs_per_year": 5_000,
    "staff_share": "halbe Stelle",
    "funding": "Bundesstiftung",
    "contact_name": "Erika Muster",
    "contact_email": "kanarie-kontakt@stadt.example",
    "contact_phone": "0621 12345",
    "measure_status": MeasureStatus.RUNNING,
    "started": "2019",
}


def full_example(**values):
    example = factories.make_example("Babybegrüßung: Größe & Nähe", **{**TEXTS, **values})
    example.criteria = [
        ExampleCriterion(
            criterion_key="empowerment",
            position=4,
            level=3,
            reason="Eltern entscheiden.",
            is_highlighted=True,
        )
    ]
    session.commit()
    return example


def get_pdf(browser, address: str):
    response = browser.client.get(address)
    assert response.status_code == 200
    assert response.content_type == "application/pdf"
    return pdf_checks.check(response.data), response


def test_profile_is_one_accessible_page(browser):
    example = full_example()

    sheet, response = get_pdf(browser, f"/werkzeugkiste/beispiele/{example.id}/steckbrief.pdf")

    assert len(sheet.pages) == 1
    assert sheet.title == example.title
    assert "Drei von vier Familien öffnen." in sheet.text
    assert "einmalig 12.000" in sheet.text
    assert sheet.tags["/Figure"] == 2
    assert "Steckbrief%20Babybegr%C3%BC%C3%9Fung" in response.headers["Content-Disposition"]


def test_profile_stays_one_page_when_every_text_is_long(browser):
    texts = {name: LONG for name, value in TEXTS.items() if name in pdf_names()}
    example = full_example(summary=LONG[:300], **texts)

    sheet, _response = get_pdf(browser, f"/werkzeugkiste/beispiele/{example.id}/steckbrief.pdf")

    assert len(sheet.pages) == 1


def pdf_names() -> set[str]:
    return {"problem", "goals", "approach", "evaluation_result", "transfer_adapt"}


def test_full_file_has_all_texts_and_a_table_of_criteria(browser):
    example = full_example()

    sheet, _response = get_pdf(browser, f"/werkzeugkiste/beispiele/{example.id}/beispiel.pdf")

    assert "Der Besuch bleibt freiwillig." in sheet.text
    assert "Eltern entscheiden." in sheet.text
    assert sheet.tags["/Table"] == 1
    assert "Good-Practice-Kriterien" in sheet.bookmarks


def test_addresses_of_contact_persons_are_only_in_files_of_members(browser):
    example = full_example()
    address = f"/werkzeugkiste/beispiele/{example.id}/steckbrief.pdf"

    guest, for_guest = get_pdf(browser, address)
    member, for_member = get_pdf(browser.sign_in(factories.make_anna()), address)

    assert "kanarie-kontakt" not in guest.text
    assert "Erika Muster" in guest.text
    assert for_guest.headers["Cache-Control"] == "public, max-age=3600"
    assert "kanarie-kontakt" in member.text
    assert for_member.headers["Cache-Control"] == "private, no-store"


def test_stumbling_blocks_for_members_are_not_in_files_of_guests(browser):
    example = full_example(
        obstacles_audience=ObstacleAudience.MEMBERS, obstacles="KANARIE-Stolperstein"
    )
    address = f"/werkzeugkiste/beispiele/{example.id}/beispiel.pdf"

    guest, _response = get_pdf(browser, address)
    member, _response = get_pdf(browser.sign_in(factories.make_anna()), address)

    assert "KANARIE" not in guest.text
    assert "KANARIE" in member.text


@pytest.mark.parametrize("state", [ExampleState.DRAFT, ExampleState.SUBMITTED])
def test_what_is_not_public_has_no_file(browser, state):
    example = factories.make_example(state=state)

    for name in ("steckbrief", "beispiel"):
        browser.open(f"/werkzeugkiste/beispiele/{example.id}/{name}.pdf", 404)


def test_without_the_pdf_extra_the_reader_is_told(browser, monkeypatch):
    example = factories.make_example("Ohne PDF")
    monkeypatch.setattr(pdf, "is_available", lambda: False)

    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}/steckbrief.pdf", 503)

    assert "Druckansicht" in page.main


def test_page_of_an_example_offers_its_papers(browser):
    example = full_example()

    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}")

    assert "Steckbrief, eine Seite (PDF)" in page.main
    assert page.follow("Ratsvorlage daraus machen").has_form("council")


def open_council(browser, *examples):
    chosen = "&".join(f"beispiel={example.id}" for example in examples)
    return browser.open(f"/werkzeugkiste/ratsvorlage?{chosen}")


def test_council_paper_begins_with_the_texts_of_the_example_and_ones_own_municipality(browser):
    example = full_example()

    page = open_council(browser.sign_in(factories.make_anna()), example)

    fields = {field["name"]: field.text for field in page.html.select("textarea")}
    assert "Viele Familien kennen kein Angebot." in fields["situation"]
    assert "Drei von vier Familien öffnen." in fields["benefit"]
    assert "Kosten: einmalig 12.000\N{NO-BREAK SPACE}€, im Jahr" in fields["costs"]
    assert example.title in fields["sources"]
    assert page.html.select_one("#municipality")["value"] == "Mannheim"
    assert "kanarie-kontakt" not in page.text
    assert "Datenschutz braucht Zeit" not in page.text


def test_council_paper_as_word_file_has_headings_table_head_and_language(browser):
    page = open_council(browser.sign_in(factories.make_anna()), full_example())

    response = browser.client.post(
        "/werkzeugkiste/ratsvorlage", data=values_of(page, "council") | {"format": "docx"}
    )

    document = Document(io.BytesIO(response.data))
    names = [(p.style.name, p.text) for p in document.paragraphs]
    assert ("Title", "„Babybegrüßung: Größe & Nähe“: Mannheim") in names
    headings = [text for style, text in names if style == "Heading 1"]
    assert headings == [
        "Unsere Kommune",
        "Sachverhalt",
        "Nutzen",
        "Kosten",
        "Beispiele aus anderen Kommunen",
        "Beschlussvorschlag",
        "Quellen",
    ]
    [table] = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert ["Land", "Baden-Württemberg"] in [[c.text for c in row.cells] for row in table.rows]
    language = document.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert language.get(qn("w:val")) == "de-DE"
    assert document.core_properties.title.startswith("„Babybegrüßung")
    assert ("List Bullet", "Personal: halbe Stelle") in names


def test_council_paper_as_pdf_is_accessible(browser):
    one, two = full_example(), factories.make_example("Zweites Beispiel")
    page = open_council(browser.sign_in(factories.make_anna()), one, two)

    response = browser.client.post(
        "/werkzeugkiste/ratsvorlage", data=values_of(page, "council") | {"format": "pdf"}
    )

    sheet = pdf_checks.check(response.data)
    assert "Baden-Württemberg" in sheet.text
    assert "Zweites Beispiel" in sheet.text
    assert "Beschlussvorschlag" in sheet.bookmarks


def test_council_paper_keeps_what_was_typed_when_something_is_missing(browser):
    page = open_council(browser, full_example())

    page = page.submit("council", title="", benefit="Eigener Satz", status=422)

    assert "Bitte geben Sie der Vorlage einen Betreff." in page.main
    assert page.html.select_one("#benefit").text.strip() == "Eigener Satz"


def test_another_municipality_can_be_chosen_without_script(browser):
    page = open_council(browser, full_example())

    page = page.submit("council", municipality_query="Münster", button="municipality_search")

    assert "Münster" in page.html.select_one(".picker__results").text
    assert page.html.select_one("#situation").text.strip()


def test_council_paper_takes_nothing_from_what_is_not_public(browser):
    draft = factories.make_example(
        "KANARIE-Entwurf", summary="KANARIE-Summe", state=ExampleState.DRAFT
    )

    page = open_council(browser.sign_in(factories.make_anna()), draft)

    assert "KANARIE" not in page.text
    assert "Ohne Beispiel" in page.main


def test_pages_of_papers_ask_little_of_the_database(browser, count_queries):
    examples = [full_example() for _number in range(4)]
    address = "/werkzeugkiste/ratsvorlage?beispiel="

    one = count_queries(lambda: browser.open(f"{address}{examples[0].id}"))
    four = count_queries(
        lambda: browser.open(address + "&beispiel=".join(str(e.id) for e in examples))
    )

    assert one == four <= 10


def values_of(page, form_id: str) -> dict:
    form = page.html.select_one(f"form#{form_id}")
    found = {
        field["name"]: field.get("value", "")
        for field in form.select("input[name]")
        if field.get("type") != "submit"
    }
    found["beispiel"] = [f["value"] for f in form.select("input[name=beispiel]")]
    return found | {f["name"]: f.text.strip() for f in form.select("textarea")}


def test_who_asks_while_others_are_served_is_sent_away_at_once(browser):
    example = factories.make_example()
    taken = [pdf.queue.acquire(blocking=False) for _ in range(2)]
    try:
        started = monotonic()
        page = browser.open(f"/werkzeugkiste/beispiele/{example.id}/steckbrief.pdf", status=503)
    finally:
        for _ in taken:
            pdf.queue.release()

    assert taken == [True, True]
    assert monotonic() - started < pdf.READER_PATIENCE_SECONDS
    assert page.response.headers["Retry-After"] == str(pdf.RETRY_AFTER)
    assert "noch einmal" in page.main


def test_file_that_was_made_comes_from_memory_however_busy_it_is(browser):
    example = factories.make_example()
    first = browser.client.get(f"/werkzeugkiste/beispiele/{example.id}/beispiel.pdf")
    taken = [pdf.queue.acquire(blocking=False) for _ in range(2)]
    try:
        again = browser.client.get(f"/werkzeugkiste/beispiele/{example.id}/beispiel.pdf")
    finally:
        for _ in taken:
            pdf.queue.release()

    assert again.data == first.data
