"""A form that comes too late for its session: sign in in its place, and it is sent, once."""

import pyotp
import pytest
from sqlalchemy import delete, func, select

from inforo import clock
from inforo.accounts import codes
from inforo.db import session
from inforo.discussions.models import Post
from inforo.drafts.models import Draft
from inforo.sessions import LoginSession
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from tests.factories import (
    PASSWORD,
    make_anna,
    make_bernd,
    make_example,
    make_group,
    make_thread,
)


def end_sessions():
    """End every session, as the clock, another device or the operation does."""
    session.execute(delete(LoginSession))
    session.commit()


def answers(thread) -> list[str]:
    return list(session.scalars(select(Post.body).where(Post.thread_id == thread.id)))[1:]


@pytest.fixture
def late_answer(browser):
    """Return the thread, its author-to-be, and the page that came back to a late answer."""
    anna, thread = make_anna(), make_thread()
    page = browser.sign_in(anna).open(thread.path)
    end_sessions()
    return anna, thread, page.submit("reply", body="Lange überlegt, spät gesendet.", status=401)


def test_late_answer_is_sent_by_signing_in_in_its_place(late_answer):
    anna, thread, page = late_answer

    assert page.html.h1.text == "Bitte melden Sie sich an"
    assert "Lange überlegt" in page.text
    page = page.submit("sign-in", email=anna.email, password=PASSWORD)

    assert page.url == thread.path
    assert answers(thread) == ["Lange überlegt, spät gesendet."]
    assert session.scalar(select(func.count(Draft.id))) == 0


def test_person_stays_signed_in_after_that(browser, late_answer):
    anna, _thread, page = late_answer

    page.submit("sign-in", email=anna.email, password=PASSWORD)

    assert browser.open("/konto/entwuerfe").has_form("sign-out")


def test_wrong_password_loses_nothing(late_answer):
    anna, thread, page = late_answer

    page = page.submit("sign-in", email=anna.email, password="ganz falsch geraten", status=422)
    assert "Ihr Text ist gesichert" in page.text
    page.submit("sign-in", email=anna.email, password=PASSWORD)

    assert answers(thread) == ["Lange überlegt, spät gesendet."]


def test_second_factor_comes_before_it_is_sent(browser):
    anna, thread = make_anna(), make_thread()
    page = browser.sign_in(anna).open(thread.path)
    secret = pyotp.random_base32()
    codes.set_second_factor(anna, secret, 0)
    session.commit()
    end_sessions()

    page = page.submit("reply", body="Mit zweitem Faktor gesendet.", status=401)
    page = page.submit("sign-in", email=anna.email, password=PASSWORD)
    assert answers(thread) == []
    assert "Ihr Text ist gesichert" in page.text
    page.submit("enter-code", code=pyotp.TOTP(secret).at(clock.now()))

    assert answers(thread) == ["Mit zweitem Faktor gesendet."]


def test_back_button_after_sending_sends_nothing_again(browser):
    anna, thread = make_anna(), make_thread()
    form = browser.sign_in(anna).open(thread.path)
    end_sessions()
    for _time in range(2):
        page = form.submit("reply", body="Nur ein einziges Mal senden.", status=401)
        page.submit("sign-in", email=anna.email, password=PASSWORD)
        end_sessions()

    assert answers(thread) == ["Nur ein einziges Mal senden."]
    assert session.scalar(select(func.count(Draft.id))) == 0


def test_somebody_else_signs_in_and_nothing_is_sent(new_browser, late_answer):
    anna, thread, page = late_answer

    page = page.submit("sign-in", email=make_bernd().email, password=PASSWORD)

    assert answers(thread) == []
    assert "wurde nicht gesendet" in page.text
    assert "Lange überlegt" not in page.text
    drafts = new_browser().sign_in(anna).open("/konto/entwuerfe")
    assert "Lange überlegt" in drafts.text


def test_form_of_a_person_who_left_is_not_sent_by_the_next_one(browser, new_browser):
    anna, thread = make_anna(), make_thread()
    page = browser.sign_in(anna).open(thread.path)
    end_sessions()
    browser.sign_in(make_bernd())

    page = page.submit("reply", body="Das hat Anna geschrieben, nicht Bernd.", status=403)

    assert answers(thread) == []
    assert "Das wurde nicht gesendet" in page.text
    drafts = new_browser().sign_in(anna).open("/konto/entwuerfe")
    assert "Das hat Anna geschrieben" in drafts.text


def test_form_made_elsewhere_is_shown_but_never_sent(browser):
    anna, thread = make_anna(), make_thread()
    body = "Diesen Text hat eine fremde Seite untergeschoben, nicht Anna."

    answer = browser.client.post(f"/diskussionen/{thread.id}/antworten", data={"body": body})
    assert answer.status_code == 401
    assert body in answer.text
    browser.sign_in(anna)

    assert answers(thread) == []
    assert session.scalar(select(func.count(Draft.id))) == 0


def test_author_cannot_be_forged(browser):
    anna, thread = make_anna(), make_thread()
    forged = {"body": "Ein Text mit gefälschter Herkunft.", "written_by": f'"{anna.id}".x.y'}

    browser.client.post(f"/diskussionen/{thread.id}/antworten", data=forged)
    browser.sign_in(anna)

    assert answers(thread) == []


def test_late_question_is_asked(browser):
    anna, group = make_anna(), make_group(audience="public")
    page = browser.sign_in(anna).open("/diskussionen/neu")
    end_sessions()

    page = page.submit(
        "thread", title="Spät gefragt?", body="Ja.", group_id=str(group.id), status=401
    )
    page = page.submit("sign-in", email=anna.email, password=PASSWORD)

    assert page.html.h1.text == "Spät gefragt?"


def test_late_edit_is_saved(browser):
    anna = make_anna()
    thread = make_thread(author=anna, posts=("Vorher",))
    post = session.scalar(select(Post).where(Post.thread_id == thread.id))
    page = browser.sign_in(anna).open(f"/beitraege/{post.id}/bearbeiten")
    end_sessions()

    page = page.submit("edit", body="Nachher, und zwar spät", status=401)
    page.submit("sign-in", email=anna.email, password=PASSWORD)

    assert session.get(Post, post.id).body == "Nachher, und zwar spät"


def test_late_edit_that_conflicts_shows_both_texts(browser, new_browser):
    anna = make_anna()
    thread = make_thread(author=anna, posts=("Vorher",))
    post = session.scalar(select(Post).where(Post.thread_id == thread.id))
    url = f"/beitraege/{post.id}/bearbeiten"
    late = browser.sign_in(anna).open(url)
    new_browser().sign_in(anna).open(url).submit("edit", body="Von anderswo")
    end_sessions()

    page = late.submit("edit", body="Spät und anders", status=401)
    page = page.submit("sign-in", email=anna.email, password=PASSWORD, status=409)

    assert "Von anderswo" in page.html.select_one(".conflict").text
    assert "Spät und anders" in page.html.select_one(".conflict").text


def test_late_answer_into_a_closed_thread_is_refused_with_the_text(browser):
    anna, thread = make_anna(), make_thread()
    page = browser.sign_in(anna).open(thread.path)
    thread.locked_at = clock.now()
    session.commit()
    end_sessions()
    body = "Diese Antwort kam leider erst nach dem Schließen der Diskussion."

    page = page.submit("reply", body=body, status=401)
    page = page.submit("sign-in", email=anna.email, password=PASSWORD, status=403)

    assert body in page.text
    assert body in session.scalar(select(Draft)).fields["body"]


def test_late_page_of_an_example_is_saved(browser):
    anna = make_anna()
    example = make_example("Lotsen", author=anna, state=ExampleState.DRAFT)
    page = browser.sign_in(anna).open(f"/werkzeugkiste/beitragen/{example.id}/ausgangslage")
    end_sessions()

    page = page.submit("edit", problem="Viele Familien wissen nichts davon.", status=401)
    page.submit("sign-in", email=anna.email, password=PASSWORD)

    assert session.get(Example, example.id).problem == "Viele Familien wissen nichts davon."


def test_expired_token_shows_what_will_be_sent(browser):
    anna, thread = make_anna(), make_thread()
    page = browser.sign_in(anna).open(thread.path)
    page.html.select_one("#reply [name=csrf_token]")["value"] = "abgelaufen"
    body = "Dieser Text war zwölf Stunden lang offen, ehe er abgeschickt wurde."

    page = page.submit("reply", body=body, status=400)
    assert page.html.select_one("textarea[readonly]").text.strip() == body
    page.submit("send-again")

    assert answers(thread) == [body]


def test_guest_who_typed_nothing_is_led_to_the_sign_in(browser):
    answer = browser.client.post("/diskussionen/1/antworten")

    assert answer.status_code == 302
    assert answer.location.startswith("/konto/anmelden?next=")
