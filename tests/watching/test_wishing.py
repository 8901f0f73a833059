"""Choosing how much one hears, on the pages of threads and groups, and by answering."""

import pytest
from sqlalchemy.exc import IntegrityError

from inforo import jobs
from inforo.db import session
from inforo.watching.models import Level, Target, Watch
from inforo.watching.queries import find_watch
from tests.discussions.test_writing import told
from tests.factories import make_account, make_anna, make_bernd, make_group, make_thread, watch


def level_of(account, target, kind):
    session.expire_all()
    found = find_watch(account.id, kind, target.id)
    return found.level if found else None


def test_each_level_says_what_it_means(browser):
    page = browser.sign_in(make_anna()).open(make_thread().path)

    options = [label.get_text(" ", strip=True) for label in page.html.select("#watch label")]

    assert len(options) == 5
    assert all(len(text.split()) > 5 for text in options)


@pytest.mark.parametrize("level", [*Level])
def test_level_of_a_thread_is_chosen_and_shown(browser, level):
    anna, thread = make_anna(), make_thread()
    page = browser.sign_in(anna).open(thread.path)

    page = page.submit("watch", level=level.value)

    assert level_of(anna, thread, Target.THREAD) is level
    assert page.html.select_one(f"#watch [value={level.value}]").has_attr("checked")


def test_wish_about_a_thread_is_taken_back(browser):
    anna, thread = make_anna(), make_thread()
    watch(anna, thread, "mute")

    browser.sign_in(anna).open(thread.path).submit("watch", level="")

    assert level_of(anna, thread, Target.THREAD) is None


def test_unknown_level_is_refused(browser):
    anna, thread = make_anna(), make_thread()
    page = browser.sign_in(anna).open(thread.path)

    page.submit("watch", level="alles", status=400)

    assert level_of(anna, thread, Target.THREAD) is None


def test_joining_offers_to_follow_and_keeps_what_was_chosen_before(browser):
    anna, group = make_anna(), make_group()
    browser.sign_in(anna)
    browser.open(f"/gruppen/{group.slug}").submit("join")
    assert level_of(anna, group, Target.GROUP) is Level.FOLLOW
    browser.open(f"/gruppen/{group.slug}").submit("watch", level="watch")

    page = browser.open(f"/gruppen/{group.slug}")
    browser.client.post(
        f"/gruppen/{group.slug}/austreten",
        data={"csrf_token": page.html.select_one("[name=csrf_token]")["value"]},
    )
    page = browser.open(f"/gruppen/{group.slug}")

    assert page.html.select_one("#join [checked]")["value"] == "watch"


def test_answering_follows_unless_one_does_not_want_that(browser, new_browser):
    anna, bernd, thread = make_anna(), make_bernd(), make_thread()
    other = new_browser().sign_in(bernd)
    other.open("/konto/folgen").submit("habit", by_answering="normal")

    browser.sign_in(anna).open(thread.path).submit("reply", body="Ja.")
    other.open(thread.path).submit("reply", body="Nein.")

    assert level_of(anna, thread, Target.THREAD) is Level.FOLLOW
    assert level_of(bernd, thread, Target.THREAD) is None


def test_answering_leaves_an_earlier_choice_alone(browser):
    anna, thread = make_anna(), make_thread()
    watch(anna, thread, "mute")

    browser.sign_in(anna).open(thread.path).submit("reply", body="Ja.")

    assert level_of(anna, thread, Target.THREAD) is Level.MUTE


def test_who_watches_hears_that_the_question_is_answered(browser, new_browser):
    anna, bernd, olga = make_anna(), make_bernd(), make_account("Olga")
    thread = make_thread(author=olga, posts=("Frage", "Antwort"))
    watch(anna, thread, "watch")
    watch(bernd, thread, "follow")
    page = browser.sign_in(olga).open(thread.path)
    [button] = page.html.select("button[formaction$='/als-antwort']")
    [token] = page.html.select(f"form#{button['form']} [name=csrf_token]")

    browser.client.post(button["formaction"], data={"csrf_token": token["value"]})
    jobs.work_all()

    assert [news.title for news in told(anna)] == [f"Beantwortet: {thread.title}"]
    assert told(bernd) == []


def test_one_wish_has_one_target():
    session.add(Watch(account_id=make_anna().id, level=Level.WATCH))

    with pytest.raises(IntegrityError, match="one_target"):
        session.flush()
    session.rollback()
