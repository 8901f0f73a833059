"""Who is away, and who stands in for them."""

from datetime import timedelta

from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.offices.models import Absence
from tests import factories
from tests.moderation.things import make_item


def make_pair():
    return factories.make_clara(), factories.make_coordinator("BW", "Carla")


def make_absence(account, deputy, start=0, end=3):
    today = clock.today()
    return factories.save(
        Absence(
            account_id=account.id,
            deputy_id=deputy.id,
            starts_on=today + timedelta(days=start),
            ends_on=today + timedelta(days=end),
        )
    )


def test_absence_is_noted_with_a_colleague_as_deputy(browser):
    clara, carla = make_pair()
    doris = factories.make_doris()
    page = browser.sign_in(clara).open("/konto/vertretung")
    offered = [option["value"] for option in page.html.select("#deputy option")]
    assert str(carla.id) in offered
    assert str(doris.id) not in offered

    day = clock.today().strftime("%d.%m.%Y")
    page = page.submit("absence", starts_on=day, ends_on=day, deputy=str(carla.id))

    assert "Carla" in page.main
    absence = session.scalars(select(Absence)).one()
    assert (absence.account_id, absence.deputy_id) == (clara.id, carla.id)


def test_form_explains_what_is_wrong_and_keeps_what_was_typed(browser):
    clara, carla = make_pair()
    page = browser.sign_in(clara).open("/konto/vertretung")

    page = page.submit(
        "absence", status=422, starts_on="2026-12-24", ends_on="2026-12-20", deputy=carla.id
    )
    assert "Der letzte Tag liegt vor dem ersten." in page.main
    page = page.submit("absence", status=422, starts_on="morgen")
    assert "Bitte geben Sie einen Tag an" in page.main
    assert page.html.select_one("#starts_on")["value"] == "morgen"


def test_form_sent_twice_notes_one_absence(browser):
    clara, carla = make_pair()
    page = browser.sign_in(clara).open("/konto/vertretung")
    day = clock.today().isoformat()

    for _time in range(2):
        page.submit("absence", starts_on=day, ends_on=day, deputy=str(carla.id))

    assert len(session.scalars(select(Absence)).all()) == 1


def test_own_absence_can_be_deleted_that_of_others_is_not_there(browser, new_browser):
    clara, carla = make_pair()
    absence = make_absence(clara, carla)
    page = new_browser().sign_in(carla).open("/konto/vertretung")
    assert "Sie vertreten zurzeit: Clara." in page.main
    token = page.html.select_one("[name=csrf_token]")["value"]
    url = f"/konto/vertretung/{absence.id}/loeschen"
    assert page.browser.client.post(url, data={"csrf_token": token}).status_code == 404

    page = browser.sign_in(clara).open("/konto/vertretung")
    token = page.html.select_one("[name=csrf_token]")["value"]
    browser.client.post(url, data={"csrf_token": token})

    assert session.scalars(select(Absence)).all() == []


def test_deputy_finds_and_continues_what_somebody_absent_has_taken(browser):
    clara, carla = make_pair()
    item = make_item("Vertretbar", taken_by_id=clara.id)
    make_item("Noch frei")
    browser.sign_in(carla)
    assert "in Vertretung" not in browser.open("/arbeitskorb/").main
    make_absence(clara, carla)

    page = browser.open("/arbeitskorb/?wer=vertretung")
    titles = [row.get_text(strip=True) for row in page.html.select("tbody th a")]
    assert titles == ["Vertretbar"]
    assert "Sie vertreten" in page.main
    case = page.follow("Vertretbar")
    form = next(
        form for form in case.html.select("form.action") if "uebernehmen" in form["action"]
    )
    values = {field["name"]: field["value"] for field in form.select("input[name]")}
    browser.client.post(form["action"], data=values)

    session.expire_all()
    assert session.get(type(item), item.id).taken_by_id == carla.id


def test_absence_of_yesterday_counts_no_more(browser):
    clara, carla = make_pair()
    make_absence(clara, carla, -3, -1)

    page = browser.sign_in(carla).open("/konto/vertretung")

    assert "Sie vertreten zurzeit" not in page.main
