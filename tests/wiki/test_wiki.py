"""Pages of groups: writing, linking, history, conflict, order, and who may what."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.groups.models import Group, GroupRole
from inforo.versions import Version
from inforo.wiki import policy, queries, rendering
from inforo.wiki.jobs import forget_deleted_pages
from inforo.wiki.models import WikiPage
from tests.factories import (
    actor,
    join,
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_doris,
    make_frieda,
    make_group,
)
from tests.wiki.making import change, make_page

LONG = "# Erstens\n\nWort\n\n## Zweitens\n\nWort\n\n# Drittens\n\nWort"


def home(group):
    return f"/gruppen/{group.slug}"


def pages(group):
    return f"{home(group)}/seiten/"


@pytest.fixture
def anna():
    return make_anna()


@pytest.fixture
def group(anna):
    return make_group("Runder Tisch", audience="closed", members=(anna,))


def test_member_writes_the_first_page_from_the_home_of_the_group(browser, anna, group):
    page = browser.sign_in(anna).open(home(group)).follow("Erste Seite schreiben")

    page = page.submit("page", title="Absprachen", body="Wir treffen uns **monatlich**.")

    assert page.url == f"{pages(group)}{session.scalar(select(WikiPage.id))}-absprachen"
    assert page.html.select_one(".prose strong").text == "monatlich"
    assert "Absprachen" in browser.open(home(group)).main
    assert "Absprachen" in browser.open(pages(group)).main


def test_form_sent_twice_makes_one_page(browser, anna, group):
    page = browser.sign_in(anna).open(f"{pages(group)}neu")

    for _ in range(2):
        page.submit("page", title="Einmal", body="Text")

    assert len(session.scalars(select(WikiPage)).all()) == 1


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"title": ""}, "einen Titel"),
    ({"body": " "}, "schreiben Sie etwas"),
    ({"title": "Mit [Klammer]"}, "keine eckigen Klammern"),
    ({"title": "t" * 151}, "kürzen"),
    ({"title": "ABSPRACHEN "}, "gibt es in der Gruppe schon"),
])  # fmt: skip
def test_page_that_makes_no_sense_is_explained_and_stays(browser, anna, group, typed, sentence):
    make_page(group, "Absprachen")
    page = browser.sign_in(anna).open(f"{pages(group)}neu")

    page = page.submit(
        "page", **({"title": "Gut", "body": "Bleibt stehen"} | typed), status=422
    )

    assert sentence in page.main
    assert page.html.select_one("[name=body]").text.strip() in ("Bleibt stehen", "")


def test_old_address_leads_to_a_renamed_page(browser, anna, group):
    page = make_page(group, "Alter Name")
    before = page.path
    shown = browser.sign_in(anna).open(page.path).follow("Bearbeiten")

    shown = shown.submit("page", title="Neuer Name", note="klarer")

    assert shown.url.endswith("-neuer-name")
    answer = browser.client.get(before)
    assert [answer.status_code, answer.location] == [301, shown.url]


def test_words_in_brackets_lead_to_pages_also_by_their_old_titles(browser, anna, group):
    target = make_page(group, "Alter Name")
    source = make_page(group, "Quelle", "Siehe [[alter name]] und [[Alter Name|hier]].")
    browser.sign_in(anna).open(target.path).follow("Bearbeiten").submit("page", title="Neu")

    links = browser.open(source.path).html.select(".prose a.wiki-link")

    assert [link.text for link in links] == ["alter name", "hier"]
    assert {link["href"] for link in links} == {f"{pages(group)}{target.id}-neu"}


def test_link_to_a_page_nobody_wrote_offers_to_write_it(browser, anna, group):
    source = make_page(group, "Quelle", 'Es fehlt [[Ein "<b>neues" & Blatt]].')

    page = browser.sign_in(anna).open(source.path).follow("neues")

    assert page.html.select_one("#title")["value"] == 'Ein "<b>neues" & Blatt'
    assert page.html.select_one("#parent_id option[selected]")["value"] == str(source.id)


def test_reader_who_cannot_write_sees_no_red_link(browser):
    group = make_group(audience="members")
    source = make_page(group, "Quelle", "Es fehlt [[Neues]].")

    page = browser.sign_in(make_bernd()).open(source.path)

    assert "[[Neues]]" in page.main
    assert not page.html.select("a.wiki-link")


def test_link_leads_to_no_page_of_another_group(browser, anna, group):
    make_page(make_group(audience="hidden"), "Geheimes")
    source = make_page(group, "Quelle", "Siehe [[Geheimes]].")

    link = browser.sign_in(anna).open(source.path).html.select_one("a.wiki-link")

    assert "wiki-link--missing" in link["class"]


@pytest.mark.parametrize(("words", "shown"), [
    ("`[[A]]`", "<code>[[A]]</code>"),
    ("[[A]]", '<a class="wiki-link" href="/x">A</a>'),
    ("[[A|<i>b]]", "&lt;i&gt;b</a>"),
    ("[x](http://a.example/[[A]])", "/%5B%5BA%5D%5D"),
    ("[[]] [[ ]]", "[[]] [[ ]]"),
])  # fmt: skip
def test_links_are_made_between_tags_only(words, shown):
    from_markdown = rendering.text.render_markdown(words, 2)

    assert shown in rendering.shown(from_markdown, lambda _title: ("/x", True)).html


def test_long_page_has_a_table_of_contents(browser, anna, group):
    page = browser.sign_in(anna).open(make_page(group, "Lang", LONG).path)

    links = page.html.select(".wiki-contents a")

    assert [link.text for link in links] == ["Erstens", "Zweitens", "Drittens"]
    assert all(page.html.select_one(link["href"]) for link in links)
    short = browser.open(make_page(group, "Kurz", "# Eins\n\nText").path)
    assert not short.html.select(".wiki-contents")


def test_conflict_shows_both_texts_and_what_differs(browser, new_browser, anna, group):
    page = make_page(group, "Absprachen", "Montags um neun.")
    form = browser.sign_in(anna).open(page.path).follow("Bearbeiten")
    change(page, "Dienstags um neun.", author=make_account("Ulla"))

    shown = form.submit("page", body="Mittwochs um neun.", status=409)

    assert "Dienstags um neun." in shown.main
    assert shown.html.select_one(".diff div ins").text == "Mittwochs"
    assert shown.html.select_one(".diff div del").text == "Dienstags"
    assert shown.html.select_one("[name=body]").text.strip() == "Mittwochs um neun."
    assert "Mittwochs" in shown.submit("page").main


def test_saving_without_a_change_adds_no_version(browser, anna, group):
    page = make_page(group)

    browser.sign_in(anna).open(page.path).follow("Bearbeiten").submit("page")

    assert len(session.scalars(select(Version)).all()) == 1


def test_history_names_who_when_and_what_and_compares(browser, anna, group):
    page = make_page(group, "Absprachen", "Montags um neun.", author=anna)
    change(page, "Dienstags um neun.", author=make_account("Ulla"), note="Raum frei")

    shown = browser.sign_in(anna).open(page.path).follow("Verlauf")

    assert "Ulla" in shown.main
    assert "Raum frei" in shown.main
    compared = shown.submit("compare")
    assert compared.html.select_one(".diff div del").text == "Montags"
    browser.open(f"{pages(group)}{page.id}/vergleich?von=1&bis=9", 404)
    browser.open(f"{pages(group)}{page.id}/vergleich?von=x", 404)
    browser.open(f"{pages(group)}{page.id}/vergleich?von=1&bis={2**63}", 404)


def test_old_version_becomes_the_newest_one(browser, anna, group):
    page = make_page(group, "Absprachen", "Montags um neun.")
    change(page, "Dienstags um neun.")
    shown = browser.sign_in(anna).open(f"{pages(group)}{page.id}/verlauf/1")

    back = shown.submit("restore-version")

    assert "Montags um neun." in back.main
    assert [entry.number for entry, _name in queries.history(page)] == [3, 2, 1]
    assert "Fassung 1" in queries.history(page)[0][0].note


def test_restoring_a_version_overwrites_nobody(browser, anna, group):
    page = make_page(group, "Absprachen", "Montags um neun.")
    shown = browser.sign_in(anna).open(f"{pages(group)}{page.id}/verlauf/1")
    change(page, "Inzwischen anders.")

    shown.submit("restore-version", status=409)

    assert "Inzwischen anders." in browser.open(page.path).main


def test_page_moves_below_another_but_not_two_levels_deep(browser, anna, group):
    top, below, other = (make_page(group, title) for title in ("Oben", "Unten", "Andere"))
    form = browser.sign_in(anna).open(below.path).follow("Bearbeiten")

    form.submit("page", parent_id=str(top.id))

    [first, second] = queries.tree(actor(anna), group)
    assert [first.page.title, second.page.title] == ["Andere", "Oben"]
    assert [row.title for row in second.below] == ["Unten"]
    form = browser.open(top.path).follow("Bearbeiten")
    refused = form.submit("page", parent_id=str(other.id), status=422)
    assert "stehen schon andere" in refused.main
    offered = browser.open(other.path).follow("Bearbeiten").html.select("#parent_id option")
    assert str(below.id) not in {option["value"] for option in offered}


def test_print_view_holds_the_pages_below(browser, anna, group):
    top = make_page(group, "Oben", "Erster Text, siehe [[Unten]].")
    make_page(group, "Unten", "Zweiter Text", parent=top)

    page = browser.sign_in(anna).open(top.path).follow("Druckansicht")

    assert "Zweiter Text" in page.main
    assert "siehe Unten." in page.main


def test_managers_protect_delete_and_bring_back(browser, new_browser, anna, group):
    olga = make_account("Olga")
    join(group, olga, GroupRole.MANAGER)
    page = make_page(group, "Absprachen")
    shown = browser.sign_in(olga).open(page.path).submit("protect")

    assert "geschützt" in shown.main
    member = new_browser().sign_in(anna)
    assert "Bearbeiten" not in member.open(page.path).main
    member.open(f"{pages(group)}{page.id}/bearbeiten", 403)

    form = shown.follow("Löschen")
    form.submit("delete", status=422)
    form.submit("delete", reason="Doppelt.")
    member.open(page.path, 404)
    assert "Doppelt." in browser.open(page.path).main
    assert "Doppelt." in browser.open(pages(group)).main
    browser.open(page.path).submit("restore")
    assert "Was wir vereinbart haben." in member.open(page.path).main


def test_title_of_a_deleted_page_is_free_until_it_comes_back(browser, anna, group):
    olga = make_account("Olga")
    join(group, olga, GroupRole.MANAGER)
    page = make_page(group, "Absprachen")
    browser.sign_in(olga).open(f"{pages(group)}{page.id}/loeschen").submit(
        "delete", reason="Alt"
    )
    make_page(group, "Absprachen")

    refused = browser.open(page.path).submit("restore", status=409)

    assert "andere Seite mit diesem Titel" in refused.main


def test_deleted_pages_are_forgotten_after_a_month(group):
    page = make_page(group)
    page.deleted_at, page.title_key = clock.now() - timedelta(days=31), None
    kept = make_page(group, "Bleibt")
    session.commit()

    forget_deleted_pages()

    assert session.scalars(select(WikiPage.id)).all() == [kept.id]
    assert len(session.scalars(select(Version)).all()) == 1


def test_group_leaves_its_pages_to_its_managers(browser, new_browser, anna, group):
    olga = make_account("Olga")
    join(group, olga, GroupRole.MANAGER)
    page = make_page(group, "Willkommen", "Guten Tag zusammen")
    form = browser.sign_in(olga).open(f"{pages(group)}regeln")

    shown = form.submit("rules", writers="managers", start_page_id=str(page.id))

    assert "Guten Tag zusammen" in shown.main
    browser.open(page.path).follow("Bearbeiten")
    member = new_browser().sign_in(anna)
    member.open(f"{pages(group)}neu", 403)
    member.open(f"{pages(group)}{page.id}/bearbeiten", 403)
    assert "nur die Leitung" in member.open(pages(group)).main


def test_archived_group_keeps_its_pages_as_they_are(browser, anna):
    group = make_group(audience="closed", managers=(anna,), archived_at=clock.now())
    page = make_page(group)
    shown = browser.sign_in(anna).open(page.path)

    assert "Bearbeiten" not in shown.main
    for part in ("neu", "regeln", f"{page.id}/bearbeiten", f"{page.id}/loeschen"):
        browser.open(f"{pages(group)}{part}", 403)


def test_newcomer_waits_with_pages_until_posts_are_approved(browser):
    newcomer = make_account("Neu", approved_at=clock.now())
    group = make_group(audience="public", members=(newcomer,))

    page = browser.sign_in(newcomer).open(f"{pages(group)}neu", 403)

    assert "ersten Beiträge" in page.main


def test_reader_of_an_open_group_who_is_no_member_only_reads(browser, group):
    opened = make_group(audience="members")
    page = make_page(opened)
    browser.sign_in(make_bernd())

    assert "Bearbeiten" not in browser.open(page.path).main
    browser.open(f"{pages(opened)}neu", 403)


def test_sql_and_python_agree_on_who_reads_pages():
    olga = make_account("Olga")
    people = [make_anna(), make_bernd(), make_clara(), make_doris(), make_frieda(), olga]
    for audience in ("public", "members", "closed", "hidden"):
        group = make_group(audience=audience, managers=(olga,), members=(people[1],))
        for opened in (None, "members", "public"):
            for deleted in (None, clock.now()):
                page = make_page(group, f"Seite {opened} {deleted is None}")
                page.opened_to, page.deleted_at = opened, deleted
    session.commit()
    session.expire_all()
    every = session.scalars(select(WikiPage).order_by(WikiPage.id)).all()

    for who in [policy.groups.Actor(), *map(actor, people)]:
        allowed = [page.id for page in every if policy.may_view(who, page)]
        statement = select(WikiPage.id).where(policy.visible_to(who)).order_by(WikiPage.id)
        assert session.scalars(statement).all() == allowed


def test_number_of_statements_does_not_grow(browser, count_queries, anna, group):
    def links(number):
        return "".join(f"[[Seite {at}]] " for at in range(number))

    first = make_page(group, "Ziel", links(2))
    browser.sign_in(anna)
    few = [count_queries(lambda at=at: browser.client.get(at)) for at in places(group, first)]
    group, first = session.get_one(Group, group.id), session.get_one(WikiPage, first.id)
    for at in range(8):
        make_page(group, f"Seite {at}", links(8), parent=first if at % 2 else None)
        change(first, links(at))

    many = [count_queries(lambda at=at: browser.client.get(at)) for at in places(group, first)]

    assert few == many
    assert max(many) <= 12


def places(group, page):
    return [home(group), pages(group), page.path, f"{pages(group)}{page.id}/verlauf"]


def test_guest_page_of_a_public_group_costs_few_statements(browser, count_queries):
    page = make_page(make_group(audience="public"), "Ziel", "[[Fehlt]] und [[Ziel]]")

    assert count_queries(lambda: browser.open(page.path)) <= 8
    assert count_queries(lambda: browser.client.get(pages(page.group))) <= 8


def test_pages_are_found_by_those_who_read_the_group(browser, new_browser, anna, group):
    page = make_page(group, "Sumpfdotterblume", "Ein Wort, das sonst niemand schreibt.")

    assert page.path in str(browser.sign_in(anna).open("/suche?q=Sumpfdotterblume").html)
    outside = new_browser().sign_in(make_bernd()).open("/suche?q=Sumpfdotterblume")
    assert "/seiten/" not in str(outside.html.select_one("main"))


def test_what_somebody_wrote_can_be_listed(anna, group):
    make_page(group, "Meins", "Mein Text", author=anna)

    [row] = queries.written_by(anna.id)

    assert row.fields["body"] == "Mein Text"
