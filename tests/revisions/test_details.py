"""What is said about a tool is corrected by who looks after it; versions are taken back."""

from sqlalchemy import select

from inforo.audit import LogEntry
from inforo.db import session
from inforo.toolbox.tool_models import Tool
from inforo.versions import history
from tests import factories
from tests.revisions.test_versions import basket, hand_in, make_tool, page_of, versions


def edit_page(browser, tool, status=200):
    return browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}/bearbeiten", status)


def saved(tool):
    session.expire_all()
    return session.get_one(Tool, tool.id)


def test_author_corrects_title_and_licence_and_everybody_reads_it(browser, new_browser):
    anna = factories.make_anna()
    tool = make_tool(anna)

    page = page_of(browser.sign_in(anna), tool).follow("Angaben ändern")
    page = page.submit("tool-details", title="Muster für Lotsen", licence="CC0 1.0")

    assert "Die Angaben sind gespeichert." in page.text
    assert page.html.h1.text == "Muster für Lotsen"
    assert "CC0" in page_of(new_browser(), tool).text


def test_what_it_said_before_stays_in_the_history_and_the_log(browser):
    anna = factories.make_anna()
    tool = make_tool(anna)
    before = tool.title

    edit_page(browser.sign_in(anna), tool).submit("tool-details", title="Neu")

    assert [each.fields["title"] for each in history(saved(tool))] == ["Neu", before]
    assert "edit" in session.scalars(select(LogEntry.action)).all()


def test_saving_without_a_change_leaves_no_trace(browser):
    anna = factories.make_anna()
    tool = make_tool(anna)

    edit_page(browser.sign_in(anna), tool).submit("tool-details")

    assert history(saved(tool)) == []


def test_search_finds_the_new_title(browser, new_browser):
    anna = factories.make_anna()
    tool = make_tool(anna)

    edit_page(browser.sign_in(anna), tool).submit("tool-details", title="Wackelzahnpass")

    assert "Wackelzahnpass" in new_browser().open("/suche?q=Wackelzahnpass").main


def test_conflict_shows_both_texts_and_loses_nothing(browser, new_browser):
    anna, clara = factories.make_anna(), factories.make_clara()
    tool = make_tool(anna)
    mine = edit_page(browser.sign_in(anna), tool)
    edit_page(new_browser().sign_in(clara), tool).submit("tool-details", title="Von Clara")

    page = mine.submit("tool-details", status=409, title="Von Anna")

    sides = [side.text for side in page.html.select(".conflict__text")]
    assert sides == ["Von Clara", "Von Anna"]
    assert page.html.select_one("[name=title]")["value"] == "Von Anna"
    page.submit("tool-details")
    assert saved(tool).title == "Von Anna"


def test_empty_title_is_refused_and_the_rest_kept(browser):
    anna = factories.make_anna()
    tool = make_tool(anna)

    page = edit_page(browser.sign_in(anna), tool).submit(
        "tool-details", status=422, title="", summary="Getippt"
    )

    assert "Bitte geben Sie dem Werkzeug einen Titel." in page.main
    assert page.html.select_one("[name=summary]").text.strip() == "Getippt"


def test_waiting_version_is_taken_back(browser):
    anna = factories.make_anna()
    tool = make_tool(anna)
    hand_in(browser.sign_in(anna), tool)

    page = page_of(browser, tool).submit("withdraw-version")

    assert "zurückgezogen" in page.text
    assert "wird geprüft" not in page.main
    assert list(versions(tool)) == [1]
    assert basket() == []


def test_decided_version_is_not_taken_back(browser, new_browser):
    anna, clara = factories.make_anna(), factories.make_clara()
    tool = make_tool(anna)
    hand_in(browser.sign_in(anna), tool)
    page = page_of(browser, tool)
    [item] = basket()
    new_browser().sign_in(clara).open(item.url).submit("publish")

    page.submit("withdraw-version", status=403)

    assert list(versions(tool)) == [2, 1]
