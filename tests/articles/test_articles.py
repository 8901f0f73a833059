"""Meldungen: from a member's draft to a page everybody reads, finds and subscribes to."""

import io

import pytest
from defusedxml import ElementTree
from sqlalchemy import select

from inforo.articles.models import Article
from inforo.authz import GUEST
from inforo.db import session
from inforo.editorial.models import PublicationState, Readership
from inforo.editorial.policy import may_view, visible_to
from inforo.notifications.models import Notification
from inforo.offices.models import WorkItem
from inforo.vocabularies.models import Term
from tests import factories
from tests.articles.making import make_article
from tests.offices.people import make_clara
from tests.reference import BRUCHSAL

ANSWERS = {"title": "Familienhebammen gesucht", "body": "Wir **suchen** Verstärkung."}
ATOM = "{http://www.w3.org/2005/Atom}"
STEPS = ("draft", "submitted", "checked", "published", "archived")


def keyword(key):
    return session.scalar(
        select(Term).where(Term.vocabulary == "article_keyword", Term.key == key)
    )


def write(browser, **values):
    page = browser.open("/meldungen/").follow("Meldung schreiben")
    return page.submit("article", **(ANSWERS | values))


def test_article_goes_from_a_member_through_the_office_to_everybody(browser, new_browser):
    page = write(browser.sign_in(factories.make_anna()), keywords=["studie"])
    assert "Nur Sie sehen ihn" in page.main
    new_browser().open(page.url, status=404)
    page = page.submit("submit")
    assert "Eingereicht." in page.main

    clara = new_browser().sign_in(make_clara())
    item = session.scalar(select(WorkItem))
    assert (item.kind.value, item.state_code, item.title) == ("article", "BW", ANSWERS["title"])
    page = clara.open("/redaktion/meldungen").follow(ANSWERS["title"])
    page = page.submit("check").submit("publish")
    assert "Veröffentlicht." in page.main

    read = new_browser().open("/meldungen/").follow(ANSWERS["title"])
    assert read.html.select("strong")
    assert "Anna, Mannheim" in read.main
    assert "Studie" in read.main
    assert not read.has_form("archive")
    assert session.scalar(select(WorkItem)).closed_at
    told = session.scalar(select(Notification))
    assert told.title == f"Veröffentlicht: {ANSWERS['title']}"


def test_article_comes_back_with_a_reason_and_is_submitted_again(browser, new_browser):
    anna = browser.sign_in(factories.make_anna())
    address = write(anna).submit("submit").url
    emil = new_browser().sign_in(factories.make_emil())
    page = emil.open(address)
    assert "Begründung" in page.submit("give-back", status=422).main
    page.submit("give-back", **{"return-reason": "Bitte ein Datum nennen."})

    page = anna.open(address)
    assert "Bitte ein Datum nennen." in page.main
    emil.open(address, status=404)
    assert session.scalar(select(WorkItem)).closed_at

    page.submit("submit")
    assert "Bitte ein Datum nennen." not in emil.open(address).main
    assert session.scalar(select(WorkItem)).is_open


def test_nobody_publishes_what_is_their_own(app, browser):
    emil = factories.make_emil()
    article = make_article(author=emil, state="submitted")
    browser.sign_in(emil)
    page = browser.open(article.path)
    assert not page.has_form("publish")
    token = page.html.select_one("[name=csrf_token]")["value"]

    for verb in ("pruefen", "veroeffentlichen", "zurueckgeben"):
        answer = browser.client.post(f"{article.address}/{verb}", data={"csrf_token": token})
        assert answer.status_code == 403

    assert session.get(Article, article.id).state is PublicationState.SUBMITTED


def test_office_of_another_land_neither_sees_nor_decides(browser):
    article = make_article(state="submitted")
    browser.sign_in(factories.make_doris())

    browser.open(article.address, status=404)
    assert article.title not in browser.open("/redaktion/meldungen").main


def test_office_it_was_handed_to_decides(browser):
    doris = factories.make_doris()
    office = factories.make_office("NW")
    article = make_article(state="submitted", office_id=office.id)

    page = browser.sign_in(doris).open(article.address)

    assert page.has_form("publish")


def test_sql_and_python_agree_who_sees_what():
    anna = factories.make_anna()
    people = [anna, *(make() for make in (factories.make_bernd, factories.make_clara))]
    people += [factories.make_doris(), factories.make_emil(), factories.make_frieda()]
    people += [factories.make_applicant(), factories.make_luise()]
    articles = [
        make_article(f"{step} {who.value} {land}", author=author, state=step, audience=who,
                     state_code=land)
        for step in STEPS
        for who in Readership
        for land in ("BW", "NW", None)
        for author in (anna, None)
    ]  # fmt: skip

    for person in [None, *people]:
        actor = factories.actor(person) if person else GUEST
        seen = set(session.scalars(select(Article.id).where(visible_to(actor, Article))))
        assert seen == {article.id for article in articles if may_view(actor, article)}


def test_for_members_only_is_neither_listed_nor_found_nor_fed_outside(browser, new_browser):
    article = make_article("Kranichfeder", audience="members", terms=[keyword("studie")])

    for address in ("/meldungen/", "/suche?q=Kranichfeder", "/meldungen/meldungen.atom", "/"):
        assert article.path not in browser.client.get(address).text
    browser.open(article.path, status=404)
    anna = new_browser().sign_in(factories.make_anna())
    assert "Kranichfeder" in anna.open("/meldungen/").main
    assert article.path in str(anna.open("/suche?q=Kranichfeder").html)
    assert "Kranichfeder" not in anna.client.get("/meldungen/meldungen.atom").text


def test_published_article_is_found_and_an_archived_one_only_by_its_address(browser):
    article = make_article("Eisvogel im Park", state="submitted")
    assert article.path not in str(browser.open("/suche?q=Eisvogel").html)
    article.state = PublicationState.PUBLISHED
    session.commit()
    assert article.path in str(browser.open("/suche?q=Eisvögel").html)

    article.state = PublicationState.ARCHIVED
    session.commit()

    assert article.path not in str(browser.open("/suche?q=Eisvogel").html)
    assert article.title not in browser.open("/meldungen/").main
    assert "Archiviert" in browser.open(article.path).main


def test_list_is_narrowed_by_keyword_land_and_year(browser):
    make_article("Studie im Süden", terms=[keyword("studie")])
    make_article("Film aus dem Westen", terms=[keyword("video")], state_code="NW")
    make_article("Für alle", state_code=None)

    def titles(query):
        page = browser.open(f"/meldungen/{query}")
        return [title.text for title in page.html.select(".result__title")]

    assert titles("?stichwort=studie") == ["Studie im Süden"]
    assert titles("?land=NW") == ["Film aus dem Westen"]
    assert titles("?land=-") == ["Für alle"]
    assert len(titles("?jahr=2026")) == 3
    assert titles("?jahr=1999") == []
    assert len(titles("?jahr=quatsch")) == 3


def test_old_addresses_lead_to_the_present_one(browser):
    article = make_article("Alter Titel")
    old = article.path
    article.title = "Neuer Titel"
    session.commit()

    assert browser.client.get(old).location == article.path
    assert browser.client.get(article.address).status_code == 301


def test_author_who_left_is_named_with_the_former_place(browser):
    anna = factories.make_anna()
    article = make_article(author=anna)
    anna.municipality_ags = factories.MUENSTER
    session.commit()
    session.expunge_all()

    assert "Anna, ehem. Mannheim" in browser.open(article.path).main


def test_files_are_shown_with_type_and_size_and_follow_the_article(browser, new_browser):
    anna = browser.sign_in(factories.make_anna())
    page = write(anna, audience="members").follow("Dateien")
    refused = page.submit("attach", status=422)
    assert "Bitte wählen Sie eine Datei." in refused.main
    text = (io.BytesIO(b"Ein Protokoll"), "protokoll.txt")
    page = page.submit("attach", upload=text, title="Das Protokoll")
    assert "Das Protokoll" in page.main
    assert "TXT, 1 KB" in page.main
    link = page.html.select_one(".file__name")["href"]

    assert anna.client.get(link).data == b"Ein Protokoll"
    assert new_browser().client.get(link).status_code == 404

    [form] = page.html.select("form[id^=remove]")
    assert "Noch keine Datei." in page.submit(form["id"]).main


def test_second_of_two_who_edit_sees_both_texts(browser, new_browser):
    article = make_article(state="submitted")
    first = browser.sign_in(make_clara()).open(f"{article.address}/bearbeiten")
    second = new_browser().sign_in(factories.make_emil())
    second = second.open(f"{article.address}/bearbeiten")

    first.submit("article", body="Zuerst gespeichert.")
    page = second.submit("article", status=409, body="Zu spät gespeichert.")

    assert "Zuerst gespeichert." in page.main
    assert "Zu spät gespeichert." in page.main


def test_outdated_form_of_an_article_without_history_shows_both_texts(browser):
    article = make_article(state="submitted")
    page = browser.sign_in(make_clara()).open(f"{article.address}/bearbeiten")
    article.body = "Anders gespeichert."
    session.commit()

    page = page.submit("article", status=409, body="Zu spät gespeichert.")

    assert "Anders gespeichert." in page.main
    assert "Zu spät gespeichert." in page.main


def test_history_shows_what_was_changed(browser):
    page = write(browser.sign_in(factories.make_anna())).follow("Bearbeiten")
    page = page.submit("article", title="Familienhebammen gefunden").follow("Verlauf")

    assert "Fassung 2" in page.main
    assert [tag.text for tag in page.html.select("ins")][0] == "gefunden"


def test_conflict_shows_every_field_that_differs_in_words(browser, new_browser):
    article = make_article(state="submitted")
    first = browser.sign_in(make_clara()).open(f"{article.address}/bearbeiten")
    second = new_browser().sign_in(factories.make_emil())
    second = second.open(f"{article.address}/bearbeiten")

    first.submit("article", title="Neuer Titel", audience="members")
    page = second.submit(
        "article", status=409, keywords=["studie"], dated_on="2026-12-24", state_code="NW"
    )

    sides = [side.get_text(" ", strip=True) for side in page.html.select(".conflict")]
    labels = [side.partition(", gespeichert")[0] for side in sides]
    assert labels == ["Titel", "Datum", "Stichworte", "Wer darf es lesen?", "Land"]
    assert "24. Dezember 2026" in sides[1]
    assert "nur für angemeldete Mitglieder" in sides[3]
    assert "Nordrhein-Westfalen" in sides[4]
    assert all("Clara" in side for side in sides)
    assert page.main.count("Inzwischen hat jemand anderes gespeichert") == 1


@pytest.mark.parametrize("land", ["NW", ""])
def test_office_sends_nothing_to_a_land_of_its_choice(browser, land):
    article = make_article(state="submitted")
    page = browser.sign_in(make_clara()).open(f"{article.address}/bearbeiten")

    page.submit("article", status=403, state_code=land)

    session.rollback()
    assert session.get(Article, article.id, populate_existing=True).state_code == "BW"


def test_history_speaks_in_words_not_in_keys(browser):
    page = write(browser.sign_in(factories.make_anna())).follow("Bearbeiten")
    page = page.submit("article", audience="members", state_code="", dated_on="2026-12-24")

    history = page.follow("Verlauf").main

    for words in ("nur für angemeldete Mitglieder", "bundesweit", "24. Dezember 2026"):
        assert words in history
    assert "2026-12-24" not in history


def test_author_deletes_a_draft_with_all_that_belongs_to_it(browser):
    page = write(browser.sign_in(factories.make_anna()))
    address = page.url

    page = page.submit("delete")

    assert "Der Entwurf ist gelöscht." in page.text
    assert ANSWERS["title"] not in page.main
    browser.open(address, status=404)
    assert "Nur Sie sehen ihn" in write(browser).main


def test_what_is_submitted_cannot_be_deleted(browser):
    page = write(browser.sign_in(factories.make_anna())).submit("submit")

    assert not page.has_form("delete")


@pytest.mark.parametrize("near", ["municipality", "organisation"])
def test_nobody_decides_about_a_text_of_their_colleagues(browser, near):
    organisation = factories.make_organisation("Landesverband")
    clara = make_clara()
    if near == "municipality":
        clara.municipality_ags = BRUCHSAL
    else:
        clara.organisation_id = organisation.id
    session.commit()
    author = factories.make_account(
        "Ida", municipality=BRUCHSAL, organisation_id=organisation.id
    )
    article = make_article(author=author, state="submitted")

    page = browser.sign_in(clara).open(article.address)

    assert "aus Ihrer eigenen Kommune oder Organisation" in page.main
    assert not any(page.has_form(name) for name in ("publish", "check", "give-back"))
    browser.open(f"{article.address}/bearbeiten", status=403)


def test_preview_shows_the_text_and_keeps_nothing(browser):
    page = browser.sign_in(factories.make_anna()).open("/meldungen/neu")
    page = page.submit("article", button="preview", **ANSWERS)

    assert page.html.select_one(".preview strong").text == "suchen"
    assert session.scalar(select(Article)) is None


def test_wrong_day_and_too_many_keywords_are_explained(browser):
    page = browser.sign_in(factories.make_anna()).open("/meldungen/neu")
    keys = [box["value"] for box in page.html.select("[name=keywords]")][:7]

    page = page.submit("article", status=422, dated_on="32.13.2026", keywords=keys, **ANSWERS)

    assert "Bitte geben Sie einen Tag an" in page.main
    assert "höchstens 6 Stichworte" in page.main
    assert ANSWERS["body"] in page.main


def test_feed_is_atom_with_escaped_texts(browser):
    make_article("Obst & Gemüse <frisch>", subtitle="1 < 2")

    answer = browser.client.get("/meldungen/meldungen.atom")

    assert answer.mimetype == "application/atom+xml"
    entry = ElementTree.fromstring(answer.data).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Obst & Gemüse <frisch>"
    html = entry.find(f"{ATOM}content").text.strip()
    assert html == "<p>Sie zeigt, <strong>wie</strong> es geht.</p>"
    assert entry.find(f"{ATOM}id").text.startswith("http://localhost/meldungen/")


@pytest.mark.parametrize("who", [None, "anna", "clara"])
def test_list_and_page_take_as_many_queries_for_many_articles(browser, count_queries, who):
    if who:
        browser.sign_in(getattr(factories, f"make_{who}")())
    article = make_article("Erste", terms=[keyword("studie")])
    browser.open("/meldungen/")
    few = count_queries(lambda: browser.open("/meldungen/"))
    for number in range(5):
        make_article(f"Weitere {number}", terms=[keyword("video"), keyword("studie")])
    most = 12 if who else 8

    assert count_queries(lambda: browser.open("/meldungen/")) == few <= most
    assert count_queries(lambda: browser.open(article.path)) <= most


def test_desk_takes_as_many_queries_for_many_articles(browser, count_queries):
    browser.sign_in(make_clara())
    make_article(state="submitted")
    few = count_queries(lambda: browser.open("/redaktion/meldungen"))
    for number in range(5):
        make_article(f"Weitere {number}", state="submitted")

    assert count_queries(lambda: browser.open("/redaktion/meldungen")) == few <= 12
