"""The digest: at its hour, on working days, never empty, at most seven things, only once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from inforo import clock, mail
from inforo.accounts.models import AccountTerm
from inforo.db import session
from inforo.digests.jobs import send_digests
from inforo.digests.models import Digest, DigestItem
from inforo.digests.queries import unsubscribe_token
from inforo.mailings.jobs import send_bundles
from inforo.notifications.actions import notify, settings_of
from inforo.notifications.models import Event, MailOutcome, MailSettings, Notification, Rhythm
from inforo.notifications.schedule import next_digest
from inforo.positions.actions import read_up_to
from inforo.vocabularies.models import Term
from tests.events.making import make_event
from tests.factories import (
    actor,
    join,
    make_account,
    make_anna,
    make_bernd,
    make_example,
    make_group,
    make_post,
    make_thread,
)
from tests.mailings.sending import mails_to
from tests.reference import MANNHEIM, MUENSTER

TUESDAY = datetime(2026, 12, 1, 8, tzinfo=clock.BERLIN)


def be_at(moment: datetime) -> None:
    clock.shift(clock.offset + (moment - clock.now()))


@pytest.fixture
def anna():
    """Anna on a Monday; her digest is due on Tuesday at seven."""
    be_at(TUESDAY - timedelta(days=1))
    anna = make_anna(helps_with="Lotsen, Hebammen")
    plan()
    return anna


def plan() -> None:
    session.commit()
    send_digests()


def digest_to(account, moment: datetime = TUESDAY):
    """Return the digest that comes at a moment, or None."""
    before = len(mails_to(account))
    session.commit()
    be_at(moment)
    send_digests()
    return (mails_to(account)[before:] or [None])[0]


def question(title="Wer kennt Lotsen?", **values):
    return make_thread(title, group=values.pop("group", None) or make_group(), **values)


def test_digest_holds_what_is_useful_in_the_order_of_its_use(anna):
    question()
    make_example("Babybegrüßung")
    make_event("Antragsfrist", in_days=4)
    newcomer = make_account("Neue", approved_at=clock.now())
    settings_of(newcomer.id).introduced_at = clock.now()

    letter = digest_to(anna)

    places = [
        letter.text.index(words)
        for words in ("Wer kennt Lotsen?", "Babybegrüßung", "Antragsfrist", "Neue (Mannheim)")
    ]
    assert places == sorted(places)
    assert "Wer kennt Lotsen?" in letter.subject
    assert "http://localhost/diskussionen/" in letter.html
    assert "zusammenfassung-abbestellen" in letter.headers["List-Unsubscribe"]
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_to_say_is_no_mail(anna):
    assert digest_to(anna) is None
    assert session.scalar(select(Digest)) is None


def test_at_most_seven_things_and_every_section_gets_its_share(anna):
    for number in range(9):
        question(f"Lotsen {number}")
        make_example(f"Beispiel {number}")
        make_event(f"Termin {number}")

    letter = digest_to(anna)

    assert letter.text.count("\n* ") == 7
    assert (letter.text.count("Lotsen "), letter.text.count("* Beispiel ")) == (3, 2)
    assert letter.text.count("* Termin ") == 2


def test_what_was_told_once_is_not_told_again(anna):
    for number in range(9):
        question(f"Lotsen {number}")
    first = digest_to(anna)

    second = digest_to(anna, TUESDAY + timedelta(days=7))
    third = digest_to(anna, TUESDAY + timedelta(days=14))

    assert first.text.count("\n* ") == 7
    assert second.text.count("\n* ") == 2
    assert third is None


def test_same_digest_is_not_sent_twice(anna):
    question()
    digest_to(anna)

    send_digests()
    be_at(TUESDAY + timedelta(hours=3))
    send_digests()

    assert len(mails_to(anna)) == 1


def test_question_that_was_opened_is_left_out(anna):
    read_up_to(actor(anna), question().id, 1)

    assert digest_to(anna) is None


@pytest.mark.parametrize(
    "hide",
    [
        lambda thread: setattr(thread, "hidden_at", clock.now()),
        lambda thread: setattr(thread, "locked_at", clock.now()),
        lambda thread: setattr(thread, "answer_post_id", 1),
    ],
    ids=["hidden", "locked", "answered"],
)
def test_only_open_questions_are_offered(anna, hide):
    hide(question())

    assert digest_to(anna) is None


def test_own_questions_and_those_one_has_answered_are_left_out(anna):
    question(author=anna)
    thread = question()
    make_post(thread, author=anna)

    assert digest_to(anna) is None


def test_questions_of_groups_one_may_not_read_are_never_named(anna):
    closed = make_group(audience="closed")
    question("Lotsen geheim", group=closed)
    assert digest_to(anna) is None

    join(closed, anna)

    assert "Lotsen geheim" in digest_to(anna, TUESDAY + timedelta(days=7)).text


def test_topics_of_the_person_find_a_question(anna):
    term = session.scalars(select(Term).where(Term.vocabulary == "field_of_action")).first()
    session.add(AccountTerm(account_id=anna.id, term_id=term.id))
    thread = question("Was tun?")
    thread.terms = [term]
    question("Wie weiter?")

    letter = digest_to(anna)

    assert "Was tun?" in letter.text
    assert "Wie weiter?" not in letter.text


def test_examples_of_other_laender_come_only_from_similar_municipalities(anna):
    make_example("Aus Münster", municipality=MUENSTER)
    make_example("Aus Mannheim", municipality=MANNHEIM)
    letter = digest_to(anna)
    assert "Aus Mannheim" in letter.text


def test_newcomers_are_named_only_if_they_agreed_and_only_in_their_land(anna):
    make_account("Stille", approved_at=clock.now())
    other = make_account("Ferne", municipality=MUENSTER, approved_at=clock.now())
    settings_of(other.id).introduced_at = clock.now()

    assert digest_to(anna) is None


def test_no_digest_at_the_weekend_or_on_a_holiday_of_the_land():
    chosen = MailSettings(rhythm=Rhythm.DAILY, weekday=1, hour=7)
    friday = datetime(2026, 12, 4, 12, tzinfo=clock.BERLIN)
    before_epiphany = datetime(2027, 1, 5, 12, tzinfo=clock.BERLIN)

    assert next_digest(chosen, "BW", friday).isoformat() == "2026-12-07T07:00:00+01:00"
    assert next_digest(chosen, "BW", before_epiphany).day == 7
    assert next_digest(chosen, "NW", before_epiphany).day == 6


def test_weekly_digest_whose_day_is_a_holiday_comes_on_the_next_working_day():
    chosen = MailSettings(rhythm=Rhythm.WEEKLY, weekday=4, hour=7)
    before_christmas = datetime(2026, 12, 20, tzinfo=clock.BERLIN)

    assert next_digest(chosen, "BW", before_christmas).day == 28


def test_hour_stays_the_hour_when_the_clocks_change():
    chosen = MailSettings(rhythm=Rhythm.WEEKLY, weekday=1, hour=7)
    winter = datetime(2027, 3, 26, tzinfo=clock.BERLIN)

    due = next_digest(chosen, "BW", winter)

    assert due.astimezone(clock.BERLIN).hour == 7
    assert due.utcoffset() == timedelta(hours=2)


def test_digest_that_became_due_before_a_holiday_waits_for_a_working_day(anna):
    question()
    session.get(MailSettings, anna.id).digest_due_at = datetime(
        2026, 12, 24, 23, tzinfo=clock.BERLIN
    )

    assert digest_to(anna, datetime(2026, 12, 25, 12, tzinfo=clock.BERLIN)) is None
    assert digest_to(anna, datetime(2026, 12, 28, 6, tzinfo=clock.BERLIN)) is None
    assert digest_to(anna, datetime(2026, 12, 28, 8, tzinfo=clock.BERLIN)) is not None


def test_events_wanted_in_the_digest_come_there_those_about_the_same_in_one_line(anna):
    for number in range(3):
        notify(
            anna,
            Event.QUESTION,
            key=f"q:{number}",
            title=f"Neue Frage {number}",
            url="/hilfe",
            subject="municipalities:1",
        )

    letter = digest_to(anna)

    assert "Neue Frage 0" in letter.text
    assert "und 2 weitere" in letter.text
    outcomes = session.scalars(select(Notification.mail_outcome)).all()
    assert outcomes == [MailOutcome.DIGESTED] * 3


def test_what_was_over_the_days_number_is_told_with_a_sentence_why(anna):
    for number in range(12):
        title = f"Antwort {number}"
        notify(anna, Event.ANSWER, key=f"a:{number}", title=title, url="/hilfe")
    session.commit()
    be_at(clock.now() + timedelta(minutes=11))
    send_bundles()

    letter = digest_to(anna)

    assert "höchstens 10 E-Mails" in letter.text
    assert "Antwort 11" in letter.text


def test_suspended_people_get_no_digest(anna):
    question()
    anna.suspended_at = clock.now()

    assert digest_to(anna) is None


def test_who_wants_no_digest_gets_none(anna):
    question()
    settings_of(anna.id).rhythm = Rhythm.NEVER
    settings_of(anna.id).digest_due_at = None

    assert digest_to(anna) is None


def test_digest_in_the_outbox_is_written_anew_if_something_was_hidden_meanwhile(anna):
    hidden = question("Lotsen heikel")
    question("Lotsen gut")
    letter = digest_to(anna)
    hidden.hidden_at = clock.now()
    session.commit()

    mail.deliver(letter)
    send_digests()

    withdrawn, again = mails_to(anna)
    assert withdrawn.given_up_at
    assert "heikel" not in again.text + again.subject
    assert "Lotsen gut" in again.text
    assert session.scalars(select(DigestItem.subject)).all() != []


def test_unsubscribing_by_mail_program_ends_the_digest_only(anna, browser):
    url = f"/zusammenfassung-abbestellen/{unsubscribe_token(anna.id)}"

    answer = browser.client.post(url, data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    session.expire_all()
    assert session.get(MailSettings, anna.id).rhythm is Rhythm.NEVER
    question()
    assert digest_to(anna) is None


def test_unsubscribe_link_asks_first(anna, browser):
    page = browser.open(f"/zusammenfassung-abbestellen/{unsubscribe_token(anna.id)}")
    assert session.get(MailSettings, anna.id).rhythm is Rhythm.WEEKLY

    assert "keine Zusammenfassung mehr" in page.submit("unsubscribe").main


def test_forged_link_is_not_there(browser):
    browser.open(
        f"/zusammenfassung-abbestellen/{unsubscribe_token(make_bernd().id)[:-2]}xx", 404
    )


def test_reading_for_many_costs_no_more_than_for_few(count_queries):
    def read(count: int) -> int:
        be_at(clock.now() + timedelta(days=14))
        for _number in range(count):
            make_anna(helps_with="Lotsen")
        plan()
        be_at(clock.now() + timedelta(days=7))
        return count_queries(send_digests)

    assert read(8) <= read(2) + 8 * 2
