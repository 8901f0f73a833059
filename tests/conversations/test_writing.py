"""Beginning a conversation, answering, reading on."""

import pytest
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import select

from inforo import clock
from inforo.contacts.models import Circle
from inforo.conversations.models import Conversation, Message
from inforo.db import session
from inforo.notifications.models import Event, Notification
from inforo.security import limiter
from tests.browser import current_values
from tests.contacts.making import make_block, make_wish
from tests.conversations.making import answer, make_conversation
from tests.factories import (
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_thread,
)


def write_to(browser, person):
    page = browser.open(f"/personen/{person.id}")
    return page.follow("Nachricht schreiben")


def talks():
    return list(session.scalars(select(Conversation)))


def told(account):
    statement = select(Notification).where(Notification.account_id == account.id)
    return list(session.scalars(statement.order_by(Notification.id)))


def test_member_writes_from_the_page_of_a_person(browser, new_browser):
    anna, bernd = make_anna(), make_bernd()
    page = write_to(browser.sign_in(anna), bernd)

    page = page.submit("message", subject="Elternlotsen", body="Wie **finanzieren** Sie das?")

    assert "Wie finanzieren Sie das?" in page.main
    [conversation] = talks()
    assert [each.account_id for each in conversation.people] == [anna.id, bernd.id]
    assert [(each.event, each.actor_id) for each in told(bernd)] == [(Event.MESSAGE, anna.id)]
    assert told(anna) == []
    inbox = new_browser().sign_in(bernd).open("/nachrichten/")
    assert "Elternlotsen" in inbox.main
    assert "1 neue" in inbox.main
    read = inbox.follow("Elternlotsen")
    assert "Wie finanzieren Sie das?" in read.main
    assert "1 neue" not in read.browser.open("/nachrichten/").main


def test_people_are_found_by_name_and_chosen_one_after_the_other(browser):
    anna, bernd, clara = make_anna(), make_bernd(), make_clara()
    page = browser.sign_in(anna).open("/nachrichten/neu")

    page = page.submit("message", button="search", recipient_query="bern", subject="Drei")
    page = page.submit(
        "message", button="search", recipient_query="Clara", recipients=[str(bernd.id)]
    )
    page = page.submit("message", recipients=[str(bernd.id), str(clara.id)], body="Hallo")

    [conversation] = talks()
    assert conversation.subject == "Drei"
    assert {each.account_id for each in conversation.people} == {anna.id, bernd.id, clara.id}
    assert "Mit Bernd, Clara" in page.main


def test_form_sent_twice_begins_one_conversation(browser):
    page = write_to(browser.sign_in(make_anna()), make_bernd())

    for _ in range(2):
        page.submit("message", subject="Einmal", body="Nur einmal")

    assert len(talks()) == 1


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"subject": ""}, "worum es geht"),
    ({"body": ""}, "schreiben Sie zuerst"),
    ({"recipients": []}, "suchen Sie eine Person"),
    ({"recipients": [str(number) for number in range(1, 9)]}, "Höchstens 7 Personen"),
    ({"recipients": ["999999"]}, "nicht für Nachrichten erreichbar"),
])  # fmt: skip
def test_unfinished_message_is_explained_and_stays(browser, typed, sentence):
    page = write_to(browser.sign_in(make_anna()), make_bernd())
    given = {"subject": "Bleibt", "body": "Bleibt auch"} | typed

    page = page.submit("message", **given, status=422)

    assert sentence in page.main
    assert "Bleibt" in page.html.select_one("#message").decode()
    assert talks() == []


def test_answer_reaches_the_other_with_a_count_in_the_head_of_pages(browser, new_browser):
    anna, bernd = make_anna(), make_bernd()
    conversation = make_conversation(anna, bernd)
    page = browser.sign_in(bernd).open("/")
    assert page.html.select_one("[data-messages]").text.startswith("1")

    page = browser.open(conversation.path).submit("reply", body="So geht das.")

    assert "So geht das." in page.main
    assert page.html.select_one("[data-messages]").has_attr("hidden")
    other = new_browser().sign_in(anna)
    assert other.open("/").html.select_one("[data-messages]").text.startswith("1")
    page = other.open(conversation.path)
    assert page.html.select_one("#neu + .post").get("id") == "beitrag-2"


def test_reader_comes_to_the_page_of_the_first_unread_message(browser):
    anna, bernd = make_anna(), make_bernd()
    conversation = make_conversation(anna, bernd)
    for number in range(2, 46):
        answer(anna, conversation, f"Nummer {number}")
    browser.sign_in(bernd)

    first = browser.open(conversation.path)
    second = browser.open(conversation.path)

    assert first.html.select_one("#beitrag-1")
    assert second.html.select_one("#beitrag-21")
    assert not second.html.select_one("#beitrag-41")


@pytest.mark.parametrize(
    "case", ["blocked", "blocking", "nobody", "near", "suspended", "closed"]
)
def test_who_takes_no_messages_is_not_found_and_not_written_to(browser, case):
    anna, bernd = make_anna(), make_bernd()
    page = write_to(browser.sign_in(anna), bernd)
    if case == "blocked":
        make_block(bernd, anna)
    elif case == "blocking":
        make_block(anna, bernd)
    elif case == "suspended":
        bernd.suspended_at = clock.now()
    elif case == "closed":
        bernd.closed_at = clock.now()
    else:
        make_wish(bernd, Circle(case))
    session.commit()

    found = page.submit("message", button="search", recipient_query="Bernd", recipients=[])
    assert "Niemand mit diesem Namen" in found.main
    page = page.submit("message", subject="Trotzdem", body="Lies das!", status=422)

    assert "Zurzeit nicht für Nachrichten erreichbar" in page.main
    assert "blockiert" not in page.main
    assert talks() == []


def test_wish_does_not_count_for_coordinators():
    anna, clara = make_anna(), make_clara()
    make_wish(clara, Circle.NOBODY)

    assert make_conversation(anna, clara).size == 2


def test_block_ends_answers_of_two_in_both_directions_and_says_nothing(browser, new_browser):
    anna, bernd = make_anna(), make_bernd()
    conversation = make_conversation(anna, bernd)
    page = browser.sign_in(bernd).open(conversation.path)
    make_block(anna, bernd)

    page.submit("reply", body="Bitte!", status=403)

    for reader in (browser, new_browser().sign_in(anna)):
        page = reader.open(conversation.path)
        assert not page.has_form("reply")
        assert "niemand für Nachrichten erreichbar" in page.main


def test_messages_of_a_blocked_person_are_covered_among_several(browser):
    anna, bernd, clara = make_anna(), make_bernd(), make_clara()
    conversation = make_conversation(clara, anna, bernd)
    make_block(anna, bernd)
    before = len(told(anna))

    answer(bernd, conversation, "Sehr unfreundlich")

    assert len(told(anna)) == before
    browser.sign_in(anna)
    assert "unfreundlich" not in browser.open("/nachrichten/").response.text
    assert "Nichts gefunden" in browser.open("/nachrichten/?q=unfreundlich").main
    page = browser.open(conversation.path)
    assert "unfreundlich" not in page.response.text
    assert page.has_form("reply")


def test_silenced_member_reads_but_writes_nothing_and_can_still_block(browser):
    anna, bernd = make_anna(), make_bernd()
    conversation = make_conversation(bernd, anna)
    page = browser.sign_in(anna).open(conversation.path)
    block = browser.open(f"/personen/{bernd.id}/blockieren")
    anna.silenced_until = clock.now() + clock.timedelta(days=2)
    session.commit()

    page.submit("reply", body="Doch", status=403)
    browser.open("/nachrichten/neu", 403)
    assert "nur lesen" in browser.open(conversation.path).main
    assert "ist blockiert" in block.submit("block").text
    assert session.scalars(select(Message.body)).all() == ["Wie geht das?"]


@pytest.fixture
def counted(monkeypatch):
    """Count messages against the limits, as the real platform does."""
    storage = MemoryStorage()
    monkeypatch.setattr(limiter, "_storage", storage)
    monkeypatch.setattr(limiter, "_limiter", MovingWindowRateLimiter(storage))
    monkeypatch.setattr(limiter, "enabled", True)


def test_new_member_begins_few_conversations_and_keeps_the_text(browser, counted):
    bernd = make_bernd()
    newcomer = make_account("Nina", approved_at=clock.now())
    browser.sign_in(newcomer)
    for number in range(3):
        page = browser.open(f"/nachrichten/neu?an={bernd.id}")
        page.submit("message", subject=f"Nummer {number}", body="Hallo")

    page = browser.open(f"/nachrichten/neu?an={bernd.id}")
    page = page.submit("message", subject="Zu viel", body="Mein langer Text", status=429)

    assert "Mein langer Text" in page.html.select_one("textarea").text
    assert page.response.headers["Retry-After"]
    assert len(talks()) == 3


def test_known_member_is_not_held_up_so_soon(browser, counted):
    bernd, anna = make_bernd(), make_anna()
    make_thread(author=anna, posts=("Eins", "Zwei"))
    browser.sign_in(anna)

    for number in range(5):
        page = browser.open(f"/nachrichten/neu?an={bernd.id}")
        page.submit("message", subject=f"Nummer {number}", body="Hallo")

    assert len(talks()) == 5


def test_message_with_too_many_links_is_explained(browser):
    page = write_to(browser.sign_in(make_anna()), make_bernd())
    body = " ".join(f"https://beispiel{number}.example" for number in range(21))

    page = page.submit("message", subject="Links", body=body, status=422)

    assert "höchstens 20 Links" in page.main


def test_draft_of_a_new_message_keeps_people_subject_and_text(browser):
    bernd = make_bernd()
    page = browser.sign_in(make_anna()).open("/nachrichten/neu")
    page = page.submit("message", button="search", recipient_query="Bernd")
    typed = {"recipients": [str(bernd.id)], "subject": "Später", "body": "Halb fertig"}
    data = current_values(page.html.select_one("#message")) | typed
    browser.client.post("/konto/entwuerfe/speichern", data=data)

    page = browser.open("/nachrichten/neu")

    assert page.html.select_one(f"[name=recipients][value='{bernd.id}']").has_attr("checked")
    assert "Halb fertig" in page.html.select_one("textarea").text
