"""Three years of „Stimmt das noch?“: who is asked when, and what silence leads to."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock, mail
from inforo.confirmations import jobs, queries
from inforo.confirmations.models import (
    Answer,
    Confirmation,
    ConfirmationMail,
    ConfirmationRound,
    Unreachable,
)
from inforo.db import session
from inforo.mail import Mail
from inforo.offices.models import WorkItem
from inforo.toolbox.example_parts import ExampleAuthor
from inforo.toolbox.states import ExampleState
from tests import factories

CONTACT, DEPUTY = "ute@stadt.example", "vera@stadt.example"
LINK = re.compile(r"http://localhost(/bestaetigen/\S+)")


def make_old_example(title="Babybegrüßung mit Hausbesuch", *, days=400, **values):
    """Make an example somebody confirmed more than a year ago."""
    then = clock.now() - timedelta(days=days)
    defaults = {
        "contact_name": "Ute Beispiel",
        "contact_email": CONTACT,
        "deputy_name": "Vera Beispiel",
        "deputy_email": DEPUTY,
        "published_at": then,
        "confirmed_at": then,
    }
    return factories.make_example(title, **(defaults | values))


def pass_days(days):
    """Let days pass, each with its run of the job."""
    for _day in range(days):
        clock.shift(clock.offset + timedelta(days=1))
        jobs.ask_for_confirmations()


def mails():
    session.expire_all()
    return list(session.scalars(select(Mail).where(Mail.event == "confirmations:ask")))


def links(sent):
    return LINK.findall(sent.text)


def items():
    session.expire_all()
    return list(session.scalars(select(WorkItem).order_by(WorkItem.id)))


def test_contact_deputy_and_author_are_asked_once(app):
    example = make_old_example()

    jobs.ask_for_confirmations()
    jobs.ask_for_confirmations()

    assert {sent.address for sent in mails()} == {CONTACT, DEPUTY, example.author.email}
    assert len(mails()) == 3


def test_one_person_in_three_capacities_gets_one_mail():
    author = factories.make_account("Autorin")
    make_old_example(
        author=author, contact_email=author.email.upper(), deputy_email=author.email
    )

    jobs.ask_for_confirmations()

    assert len(mails()) == 1


def test_everybody_who_wrote_it_is_asked_once():
    example = make_old_example()
    lena, kurt = factories.make_account("Lena"), factories.make_account("Kurt")
    for account in (lena, kurt):
        factories.save(ExampleAuthor(example_id=example.id, account_id=account.id))
    example.deputy_email = kurt.email
    session.commit()

    jobs.ask_for_confirmations()
    pass_days(25)

    told = [sent.address for sent in mails()]
    assert sorted(set(told)) == sorted([CONTACT, kurt.email, example.author.email, lena.email])
    assert all(told.count(address) == 2 for address in told)


def test_one_author_answers_for_all(browser):
    example = make_old_example()
    lena = factories.make_account("Lena")
    factories.save(ExampleAuthor(example_id=example.id, account_id=lena.id))
    jobs.ask_for_confirmations()
    [mail_to_lena] = [sent for sent in mails() if sent.address == lena.email]

    browser.open(links(mail_to_lena)[0]).submit("answer")
    jobs.ask_for_confirmations()

    assert session.scalars(select(Confirmation)).one().account_id == lena.id
    browser.open(links(mails()[0])[0], status=404)
    assert len(mails()) == 4


def test_mail_offers_three_links_and_the_way_out():
    make_old_example()

    jobs.ask_for_confirmations()

    sent = mails()[0]
    assert [link.rpartition("/")[2] for link in links(sent)[:3]] == ["ja", "aendern", "beendet"]
    assert sent.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/abmelden" in sent.headers["List-Unsubscribe"]
    assert len(links(sent)[0].split("/")[2]) >= 43  # 256 random bits


def test_only_hashes_of_secrets_are_kept():
    make_old_example()
    jobs.ask_for_confirmations()

    secret = links(mails()[0])[0].split("/")[2]
    kept = session.scalars(select(ConfirmationMail.token_hash)).all()

    assert secret not in kept
    assert all(len(digest) == 64 for digest in kept)


@pytest.mark.parametrize(
    "values", [{"days": 300}, {"state": ExampleState.WITHDRAWN}, {"state": ExampleState.DRAFT}]
)
def test_nobody_is_asked_about_fresh_or_unpublished_examples(values):
    make_old_example(**values)

    jobs.ask_for_confirmations()

    assert mails() == []


def test_reminders_come_after_three_and_six_weeks_and_silence_after_nine():
    example = make_old_example()
    last_confirmed = example.confirmed_at
    jobs.ask_for_confirmations()

    numbers = []
    for _week in range(10):
        pass_days(7)
        numbers.append(len(mails()) // 3)

    assert numbers == [1, 1, 2, 2, 2, 3, 3, 3, 3, 3]
    assert example.unconfirmed_since == last_confirmed
    [item] = items()
    assert item.title == "Nicht bestätigt: Babybegrüßung mit Hausbesuch"
    assert (item.state_code, item.is_open) == ("BW", True)


def test_three_years_of_silence_ask_nine_times():
    example = make_old_example()
    last_confirmed = example.confirmed_at

    for _month in range(36):
        for _step in range(3):
            clock.shift(clock.offset + timedelta(days=10, hours=4))
            jobs.ask_for_confirmations()

    rounds = session.scalars(select(ConfirmationRound).order_by(ConfirmationRound.number)).all()
    assert [asked.asked for asked in rounds] == [3, 3, 3]
    assert len(mails()) == 27
    assert example.unconfirmed_since == last_confirmed
    assert len(items()) == 3


def test_three_years_of_answers_ask_three_times(browser):
    example = make_old_example()

    for _year in range(3):
        jobs.ask_for_confirmations()
        browser.open(links(mails()[-1])[0]).submit("answer")
        pass_days(2)
        clock.shift(clock.offset + timedelta(days=365))

    answers = session.scalars(select(Confirmation)).all()
    assert [given.answer for given in answers] == [Answer.CONFIRMED] * 3
    assert len(mails()) == 9
    assert example.unconfirmed_since is None


def test_withdrawn_example_is_left_alone_in_the_middle():
    example = make_old_example()
    jobs.ask_for_confirmations()
    example.withdraw()
    session.commit()

    pass_days(70)

    assert len(mails()) == 3
    assert items() == []


def test_new_publication_makes_the_question_needless(browser):
    example = make_old_example()
    jobs.ask_for_confirmations()
    link = links(mails()[0])[0]
    clock.shift(timedelta(days=1))
    example.publish(None)
    session.commit()

    pass_days(70)

    assert len(mails()) == 3
    browser.open(link, status=404)


def test_missing_addresses_are_misses_and_said_to_the_office():
    example = make_old_example(contact_email="", deputy_email="nirgends", author=None)
    example.author_id = None
    session.commit()

    jobs.ask_for_confirmations()

    assert mails() == []
    [item] = items()
    assert item.title.startswith("Niemand erreichbar: ")
    pass_days(64)
    assert example.unconfirmed_since is not None
    kept = session.scalars(select(ConfirmationMail.unreachable)).all()
    assert kept == [Unreachable.MISSING] * 6


def test_mails_that_bounce_are_said_to_the_office(browser):
    make_old_example()
    jobs.ask_for_confirmations()
    for sent in mails():
        sent.given_up_at = clock.now()
    session.commit()

    pass_days(21)

    [item] = items()
    assert item.title.startswith("Niemand erreichbar: ")
    case = browser.sign_in(factories.make_emil()).open(item.url)
    assert "nicht zustellbar" in case.main


def test_suspended_author_is_not_asked():
    author = factories.make_account("Autorin", suspended_at=clock.now())
    make_old_example(author=author)

    jobs.ask_for_confirmations()

    assert author.email not in {sent.address for sent in mails()}


def test_worker_killed_in_the_middle_asks_nobody_twice(monkeypatch):
    for number in range(4):
        make_old_example(f"Beispiel {number}", contact_email=f"a{number}@stadt.example")
    real, calls = mail.order, []

    def die_at_the_fifth(*args, **values):
        calls.append(args[0])
        if len(calls) == 5:
            raise KeyboardInterrupt
        return real(*args, **values)

    monkeypatch.setattr(mail, "order", die_at_the_fifth)
    with pytest.raises(KeyboardInterrupt):
        jobs.ask_for_confirmations()
    session.rollback()
    assert len(mails()) == 3

    monkeypatch.undo()
    jobs.ask_for_confirmations()

    asked = [(sent.address, sent.subject) for sent in mails()]
    assert len(asked) == len(set(asked)) == 12


def test_one_broken_example_does_not_silence_the_others(monkeypatch):
    broken = make_old_example("Kaputt", days=500)
    make_old_example("Ganz")
    real = jobs.take_step

    def stumble(example):
        if example.id == broken.id:
            raise RuntimeError("kaputt")
        real(example)

    monkeypatch.setattr(jobs, "take_step", stumble)
    jobs.ask_for_confirmations()

    assert {sent.subject for sent in mails()} == {"Stimmt das noch? Ganz"}


def test_a_day_begins_only_so_many_questions(app, monkeypatch):
    for number in range(5):
        make_old_example(f"Beispiel {number}")
    settings = app.extensions["settings"]
    object.__setattr__(settings, "confirm_per_day", 2)
    try:
        jobs.ask_for_confirmations()
        assert len(mails()) == 6
        pass_days(2)
    finally:
        object.__setattr__(settings, "confirm_per_day", 500)

    assert len(mails()) == 15


def test_finding_what_is_due_is_one_look_for_one_and_for_many(count_queries):
    make_old_example("Eins")
    few = count_queries(queries.due_examples)
    for number in range(10):
        make_old_example(f"Beispiel {number}")

    assert count_queries(queries.due_examples) == few == 2
