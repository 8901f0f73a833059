"""The first page: what guests find, and what members go on with."""

from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.toolbox.states import ExampleState
from tests.factories import (
    make_anna,
    make_applicant,
    make_bernd,
    make_clara,
    make_example,
    make_group,
    make_thread,
    save,
)


def test_guest_sees_search_examples_and_public_threads(browser):
    make_example("Elterncafé im Stadtteilzentrum")
    make_thread("Öffentliche Frage", group=make_group(audience="public"))
    make_thread("Frage unter Mitgliedern", group=make_group(audience="members"))

    page = browser.open("/")

    assert page.html.select_one(".hero form[action='/suche'] input[name=q]")
    assert "Elterncafé im Stadtteilzentrum" in page.main
    assert "Öffentliche Frage" in page.main
    assert "Frage unter Mitgliedern" not in page.main


def test_start_page_counts_only_what_is_published(browser):
    make_example("Veröffentlicht")
    make_example("Entwurf", state=ExampleState.DRAFT)

    page = browser.open("/")

    figures = {dt.text: dt.find_next("dd").text for dt in page.html.select(".stats dt")}
    assert figures["Praxisbeispiele"] == "1"
    assert "Entwurf" not in page.main


def test_member_sees_own_groups_drafts_and_open_questions(browser):
    anna = make_anna()
    make_group("Elterncafés", members=(anna,))
    make_group("Fremde Gruppe", members=(make_bernd(),))
    make_example("Mein Entwurf", author=anna, state=ExampleState.DRAFT)
    make_thread("Wer weiß Rat?")

    page = browser.sign_in(anna).open("/")

    assert page.html.h1.text == "Mein Überblick"
    assert "Elterncafés" in page.main
    assert "Fremde Gruppe" not in page.main
    assert page.follow("Mein Entwurf").html.h1.text == "Mein Entwurf"
    assert "Wer weiß Rat?" in page.main


def test_ways_to_all_of_something_say_what(browser):
    anna = make_anna()
    make_example("Mein Entwurf", author=anna, state=ExampleState.DRAFT)
    make_thread("Wer weiß Rat?")

    page = browser.sign_in(anna).open("/")

    ways = [a.text for a in page.html.select(".section__head a") if "Alle ansehen" in a.text]
    assert "Alle ansehen: Neu in der Werkzeugkiste" in ways
    assert len(ways) == len(set(ways)) >= 3


def test_member_sees_that_there_is_news(browser):
    anna = make_anna()
    save(notify(anna, Event.MENTION, key="m:1", title="Jemand erwähnt Sie", url="/"))

    page = browser.sign_in(anna).open("/")

    assert "1 ungelesene Benachrichtigung" in page.main


def test_applicant_is_led_to_the_own_application(browser):
    page = browser.sign_in(make_applicant()).open("/")

    assert page.html.select_one("main a[href='/konto/antrag']")


def test_closed_groups_show_nowhere_on_the_start_page(new_browser):
    group = make_group("Geheime Runde", audience="closed")
    make_thread("KANARIE", group=group)

    for person in (None, make_bernd(), make_clara()):
        browser = new_browser().sign_in(person) if person else new_browser()

        assert "KANARIE" not in browser.open("/").text


def test_start_page_costs_the_same_however_much_there_is(browser, count_queries):
    anna = make_anna()
    browser.sign_in(anna)
    group = make_group(members=(anna,))
    make_thread(group=group)
    make_example()
    few = count_queries(lambda: browser.open("/"))
    for _ in range(4):
        make_thread(group=make_group(members=(anna,)))
        make_example()

    many = count_queries(lambda: browser.open("/"))

    assert many == few
    assert many <= 12
