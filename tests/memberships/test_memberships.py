"""Belonging to a group: joining, asking, inviting, leading, leaving."""

from datetime import timedelta

from sqlalchemy import select

from inforo.audit import LogEntry
from inforo.clock import now
from inforo.db import session
from inforo.groups.models import GroupRole, JoinRequest, Membership
from inforo.notifications.models import Notification
from tests import factories
from tests.factories import (
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_group,
)
from tests.memberships.asking import is_in, press, told


def test_office_joins_visibly_and_the_managers_hear_of_it(browser):
    olga = make_account("Olga")
    group = make_group(audience="closed", managers=(olga,))
    clara = make_clara()
    page = browser.sign_in(clara).open(f"/gruppen/{group.slug}")

    press(page, f"/gruppen/{group.slug}/sichtbar-beitreten")

    assert is_in(clara, group)
    assert told(olga) == ["Clara ist Ihrer Gruppe beigetreten"]
    assert session.scalar(select(LogEntry).where(LogEntry.action == "join_visibly"))


def test_member_joins_an_open_group_and_leaves_it(browser):
    anna, group = make_anna(), make_group(managers=(make_account("Olga"),))
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}")

    page.submit("join")
    assert is_in(anna, group)

    press(browser.open(f"/gruppen/{group.slug}"), f"/gruppen/{group.slug}/austreten")
    assert not is_in(anna, group)


def test_request_is_decided_by_the_manager(browser, new_browser):
    anna, olga = make_anna(), make_account("Olga")
    group = make_group(
        "Runde", audience="closed", admission="request", managers=(olga,), welcome="Schön!"
    )
    url = f"/gruppen/{group.slug}"

    page = browser.sign_in(anna).open(url).submit("request", message="Ich arbeite dazu.")
    assert "liegt bei der Gruppenleitung" in page.main
    assert told(olga) == ["Anna möchte in die Gruppe „Runde“"]
    request = session.scalar(select(JoinRequest))
    members = new_browser().sign_in(olga).open(f"{url}/mitglieder")
    assert "Ich arbeite dazu." in members.main
    press(members, f"{url}/anfragen/{request.id}", decision="accept")

    assert is_in(anna, group)
    assert told(anna) == ["Willkommen in der Gruppe „Runde“"]


def test_request_sent_twice_is_there_once(browser):
    group = make_group(admission="request", managers=(make_account("Olga"),))
    page = browser.sign_in(make_anna()).open(f"/gruppen/{group.slug}")

    page.submit("request", message="Bitte")
    page.submit("request", message="Bitte")

    assert len(session.scalars(select(JoinRequest)).all()) == 1


def test_invited_member_finds_accepts_and_reads_a_hidden_group(browser, new_browser):
    anna, olga = make_anna(), make_account("Olga")
    group = make_group("Still", audience="hidden", admission="invite", managers=(olga,))
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}/einladen")

    page = page.submit("invite", button="person_search", person_query="anna")
    page = page.submit("invite", message="Machen Sie mit?")
    assert "Anna ist eingeladen" in page.text
    invited = new_browser().sign_in(anna)
    invited.open(f"/gruppen/{group.slug}", 404)
    invitation = session.scalar(select(JoinRequest))
    page = invited.open("/gruppen/").follow("Ansehen")
    assert "Machen Sie mit?" in page.main
    press(page, f"/gruppen/einladungen/{invitation.id}", decision="accept")

    assert invited.open(f"/gruppen/{group.slug}").html.h1.text == "Still"


def test_invitation_is_nobody_elses_business(browser):
    anna, group = make_anna(), make_group(audience="hidden")
    olga = make_account("Olga")
    invitation = factories.save(
        JoinRequest(group_id=group.id, account_id=anna.id, invited_by_id=olga.id)
    )

    browser.sign_in(make_bernd()).open(f"/gruppen/einladungen/{invitation.id}", 404)


def test_last_manager_cannot_leave(browser):
    olga = make_account("Olga")
    group = make_group(managers=(olga,))
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}")

    answer = press(page, f"/gruppen/{group.slug}/austreten")

    assert answer.status_code == 409
    assert "mindestens eine Leitung" in answer.text
    assert is_in(olga, group)


def test_office_appoints_a_manager_and_the_old_one_steps_down(browser, new_browser):
    anna, olga = make_anna(), make_account("Olga")
    group = make_group(managers=(olga,), members=(anna,))
    url = f"/gruppen/{group.slug}/mitglieder"
    page = browser.sign_in(make_clara()).open(url)

    press(page, f"{url}/{anna.id}", act="leitung")
    press(new_browser().sign_in(olga).open(url), f"{url}/{olga.id}", act="mitglied")

    roles = dict(session.execute(select(Membership.account_id, Membership.role)).all())
    assert roles == {anna.id: GroupRole.MANAGER, olga.id: GroupRole.MEMBER}


def test_welcome_greets_newcomers_on_the_page_and_by_mail(browser):
    anna = make_anna()
    group = make_group("Runde", welcome="Stellen Sie sich bitte vor.")
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}")
    assert "Stellen Sie sich bitte vor." not in page.main

    page = page.submit("join")

    assert "Stellen Sie sich bitte vor." in page.main
    told_once = session.scalars(select(Notification).where(Notification.account_id == anna.id))
    assert [each.text for each in told_once] == ["Stellen Sie sich bitte vor."]
    session.scalar(select(Membership)).joined_at = now() - timedelta(days=30)
    session.commit()
    assert "Stellen Sie sich" not in browser.open(f"/gruppen/{group.slug}").main


def test_question_of_the_group_wants_an_answer(browser, new_browser):
    anna, olga = make_anna(), make_account("Olga")
    group = make_group(
        "Runde",
        audience="closed",
        admission="request",
        managers=(olga,),
        admission_question="Wofür sind Sie zuständig?",
    )
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}")
    assert "Wofür sind Sie zuständig?" in page.main

    page = page.submit("request", message="  ", status=422)
    assert "Bitte beantworten Sie die Frage der Gruppe" in page.main
    long = "Frühe Hilfen " * 300
    page = page.submit("request", message=long, status=422)
    assert long.strip() in page.main
    page.submit("request", message="Für Frühe Hilfen.")

    members = new_browser().sign_in(olga).open(f"/gruppen/{group.slug}/mitglieder")
    assert "Wofür sind Sie zuständig?" in members.main
    assert "Für Frühe Hilfen." in members.main


def test_invitation_ends_with_the_right_of_who_invited(browser):
    anna, olga, tom = make_anna(), make_account("Olga"), make_account("Tom")
    group = make_group(audience="hidden", managers=(olga, tom))
    invitation = factories.save(
        JoinRequest(group_id=group.id, account_id=anna.id, invited_by_id=olga.id)
    )
    browser.sign_in(anna).open(f"/gruppen/einladungen/{invitation.id}")
    session.scalar(select(Membership).filter_by(account_id=olga.id)).role = GroupRole.MEMBER
    session.commit()

    browser.open(f"/gruppen/einladungen/{invitation.id}", 404)


def test_old_invitation_is_gone(browser):
    anna, olga = make_anna(), make_account("Olga")
    group = make_group("Still", audience="hidden", managers=(olga,))
    invitation = factories.save(
        JoinRequest(
            group_id=group.id,
            account_id=anna.id,
            invited_by_id=olga.id,
            created_at=now() - timedelta(days=15),
        )
    )

    browser.sign_in(anna).open(f"/gruppen/einladungen/{invitation.id}", 404)
    assert "Still" not in browser.open("/gruppen/").main


def test_page_to_invite_says_that_the_group_is_archived(browser):
    olga = make_account("Olga")
    group = make_group(managers=(olga,), archived_at=now())

    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}/einladen", 409)

    assert "Diese Gruppe ist archiviert" in page.main
    assert not page.has_form("invite")


def test_nobody_comes_into_an_archived_group(browser):
    anna, olga = make_anna(), make_account("Olga")
    group = make_group(admission="request", managers=(olga,))
    request = factories.save(JoinRequest(group_id=group.id, account_id=anna.id))
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}/mitglieder")
    group.archived_at = now()
    session.commit()

    answer = press(page, f"/gruppen/{group.slug}/anfragen/{request.id}", decision="accept")

    assert answer.status_code == 409
    assert "archiviert" in answer.text
    assert not is_in(anna, group)
