"""From submitted to published: who decides, what the author learns, what stays internal."""

from sqlalchemy import select

from inforo import jobs
from inforo.authz import Role
from inforo.db import session
from inforo.mail import Mail
from inforo.notifications.models import Event, Notification
from inforo.offices.models import WorkItem
from inforo.toolbox.example_parts import ExampleStep
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState, Tier
from inforo.vocabularies.models import Term
from tests import factories
from tests.reference import BRUCHSAL, MANNHEIM


def terms(*keys):
    return list(session.scalars(select(Term).where(Term.key.in_(keys))))


def make_submitted(author=None, **values):
    """Make a complete example that was submitted through the page's action."""
    author = author or factories.make_account("Ida", municipality=BRUCHSAL)
    defaults = {
        "municipality": BRUCHSAL,
        "contact_name": "Ida",
        "terms": terms("kita-alter-3-6", "ernaehrung"),
    }
    return factories.make_example(
        author=author, state=ExampleState.SUBMITTED, **(defaults | values)
    )


def reload(example):
    return session.get(Example, example.id, populate_existing=True)


def test_submitting_tells_the_coordinators_of_the_land(browser):
    clara, doris = factories.make_clara().id, factories.make_doris().id
    ida = factories.make_account("Ida", municipality=BRUCHSAL)
    draft = factories.make_example(
        author=ida, municipality=BRUCHSAL, state=ExampleState.DRAFT, contact_name="Ida"
    )

    browser.sign_in(ida).open(f"/werkzeugkiste/beitragen/{draft.id}").submit(
        "submit", message="Bitte bald."
    )
    draft_id = draft.id
    jobs.work_all()

    told = session.scalars(select(Notification)).all()
    assert [(t.account_id, t.event) for t in told] == [(clara, Event.WORK)]
    assert told[0].url == f"/arbeitskorb/beispiele/{draft_id}"
    assert doris not in {t.account_id for t in told}


def test_missing_fields_are_named_before_submitting(browser):
    anna = factories.make_anna()
    draft = factories.make_example(author=anna, state=ExampleState.DRAFT, summary="")
    browser.sign_in(anna)

    page = browser.open(f"/werkzeugkiste/beitragen/{draft.id}")

    assert "fehlt noch: Kurz gesagt, Ansprechperson" in page.main
    assert not page.has_form("submit")


def test_reviewer_publishes_and_the_author_is_told(browser):
    example, clara = make_submitted(), factories.make_clara()

    page = browser.sign_in(clara).open(f"/arbeitskorb/beispiele/{example.id}")
    page.submit("publish")

    example = reload(example)
    assert (example.state, example.tier) == (ExampleState.PUBLISHED, Tier.PUBLISHED)
    assert example.reviewer_id == clara.id
    assert example.published_at == example.confirmed_at == example.reviewed_at
    told = session.scalars(select(Notification)).one()
    assert (told.account_id, told.event) == (example.author_id, Event.DECISION)
    assert session.scalars(select(Mail)).one().account_id == example.author_id
    guest = browser.client.application.test_client()
    assert guest.get(f"/werkzeugkiste/beispiele/{example.id}").status_code == 301


def test_publishing_closes_the_work_item(browser):
    ida = factories.make_account("Ida", municipality=BRUCHSAL)
    draft = make_submitted(ida, contact_name="Ida")
    draft.state = ExampleState.DRAFT
    session.commit()
    browser.sign_in(ida).open(f"/werkzeugkiste/beitragen/{draft.id}").submit("submit")
    browser.client.delete_cookie("sid")

    browser.sign_in(factories.make_clara()).open(f"/arbeitskorb/beispiele/{draft.id}").submit(
        "publish"
    )

    item = session.scalars(select(WorkItem)).one()
    assert item.outcome == "veröffentlicht"
    assert item.closed_at is not None


def test_only_the_version_that_was_read_is_published(browser):
    example = make_submitted()
    browser.sign_in(factories.make_clara())
    page = browser.open(f"/arbeitskorb/beispiele/{example.id}")

    example = reload(example)
    example.title = "Inzwischen anders"
    session.commit()
    page = page.submit("publish", status=409)

    assert "Der Text wurde geändert" in page.main
    assert reload(example).state is ExampleState.SUBMITTED


def test_publishing_needs_phase_and_field(browser):
    example = make_submitted(terms=[])
    browser.sign_in(factories.make_clara())

    page = browser.open(f"/arbeitskorb/beispiele/{example.id}")
    assert "fehlt noch: Altersphasen, Handlungsfelder" in page.main
    assert not page.has_form("publish")
    token = page.html.select_one("[name=csrf_token]")["value"]
    answer = browser.client.post(
        f"/arbeitskorb/beispiele/{example.id}/veroeffentlichen",
        data={"csrf_token": token, "version": example.version},
    )

    assert answer.status_code == 422
    assert reload(example).state is ExampleState.SUBMITTED


def test_reviewer_completes_the_text_and_the_history_knows_who(browser):
    example = make_submitted(terms=[])
    browser.sign_in(factories.make_clara())

    browser.open(f"/werkzeugkiste/beitragen/{example.id}/zuordnung").submit(
        "edit", age_phase=["kita-alter-3-6"], field_of_action=["bewegung"]
    )
    page = browser.open(f"/arbeitskorb/beispiele/{example.id}")
    assert page.has_form("publish")
    assert "Text ergänzt" in page.main

    assert "Clara" in browser.open(f"/werkzeugkiste/beispiele/{example.id}/verlauf").main


def test_author_answers_a_request_for_changes(browser, new_browser):
    example = make_submitted()
    clara = browser.sign_in(factories.make_clara())
    ida = new_browser().sign_in(example.author)

    clara.open(f"/arbeitskorb/beispiele/{example.id}").submit(
        "ask-changes", question="Was kostet es im Jahr?"
    )
    page = ida.open(f"/werkzeugkiste/beitragen/{example.id}")
    assert "Was kostet es im Jahr?" in page.main
    assert "Sie sind dran" in page.main
    page.follow("Kosten").submit("edit", costs_per_year="9.000")
    ida.open(f"/werkzeugkiste/beitragen/{example.id}").submit(
        "submit", message="Steht jetzt da."
    )

    page = clara.open(f"/arbeitskorb/beispiele/{example.id}")
    assert "Steht jetzt da." in page.main
    assert "9.000 €" in page.main
    item = session.scalars(select(WorkItem)).one()
    assert item.waits_for_author_since is None


def test_returning_needs_a_reason_the_author_reads(browser, new_browser):
    example = make_submitted()
    browser.sign_in(factories.make_clara())
    page = browser.open(f"/arbeitskorb/beispiele/{example.id}")

    page = page.submit("send-back", status=422)
    assert "Bitte schreiben Sie einen Satz zur Begründung." in page.main
    page.submit("send-back", reason="Das ist ein Termin.")

    assert reload(example).state is ExampleState.RETURNED
    page = new_browser().sign_in(example.author).open(f"/werkzeugkiste/beitragen/{example.id}")
    assert "Das ist ein Termin." in page.main


def test_internal_notes_never_reach_the_author(browser, new_browser):
    example = make_submitted()
    browser.sign_in(factories.make_clara())

    page = browser.open(f"/arbeitskorb/beispiele/{example.id}").submit(
        "add-note", note="KANARIE-7"
    )

    assert "KANARIE-7" in page.main
    author = new_browser().sign_in(example.author)
    for address in (
        f"/werkzeugkiste/beitragen/{example.id}",
        f"/werkzeugkiste/beispiele/{example.id}",
        f"/werkzeugkiste/beispiele/{example.id}/verlauf",
    ):
        assert "KANARIE-7" not in author.open(address).response.text
    assert session.scalars(select(Notification)).all() == []


def test_author_who_is_staff_sees_no_notes_and_may_not_decide(browser):
    clara = factories.make_clara()
    example = make_submitted(clara)
    session.add(
        ExampleStep(example_id=example.id, action="note", text="KANARIE-8", is_internal=True)
    )
    session.commit()

    page = browser.sign_in(clara).open(f"/arbeitskorb/beispiele/{example.id}")

    assert "KANARIE-8" not in page.response.text
    assert "Ihr eigener Beitrag" in page.main
    assert not page.has_form("publish")
    answer = post(
        browser, page, f"/arbeitskorb/beispiele/{example.id}/veroeffentlichen", example
    )
    assert answer.status_code == 403


def post(browser, page, address, example):
    token = page.html.select_one("[name=csrf_token]")["value"]
    data = {"csrf_token": token, "version": example.version, "reason": "x", "question": "x"}
    return browser.client.post(address, data=data)


def test_coordinator_of_the_same_municipality_may_not_decide(browser):
    clara = factories.make_clara()
    olga = factories.make_account("Olga", municipality=MANNHEIM)
    example = make_submitted(olga, municipality=MANNHEIM)
    browser.sign_in(clara)

    page = browser.open(f"/arbeitskorb/beispiele/{example.id}")
    assert "aus Ihrer eigenen Kommune" in page.main
    for verb in ("veroeffentlichen", "nachfragen", "zurueckgeben"):
        answer = post(browser, page, f"/arbeitskorb/beispiele/{example.id}/{verb}", example)
        assert answer.status_code == 403, verb

    assert reload(example).state is ExampleState.SUBMITTED


def test_other_land_sees_nothing_of_a_submitted_example(browser):
    example = make_submitted(title="KANARIE-9")
    browser.sign_in(factories.make_doris())

    for address in (
        f"/arbeitskorb/beispiele/{example.id}",
        f"/werkzeugkiste/beispiele/{example.id}",
        f"/werkzeugkiste/beispiele/{example.id}/verlauf",
        f"/werkzeugkiste/beitragen/{example.id}",
    ):
        page = browser.open(address, status=404)
        assert "KANARIE-9" not in page.response.text
    assert "KANARIE-9" not in browser.open("/werkzeugkiste/?q=kanarie").main.replace(
        "kanarie", ""
    )


def test_office_cannot_move_an_example_across_its_border(browser):
    example = make_submitted()
    browser.sign_in(factories.make_clara())
    page = browser.open(f"/werkzeugkiste/beitragen/{example.id}/grunddaten")

    page.submit("edit", status=403, places=[], municipality_query="Münster")

    session.rollback()
    assert reload(example).state_code == "BW"


def test_office_sends_nothing_it_was_handed_to_a_third_land(browser):
    example = make_submitted()
    doris = factories.make_doris()
    example.office_id = factories.make_office("NW").id
    session.commit()
    browser.sign_in(doris)
    page = browser.open(f"/werkzeugkiste/beitragen/{example.id}/grunddaten")

    page.submit("edit", status=403, places=[], municipality_query="Friedrichshain-Kreuzberg")

    session.rollback()
    assert reload(example).state_code == "BW"


def test_author_withdraws_and_submits_again(browser):
    example = make_submitted()
    browser.sign_in(example.author)
    page = browser.open(f"/werkzeugkiste/beitragen/{example.id}")

    answer = post(
        browser, page, f"/werkzeugkiste/beitragen/{example.id}/zurueckziehen", example
    )
    assert answer.status_code == 303
    assert reload(example).state is ExampleState.WITHDRAWN
    browser.open(f"/werkzeugkiste/beitragen/{example.id}").submit("submit")

    assert reload(example).state is ExampleState.SUBMITTED


def test_author_may_not_change_what_is_being_reviewed_or_published(browser):
    ida = factories.make_account("Ida", municipality=BRUCHSAL)
    browser.sign_in(ida)
    for state in (ExampleState.SUBMITTED, ExampleState.PUBLISHED):
        example = factories.make_example(author=ida, municipality=BRUCHSAL, state=state)
        browser.open(f"/werkzeugkiste/beitragen/{example.id}/ausgangslage", status=403)


def test_editor_reviews_examples_of_all_laender(browser):
    example = make_submitted()

    page = browser.sign_in(factories.make_emil()).open(f"/arbeitskorb/beispiele/{example.id}")
    page.submit("publish")

    assert reload(example).state is ExampleState.PUBLISHED


def test_role_taken_away_counts_at_the_next_request(browser):
    example, clara = make_submitted(), factories.make_clara()
    browser.sign_in(clara).open(f"/arbeitskorb/beispiele/{example.id}")

    for assignment in session.scalars(
        select(factories.RoleAssignment).where(factories.RoleAssignment.account_id == clara.id)
    ):
        assert assignment.role is Role.COORDINATOR
        session.delete(assignment)
    session.commit()

    browser.open(f"/arbeitskorb/beispiele/{example.id}", status=404)


def test_review_page_needs_a_constant_number_of_queries(browser, count_queries):
    example = make_submitted()
    browser.sign_in(factories.make_clara())
    address = f"/arbeitskorb/beispiele/{example.id}"
    browser.open(address)
    few = count_queries(lambda: browser.open(address))
    for number in range(5):
        actor = factories.make_account(f"Person {number}")
        session.add(ExampleStep(example_id=example.id, action="edited", actor_id=actor.id))
    session.commit()

    assert few == count_queries(lambda: browser.open(address))
