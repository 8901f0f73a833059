"""What somebody types and does not send is kept for them, and for nobody else."""

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import func, inspect, select

from inforo import clock, mail
from inforo.accounts.models import Account
from inforo.authz import GUEST, Actor
from inforo.db import session
from inforo.discussions.models import Post
from inforo.drafts import policy, queries
from inforo.drafts.jobs import forget_old_drafts
from inforo.drafts.models import Draft
from inforo.errors import NotFound
from tests import factories
from tests.browser import current_values
from tests.factories import make_account, make_anna, make_bernd, make_group, make_thread, save

SAVE = "/konto/entwuerfe/speichern"


def type_into(page, form_id, **values):
    """Send what the script sends while one types; return its answer."""
    data = current_values(page.html.select_one(f"form#{form_id}")) | values
    number = int(data["draft_number"]) + 1
    page.html.select_one(f"form#{form_id} [name=draft_number]")["value"] = str(number)
    data["draft_number"] = str(number)
    answer = page.browser.client.post(SAVE, data=data)
    assert answer.status_code == 200, answer.text
    page.html.select_one(f"form#{form_id} [name=draft_base]")["value"] = answer.json["base"]
    return answer.json


def body_of(page) -> str:
    return page.html.select_one("#body").text.strip()


def make_draft(account, target="post:0", writer="w", **values) -> Draft:
    values = {"path": "/", "fields": {"body": ["Ein Text von früher"]}} | values
    return save(Draft(account_id=account.id, target=target, writer=writer, **values))


def test_answer_is_kept_while_one_types_and_waits_on_another_device(browser, new_browser):
    anna, thread = make_anna(), make_thread()
    page = browser.sign_in(anna).open(thread.path)

    saved = type_into(page, "reply", body="Bei uns ging")
    there = new_browser().sign_in(anna).open(thread.path)

    assert saved["saved_at"] == queries.drafts_for(Actor(anna.id), f"reply:{thread.id}")[0].time
    assert body_of(there) == "Bei uns ging"
    assert "Ihr Entwurf" in there.main


def test_draft_survives_signing_out(browser):
    anna, thread = make_anna(), make_thread()
    page = browser.sign_in(anna).open(thread.path)
    type_into(page, "reply", body="Noch nicht fertig")

    page.submit("sign-out")

    assert body_of(browser.sign_in(anna).open(thread.path)) == "Noch nicht fertig"


def test_button_saves_without_script_and_leads_back_to_the_text(browser):
    thread = make_thread()
    page = browser.sign_in(make_anna()).open(thread.path)
    form = page.html.select_one("form#reply")
    form["action"] = form.select_one("[name=draft_button]")["formaction"]

    page = page.submit("reply", button="draft_button", body="Ohne Skript geschrieben")

    assert page.url == thread.path
    assert body_of(page) == "Ohne Skript geschrieben"
    assert "Entwurf gespeichert" in page.text


def test_sending_deletes_the_draft(browser):
    thread = make_thread()
    page = browser.sign_in(make_anna()).open(thread.path)
    type_into(page, "reply", body="Halb")

    page = page.submit("reply", body="Ganz und fertig")

    assert body_of(page) == ""
    assert session.scalar(select(func.count(Draft.id))) == 0


def test_refused_form_keeps_its_draft(browser):
    make_group()
    page = browser.sign_in(make_anna()).open("/diskussionen/neu")
    type_into(page, "thread", title="Nur ein Titel")

    page = page.submit("thread", title="Nur ein Titel", status=422)
    type_into(page, "thread", title="Nur ein Titel, ergänzt")

    [draft] = session.scalars(select(Draft))
    assert draft.fields["title"] == ["Nur ein Titel, ergänzt"]


def test_late_save_of_a_sent_form_brings_nothing_back(browser):
    thread = make_thread()
    page = browser.sign_in(make_anna()).open(thread.path)
    page.submit("reply", body="Gesendet.")

    late = browser.client.post(
        SAVE,
        data=current_values(page.html.select_one("form#reply")) | {"body": "Gesendet."},
    )

    assert late.json["saved_at"] == ""
    assert session.scalar(select(func.count(Draft.id))) == 0


def test_two_devices_write_at_once_and_no_text_is_lost(browser, new_browser):
    anna, thread = make_anna(), make_thread()
    here = browser.sign_in(anna).open(thread.path)
    there = new_browser().sign_in(anna).open(thread.path)
    type_into(here, "reply", body="Am Rechner geschrieben")

    answer = type_into(there, "reply", body="Am Telefon geschrieben")
    page = browser.open(thread.path)
    other = page.follow("Mit diesem weiterschreiben")

    assert answer["others"] == 1
    assert body_of(page) == "Am Telefon geschrieben"
    assert body_of(other) == "Am Rechner geschrieben"


def test_continuing_on_another_device_makes_no_second_draft(browser, new_browser):
    anna, thread = make_anna(), make_thread()
    type_into(browser.sign_in(anna).open(thread.path), "reply", body="Anfang")
    there = new_browser().sign_in(anna).open(thread.path)

    type_into(there, "reply", body="Anfang und Ende")
    there.submit("reply", body="Anfang und Ende")

    assert session.scalar(select(func.count(Draft.id))) == 0


def test_page_that_was_overtaken_keeps_its_text_beside_the_newer_one(browser, new_browser):
    anna, thread = make_anna(), make_thread()
    here = browser.sign_in(anna).open(thread.path)
    type_into(here, "reply", body="Anfang")
    there = new_browser().sign_in(anna).open(thread.path)
    type_into(there, "reply", body="Anfang, dort weiter")

    answer = type_into(here, "reply", body="Anfang, hier weiter")

    assert answer["others"] == 1
    texts = {draft.fields["body"][0] for draft in session.scalars(select(Draft))}
    assert texts == {"Anfang, dort weiter", "Anfang, hier weiter"}


def test_save_that_arrives_too_late_does_not_win(browser):
    thread = make_thread()
    page = browser.sign_in(make_anna()).open(thread.path)
    data = current_values(page.html.select_one("form#reply"))

    for number, body in ((2, "neu"), (1, "alt")):
        typed = data | {"draft_number": str(number), "body": body}
        browser.client.post(SAVE, data=typed)

    assert session.scalar(select(Draft)).fields["body"] == ["neu"]


def test_question_is_kept_with_place_and_topics(browser):
    make_group()
    page = browser.sign_in(make_anna()).open("/diskussionen/neu")
    type_into(
        page,
        "thread",
        title="Wer kennt das?",
        terms=["bewegung"],
        municipality=factories.MUENSTER,
    )

    page = browser.open("/diskussionen/neu")

    assert page.html.select_one("#title")["value"] == "Wer kennt das?"
    assert page.html.select_one("[name=terms][value=bewegung]").has_attr("checked")
    assert page.html.select_one("[name=municipality]")["value"] == factories.MUENSTER


def test_address_that_fills_the_form_only_offers_the_draft(browser):
    make_group()
    page = browser.sign_in(make_anna()).open("/diskussionen/neu")
    type_into(page, "thread", title="Alter Entwurf")

    page = browser.open("/diskussionen/neu?title=Neuer+Titel")

    assert page.html.select_one("#title")["value"] == "Neuer Titel"
    older = page.follow("Mit diesem weiterschreiben")
    assert older.html.select_one("#title")["value"] == "Alter Entwurf"


def test_draft_of_an_edit_still_notices_that_somebody_else_saved(browser, new_browser):
    anna = make_anna()
    thread = make_thread(author=anna, posts=("Alt",))
    post = session.scalar(select(Post).where(Post.thread_id == thread.id))
    url = f"/beitraege/{post.id}/bearbeiten"
    type_into(browser.sign_in(anna).open(url), "edit", body="Mein Entwurf")
    other = new_browser().sign_in(anna).open(f"{url}?entwurf=0")
    other.submit("edit", body="Inzwischen gespeichert")

    page = browser.open(url).submit("edit", status=409)

    assert "Mein Entwurf" in page.html.select_one(".conflict").text


def test_list_shows_all_and_discards_after_asking(browser):
    anna = make_anna()
    make_draft(anna, label="Antwort", fields={"body": ["Was ich sagen wollte"]})
    page = browser.sign_in(anna).open("/konto/entwuerfe")

    assert "Was ich sagen wollte" in page.main
    page = page.follow("Verwerfen")
    assert "Was ich sagen wollte" in page.main
    [form] = page.html.select("form[action$='/verwerfen']")
    form["id"] = "discard"
    page = page.submit("discard")

    assert "Kein Entwurf" in page.main


def test_list_costs_the_same_however_long_it_is(browser, count_queries):
    anna = make_anna()
    make_draft(anna)
    browser.sign_in(anna)
    one = count_queries(lambda: browser.open("/konto/entwuerfe"))
    for number in range(5):
        make_draft(session.get(Account, inspect(anna).identity), writer=str(number))

    assert count_queries(lambda: browser.open("/konto/entwuerfe")) == one <= 12


def test_drafts_are_nobody_elses_business():
    anna, bernd = make_anna(), make_bernd()
    draft = make_draft(anna)

    for who in (GUEST, Actor(anna.id), Actor(bernd.id, is_approved=True)):
        shown = session.scalar(select(Draft.id).where(policy.visible_to(who))) is not None
        assert shown == policy.may_view(who, draft) == (who.account_id == anna.id)
    with pytest.raises(NotFound):
        queries.get_draft(Actor(bernd.id), draft.id)


def test_nobody_takes_over_the_draft_of_another_person(browser):
    olga, thread = make_account("Olga"), make_thread()
    draft = make_draft(olga, target=f"reply:{thread.id}")
    page = browser.sign_in(make_anna()).open(thread.path)
    page.html.select_one("[name=draft_base]")["value"] = draft.base

    type_into(page, "reply", body="Meins")
    page.submit("reply", body="Meins")

    session.refresh(draft)
    assert draft.fields == {"body": ["Ein Text von früher"]}


def test_passwords_and_tokens_are_not_kept(browser):
    thread = make_thread()
    page = browser.sign_in(make_anna()).open(thread.path)

    type_into(page, "reply", body="Text", current_password="geheim")

    assert set(session.scalar(select(Draft)).fields) == {"body", "idempotency_key"}


def test_too_many_drafts_are_refused_with_a_sentence(app, browser, monkeypatch):
    few = dataclasses.replace(app.extensions["settings"], drafts_per_account=1)
    monkeypatch.setitem(app.extensions, "settings", few)
    anna, thread = make_anna(), make_thread()
    make_draft(anna)
    page = browser.sign_in(anna).open(thread.path)

    data = current_values(page.html.select_one("form#reply")) | {
        "body": "Noch einer, der nicht mehr hineinpasst und doch bleibt"
    }
    answer = browser.client.post(SAVE, data=data)

    assert answer.status_code == 422
    assert "Sie haben schon 1 Entwürfe" in answer.text
    assert data["body"] in answer.text


def test_old_draft_ends_two_weeks_after_its_owner_was_told():
    anna = make_anna()
    draft = make_draft(anna, saved_at=clock.now() - timedelta(days=170))
    make_draft(anna, writer="frisch")

    forget_old_drafts()
    forget_old_drafts()

    [letter] = session.scalars(select(mail.Mail).where(mail.Mail.account_id == anna.id))
    assert "14 Tagen" in letter.text
    clock.shift(timedelta(days=15))
    forget_old_drafts()
    assert session.scalars(select(Draft.writer)).all() == ["frisch"]
    assert draft.writer == "w"


def test_draft_nobody_was_told_of_is_not_deleted():
    make_draft(make_anna(), saved_at=clock.now() - timedelta(days=400))

    forget_old_drafts()

    assert session.scalar(select(func.count(Draft.id))) == 1


def test_drafts_of_a_closed_account_go():
    make_draft(make_account("Weg", closed_at=clock.now()))

    forget_old_drafts()

    assert session.scalar(select(func.count(Draft.id))) == 0
