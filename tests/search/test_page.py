import pytest

from inforo.search import sources
from inforo.search.results import PER_PAGE
from tests import factories
from tests.browser import Page
from tests.reference import BRUCHSAL, MUENSTER

pytestmark = pytest.mark.usefixtures("word_lists")


def tab_counts(page):
    return {
        link.contents[0].strip(): int(link.select_one(".tabs__count").text)
        for link in page.html.select(".tabs__link")
    }


def titles(page):
    return [title.get_text() for title in page.html.select(".result__title")]


def test_guest_finds_an_example_without_umlaut(browser):
    factories.make_example("Netzwerk Frühe Hilfen im Landkreis", summary="Hebammen & Co.")

    page = browser.open("/suche?q=fruehe+hilfen")

    assert titles(page) == ["Netzwerk Frühe Hilfen im Landkreis"]
    assert [mark.text for mark in page.html.select("main mark")] == ["Frühe", "Hilfen"]
    assert "1 Treffer" in page.main


def test_empty_question_shows_the_field_and_the_help(browser):
    page = browser.open("/suche")

    assert page.html.select("main form[role=search]")
    assert "Hilfe zur Suche" in page.main


def test_tabs_count_each_kind_and_narrow_the_list(browser, municipalities_indexed):
    factories.make_example("Sprachpaten in Bruchsal", municipality=BRUCHSAL)
    factories.make_tool("Vertrag für Sprachpaten")
    group = factories.make_group(audience="public")
    factories.make_thread("Sprachpaten gesucht", group=group, posts=("Wer?", "Sprachpaten!"))

    page = browser.open("/suche?q=Sprachpaten")

    assert tab_counts(page) == {
        "Alles": 3,
        "Beispiele": 1,
        "Werkzeuge": 1,
        "Diskussionen": 1,
    }
    assert titles(page.follow("Werkzeuge")) == ["Vertrag für Sprachpaten"]


def test_members_get_a_tab_of_persons(browser):
    browser.sign_in(factories.make_account("Karla Kolumna"))

    page = browser.open("/suche?q=Kolumna&art=person")

    assert tab_counts(page)["Personen"] == 1
    assert titles(page) == ["Karla Kolumna"]


def test_land_narrows_the_list_and_can_be_taken_off(browser):
    factories.make_example("Sprachpaten Süd")
    factories.make_example("Sprachpaten West", municipality=MUENSTER)

    page = browser.open("/suche?q=Sprachpaten")
    narrowed = page.submit("filter", land=["NW"])

    assert titles(narrowed) == ["Sprachpaten West"]
    assert len(titles(narrowed.follow("Nordrhein-Westfalen"))) == 2


def test_many_results_are_numbered_pages(browser):
    for number in range(PER_PAGE + 2):
        factories.make_example(f"Sprachpaten {number:02}")

    first = browser.open("/suche?q=Sprachpaten")
    second = first.follow("Weiter")

    assert len(titles(first)) == PER_PAGE
    assert len(titles(second)) == 2
    assert not set(titles(first)) & set(titles(second))


def test_thread_is_one_result_however_many_posts_match(browser):
    group = factories.make_group("Offene Runde", audience="public")
    factories.make_thread("Sprachpaten", group=group, posts=("Sprachpaten",) * 3)

    page = browser.open("/suche?q=Sprachpaten")

    assert titles(page) == ["Sprachpaten"]
    assert "Offene Runde" in page.main


def test_typing_error_is_corrected_visibly(browser):
    factories.make_example("Präventionskette von Anfang an")

    page = browser.open("/suche?q=Prävnetionskette")

    assert titles(page) == ["Präventionskette von Anfang an"]
    assert "Meinten Sie Präventionskette ?" in page.main
    assert titles(page.follow("Präventionskette")) == titles(page)


def test_loosened_search_says_what_is_missing(browser):
    factories.make_example("Sprachpaten", summary="Ehrenamtliche lesen vor.")

    page = browser.open("/suche?q=Sprachpaten+Seniorenheim")

    assert "Kein Treffer enthält alle Wörter." in page.main
    assert "eines dieser Wörter genügt: Sprachpaten, Seniorenheim" in page.main
    assert [word.text for word in page.html.select("main s")] == ["Seniorenheim"]


def test_page_is_never_empty(browser):
    factories.make_office("BW", name="KGC Südwest", email="kgc@sued.example")
    factories.make_example("Ein neues Beispiel")
    browser.sign_in(factories.make_anna())

    page = browser.open("/suche?q=Quantenchromodynamik")

    assert titles(page) == ["Ein neues Beispiel"]
    assert "KGC Südwest" in page.main
    [ask] = [a for a in page.html.select("main a") if "Frage stellen" in a.text]
    assert ask["href"] == "/diskussionen/neu?title=Quantenchromodynamik"


@pytest.mark.parametrize(
    "question",
    [
        "'; DROP TABLE examples --",
        '"',
        "%",
        "*",
        "-",
        "x",
        "und die der",
        "a" * 500,
        "wort " * 1_000,
        "💡",
        "NOT",
        "NEAR(a b, 2) OR title:x*",
        "((",
        "''::tsquery & !",
    ],
)
def test_any_question_gets_a_page_that_leads_on(browser, question):
    factories.make_example("Sprachpaten")

    page = Page(browser, browser.client.get("/suche", query_string={"q": question}), 200)

    assert titles(page) == ["Sprachpaten"]
    assert "Frage stellen" in page.main


def test_nul_is_refused_with_a_sentence(browser):
    page = browser.open("/suche?q=%00", status=400)

    assert "Zeichen, die sich nicht speichern lassen" in page.main


def test_question_is_loosened_step_by_step(browser):
    factories.make_example("Sprachpaten lesen Zeitung")
    factories.make_example("Sprachpaten")

    page = browser.open("/suche?q=Sprachpaten+Zeitung+Ukulele")

    assert titles(page) == ["Sprachpaten lesen Zeitung", "Sprachpaten"]
    assert "Deshalb folgen Treffer, denen ein Wort fehlt." in page.main


def test_question_form_is_filled_for_the_group_that_talks_about_it(browser):
    anna = factories.make_anna()
    factories.make_group("Erste Gruppe", audience="public")
    fitting = factories.make_group("Lesegruppe", audience="public")
    factories.make_thread("Vorlesen im Advent", group=fitting, posts=("Wer liest?",))
    browser.sign_in(anna)

    page = browser.open("/suche?q=Vorlesen+Schlittenhund")

    assert "Ihre Frage passt vielleicht in die Gruppe „Lesegruppe“." in page.main


def test_help_explains_the_order(browser):
    page = browser.open("/suche").follow("So funktioniert die Suche")

    assert "In welcher Reihenfolge" in page.main


def test_help_names_every_kind_that_can_be_found(browser):
    page = browser.open("/hilfe/suche")

    named = {entry.get_text(strip=True) for entry in page.html.select("main ul li")}
    assert {str(kind.label) for kind in sources.findable_kinds()} <= named


@pytest.mark.parametrize(("who", "most"), [("", 8), ("anna", 12), ("clara", 12)])
@pytest.mark.parametrize(
    "asked",
    [
        "q=Sprachpaten",
        "q=Sprachpaten+Vorlesen",
        "q=Sprachpatenn",
        "q=Sprachpatenn+Vorlessen+Zeitung",
        "q=Sprachpatenn&land=BW&art=example",
        "q=Sprachpaten&land=HH&phase=fruehe-kindheit",
        "q=Xylophonorchester",
        "q=Xylophonorchester+Sprachpaten&art=thread&jahr=2020",
        "q=" + "+".join(f"Sprachpatn{letter}x" for letter in "abcdefgh"),
    ],
)
def test_page_needs_few_queries_for_everybody(browser, count_queries, who, most, asked):
    for number in range(12):
        factories.make_example(f"Sprachpaten Vorlesen {number}", summary="Zeitung")
    if who:
        browser.sign_in(getattr(factories, f"make_{who}")())
    browser.open(f"/suche?{asked}")

    needed = count_queries(lambda: browser.open(f"/suche?{asked}"))

    assert needed <= most


def test_wrong_filters_filter_nothing(browser):
    factories.make_example("Sprachpaten")

    page = browser.open("/suche?q=Sprachpaten&art=geheim&land=<b>&seite=-3")

    assert titles(page) == ["Sprachpaten"]


def test_page_needs_few_queries_however_much_is_found(browser, count_queries):
    def ask():
        browser.open("/suche?q=Sprachpaten+Vorlesen")

    browser.sign_in(factories.make_anna())
    factories.make_example("Sprachpaten")
    ask()
    few = count_queries(ask)
    for number in range(12):
        factories.make_example(f"Sprachpaten Vorlesen {number}")

    assert count_queries(ask) <= max(few, 12)
    assert few <= 12


def test_suggestions_lead_to_what_is_being_typed(browser, municipalities_indexed):
    example = factories.make_example("Frühe Hilfen in der Kita")

    def suggested(typed):
        answer = browser.client.get("/suche/vorschlaege", query_string={"q": typed})
        return [(row["label"], row["url"]) for row in answer.get_json()]

    path = f"/werkzeugkiste/beispiele/{example.id}-fruehe-hilfen-in-der-kita"
    assert suggested("fruehe hil") == [("Frühe Hilfen in der Kita", path)]
    assert suggested("Münst") == [("Münster", "/kommunen/05515000-muenster")]
    assert suggested("Manheim") == [("Mannheim", "/kommunen/08222000-mannheim")]
    assert suggested("") == suggested("???") == []


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("prävnetio", "Präventionskette vor Ort"),
        ("quatiersm", "Quartiersmanagement am Bahnhof"),
        ("Qartiersman", "Quartiersmanagement am Bahnhof"),
        ("frühe h", "Frühe Hilfen in der Kita"),
        ("Quartirsmanagement bah", "Quartiersmanagement am Bahnhof"),
        ("prävention", "Präventionskette vor Ort"),
    ],
)
def test_suggestions_forgive_slips_in_what_is_begun(browser, typed, title):
    author = factories.make_account("Autorin")
    titles = ["Früher Vogel", "Präventionskette vor Ort", "Quartiersmanagement am Bahnhof"]
    for other in [*titles, "Frühe Hilfen in der Kita", "Quark im Quadrat", "Praxis im Prater"]:
        factories.make_example(other, author=author)

    answer = browser.client.get("/suche/vorschlaege", query_string={"q": typed})

    assert [row["label"] for row in answer.get_json()] == [title]
