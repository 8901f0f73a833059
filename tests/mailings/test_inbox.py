"""The list of notifications tells only what the person may still see."""

import pytest

from inforo import clock
from inforo.db import session
from inforo.notifications.models import Event
from tests.factories import make_account, make_anna, make_group, make_post, make_thread
from tests.notifications.test_notifications import make_notification

INBOX = "/konto/benachrichtigungen"


def tell_of(anna, **values):
    return make_notification(anna, title="Geheimer Titel", text="Geheime Worte", **values)


def test_visible_subject_keeps_title_and_text(browser):
    anna, post = make_anna(), make_post(make_thread(), "Da")
    tell_of(anna, subject=f"threads:{post.thread_id}", about=f"posts:{post.id}")

    page = browser.sign_in(anna).open(INBOX)

    assert "Geheimer Titel" in page.main
    assert "Nicht mehr verfügbar" not in page.main


@pytest.mark.parametrize("gone", ["hidden_post", "hidden_thread", "left_group", "deleted"])
def test_what_may_not_be_seen_any_more_is_neither_named_nor_quoted(browser, gone):
    anna = make_anna()
    group = make_group(audience="closed" if gone == "left_group" else "public")
    thread = make_thread(group=group, author=make_account())
    post = make_post(thread, "Da")
    if gone == "hidden_post":
        post.hidden_at = clock.now()
    if gone == "hidden_thread":
        thread.hidden_at = clock.now()
    session.commit()
    number = 987654 if gone == "deleted" else post.id
    tell_of(anna, subject=f"threads:{thread.id}", about=f"posts:{number}")

    page = browser.sign_in(anna).open(INBOX)

    assert "Geheim" not in page.text
    assert "Nicht mehr verfügbar" in page.main
    assert "neu" in page.main.split()


def test_decision_about_hidden_words_is_still_told(browser):
    anna = make_anna()
    thread = make_thread(author=anna, hidden_at=clock.now())
    tell_of(anna, event=Event.MODERATION, subject=f"threads:{thread.id}")

    assert "Geheimer Titel" in browser.sign_in(anna).open(INBOX).main


def test_inbox_costs_the_same_however_many_and_stays_in_the_budget(browser, count_queries):
    anna, group = make_anna(), make_group(audience="public")
    account = make_account()

    def tell_more():
        post = make_post(make_thread(), "Da")
        subject = f"threads:{post.thread_id}"
        for values in (
            {"subject": subject, "about": f"posts:{post.id}"},
            {"subject": subject},
            {"subject": f"groups:{group_id}"},
            {"subject": f"accounts:{account_id}"},
        ):
            make_notification(anna, **values)

    group_id, account_id = group.id, account.id
    tell_more()
    browser.sign_in(anna)
    few = count_queries(lambda: browser.open(INBOX))
    tell_more()
    tell_more()

    assert count_queries(lambda: browser.open(INBOX)) == few <= 12
