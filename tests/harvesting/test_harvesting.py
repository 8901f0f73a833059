"""From a discussion to an example: nobody's words are used before they agree."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.audit import LogEntry
from inforo.config import settings
from inforo.db import session
from inforo.harvesting.models import Consent, Quote
from inforo.mail import Mail
from inforo.municipalities.models import Municipality
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from tests.discussions.test_writing import told
from tests.factories import (
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_group,
    make_post,
    make_thread,
)
from tests.harvesting.making import link_to, make_harvest
from tests.reference import MANNHEIM


def make_talk(audience="members"):
    """Anna asks, Bernd and Karl answer."""
    anna, bernd, karl = make_anna(), make_bernd(), make_account("Karl")
    group = make_group(audience=audience, members=(anna, bernd, karl))
    question = ("Wie erreichen wir Familien?",)
    thread = make_thread("Familien erreichen", group=group, author=anna, posts=question)
    first = make_post(thread, "Wir gehen **mit** dem Bus hin.", author=bernd)
    second = make_post(thread, "Wir laden zum Frühstück ein.", author=karl)
    return anna, bernd, karl, thread, first, second


def example():
    session.expire_all()
    return session.scalars(select(Example)).one()


def consents():
    session.expire_all()
    rows = session.execute(select(Quote.name, Quote.consent))
    return dict(rows.all())


def test_asker_makes_a_draft_and_those_quoted_are_asked(browser):
    anna, bernd, karl, thread, first, _second = make_talk()
    page = browser.sign_in(anna).open(thread.path).follow("Als Praxisbeispiel aufbereiten")
    question = page.html.select("[name=posts]")[0]["value"]

    page = page.submit("harvest", title="Der Bus kommt", posts=[question, str(first.id)])

    draft = example()
    assert (draft.title, draft.state) == ("Der Bus kommt", ExampleState.DRAFT)
    assert draft.municipalities == [session.get(Municipality, MANNHEIM)]
    assert "Wie erreichen wir Familien?" in draft.problem
    assert "Anna" in draft.problem
    assert draft.approach == ""
    assert "Von einer Person fehlt noch die Zustimmung" in page.main
    [sent] = session.scalars(select(Mail).where(Mail.account_id == bernd.id))
    assert "Wir gehen mit dem Bus hin." in sent.text
    assert session.scalars(select(Mail).where(Mail.account_id == karl.id)).all() == []


def test_who_wrote_several_posts_gets_one_mail_that_asks_about_each(browser):
    anna, bernd, _karl, thread, _first, _second = make_talk()
    make_post(thread, "Der Bus kommt *freitags*.", author=bernd)
    make_harvest(anna, thread)

    [sent] = session.scalars(select(Mail).where(Mail.account_id == bernd.id))
    assert "Wir gehen mit dem Bus hin." in sent.text
    assert "Der Bus kommt freitags." in sent.text
    links = re.findall(r"/zustimmung/\S+", sent.text)
    assert len(set(links)) == 2
    for link, answer in zip(links, ("nein", "ja"), strict=True):
        browser.open(link).submit("consent", answer=answer)

    said = session.scalars(select(Quote).where(Quote.author_id == bernd.id)).all()
    assert [quote.consent for quote in said] == [Consent.DECLINED, Consent.AGREED]


def test_words_are_used_once_their_author_agrees_without_signing_in(browser):
    anna, bernd, _karl, thread, _first, _second = make_talk("closed")
    make_harvest(anna, thread)

    page = browser.open(link_to(bernd))
    assert "Wir gehen mit dem Bus hin." in page.main
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert "Frühstück" not in page.text
    page = page.submit("consent", answer="ja")

    assert "stehen jetzt im Entwurf" in page.main
    approach = example().approach
    assert "> Wir gehen **mit** dem Bus hin." in approach
    assert "Bernd" in approach
    assert "Frühstück" not in approach
    assert consents() == {
        "Anna": Consent.AGREED, "Bernd": Consent.AGREED, "Karl": Consent.WAITING,
    }  # fmt: skip
    assert "stimmt zu" in told(anna)[-1].title


def test_declined_words_appear_nowhere_and_the_link_ends(browser):
    anna, bernd, _karl, thread, _first, _second = make_talk()
    make_harvest(anna, thread)
    link = link_to(bernd)

    browser.open(link).submit("consent", answer="nein")

    assert "Bus" not in example().approach
    assert consents()["Bernd"] is Consent.DECLINED
    assert "gilt nicht" in browser.open(link, 404).main


def test_opening_the_link_decides_nothing(browser):
    anna, bernd, _karl, thread, _first, _second = make_talk()
    make_harvest(anna, thread)

    browser.open(link_to(bernd))

    assert consents()["Bernd"] is Consent.WAITING


def test_deleted_post_is_not_used_any_more(browser):
    anna, bernd, _karl, thread, first, _second = make_talk()
    make_harvest(anna, thread)
    first.deleted_at = clock.now()
    session.commit()

    page = browser.open(link_to(bernd)).submit("consent", answer="ja", status=409)

    assert "nicht mehr zu sehen" in page.main
    assert "Bus" not in example().approach


def test_example_is_handed_in_only_when_all_have_answered(browser):
    anna, bernd, _karl, thread, _first, _second = make_talk()
    draft = make_harvest(anna, thread)
    fill(draft)
    path = f"/werkzeugkiste/beitragen/{draft.id}"
    browser.sign_in(anna)

    page = browser.open(path).submit("submit", status=422)
    assert "Noch haben nicht alle zugestimmt" in page.main
    assert example().state is ExampleState.DRAFT
    browser.open(link_to(bernd)).submit("consent", answer="ja")
    page = browser.open(f"{path}/zustimmungen")
    last = session.scalars(select(Quote).where(Quote.name == "Karl")).one()
    page.submit(f"drop-{last.id}")
    browser.open(path).submit("submit")

    assert example().state is ExampleState.SUBMITTED


def fill(draft):
    draft.contact_name = "Anna"
    draft.contact_email = "anna@stadt.example"
    session.commit()


def test_asking_again_ends_the_older_link(browser):
    anna, bernd, _karl, thread, _first, _second = make_talk()
    draft = make_harvest(anna, thread)
    old = link_to(bernd)
    page = browser.sign_in(anna).open(f"/werkzeugkiste/beitragen/{draft.id}/zustimmungen")
    quote = session.scalars(select(Quote).where(Quote.name == "Bernd")).one()

    page.submit(f"ask-again-{quote.id}")

    browser.open(old, 404)
    assert link_to(bernd) != old
    browser.open(link_to(bernd))


def test_link_ends_after_its_days(browser):
    anna, bernd, _karl, thread, _first, _second = make_talk()
    make_harvest(anna, thread)

    clock.shift(timedelta(days=settings.token_release_days, minutes=1))

    browser.open(link_to(bernd), 404)


def test_who_has_left_cannot_be_asked():
    anna, bernd, _karl, thread, _first, _second = make_talk()
    bernd.closed_at = clock.now()
    session.commit()

    make_harvest(anna, thread)

    assert consents()["Bernd"] is Consent.UNREACHABLE


def test_draft_belongs_to_who_made_it_and_words_stay_in_the_group(browser):
    anna, _bernd, karl, thread, _first, _second = make_talk("closed")
    draft = make_harvest(anna, thread)

    browser.sign_in(karl)
    browser.open(f"/werkzeugkiste/beitragen/{draft.id}/zustimmungen", 404)
    browser.open(f"/werkzeugkiste/beitragen/{draft.id}", 404)
    browser.open(f"/diskussionen/{thread.id}/praxisbeispiel", 403)

    assert "Bus" not in draft.approach


def test_both_pages_lead_to_each_other_for_those_who_may_read(browser, new_browser):
    anna, _bernd, _karl, thread, _first, _second = make_talk("closed")
    draft = make_harvest(anna, thread, "Der Bus kommt")
    draft.state, draft.published_at = ExampleState.PUBLISHED, clock.now()
    session.commit()
    path = f"/werkzeugkiste/beispiele/{draft.id}"

    inside = browser.sign_in(anna)
    assert "Entstanden aus der Diskussion Familien erreichen" in inside.open(path).text
    assert "Der Bus kommt" in inside.open(thread.path).text
    for outsider in (new_browser(), new_browser().sign_in(make_clara())):
        assert "Familien erreichen" not in outsider.open(path).text


@pytest.mark.parametrize("typed", [{"posts": []}, {"title": ""}])
def test_what_is_missing_is_explained(browser, typed):
    anna, _bernd, _karl, thread, first, _second = make_talk()
    page = browser.sign_in(anna).open(f"/diskussionen/{thread.id}/praxisbeispiel")

    given = {"title": "Bleibt", "posts": [str(first.id)]} | typed
    page = page.submit("harvest", **given, status=422)

    assert "Bitte" in page.html.select_one(".error-summary").get_text(" ")
    assert session.scalars(select(Example)).all() == []


def test_post_of_another_thread_is_refused(browser):
    anna, _bernd, _karl, thread, _first, _second = make_talk()
    other = make_post(make_thread(group=make_group(audience="closed")), "Geheim")
    page = browser.sign_in(anna).open(f"/diskussionen/{thread.id}/praxisbeispiel")

    page.submit("harvest", title="Fremd", posts=[str(other.id)], status=422)

    assert session.scalars(select(Quote)).all() == []


def test_form_sent_twice_makes_one_draft(browser):
    anna, _bernd, _karl, thread, first, _second = make_talk()
    page = browser.sign_in(anna).open(f"/diskussionen/{thread.id}/praxisbeispiel")

    for _ in range(2):
        page.submit("harvest", title="Einmal", posts=[str(first.id)])

    assert len(session.scalars(select(Quote)).all()) == 1


def test_office_that_begins_it_is_logged(browser):
    _anna, _bernd, _karl, thread, _first, _second = make_talk()

    make_harvest(make_clara(), thread)

    assert session.scalars(select(LogEntry.action)).all()[-1] == "harvest"


def test_example_costs_no_more_without_a_discussion(browser, count_queries):
    anna, _bernd, _karl, thread, _first, _second = make_talk("public")
    draft = make_harvest(anna, thread)
    draft.state, draft.published_at = ExampleState.PUBLISHED, clock.now()
    session.commit()
    path = f"/werkzeugkiste/beispiele/{draft.id}"
    browser.open(path)

    assert count_queries(lambda: browser.open(path)) <= 8
