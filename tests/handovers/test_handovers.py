"""Handing over a group: asked, accepted or declined, and logged."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.audit import LogEntry
from inforo.db import session
from inforo.groups.models import GroupRole, Membership
from inforo.handovers.models import Answer, Handover
from tests import factories
from tests.factories import make_account, make_anna, make_bernd, make_group
from tests.memberships.asking import press, told


@pytest.fixture
def olga():
    return make_account("Olga")


@pytest.fixture
def anna():
    return make_anna()


@pytest.fixture
def group(olga, anna):
    return make_group("Runde", audience="closed", managers=(olga,), members=(anna,))


def roles_in(group):
    statement = select(Membership.account_id, Membership.role).filter_by(group_id=group.id)
    return dict(session.execute(statement).all())


def offer(browser, group, who, to, **typed):
    page = browser.sign_in(who).open(f"/gruppen/{group.slug}/mitglieder")
    link = f"/gruppen/{group.slug}/leitung-anbieten/{to.id}"
    assert page.html.find("a", href=link)
    return browser.open(link).submit("offer", **typed)


def only_offer():
    return session.scalar(select(Handover).order_by(Handover.id.desc()))


def test_manager_hands_over_and_stays_a_member(browser, new_browser, olga, anna, group):
    page = offer(browser, group, olga, anna, message="Ich wechsle die Stelle.")
    assert "Angebotene Leitung" in page.main
    assert roles_in(group)[anna.id] is GroupRole.MEMBER
    assert told(anna) == ["Olga bittet Sie, die Gruppe „Runde“ zu leiten"]

    taker = new_browser().sign_in(anna)
    assert "zu leiten" in taker.open("/gruppen/").main
    where = f"/gruppen/uebergaben/{only_offer().id}"
    page = taker.open(where)
    assert "Ich wechsle die Stelle." in page.main
    press(page, where, decision="accept")

    assert roles_in(group) == {olga.id: GroupRole.MEMBER, anna.id: GroupRole.MANAGER}
    assert told(olga) == ["Anna leitet jetzt die Gruppe „Runde“"]
    logged = set(session.scalars(select(LogEntry.action)))
    assert {"offer_handover", "accept_handover"} <= logged
    taker.open(where, 404)


def test_two_lead_when_the_giver_stays(browser, new_browser, olga, anna, group):
    offer(browser, group, olga, anna, stays="y")
    where = f"/gruppen/uebergaben/{only_offer().id}"

    press(new_browser().sign_in(anna).open(where), where, decision="accept")

    assert set(roles_in(group).values()) == {GroupRole.MANAGER}


def test_declined_offer_changes_nothing(browser, new_browser, olga, anna, group):
    offer(browser, group, olga, anna)
    where = f"/gruppen/uebergaben/{only_offer().id}"

    press(new_browser().sign_in(anna).open(where), where, decision="decline")

    assert roles_in(group)[olga.id] is GroupRole.MANAGER
    assert session.scalar(select(Handover.answer)) is Answer.DECLINED
    assert told(olga) == ["Anna möchte die Gruppe „Runde“ nicht leiten"]


def test_withdrawn_offer_is_gone(browser, new_browser, olga, anna, group):
    page = offer(browser, group, olga, anna)
    where = f"/gruppen/uebergaben/{only_offer().id}"

    press(page, where, decision="withdraw")

    new_browser().sign_in(anna).open(where, 404)


def test_newer_offer_takes_the_place_of_the_older(browser, new_browser, olga, anna, group):
    offer(browser, group, olga, anna)
    older = only_offer().id
    offer(new_browser(), group, olga, anna)

    taker = new_browser().sign_in(anna)
    taker.open(f"/gruppen/uebergaben/{older}", 404)
    taker.open(f"/gruppen/uebergaben/{only_offer().id}")


@pytest.mark.parametrize("end", ["giver resigned", "taker left", "archived", "old"])
def test_offer_falls_with_what_it_stands_on(browser, new_browser, olga, anna, group, end):
    tom = make_account("Tom")
    factories.join(group, tom, GroupRole.MANAGER)
    offer(browser, group, olga, anna)
    where = f"/gruppen/uebergaben/{only_offer().id}"
    if end == "giver resigned":
        session.scalar(select(Membership).filter_by(account_id=olga.id)).role = GroupRole.MEMBER
    elif end == "taker left":
        session.delete(session.scalar(select(Membership).filter_by(account_id=anna.id)))
    elif end == "archived":
        group.archived_at = clock.now()
    else:
        only_offer().created_at = clock.now() - timedelta(days=15)
    session.commit()

    taker = new_browser().sign_in(anna)
    taker.open(where, 404)
    assert "zu leiten" not in taker.open("/gruppen/").main


def test_offer_is_nobody_elses_business(browser, new_browser, olga, anna, group):
    offer(browser, group, olga, anna)
    bernd = make_bernd()
    factories.join(group, bernd)
    stranger = new_browser().sign_in(bernd)

    stranger.open(f"/gruppen/uebergaben/{only_offer().id}", 404)
    stranger.open(f"/gruppen/{group.slug}/leitung-anbieten/{anna.id}", 403)
    assert "Angebotene" not in stranger.open(f"/gruppen/{group.slug}/mitglieder").main


def test_who_leads_already_is_not_asked(browser, olga, anna, group):
    session.scalar(select(Membership).filter_by(account_id=anna.id)).role = GroupRole.MANAGER
    session.commit()
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}/leitung-anbieten/{anna.id}")

    page = page.submit("offer", message="Bitte", status=409)

    assert "leitet die Gruppe schon" in page.main
