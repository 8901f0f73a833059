"""The form of a question, and changing what was asked."""

from sqlalchemy import func, select

from inforo.db import session
from inforo.discussions.models import Thread, ThreadMunicipality
from inforo.versions import Version
from tests import factories
from tests.factories import (
    make_account,
    make_anna,
    make_bernd,
    make_example,
    make_group,
    make_thread,
)


def test_form_says_who_will_read_it(browser):
    anna, olga = make_anna(), make_account("Olga")
    closed = make_group("Interne Runde", audience="closed", members=(anna, olga))
    make_group("Werkstatt", audience="members")
    make_group("Marktplatz", audience="public")

    page = browser.sign_in(anna).open(f"/diskussionen/neu?gruppe={closed.slug}&title=Hallo")

    assert page.html.select_one("#title")["value"] == "Hallo"
    assert page.html.select_one("#audience").text == "sichtbar für 2 Personen"
    assert "Marktplatz – öffentlich lesbar" in page.text
    assert "Werkstatt – sichtbar für" in page.text
    chosen = page.html.select_one("#group_id option[selected]")
    assert chosen["value"] == str(closed.id)


def test_preview_shows_text_and_audience_and_saves_nothing(browser):
    group = make_group(audience="public")
    page = browser.sign_in(make_anna()).open("/diskussionen/neu")

    page = page.submit(
        "thread", button="preview", title="Titel", body="**fett**", group_id=str(group.id)
    )

    assert page.html.select_one(".preview strong").text == "fett"
    assert page.html.select_one("#audience").text == "öffentlich lesbar"
    assert session.scalar(select(func.count(Thread.id))) == 0
    assert "fett" in page.submit("thread").main
    assert session.scalar(select(func.count(Thread.id))) == 1


def test_empty_question_is_explained(browser):
    make_group()
    page = browser.sign_in(make_anna()).open("/diskussionen/neu")

    page = page.submit("thread", title="Nur ein Titel", status=422)

    assert page.html.select_one(".error-summary a")["href"] == "#body"
    assert page.html.select_one("#title")["value"] == "Nur ein Titel"


def test_question_sent_twice_is_there_once(browser):
    group = make_group(audience="public")
    page = browser.sign_in(make_anna()).open("/diskussionen/neu")
    values = {"title": "Einmal", "body": "Text", "group_id": str(group.id)}

    first, second = page.submit("thread", **values), page.submit("thread", **values)

    assert first.url == second.url
    assert session.scalar(select(func.count(Thread.id))) == 1


def test_question_carries_topics_places_and_examples(browser):
    group, example = make_group(audience="public"), make_example("Willkommen im Leben")
    page = browser.sign_in(make_anna()).open("/diskussionen/neu")

    page = page.submit(
        "thread", button="municipality_search", title="T", body="B", municipality_query="Münst"
    )
    page = page.submit(
        "thread",
        group_id=str(group.id),
        terms=["ernaehrung"],
        municipality=factories.MUENSTER,
        examples=f"/werkzeugkiste/beispiele/{example.id}-willkommen-im-leben",
        on_behalf="y",
    )

    assert "Ernährung" in page.main
    assert page.html.select_one(f"a[href='/kommunen/{factories.MUENSTER}-muenster']")
    assert "Willkommen im Leben" in page.main
    assert "gefragt im Namen von Mannheim" in page.main


def test_nobody_asks_in_a_group_they_cannot_read(browser):
    closed = make_group(audience="closed", managers=(make_account(),))
    make_group()
    page = browser.sign_in(make_anna()).open("/diskussionen/neu")

    page = page.submit("thread", title="T", body="B", group_id=str(closed.id), status=422)

    assert session.scalar(select(func.count(Thread.id))) == 0


def test_title_and_topics_are_edited_with_history(browser):
    anna = make_anna()
    thread = make_thread("Alter Titel", author=anna)
    session.add(ThreadMunicipality(thread_id=thread.id, municipality_ags=factories.MUENSTER))
    session.commit()
    page = browser.sign_in(anna).open(thread.path).follow("Titel und Einordnung")

    page = page.submit(
        "edit", title="Neuer Titel", terms=["bewegung"], municipality_query="Mannheim"
    )

    assert page.html.h1.text == "Neuer Titel"
    assert "Bewegung" in page.main
    assert "Münster" in page.main
    assert len(session.scalars(select(Version)).all()) == 2


def test_second_editor_of_a_title_sees_both(browser):
    anna = make_anna()
    thread = make_thread(author=anna)
    url = f"/diskussionen/{thread.id}/bearbeiten"
    late = browser.sign_in(anna).open(url)
    browser.open(url).submit("edit", title="Erster Titel")

    page = late.submit("edit", title="Zweiter Titel", status=409)

    assert "Erster Titel" in page.main
    assert "Zweiter Titel" in page.html.select_one(".conflict").text


def test_answer_is_no_conflict_for_who_edits_the_title(browser, new_browser):
    anna = make_anna()
    thread = make_thread(author=anna)
    late = browser.sign_in(anna).open(f"/diskussionen/{thread.id}/bearbeiten")
    new_browser().sign_in(make_bernd()).open(thread.path).submit("reply", body="Ja.")

    assert late.submit("edit", title="Besserer Titel").html.h1.text == "Besserer Titel"
