"""A new version of a tool waits until the office has looked at it; readers keep the old one."""

import io

from sqlalchemy import select

from inforo import clock, files
from inforo.authz import GUEST
from inforo.db import session
from inforo.exchange.making import Selection
from inforo.exchange.records import Level
from inforo.notifications.models import Notification
from inforo.offices.models import WorkItem
from inforo.revisions.jobs import announce_version
from inforo.toolbox.tool_models import Tool, ToolFile
from tests import factories
from tests.reference import BRUCHSAL


def make_tool(author=None, **values):
    author = author or factories.make_anna()
    tool = factories.make_tool(author_id=author.id, municipality_ags=BRUCHSAL, **values)
    stored = files.store_bytes(b"Alte Vorlage mit Seerosen", "vorlage.txt", owner_id=author.id)
    tool.files = [ToolFile(file=stored, number=1, published_at=tool.published_at)]
    session.commit()
    return tool


def hand_in(browser, tool, data=b"Neue Vorlage mit Lotsen", name="neu.txt", **values):
    page = browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}/neue-fassung")
    given = {"note": "Zwei Absätze zum Datenschutz", "upload": (io.BytesIO(data), name)}
    return page.submit("new-version", **(given | values))


def page_of(browser, tool):
    return browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}")


def versions(tool):
    session.expire_all()
    return {each.number: each for each in session.get_one(Tool, tool.id).files}


def basket():
    session.expire_all()
    return session.scalars(select(WorkItem).where(WorkItem.closed_at.is_(None))).all()


def test_readers_get_the_old_version_until_the_new_one_is_published(browser, new_browser):
    anna = factories.make_anna()
    tool = make_tool(anna)

    page = hand_in(browser.sign_in(anna), tool)

    assert "Fassung 2 wird geprüft" in page.main
    assert "Zwei Absätze zum Datenschutz" in page.main
    guest = new_browser()
    shown = page_of(guest, tool)
    assert "Fassung 2" not in shown.main
    assert "Datenschutz" not in shown.main
    guest.open(f"/werkzeugkiste/werkzeuge/{tool.id}/datei/2", status=404)
    guest.open(f"/werkzeugkiste/werkzeuge/{tool.id}/datei/2/vorschau", status=404)
    guest.open(f"/id/inforo:wz-{tool.id:06}.v2", status=404)
    assert browser.client.get(f"/werkzeugkiste/werkzeuge/{tool.id}/datei/2").data.startswith(
        b"Neue"
    )


def test_office_publishes_the_version_that_waits(browser, new_browser):
    anna, clara = factories.make_anna(), factories.make_clara()
    tool = make_tool(anna)
    hand_in(browser.sign_in(anna), tool)
    [item] = basket()
    assert item.title == "Neue Fassung: Mustervereinbarung"

    page = new_browser().sign_in(clara).open(item.url)
    assert "Zwei Absätze zum Datenschutz" in page.main
    page.submit("publish")

    shown = page_of(new_browser(), tool)
    assert "neu.txt" in shown.main
    assert "Zwei Absätze zum Datenschutz" in shown.main
    assert "gleich groß wie vorher" not in shown.main
    assert not basket()
    told = session.scalars(select(Notification.title).where(Notification.account_id == anna.id))
    assert "Ihre neue Fassung ist veröffentlicht: Mustervereinbarung" in list(told)


def test_declining_a_version_leaves_the_tool_public(browser, new_browser):
    anna, clara = factories.make_anna(), factories.make_clara()
    tool = make_tool(anna)
    hand_in(browser.sign_in(anna), tool)

    page = new_browser().sign_in(clara).open(f"/arbeitskorb/werkzeuge/{tool.id}")
    page.submit("send-back", reason="Auf Seite 2 steht ein Name.")

    assert "Fassung 2" not in page_of(new_browser(), tool).main
    assert "zurückgegeben" in page_of(browser, tool).main
    assert versions(tool)[2].declined_at
    told = session.scalars(select(Notification.text).where(Notification.account_id == anna.id))
    assert "Auf Seite 2 steht ein Name." in list(told)


def test_next_version_takes_the_place_of_the_one_that_waits(browser):
    anna = factories.make_anna()
    tool = make_tool(anna)
    hand_in(browser.sign_in(anna), tool)

    page = browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}/neue-fassung")
    assert "Fassung 2 wartet noch auf die Prüfung" in page.main
    hand_in(browser, tool, b"Noch neuer", note="Tippfehler")

    assert sorted(versions(tool)) == [1, 2]
    assert versions(tool)[2].note == "Tippfehler"
    assert len(basket()) == 1


def test_office_decides_about_the_version_it_has_read(browser, new_browser):
    anna, clara = factories.make_anna(), factories.make_clara()
    tool = make_tool(anna)
    hand_in(browser.sign_in(anna), tool)
    read = new_browser().sign_in(clara).open(f"/arbeitskorb/werkzeuge/{tool.id}")
    hand_in(browser, tool, b"Etwas anderes", note="Anders")

    read.submit("publish", status=409)
    read.submit("send-back", reason="Nein.", status=409)

    assert versions(tool)[2].is_pending


def test_nobody_publishes_a_version_of_their_own(browser):
    emil = factories.make_emil()
    tool = make_tool()
    hand_in(browser.sign_in(emil), tool)

    page = browser.open(f"/arbeitskorb/werkzeuge/{tool.id}")

    assert not page.has_form("publish")
    page.browser.client.post(f"/arbeitskorb/werkzeuge/{tool.id}/veroeffentlichen")
    assert versions(tool)[2].is_pending


def test_author_of_a_declined_tool_hands_in_another_file(browser, new_browser):
    anna, clara = factories.make_anna(), factories.make_clara()
    tool = factories.make_tool(author_id=anna.id, municipality_ags=BRUCHSAL, published_at=None)
    stored = files.store_bytes(b"Erste", "erste.txt", owner_id=anna.id)
    tool.files = [ToolFile(file=stored, number=1, author_id=anna.id)]
    session.commit()
    office = new_browser().sign_in(clara)
    office.open(f"/arbeitskorb/werkzeuge/{tool.id}").submit("send-back", reason="Mit Namen.")
    assert "nicht öffentlich" in browser.sign_in(anna).open("/werkzeugkiste/meine").main

    hand_in(browser, tool)
    office.open(f"/arbeitskorb/werkzeuge/{tool.id}").submit("publish")

    shown = page_of(new_browser(), tool)
    assert "neu.txt" in shown.main
    assert "erste.txt" not in shown.main


def test_form_keeps_the_file_when_the_note_is_missing(browser):
    anna = factories.make_anna()
    tool = make_tool(anna)

    page = hand_in(browser.sign_in(anna), tool, note="", status=422)

    assert "Bitte schreiben Sie in einem Satz" in page.main
    page.submit("new-version", note="Jetzt mit Satz")
    assert versions(tool)[2].file.name == "neu.txt"


def test_exports_and_citations_know_published_versions_only(browser):
    anna = factories.make_anna()
    tool = make_tool(anna)
    hand_in(browser.sign_in(anna), tool)

    lines = b"".join(Selection(GUEST, Level.PUBLIC).lines())

    assert b"vorlage.txt" in lines
    assert b"neu.txt" not in lines
    assert f"inforo:wz-{tool.id:06}.v1" in page_of(browser, tool).main


def test_office_without_a_stake_is_told_once(browser):
    clara, doris = factories.make_clara(), factories.make_doris()
    tool = make_tool()
    version = ToolFile(
        file=files.store_bytes(b"x", "x.txt", None), number=2, created_at=clock.now()
    )
    tool.files.append(version)
    session.commit()

    for _time in range(2):
        announce_version(version_id=version.id)

    told = session.scalars(select(Notification.account_id)).all()
    assert told == [clara.id]
    assert doris.id not in told


def test_others_do_not_see_the_way_to_the_form(browser):
    tool = make_tool()

    page = page_of(browser.sign_in(factories.make_bernd()), tool)

    assert "Neue Fassung hochladen" not in page.main
    browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}/neue-fassung", status=403)
