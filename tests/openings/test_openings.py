"""A page of a protected group, opened with the consent of its authors, and closed again."""

import re
from datetime import timedelta

from sqlalchemy import select

from inforo import clock
from inforo.audit import LogEntry
from inforo.authz import Actor
from inforo.db import session
from inforo.groups.models import GroupAudience
from inforo.mail import Mail
from inforo.notifications.models import Notification
from inforo.openings import actions
from inforo.openings.jobs import check_openings
from inforo.openings.models import Ending, Opening, OpeningConsent
from inforo.search.models import Audience, SearchDocument
from inforo.wiki.models import WikiPage, opened_path
from tests.factories import (
    join,
    make_account,
    make_doris,
)
from tests.openings.making import (
    agree_all,
    make_open,
    outside,
    propose,
    secret_for,
    the_opening,
)
from tests.wiki.making import change


def readers(new_browser, page):
    return outside(new_browser, opened_path(page.id, page.title))


def test_manager_proposes_author_agrees_by_the_link_and_members_read(
    browser, new_browser, olga, anna, page
):
    form = browser.sign_in(olga).open(page.path).follow("Veröffentlichung vorschlagen")
    assert "sichtbar für" in form.main
    assert "Anna" in form.main

    shown = form.submit("propose", audience="members", note="Er hilft anderen.")
    assert "noch keine Antwort" in shown.main
    assert readers(new_browser, page) == [404, 302, 404]

    link = new_browser().open(f"/veroeffentlichung/{secret_for(anna)}")
    assert "Erste Fassung" in link.main
    assert "Er hilft anderen." in link.main
    link.submit("agree")

    assert readers(new_browser, page) == [200, 302, 403]
    assert "stimmt zu" in browser.open(shown.url).main


def test_opening_the_link_alone_changes_nothing(new_browser, olga, anna, page):
    propose(page, olga)

    for _ in range(2):
        new_browser().open(f"/veroeffentlichung/{secret_for(anna)}")

    assert the_opening().is_waiting


def test_link_that_is_wrong_or_over_says_so_without_asking_to_sign_in(
    new_browser, olga, anna, page
):
    propose(page, olga)
    secret = secret_for(anna)
    actions.close(Actor(account_id=olga.id), the_opening())
    session.commit()

    for given in ("falsch", secret):
        answer = new_browser().open(f"/veroeffentlichung/{given}", 404)
        assert "gilt nicht (mehr)" in answer.main


def test_public_page_is_read_by_guests_and_shows_nothing_around_it(new_browser, olga, page):
    make_open(page, olga, "public")

    shown = new_browser().open(opened_path(page.id, page.title))

    assert "siehe Geheimes." in shown.main
    assert "Vertrauter Kreis" not in shown.text
    assert "/gruppen/vertrauter" not in str(shown.html)
    assert shown.response.headers["Cache-Control"] == "no-store"
    for part in ("verlauf", "druck", "verlauf/1"):
        new_browser().open(f"/gruppen/{page.group.slug}/seiten/{page.id}/{part}", 302)


def test_every_author_must_agree_also_of_earlier_versions(new_browser, olga, anna, page):
    berta = make_account("Berta")
    change(page, "Zweite Fassung", author=berta)
    change(page, "Dritte Fassung", author=anna)
    opening = propose(page, olga)

    new_browser().open(f"/veroeffentlichung/{secret_for(anna)}").submit("agree")
    assert the_opening().is_waiting
    new_browser().open(f"/veroeffentlichung/{secret_for(berta)}").submit("agree")

    assert the_opening().is_open
    assert session.get(WikiPage, page.id).opened_to is GroupAudience.MEMBERS
    assert opening.audience is GroupAudience.MEMBERS


def test_refusal_ends_it_and_names_nobody_to_the_others(browser, new_browser, olga, anna, page):
    berta = make_account("Berta")
    change(page, "Zweite Fassung", author=berta)
    opening = propose(page, olga)
    new_browser().open(f"/veroeffentlichung/{secret_for(berta)}").submit("refuse")

    assert the_opening().ending is Ending.REFUSED
    shown = browser.sign_in(anna).open(f"/veroeffentlichungen/{opening.id}")
    assert "Nicht alle haben zugestimmt" in shown.main
    assert "Berta" not in shown.text
    led = new_browser().sign_in(olga).open(f"/veroeffentlichungen/{opening.id}")
    assert re.search(r"Berta:\s+stimmt nicht zu", led.main)
    told = session.scalars(select(Notification).where(Notification.account_id == olga.id)).all()
    assert any("Wird nicht veröffentlicht" in each.title for each in told)
    assert not any("Berta" in f"{each.title} {each.text}" for each in told)


def test_log_tells_all_steps_but_no_title(browser, olga, page):
    opening = make_open(page, olga, "public")

    browser.sign_in(olga).open(f"/veroeffentlichungen/{opening.id}").submit("close")

    logged = session.scalars(select(LogEntry.action)).all()
    assert {"propose_opening", "grant_opening", "open", "close_opening"} <= set(logged)
    assert not any("Leitfaden" in entry.title for entry in session.scalars(select(LogEntry)))


def test_office_of_another_land_closes_nothing(browser, olga, page):
    opening = make_open(page, olga)
    shown = browser.sign_in(make_doris()).open(opened_path(page.id, page.title))

    assert not shown.has_form("close")
    browser.open(f"/veroeffentlichungen/{opening.id}", 404)


def test_member_who_does_not_lead_proposes_nothing(browser, anna, page):
    shown = browser.sign_in(anna).open(page.path)

    assert "Veröffentlichung vorschlagen" not in shown.main
    browser.open(f"/gruppen/{page.group.slug}/seiten/{page.id}/veroeffentlichen", 403)


def test_without_an_author_who_is_gone_nothing_opens(browser, olga, page):
    change(page, "Zweite Fassung", author=(gone := make_account("Fort")))
    gone.closed_at = clock.now()
    session.commit()
    form = browser.sign_in(olga).open(page.path).follow("Veröffentlichung vorschlagen")

    refused = form.submit("propose", note="Bleibt stehen", status=422)

    assert "nicht lässt" not in refused.main
    assert "Bleibt stehen" in str(refused.html.select_one("#note"))
    assert the_opening() is None


def test_author_who_leaves_closes_it(new_browser, olga, anna, page):
    make_open(page, olga, "public")
    anna.closed_at = clock.now()
    session.commit()

    check_openings()

    assert the_opening().ending is Ending.AUTHOR_GONE
    assert readers(new_browser, page) == [404, 302, 404]


def test_erased_account_is_no_consent(olga, anna, page):
    make_open(page, olga, "public")
    for consent in session.scalars(select(OpeningConsent)):
        consent.account_id = None
    session.commit()

    check_openings()

    assert the_opening().ending is Ending.CHANGED


def test_leaving_can_close_everything_one_wrote_in(olga, anna, page):
    make_open(page, olga, "public")

    actions.withdraw_all_of(anna.id)
    session.commit()

    assert session.get(WikiPage, page.id).opened_to is None


def test_who_writes_meanwhile_is_asked_too(olga, anna, page):
    propose(page, olga)
    clock.shift(timedelta(minutes=1))
    change(page, "Zweite Fassung", author=(berta := make_account("Berta")))
    agree_all(the_opening())
    assert the_opening().is_waiting

    check_openings()

    assert secret_for(berta)
    agree_all(the_opening())
    assert the_opening().is_open


def test_who_agreed_and_wrote_again_is_asked_again(new_browser, olga, anna, page):
    change(page, "Zweite Fassung", author=make_account("Berta"))
    propose(page, olga)
    first = secret_for(anna)
    new_browser().open(f"/veroeffentlichung/{first}").submit("agree")
    clock.shift(timedelta(minutes=1))
    change(page, "Dritte Fassung", author=anna)

    check_openings()

    assert secret_for(anna) != first
    assert the_opening().is_waiting


def test_form_on_an_open_page_says_so_and_saving_is_consent(browser, olga, anna, page):
    opening = make_open(page, olga, "public")
    berta = make_account("Berta")
    join(page.group, berta)
    form = browser.sign_in(berta).open(page.path).follow("Bearbeiten")
    assert "stimmen Sie dem zu" in form.main

    form.submit("page", body="Neue Worte von Berta")
    check_openings()

    assert the_opening().is_open
    agreed = select(OpeningConsent).where(OpeningConsent.account_id == berta.id)
    assert session.scalar(agreed).granted_at is not None
    assert opening.id == the_opening().id


def test_form_opened_before_it_was_open_is_shown_again(browser, olga, anna, page):
    form = browser.sign_in(anna).open(page.path).follow("Bearbeiten")
    make_open(page, olga, "public")
    session.expire_all()

    shown = form.submit("page", body="Nur für die Gruppe gedacht", status=409)

    assert "Menschen außerhalb der Gruppe" in shown.main or "anderes gespeichert" in shown.main
    assert "Nur für die Gruppe gedacht" in str(shown.html.select_one("[name=body]"))
    assert "Erste Fassung" in session.get(WikiPage, page.id).body


def test_open_page_is_found_without_its_group(browser, olga, page):
    def document():
        session.expire_all()
        return session.scalars(
            select(SearchDocument)
            .where(SearchDocument.group_id == page.group_id)
            .order_by(SearchDocument.id.desc())
        ).all()

    make_open(page, olga, "public")
    assert Audience.PUBLIC in {each.audience for each in document()}
    found = browser.open("/suche?q=Leitfaden")
    assert opened_path(page.id, page.title) in str(found.html)
    assert "Vertrauter Kreis" not in found.main

    actions.close_what_changed(actions.GUEST, page)
    session.commit()

    assert opened_path(page.id, page.title) not in str(browser.open("/suche?q=Leitfaden").html)


def test_two_proposals_at_once_are_one(browser, olga, page):
    form = browser.sign_in(olga).open(page.path).follow("Veröffentlichung vorschlagen")
    propose(page, olga)

    form.submit("propose", status=409)

    assert len(session.scalars(select(Opening)).all()) == 1


def test_what_waits_for_a_consent_stands_among_the_open_points(browser, olga, anna, page):
    propose(page, olga)

    listed = browser.sign_in(anna).open("/konto/offene-punkte")

    listed.follow("Leitfaden").submit("agree")
    assert "Leitfaden" not in browser.open("/konto/offene-punkte").main


def test_author_who_left_the_group_reads_own_words_only(browser, olga, group, page):
    berta = make_account("Berta")
    change(page, "Worte von Berta", author=berta)
    change(page, "Streng vertraulich", author=olga)
    propose(page, olga)

    link = browser.open(f"/veroeffentlichung/{secret_for(berta)}")
    listed = browser.sign_in(berta).open("/konto/offene-punkte")

    assert "Worte von Berta" in link.main
    for shown in (link, listed, browser.open(f"/veroeffentlichungen/{the_opening().id}")):
        assert "Leitfaden" not in shown.text
        assert "Streng vertraulich" not in shown.text
    assert (
        "Leitfaden"
        not in session.scalars(select(Mail.text).where(Mail.account_id == berta.id)).one()
    )
