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
from inforo.notifications.models import Choice, Event, MailOutcome, MailSettings, Notification
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


SETTINGS = "/konto/benachrichtigungen/einstellungen"


def outcome_for(account, event) -> MailOutcome | None:
    tell(account, event)
    session.commit()
    key = f"{event}:1:account:{account.id}"
    return session.scalar(
        select(Notification.mail_outcome).where(Notification.dedupe_key == key)
    )


def tell(account, event):
    notify(account, event, key=f"{event}:1", title="Etwas", url="/hilfe")


def test_personal_events_are_mailed_and_activity_waits_for_the_digest_by_default(browser):
    anna = make_anna()
    page = browser.sign_in(anna).open(SETTINGS)

    assert page.html.select("[name=mail][value=answer][checked]")
    assert page.html.select("[name=digest][value=question][checked]")
    assert not page.html.select("[name=mail][value=question][checked]")
    assert outcome_for(anna, Event.ANSWER) is MailOutcome.WAITING
    assert outcome_for(anna, Event.QUESTION) is MailOutcome.DIGEST


def test_person_chooses_a_channel_for_each_event(browser):
    anna = make_anna()
    page = browser.sign_in(anna).open(SETTINGS)

    page = page.submit(
        "mails", platform=["mention", "group"], mail=["mention"], digest=["answer", "question"]
    )

    assert not page.html.select("[name=mail][value=answer][checked]")
    assert page.html.select("[name=mail][value=mention][checked]")
    assert outcome_for(anna, Event.ANSWER) is MailOutcome.DIGEST
    assert outcome_for(anna, Event.MENTION) is MailOutcome.WAITING
    assert outcome_for(anna, Event.GROUP) is MailOutcome.UNWANTED
    assert "Etwas" in browser.open("/konto/benachrichtigungen").main
    assert len(browser.open("/konto/benachrichtigungen").html.select(".results > li")) == 2


def test_service_mails_are_shown_and_cannot_be_switched_off(browser):
    anna = make_anna()
    page = browser.sign_in(anna).open(SETTINGS)
    assert "Eingriffe der Moderation" in page.main
    assert not page.html.select("[value=decision], [value=moderation]")

    page.submit("mails", platform=[], mail=[], digest=[])

    assert outcome_for(anna, Event.DECISION) is MailOutcome.SENT
    assert session.scalar(select(mail.Mail).where(mail.Mail.account_id == anna.id))


def test_half_a_quiet_time_is_explained_and_what_was_chosen_stays(browser):
    page = browser.sign_in(make_anna()).open(SETTINGS)

    page = page.submit("mails", status=422, quiet_from="22", quiet_until="", rhythm="daily")

    assert "Bitte wählen Sie Anfang und Ende der Ruhezeit." in page.main
    assert page.html.select("[name=rhythm][value=daily][checked]")


def test_times_are_kept_and_plan_the_next_digest(browser):
    anna = make_anna()
    page = browser.sign_in(anna).open(SETTINGS)

    page = page.submit(
        "mails", rhythm="weekly", weekday="3", hour="9", quiet_from="20", quiet_until="6"
    )

    chosen = session.get(MailSettings, anna.id)
    assert (chosen.weekday, chosen.hour) == (3, 9)
    assert (chosen.quiet_from, chosen.quiet_until) == (20, 6)
    assert chosen.digest_due_at.astimezone(clock.BERLIN).strftime("%A %H") == "Thursday 09"
    assert page.html.select("[name=weekday] [value='3'][selected]")


def test_unsubscribe_link_asks_first_and_works_without_sign_in(browser):
    anna = make_anna()
    url = f"/abmelden-von-mails/{unsubscribe_token(anna.id, Event.ANSWER)}"

    page = browser.open(url)
    assert session.scalar(select(Choice)) is None
    page = page.submit("unsubscribe")

    assert "keine E-Mails mehr" in page.main
    choice = session.scalar(select(Choice))
    assert (choice.account_id, choice.event, choice.by_mail) == (anna.id, Event.ANSWER, False)
    assert choice.on_platform


def test_mail_program_unsubscribes_with_one_request(browser):
    anna = make_anna()
    url = f"/abmelden-von-mails/{unsubscribe_token(anna.id, Event.MENTION)}"

    answer = browser.client.post(url, data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert session.scalar(select(Choice.by_mail)) is False


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
