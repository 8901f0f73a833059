"""The Merkliste and other collections: marking, ordering, notes, groups, links."""

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.authz import GUEST
from inforo.collections import policy
from inforo.collections.models import Collection, Entry
from inforo.db import session
from inforo.municipalities.models import Municipality
from tests import factories
from tests.collections.making import make_collection


def address(example) -> str:
    return f"/werkzeugkiste/beispiele/{example.id}"


def titles(page) -> list[str]:
    return [heading.get_text(strip=True) for heading in page.html.select("main li.panel h2")]


def press(page, label: str, about: str = ""):
    """Press the button of a one-button form."""
    for form in page.html.select("form.action"):
        words = " ".join(form.button.get_text(" ").split())
        if words.startswith(label) and about in words:
            data = {field["name"]: field["value"] for field in form.select("input")}
            page.browser.client.post(form["action"], data=data)
            return page.browser.open(page.url)
    raise AssertionError(f"no button {label} {about}")


def test_what_was_withdrawn_is_not_shown_any_more(browser):
    example, anna = factories.make_example("KANARIE-2"), factories.make_anna()
    tool = factories.make_tool("KANARIE-3")
    collection = make_collection(anna, example, tool)
    example.withdraw()
    tool.published_at = None
    session.commit()

    page = browser.sign_in(anna).open(f"/merkliste/{collection.id}")

    assert "KANARIE" not in page.response.text


def test_nobody_sees_the_collections_of_others(browser, new_browser):
    example, anna = factories.make_example(), factories.make_anna()
    collection = make_collection(anna, example, title="KANARIE-Titel")

    for other in (factories.make_bernd(), factories.make_frieda(), factories.make_clara()):
        one = new_browser().sign_in(other)
        assert "KANARIE" not in one.open("/merkliste/").response.text
        one.open(f"/merkliste/{collection.id}", 404)
        one.open(f"/merkliste/{collection.id}/sammlung.csv", 404)
        one.open(f"/merkliste/{collection.id}/bearbeiten", 404)


# Named collections


def test_a_collection_is_made_filled_and_kept(browser):
    example, tool = factories.make_example(), factories.make_tool()
    browser.sign_in(factories.make_anna())
    page = browser.open("/merkliste/neu")
    page = page.submit("collection", title="Für den Ausschuss", description="Sitzung im Mai")
    assert "Sitzung im Mai" in page.main
    collection = session.scalars(select(Collection)).one()

    page = browser.open(address(example)).follow("In eine Sammlung legen")
    page = page.submit("put", collection=str(collection.id), note="Frau Muster fragen")
    assert "Frau Muster fragen" in page.main
    page = browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}").follow("In eine Sammlung legen")
    page = page.submit("put", collection=str(collection.id))

    assert titles(page) == [example.title, tool.title]


def test_a_title_is_needed_and_what_was_typed_stays(browser):
    page = browser.sign_in(factories.make_anna()).open("/merkliste/neu")

    page = page.submit("collection", description="bleibt stehen", status=422)

    assert "Bitte geben Sie der Sammlung einen Titel." in page.main
    assert "bleibt stehen" in page.html.select_one("#description").text


def test_the_same_form_sent_twice_makes_one_collection(browser):
    page = browser.sign_in(factories.make_anna()).open("/merkliste/neu")

    page.submit("collection", title="Einmal")
    page.submit("collection", title="Einmal")

    assert len(session.scalars(select(Collection)).all()) == 1


def test_entries_change_places_and_take_notes(browser):
    anna = factories.make_anna()
    examples = [factories.make_example(name) for name in ("Eins", "Zwei", "Drei")]
    collection = make_collection(anna, *examples)
    page = browser.sign_in(anna).open(f"/merkliste/{collection.id}")

    page = press(page, "Nach oben", "Drei")
    page = press(page, "Nach unten", "Eins")
    assert titles(page) == ["Drei", "Eins", "Zwei"]

    page = page.follow("Notiz schreiben").submit("write-note", note="zuerst lesen")
    assert "Notiz: zuerst lesen" in page.main
    assert titles(press(page, "Entfernen", "Eins")) == ["Drei", "Zwei"]


def test_an_entry_is_put_before_another_one_or_last(browser):
    anna = factories.make_anna()
    examples = [factories.make_example(name) for name in ("Eins", "Zwei", "Drei", "Vier")]
    collection = make_collection(anna, *examples)
    page = browser.sign_in(anna).open(f"/merkliste/{collection.id}")
    token = page.html.select_one("[name=csrf_token]")["value"]

    entries = {item.h2.get_text(strip=True): item for item in page.html.select("li.panel")}

    def drop(title: str, before: str) -> list[str]:
        other = entries[before]["data-entry"] if before else ""
        data = {"csrf_token": token, "vor": other}
        browser.client.post(entries[title]["data-move"], data=data)
        return titles(browser.open(page.url))

    assert drop("Vier", "Zwei") == ["Eins", "Vier", "Zwei", "Drei"]
    assert drop("Eins", "") == ["Vier", "Zwei", "Drei", "Eins"]
    assert drop("Eins", "Eins") == ["Vier", "Zwei", "Drei", "Eins"]


def test_what_others_hide_keeps_its_place_when_neighbours_move(browser):
    anna = factories.make_anna()
    examples = [factories.make_example(name) for name in ("Eins", "Verborgen", "Zwei")]
    collection = make_collection(anna, *examples)
    examples[1].withdraw()
    session.commit()
    page = browser.sign_in(anna).open(f"/merkliste/{collection.id}")

    page = press(page, "Nach oben", "Zwei")
    assert titles(page) == ["Zwei", "Eins"]
    assert titles(press(page, "Nach unten", "Zwei")) == ["Eins", "Zwei"]


def test_the_second_of_two_savers_sees_both_titles(browser):
    anna = factories.make_anna()
    collection = make_collection(anna, title="Alt")
    page = browser.sign_in(anna).open(f"/merkliste/{collection.id}/bearbeiten")
    page.submit("collection", title="Neu von mir")

    page = page.submit("collection", title="Neu vom Telefon", status=409)

    assert "Neu von mir" in page.main
    assert page.html.select_one("#title")["value"] == "Neu vom Telefon"
    assert page.submit("collection").html.h1.text.strip() == "Neu vom Telefon"


def test_a_collection_can_be_deleted_the_merkliste_not(browser):
    anna = factories.make_anna()
    named = make_collection(anna, factories.make_example())
    default = make_collection(anna, title="", default_of_id=anna.id)
    browser.sign_in(anna)

    page = browser.open(f"/merkliste/{named.id}/loeschen").submit("delete")
    browser.open(f"/merkliste/{default.id}/loeschen", 403)

    assert "gelöscht" in page.text
    assert session.scalars(select(Collection.id)).all() == [default.id]


def test_up_to_three_examples_can_be_compared_from_a_collection(browser):
    anna = factories.make_anna()
    collection = make_collection(anna, *[factories.make_example(f"B{i}") for i in range(4)])

    page = browser.sign_in(anna).open(f"/merkliste/{collection.id}")

    page.follow("Die ersten 3 Beispiele vergleichen")


def test_lists_need_a_constant_number_of_queries(browser, count_queries):
    anna = factories.make_anna()
    collection = make_collection(anna, factories.make_example(), factories.make_tool())
    browser.sign_in(anna)
    where = f"/merkliste/{collection.id}"
    browser.open(where)
    few = count_queries(lambda: browser.open(where))
    for number in range(5):
        make_collection(anna, title=f"Sammlung {number}")
        example = factories.make_example(f"Beispiel {number}")
        session.add(Entry(collection_id=collection.id, example_id=example.id, position=9))
        session.commit()

    assert few == count_queries(lambda: browser.open(where)) <= 12


# Groups


def test_members_of_a_group_keep_its_collection_together(browser, new_browser):
    anna, bernd = factories.make_anna(), factories.make_bernd()
    group = factories.make_group("Netzwerk", audience="closed", members=(anna, bernd))
    browser.sign_in(anna)
    page = browser.open("/merkliste/neu")
    page.submit("collection", title="Unsere Auswahl", group=str(group.id))
    collection = session.scalars(select(Collection)).one()
    example = factories.make_example()

    other = new_browser().sign_in(bernd)
    page = other.open(address(example)).follow("In eine Sammlung legen")
    page.submit("put", collection=str(collection.id))

    assert titles(browser.open(f"/merkliste/{collection.id}")) == [example.title]
    browser.open(f"/merkliste/{collection.id}/teilen", 403)


def test_the_audience_of_the_group_decides_who_reads(new_browser):
    anna, doris = factories.make_anna(), factories.make_doris()
    seen = {}
    for audience in ("public", "members", "closed", "hidden"):
        group = factories.make_group(audience=audience)
        where = f"/merkliste/{make_collection(group=group).id}"
        seen[audience] = (
            new_browser().client.get(where).status_code,
            new_browser().sign_in(anna).client.get(where).status_code,
            new_browser().sign_in(doris).client.get(where).status_code,
        )

    assert seen == {
        "public": (200, 200, 200),
        "members": (404, 200, 200),
        "closed": (404, 404, 404),
        "hidden": (404, 404, 404),
    }


def test_a_group_shows_its_collections_to_who_reads_the_group(new_browser):
    anna, doris = factories.make_anna(), factories.make_doris()
    seen = {}
    for audience in ("public", "members", "closed", "hidden"):
        group = factories.make_group(audience=audience, members=(anna,))
        make_collection(group=group, title="KANARIE-Auswahl")
        where = f"/gruppen/{group.slug}"
        seen[audience] = [
            "KANARIE" in visitor.client.get(where).text
            for visitor in (
                new_browser(),
                new_browser().sign_in(doris),
                new_browser().sign_in(anna),
            )
        ]

    assert seen == {
        "public": [True, True, True],
        "members": [False, True, True],
        "closed": [False, False, True],
        "hidden": [False, False, True],
    }


def test_members_begin_a_collection_on_the_page_of_their_group(browser, new_browser):
    anna = factories.make_anna()
    group = factories.make_group("Netzwerk", audience="members", members=(anna,))

    page = browser.sign_in(anna).open("/gruppen/netzwerk")
    page = page.follow("Sammlung für die Gruppe anlegen")
    page = page.submit("collection", title="Unsere Auswahl")

    assert "Sammlung der Gruppe Netzwerk" in page.main
    assert session.scalars(select(Collection)).one().group_id == group.id
    other = new_browser().sign_in(factories.make_bernd()).open("/gruppen/netzwerk")
    assert "Unsere Auswahl" in other.main
    assert "Sammlung für die Gruppe anlegen" not in other.main


def test_the_page_of_a_group_needs_the_same_queries_for_many_collections(
    browser, count_queries
):
    anna = factories.make_anna()
    group = factories.make_group("Netzwerk", members=(anna,))
    make_collection(group=group)
    browser.sign_in(anna).open("/gruppen/netzwerk")
    few = count_queries(lambda: browser.open("/gruppen/netzwerk"))
    for number in range(5):
        make_collection(None, factories.make_example(), group=group, title=f"S{number}")

    assert few == count_queries(lambda: browser.open("/gruppen/netzwerk")) <= 12


def test_entries_of_all_kinds_are_seen_by_who_may_see_them(browser, new_browser, count_queries):
    anna, bernd = factories.make_anna(), factories.make_bernd()
    group = factories.make_group("Netzwerk", audience="public", members=(anna, bernd))
    closed = factories.make_group(audience="closed", members=(anna,))
    collection = make_collection(
        anna,
        factories.make_thread("KANARIE-geschlossen", group=closed),
        factories.make_thread("Offene Frage", group=group),
        session.get(Municipality, factories.MANNHEIM),
        factories.make_example(),
        factories.make_tool(),
        group=group,
    )
    where = f"/merkliste/{collection.id}"

    assert "KANARIE" in browser.sign_in(anna).open(where).main
    for other in (new_browser(), new_browser().sign_in(bernd)):
        page = other.open(where)
        assert "KANARIE" not in page.response.text
        assert titles(page)[:2] == ["Offene Frage", "Mannheim"]
    assert count_queries(lambda: new_browser().open(where)) <= 8


PEOPLE = {
    "guest": lambda: GUEST,
    "applicant": lambda: factories.actor(factories.make_applicant()),
    "anna": lambda: factories.actor(factories.make_anna()),
    "clara": lambda: factories.actor(factories.make_clara()),
    "emil": lambda: factories.actor(factories.make_emil()),
    "frieda": lambda: factories.actor(factories.make_frieda()),
}


@pytest.mark.parametrize("person", PEOPLE)
def test_rules_and_their_sql_twins_agree(person):
    who = PEOPLE[person]()
    for audience in ("public", "members", "closed", "hidden"):
        make_collection(group=factories.make_group(audience=audience))
        mine = factories.make_group(audience=audience)
        make_collection(group=mine)
        if who.account_id:
            account = session.get(factories.Account, who.account_id)
            factories.join(mine, account)
    make_collection(factories.make_account("Andere"))
    if who.account_id:
        own = factories.save(Collection(account_id=who.account_id, title="Meine"))
        assert own.id
    archived = factories.make_group(audience="public", archived_at=clock.now())
    make_collection(group=archived)
    who = (
        factories.actor(session.get(factories.Account, who.account_id))
        if who.account_id
        else who
    )

    for rule, twin in (
        (policy.may_view, policy.visible_to),
        (policy.may_edit, policy.editable_by),
    ):
        found = set(session.scalars(select(Collection.id).where(twin(who))))
        every = session.scalars(select(Collection)).all()
        assert found == {item.id for item in every if rule(who, item)}
