"""The list of examples: facets, counts, filters, order, pages."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.authz import GUEST
from inforo.db import session
from inforo.municipalities.models import Municipality
from inforo.toolbox import queries, shelves
from inforo.toolbox.facets import FACETS, VOCABULARIES, Filters, searchable
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleKind, ExampleState, MeasureStatus, Tier
from inforo.vocabularies.models import Term
from tests import factories
from tests.reference import BRUCHSAL, DUESSELDORF, HERNE, KREUZBERG, MANNHEIM, MUENSTER


def terms(*keys):
    return list(session.scalars(select(Term).where(Term.key.in_(keys))))


def count_shown(page, value):
    box = page.html.select_one(f"input[value='{value}']")
    return int(box.find_parent("label").b.text) if box else 0


def test_guest_sees_published_examples_only(browser):
    factories.make_example("Babybegrüßung")
    for state in ExampleState:
        if state is not ExampleState.PUBLISHED:
            factories.make_example(f"Geheim {state.value}", state=state)

    page = browser.open("/werkzeugkiste/")

    assert "Babybegrüßung" in page.main
    assert "Geheim" not in page.response.text
    assert "1 Praxisbeispiel" in page.main


def test_values_of_one_facet_widen_and_facets_narrow(browser):
    factories.make_example("Klinik", terms=terms("schwangerschaft-und-geburt", "fruehe-hilfen"))
    factories.make_example("Kita", terms=terms("kita-alter-3-6", "fruehe-hilfen"))
    factories.make_example("Schule", terms=terms("grundschulalter-6-10", "ernaehrung"))

    page = browser.open(
        "/werkzeugkiste/?phase=kita-alter-3-6&phase=grundschulalter-6-10&feld=fruehe-hilfen"
    )

    assert "Kita" in page.main
    assert not page.html.select("h3:-soup-contains('Klinik'), h3:-soup-contains('Schule')")
    assert count_shown(page, "schwangerschaft-und-geburt") == 1
    assert count_shown(page, "ernaehrung") == 1


def test_active_filters_can_be_removed_one_by_one(browser):
    factories.make_example("Kita", terms=terms("kita-alter-3-6", "ernaehrung"))

    page = browser.open("/werkzeugkiste/?phase=kita-alter-3-6&feld=ernaehrung&q=kita")
    chips = page.html.select(".chip--active")

    assert [chip.contents[0].strip() for chip in chips][:1] == ["„kita“"]
    without = page.follow("Ernährung")
    assert "phase=kita-alter-3-6" in without.response.request.full_path
    assert "feld=" not in without.response.request.full_path


def test_unknown_filter_values_are_ignored(browser):
    factories.make_example("Kita")

    page = browser.open(
        "/werkzeugkiste/?phase=gibt-es-nicht&land=XX&sortierung=quatsch&seite=zwei"
    )

    assert "Kita" in page.main


def test_words_are_compared_without_case_and_umlauts(browser):
    factories.make_example("Frühe Hilfen in Münster", municipality=MUENSTER)
    factories.make_example("Bewegte Schule")

    page = browser.open("/werkzeugkiste/?q=FRUEHE+muenster")

    assert "Frühe Hilfen" in page.main
    assert "Bewegte Schule" not in page.main


def test_empty_result_offers_a_question(browser):
    page = browser.open("/werkzeugkiste/?q=einhorn")

    assert "noch kein Praxisbeispiel" in page.main
    assert page.html.select_one("main a[href^='/diskussionen/neu']")


def test_order_follows_the_wish(browser):
    old, new = clock.now() - timedelta(days=9), clock.now()
    factories.make_example("Anfang", published_at=old, confirmed_at=new)
    factories.make_example("Berg", published_at=new, confirmed_at=old)

    def titles(sort):
        page = browser.open(f"/werkzeugkiste/?sortierung={sort}")
        return [title.text for title in page.html.select("main .card__title")]

    assert titles("neu") == ["Berg", "Anfang"]
    assert titles("titel") == ["Anfang", "Berg"]
    assert titles("bestaetigt") == ["Anfang", "Berg"]


def test_pages_keep_the_filters(browser):
    for number in range(13):
        factories.make_example(f"Nummer {number:02}", terms=terms("ernaehrung"))

    page = browser.open("/werkzeugkiste/?feld=ernaehrung").follow("Weiter")

    assert "feld=ernaehrung" in page.response.request.full_path
    assert [title.text for title in page.html.select(".card__title")] == ["Nummer 00"]


def test_saved_example_shows_at_once(browser):
    example = factories.make_example("Vorher")
    browser.open("/werkzeugkiste/")

    example.title = "Nachher"
    session.commit()
    assert "Nachher" in browser.open("/werkzeugkiste/?q=nachher").main

    example.withdraw()
    session.commit()
    assert "Nachher" not in browser.open("/werkzeugkiste/").main


def test_deleted_example_leaves_the_counts_with_the_next_save(browser):
    gone, stays = factories.make_example("Geht"), factories.make_example("Bleibt")
    browser.open("/werkzeugkiste/")

    session.delete(gone)
    stays.summary = "Anders."
    session.commit()

    assert "1 Praxisbeispiel" in browser.open("/werkzeugkiste/").main


def brute_force(filters, without=""):
    """Return the ids that match by looking at every example, one by one."""
    found = []
    for example in session.scalars(select(Example)):
        if example.state is not ExampleState.PUBLISHED:
            continue
        own = values_of(example)
        fits = all(
            facet == without or own[facet] & set(values)
            for facet, values in filters.chosen.items()
        )
        places = " ".join(place.display_name for place in example.municipalities)
        words = searchable(f"{example.title} {example.summary} {places}")
        if fits and all(word in words for word in searchable(filters.q).split()):
            found.append((example.id, own))
    return found


def values_of(example):
    own = {
        facet: {term.key for term in example.terms_of(vocabulary)}
        for facet, vocabulary in VOCABULARIES.items()
    }
    own["land"] = {place.state_code for place in example.municipalities}
    own["gebiet"] = {place.kind.value for place in example.municipalities}
    own["groesse"] = {p.size_class.value for p in example.municipalities if p.size_class}
    own["stand"] = {example.measure_status.value} if example.measure_status else set()
    own["art"] = {example.kind.value}
    own["pruefung"] = {example.tier.value} if example.tier else set()
    return own


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counts_are_those_of_counting_one_by_one(seed):
    chance = random.Random(seed)  # noqa: S311
    words = terms(
        "kita-alter-3-6",
        "aeltere-65",
        "ernaehrung",
        "bewegung",
        "kinder",
        "jugendliche",
        "kita",
        "schule",
    )
    places = [MANNHEIM, BRUCHSAL, MUENSTER, DUESSELDORF, HERNE, KREUZBERG]
    author = factories.make_anna()
    for number in range(40):
        example = factories.make_example(
            f"Beispiel {number % 7}",
            author=author,
            municipality=chance.choice(places),
            state=chance.choice([ExampleState.PUBLISHED] * 4 + [ExampleState.SUBMITTED]),
            kind=chance.choice(list(ExampleKind)),
            measure_status=chance.choice([None, *MeasureStatus]),
            terms=chance.sample(words, chance.randint(0, 5)),
        )
        if chance.random() < 0.3:
            second = session.get(Municipality, chance.choice(places))
            example.municipalities = list({*example.municipalities, second})
            example.tier = example.tier and Tier.GOOD_PRACTICE
            session.commit()
    catalogue = shelves.shelf().catalogue

    for _ in range(20):
        chosen = {
            facet: tuple(chance.sample(options, chance.randint(1, 2)))
            for facet, options in (
                ("phase", ["kita-alter-3-6", "aeltere-65"]),
                ("feld", ["ernaehrung", "bewegung"]),
                ("land", ["BW", "NW", "BE"]),
                ("art", ["practice", "failed"]),
                ("stand", ["laufend", "pilot"]),
            )
            if chance.random() < 0.5
        }
        filters = Filters(chosen, q=chance.choice(["", "beispiel 3", "münster"]))

        assert set(catalogue.find(filters)) == {key for key, _own in brute_force(filters)}
        counts = catalogue.counts(filters)
        for facet in FACETS:
            expected = {}
            for _key, own in brute_force(filters, without=facet):
                for value in own[facet]:
                    expected[value] = expected.get(value, 0) + 1
            assert counts[facet] == expected, facet


def test_number_of_queries_does_not_grow(browser, count_queries):
    for number in range(3):
        factories.make_example(f"Eins {number}", terms=terms("ernaehrung", "kinder"))
    browser.open("/werkzeugkiste/")
    few = count_queries(lambda: browser.open("/werkzeugkiste/?feld=ernaehrung&land=BW"))
    for number in range(15):
        factories.make_example(f"Zwei {number}", terms=terms("ernaehrung", "kita-alter-3-6"))
    browser.open("/werkzeugkiste/")

    many = count_queries(lambda: browser.open("/werkzeugkiste/?feld=ernaehrung&land=BW"))

    assert few == many <= 8


def test_member_page_needs_at_most_twelve_queries(browser, count_queries):
    browser.sign_in(factories.make_clara())
    factories.make_example()
    browser.open("/werkzeugkiste/")

    assert count_queries(lambda: browser.open("/werkzeugkiste/?land=BW")) <= 12


def test_guest_page_may_be_cached_and_sets_no_cookie(browser):
    example = factories.make_example()
    tool = factories.make_tool()
    for address in (
        "/werkzeugkiste/",
        "/werkzeugkiste/werkzeuge/",
        f"/werkzeugkiste/beispiele/{example.id}-babybegruessung-mit-hausbesuch",
        f"/werkzeugkiste/werkzeuge/{tool.id}-mustervereinbarung",
    ):
        first = browser.client.get(address)
        again = browser.client.get(address, headers={"If-None-Match": first.headers["ETag"]})

        assert "Set-Cookie" not in first.headers, address
        assert first.headers["Cache-Control"] == "public, max-age=60"
        assert again.status_code == 304


def test_other_slices_ask_for_examples_of_a_place():
    here = factories.make_example("Hier", municipality=MANNHEIM)
    there = factories.make_example("Dort", municipality=MUENSTER)
    draft = factories.make_example("Entwurf", state=ExampleState.DRAFT)
    anna = factories.actor(factories.make_anna())

    assert [t.id for t in queries.examples_of_municipality(anna, MANNHEIM)] == [here.id]
    assert [t.id for t in queries.examples_of_state(anna, "NW")] == [there.id]
    assert queries.count_published_by_state() == {"BW": 1, "NW": 1}
    assert [t.id for t in queries.latest_examples(GUEST)] == [there.id, here.id]
    assert [t.id for t in queries.find_examples_by_ids(anna, [draft.id, here.id])] == [here.id]
    assert queries.find_examples_by_ids(GUEST, [here.id])[0].places == "Mannheim"
