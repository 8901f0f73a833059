"""Answering by a link without an account, and what the office makes of it."""

import pytest
from sqlalchemy import select

from inforo.confirmations import jobs
from inforo.confirmations.models import Answer, Confirmation, ConfirmationRound, Respondent
from inforo.db import session
from inforo.mail import Mail
from inforo.notifications.models import Notification
from inforo.toolbox.states import MeasureStatus
from tests import factories
from tests.confirmations.test_asking import (
    CONTACT,
    DEPUTY,
    items,
    links,
    mails,
    make_old_example,
    pass_days,
)
from tests.reference import MUENSTER


@pytest.fixture
def example():
    return make_old_example()


@pytest.fixture
def asked(example):
    """The links of the contact person: yes, change, ended."""
    jobs.ask_for_confirmations()
    return links_to(CONTACT)


def links_to(address):
    return links(next(sent for sent in mails() if sent.address == address))


def answers():
    session.expire_all()
    return list(session.scalars(select(Confirmation)))


def make_office():
    """A coordinator of the Land who is no colleague of the example's people."""
    clara = factories.make_clara()
    clara.municipality = None
    session.commit()
    return clara


def test_opening_the_link_changes_nothing(browser, example, asked):
    before = example.confirmed_at

    for link in asked[:3]:
        page = browser.open(link)
        browser.client.head(link)

    assert example.title in page.main
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert answers() == []
    assert example.confirmed_at == before


def test_one_click_confirms_without_account(browser, example, asked):
    before = example.confirmed_at

    page = browser.open(asked[0])
    assert page.html.select_one("form#answer button")["autofocus"] is not None
    page = page.submit("answer")

    [given] = answers()
    assert (given.answer, given.respondent) == (Answer.CONFIRMED, Respondent.CONTACT)
    assert given.account_id is None
    assert example.confirmed_at > before
    assert "Danke" in page.main


def test_answer_ends_all_links_of_the_round(browser, example, asked):
    deputy = links_to(DEPUTY)
    browser.open(asked[0]).submit("answer")

    for link in [*asked[:3], *deputy[:3]]:
        page = browser.open(link, status=404)
    assert "schon jemand geantwortet" in page.main
    pass_days(70)
    assert len(mails()) == 3


def test_earlier_link_of_the_round_still_answers(browser, example, asked):
    pass_days(45)

    browser.open(asked[0]).submit("answer")

    assert len(answers()) == 1


def test_click_twice_counts_once(browser, example, asked):
    page = browser.open(asked[0])

    page.submit("answer")
    page.submit("answer")

    assert len(answers()) == 1


def test_changed_needs_a_word_and_goes_to_office_and_author(browser, example, asked):
    page = browser.open(asked[1]).submit("answer", status=422)
    assert "was zu ändern ist" in page.main

    page.submit("answer", text="Das Angebot heißt jetzt anders.")

    [item] = items()
    assert item.title == "Muss geändert werden: Babybegrüßung mit Hausbesuch"
    [told] = session.scalars(select(Notification))
    assert told.account_id == example.author_id
    assert "heißt jetzt anders" in told.text
    assert answers()[0].text == "Das Angebot heißt jetzt anders."


def test_ended_is_proposed_and_changes_nothing_by_itself(browser, example, asked):
    browser.open(asked[2]).submit("answer", text="Seit Juni ohne Stelle.")

    assert example.measure_status is None
    assert example.is_published
    [item] = items()
    assert item.title.startswith("Gibt es nicht mehr: ")


@pytest.mark.parametrize("place", ["/bestaetigen/geraten/ja", "/bestaetigen/geraten/abmelden"])
def test_guessed_links_are_not_there(browser, example, asked, place):
    browser.open(place, status=404)
    browser.open(asked[0].replace("/ja", "/loeschen"), status=404)


def test_link_says_nothing_about_a_withdrawn_example(browser, example, asked):
    example.withdraw()
    session.commit()

    page = browser.open(asked[0], status=404)

    assert example.title not in page.text


def test_link_of_last_year_ends_with_the_new_round(browser, example, asked):
    pass_days(70)
    browser.open(asked[0])
    pass_days(300)

    browser.open(asked[0], status=404)


def test_late_answer_clears_the_mark_and_the_basket(browser, example, asked):
    pass_days(70)
    assert example.unconfirmed_since is not None

    browser.open(asked[0]).submit("answer")

    assert example.unconfirmed_since is None
    assert not items()[0].is_open


def test_mail_program_unsubscribes_with_one_post(browser, example, asked):
    [header] = [sent.headers for sent in mails() if sent.address == CONTACT]
    address = header["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")

    for _try in range(2):
        answer = browser.client.post(address, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200

    pass_days(70)
    assert [sent.address for sent in mails()].count(CONTACT) == 1
    assert [sent.address for sent in mails()].count(DEPUTY) == 3


def test_opening_the_way_out_asks_first(browser, example, asked):
    secret = asked[0].split("/")[2]

    page = browser.open(f"/bestaetigen/{secret}/abmelden")
    pass_days(21)
    assert [sent.address for sent in mails()].count(CONTACT) == 2

    assert "keine Fragen" in page.submit("refuse").main


def test_unconfirmed_example_says_so_and_comes_last(browser, example):
    example.published_at = factories.clock.now()
    newer = factories.make_example("Neueres Beispiel", municipality=MUENSTER)
    newer.published_at = factories.clock.now() - factories.timedelta(days=30)
    session.commit()
    before = browser.open("/werkzeugkiste/").html.select(".card__title")
    example.miss_confirmation()
    session.commit()

    page = browser.open("/werkzeugkiste/")
    titles = [title.text for title in page.html.select(".card__title")]

    assert [title.text for title in before] == titles[::-1]
    assert titles[-1] == example.title
    assert "länger nicht bestätigt" in page.main
    shown = browser.open(f"/werkzeugkiste/beispiele/{example.id}")
    assert "Nicht bestätigt seit" in shown.main
    assert "Bestätigung einholen" not in shown.main


def test_office_confirms_after_a_call(browser, example, asked):
    clara = make_office()
    pass_days(70)
    page = browser.sign_in(clara).open(f"/werkzeugkiste/beispiele/{example.id}")

    page = page.follow("Bestätigung einholen")
    page.submit("confirm", status=422)
    page = page.submit("confirm", **{"call-note": "Frau Beispiel am Telefon, 3. März"})

    assert example.unconfirmed_since is None
    assert "Frau Beispiel am Telefon" in page.main
    [given] = answers()
    assert (given.respondent, given.account_id) == (Respondent.OFFICE, clara.id)
    [item] = items()
    assert (item.is_open, item.closed_by_id) == (False, clara.id)


def test_office_ends_the_measure_with_a_reason(browser, example, asked):
    browser.open(asked[2]).submit("answer", text="Seit Juni ohne Stelle.")
    page = browser.sign_in(make_office()).open(items()[0].url)
    assert "Seit Juni ohne Stelle." in page.main

    page.submit("end", **{"end-reason": "Die Stelle ist ausgelaufen."})

    session.refresh(example)
    assert example.measure_status is MeasureStatus.ENDED
    assert example.end_reason == "Die Stelle ist ausgelaufen."
    assert not items()[0].is_open


def test_closing_the_case_keeps_the_mark(browser, example, asked):
    pass_days(70)

    browser.sign_in(make_office()).open(items()[0].url).submit("close")

    session.refresh(example)
    assert example.unconfirmed_since is not None
    assert not items()[0].is_open


def test_colleague_sees_the_case_but_decides_nothing(browser, example, asked):
    clara = factories.make_clara()  # works in Mannheim, as the example's people do
    pass_days(70)

    page = browser.sign_in(clara).open(items()[0].url)

    assert not page.has_form("confirm")
    assert "eine andere Person" in page.main


def test_office_of_another_land_does_not_learn_of_it(browser, example, asked):
    pass_days(70)

    browser.sign_in(factories.make_doris()).open(items()[0].url, status=404)


def test_case_handed_over_is_decided_by_the_other_office(browser, new_browser, example, asked):
    pass_days(70)
    doris = factories.make_doris()
    other = factories.make_office("NW")
    [item] = items()
    page = browser.sign_in(make_office()).open(f"/arbeitskorb/vorgaenge/{item.id}")

    page.submit("hand-over", office=str(other.id), reason="Zieht um.")

    assert new_browser().sign_in(doris).open(item.url).has_form("confirm")


def test_case_asks_the_same_for_one_and_for_ten_years(browser, count_queries, example, asked):
    clara = make_office()
    url = f"/arbeitskorb/bestaetigungen/{example.id}"
    browser.sign_in(clara).open(url)
    few = count_queries(lambda: browser.open(url))
    for _year in range(5):
        pass_days(70)
        factories.clock.shift(factories.clock.offset + factories.timedelta(days=366))
    jobs.ask_for_confirmations()
    browser.sign_in(clara).open(url)

    many = count_queries(lambda: browser.open(url))

    assert len(session.scalars(select(Mail)).all()) > 30
    assert many == few <= 12


def test_unconfirmed_example_comes_later_in_the_search(browser, example):
    other = factories.make_example(
        example.title + " daheim", confirmed_at=example.confirmed_at, municipality=MUENSTER
    )
    other.published_at = example.published_at
    example.title += " daheim"
    session.commit()

    def found():
        page = browser.open("/suche?q=Babybegrüßung+daheim")
        return [link["href"] for link in page.html.select(".results li h3 a, .results li h2 a")]

    first, second = found()
    ids = {f"/{shown.id}-": shown for shown in (example, other)}
    [leading] = [shown for part, shown in ids.items() if part in first]
    leading.miss_confirmation()
    session.commit()

    assert [link.partition("?")[0] for link in found()] == [
        link.partition("?")[0] for link in (second, first)
    ]


def test_basket_asks_the_same_for_one_and_for_many_cases(browser, count_queries, asked):
    clara = make_office()
    browser.sign_in(clara)

    def open_case(number):
        example = make_old_example(f"Fall {number}")
        round_ = factories.save(ConfirmationRound(example=example, number=1))
        jobs.hand_to_office(round_, f"Nicht bestätigt: {number}")
        session.commit()

    open_case(0)
    few = count_queries(lambda: browser.open("/arbeitskorb/"))
    for number in range(1, 7):
        open_case(number)

    page = browser.open("/arbeitskorb/")
    assert "Nicht bestätigt: 6" in page.main
    assert count_queries(lambda: browser.open("/arbeitskorb/")) == few <= 12
