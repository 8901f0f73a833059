"""Editors put paths together, without JavaScript, and nobody overwrites anybody."""

import pytest

from inforo.db import session
from inforo.paths import queries
from inforo.paths.models import LearningPath, StepKind
from tests import factories
from tests.paths.making import add_step, add_text, make_path


@pytest.fixture
def editor(browser):
    return browser.sign_in(factories.make_emil())


def titles(page):
    return [title.get_text(strip=True) for title in page.html.select(".path__title")]


def of(path):
    return f"/redaktion/lernpfade/{path.id}"


def test_editor_makes_a_path_of_all_kinds_of_steps_and_publishes_it(editor, new_browser):
    page = editor.open("/redaktion/lernpfade").follow("Lernpfad anlegen")
    page = page.submit("path", title="Hitze", summary="Für heiße Tage.", intro="**Los!**")
    refused = page.submit("publish", status=409)
    assert "ohne Schritte" in refused.text
    example, tool = factories.make_example("Hitzetelefon"), factories.make_tool("Merkblatt")
    thread = factories.make_thread(
        "Wer hat kühle Orte?", group=factories.make_group(audience="public")
    )
    for address in (
        f"/werkzeugkiste/beispiele/{example.id}-hitzetelefon",
        f"http://localhost/werkzeugkiste/werkzeuge/{tool.id}",
        f"/diskussionen/{thread.id}",
    ):
        form = page.follow("Etwas von inforo hinzufügen")
        page = form.submit("step", address=address, reason="Darum.", minutes="10")
    form = page.follow("Eigenen Text hinzufügen")
    last = {"title": "Fazit", "body": "Trinken.", "reason": "Zum Schluss.", "minutes": "2"}
    page = form.submit("step", **last)
    page = page.submit("publish")

    assert "etwa 32 Minuten" in page.main
    page = new_browser().open("/lernpfade/hitze")
    assert titles(page) == ["Hitzetelefon", "Merkblatt", "Wer hat kühle Orte?", "Fazit"]


def test_steps_move_and_go_away(editor):
    path = make_path(steps=0, published=False)
    one, two, three = (add_text(path, title) for title in ("Eins", "Zwei", "Drei"))
    page = editor.open(of(path))

    page = page.submit(f"up-{three.id}")
    assert titles(page) == ["Eins", "Drei", "Zwei"]
    page = page.submit(f"down-{one.id}")
    assert titles(page) == ["Drei", "Eins", "Zwei"]
    assert not page.has_form(f"up-{three.id}")
    assert not page.has_form(f"down-{two.id}")
    page = page.submit(f"remove-{one.id}")
    assert titles(page) == ["Drei", "Zwei"]


def test_addresses_that_lead_nowhere_and_the_same_twice_are_refused(editor):
    path, tool = make_path(), factories.make_tool()
    there = f"/werkzeugkiste/werkzeuge/{tool.id}-muster"
    page = editor.open(f"{of(path)}/schritte")
    values = {"reason": "Darum.", "minutes": "10"}

    for address in ("/personen/1", "/werkzeugkiste/beispiele/999999", "https://example.org/"):
        again = page.submit("step", status=422, address=address, **values)
        assert "nichts, was hierher passt" in again.main
        assert again.html.select_one("#address")["value"] == address
    page.submit("step", address=there, **values)
    again = editor.open(f"{of(path)}/schritte").submit(
        "step", status=422, address=there, **values
    )
    assert "schon ein Schritt" in again.main


def test_threads_the_editor_may_not_read_cannot_be_added(editor):
    olga = factories.make_account("Olga")
    closed = factories.make_group("Kreis", audience="closed", managers=(olga,))
    thread = factories.make_thread("Verschwiegenes", group=closed, author=olga)
    path = make_path()

    page = editor.open(f"{of(path)}/schritte").submit(
        "step", status=422, address=f"/diskussionen/{thread.id}", reason="Da.", minutes="1"
    )

    assert "nichts, was hierher passt" in page.main


def test_editor_sees_no_title_of_a_step_that_is_hidden_from_editors(editor):
    olga = factories.make_account("Olga")
    closed = factories.make_group("Kreis", audience="closed", managers=(olga,))
    thread = factories.make_thread("Verschwiegenes", group=closed, author=olga)
    path = make_path()
    add_step(path, StepKind.THREAD, thread_id=thread.id)

    page = editor.open(of(path))

    assert "dürfen Sie nicht lesen" in page.main
    for address in (of(path), f"{of(path)}/verlauf"):
        assert "Verschwiegenes" not in editor.open(address).text


@pytest.mark.parametrize("minutes", ["0", "241", "viel", ""])
def test_minutes_make_sense(editor, minutes):
    page = editor.open(f"{of(make_path())}/texte").submit(
        "step", status=422, title="T", body="Text.", reason="Darum.", minutes=minutes
    )

    assert page.html.select_one("#minutes-error")
    assert page.html.select_one("#body").text.strip() == "Text."


def test_second_saver_sees_both_texts(editor, new_browser):
    path = make_path(summary="Alt.")
    mine = editor.open(of(path))
    other = new_browser().sign_in(factories.make_emil(email="emilia@example.org"))
    other.open(of(path)).submit("path", summary="Von Emilia.")

    page = mine.submit("path", status=409, summary="Von Emil.")

    assert "Von Emilia." in page.main
    assert page.html.select_one("#summary")["value"] == "Von Emil."
    page.submit("path")
    assert session.get(LearningPath, path.id, populate_existing=True).summary == "Von Emil."


def test_step_changes_with_history_and_conflict(editor):
    path = make_path()
    [step] = queries.steps_in_order(path)
    address = f"{of(path)}/schritte/{step.id}"
    early = editor.open(address)

    editor.open(address).submit("step", reason="Neuer Grund.", minutes="7")
    page = early.submit("step", status=409, reason="Anderer Grund.")

    assert "Neuer Grund." in page.main
    history = editor.open(f"{of(path)}/verlauf").html
    assert "Neuer" in [word.text.strip() for word in history.select(".diff ins")][1]


def test_published_path_is_taken_back(editor, new_browser):
    path = make_path()

    editor.open(of(path)).submit("unpublish")

    new_browser().open(path.path, status=404)


def test_two_paths_with_the_same_title_have_their_own_addresses(editor):
    page = editor.open("/redaktion/lernpfade/neu")
    page.submit("path", title="Anfangen", summary="Eins.")
    page = editor.open("/redaktion/lernpfade/neu")
    page.submit("path", title="Anfangen", summary="Zwei.")

    assert queries.find_by_slug("anfangen-2").summary == "Zwei."
