"""What people do with a conversation for themselves, and what is left in the end."""

import pytest
from sqlalchemy import select

from inforo.accounts import actions as accounts
from inforo.accounts.models import Account
from inforo.conversations.jobs import forget_conversations
from inforo.conversations.models import Conversation, Message
from inforo.db import session
from inforo.notifications.models import Notification
from tests.conversations.making import answer, first_message, make_conversation, report
from tests.factories import actor, make_account, make_anna, make_bernd, make_clara, make_frieda
from tests.mailings.sending import mails_to, wait_for_mails


def inbox(browser, query=""):
    return browser.open(f"/nachrichten/{query}").main


def test_archived_conversation_comes_back_with_an_answer(browser):
    anna, bernd = make_anna(), make_bernd()
    made = make_conversation(anna, bernd, subject="Elternlotsen")
    page = browser.sign_in(anna).open(made.path)

    page = page.submit("archive")

    assert "Elternlotsen" not in page.main
    assert "Elternlotsen" in inbox(browser, "?ansicht=archiv")
    answer(bernd, made)
    assert "Elternlotsen" in inbox(browser)


def test_muted_conversation_tells_nothing_and_stays_away(browser):
    anna, bernd = make_anna(), make_bernd()
    made = make_conversation(anna, bernd, subject="Elternlotsen")
    browser.sign_in(anna).open(made.path).submit("mute")
    browser.open(made.path).submit("archive")

    answer(bernd, made)

    statement = select(Notification).where(Notification.account_id == anna.id)
    assert session.scalars(statement).all() == []
    assert "Elternlotsen" not in inbox(browser)
    page = browser.open(made.path).submit("mute")
    assert "Sie erfahren wieder" in page.text


def test_deleted_for_me_is_gone_for_me_only_until_somebody_writes(browser, new_browser):
    anna, bernd = make_anna(), make_bernd()
    made = make_conversation(anna, bernd, subject="Elternlotsen", body="Der alte Text")
    browser.sign_in(bernd).open(made.path).follow("Für mich löschen").submit("clear")

    assert "Elternlotsen" not in inbox(browser)
    assert "Nichts gefunden" in inbox(browser, "?q=alte")
    browser.open(made.path, 404)
    other = new_browser().sign_in(anna)
    assert "Der alte Text" in other.open(made.path).main

    answer(anna, made, "Der neue Text")
    page = browser.open(made.path)
    assert "Der neue Text" in page.main
    assert "Der alte Text" not in page.response.text


def test_who_leaves_reads_nothing_more_and_the_others_see_that(browser, new_browser):
    anna, bernd, clara = make_anna(), make_bernd(), make_clara()
    made = make_conversation(anna, bernd, clara)
    browser.sign_in(bernd).open(made.path).follow("Gespräch verlassen").submit("leave")

    browser.open(made.path, 404)
    answer(anna, made, "Ohne Bernd")
    assert "Kurze Frage" not in inbox(browser)
    wait_for_mails()
    assert mails_to(bernd) == []
    assert "hat das Gespräch verlassen" in new_browser().sign_in(clara).open(made.path).text


def test_nobody_leaves_a_conversation_of_two(browser):
    anna, bernd = make_anna(), make_bernd()
    made = make_conversation(anna, bernd)

    browser.sign_in(anna).open(f"{made.path}/verlassen", 403)


def test_closed_account_is_a_deleted_member_and_its_messages_stay(browser):
    anna, bernd = make_anna(), make_bernd()
    made = make_conversation(bernd, anna, body="Bleibt stehen")
    accounts.close(actor(make_frieda()), bernd)
    session.commit()

    page = browser.sign_in(anna).open(made.path)

    assert "Bleibt stehen" in page.main
    assert "Gelöschtes Mitglied" in page.main
    assert "Bernd" not in page.main
    assert not page.has_form("reply")


def test_erased_account_leaves_a_nameless_message(browser):
    anna, bernd = make_anna(), make_bernd()
    made = make_conversation(bernd, anna, body="Bleibt stehen")
    session.delete(bernd)
    session.commit()

    page = browser.sign_in(anna).open(made.path)

    assert "Bleibt stehen" in page.main
    assert "Gelöschtes Mitglied" in inbox(browser)


def test_search_finds_only_in_ones_own_conversations(browser):
    anna, bernd, clara = make_anna(), make_bernd(), make_clara()
    make_conversation(anna, bernd, subject="Über Äpfel", body="Ein Korb Birnen")
    make_conversation(bernd, clara, subject="Ohne Anna", body="Auch Birnen und Äpfel")
    browser.sign_in(anna)

    for words in ("aepfel", "BIRNEN", "äpfel korb"):
        found = inbox(browser, f"?q={words}")
        assert "1 Gespräch mit" in found
        assert "Ohne Anna" not in found
    assert "Nichts gefunden" in inbox(browser, "?q=100%25_")


def test_conversation_nobody_keeps_is_deleted_but_not_before():
    anna, bernd = make_anna(), make_bernd()
    kept, left = make_conversation(anna, bernd), make_conversation(anna, bernd)
    reported = make_conversation(anna, bernd)
    report(bernd, first_message(reported))
    for made in (left, reported):
        for person in made.people:
            person.cleared_number = made.message_count
    kept.people[0].cleared_number = 1
    session.commit()

    forget_conversations()

    session.expire_all()
    assert set(session.scalars(select(Conversation.id))) == {kept.id, reported.id}
    assert (
        session.scalars(select(Message).where(Message.conversation_id == left.id)).all() == []
    )
    subjects = set(session.scalars(select(Notification.subject)))
    assert f"conversations:{left.id}" not in subjects


def test_messages_all_have_deleted_go_and_later_ones_stay(browser):
    anna, bernd = make_anna(), make_bernd()
    made = make_conversation(anna, bernd, body="Der alte Text")
    for person in made.people:
        person.cleared_number = 1
    made.find_participant(anna.id).cleared_number = 0
    session.commit()
    kept = answer(anna, made, "Der neue Text")
    made.find_participant(anna.id).cleared_number = 1
    session.commit()

    forget_conversations()

    session.expire_all()
    assert session.scalars(select(Message.id)).all() == [kept.id]
    assert "Der neue Text" in browser.sign_in(bernd).open(made.path).main


def test_account_that_is_gone_keeps_nothing():
    anna, bernd = make_anna(), make_bernd()
    made = make_conversation(anna, bernd)
    made.find_participant(anna.id).cleared_number = 1
    accounts.close(actor(make_frieda()), bernd)
    session.commit()

    forget_conversations()

    assert session.scalars(select(Conversation)).all() == []


def test_inbox_costs_the_same_for_many(browser, count_queries):
    anna = make_anna()
    make_conversation(make_bernd(), anna)
    browser.sign_in(anna)
    few = count_queries(lambda: browser.open("/nachrichten/"))
    anna = session.scalar(select(Account).where(Account.name == "Anna"))
    for number in range(25):
        author = make_account(f"Person {number}")
        make_conversation(author, anna, make_account(f"Dritte {number}"))

    assert count_queries(lambda: browser.open("/nachrichten/")) == few <= 12
    assert count_queries(lambda: browser.open("/nachrichten/?q=frage")) <= 12
    assert "Seite 1 von 2" in inbox(browser)


@pytest.mark.parametrize("count", [2, 20])
def test_page_of_messages_costs_the_same_for_many(browser, count_queries, count):
    anna, others = make_anna(), [make_account(f"Person {number}") for number in range(7)]
    made = make_conversation(anna, *others)
    for number in range(count - 1):
        answer(others[number % 7], made)
    browser.sign_in(anna)
    address = made.path
    unread = count_queries(lambda: browser.open(address))

    assert len(browser.open(address).html.select(".post")) == count
    assert count_queries(lambda: browser.open(address)) <= 12
    assert unread <= 16


def test_mail_names_no_address_and_is_bundled_and_only_for_who_may_read():
    anna, bernd, clara = make_anna(), make_bernd(), make_clara()
    made = make_conversation(anna, bernd, clara, subject="Elternlotsen")
    answer(anna, made, "Noch etwas")
    made.find_participant(clara.id).leave()
    session.commit()

    wait_for_mails()

    [mail] = mails_to(bernd)
    assert "Elternlotsen" in mail.subject
    assert "Noch etwas" in mail.text
    assert "Wie geht das?" in mail.text
    assert anna.email not in mail.text + mail.html
    assert mails_to(clara) == []


def test_read_message_needs_no_mail(browser):
    anna, bernd = make_anna(), make_bernd()
    made = make_conversation(anna, bernd)

    browser.sign_in(bernd).open(made.path)
    wait_for_mails()

    assert mails_to(bernd) == []


def test_open_window_hears_of_an_answer(browser):
    anna, bernd = make_anna(), make_bernd()
    made = make_conversation(anna, bernd)
    browser.sign_in(anna).open(made.path)
    first = browser.client.get(f"{made.path}/neues")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert browser.client.get(f"{made.path}/neues", headers=tag).status_code == 304

    answer(bernd, made)

    assert browser.client.get(f"{made.path}/neues", headers=tag).json == {
        "unread": 1,
        "messages": 1,
        "posts": 2,
    }
