"""Termine: from a member's note to a page, a list by month and a calendar."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.authz import GUEST
from inforo.clock import BERLIN
from inforo.db import session
from inforo.editorial.models import PublicationState, Readership
from inforo.editorial.policy import may_view, visible_to
from inforo.events.models import Event, Mode
from inforo.offices.models import WorkItem
from inforo.templating import show_span
from tests import factories
from tests.events.making import make_event
from tests.offices.people import make_clara

ANSWERS = {
    "title": "Werkstatt Bewegung",
    "kind_key": "workshop",
    "starts": "2031-07-01T10:00",
    "ends": "2031-07-01T12:00",
    "place": "Rathaus",
    "organiser": "Stadt Mannheim",
    "body": "Wir **bewegen** uns.",
}


def write(browser, **values):
    page = browser.open("/termine/").follow("Termin melden")
    return page.submit("event", **(ANSWERS | values))


def titles(page):
    return [title.text for title in page.html.select(".result__title")]


def test_event_goes_from_a_member_through_the_office_to_everybody(browser, new_browser):
    page = write(browser.sign_in(factories.make_anna())).submit("submit")
    new_browser().open(page.url, status=404)
    item = session.scalar(select(WorkItem))
    assert (item.kind.value, item.state_code) == ("event", "BW")

    clara = new_browser().sign_in(make_clara())
    page = clara.open("/redaktion/termine").follow(ANSWERS["title"]).submit("publish")
    assert "Veröffentlicht." in page.main

    page = new_browser().open("/termine/").follow(ANSWERS["title"])
    assert "1. Juli 2031, 10 – 12 Uhr" in page.main
    assert "Workshop" in page.main


def test_summer_time_in_berlin_is_stored_in_utc(browser):
    write(browser.sign_in(factories.make_anna()))

    event = session.scalar(select(Event))
    assert event.starts_at == datetime(2031, 7, 1, 8, tzinfo=UTC)
    assert event.ends_at == datetime(2031, 7, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("starts", "irgendwann", "Bitte geben Sie Tag und Uhrzeit an"),
        ("starts", "0001-01-01T00:00", "Bitte geben Sie Tag und Uhrzeit an"),
        ("starts", "", "wann es beginnt"),
        ("ends", "2031-07-01T09:00", "Das Ende liegt vor dem Beginn."),
        ("place", "", "Bitte geben Sie den Ort an."),
        ("kind_key", "", "was für ein Termin"),
        ("registration_url", "javascript:alert(1)", "https://"),
    ],
)
def test_what_is_wrong_is_explained_and_the_text_is_kept(browser, field, typed, message):
    page = browser.sign_in(factories.make_anna()).open("/termine/neu")

    page = page.submit("event", status=422, **(ANSWERS | {field: typed}))

    assert message in page.main
    assert page.html.select_one("[name=body]").text.strip() == ANSWERS["body"]
    assert session.scalar(select(Event)) is None


def test_office_of_another_land_does_not_see_what_waits(browser):
    event = make_event(state="submitted")

    browser.sign_in(factories.make_doris()).open(event.address, status=404)


def test_nobody_publishes_their_own_event(browser):
    clara = make_clara()
    event = make_event(author=clara, state="submitted")
    page = browser.sign_in(clara).open(event.path)
    token = page.html.select_one("[name=csrf_token]")["value"]

    answer = browser.client.post(
        f"{event.address}/veroeffentlichen", data={"csrf_token": token}
    )

    assert answer.status_code == 403
    assert session.get(Event, event.id).state is PublicationState.SUBMITTED


def test_sql_and_python_agree_who_sees_what():
    anna = factories.make_anna()
    people = [anna, factories.make_bernd(), make_clara(), factories.make_emil()]
    people += [factories.make_luise()]
    events = [
        make_event(author=author, state=step.value, audience=who.value)
        for step in PublicationState
        for who in Readership
        for author in (anna, None)
    ]

    for actor in [GUEST, *map(factories.actor, people)]:
        seen = set(session.scalars(select(Event.id).where(visible_to(actor, Event))))
        assert seen == {event.id for event in events if may_view(actor, event)}


def test_list_shows_what_comes_by_month_and_narrows(browser):
    make_event("Kommt bald", in_days=2)
    make_event("Kommt online", in_days=40, mode=Mode.ONLINE, kind_key="online-seminar")
    make_event("Im Westen", in_days=80, state_code="NW")
    make_event("War schon", in_days=-5)

    def listed(query=""):
        return titles(browser.open(f"/termine/{query}"))

    assert listed() == ["Kommt bald", "Kommt online", "Im Westen"]
    assert len(browser.open("/termine/").html.select("#list h2")) >= 2
    assert listed("?online=1") == ["Kommt online"]
    assert listed("?art=online-seminar") == ["Kommt online"]
    assert listed("?land=NW") == ["Im Westen"]
    assert listed("?vergangen=1") == ["War schon"]
    first = (clock.today() + timedelta(days=30)).isoformat()
    last = (clock.today() + timedelta(days=60)).isoformat()
    assert listed(f"?von={first}&bis={last}") == ["Kommt online"]
    assert len(listed("?von=quatsch&bis=9999-12-31")) == 3


def test_event_that_runs_is_not_over_yet(browser):
    begins = clock.now() - timedelta(hours=1)
    make_event("Läuft gerade", starts_at=begins, ends_at=begins + timedelta(hours=3))

    assert titles(browser.open("/termine/")) == ["Läuft gerade"]


def test_for_members_only_stays_among_members(browser, new_browser):
    event = make_event("Kranichfeder", audience="members")
    calendar = f"{event.address}.ics"

    for address in ("/", "/termine/", "/termine/termine.ics", "/suche?q=Kranichfeder"):
        assert event.path not in browser.client.get(address).text
    assert browser.client.get(calendar).status_code == 404
    anna = new_browser().sign_in(factories.make_anna())
    assert "Kranichfeder" in anna.client.get(calendar).text
    assert "Kranichfeder" in anna.open("/").main
    assert event.path in str(anna.open("/suche?q=Kranichfeder").html)
    assert "Kranichfeder" not in anna.client.get("/termine/termine.ics").text


def test_events_are_found_by_title_kind_and_place(browser):
    event = make_event("Eisvogel im Park", kind_key="barcamp")

    for question in ("Eisvögel", "Unkonferenz Eisvogel", "Barcamp Rathaus"):
        assert event.path in str(browser.open(f"/suche?q={question}").html), question


def test_documentation_names_who_spoke(browser, new_browser):
    event = make_event(state="submitted", in_days=-3, minutes="Es war **gut**.")
    clara = browser.sign_in(make_clara())
    page = clara.open(f"{event.address}/dateien")
    slides = (io.BytesIO(b"Folien"), "folien.txt")
    page.submit("attach", upload=slides, speaker="Dr. Ruth Reh", organisation="KGC Hessen")
    clara.open(event.path).submit("publish")

    page = new_browser().open(event.path)

    assert "Dr. Ruth Reh, KGC Hessen" in page.main
    assert page.html.select("#documentation")
    assert "Dieser Termin ist vorbei." in page.main


def test_land_page_shows_its_events_and_articles(browser):
    make_event("Hier bei uns")
    make_event("Anderswo", state_code="NW")

    page = browser.open("/laender/BW")

    assert "Hier bei uns" in page.main
    assert "Anderswo" not in page.main


def test_second_of_two_who_edit_sees_both_texts(browser, new_browser):
    event = make_event(state="submitted")
    first = browser.sign_in(make_clara()).open(f"{event.address}/bearbeiten")
    second = new_browser().sign_in(factories.make_emil())
    second = second.open(f"{event.address}/bearbeiten")

    first.submit("event", body="Zuerst gespeichert.")
    page = second.submit("event", status=409, body="Zu spät gespeichert.")

    assert "Zuerst gespeichert." in page.main
    assert "Zu spät gespeichert." in page.main


def test_history_of_an_event_speaks_in_words(browser):
    event = make_event(state="submitted")
    page = browser.sign_in(make_clara()).open(f"{event.address}/bearbeiten")

    page = page.submit(
        "event",
        kind_key="workshop",
        mode="online",
        starts="2031-07-01T10:00",
        ends="2031-07-01T12:00",
    )

    history = page.follow("Verlauf").main
    for words in ("Workshop", "online", "1. Juli 2031, 10:00"):
        assert words in history
    assert "T08:00" not in history


def test_author_deletes_the_draft_of_an_event(browser):
    anna = factories.make_anna()
    event = make_event(author=anna, state="draft")
    address = event.address

    page = browser.sign_in(anna).open(address).submit("delete")

    assert page.url == "/termine/meine"
    browser.open(address, status=404)


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        ("2031-07-01 10:00", "2031-07-01 16:00", "1. Juli 2031, 10–16 Uhr"),
        ("2031-07-01 09:30", "2031-07-01 12:15", "1. Juli 2031, 9:30–12:15 Uhr"),
        ("2031-07-01 10:00", "2031-07-01 10:00", "1. Juli 2031, 10 Uhr"),
        ("2031-07-01 10:00", "2031-07-02 12:00", "1. Juli 2031, 10 bis 2. Juli 2031, 12 Uhr"),
    ],
)
def test_a_day_is_said_once(app, begins, ends, words):
    first, last = (
        datetime.fromisoformat(moment).replace(tzinfo=BERLIN) for moment in (begins, ends)
    )

    assert show_span(first, last).striptags() == words


@pytest.mark.parametrize("who", [None, "anna", "clara"])
def test_pages_take_as_many_queries_for_many_events(browser, count_queries, who):
    if who:
        browser.sign_in(getattr(factories, f"make_{who}")())
    event = make_event()
    browser.open("/termine/")
    few = [count_queries(lambda a=a: browser.open(a)) for a in ("/termine/", "/")]
    for number in range(5):
        make_event(f"Weitere {number}")
    many = [count_queries(lambda a=a: browser.open(a)) for a in ("/termine/", "/")]
    most = 12 if who else 8

    assert many == few
    assert max(many) <= most
    assert count_queries(lambda: browser.open(event.path)) <= most
