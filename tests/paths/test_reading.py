"""Paths are read by everybody, ticked off by members, and never show what one may not see."""

from sqlalchemy import func, select

from inforo.accounts.models import Account
from inforo.db import session
from inforo.paths import queries
from inforo.paths.models import StepDone, StepKind
from inforo.toolbox.states import ExampleState
from tests import factories
from tests.paths.making import add_step, add_text, make_path


def ids(path):
    return [step.id for step in queries.steps_in_order(path)]


def test_guest_reads_a_path_with_reasons_minutes_and_their_sum(browser):
    path = make_path("Eine Kette aufbauen", steps=0, published=False)
    example = factories.make_example("Netzwerk rund um die Geburt")
    tool = factories.make_tool("Mustervertrag")
    add_step(path, StepKind.EXAMPLE, example_id=example.id, minutes=10, reason="So fing es an.")
    add_step(path, StepKind.TOOL, tool_id=tool.id, minutes=5, reason="Zum Anpassen.")
    add_text(path, "Was jetzt", minutes=3)
    path.published_at = path.created_at
    session.commit()

    page = browser.open("/lernpfade/").follow("Eine Kette aufbauen")

    assert "3 Schritte, etwa 18 Minuten" in page.main
    assert "So fing es an." in page.main
    assert "Hier: Was jetzt." in page.main
    assert not page.html.select("main form")
    assert "Netzwerk rund um die Geburt" in page.follow("Netzwerk rund").main


def test_what_one_may_not_see_is_neither_shown_nor_counted(browser, new_browser):
    olga = factories.make_account("Olga")
    closed = factories.make_group("Kreis", audience="closed", managers=(olga,))
    thread = factories.make_thread("Verschwiegene Frage", group=closed, author=olga)
    withdrawn = factories.make_example("Zurückgezogen", state=ExampleState.WITHDRAWN)
    path = make_path(steps=1)
    add_step(path, StepKind.THREAD, thread_id=thread.id, minutes=20, reason="Intern.")
    add_step(path, StepKind.EXAMPLE, example_id=withdrawn.id, minutes=30, reason="Weg.")

    page = browser.open(path.path)
    assert "ein Schritt, etwa 5 Minuten" in page.main
    assert "Verschwiegene" not in page.text
    assert "Intern." not in page.text
    assert "ein Schritt etwa 5 Minuten" in browser.open("/lernpfade/").main

    page = new_browser().sign_in(olga).open(path.path)
    assert "2 Schritte, etwa 25 Minuten" in page.main
    assert "Verschwiegene Frage" in page.main


def test_member_ticks_off_steps_and_only_that_member_sees_it(browser, new_browser):
    path = make_path(steps=2)
    first, second = ids(path)
    page = browser.sign_in(factories.make_anna()).open(path.path)

    page = page.submit(f"done-{first}")
    assert "Erledigt: 1 von 2" in page.main
    assert "1 von 2 erledigt" in browser.open("/lernpfade/").main
    page = browser.open(path.path).submit(f"done-{second}")
    assert "Geschafft." in page.main
    page = page.submit(f"open-{second}")
    assert "Erledigt: 1 von 2" in page.main

    bernd = new_browser().sign_in(factories.make_bernd())
    assert "Erledigt: 0 von 2" in bernd.open(path.path).main


def test_a_step_one_may_not_see_cannot_be_ticked_off(browser, app):
    olga = factories.make_account("Olga")
    closed = factories.make_group("Kreis", audience="closed", managers=(olga,))
    thread = factories.make_thread("Verschwiegene Frage", group=closed, author=olga)
    path = make_path()
    step = add_step(path, StepKind.THREAD, thread_id=thread.id)
    address = f"{path.path}/schritte/{step.id}/erledigt"
    browser.sign_in(factories.make_anna())
    app.config["WTF_CSRF_ENABLED"] = False

    answer = browser.client.post(address)

    app.config["WTF_CSRF_ENABLED"] = True
    assert answer.status_code == 404
    assert session.scalar(select(func.count()).select_from(StepDone)) == 0


def test_progress_goes_with_the_account(browser):
    anna = factories.make_anna()
    path = make_path()
    browser.sign_in(anna).open(path.path).submit(f"done-{ids(path)[0]}")

    session.delete(session.get(Account, anna.id))
    session.commit()

    assert session.scalar(select(func.count()).select_from(StepDone)) == 0


def test_unpublished_path_is_there_for_editors_only(browser, new_browser):
    path = make_path(published=False)

    browser.open(path.path, status=404)
    assert path.title not in browser.open("/lernpfade/").main
    new_browser().sign_in(factories.make_anna()).open(path.path, status=404)
    page = new_browser().sign_in(factories.make_emil()).open(path.path)
    assert "noch nicht veröffentlicht" in page.main


def test_path_is_found_by_its_words_and_its_texts(browser):
    path = make_path("Wege durch die Sumpfdotterblumen", steps=0, published=False)
    add_text(path, "Zuerst das Gänseblümchen")
    path.published_at = path.created_at
    session.commit()

    for words in ("Sumpfdotterblumen", "Gänseblümchen"):
        assert path.title in browser.open(f"/suche?q={words}").main
    path.published_at = None
    session.commit()
    assert path.title not in browser.open("/suche?q=Sumpfdotterblumen").main


def test_path_and_list_take_as_many_queries_for_many_steps(browser, count_queries):
    path = make_path()
    addresses = (path.path, "/lernpfade/")
    browser.open(path.path)  # the words of the glossary are remembered from now on
    few = [count_queries(lambda at=at: browser.open(at)) for at in addresses]
    for number in range(6):
        example = factories.make_example(f"Beispiel {number}")
        add_step(path, StepKind.EXAMPLE, example_id=example.id)
        make_path(f"Pfad {number}")

    many = [count_queries(lambda at=at: browser.open(at)) for at in addresses]
    assert many == few
    assert max(many) <= 8
