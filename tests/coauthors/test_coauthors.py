"""Several people write one example: who may what, and who can never decide about it."""

import pytest
from sqlalchemy import select

from inforo.contributions import policy as contributions
from inforo.db import session
from inforo.notifications.models import Notification
from inforo.toolbox import policy
from inforo.toolbox.example_parts import ExampleAuthor, ExampleCapture
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from tests import factories
from tests.reference import BRUCHSAL


def write_together(example, account):
    return factories.save(ExampleAuthor(example_id=example.id, account_id=account.id))


def capture(account):
    return ExampleCapture(account_id=account.id, name="Ida", email="ida@stadt.example")


def reload(example):
    return session.get(Example, example.id, populate_existing=True)


@pytest.fixture
def draft():
    return factories.make_example(author=factories.make_anna(), state=ExampleState.DRAFT)


def page_of(example):
    return f"/werkzeugkiste/beitragen/{example.id}/mitschreibende"


def test_colleague_is_found_by_name_invited_and_told(browser, new_browser, draft):
    lena = factories.make_account("Lena Lind")
    browser.sign_in(draft.author)

    page = browser.open(page_of(draft)).submit("find", name="lena")
    page = page.submit(f"invite-{lena.id}")

    assert "Lena Lind" in page.main
    told = session.scalars(select(Notification)).one()
    assert (told.account_id, told.url) == (lena.id, f"/werkzeugkiste/beitragen/{draft.id}")
    other = new_browser().sign_in(lena)
    assert draft.title in other.open("/werkzeugkiste/meine").main
    other.open(f"/werkzeugkiste/beitragen/{draft.id}/ausgangslage").submit(
        "edit", problem="Von Lena geschrieben"
    )
    assert "Lena Lind" in other.open(f"/werkzeugkiste/beispiele/{draft.id}/verlauf").main


def test_co_author_may_submit(browser):
    ida = factories.make_account("Ida", municipality=BRUCHSAL)
    draft = factories.make_example(
        author=ida, municipality=BRUCHSAL, state=ExampleState.DRAFT, contact_name="Ida"
    )
    lena = factories.make_account("Lena")
    write_together(draft, lena)

    browser.sign_in(lena).open(f"/werkzeugkiste/beitragen/{draft.id}").submit("submit")

    assert reload(draft).state is ExampleState.SUBMITTED


def test_inviting_twice_is_refused_in_words(browser, draft):
    lena = factories.make_account("Lena")
    browser.sign_in(draft.author)
    page = browser.open(page_of(draft) + "?name=lena")

    page.submit(f"invite-{lena.id}")
    page = page.submit(f"invite-{lena.id}", status=409)

    assert "schreibt schon mit" in page.main


def test_only_who_answers_for_it_removes_others(browser, new_browser, draft):
    lena, mara = factories.make_account("Lena"), factories.make_account("Mara")
    write_together(draft, lena)
    author = write_together(draft, mara)

    page = browser.sign_in(lena).open(page_of(draft))
    assert not page.has_form(f"remove-{mara.id}")
    token = page.html.select_one("[name=csrf_token]")["value"]
    refused = browser.client.post(
        f"{page_of(draft)}/{author.id}/entfernen", data={"csrf_token": token}
    )
    assert refused.status_code == 403
    new_browser().sign_in(draft.author).open(page_of(draft)).submit(f"remove-{mara.id}")

    assert [one.account_id for one in reload(draft).co_authors] == [lena.id]
    other = new_browser().sign_in(mara)
    other.open(f"/werkzeugkiste/beitragen/{draft.id}", status=404)


def test_last_author_cannot_leave(browser, draft):
    page = browser.sign_in(draft.author).open(page_of(draft))

    assert not page.has_form("leave")
    token = page.html.select_one("[name=csrf_token]")["value"]
    refused = browser.client.post(f"{page_of(draft)}/verlassen", data={"csrf_token": token})

    assert refused.status_code == 409
    assert "letzte Person" in refused.text


def test_who_leaves_hands_the_example_to_the_next(browser, draft):
    lena = factories.make_account("Lena")
    write_together(draft, lena)

    browser.sign_in(draft.author).open(page_of(draft)).submit("leave")

    example = reload(draft)
    assert (example.author_id, example.co_authors) == (lena.id, [])
    browser.open(f"/werkzeugkiste/beitragen/{draft.id}", status=404)


def test_handing_over_keeps_both_as_authors(browser, draft):
    anna, lena = draft.author, factories.make_account("Lena")
    write_together(draft, lena)

    browser.sign_in(anna).open(page_of(draft)).submit(f"hand-over-{lena.id}")

    example = reload(draft)
    assert example.author_id == lena.id
    assert [one.account_id for one in example.co_authors] == [anna.id]


def test_co_author_on_the_staff_may_not_decide():
    clara = factories.make_clara()
    example = factories.make_example(municipality=BRUCHSAL, state=ExampleState.SUBMITTED)
    assert contributions.may_review(factories.actor(clara), example)

    write_together(example, clara)

    session.refresh(example)
    assert policy.has_own_interest(factories.actor(clara), example)
    assert not contributions.may_review(factories.actor(clara), example)


def test_rule_and_query_agree_about_every_state_and_person():
    lena, clara, doris = (
        factories.make_account("Lena"),
        factories.make_clara(),
        factories.make_doris(),
    )
    people = [lena, clara, doris, factories.make_emil(), factories.make_frieda()]
    for state in ExampleState:
        factories.make_example(state=state)
        write_together(factories.make_example(state=state), lena)
        for coordinator in (clara, doris):
            factories.make_example(state=state, capture=capture(coordinator))

    for account in [*people, factories.make_applicant()]:
        actor = factories.actor(account)
        seen = set(session.scalars(select(Example.id).where(policy.visible_to(actor))))
        allowed = {
            example.id
            for example in session.scalars(select(Example))
            if policy.may_view(actor, example)
        }
        assert seen == allowed, account.name


def test_page_of_the_authors_takes_as_many_queries_for_many(browser, count_queries, draft):
    write_together(draft, factories.make_account("Lena 0", municipality=BRUCHSAL))
    factories.make_account("Lena gefunden 0")
    browser.sign_in(draft.author)
    urls = (page_of(draft), f"{page_of(draft)}?name=gefunden")
    few = [count_queries(lambda url=url: browser.open(url)) for url in urls]
    for number in range(1, 6):
        write_together(draft, factories.make_account(f"Lena {number}", municipality=BRUCHSAL))
        factories.make_account(f"Lena gefunden {number}")

    many = [count_queries(lambda url=url: browser.open(url)) for url in urls]

    assert many == few
    assert max(few) <= 12
