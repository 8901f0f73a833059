"""The full form step by step: help and examples, several people at once, what failed."""

from inforo.db import session
from inforo.toolbox.example_parts import ExampleAuthor
from inforo.toolbox.states import ExampleKind, ExampleState
from tests import factories
from tests.contributions.test_contribute import only_example, pdf
from tests.reference import BRUCHSAL, MANNHEIM


def make_draft(author, **values):
    return factories.make_example(author=author, state=ExampleState.DRAFT, **values)


def step(example, key):
    return f"/werkzeugkiste/beitragen/{example.id}/{key}"


def test_each_text_has_help_a_limit_and_an_example_beside_it(browser):
    anna = factories.make_anna()
    example = make_draft(anna, problem="Drei kurze Wörter")

    page = browser.sign_in(anna).open(step(example, "ausgangslage"))

    for name in ("problem", "relevance", "goals"):
        control = page.html.select_one(f"[name={name}]")
        described = control["aria-describedby"].split()
        assert {f"{name}-hint", f"{name}-count"} <= set(described), name
    assert "zurzeit 17 · Wörter: 3" in page.main
    assert len(page.html.select("details.sample")) == 3
    assert "310 Familien" in page.html.select_one("details.sample").text


def test_every_field_of_every_step_has_an_example(browser):
    anna = factories.make_anna()
    browser.sign_in(anna)

    for kind in ExampleKind:
        example = make_draft(anna, kind=kind)
        page = browser.open(f"/werkzeugkiste/beitragen/{example.id}")
        addresses = {
            link["href"]
            for link in page.html.select("nav a.facet__value")
            if link["href"] != page.url
        }
        for address in addresses:
            form = browser.open(address).html.select_one("form#edit")
            asked = form.select("input[type=text], input:not([type]), select, textarea")
            without = [
                control["name"]
                for control in asked
                if not (around := control.find_parent(class_="guided"))
                or not around.select(".sample--narrow, .sample--wide")
            ]
            assert without == [], address


def test_two_people_in_different_steps_both_succeed(browser, new_browser):
    anna, lena = factories.make_anna(), factories.make_account("Lena")
    example = make_draft(anna)
    factories.save(ExampleAuthor(example_id=example.id, account_id=lena.id))
    first = browser.sign_in(anna).open(step(example, "ausgangslage"))
    second = new_browser().sign_in(lena).open(step(example, "kosten"))

    first.submit("edit", problem="Von Anna")
    second.submit("edit", funding="Von Lena")

    assert (only_example().problem, only_example().funding) == ("Von Anna", "Von Lena")


def test_two_people_in_different_fields_of_a_step_both_succeed(browser, new_browser):
    anna = factories.make_anna()
    example = make_draft(anna, problem="Alt", goals="Alt")
    first = browser.sign_in(anna).open(step(example, "ausgangslage"))
    second = new_browser().sign_in(anna).open(step(example, "ausgangslage"))

    first.submit("edit", problem="Neues Problem")
    page = second.submit("edit", goals="Neues Ziel")

    assert "zusammen mit dem, was inzwischen jemand anderes" in page.text
    assert (only_example().problem, only_example().goals) == ("Neues Problem", "Neues Ziel")


def test_conflict_names_who_saved_and_keeps_the_rest(browser, new_browser):
    anna, lena = factories.make_anna(), factories.make_account("Lena")
    example = make_draft(anna, problem="Alt", goals="Alt")
    factories.save(ExampleAuthor(example_id=example.id, account_id=lena.id))
    first = browser.sign_in(anna).open(step(example, "ausgangslage"))
    second = new_browser().sign_in(lena).open(step(example, "ausgangslage"))

    first.submit("edit", problem="Annas Problem", goals="Annas Ziel")
    page = second.submit("edit", status=409, problem="Lenas Problem")

    assert "Anna" in page.html.select_one(".conflict__who").text
    assert len(page.html.select(".conflict")) == 1
    page.submit("edit", problem="Beider Problem")
    assert (only_example().problem, only_example().goals) == ("Beider Problem", "Annas Ziel")


def test_municipality_added_meanwhile_is_not_lost(browser, new_browser):
    anna = factories.make_anna()
    example = make_draft(anna)
    first = browser.sign_in(anna).open(step(example, "grunddaten"))
    second = new_browser().sign_in(anna).open(step(example, "grunddaten"))

    first.submit("edit", municipality_query="Bruchsal")
    second.submit("edit", title="Neuer Titel")

    assert only_example().title == "Neuer Titel"
    assert {place.ags for place in only_example().municipalities} == {MANNHEIM, BRUCHSAL}


def test_words_of_another_language_are_no_conflict(browser, new_browser):
    anna, lena = factories.make_anna(), factories.make_account("Lena", language="en")
    example = make_draft(anna)
    factories.save(ExampleAuthor(example_id=example.id, account_id=lena.id))
    first = browser.sign_in(anna).open(step(example, "zuordnung"))
    second = new_browser().sign_in(lena).open(step(example, "zuordnung"))
    assert second.html.html["lang"] == "en"

    first.submit("edit", age_phase=["kita-alter-3-6"])
    second.submit("edit", field_of_action=["bewegung"])

    assert {term.key for term in only_example().terms} == {"kita-alter-3-6", "bewegung"}


def test_overview_says_what_is_missing_and_who_saved_what(browser):
    anna = factories.make_anna()
    example = make_draft(anna, summary="")
    browser.sign_in(anna)

    page = browser.open(step(example, "kosten")).submit("edit", button="later", funding="Land")

    assert page.url == f"/werkzeugkiste/beitragen/{example.id}"
    rows = {
        row.th.a.text: row.get_text(" ", strip=True) for row in page.html.select("tbody tr")
    }
    assert "Kurz gesagt, Ansprechperson" in rows["Grunddaten"]
    assert "alle zwölf Kriterien (0 fertig)" in rows["Kriterien"]
    assert "Anna" in rows["Kosten"]
    assert "noch nicht" in rows["Wirkung"]
    history = browser.open(f"/werkzeugkiste/beispiele/{example.id}/verlauf")
    assert "Kosten" in history.main


def test_what_did_not_work_is_asked_and_shown_in_its_own_words(browser):
    browser.sign_in(factories.make_anna())
    page = browser.open("/werkzeugkiste/beitragen").submit("begin-failed")
    assert "niemand bewertet Sie" in page.main
    assert "Kriterien" not in page.main

    page = page.submit("edit", title="Gesundheitsbus", summary="Es kam niemand.")
    page = page.submit("edit", problem="Jugendliche ohne Rat")
    page = page.submit(
        "edit", approach="Ein Bus", evaluation_result="Leere Plätze", end_reason="Förderung aus"
    )
    page = page.submit("edit", lessons="Lastenrad zuerst", transfer_adapt="Fragt vorher")
    example = only_example()
    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}")

    assert example.kind is ExampleKind.FAILED
    for words in (
        "Was geplant war",
        "Was geschah",
        "Was wir anderen raten",
        "Lastenrad zuerst",
    ):
        assert words in page.main
    assert "So läuft es" not in page.main
    overview = browser.open(f"/werkzeugkiste/beitragen/{example.id}")
    assert "Fehlt für Good Practice" not in overview.main


def test_changing_the_kind_loses_no_text(browser):
    anna = factories.make_anna()
    example = make_draft(anna, approach="Schritte", reach="300", costs_once=5)
    browser.sign_in(anna)

    browser.open(step(example, "grunddaten")).submit("edit", kind="failed")
    browser.open(step(example, "verlauf")).submit("edit", end_reason="Zu teuer")
    browser.open(step(example, "kosten"), status=404)
    browser.open(step(example, "grunddaten")).submit("edit", kind="practice")

    example = only_example()
    assert (example.approach, example.reach, example.costs_once) == ("Schritte", "300", 5)


def test_file_is_marked_as_up_to_date(browser):
    anna = factories.make_anna()
    example = make_draft(anna)
    browser.sign_in(anna)
    page = browser.open(step(example, "dateien")).submit("edit", upload=pdf(), title="Konzept")
    [attached] = only_example().files
    attached.checked_at = None
    session.commit()

    page = browser.open(step(example, "dateien")).submit(f"check-{attached.id}")

    assert "zuletzt geprüft am" in page.main
