"""The pages of editors, glossary and learning: accessible, and whole at any width."""

import pytest

from tests.e2e.test_pages import look_at

GUEST, ANNA = "", "anna-albrecht"
EDITOR = "emil-ebert"
PAGES = [
    ("glossary", GUEST, "/glossar/"),
    ("glossary-entry", GUEST, "/glossar/praeventionskette"),
    ("self-check", GUEST, "/werkzeugkiste/selbstcheck"),
    ("self-checks", ANNA, "/werkzeugkiste/selbstcheck/verlauf"),
    ("newcomer", GUEST, "/neu-hier"),
    ("newcomer-member", ANNA, "/neu-hier/3"),
    ("recommendations", GUEST, "/werkzeugkiste/empfehlungen"),
    ("toolbox-recommended", GUEST, "/werkzeugkiste/?phase=kita-alter-3-6"),
    ("keywords", EDITOR, "/redaktion/schlagwoerter/"),
    ("keywords-list", EDITOR, "/redaktion/schlagwoerter/field_of_action/"),
    ("synonyms", EDITOR, "/redaktion/synonyme/"),
    ("paths", GUEST, "/lernpfade/"),
    ("path-guest", GUEST, "/lernpfade/eine-praeventionskette-aufbauen"),
    ("path-member", ANNA, "/lernpfade/hitzeschutz-in-der-kommune"),
    ("paths-kept", EDITOR, "/redaktion/lernpfade"),
    ("path-new", EDITOR, "/redaktion/lernpfade/neu"),
    ("path-edit", EDITOR, "/redaktion/lernpfade/1"),
    ("path-step", EDITOR, "/redaktion/lernpfade/1/schritte"),
    ("path-text", EDITOR, "/redaktion/lernpfade/1/texte"),
    ("path-history", EDITOR, "/redaktion/lernpfade/1/verlauf"),
    ("glossary-edit", EDITOR, "/redaktion/glossar/oegd"),
]


@pytest.mark.parametrize(("name", "who", "address"), PAGES, ids=[row[0] for row in PAGES])
def test_page_is_accessible_and_whole(visit, name, who, address):
    visitor = visit(who)
    visitor.open(address)

    assert look_at(visitor, name) == []


def test_result_of_the_self_check_is_accessible(visit):
    visitor = visit(GUEST)
    page = visitor.open("/werkzeugkiste/selbstcheck")
    page.check("#partizipation-2")
    page.check("#konzeption-4")
    page.click("#check button[type=submit]")
    page.wait_for_selector("#next-steps")

    assert look_at(visitor, "self-check-result") == []


def test_word_of_the_glossary_is_reached_by_keyboard(visit):
    page = visit(GUEST).open("/werkzeugkiste/beispiele/4")
    word = page.locator("a.glossary-term").first

    word.focus()
    word.press("Enter")

    page.wait_for_url("**/glossar/**")
