"""The pages of editors, glossary and learning: accessible, and whole at any width."""

import re

import pytest
from playwright.sync_api import expect

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
    ("keyword-edit", EDITOR, "/redaktion/schlagwoerter/begriffe/1"),
    ("ring-edit", EDITOR, "/redaktion/synonyme/1"),
    ("ring-new", EDITOR, "/redaktion/synonyme/neu"),
    ("recommend", EDITOR, "/redaktion/empfehlungen/1"),
    ("glossary-new", EDITOR, "/redaktion/glossar/neu"),
    ("glossary-history", EDITOR, "/redaktion/glossar/oegd/verlauf"),
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


def test_keywords_are_merged_with_a_preview_and_back(visit):
    visitor = visit(EDITOR)
    page = visitor.open("/redaktion/schlagwoerter/target_group/")
    page.locator("main a[href*='/begriffe/']").last.click()
    page.locator("a[href$='/zusammenfuehren']").click()
    page.click("#choose button[type=submit]")
    assert look_at(visitor, "keyword-merge") == []

    page.fill("#merge [name=reason]", "Meint dasselbe")
    page.click("#merge button[type=submit]")
    page.wait_for_url("**/zusammenfuehrungen/**")
    assert look_at(visitor, "keyword-merged") == []
    page.fill("[name=reason]", "Doch nicht")
    page.locator("form[action$='/aufheben'] button[type=submit]").click()
    expect(page.get_by_text("Aufgehoben.").first).to_be_visible()


def test_word_of_the_glossary_opens_on_the_spot_and_closes_by_escape(visit):
    visitor = visit(GUEST)
    page = visitor.open("/werkzeugkiste/beispiele/4")
    word = page.locator("a.glossary-term").first
    entry = word.get_attribute("href")

    word.focus()
    word.press("Enter")
    box = page.get_by_role("dialog")
    expect(box).to_be_visible()
    expect(box).to_be_focused()
    expect(box.get_by_role("link", name="Im Glossar lesen")).to_have_attribute(
        "href", re.compile(f"{entry}$")
    )
    assert look_at(visitor, "glossary-box") == []

    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(word).to_be_focused()
    word.click()
    page.get_by_role("link", name="Im Glossar lesen").click()
    page.wait_for_url(f"**{entry}")


def test_word_of_the_glossary_is_a_link_without_script(visit):
    page = visit(GUEST, script=False).open("/werkzeugkiste/beispiele/4")

    page.locator("a.glossary-term").first.click()

    page.wait_for_url("**/glossar/**")
