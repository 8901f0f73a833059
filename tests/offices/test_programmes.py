"""What the members of a Land write for everybody is covered by each of its offices.

Luise works for an office of Land A with a programme; docs/adr/0004 says why.
"""

import pytest
from sqlalchemy import select

from inforo import jobs
from inforo.articles.models import Article
from inforo.authz import Scope
from inforo.db import session
from inforo.editorial import policy as editorial
from inforo.notifications.models import Notification
from inforo.offices import queries
from inforo.offices.actions import open_item
from inforo.offices.models import OfficeKind, OfficeState, WorkItem, WorkKind
from inforo.toolbox import policy as toolbox
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from tests import factories
from tests.articles.making import make_article
from tests.factories import actor
from tests.reference import BRUCHSAL, MUENSTER
from tests.reviews.things import make_draft


def make_national():
    """Make somebody of an office that works for one programme in all Länder."""
    account = factories.make_luise("BE", OfficeKind.NATIONAL)
    session.query(OfficeState).delete()
    session.commit()
    return account


def submit(new_browser, example):
    own = f"/werkzeugkiste/beitragen/{example.id}"
    new_browser().sign_in(example.author).open(own).submit("submit")


def now(example):
    return session.get(Example, example.id, populate_existing=True)


def test_office_with_a_programme_publishes_an_example_without_one(browser, new_browser):
    luise = factories.make_luise()
    example = make_draft()
    submit(new_browser, example)

    page = browser.sign_in(luise).open("/arbeitskorb/").follow(example.title)
    page.follow("Ansehen und entscheiden").submit("publish")

    assert now(example).is_published


def test_office_with_a_programme_publishes_news_without_one(browser):
    luise = factories.make_luise()
    article = make_article(state="submitted")

    page = browser.sign_in(luise).open("/redaktion/meldungen").follow(article.title)
    page.submit("publish")

    assert session.get(Article, article.id, populate_existing=True).is_readable


def test_where_a_land_has_no_kgc_its_other_office_is_told(new_browser):
    luise = factories.make_luise()
    submit(new_browser, make_draft())

    jobs.work_all()

    told = session.scalars(select(Notification.account_id)).all()
    assert told == [luise.id]


def test_where_a_land_has_a_kgc_only_that_is_told(new_browser):
    factories.make_luise()
    clara = factories.make_clara()
    submit(new_browser, make_draft())

    jobs.work_all()

    assert session.scalars(select(Notification.account_id)).all() == [clara.id]


def test_author_reads_which_office_acts(new_browser):
    factories.make_luise()
    example = make_draft()
    submit(new_browser, example)

    page = new_browser().sign_in(example.author).open(f"/werkzeugkiste/beitragen/{example.id}")

    assert "Als Nächstes: Koordinierungsstelle LKS BW" in page.main


def test_office_of_another_land_does_not_learn_of_it(browser):
    factories.make_luise("NW")
    example = factories.make_example(municipality=BRUCHSAL, state=ExampleState.SUBMITTED)
    url = f"/arbeitskorb/beispiele/{example.id}"
    open_item(WorkKind.EXAMPLE, example, title=example.title, url=url)
    session.commit()
    browser.sign_in(factories.make_luise("NW"))

    browser.open(url, status=404)
    assert example.title not in browser.open("/arbeitskorb/").main


def test_nationwide_office_of_a_programme_covers_nothing_without_one(app):
    who = actor(make_national())
    example = factories.make_example(municipality=MUENSTER, state=ExampleState.SUBMITTED)
    article = make_article(state="submitted", state_code=None)

    assert not toolbox.may_view(who, example)
    assert not editorial.may_view(who, article)
    assert not session.scalars(
        select(Article.id).where(editorial.visible_to(who, Article))
    ).all()


def test_people_and_groups_stay_with_offices_for_all_programmes(browser):
    """Personal data are no content: applications, reports and hidden fields."""
    luise = factories.make_luise()
    who = actor(luise)
    anna = factories.make_anna()
    group = factories.make_group(audience="hidden")

    assert not who.coordinates(anna)
    assert not who.coordinates(group)
    for kind in (WorkKind.APPLICATION, WorkKind.REPORT, WorkKind.QUESTION):
        factories.save(
            WorkItem(kind=kind, subject="x:1", title="Verschwiegenes", url="/", state_code="BW")
        )
    assert "Verschwiegenes" not in browser.sign_in(luise).open("/arbeitskorb/").main


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope("BW", is_shared=True), "kgc-bw"),
        (Scope("BW", "fruehe-hilfen", is_shared=True), "lks-bw"),
        (Scope("NW", is_shared=True), "lks-nw"),
        (Scope("NW", "suchtpraevention", is_shared=True), "national-be"),
        (Scope("NW"), "national-be"),
    ],
)
def test_own_office_of_a_land_comes_before_the_national_one(scope, expected):
    for state, kind in (("BW", OfficeKind.KGC), ("BE", OfficeKind.NATIONAL)):
        factories.make_office(state, kind=kind)
    for state in ("BW", "NW"):
        factories.make_office(state, kind=OfficeKind.LKS, programme_key="fruehe-hilfen")
    session.query(OfficeState).filter_by(state_code="BE").delete()
    session.commit()

    office = queries.responsible_office(queries.offices_with_states(), scope)

    assert office.key == expected
