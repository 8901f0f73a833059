"""Writing an example: short form, full form, drafts, conflicts."""

import dataclasses
import io

from sqlalchemy import select

from inforo import versions
from inforo.db import session
from inforo.offices.models import WorkItem, WorkKind
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState, ObstacleAudience
from tests import factories
from tests.reference import BRUCHSAL, MANNHEIM

SENTENCES = {
    "title": "Spaziergang mit der Hebamme",
    "what": "Eine Hebamme geht jede Woche mit Müttern spazieren.",
    "whom": "Mütter im ersten Jahr, die wenig Kontakte haben.",
    "outcome": "Aus zwölf Müttern wurde eine Gruppe.",
}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def only_example():
    return session.scalars(select(Example)).one()


def pdf(name="konzept.pdf"):
    return io.BytesIO(PDF), name


def test_short_form_knows_the_account(browser):
    browser.sign_in(factories.make_anna())

    page = browser.open("/werkzeugkiste/beitragen").follow("Kurz beschreiben")

    assert page.html.select_one("[name=contact_name]")["value"] == "Anna"
    assert "Mannheim" in page.main
    assert page.html.select_one("[name=municipality]")["value"] == MANNHEIM


def test_three_sentences_become_a_submitted_example(browser):
    browser.sign_in(factories.make_anna())

    page = browser.open("/werkzeugkiste/beitragen/kurz").submit(
        "new", button="submit", upload=pdf(), **SENTENCES
    )

    example = only_example()
    assert example.state is ExampleState.SUBMITTED
    assert example.state_code == "BW"
    assert example.summary.startswith("Eine Hebamme geht")
    assert example.approach == SENTENCES["what"]
    assert example.files[0].file.name == "konzept.pdf"
    assert "Die Koordinierungsstelle" in page.main
    item = session.scalars(select(WorkItem)).one()
    assert (item.kind, item.state_code) == (WorkKind.EXAMPLE, "BW")
    assert item.url == f"/arbeitskorb/beispiele/{example.id}"


def test_short_form_saves_a_draft_nobody_is_told_about(browser):
    browser.sign_in(factories.make_anna())

    page = browser.open("/werkzeugkiste/beitragen/kurz").submit("new", **SENTENCES)

    assert only_example().state is ExampleState.DRAFT
    assert session.scalars(select(WorkItem)).all() == []
    assert "Entwurf" in page.main


def test_short_form_sent_twice_makes_one_example(browser):
    browser.sign_in(factories.make_anna())
    page = browser.open("/werkzeugkiste/beitragen/kurz")

    page.submit("new", **SENTENCES)
    page.submit("new", **SENTENCES)

    assert only_example()


def test_errors_lose_neither_text_nor_file(browser):
    browser.sign_in(factories.make_anna())
    given = SENTENCES | {"title": ""}

    page = browser.open("/werkzeugkiste/beitragen/kurz").submit(
        "new", status=422, upload=pdf(), **given
    )
    assert "Bitte geben Sie dem Beispiel einen Titel." in page.main
    assert SENTENCES["what"] in page.main
    assert "konzept.pdf“ ist schon da" in page.main
    page.submit("new", title="Jetzt mit Titel")

    assert only_example().files[0].file.name == "konzept.pdf"


def test_kept_file_belongs_to_who_sent_it(browser, new_browser):
    browser.sign_in(factories.make_anna())
    page = browser.open("/werkzeugkiste/beitragen/kurz").submit(
        "new", status=422, upload=pdf(), **(SENTENCES | {"title": ""})
    )
    key = page.html.select_one("[name=kept_file]")["value"]
    other = new_browser().sign_in(factories.make_bernd())

    other.open("/werkzeugkiste/beitragen/kurz").submit("new", kept_file=key, **SENTENCES)

    assert only_example().files == []


def test_refused_file_says_why(browser):
    browser.sign_in(factories.make_anna())

    page = browser.open("/werkzeugkiste/beitragen/kurz").submit(
        "new", status=422, upload=(io.BytesIO(b"<svg/>"), "bild.svg"), **SENTENCES
    )

    assert "„svg“ nehmen wir nicht an" in page.main


def test_another_municipality_is_found_without_script(browser):
    browser.sign_in(factories.make_anna())

    page = browser.open("/werkzeugkiste/beitragen/kurz").submit(
        "new", button="municipality_search", municipality_query="bruch", **SENTENCES
    )
    assert SENTENCES["what"] in page.main
    page.submit("new", municipality=BRUCHSAL, municipality_query="Bruchsal")

    assert [place.ags for place in only_example().municipalities] == [BRUCHSAL]


def test_unclear_municipality_is_asked_back(browser):
    browser.sign_in(factories.make_account("Anna", municipality=None))

    page = browser.open("/werkzeugkiste/beitragen/kurz").submit("new", status=422, **SENTENCES)

    assert "Bitte wählen Sie Ihre Kommune." in page.main


def test_person_without_municipality_can_name_one(browser):
    browser.sign_in(factories.make_account("Anna", municipality=None))

    browser.open("/werkzeugkiste/beitragen/kurz").submit(
        "new", municipality_query="Münster", **SENTENCES
    )

    assert only_example().state_code == "NW"


def test_full_form_saves_each_step(browser):
    browser.sign_in(factories.make_anna())
    page = browser.open("/werkzeugkiste/beitragen").submit("begin")

    page = page.submit(
        "edit", title="Lotsinnen", summary="Lotsinnen am Wochenbett.", started="2019",
        measure_status="beendet", end_reason="Geld weg", deputy_phone="0621 1",
    )  # fmt: skip
    page = page.submit(
        "edit", problem="Familien kommen **nicht** an.", relevance="Befragung 2018", goals="Da"
    )
    page = page.submit("edit", approach="Schritt 1", reach="300 Familien")
    page = page.submit("edit", costs_once="5.000 €", costs_per_year="48 000", funding="Land")
    page = page.submit("edit", evaluation_kind="prozess", evidence_level="2")
    page = page.submit(
        "edit", level_1="4", reason_1="Genau geplant.", level_4="0", highlighted=["konzeption"]
    )
    page = page.submit(
        "edit", obstacles="Zeit", obstacles_audience="members", literature="Ein Buch"
    )
    page = page.submit("edit", age_phase=["kita-alter-3-6"], field_of_action=["ernaehrung"])
    page = page.submit("edit", upload=pdf(), title="Konzept", category_key="konzept-leitbild")

    example, [attached] = only_example(), only_example().files
    assert (example.relevance, example.deputy_phone) == ("Befragung 2018", "0621 1")
    assert example.obstacles_audience is ObstacleAudience.MEMBERS
    assert (attached.label, attached.category_key) == ("Konzept", "konzept-leitbild")
    assert attached.checked_at is not None
    assert example.measure_status.value == "beendet"
    assert "<strong>nicht</strong>" in example.rendered("problem")
    assert (example.costs_once, example.costs_per_year) == (5000, 48000)
    assert example.evidence_level == 2
    assert [(c.position, c.level) for c in example.criteria] == [(0, 4), (3, 0)]
    assert {term.key for term in example.terms} == {"kita-alter-3-6", "ernaehrung"}
    assert page.follow("prüfen und einreichen").has_form("submit")


def test_step_shows_what_is_stored(browser):
    anna = factories.make_anna()
    example = factories.make_example(author=anna, state=ExampleState.DRAFT, costs_once=700)
    browser.sign_in(anna)

    page = browser.open(f"/werkzeugkiste/beitragen/{example.id}/kosten")
    assert page.html.select_one("[name=costs_once]")["value"] == "700"
    page.submit("edit", button="later")

    assert session.get(Example, example.id).costs_once == 700


def test_bad_amount_is_explained(browser):
    anna = factories.make_anna()
    example = factories.make_example(author=anna, state=ExampleState.DRAFT)
    browser.sign_in(anna)

    page = browser.open(f"/werkzeugkiste/beitragen/{example.id}/kosten").submit(
        "edit", status=422, costs_once="viel", funding="Bund"
    )

    assert "ganze Zahl in Euro" in page.main
    assert page.html.select_one("[name=costs_once]")["value"] == "viel"
    assert page.html.select_one("[name=funding]")["value"] == "Bund"


def test_more_than_three_highlights_are_refused(browser):
    anna = factories.make_anna()
    example = factories.make_example(author=anna, state=ExampleState.DRAFT)
    browser.sign_in(anna)

    page = browser.open(f"/werkzeugkiste/beitragen/{example.id}/kriterien").submit(
        "edit",
        status=422,
        highlighted=["konzeption", "empowerment", "partizipation", "setting-ansatz"],
    )

    assert "höchstens drei Kriterien" in page.main


def test_municipalities_can_be_added_and_taken_away(browser):
    anna = factories.make_anna()
    example = factories.make_example(author=anna, state=ExampleState.DRAFT)
    browser.sign_in(anna)
    address = f"/werkzeugkiste/beitragen/{example.id}/grunddaten"

    browser.open(address).submit("edit", municipality_query="Bruchsal")
    assert {place.ags for place in only_example().municipalities} == {MANNHEIM, BRUCHSAL}
    browser.open(address).submit("edit", places=[BRUCHSAL])

    assert [place.ags for place in only_example().municipalities] == [BRUCHSAL]


def test_second_saver_sees_both_texts_and_overwrites_nothing(browser, new_browser):
    anna = factories.make_anna()
    example = factories.make_example(author=anna, state=ExampleState.DRAFT, problem="Alt")
    address = f"/werkzeugkiste/beitragen/{example.id}/ausgangslage"
    first, second = browser.sign_in(anna), new_browser().sign_in(anna)
    early, late = first.open(address), second.open(address)

    early.submit("edit", problem="Zuerst gespeichert")
    page = late.submit("edit", status=409, problem="Zu spät gespeichert")

    assert "Zuerst gespeichert" in page.main
    assert page.html.select_one("[name=problem]").text.strip() == "Zu spät gespeichert"
    assert only_example().problem == "Zuerst gespeichert"
    page.submit("edit", problem="Beides zusammen")
    assert only_example().problem == "Beides zusammen"


def test_each_save_stays_in_the_history(browser):
    anna = factories.make_anna()
    example = factories.make_example(author=anna, state=ExampleState.DRAFT)
    browser.sign_in(anna)
    address = f"/werkzeugkiste/beitragen/{example.id}/ausgangslage"

    browser.open(address).submit("edit", problem="Familien fehlen Wege")
    browser.open(address).submit("edit", problem="Familien fehlen kurze Wege")
    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}/verlauf")

    assert len(versions.history(example)) == 2
    assert "kurze" in page.html.select_one("ins").text
    assert "Anna" in page.main


def test_draft_can_be_deleted_submitted_example_cannot(browser):
    anna = factories.make_anna()
    draft = factories.make_example(author=anna, state=ExampleState.DRAFT)
    sent = factories.make_example(author=anna, state=ExampleState.SUBMITTED)
    browser.sign_in(anna)

    page = browser.open(f"/werkzeugkiste/beitragen/{draft.id}")
    token = page.html.select_one("[name=csrf_token]")["value"]
    assert "Entwurf löschen" in page.main
    browser.client.post(
        f"/werkzeugkiste/beitragen/{draft.id}/loeschen", data={"csrf_token": token}
    )
    refused = browser.client.post(
        f"/werkzeugkiste/beitragen/{sent.id}/loeschen", data={"csrf_token": token}
    )

    assert only_example().id == sent.id
    assert refused.status_code == 403


def test_own_list_shows_own_things_only(browser):
    anna = factories.make_anna()
    factories.make_example("Meins", author=anna, state=ExampleState.DRAFT)
    factories.make_example("Fremdes", state=ExampleState.DRAFT)
    factories.make_tool("Mein Werkzeug", author_id=anna.id, published_at=None)

    page = browser.sign_in(anna).open("/werkzeugkiste/meine")

    assert "Meins" in page.main
    assert "Fremdes" not in page.response.text
    assert "Mein Werkzeug" in page.main


def test_too_large_upload_is_an_answer_not_a_crash(browser, app, monkeypatch):
    small = dataclasses.replace(app.extensions["settings"], upload_max_bytes=1_000)
    monkeypatch.setitem(app.extensions, "settings", small)
    browser.sign_in(factories.make_anna())
    upload = io.BytesIO(PDF + b"x" * 1_000), "gross.pdf"

    page = browser.open("/werkzeugkiste/beitragen/kurz").submit(
        "new", status=422, upload=upload, **SENTENCES
    )

    assert "zu groß" in page.main


def test_too_large_text_is_an_answer_not_a_crash(browser):
    anna = factories.make_anna()
    example = factories.make_example(author=anna, state=ExampleState.DRAFT)
    browser.sign_in(anna)

    page = browser.open(f"/werkzeugkiste/beitragen/{example.id}/ausgangslage")
    page.submit("edit", status=413, problem="x" * 1_100_000)
    page = page.submit("edit", status=422, problem="x" * 20_001)

    assert "kürzen" in page.main


def test_drafts_of_others_are_not_there(browser):
    example = factories.make_example(state=ExampleState.DRAFT)
    browser.sign_in(factories.make_bernd())

    browser.open(f"/werkzeugkiste/beitragen/{example.id}", status=404)
    browser.open(f"/werkzeugkiste/beispiele/{example.id}", status=404)


def test_unknown_step_is_not_there(browser):
    anna = factories.make_anna()
    example = factories.make_example(author=anna, state=ExampleState.DRAFT)

    browser.sign_in(anna).open(f"/werkzeugkiste/beitragen/{example.id}/quatsch", status=404)


def test_short_form_asks_for_nothing_more(browser):
    browser.sign_in(factories.make_anna())

    page = browser.open("/werkzeugkiste/beitragen/kurz")

    asked = {field["name"] for field in page.html.select("#new [name]:not([type=hidden])")}
    buttons = {"municipality_search", "submit", "draft_button"}
    sentences = {"title", "municipality_query", "what", "whom", "outcome"}
    contact = {"contact_name", "contact_function", "contact_email"}
    assert asked - buttons == sentences | contact | {"upload"}


def test_published_example_is_called_published_among_the_own(browser):
    anna = factories.make_anna()
    factories.make_example("Tauschregal", author=anna)
    factories.make_example("Spielplatz", author=anna, state=ExampleState.WITHDRAWN)

    page = browser.sign_in(anna).open("/werkzeugkiste/meine")

    assert "veröffentlicht" in page.main
    assert "geprüft" not in page.main
