"""Copies of a thread of a protected group, opened with the consent of their authors."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.openings import actions
from inforo.openings.copying import for_others
from inforo.openings.jobs import check_openings
from inforo.openings.models import Ending, OpenedPost, Opening
from inforo.search import drift
from tests import factories
from tests.openings.making import agree_all, make_open, outside, secret_for, the_opening
from tests.polls.making import make_poll
from tests.uploads.making import make_attached


def text_outside(new_browser, opening):
    return new_browser().open(opening.outside_path).response.text


def test_manager_proposes_every_author_agrees_and_members_read(
    browser, new_browser, olga, anna, thread
):
    form = browser.sign_in(olga).open(thread.path).follow("Für andere veröffentlichen")
    assert "Anna" in form.main
    assert "Person 1" in form.main
    form.submit("propose", audience="members")
    assert outside(new_browser, the_opening().outside_path) == [404, 302, 404]

    link = new_browser().open(f"/veroeffentlichung/{secret_for(anna)}")
    assert "Frage von uns." in link.main
    assert "Antwort der Leitung." not in link.main
    assert "Ihr Name steht nicht dabei" in link.main
    link.submit("agree")

    assert outside(new_browser, the_opening().outside_path) == [200, 302, 403]


def test_proposing_shows_the_copy_as_others_would_read_it(browser, olga, thread):
    form = browser.sign_in(olga).open(thread.path).follow("Für andere veröffentlichen")
    copied = form.html.select_one("main details").get_text(" ", strip=True)

    assert "So liest sich die Abschrift (2 Beiträge)" in copied
    assert "Person 2" in copied
    assert "Frage von uns." in copied
    assert "Anna" not in copied


def test_opened_thread_names_neither_people_nor_the_group(new_browser, olga, thread):
    opening = make_open(thread, olga, "public")

    shown = new_browser().open(opening.outside_path)

    assert "Frage von uns." in shown.main
    assert "Antwort der Leitung." in shown.main
    assert "Aus einer geschlossenen Gruppe." in shown.main
    for word in ("Vertrauter", "vertrauter", "Anna", "Olga"):
        assert word not in shown.response.text
    assert shown.response.headers["Cache-Control"] == "no-store"
    assert not shown.html.select("main form")


def test_group_that_is_known_is_named_to_members(browser, olga, thread):
    opening = make_open(thread, olga, "public")

    assert (
        "Vertrauter Kreis"
        in browser.sign_in(factories.make_bernd()).open(opening.outside_path).main
    )


def test_thread_itself_stays_closed(new_browser, olga, thread):
    make_open(thread, olga, "public")
    post = session.scalars(select(Post)).first()

    for part in (thread.path, f"/beitraege/{post.id}", f"/diskussionen/{thread.id}/antworten"):
        assert new_browser().client.get(part).status_code in {302, 405}
    assert "Hausbesuche" not in new_browser().open("/diskussionen/").main
    signed_in = new_browser().sign_in(factories.make_bernd())
    assert signed_in.client.get(thread.path).status_code == 404
    assert "Hausbesuche" not in signed_in.open("/diskussionen/").main


def test_later_posts_and_later_words_are_never_shown(new_browser, olga, anna, thread):
    opening = make_open(thread, olga, "public")
    clock.shift(timedelta(minutes=5))
    factories.make_post(thread, "Später und vertraulich", author=anna)
    first = session.scalars(select(Post).order_by(Post.number)).first()
    first.body = first.body_html = "Nachträglich vertraulich"
    first.edited_at = clock.now()
    session.get(Thread, thread.id).title = "Neuer Titel, vertraulich"
    session.commit()
    check_openings()

    shown = text_outside(new_browser, opening)

    assert "ertraulich" not in shown
    assert "Frage von uns." in shown
    found = new_browser().open("/suche?q=vertraulich").html
    assert not found.select("a[href^='/veroeffentlicht']")


def test_only_posts_up_to_the_chosen_one_are_copied(browser, new_browser, olga, anna, thread):
    form = browser.sign_in(olga).open(thread.path).follow("Für andere veröffentlichen")
    refused = form.submit("propose", audience="public", until="0", status=422)
    assert "Nummer eines Beitrags" in refused.main
    refused.submit("propose", audience="public", until="1")
    agree_all(the_opening())

    shown = text_outside(new_browser, the_opening())

    assert "Frage von uns." in shown
    assert "Antwort der Leitung." not in shown


def test_files_polls_and_pictures_are_not_shown(new_browser, olga, anna, group, thread):
    first = session.scalars(select(Post).order_by(Post.number)).first()
    note = make_attached(first, "Geheimplan.txt", b"Geheimplan")
    first.body = f"Frage von uns. ![Geheimplan]({note.path}) [Geheimplan]({note.path})"
    session.commit()
    make_poll(thread, "Geheime Wahl", question="Geheime Umfrage")
    opening = make_open(thread, olga, "public")

    shown = text_outside(new_browser, opening)

    assert "/anhaenge/" not in shown
    assert "Geheime" not in shown
    assert new_browser().client.get(note.path).status_code in {302, 404}


def test_copy_names_nobody_and_leads_nowhere_inside():
    body = (
        "> **Anna Albrecht** schrieb ([#3](/beitraege/17)):\n>\n> Geheime Worte\n\n"
        "Danke @[Bernd Brandt], siehe [Geheimes](/diskussionen/4-geheim) und "
        "http://localhost/gruppen/geheim sowie <https://extern.example/seite>."
    )

    copied = for_others(body)

    for word in ("Anna", "Bernd", "Worte", "/diskussionen", "/beitraege"):
        assert word not in copied
    assert "#3" in copied
    assert 'href="https://extern.example/seite"' in copied


@pytest.mark.parametrize("change", ["hide", "delete", "moderate"])
def test_post_that_was_taken_out_is_gone_outside_too(new_browser, olga, thread, change):
    opening = make_open(thread, olga, "public")
    clock.shift(timedelta(minutes=5))
    post = session.scalars(select(Post).order_by(Post.number.desc())).first()
    column = {"hide": "hidden_at", "delete": "deleted_at", "moderate": "moderated_at"}[change]
    setattr(post, column, clock.now())
    session.commit()

    assert "Antwort der Leitung." not in text_outside(new_browser, opening)
    assert "Frage von uns." in text_outside(new_browser, opening)
    found = new_browser().open("/suche?q=Antwort+der+Leitung").main
    assert "Antwort der Leitung" not in found.replace("„Antwort der Leitung“", "")
    assert [each for each in drift.drift() if "thread-76" in each] == []


@pytest.mark.parametrize("change", ["hide", "move"])
def test_thread_that_is_hidden_or_moved_is_gone_outside(new_browser, olga, thread, change):
    opening = make_open(thread, olga, "public")
    if change == "hide":
        thread.hidden_at = clock.now()
    else:
        thread.group = factories.make_group("Anderer Kreis", audience="closed")
    session.commit()

    assert outside(new_browser, opening.outside_path) == [404, 302, 404]
    links = new_browser().open("/suche?q=Hausbesuche").html
    assert not links.select("a[href^='/veroeffentlicht']")


def test_of_a_closed_thread_no_copy_is_kept(olga, thread):
    opening = make_open(thread, olga, "public")

    actions.close(factories.actor(olga), opening)
    session.commit()

    assert session.scalars(select(OpenedPost)).all() == []


def test_author_who_is_gone_closes_it(new_browser, olga, anna, thread):
    opening = make_open(thread, olga, "public")

    actions.withdraw_all_of(anna.id)
    session.commit()

    assert the_opening().ending is Ending.AUTHOR_GONE
    assert outside(new_browser, opening.outside_path) == [404, 302, 404]


def test_without_an_author_nothing_is_proposed(browser, olga, thread):
    session.scalars(select(Post).order_by(Post.number)).first().author_id = None
    session.commit()
    form = browser.sign_in(olga).open(thread.path).follow("Für andere veröffentlichen")

    form.submit("propose", note="Bleibt stehen", status=422)

    assert the_opening() is None


def test_copies_are_found_without_their_group(new_browser, olga, thread):
    opening = make_open(thread, olga, "public")

    found = new_browser().open("/suche?q=Hausbesuche")
    assert opening.outside_path in str(found.html)
    assert "Vertrauter" not in found.main
    assert [each for each in drift.drift() if "thread-76" in each] == []

    group = session.get(Thread, thread.id).group
    group.name = "Umbenannter Kreis"
    session.commit()
    assert "Umbenannter" not in new_browser().open("/suche?q=Hausbesuche").main

    actions.close(factories.actor(olga), session.get(Opening, opening.id))
    session.commit()
    assert opening.outside_path not in str(new_browser().open("/suche?q=Hausbesuche").html)


def test_members_of_the_group_are_led_to_the_thread_and_told_there(browser, olga, anna, thread):
    opening = make_open(thread, olga)

    shown = browser.sign_in(anna).open(opening.outside_path)

    assert shown.url == thread.path
    assert "Abschriften der ersten Beiträge sind veröffentlicht" in shown.main
    assert "Für andere veröffentlichen" not in shown.main


def test_proposing_again_leads_to_how_it_stands(browser, olga, thread):
    opening = make_open(thread, olga)

    shown = browser.sign_in(olga).open(f"/diskussionen/{thread.id}/veroeffentlichen")

    assert shown.url == f"/veroeffentlichungen/{opening.id}"
    assert opening.outside_path in str(shown.html)


def test_pages_cost_few_statements(browser, new_browser, count_queries, olga, anna, thread):
    for number in range(9):
        factories.make_post(thread, f"Noch eine {number}", author=anna)
    opening = make_open(thread, olga, "public")
    address = opening.outside_path

    assert count_queries(lambda: new_browser().client.get(address)) <= 8
    browser.sign_in(factories.make_bernd())
    assert count_queries(lambda: browser.client.get(address)) <= 12
