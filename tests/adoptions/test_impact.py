"""The yearly sheet: who may read it, when it is made, what it counts."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from inforo import clock, jobs, pdf
from inforo.adoptions.jobs import order_sheets, order_year
from inforo.adoptions.models import ImpactSheet
from inforo.db import session
from inforo.notifications.models import Notification
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from tests import factories
from tests.adoptions.making import make_adoption
from tests.pdf_checks import check
from tests.reference import HERNE, MUENSTER


def sheets() -> list[ImpactSheet]:
    return list(session.scalars(select(ImpactSheet).order_by(ImpactSheet.id)))


def make_adopted(**values):
    example = factories.make_example(**values)
    make_adoption(example, MUENSTER, adapted="Besuch erst ab dem zweiten Kind")
    make_adoption(example, HERNE, stage="interessiert", adapted="KANARIE")
    return example


def test_author_sees_the_numbers_and_orders_a_file(browser):
    example = make_adopted()
    browser.sign_in(example.author)
    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}").follow("Wirkungsblatt")
    assert "Kommunen, die das auch machen 2" in page.main
    assert "Nordrhein-Westfalen" in page.main

    page = page.submit("order")
    assert "wird gerade erstellt" in page.main
    jobs.work_all()

    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}/wirkung")
    link = page.html.find("a", string=f"Wirkungsblatt {clock.today().year} (PDF)")["href"]
    answer = browser.client.get(link)
    assert answer.headers["Cache-Control"] == "private, no-store"
    words = check(answer.data).text
    assert "Besuch erst ab dem zweiten Kind" in words
    assert "KANARIE" not in words
    told = session.scalars(select(Notification)).one()
    assert told.url == f"/werkzeugkiste/beispiele/{example.id}/wirkung"


def test_sheet_is_hidden_from_everybody_else(browser, new_browser):
    example = make_adopted()
    session.add(ImpactSheet(example_id=example.id, year=2025))
    session.commit()
    urls = [f"/werkzeugkiste/beispiele/{example.id}/wirkung{end}" for end in ("", "/2025.pdf")]

    bernd = new_browser().sign_in(factories.make_bernd())
    for url in urls:
        assert browser.client.get(url).status_code == 302
        bernd.open(url, status=404)
    office = new_browser().sign_in(factories.make_clara())
    office.open(urls[0])
    office.open(urls[1], status=404)  # not made yet


def test_rights_are_asked_again_at_the_download(browser):
    example = make_adopted()
    author = example.author
    browser.sign_in(author).open(f"/werkzeugkiste/beispiele/{example.id}/wirkung").submit(
        "order"
    )
    jobs.work_all()
    url = f"/werkzeugkiste/beispiele/{example.id}/wirkung/{clock.today().year}.pdf"
    assert browser.client.get(url).status_code == 200

    session.get(Example, example.id).author_id = factories.make_account("Nachfolge").id
    session.commit()

    assert browser.client.get(url).status_code == 404


def test_january_makes_one_sheet_for_each_published_example_with_authors():
    year = clock.today().year
    old = clock.now() - timedelta(days=30)
    wanted = make_adopted(published_at=old)
    factories.make_example("Ohne Autorin", published_at=old).author = None
    factories.make_example("Entwurf", state=ExampleState.DRAFT)
    factories.make_example("Zu neu", published_at=datetime(year + 1, 1, 2, tzinfo=UTC))
    session.commit()

    assert order_year(year) == 1
    assert order_year(year) == 0
    jobs.work_all()
    jobs.work_all()

    [sheet] = sheets()
    assert (sheet.example_id, sheet.year, sheet.figures["adoptions"]) == (wanted.id, year, 2)
    assert sheet.file.name.endswith(".pdf")
    assert len(session.scalars(select(Notification)).all()) == 1


def test_sweep_orders_the_past_year():
    make_adopted(published_at=clock.now() - timedelta(days=800))

    order_sheets()

    assert [sheet.year for sheet in sheets()] == [clock.today().year - 1]


def test_withdrawn_example_gets_no_sheet():
    example = make_adopted()
    order_year(clock.today().year)
    example.withdraw()
    session.commit()

    jobs.work_all()

    assert [sheet.file_id for sheet in sheets()] == [None]
    assert session.scalars(select(Notification)).all() == []


def test_new_downloads_are_counted_since_the_last_sheet(browser):
    example = make_adopted()
    year = clock.today().year
    session.add(ImpactSheet(example_id=example.id, year=year - 1, figures={"downloads": 0}))
    session.commit()
    browser.sign_in(example.author)

    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}/wirkung")

    assert "davon seit dem letzten Blatt 0" in page.main


def test_installation_without_pdf_says_so(browser, monkeypatch):
    example = make_adopted()
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    browser.sign_in(example.author)
    url = f"/werkzeugkiste/beispiele/{example.id}/wirkung"
    browser.open(url).submit("order")
    jobs.work_all()

    assert "kann keine PDF-Dateien erstellen" in browser.open(url).main


@pytest.mark.parametrize("year", ["0", "99999999", str(2**62)])
def test_odd_years_are_not_there(browser, year):
    example = make_adopted()
    browser.sign_in(example.author)

    browser.open(f"/werkzeugkiste/beispiele/{example.id}/wirkung/{year}.pdf", status=404)
