"""What people are told, and how they choose what comes by mail."""

from datetime import timedelta
from itertools import count

from sqlalchemy import inspect, select

from inforo import clock, mail
from inforo.authz import GUEST
from inforo.db import session
from inforo.notifications import policy
from inforo.notifications.actions import notify
from inforo.notifications.jobs import forget_notifications
from inforo.notifications.models import Event, MailChoice, Notification
from inforo.notifications.queries import unsubscribe_token
from tests.factories import actor, make_anna, make_bernd, save

numbers = count(1)


def make_notification(account, **values) -> Notification:
    account_id = inspect(account).identity[0]  # also when the test forgot its objects
    number = next(numbers)
    defaults = {
        "event": Event.ANSWER,
        "dedupe_key": f"test:{number}",
        "title": f"Neues {number}",
        "url": "/hilfe",
    }
    return save(Notification(account_id=account_id, **(defaults | values)))


def test_sql_and_python_agree_on_who_reads_a_notification():
    anna, bernd = make_anna(), make_bernd()
    all_of_them = {make_notification(anna), make_notification(bernd)}

    for who in (GUEST, actor(anna), actor(bernd)):
        found = set(session.scalars(select(Notification).where(policy.visible_to(who))))
        assert found == {told for told in all_of_them if policy.may_view(who, told)}


def test_opening_a_notification_marks_it_read_and_leads_on(browser):
    anna = make_anna()
    told = make_notification(anna, title="Neue Antwort", url="/gruppen/")
    page = browser.sign_in(anna).open("/konto/benachrichtigungen")

    page = page.follow("Neue Antwort")

    assert page.url == "/gruppen/"
    session.refresh(told)
    assert told.read_at


def test_notification_never_leads_to_another_site(browser):
    anna = make_anna()
    told = make_notification(anna, url="//evil.example/")

    page = browser.sign_in(anna).open(f"/konto/benachrichtigungen/{told.id}")

    assert page.url == "/konto/benachrichtigungen"


def test_all_are_marked_read_at_once_but_only_ones_own(browser):
    anna, bernd = make_anna(), make_bernd()
    make_notification(anna)
    make_notification(anna)
    other = make_notification(bernd)
    page = browser.sign_in(anna).open("/konto/benachrichtigungen")

    [form] = page.html.select("form[action='/konto/benachrichtigungen/gelesen']")
    token = form.select_one("[name=csrf_token]")["value"]
    browser.client.post(form["action"], data={"csrf_token": token})

    assert "neu" not in browser.open("/konto/benachrichtigungen").main.split()
    session.refresh(other)
    assert other.read_at is None


def test_page_costs_the_same_however_many_notifications(browser, count_queries):
    anna = make_anna()
    make_notification(anna)
    browser.sign_in(anna)
    few = count_queries(lambda: browser.open("/konto/benachrichtigungen"))
    for _ in range(10):
        make_notification(anna)

    assert count_queries(lambda: browser.open("/konto/benachrichtigungen")) == few <= 12


def test_person_chooses_what_comes_by_mail(browser):
    anna = make_anna()
    page = browser.sign_in(anna).open("/konto/benachrichtigungen/einstellungen")
    assert page.html.select("input[value=answer][checked]")

    page = page.submit("mails", events=["mention"])

    assert not page.html.select("input[value=answer][checked]")
    assert page.html.select("input[value=mention][checked]")
    tell(anna, Event.ANSWER)
    tell(anna, Event.MENTION)
    tell(anna, Event.DECISION)
    session.commit()
    assert len(session.scalars(select(mail.Mail)).all()) == 2


def tell(account, event):
    notify(account, event, key=f"{event}:1", title="Etwas", url="/hilfe")


def test_unsubscribe_link_asks_first_and_works_without_sign_in(browser):
    anna = make_anna()
    url = f"/abmelden-von-mails/{unsubscribe_token(anna.id, Event.ANSWER)}"

    page = browser.open(url)
    assert session.scalar(select(MailChoice)) is None
    page = page.submit("unsubscribe")

    assert "keine E-Mails mehr" in page.main
    choice = session.scalar(select(MailChoice))
    assert (choice.account_id, choice.event, choice.by_mail) == (anna.id, Event.ANSWER, False)


def test_mail_program_unsubscribes_with_one_request(browser):
    anna = make_anna()
    url = f"/abmelden-von-mails/{unsubscribe_token(anna.id, Event.MENTION)}"

    answer = browser.client.post(url, data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert session.scalar(select(MailChoice.by_mail)) is False


def test_forged_unsubscribe_link_is_not_there(browser):
    token = unsubscribe_token(make_anna().id, Event.ANSWER)

    browser.open(f"/abmelden-von-mails/{token[:-2]}xx", 404)


def test_old_notifications_are_forgotten():
    anna, now = make_anna(), clock.now()
    kept = make_notification(anna, created_at=now - timedelta(days=400))
    kept_read = make_notification(anna, created_at=now - timedelta(days=300), read_at=now)
    make_notification(anna, created_at=now - timedelta(days=400), read_at=now)
    make_notification(anna, created_at=now - timedelta(days=800))

    forget_notifications()

    assert set(session.scalars(select(Notification.id))) == {kept.id, kept_read.id}
