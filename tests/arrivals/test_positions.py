"""How far somebody has read: noted, counted in lists, gone on from."""

from inforo import clock, jobs
from inforo.db import session
from inforo.positions import actions as positions
from inforo.positions.queries import number_read
from tests.discussions.test_writing import told
from tests.factories import (
    actor,
    make_account,
    make_anna,
    make_bernd,
    make_group,
    make_thread,
    watch,
)

LONG = tuple(f"Beitrag {n}" for n in range(1, 46))


def token(page):
    return page.html.select_one("[name=csrf_token]")["value"]


def read(browser, thread, number):
    """Send what the script of the page would send."""
    page = browser.open(thread.path)
    answer = browser.client.post(
        f"/diskussionen/{thread.id}/gelesen",
        data={"bis": str(number), "csrf_token": token(page)},
    )
    assert answer.status_code == 204


def position(account, thread):
    session.expire_all()
    return number_read(actor(account), thread.id)


def test_script_notes_what_was_seen_and_never_goes_back(browser):
    anna, thread = make_anna(), make_thread(posts=LONG)
    browser.sign_in(anna)

    for number in (7, 3):
        read(browser, thread, number)

    assert position(anna, thread) == 7


def test_number_beyond_the_last_post_counts_as_the_last(browser):
    anna, thread = make_anna(), make_thread(posts=("a", "b"))

    read(browser.sign_in(anna), thread, 99)

    assert position(anna, thread) == 2


def test_opening_a_page_writes_nothing_by_itself(browser):
    anna, thread = make_anna(), make_thread()

    browser.sign_in(anna).open(thread.path)

    assert position(anna, thread) == 0


def test_page_without_script_is_read_to_its_last_post(browser):
    anna, thread = make_anna(), make_thread(posts=LONG)
    page = browser.sign_in(anna).open(f"{thread.path}?seite=2")

    answer = browser.client.get(page.html.select_one("noscript img")["src"])

    assert answer.mimetype == "image/gif"
    assert answer.headers["Cache-Control"] == "no-store"
    assert position(anna, thread) == 40


def test_line_stands_above_the_first_new_post(browser):
    anna, thread = make_anna(), make_thread(posts=("a", "b", "c"))
    browser.sign_in(anna)
    assert not browser.open(thread.path).html.select(".unread-line")
    read(browser, thread, 1)

    [line] = browser.open(thread.path).html.select(".unread-line")

    assert line.find_next("article")["id"] == "beitrag-2"
    assert line.text.strip() == "Neu seit Ihrem letzten Besuch"


def test_lists_count_what_is_new_and_lead_to_it(browser):
    anna, thread = make_anna(), make_thread(posts=LONG)
    browser.sign_in(anna)
    read(browser, thread, 40)

    page = browser.open("/diskussionen/")

    assert page.html.select_one(".unread-count").text == "5 neue"
    link = page.html.select_one(".result__title a")
    assert link["href"] == f"{thread.path}?seite=3#beitrag-41"


def test_unopened_threads_are_marked_for_members_only(browser, new_browser):
    make_thread(group=make_group(audience="public"))

    assert "ungelesen:" not in browser.open("/diskussionen/").main
    assert "ungelesen:" in new_browser().sign_in(make_anna()).open("/diskussionen/").main


def test_muted_thread_counts_nothing(browser):
    anna, thread = make_anna(), make_thread(posts=LONG)
    watch(anna, thread, "mute")
    browser.sign_in(anna)
    read(browser, thread, 40)

    assert not browser.open("/diskussionen/").html.select(".unread-count")
    assert "Keine Diskussion" in browser.open("/diskussionen/?ansicht=neues").main


def test_list_shows_only_what_has_news(browser):
    anna = make_anna()
    browser.sign_in(anna)
    read(browser, make_thread("Mit Neuem", posts=("a", "b")), 1)
    read(browser, make_thread("Ausgelesen", posts=("a", "b")), 2)
    make_thread("Nie geöffnet")

    page = browser.open("/diskussionen/?ansicht=neues")

    assert [link.text for link in page.html.select(".result__title a")] == ["Mit Neuem"]


def test_own_answer_is_nothing_new_but_leaves_what_was_skipped(browser):
    anna, bernd = make_anna(), make_bernd()
    short, long = make_thread(), make_thread(posts=LONG)
    positions.read_up_to(actor(anna), short.id, 1)
    positions.read_up_to(actor(anna), long.id, 3)
    session.commit()
    browser.sign_in(anna)

    for thread in (short, long):
        browser.open(thread.path).submit("reply", body="Ja.")
        clock.offset += clock.timedelta(minutes=1)

    assert position(anna, short) == 2
    assert position(anna, long) == 3
    assert position(bernd, short) == 0


def test_from_here_on_unread(browser):
    anna, thread = make_anna(), make_thread(posts=LONG)
    browser.sign_in(anna)
    read(browser, thread, 45)
    page = browser.open(thread.path)
    [button] = page.html.select("#beitrag-7 button[form=unread]")
    assert button["name"] == "ab"

    browser.client.post(
        page.html.select_one("#unread")["action"],
        data={"ab": button["value"], "csrf_token": token(page)},
    )

    assert position(anna, thread) == 6


def test_group_is_read_with_one_press(browser):
    anna, group = make_anna(), make_group()
    threads = [make_thread(group=group, posts=("a", "b")) for _ in range(3)]
    hidden = make_thread(group=group, author=make_account(), hidden_at=clock.now())
    elsewhere = make_thread()
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}")

    answer = browser.client.post(
        f"/gruppen/{group.slug}/alles-gelesen", data={"csrf_token": token(page)}
    )

    assert answer.status_code == 303
    assert [position(anna, thread) for thread in threads] == [2, 2, 2]
    assert position(anna, hidden) == position(anna, elsewhere) == 0


def test_news_lead_to_the_first_unread_post_but_not_beyond_what_they_tell(browser, new_browser):
    anna, thread = make_anna(), make_thread(posts=LONG)
    watch(anna, thread)
    positions.read_up_to(actor(anna), thread.id, 43)
    session.commit()
    other = new_browser().sign_in(make_bernd())
    other.open(thread.path).submit("reply", body="Neu.")
    jobs.work_all()
    browser.sign_in(anna)
    [news] = told(anna)

    def target():
        return browser.client.get(news.url).location

    assert target() == f"{thread.path}?seite=3#beitrag-44"
    read(browser, thread, 46)
    other.open(thread.path).submit("reply", body="Noch eine.")
    assert target() == f"{thread.path}?seite=3#beitrag-46"


def test_reading_on_marks_notifications_as_read(browser, new_browser):
    anna, thread = make_anna(), make_thread()
    watch(anna, thread)
    browser.sign_in(anna).open(thread.path)
    new_browser().sign_in(make_bernd()).open(thread.path).submit("reply", body="Neu.")
    jobs.work_all()

    read(browser, thread, 2)

    session.expire_all()
    assert all(news.read_at for news in told(anna))
