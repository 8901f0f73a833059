"""Who may write to whom; blocks that nobody else notices."""

from sqlalchemy import select

from inforo import clock
from inforo.accounts.models import Account
from inforo.authz import GUEST
from inforo.contacts import actions, policy, queries
from inforo.contacts.models import Block, Circle, ContactWish
from inforo.db import session
from inforo.notifications.actions import choose
from inforo.notifications.models import Event, MailOutcome, Notification, Wish
from tests.contacts.making import make_block, make_wish
from tests.conversations.making import make_conversation
from tests.factories import (
    actor,
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_frieda,
    make_group,
)
from tests.mailings.sending import mails_to, wait_for_mails


def merged(account):
    """Return an account again after queries were counted with an empty session."""
    return session.merge(account, load=False)


def make_everybody(anna, bernd):
    """Make somebody for each case the rule knows."""
    for circle in Circle:
        make_wish(make_account(f"Hier {circle.value}"), circle)
        make_wish(
            make_account(f"Dort {circle.value}", municipality=bernd.municipality_ags), circle
        )
    friend = make_account("Freundin", municipality=None, state_code="BY")
    make_wish(friend, Circle.NEAR)
    make_group("Gemeinsam", members=(anna, bernd, friend))
    make_wish(make_clara(), Circle.NOBODY)
    for person in (anna, bernd):
        make_block(make_account("Sperrt"), person)
        make_block(person, make_account("Gesperrt"))
    make_account("Antrag", approved_at=None)
    make_account("Weg", closed_at=clock.now())
    make_account("Gesperrt", suspended_at=clock.now())


def test_rule_and_its_sql_twin_agree():
    anna, bernd = make_anna(), make_bernd()
    make_everybody(anna, bernd)
    frieda = make_frieda()
    everybody = session.scalars(select(Account)).all()
    names = {each.id: f"{each.id} {each.name}" for each in everybody}

    for who in (anna, bernd, frieda):
        me = actor(who)
        by_rule = {
            contact.account.id
            for contact in queries.contacts(me, [each.id for each in everybody]).values()
            if policy.may_write_to(me, contact)
        }
        by_sql = set(session.scalars(select(Account.id).where(policy.writable_by(me))))
        assert {names[each] for each in by_rule} == {names[each] for each in by_sql}
        assert 5 < len(by_sql) < len(everybody)
    assert not session.scalars(select(Account.id).where(policy.writable_by(GUEST))).all()


def test_member_chooses_who_may_write(browser):
    anna = make_anna()
    page = browser.sign_in(anna).open("/konto/nachrichten")
    assert page.html.select_one("[value=members]").has_attr("checked")

    page = page.submit("wish", circle="near")

    assert page.html.select_one("[value=near]").has_attr("checked")
    assert session.scalars(select(ContactWish.circle)).all() == [Circle.NEAR]


def test_choice_that_does_not_exist_is_explained(browser):
    page = browser.sign_in(make_anna()).open("/konto/nachrichten")

    page.submit("wish", circle="alle", status=422)

    assert session.scalars(select(ContactWish)).all() == []


def test_member_blocks_and_unblocks(browser, new_browser):
    anna, bernd = make_anna(), make_bernd()
    page = browser.sign_in(anna).open(f"/personen/{bernd.id}").follow("Blockieren")

    page = page.submit("block")

    assert "Bernd" in page.main
    [block] = session.scalars(select(Block))
    theirs = new_browser().sign_in(bernd).open(f"/personen/{anna.id}")
    assert "nicht für Nachrichten erreichbar" in theirs.main
    page = page.submit(f"unblock-{block.id}")
    assert session.scalars(select(Block)).all() == []
    assert "niemanden blockiert" in page.main


def test_blocking_twice_is_one_block_and_nobody_blocks_themselves(browser):
    anna, bernd = make_anna(), make_bernd()
    for _ in range(2):
        actions.block(actor(anna), bernd)
    session.commit()

    assert len(session.scalars(select(Block)).all()) == 1
    browser.sign_in(anna).open(f"/personen/{anna.id}/blockieren", 403)


def test_block_of_somebody_else_cannot_be_lifted(browser):
    block = make_block(make_anna(), make_account("Carl"))
    page = browser.sign_in(make_bernd()).open("/konto/nachrichten")
    token = page.html.select_one("[name=csrf_token]")["value"]

    answer = browser.client.post(
        f"/konto/nachrichten/blockiert/{block.id}/aufheben", data={"csrf_token": token}
    )

    assert answer.status_code == 404
    assert session.scalars(select(Block)).all()


def test_mail_that_waits_is_not_sent_after_a_block():
    anna, bernd = make_anna(), make_bernd()
    make_conversation(anna, bernd)

    actions.block(actor(bernd), anna)
    wait_for_mails()

    assert mails_to(bernd) == []
    session.expire_all()
    [told] = session.scalars(select(Notification))
    assert told.mail_outcome is MailOutcome.NO_RIGHT


def test_digest_says_nothing_of_a_blocked_person():
    anna, bernd = make_anna(), make_bernd()
    choose(bernd.id, Event.MESSAGE, Wish(in_digest=True))
    make_conversation(anna, bernd)
    told = session.scalars(select(Notification)).one()
    assert told.mail_outcome is MailOutcome.DIGEST

    actions.block(actor(bernd), anna)
    session.commit()

    session.refresh(told)
    assert told.mail_outcome is MailOutcome.NO_RIGHT


def test_list_of_blocked_people_costs_the_same_for_many(browser, count_queries):
    anna = make_anna()
    make_block(anna, make_account("Eins"))
    browser.sign_in(anna)
    few = count_queries(lambda: browser.open("/konto/nachrichten"))
    for number in range(8):
        make_block(merged(anna), make_account(f"Weitere {number}"))

    assert count_queries(lambda: browser.open("/konto/nachrichten")) == few <= 12


def test_person_page_holds_its_budget(browser, count_queries):
    address = f"/personen/{make_bernd().id}"
    browser.sign_in(make_anna())

    assert count_queries(lambda: browser.open(address)) <= 12
