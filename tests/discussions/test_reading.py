"""Reading: the list and the thread page."""

import pytest

from inforo.db import session
from inforo.discussions.thread_page import AROUND
from tests.factories import make_account, make_anna, make_group, make_thread


def test_guest_reads_a_public_thread(browser):
    group = make_group(audience="public")
    thread = make_thread("Wie fangen wir an?", group=group, posts=("Frage", "Antwort"))

    page = browser.open("/diskussionen/").follow("Wie fangen wir an?")

    assert page.url == thread.path
    assert "Antwort" in page.main
    assert not page.has_form("reply")


def test_guest_is_led_to_sign_in_for_everything_else(browser):
    thread = make_thread(group=make_group(audience="members"))

    page = browser.open(thread.path)

    assert page.url == "/konto/anmelden"
    assert browser.open("/diskussionen/999999").url == "/konto/anmelden"


def test_old_title_in_the_address_leads_to_the_new_one(browser):
    thread = make_thread("Neuer Titel", group=make_group(audience="public"))

    answer = browser.open(f"/diskussionen/{thread.id}-alter-titel?seite=1", 301)

    assert answer.response.location.endswith(f"{thread.path}?seite=1")


def test_thread_is_read_page_by_page(browser):
    group = make_group(audience="public")
    thread = make_thread(group=group, posts=tuple(f"Beitrag {n}." for n in range(1, 46)))

    second = browser.open(f"{thread.path}?seite=2")

    assert "Beitrag 21." in second.main
    assert "Beitrag 20." not in second.main
    assert second.html.select_one("#beitrag-40")
    assert "Beitrag 45." in browser.open(f"{thread.path}?seite=99").main


def test_posts_are_told_apart_by_their_numbers(browser):
    thread = make_thread(group=make_group(audience="public"), posts=("Eine Frage", "Antwort"))

    page = browser.open(thread.path)

    posts = page.html.select("article.post")
    assert [post["aria-label"] for post in posts] == ["Beitrag 1", "Beitrag 2"]
    assert posts[1].select_one(".post__meta a").text == "#2"


def test_post_has_a_stable_address(browser, app):
    group = make_group(audience="public")
    thread = make_thread(group=group, posts=tuple(f"Beitrag {n}" for n in range(1, 25)))
    post_id = browser.open(f"{thread.path}?seite=2").html.select_one(
        "#beitrag-23 .post__meta a[href^='/beitraege/']"
    )["href"]

    answer = browser.open(post_id, 302)

    assert answer.response.location == f"{thread.path}?seite=2#beitrag-23"


def test_thread_costs_the_same_however_long_it_is(browser, count_queries):
    group = make_group(audience="public")
    short = make_thread(group=group, posts=("a", "b")).path
    long = make_thread(group=group, posts=tuple("abcdefghijklmnopqrstuvwxyz")).path
    browser.open(short)  # the words of the glossary are read once in 20 seconds

    one = count_queries(lambda: browser.open(short))
    assert count_queries(lambda: browser.open(long)) == one <= 4
    assert count_queries(lambda: browser.open(f"{long}?seite=2")) <= one


def test_thread_costs_members_at_most_eleven_queries(browser, count_queries):
    path = make_thread(posts=tuple("abcdefghijklmnopqrst")).path
    browser.sign_in(make_anna())

    assert count_queries(lambda: browser.open(path)) <= 11


def test_thread_page_does_not_walk_through_all_published_examples():
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("the plan of SQLite")
    asked = str(AROUND.compile(dialect=session.get_bind().dialect))

    plan = session.connection().exec_driver_sql(
        f"EXPLAIN QUERY PLAN {asked}", (None,) * asked.count("?")
    )

    assert not [row[3] for row in plan if "ix_examples_state" in row[3] or "SCAN e" in row[3]]


def test_list_costs_the_same_however_long_it_is(browser, count_queries):
    browser.sign_in(make_anna())
    make_thread()
    one = count_queries(lambda: browser.open("/diskussionen/"))
    for _ in range(5):
        make_thread(posts=("a", "b"))

    assert count_queries(lambda: browser.open("/diskussionen/")) == one <= 12


def test_list_is_narrowed(browser):
    anna = browser.sign_in(make_anna())
    make_thread("Ohne Antwort")
    make_thread("Mit Antwort", posts=("a", "b"))
    make_thread("Anderswo", group=make_group(state="NW"), author=make_account())

    assert "Mit Antwort" not in anna.open("/diskussionen/?ansicht=unbeantwortet").main
    assert "Anderswo" not in anna.open("/diskussionen/?ansicht=mein-land").main
    assert "Ohne Antwort" not in anna.open("/diskussionen/?land=NW").main
    assert "Keine Diskussion gefunden" in anna.open("/diskussionen/?thema=gibtsnicht").main
