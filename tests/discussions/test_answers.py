"""The answer that counts: who says so, who hears of it, and where it is seen."""

import json

from sqlalchemy import select

from inforo import jobs
from inforo.audit import LogEntry
from inforo.db import session
from inforo.discussions import thread_page
from inforo.discussions.linked_data import of_thread
from inforo.discussions.models import Post
from tests.discussions.test_writing import post_action, told
from tests.factories import (
    make_anna,
    make_bernd,
    make_clara,
    make_group,
    make_post,
    make_thread,
    watch,
)


def make_answered(audience="public", **values):
    anna, bernd = make_anna(), make_bernd()
    group = make_group(audience=audience, members=(anna, bernd))
    thread = make_thread("Wer zahlt?", author=anna, group=group, **values)
    answer = make_post(thread, "Das zahlt der **Bund**.", author=bernd)
    return anna, bernd, thread, answer


def mark(browser, answer):
    return post_action(browser, f"/beitraege/{answer.id}/als-antwort")


def test_answer_stands_above_the_question_with_the_way_to_it(browser):
    anna, _bernd, thread, answer = make_answered()
    mark(browser.sign_in(anna), answer)

    page = browser.open(thread.path)

    panel = page.html.select_one("#die-antwort")
    assert "Das zahlt der Bund." in panel.get_text(" ")
    assert panel.select_one(f"a[href='/beitraege/{answer.id}']")
    assert "Moderation" not in panel.get_text(" ")


def test_office_marks_instead_of_who_asked_and_that_is_said_and_logged(browser):
    _anna, _bernd, thread, answer = make_answered()
    mark(browser.sign_in(make_clara()), answer)

    panel = browser.open(thread.path).html.select_one("#die-antwort").get_text(" ")

    assert "stellvertretend" in panel
    assert session.scalars(select(LogEntry.action)).all()[-1] == "mark_answer"
    post_action(browser, f"/diskussionen/{thread.id}/antwort-aufheben")
    assert session.scalars(select(LogEntry.action)).all()[-1] == "unmark_answer"


def test_who_answered_is_told_once(browser):
    anna, bernd, thread, answer = make_answered()
    watch(bernd, thread, "watch")
    mark(browser.sign_in(anna), answer)

    jobs.work_all()
    jobs.work_all()

    [news] = told(bernd)
    assert "Ihre Antwort hat geholfen" in news.title
    assert told(anna) == []


def test_own_answer_is_no_news(browser):
    anna, _bernd, thread, _answer = make_answered()
    own = make_post(thread, "Selbst gefunden.", author=anna)
    mark(browser.sign_in(anna), own)

    jobs.work_all()

    assert told(anna) == []


def test_answer_on_a_later_page_is_shown_too(browser):
    anna, _bernd, thread, _answer = make_answered()
    for number in range(25):
        make_post(thread, f"Beitrag {number}")
    last = session.scalars(select(Post).order_by(Post.number.desc())).first()
    mark(browser.sign_in(anna), last)

    page = browser.open(thread.path)

    assert "Beitrag 24" in page.html.select_one("#die-antwort").get_text(" ")


def test_list_is_narrowed_to_answered_questions(browser, new_browser):
    anna, _bernd, thread, answer = make_answered()
    make_thread("Noch offen?", group=thread.group)
    mark(browser.sign_in(anna), answer)

    page = new_browser().open("/diskussionen/?ansicht=beantwortet")

    assert "Wer zahlt?" in page.main
    assert "Noch offen?" not in page.main


def test_search_says_that_a_question_is_answered(browser):
    anna, _bernd, _thread, answer = make_answered()
    mark(browser.sign_in(anna), answer)

    page = browser.open("/suche?q=Bund")

    assert "beantwortet" in page.html.select_one(".results").get_text(" ")


def linked_data(page):
    found = page.html.select_one("script[type='application/ld+json']")
    return json.loads(found.string) if found else None


def test_machines_read_public_questions_and_no_others(browser, new_browser):
    anna, _bernd, thread, answer = make_answered()
    mark(browser.sign_in(anna), answer)
    inside = make_thread(group=make_group(audience="members"))

    found = linked_data(new_browser().open(thread.path))

    assert found["mainEntity"]["acceptedAnswer"]["text"] == "Das zahlt der Bund."
    assert linked_data(browser.open(thread.path)) is None
    assert of_thread(inside, thread_page.posts(inside, 1), None, inside.path) == ""


def test_answer_is_marked_by_a_button_of_one_form(browser):
    anna, _bernd, thread, answer = make_answered()
    page = browser.sign_in(anna).open(thread.path)

    [button] = page.html.select("article.post button[form=mark-answer]")

    assert button["formaction"] == f"/beitraege/{answer.id}/als-antwort"
    assert page.html.select_one("form#mark-answer input[name=csrf_token]")["value"]
    assert button.find_parent("article")["id"] == f"beitrag-{answer.number}"


def test_hidden_answer_is_shown_nowhere(browser, new_browser):
    anna, _bernd, thread, answer = make_answered()
    mark(browser.sign_in(anna), answer)
    answer.hidden_at = answer.created_at
    session.commit()

    page = new_browser().open(thread.path)

    assert page.html.select_one("#die-antwort") is None
    assert "acceptedAnswer" not in page.response.text
