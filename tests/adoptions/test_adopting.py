"""Registering „Wir machen das auch“, keeping it up to date, correcting and removing it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.adoptions.models import Adoption, AdoptionStage, AdoptionStep
from inforo.audit import LogEntry
from inforo.authz import Role
from inforo.db import session
from inforo.notifications.models import Notification
from inforo.toolbox.example_parts import ExampleAuthor
from inforo.toolbox.states import ExampleState
from tests import factories
from tests.adoptions.making import make_adoption
from tests.reference import BRUCHSAL, HERNE, MANNHEIM, MUENSTER


def adoptions() -> list[Adoption]:
    return list(session.scalars(select(Adoption).execution_options(populate_existing=True)))


def told(account) -> list[str]:
    statement = select(Notification.title).where(Notification.account_id == account.id)
    return list(session.scalars(statement))


def test_member_registers_the_own_municipality_in_a_minute(browser):
    example = factories.make_example(author=factories.make_anna())
    browser.sign_in(factories.make_bernd())

    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}").follow("Wir machen das auch")
    assert "Sie tragen Münster ein" in page.main
    page = page.submit("adopt", adapted="Wir besuchen erst ab dem zweiten Kind.")

    [made] = adoptions()
    assert (made.municipality_ags, made.stage, made.since) == (
        MUENSTER,
        AdoptionStage.PLANNED,
        clock.today(),
    )
    assert made.contact_name == "Bernd"
    assert "Danke! Münster ist eingetragen." in page.text
    assert "Wir besuchen erst ab dem zweiten Kind." in page.main
    assert told(example.author) == ["Münster macht das auch: Babybegrüßung mit Hausbesuch"]


def test_author_who_adopts_is_not_told_and_co_authors_are(browser):
    bernd, anna = factories.make_bernd(), factories.make_anna()
    example = factories.make_example(author=bernd)
    factories.save(ExampleAuthor(example_id=example.id, account_id=anna.id))
    page = browser.sign_in(bernd).open(f"/werkzeugkiste/beispiele/{example.id}/uebernehmen")
    page.submit("adopt")

    assert told(bernd) == []
    assert len(told(anna)) == 1


def test_form_sent_twice_registers_once(browser):
    example = factories.make_example()
    browser.sign_in(factories.make_bernd())
    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}/uebernehmen")
    page.submit("adopt")
    page.submit("adopt")

    assert len(adoptions()) == 1


def test_colleague_is_led_to_the_entry_there_is(browser):
    example = factories.make_example()
    make_adoption(example)
    browser.sign_in(factories.make_bernd())

    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}/uebernehmen")

    assert page.has_form("edit")


def test_two_colleagues_at_once_make_one_entry(browser, new_browser):
    example = factories.make_example()
    url = f"/werkzeugkiste/beispiele/{example.id}/uebernehmen"
    first = browser.sign_in(factories.make_bernd()).open(url)
    second = new_browser().sign_in(factories.make_bernd()).open(url)
    first.submit("adopt")

    page = second.submit("adopt")

    assert "schon eingetragen" in page.text
    assert page.has_form("edit")
    assert len(adoptions()) == 1


def test_origin_and_people_without_municipality_do_not_adopt(browser, new_browser):
    example = factories.make_example()
    url = f"/werkzeugkiste/beispiele/{example.id}/uebernehmen"

    for visitor, who in [
        (browser, factories.make_anna()),
        (new_browser(), factories.make_emil()),
    ]:
        page = visitor.sign_in(who).open(f"/werkzeugkiste/beispiele/{example.id}")
        assert url not in page.main, "a way that leads nowhere"
        visitor.open(url, status=403)


def test_unpublished_example_cannot_be_adopted(browser):
    example = factories.make_example(state=ExampleState.SUBMITTED)
    url = f"/werkzeugkiste/beispiele/{example.id}/uebernehmen"
    browser.sign_in(factories.make_bernd()).open(url, status=404)


def test_profile_editor_chooses_among_the_own_municipalities(browser):
    example = factories.make_example()
    gustav = factories.make_account("Gustav", municipality=MUENSTER)
    factories.grant(gustav, Role.PROFILE_EDITOR, municipality=HERNE)
    page = browser.sign_in(gustav).open(f"/werkzeugkiste/beispiele/{example.id}/uebernehmen")

    page.submit("adopt", municipality=HERNE)
    assert [made.municipality_ags for made in adoptions()] == [HERNE]
    refused = page.submit("adopt", status=422, municipality=MANNHEIM, idempotency_key="other")

    assert refused.has_form("adopt")
    assert len(adoptions()) == 1


BAD = [
    ({"since": "2999-01-01"}, "nicht vor uns liegt"),
    ({"since": "gestern"}, "Bitte geben Sie einen Tag an"),
    ({"since": ""}, "Bitte geben Sie einen Tag an"),
    ({"stage": "beendet"}, "warum Sie aufgehört haben"),
    ({"costs_once": "viel"}, "ganze Zahl in Euro"),
    ({"contact_email": "x@"}, "vollständige E-Mail-Adresse"),
    ({"adapted": "x" * 2001}, "um 1 Zeichen"),
    ({"stage": "unsinn"}, ""),
]


@pytest.mark.parametrize(("values", "message"), BAD)
def test_bad_input_is_explained_and_kept(browser, values, message):
    example = factories.make_example()
    browser.sign_in(factories.make_bernd())
    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}/uebernehmen")

    page = page.submit("adopt", status=422, **({"adapted": "Mein Text"} | values))

    assert message in page.main
    assert values.get("adapted", "Mein Text") in page.html.select_one("#adapted").text
    assert adoptions() == []


def test_colleague_moves_the_stage_and_history_keeps_the_dates(browser):
    adoption = make_adoption(factories.make_example(), stage="geplant")
    browser.sign_in(factories.make_bernd())
    page = browser.open(f"/uebernahmen/{adoption.id}/bearbeiten")

    page.submit("edit", stage="laeuft", since="2026-02-01", costs_per_year="12.000 €")

    [made] = adoptions()
    assert (made.stage, made.costs_per_year) == (AdoptionStage.RUNNING, 12000)
    [step] = session.scalars(select(AdoptionStep))
    assert (step.stage, step.since.isoformat()) == (AdoptionStage.RUNNING, "2026-02-01")
    again = browser.open(f"/uebernahmen/{adoption.id}/bearbeiten")
    again.submit("edit", adapted="Nur der Text ist neu.")
    assert len(session.scalars(select(AdoptionStep)).all()) == 1


def test_second_saver_sees_both_texts(browser, new_browser):
    adoption = make_adoption(factories.make_example())
    url = f"/uebernahmen/{adoption.id}/bearbeiten"
    first = browser.sign_in(factories.make_bernd()).open(url)
    second = new_browser().sign_in(factories.make_bernd()).open(url)
    first.submit("edit", adapted="Die erste Fassung")

    page = second.submit("edit", status=409, adapted="Die zweite Fassung")
    assert "Die erste Fassung" in page.main
    page.submit("edit")

    assert [made.adapted for made in adoptions()] == ["Die zweite Fassung"]


def test_adoptions_do_not_follow_each_other_in_circles(browser):
    example = factories.make_example()
    mine = make_adoption(example, MUENSTER)
    other = make_adoption(example, HERNE, followed_id=mine.id)
    browser.sign_in(factories.make_bernd())
    page = browser.open(f"/uebernahmen/{mine.id}/bearbeiten")

    page = page.submit("edit", status=422, followed=str(other.id))

    assert "von Ihnen übernommen" in page.main


def test_own_example_is_chosen_from_those_of_the_municipality(browser):
    example = factories.make_example()
    own = factories.make_example("Münsters Fassung", municipality=MUENSTER)
    factories.make_example("Fremd", municipality=HERNE)
    adoption = make_adoption(example)
    browser.sign_in(factories.make_bernd())
    page = browser.open(f"/uebernahmen/{adoption.id}/bearbeiten")
    offered = [option.text for option in page.html.select("#became option")]
    assert offered == ["nein", "Münsters Fassung"]

    page.submit("edit", became=str(own.id))

    assert [made.became_id for made in adoptions()] == [own.id]


def test_office_of_the_land_corrects_with_a_reason(browser):
    doris = factories.make_doris()
    adoption = make_adoption(factories.make_example(), HERNE, adapted="Werbung")
    page = browser.sign_in(doris).open(f"/uebernahmen/{adoption.id}/bearbeiten")
    assert "Begründung" in page.submit("edit", status=422, adapted="").main

    page.submit("edit", adapted="", reason="Das war Werbung.")

    [entry] = session.scalars(select(LogEntry).where(LogEntry.action == "adoption_correct"))
    assert (entry.reason, entry.state_code) == ("Das war Werbung.", "NW")
    assert "korrigiert" in told(adoption.author)[0]


def test_office_removes_with_a_reason_and_the_author_is_told(browser):
    doris = factories.make_doris()
    adoption = make_adoption(factories.make_example(), HERNE)
    author = adoption.author
    page = browser.sign_in(doris).open(f"/uebernahmen/{adoption.id}/bearbeiten")
    page.submit("remove", status=422)
    assert len(adoptions()) == 1

    page.submit("remove", **{"remove-reason": "Missbrauch"})

    assert adoptions() == []
    [entry] = session.scalars(select(LogEntry).where(LogEntry.action == "adoption_remove"))
    assert entry.reason == "Missbrauch"
    assert "entfernt" in told(author)[0]


def test_other_office_and_other_municipality_are_refused(browser, new_browser):
    adoption = make_adoption(factories.make_example(), HERNE)
    url = f"/uebernahmen/{adoption.id}/bearbeiten"

    browser.sign_in(factories.make_clara()).open(url, status=403)
    new_browser().sign_in(factories.make_bernd()).open(url, status=403)


def test_colleagues_delete_their_own_entry_without_a_reason(browser):
    adoption = make_adoption(factories.make_example())
    page = browser.sign_in(factories.make_bernd()).open(
        f"/uebernahmen/{adoption.id}/bearbeiten"
    )

    page.submit("remove")

    assert adoptions() == []
    assert (
        session.scalars(select(LogEntry).where(LogEntry.action == "adoption_remove")).all()
        == []
    )


def test_entry_stays_when_its_author_is_gone(browser):
    adoption = make_adoption(factories.make_example(), BRUCHSAL)
    adoption.author = None
    session.commit()
    clara = factories.make_clara()
    page = browser.sign_in(clara).open(f"/uebernahmen/{adoption.id}/bearbeiten")

    page.submit("edit", adapted="Berichtigt", reason="Auf Wunsch")

    assert [made.adapted for made in adoptions()] == ["Berichtigt"]


def test_tool_is_adopted_too(browser):
    tool = factories.make_tool()
    browser.sign_in(factories.make_bernd())
    page = browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}").follow("Wir nutzen das auch")

    page.submit("adopt", since=(clock.today() - timedelta(days=30)).isoformat())

    assert [made.tool_id for made in adoptions()] == [tool.id]
    assert "Münster" in browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}").main
