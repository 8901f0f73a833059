"""From the office's desk over two readers and the author's release to the public page."""

import pytest
from sqlalchemy import select

from inforo import jobs
from inforo.audit import LogEntry
from inforo.db import session
from inforo.mail import Mail
from inforo.notifications.models import Notification
from inforo.offices.models import WorkItem, WorkKind
from inforo.reviews.models import Reading, Stage
from inforo.toolbox.example_parts import ExampleAuthor
from inforo.toolbox.states import ExampleState, Tier
from tests import factories
from tests.reference import BRUCHSAL, MUENSTER
from tests.reviews.things import SELF_RATING, Story, keys_of_criteria, make_draft, ratings


@pytest.fixture
def story(new_browser):
    return Story(new_browser)


def told(account_id):
    """Return the titles of what somebody was told so far."""
    jobs.work_all()
    statement = select(Notification.title).where(Notification.account_id == account_id)
    return list(session.scalars(statement.order_by(Notification.id)))


def test_full_review_leads_to_good_practice(story, new_browser):
    story.submit().propose()
    assert any("Kriterien prüfen" in title for title in told(story.ids["carla"]))

    story.read_by_both()
    assert story.review().stage is Stage.TALK
    page = story.open("carla", f"{story.desk}/gespraech")
    assert all(words in page.main for words in ("Erste 5", "Zweite 5", SELF_RATING))
    assert page.main.count("weit auseinander") == 12
    story.agree(note="Lange gesprochen")
    assert story.review().stage is Stage.RELEASE
    assert story.now().state is ExampleState.SUBMITTED

    page = story.open("ida", story.own)
    assert "Als Nächstes: Sie" in page.main
    page = page.follow("Lesen und freigeben")
    assert "Gemeinsam 1" in page.main
    page.submit("release")

    example = story.now()
    assert (example.state, example.tier) == (ExampleState.PUBLISHED, Tier.GOOD_PRACTICE)
    assert len(example.highlighted) == 3
    assert example.reviewer_id == story.ids["clara"]
    guest = new_browser().open(f"/werkzeugkiste/beispiele/{story.id}")
    assert "Gemeinsam 7" in guest.main
    items = session.scalars(select(WorkItem)).all()
    assert len(items) == 3
    assert all(item.closed_at for item in items)
    assert any("veröffentlicht" in title for title in told(story.ids["ida"]))


def test_unchanged_text_is_published_without_a_second_release(story):
    story.submit()

    story.open("clara", story.desk).submit("publish")

    assert story.now().state is ExampleState.PUBLISHED
    assert story.review().outcome == "published"


def test_text_the_office_changed_waits_for_its_author(story):
    story.submit()
    story.open("clara", f"{story.own}/ausgangslage").submit("edit", problem="Von Clara")

    page = story.open("clara", story.desk)
    assert "Zur Freigabe vorlegen" in page.main
    page.submit("publish")
    assert story.now().state is ExampleState.SUBMITTED
    page = story.open("ida", f"{story.own}/freigabe")
    assert "Von Clara" in page.html.select_one("#aenderungen").text
    page.submit("release")

    assert story.now().state is ExampleState.PUBLISHED


def test_objection_brings_the_text_back_to_the_office(story):
    story.submit()
    story.open("clara", f"{story.own}/ausgangslage").submit("edit", problem="Von Clara")
    story.open("clara", story.desk).submit("publish")

    page = story.open("ida", f"{story.own}/freigabe").submit("object", status=422)
    assert "Bitte schreiben Sie, was nicht passt." in page.main
    page.submit("object", objection="So war es nicht.")

    assert story.review().stage is Stage.REGIONAL
    assert "So war es nicht." in story.open("clara", story.desk).main
    assert any("Wieder in Ihrer Prüfung" in title for title in told(story.ids["clara"]))


def test_author_releases_only_the_version_that_was_read(story):
    story.submit()
    story.open("clara", f"{story.own}/ausgangslage").submit("edit", problem="Von Clara")
    story.open("clara", story.desk).submit("publish")
    page = story.open("ida", f"{story.own}/freigabe")

    story.open("clara", f"{story.own}/ausgangslage").submit("edit", problem="Noch später")
    page = page.submit("release", status=409)

    assert "Der Text wurde geändert" in page.main
    assert "Noch später" in page.main
    assert story.now().state is ExampleState.SUBMITTED


def test_reader_hands_in_only_what_was_read(story):
    story.submit().propose()
    page = story.take("carla", 1)

    story.open("clara", f"{story.own}/ausgangslage").submit("edit", problem="Inzwischen neu")
    page = page.submit("rate", button="submit", status=409, **ratings(3, "Getippt"))

    assert "Getippt 12" in [field["value"] for field in page.html.select("#sentence_12")]
    changes = page.follow("Was sich geändert hat")
    assert "Inzwischen neu" in changes.main
    assert session.scalars(select(Reading.submitted_at)).all() == [None, None]


def test_office_learns_what_changed_since_it_read(story):
    story.submit()
    page = story.open("clara", story.desk)

    story.open("emil", f"{story.own}/ausgangslage").submit("edit", problem="Von Emil")
    page = page.submit("publish", status=409)

    assert "Von Emil" in page.follow("Was sich geändert hat").main
    assert story.now().state is ExampleState.SUBMITTED


def test_question_to_the_author_keeps_its_text_when_the_version_is_old(story):
    story.submit()
    page = story.open("clara", story.desk)

    story.open("emil", f"{story.own}/ausgangslage").submit("edit", problem="Von Emil")
    page = page.submit("ask-changes", question="Was kostet es?", status=409)

    assert "Was kostet es?" in page.html.select_one("#question").text
    assert story.now().state is ExampleState.SUBMITTED


def bytes_of(browser, urls):
    found = b""
    for url in urls:
        found += browser.client.get(url, follow_redirects=True).data
    return found


def pages_around(story):
    return (
        "/",
        "/arbeitskorb/",
        "/arbeitskorb/?stand=erledigt",
        "/arbeitskorb/protokoll",
        "/konto/benachrichtigungen",
        story.desk,
        f"{story.desk}/gespraech",
        f"{story.desk}/aenderungen/1",
        story.own,
        f"{story.own}/freigabe",
        f"{story.own}/kriterien",
        f"/werkzeugkiste/beispiele/{story.id}",
        f"/werkzeugkiste/beispiele/{story.id}/verlauf",
        story.seat(1),
        story.seat(2),
    )


def test_nobody_sees_a_rating_before_both_are_in(story):
    story.submit().propose()
    story.rate("carla", 1, 3, "KANARIE-ERSTE")
    story.take("doris", 2).submit("rate", button="save", **ratings(2, "KANARIE-ZWEITE"))
    jobs.work_all()
    pages = pages_around(story)

    for who in ("doris", "ida", "clara", "emil"):
        assert b"KANARIE-ERSTE" not in bytes_of(story.browsers[who], pages), who
    for who in ("carla", "ida", "clara", "emil"):
        assert b"KANARIE-ZWEITE" not in bytes_of(story.browsers[who], pages), who
    for mail in session.scalars(select(Mail)):
        assert "KANARIE" not in f"{mail.subject} {mail.text} {mail.html}"


def test_self_rating_stays_unseen_while_two_read(story):
    story.submit()
    assert SELF_RATING in story.open("clara", story.desk).main
    story.propose()
    pages = pages_around(story)

    for who in ("carla", "doris", "clara", "emil"):
        assert SELF_RATING.encode() not in bytes_of(story.browsers[who], pages), who
    story.open("clara", f"{story.own}/kriterien", status=403)
    assert SELF_RATING in story.open("ida", f"/werkzeugkiste/beispiele/{story.id}").main


def test_author_never_learns_what_a_reader_rated(story):
    story.submit().propose()
    story.rate("carla", 1, 3, "KANARIE-ERSTE")
    story.rate("doris", 2, 1, "KANARIE-ZWEITE")
    story.agree()
    jobs.work_all()

    pages = pages_around(story)
    found = bytes_of(story.browsers["ida"], pages)

    for hidden in (b"KANARIE-ERSTE", b"KANARIE-ZWEITE", b"Carla", b"Doris"):
        assert hidden not in found
    story.open("ida", f"{story.desk}/gespraech", status=404)


def test_who_checked_for_the_office_does_not_read(story):
    story.submit().propose()

    page = story.open("clara", story.seat(1))

    assert "kennen die Selbsteinschätzung" in page.main
    assert not page.has_form("take")
    refused = post(story, "clara", f"{story.seat(1)}/uebernehmen")
    assert refused.status_code == 403
    assert "Selbsteinschätzung" in refused.text


def post(story, who, url, **values):
    browser = story.browsers[who]
    token = browser.open("/").html.select_one("[name=csrf_token]")["value"]
    return browser.client.post(url, data={"csrf_token": token, **values})


def test_second_reader_comes_from_another_house(story):
    story.submit().propose()
    story.rate("carla", 1)

    assert post(story, "carla", f"{story.seat(2)}/uebernehmen").status_code == 404
    story.rate("emil", 2)

    assert story.review().stage is Stage.TALK


def test_two_editors_are_one_house(story, new_browser):
    story.submit().propose()
    story.take("emil", 1)
    erna = factories.make_account("Erna", municipality=None)
    factories.grant(erna, factories.Role.EDITOR)

    page = new_browser().sign_in(erna).open(story.seat(2))

    assert "aus einer anderen Stelle" in page.main
    assert not page.has_form("take")
    assert "eine andere Person" in story.open("emil", story.seat(2)).main


def test_declared_conflict_frees_the_seat_for_somebody_else(story):
    story.submit().propose()
    story.take("doris", 2).submit("rate", button="save", **ratings(2, "Entwurf"))

    page = story.open("doris", story.seat(2))
    page.submit("state-conflict", conflict="Meine Schwester leitet das.")

    reading = session.scalars(select(Reading).where(Reading.seat == 2)).one()
    session.refresh(reading)
    assert (reading.reader_id, reading.ratings) == (None, [])
    entry = session.scalars(select(LogEntry).where(LogEntry.action == "conflict")).one()
    assert entry.reason == "Meine Schwester leitet das."
    refused = post(story, "doris", f"{story.seat(2)}/uebernehmen")
    assert refused.status_code == 403
    assert "befangen" in refused.text
    assert any("Kriterien prüfen" in title for title in told(story.ids["emil"]))
    assert "Schwester" not in bytes_of(story.browsers["ida"], pages_around(story)).decode()
    story.rate("carla", 1)
    story.rate("emil", 2)
    assert story.review().stage is Stage.TALK


def test_office_person_with_a_conflict_decides_nothing(story):
    story.submit()
    story.open("clara", story.desk).submit("state-conflict", conflict="Befreundet")

    page = story.open("clara", story.desk)
    assert "für befangen erklärt" in page.main
    assert not page.has_form("publish")
    version = story.now().version
    for verb in ("veroeffentlichen", "nachfragen", "zurueckgeben", "good-practice"):
        answer = post(story, "clara", f"{story.desk}/{verb}", version=version, reason="x")
        assert answer.status_code == 403, verb
        assert "befangen" in answer.text
    story.open("carla", story.desk).submit("publish")

    assert story.now().state is ExampleState.PUBLISHED


@pytest.mark.parametrize("near", ["municipality", "organisation", "co_author"])
def test_people_with_a_stake_are_refused_at_every_stage(story, new_browser, near):
    organisation = factories.make_organisation("Träger")
    values = {"municipality": MUENSTER, "state_code": "NW"}
    if near == "municipality":
        values["municipality"] = BRUCHSAL
    if near == "organisation":
        values["organisation_id"] = organisation.id
        story.now().organisation_id = organisation.id
    rosa = factories.make_account("Rosa", **values)
    factories.grant(rosa, factories.Role.EDITOR)
    if near == "co_author":
        session.add(ExampleAuthor(example_id=story.id, account_id=rosa.id))
    session.commit()
    story.submit()
    story.browsers["rosa"] = new_browser().sign_in(rosa)

    version = story.now().version
    answer = post(story, "rosa", f"{story.desk}/veroeffentlichen", version=version)
    assert answer.status_code == 403
    assert_not_offered(story)
    story.propose()
    answer = post(story, "rosa", f"{story.seat(2)}/uebernehmen")
    assert answer.status_code == (404 if near == "co_author" else 403)
    assert [reading.reader_id for reading in story.review().readings] == [None, None]


def assert_not_offered(story):
    """Rosa's basket marks the item, offers it to nobody with a stake, and refuses it."""
    item = session.scalars(select(WorkItem)).one()
    basket = story.open("rosa", "/arbeitskorb/")
    assert "befangen" in basket.main
    assert not basket.html.select("input[name=item]")
    taken = post(story, "rosa", f"/arbeitskorb/vorgaenge/{item.id}/uebernehmen")
    assert taken.status_code == 403


def test_good_practice_highlights_exactly_three_criteria(story):
    story.submit().propose().read_by_both()
    page = story.open("carla", f"{story.desk}/gespraech")

    for chosen in (keys_of_criteria()[:2], keys_of_criteria()[:4]):
        answer = page.submit(
            "agreement", status=422, **(ratings(2, "Wir") | {"highlighted": chosen})
        )
        assert "Bitte wählen Sie genau drei Kriterien." in answer.main

    assert story.review().agreed_by_id is None


def test_agreement_without_good_practice_goes_back_to_the_office(story):
    story.submit().propose().read_by_both()

    story.open("carla", f"{story.desk}/gespraech").submit(
        "agreement", **(ratings(1, "Noch nicht") | {"is_good": [], "highlighted": []})
    )
    story.open("doris", f"{story.desk}/gespraech").submit("confirm")

    assert story.review().stage is Stage.REGIONAL
    story.open("clara", story.desk).submit("publish")
    assert story.now().tier is Tier.PUBLISHED


def test_agreement_counts_only_when_the_other_reader_confirms(story):
    story.submit().propose().read_by_both()
    given = ratings(2, "Gemeinsam") | {"highlighted": keys_of_criteria()[:3]}
    page = story.open("carla", f"{story.desk}/gespraech").submit("agreement", **given)
    assert not page.has_form("confirm")
    review = story.review()
    values = {
        "version": story.now().version,
        "agreement": review.version,
    }
    url = f"{story.desk}/gespraech/bestaetigen"
    assert post(story, "carla", url, **values).status_code == 403
    assert post(story, "clara", url, **values).status_code == 403

    before = story.open("doris", f"{story.desk}/gespraech")
    story.open("carla", f"{story.desk}/gespraech").submit(
        "agreement", **(given | {"note": "Doch anders"})
    )
    page = before.submit("confirm", status=409)

    assert "inzwischen geändert" in page.main
    assert story.review().stage is Stage.TALK


def test_ratings_ask_for_every_level_and_sentence(story):
    story.submit().propose()
    page = story.take("carla", 1)

    values = ratings(3, "Wort") | {"level_4": "", "sentence_9": ""}
    page = page.submit("rate", button="submit", status=422, **values)

    assert "Bitte wählen Sie eine Stufe." in page.main
    assert "Bitte begründen Sie die Stufe in einem Satz." in page.main
    assert page.html.select_one("#sentence_1")["value"] == "Wort 1"


def test_asking_declining_and_withdrawing_are_different(story):
    story.submit()
    story.open("clara", story.desk).submit("ask-changes", question="Was kostet es?")
    assert story.now().state is ExampleState.CHANGES_ASKED
    assert "Als Nächstes: Sie" in story.open("ida", story.own).main
    story.open("ida", story.own).submit("submit")
    story.open("clara", story.desk).submit("send-back", reason="Das ist ein Termin.")
    assert story.now().state is ExampleState.RETURNED
    assert story.review().outcome == "declined"
    story.open("ida", story.own).submit("submit")
    post(story, "ida", f"{story.own}/zurueckziehen")
    assert story.now().state is ExampleState.WITHDRAWN
    assert story.review().outcome == "withdrawn"

    titles = told(story.ids["ida"])
    assert any("Bitte um Ergänzung" in title for title in titles)
    assert any("Abgelehnt" in title for title in titles)


def test_withdrawing_ends_the_readings(story):
    story.submit().propose()
    story.take("carla", 1)

    post(story, "ida", f"{story.own}/zurueckziehen")

    story.open("carla", "/arbeitskorb/")
    assert story.now().blind_since is None
    waiting = select(WorkItem).where(
        WorkItem.kind == WorkKind.READING, WorkItem.closed_at.is_(None)
    )
    assert session.scalars(waiting).all() == []


def test_author_sees_where_it_is_who_acts_and_until_when(story):
    story.submit()
    page = story.open("ida", story.own)
    assert "Als Nächstes: Koordinierungsstelle KGC BW" in page.main
    assert "bis " in page.main
    story.propose()
    assert "Als Nächstes: erste und zweite Lesung" in story.open("ida", story.own).main
    story.rate("doris", 2)
    assert "Als Nächstes: erste Lesung" in story.open("ida", story.own).main
    story.rate("carla", 1)
    assert "Gespräch der beiden Lesenden" in story.open("ida", story.own).main


def test_reader_of_another_land_sees_the_reading_and_nothing_around_it(story, new_browser):
    story.submit().propose()

    story.take("doris", 2)

    for url in (story.desk, story.own, f"/werkzeugkiste/beispiele/{story.id}"):
        story.open("doris", url, status=404)
    new_browser().sign_in(factories.make_bernd()).open(story.seat(2), status=404)


def test_pages_of_the_review_need_a_constant_number_of_queries(story, count_queries):
    story.submit().propose()
    page = story.seat(1)
    story.take("carla", 1)
    few = count_queries(lambda: story.open("carla", page))
    story.open("carla", page).submit("rate", button="save", **ratings(3, "Wort"))
    assert count_queries(lambda: story.open("carla", page)) == few

    story.rate("doris", 2)
    story.open("carla", page).submit("rate", button="submit")
    talk = f"{story.desk}/gespraech"
    few = count_queries(lambda: story.open("carla", talk))
    given = ratings(2, "Gemeinsam") | {"highlighted": keys_of_criteria()[:3]}
    story.open("carla", talk).submit("agreement", **given)
    assert count_queries(lambda: story.open("carla", talk)) == few


def test_basket_needs_a_constant_number_of_queries(story, new_browser, count_queries):
    story.submit().propose()
    story.open("emil", "/arbeitskorb/")
    few = count_queries(lambda: story.open("emil", "/arbeitskorb/"))
    for number in range(3):
        draft = make_draft(factories.make_account(f"Ida {number}", municipality=BRUCHSAL))
        url = f"/werkzeugkiste/beitragen/{draft.id}"
        new_browser().sign_in(draft.author).open(url).submit("submit")
        office = str(factories.make_office("NW").id)
        desk = f"/arbeitskorb/beispiele/{draft.id}"
        story.open("clara", desk).submit("propose", office=office)

    assert count_queries(lambda: story.open("emil", "/arbeitskorb/")) == few
