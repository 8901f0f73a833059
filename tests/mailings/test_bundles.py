"""Mails wait for others about the same, stop at a number, and know what may still be seen."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock, mail
from inforo.accounts.models import Account
from inforo.db import session
from inforo.discussions.jobs import tell_followers
from inforo.discussions.models import Thread
from inforo.groups.models import Membership
from inforo.mailings import replies
from inforo.mailings.jobs import send_bundles
from inforo.notifications.actions import choose, notify, notify_all, settings_of
from inforo.notifications.models import Event, MailOutcome, Notification, Rhythm, Wish
from inforo.watching import actions as watching
from inforo.watching.models import Level, Target
from tests.factories import (
    actor,
    join,
    make_anna,
    make_bernd,
    make_clara,
    make_group,
    make_post,
    make_thread,
)
from tests.mailings.sending import mails_to, wait_for_mails


@pytest.fixture
def anna():
    return make_anna()


def asked_by(anna, **values) -> Thread:
    """A thread whose author hears of its answers."""
    thread = make_thread(author=anna, **values)
    watching.choose(actor(anna), Target.THREAD, thread.id, Level.FOLLOW)
    session.commit()
    return thread


def answer(thread, body="Bei uns klappt es samstags."):
    post = make_post(thread, body, author=make_bernd())
    tell_followers(post_id=post.id)
    return post


def outcomes(account) -> list[MailOutcome | None]:
    session.expire_all()
    statement = select(Notification.mail_outcome).where(Notification.account_id == account.id)
    return list(session.scalars(statement.order_by(Notification.id)))


def test_answers_to_a_thread_within_ten_minutes_become_one_mail(anna):
    thread = asked_by(anna)
    answer(thread, "Samstags.")
    wait_for_mails(minutes=6)
    answer(thread, "Sonntags auch.")
    assert mails_to(anna) == []

    wait_for_mails(minutes=4)

    [letter] = mails_to(anna)
    assert "Samstags." in letter.text
    assert "Sonntags auch." in letter.text
    assert outcomes(anna) == [MailOutcome.BUNDLED, MailOutcome.BUNDLED]


def test_each_thread_has_a_mail_of_its_own(anna):
    answer(asked_by(anna))
    answer(asked_by(anna))

    wait_for_mails()

    assert len(mails_to(anna)) == 2
    assert outcomes(anna) == [MailOutcome.SENT, MailOutcome.SENT]


def test_running_twice_sends_nothing_twice(anna):
    answer(asked_by(anna))

    wait_for_mails()
    wait_for_mails()

    assert len(mails_to(anna)) == 1


def test_who_read_it_on_the_platform_gets_no_mail(anna, browser):
    thread = asked_by(anna)
    answer(thread)
    browser.sign_in(anna).open(thread.path)

    wait_for_mails()

    assert mails_to(anna) == []
    assert outcomes(anna) == [MailOutcome.SEEN]


def test_who_left_a_closed_group_hears_nothing_of_what_was_written_before(anna):
    thread = asked_by(anna, group=make_group(audience="closed", members=(anna,)))
    answer(thread)
    session.execute(Membership.__table__.delete().where(Membership.account_id == anna.id))

    wait_for_mails()

    assert mails_to(anna) == []
    assert outcomes(anna) == [MailOutcome.NO_RIGHT]


def test_hidden_post_is_left_out_and_the_others_are_told(anna):
    thread = asked_by(anna)
    bad, good = answer(thread, "Unverschämt."), answer(thread, "Hilfreich.")
    bad.hidden_at = clock.now()

    wait_for_mails()

    [letter] = mails_to(anna)
    assert "Hilfreich." in letter.text
    assert "Unverschämt." not in letter.text + letter.html
    assert outcomes(anna) == [MailOutcome.NO_RIGHT, MailOutcome.SENT]
    assert good.is_visible


def test_mail_says_what_the_author_mended_meanwhile(anna):
    post = answer(asked_by(anna), "Ruft an: 0171 123.")
    post.body, post.body_html = "Ruft an.", "<p>Ruft an.</p>"

    wait_for_mails()

    [letter] = mails_to(anna)
    assert "0171" not in letter.text


@pytest.mark.parametrize("column", ["suspended_at", "closed_at"])
def test_suspended_and_erased_people_get_no_mail(anna, column):
    answer(asked_by(anna))
    setattr(anna, column, clock.now())

    wait_for_mails()

    assert mails_to(anna) == []
    assert outcomes(anna) == [MailOutcome.INACTIVE]


def test_mail_that_waits_in_the_outbox_is_looked_at_again_before_it_leaves(anna):
    thread = asked_by(anna)
    hidden, shown = answer(thread, "Unverschämt."), answer(thread, "Hilfreich.")
    wait_for_mails()
    [waiting] = mails_to(anna)
    hidden.hidden_at = clock.now()
    session.commit()

    mail.deliver(waiting)
    send_bundles()

    withdrawn, again = mails_to(anna)
    assert withdrawn.given_up_at
    assert withdrawn.sent_at is None
    assert "Unverschämt." not in again.text
    assert "Hilfreich." in again.text
    assert outcomes(anna) == [MailOutcome.NO_RIGHT, MailOutcome.SENT]
    assert shown.is_visible


def test_even_a_decision_does_not_reach_who_was_suspended_meanwhile(anna):
    notify(anna, Event.DECISION, key="d:1", title="Ihr Beispiel", url="/hilfe")
    anna.suspended_at = clock.now()
    session.commit()
    [waiting] = mails_to(anna)

    mail.deliver(waiting)

    assert waiting.given_up_at
    assert outcomes(anna) == [MailOutcome.INACTIVE]


def test_other_mails_one_can_unsubscribe_from_do_not_reach_suspended_people(anna):
    order = {"words": "Kita", "url": "http://localhost/suche", "news": []}
    waiting = mail.order(
        anna.email,
        "alerts/news",
        dedupe_key="saved-search:1",
        account_id=anna.id,
        unsubscribe_url="http://localhost/suche/abbestellen/x",
        **order,
    )
    anna.suspended_at = clock.now()
    session.commit()

    mail.deliver(waiting)

    assert waiting.given_up_at
    assert waiting.sent_at is None


def test_former_staff_hear_nothing_of_the_work_basket(anna):
    notify(anna, Event.WORK, key="w:1", title="Neue Anmeldung", url="/arbeitskorb/")
    clara = make_clara()
    notify(clara, Event.WORK, key="w:1", title="Neue Anmeldung", url="/arbeitskorb/")

    wait_for_mails()

    assert outcomes(anna) == [MailOutcome.NO_RIGHT]
    assert outcomes(clara) == [MailOutcome.SENT]


def test_after_the_days_number_of_mails_the_rest_waits_for_the_digest(anna):
    for _number in range(12):
        answer(asked_by(anna))

    wait_for_mails()

    letters = mails_to(anna)
    assert len(letters) == 10
    assert "Das war die letzte E-Mail für heute" in letters[-1].text
    assert "in Ihrer nächsten Zusammenfassung" in " ".join(letters[-1].html.split())
    assert not any("Das war die letzte" in letter.text for letter in letters[:-1])
    assert outcomes(anna)[-2:] == [MailOutcome.CAP, MailOutcome.CAP]


def test_without_a_digest_the_last_mail_of_the_day_points_to_the_platform(anna):
    settings_of(anna.id).rhythm = Rhythm.NEVER
    for _number in range(11):
        answer(asked_by(anna))

    wait_for_mails()

    assert "finden Sie auf der Plattform" in mails_to(anna)[-1].text


def test_decisions_come_also_after_the_days_number(anna):
    for _number in range(11):
        answer(asked_by(anna))
    wait_for_mails()

    notify(anna, Event.DECISION, key="d:1", title="Ihr Beispiel ist öffentlich", url="/hilfe")

    assert mails_to(anna)[-1].subject == "Ihr Beispiel ist öffentlich"


def test_next_day_counts_anew(anna):
    for _number in range(11):
        answer(asked_by(anna))
    wait_for_mails()
    answer(asked_by(anna))

    wait_for_mails(minutes=24 * 60)

    assert len(mails_to(anna)) == 11


def test_mails_wait_for_the_end_of_quiet_hours(anna):
    chosen = settings_of(anna.id)
    local = clock.now().astimezone(clock.BERLIN)
    chosen.quiet_from, chosen.quiet_until = local.hour, (local.hour + 3) % 24
    answer(asked_by(anna))

    wait_for_mails()
    assert mails_to(anna) == []
    wait_for_mails(minutes=3 * 60)

    assert len(mails_to(anna)) == 1


def test_wish_changed_while_the_mail_waited_counts(anna):
    answer(asked_by(anna))
    choose(anna.id, Event.ANSWER, Wish(by_mail=False))

    wait_for_mails()

    assert outcomes(anna) == [MailOutcome.UNWANTED]


def test_mails_of_a_thread_form_one_conversation_under_one_subject(anna):
    thread = asked_by(anna, title="Wie erreichen wir Väter?", group=make_group("Familien"))
    answer(thread, "Samstags.")
    wait_for_mails()
    answer(thread, "@Anna Wann?")
    wait_for_mails()

    first, second = mails_to(anna)
    root = mail.message_id(f"threads:{thread.id}")
    assert first.subject == second.subject == "[Familien] Wie erreichen wir Väter?"
    assert first.headers["In-Reply-To"] == root
    assert second.headers["In-Reply-To"] == first.message_id
    assert second.headers["References"] == f"{root} {first.message_id}"
    assert second.headers["Auto-Submitted"] == "auto-generated"
    assert second.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_slice_that_takes_mail_gives_the_address_for_answers(anna, monkeypatch):
    given = [lambda who, what: f"{what.partition(':')[2]}@{who.name}.example"]
    monkeypatch.setattr(replies, "addresses", given)
    thread = asked_by(anna)
    answer(thread)

    [letter] = wait_for_mails()

    assert mail.compose(letter)["Reply-To"] == f"{thread.id}@Anna.example"


def test_telling_hundreds_costs_as_many_queries_as_telling_few(count_queries):
    def told(count: int) -> int:
        ids = [make_anna().id for _number in range(count)]

        def tell() -> None:
            people = session.scalars(select(Account).where(Account.id.in_(ids))).all()
            notify_all(people, Event.ANSWER, key="x", title="Neu", url="/", subject="threads:1")
            session.flush()

        return count_queries(tell)

    assert told(30) == told(3)


def test_sending_to_many_costs_as_many_reads_as_sending_to_few(count_queries):
    def sent(count: int) -> int:
        thread = asked_by(make_anna())
        for _number in range(count):
            watching.choose(actor(make_anna()), Target.THREAD, thread.id, Level.FOLLOW)
        session.commit()
        answer(thread)
        clock.shift(clock.offset + timedelta(minutes=11))
        return count_queries(send_bundles)

    few, many = sent(3), sent(9)

    assert (many - few) / 6 <= 4, "is it known, what came before, two rows"


def test_mail_to_a_member_who_joined_later_is_about_what_came_later(anna):
    closed = make_group(audience="closed")
    thread = make_thread(group=closed)
    answer(thread)
    join(closed, anna)

    wait_for_mails()

    assert mails_to(anna) == []
