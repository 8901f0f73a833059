"""All one wants to hear of, on one page."""

from sqlalchemy import select

from inforo.db import session
from inforo.vocabularies.models import Term
from inforo.watching.models import Level, Target
from tests.factories import make_account, make_anna, make_group, make_thread, watch
from tests.watching.test_wishing import level_of


def topic():
    return session.scalar(select(Term).where(Term.key == "bewegung"))


def test_topic_is_followed_from_the_page_and_from_its_list(browser):
    anna = make_anna()
    browser.sign_in(anna)

    page = browser.open("/konto/folgen").follow("Bewegung").submit("watch", level="follow")
    assert level_of(anna, topic(), Target.TOPIC) is Level.FOLLOW
    assert page.url == "/diskussionen/"

    page = browser.open("/konto/folgen").submit(f"topic-{topic().id}", level="mute")
    assert level_of(anna, topic(), Target.TOPIC) is Level.MUTE
    assert page.url == "/konto/folgen"


def test_page_lists_what_one_chose_and_leads_back_to_itself(browser):
    anna = make_anna()
    group = make_group("Runder Tisch", members=(anna,))
    thread = make_thread("Meine Frage", group=group)
    watch(anna, thread, "follow")
    page = browser.sign_in(anna).open("/konto/folgen")

    page = page.submit(f"group-{group.id}", level="watch")
    page = page.submit(f"thread-{thread.id}", level="mute")

    assert page.url == "/konto/folgen"
    assert level_of(anna, group, Target.GROUP) is Level.WATCH
    assert level_of(anna, thread, Target.THREAD) is Level.MUTE


def test_page_stays_small(browser):
    anna = make_anna()
    for _ in range(12):
        watch(anna, make_thread(group=make_group(members=(anna,))))

    page = browser.sign_in(anna).open("/konto/folgen")

    assert len(page.response.data) <= 40_000


def test_page_does_not_name_what_one_may_not_read_any_more(browser):
    anna = make_anna()
    thread = make_thread("KANARIE", group=make_group(audience="closed"))
    watch(anna, thread, "follow")

    assert "KANARIE" not in browser.sign_in(anna).open("/konto/folgen").main


def test_page_costs_the_same_however_much_one_follows(browser, count_queries):
    anna = make_anna()
    browser.sign_in(anna)
    watch(anna, make_thread())
    one = count_queries(lambda: browser.open("/konto/folgen"))
    for _ in range(4):
        watch(anna, make_thread(group=make_group(members=(anna,)), author=make_account()))

    assert count_queries(lambda: browser.open("/konto/folgen")) == one <= 12
