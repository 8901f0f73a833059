"""The glossary to read and to keep, and its words on pages."""

import pytest

from inforo.authz import Actor
from inforo.db import session
from inforo.glossary import actions, queries
from tests import factories


def make_entry(title="Präventionskette", **values):
    defaults = {"definition": "Angebote **Hand in Hand**.", "forms": [], "source": ""}
    entry = actions.add(Actor(), {"title": title, "see_also": []} | defaults | values)
    session.commit()
    return entry


@pytest.fixture
def editor(browser):
    return browser.sign_in(factories.make_emil())


def test_entries_stand_from_a_to_z_and_are_found(browser):
    make_entry("Zielgruppe")
    make_entry("Ärzte", forms=["Medizinerin"])

    page = browser.open("/glossar/")

    assert [letter.text for letter in page.html.select("main section h2")] == ["A", "Z"]
    page = page.submit("find", q="medizin")
    assert "Ärzte" in page.main
    assert "Zielgruppe" not in page.main


def test_unknown_word_leads_to_the_search(browser):
    page = browser.open("/glossar/?q=Xylophon")

    assert page.html.select("a[href='/suche?q=Xylophon']")
    browser.open("/glossar/xylophon", status=404)


def test_editor_adds_changes_and_archives_an_entry(editor, new_browser):
    make_entry("ÖGD")
    page = editor.open("/glossar/").follow("Eintrag anlegen")
    page = page.submit("entry", title="Setting", definition="Ein Ort.", see_also=["oegd"])
    assert "Ein Ort." in page.main

    page = page.follow("Bearbeiten").submit("entry", definition="Ein Ort des Alltags.")
    assert "Fassung 2" in page.follow("Verlauf").main

    page.submit("archive")
    new_browser().open("/glossar/setting", status=404)
    assert "archiviert" in editor.open("/glossar/setting").main


def test_same_title_and_long_definitions_are_refused(editor):
    make_entry("ÖGD")
    page = editor.open("/redaktion/glossar/neu")

    refused = page.submit("entry", status=422, title="ÖGD", definition="Ein Dienst.")
    assert "steht schon im Glossar" in refused.main
    refused = page.submit("entry", status=422, title="Neu", definition="x" * 1_501)
    assert "Bitte kürzen Sie den Text um 1 Zeichen" in refused.main


def test_second_of_two_editors_sees_both_texts(editor, new_browser):
    make_entry()
    first = editor.open("/redaktion/glossar/praeventionskette")
    second = new_browser().sign_in(factories.make_frieda())
    second = second.open("/redaktion/glossar/praeventionskette")

    first.submit("entry", definition="Zuerst gespeichert.")
    page = second.submit("entry", status=409, definition="Zu spät gespeichert.")

    assert "Zuerst gespeichert." in page.main
    assert "Zu spät gespeichert." in page.main


def test_words_are_linked_on_examples_and_first_posts_without_changing_them(browser):
    make_entry()
    example = factories.make_example(goals="Unsere Präventionskette wächst.")
    thread = factories.make_thread(
        group=factories.make_group(audience="public"),
        posts=("Wer hat eine Präventionskette?", "Wir haben eine Präventionskette."),
    )

    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}")
    assert len(page.html.select("a.glossary-term")) == 1
    page = browser.open(thread.path)
    assert len(page.html.select("#beitrag-1 a.glossary-term")) == 1
    assert not page.html.select("#beitrag-2 a.glossary-term")
    assert "glossary-term" not in example.html["goals"]


def test_changed_glossary_shows_on_pages_kept_in_memory(browser):
    example = factories.make_example(goals="Unsere Präventionskette wächst.")
    address = f"/werkzeugkiste/beispiele/{example.id}"
    assert not browser.open(address).html.select("a.glossary-term")

    make_entry()

    assert browser.open(address).html.select("a.glossary-term")


def test_entries_are_found_by_the_search(browser):
    make_entry("Lotsendienst", definition="Begleitet durch das Hilfesystem.")

    assert "/glossar/lotsendienst" in str(browser.open("/suche?q=Lotsendienste").html)


def test_list_takes_as_many_queries_for_many_entries(browser, count_queries):
    make_entry("Eins")
    few = count_queries(lambda: browser.open("/glossar/"))
    for number in range(20):
        make_entry(f"Wort {number}")

    assert count_queries(lambda: browser.open("/glossar/")) == few


def test_import_adds_whole_entries_once():
    assert actions.import_entries() == 43
    assert actions.import_entries() == 0

    [entry] = queries.find_entries(["praeventionskette"])
    assert {other.slug for other in entry.see_also} >= {"lebenswelt", "verstetigung"}
