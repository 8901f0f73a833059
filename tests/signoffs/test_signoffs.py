"""A superior reads a text by a link, approves it or not; the author goes on from there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.drafts.models import Draft
from inforo.errors import DomainError
from inforo.mail import Mail
from inforo.notifications.models import Notification
from inforo.signoffs import actions, queries
from inforo.signoffs.jobs import forget_addresses, remind_superiors
from inforo.signoffs.models import Signoff, SignoffLink
from inforo.toolbox.states import ExampleState
from tests.factories import (
    actor,
    join,
    make_anna,
    make_bernd,
    make_example,
    make_frieda,
    make_group,
)
from tests.signoffs.making import make_link, make_signoff


def address_of(link):
    return f"/vorgesetzte/lesen/{link.secret}"


def mails():
    session.expire_all()
    return list(session.scalars(select(Mail).order_by(Mail.id)))


def begin(browser, group):
    page = browser.open(f"/diskussionen/neu?gruppe={group.slug}")
    form = page.html.select_one("#thread")
    form["action"] = "/vorgesetzte/frage"
    return page.submit("thread", title="Darf ich das fragen?", body="Es geht um **Geld**.")


def test_question_waits_until_a_superior_has_approved_it(browser, new_browser):
    group = make_group(members=[anna := make_anna()], holds_first_posts=False)
    page = begin(browser.sign_in(anna), group)
    assert session.scalars(select(Thread)).all() == []

    page = page.submit("send", name="Viola Vorgesetzt", email="viola@amt.example")
    assert "wartet auf Antwort" in page.main
    assert not page.has_form("publish")
    [mail] = mails()
    assert mail.address == "viola@amt.example"
    link = session.scalars(select(SignoffLink)).one()
    assert address_of(link) in mail.text
    assert "<" not in mail.text

    guest = new_browser().open(address_of(link))
    assert guest.html.select_one("article strong").text == "Geld"
    assert guest.response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in guest.html.select_one("meta[name=robots]")["content"]
    guest.submit("approve", remark="Gern.")

    page = browser.open(page.url)
    assert "Gern." in page.main
    page = page.submit("publish")
    assert page.url == session.scalars(select(Thread)).one().path
    assert "viola" not in page.text.lower()


def test_form_with_errors_comes_back_as_it_was(browser):
    group = make_group(members=[anna := make_anna()])
    page = browser.sign_in(anna).open(f"/diskussionen/neu?gruppe={group.slug}")
    page.html.select_one("#thread")["action"] = "/vorgesetzte/frage"

    page = page.submit("thread", title="", body="Bleibt stehen.", status=422)

    assert "Bleibt stehen." in page.html.select_one("textarea").text


def test_confidential_question_is_not_sent_on_under_ones_name(browser):
    group = make_group(members=[anna := make_anna()])
    page = browser.sign_in(anna).open(f"/diskussionen/neu?gruppe={group.slug}")
    page.html.select_one("#thread")["action"] = "/vorgesetzte/frage"

    page = page.submit("thread", title="Nur so?", body="Ja.", confidential="y", status=422)

    assert "Beides geht nicht" in page.main
    assert session.scalars(select(Signoff)).all() == []


def test_author_is_told_and_the_link_works_once(browser, new_browser):
    anna = make_anna()
    link = make_link(make_signoff(anna))

    new_browser().open(address_of(link)).submit("decline", wish="Bitte ohne Zahlen.")

    told = session.scalars(select(Notification)).one()
    assert (told.account_id, told.text) == (anna.id, "Bitte ohne Zahlen.")
    new_browser().open(address_of(link), status=404)
    assert "Bitte ohne Zahlen." in browser.sign_in(anna).open(link.signoff.path).main


def test_declining_needs_words_and_keeps_the_name(new_browser):
    link = make_link(make_signoff(make_anna()))

    page = new_browser().open(address_of(link)).submit("decline", status=422)

    assert "was Sie ändern möchten" in page.main
    assert page.html.select_one("[name=decliner]")["value"] == "Viola Vorgesetzt"


def test_approval_counts_for_the_words_that_were_read(browser):
    anna = make_anna()
    signoff = make_signoff(anna)
    link = make_link(signoff)
    actions.approve(link, "Viola", "")
    session.commit()
    page = browser.sign_in(anna).open(f"{signoff.path}/bearbeiten")

    page = page.submit("edit", title="Ganz anders?", body="Neu.")

    assert not page.has_form("publish")
    assert page.has_form("send")
    with pytest.raises(DomainError):
        actions.publish(actor(anna), signoff, queries.links_of(signoff))


def test_link_to_changed_words_opens_nothing(new_browser):
    signoff = make_signoff(make_anna())
    link = make_link(signoff)
    actions.edit(signoff, "Anders", "Anders.")
    session.commit()

    new_browser().open(address_of(link), status=404)


def test_second_save_at_once_shows_both_texts(browser):
    anna = make_anna()
    signoff = make_signoff(anna)
    page = browser.sign_in(anna).open(f"{signoff.path}/bearbeiten")
    actions.edit(signoff, "Erste", "Erste Fassung.")
    session.commit()

    page = page.submit("edit", title="Zweite", body="Zweite Fassung.", status=409)

    assert "Erste Fassung." in page.text
    assert "Zweite Fassung." in page.text


@pytest.mark.parametrize("secret", ["x", "9" * 64, "a" * 500, "..%2f"])
def test_guessed_links_open_nothing(browser, secret):
    make_link(make_signoff(make_anna()))

    browser.open(f"/vorgesetzte/lesen/{secret}", status=404)


def test_withdrawn_and_old_links_open_nothing(browser, new_browser):
    anna = make_anna()
    signoff = make_signoff(anna)
    first = make_link(signoff)
    second = make_link(signoff)
    new_browser().open(address_of(first), status=404)
    new_browser().open(address_of(second))

    browser.sign_in(anna).open(signoff.path).submit(f"withdraw-{second.id}")

    new_browser().open(address_of(second), status=404)
    third = make_link(signoff)
    clock.offset = timedelta(days=15)
    new_browser().open(address_of(third), status=404)


def test_database_alone_opens_no_link():
    link = make_link(make_signoff(make_anna()))

    kept = {str(value) for value in vars(link).values()}

    assert link.secret not in kept


def test_link_signs_nobody_in(browser):
    link = make_link(make_signoff(make_anna()))
    browser.open(address_of(link)).submit("approve")

    browser.open("/konto/entwuerfe", status=302)


def test_approval_publishes_if_the_author_wanted_that(new_browser):
    anna = make_anna()
    signoff = make_signoff(anna)
    link = make_link(signoff, publishes=True)

    new_browser().open(address_of(link)).submit("approve")

    thread = session.scalars(select(Thread)).one()
    assert (thread.author_id, thread.title) == (anna.id, "Wie finden andere das?")


def test_approval_publishes_by_the_rights_of_that_moment(browser, new_browser):
    anna = make_anna()
    group = make_group(audience="closed", holds_first_posts=False)
    membership = join(group, anna)
    signoff = make_signoff(anna, group=group)
    link = make_link(signoff, publishes=True)
    session.delete(membership)
    session.commit()

    new_browser().open(address_of(link)).submit("approve")

    assert session.scalars(select(Thread)).all() == []
    page = browser.sign_in(anna).open(signoff.path)
    assert "nicht mehr schreiben" in page.main


def test_first_post_of_a_newcomer_waits_for_approval_all_the_same(new_browser):
    anna = make_anna(approved_at=clock.now() - timedelta(days=2))
    signoff = make_signoff(anna, group=make_group())
    link = make_link(signoff, publishes=True)

    new_browser().open(address_of(link)).submit("approve")

    session.expire_all()
    assert session.scalars(select(Thread)).all() == []
    assert signoff.published_path.startswith("/freigaben/")


def test_own_address_is_refused(browser):
    anna = make_anna()
    page = browser.sign_in(anna).open(make_signoff(anna).path)

    page = page.submit("send", name="Ich", email=anna.email.upper(), status=422)

    assert "Ihre eigene Adresse" in page.main
    assert mails() == []


def test_text_goes_back_into_the_form(browser):
    anna = make_anna()
    page = browser.sign_in(anna).open(make_signoff(anna).path)

    page = page.submit("go-back")

    assert page.html.select_one("[name=title]")["value"] == "Wie finden andere das?"
    assert session.scalars(select(Draft)).one().target == "question"
    assert session.scalars(select(Signoff)).all() == []


def test_superior_is_reminded_once_after_working_days():
    monday = timedelta(days=(7 - clock.today().weekday()) % 7)
    clock.offset = monday
    link = make_link(make_signoff(make_anna()))
    clock.offset = monday + timedelta(days=3)
    remind_superiors()
    assert len(mails()) == 1

    clock.offset = monday + timedelta(days=8)
    remind_superiors()
    remind_superiors()

    assert len(mails()) == 2
    assert address_of(session.get(SignoffLink, link.id)) in mails()[1].text


def test_answered_links_are_not_reminded_of():
    link = make_link(make_signoff(make_anna()))
    actions.decline(link, "Viola", "Nein.")
    session.commit()
    clock.offset = timedelta(days=8)

    remind_superiors()

    assert [mail for mail in mails() if mail.address == "viola@amt.example"][1:] == []


def test_addresses_are_forgotten_and_answers_stay():
    link = make_link(make_signoff(make_anna()))
    actions.approve(link, "Viola", "Gern.")
    session.commit()
    clock.offset = timedelta(days=20)
    forget_addresses()
    assert link.email

    clock.offset = timedelta(days=40)
    forget_addresses()

    session.expire_all()
    assert (link.email, link.signed_name, link.remark) == ("", "Viola", "Gern.")


def test_example_is_read_as_it_is_written_now(browser, new_browser):
    anna = make_anna()
    example = make_example("Babybegrüßung", author=anna, state=ExampleState.DRAFT)
    page = browser.sign_in(anna).open(f"/werkzeugkiste/beitragen/{example.id}")
    page = page.submit("signoff")
    page.submit("send", name="Viola", email="viola@amt.example")
    link = session.scalars(select(SignoffLink)).one()
    guest = new_browser().open(address_of(link))
    assert "Fachkräfte besuchen junge Familien." in guest.main

    guest.submit("approve")

    assert "genau diese Fassung freigegeben" in browser.open(page.url).main
    example.summary = "Etwas anderes."
    session.commit()
    assert "genau diese Fassung freigegeben" not in browser.open(page.url).main


def test_list_says_what_the_superior_answered(browser, new_browser):
    anna = make_anna()
    link = make_link(make_signoff(anna))
    assert "wartet auf Antwort" in browser.sign_in(anna).open("/vorgesetzte/").main

    new_browser().open(address_of(link)).submit("decline", wish="Bitte ohne Zahlen.")

    assert "Änderung gewünscht" in browser.open("/vorgesetzte/").main


def test_nobody_else_sees_the_text_or_the_address(browser):
    signoff = make_signoff(make_anna())
    make_link(signoff)

    page = browser.sign_in(make_bernd()).open("/vorgesetzte/")

    assert "Wie finden andere das?" not in page.main


def test_list_costs_the_same_however_long_it_is(browser, count_queries):
    anna = make_anna()
    make_signoff(anna)
    browser.sign_in(anna).open("/vorgesetzte/")
    one = count_queries(lambda: browser.open("/vorgesetzte/"))
    anna = session.scalars(select(Signoff)).one().account
    for _ in range(4):
        make_signoff(anna)

    assert count_queries(lambda: browser.open("/vorgesetzte/")) == one <= 12


def test_operators_do_not_read_the_address_of_a_superior(browser):
    make_link(make_signoff(make_anna()))

    page = browser.sign_in(make_frieda()).open("/betrieb/postausgang")

    assert "viola@amt.example" not in page.text
