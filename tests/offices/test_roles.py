import pytest
from sqlalchemy import func, select

from inforo import mail
from inforo.audit import LogEntry
from inforo.authz import Role
from inforo.db import session
from inforo.errors import DomainError
from inforo.offices import role_actions
from inforo.offices.models import RoleAssignment, RoleProposal
from tests.factories import (
    actor,
    grant,
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_emil,
    make_frieda,
    make_office,
    make_profile_editor,
)
from tests.reference import MANNHEIM, MUENSTER


def roles_of(account):
    session.expire_all()
    held = select(RoleAssignment.role).where(RoleAssignment.account_id == account.id)
    return list(session.scalars(held))


def mails_to(account):
    found = select(mail.Mail).where(mail.Mail.address == account.email)
    return [message.subject for message in session.scalars(found)]


def make_second_admin():
    admin = make_account("Ferdinand")
    grant(admin, Role.ADMIN)
    return admin


def test_coordinator_gives_profile_editor_of_the_own_land(browser):
    anna = make_anna()
    browser.sign_in(make_clara())

    page = browser.open("/arbeitskorb/rollen/neu")
    page.submit("grant", email=anna.email, municipality="Bruchsal")

    assert roles_of(anna) == [Role.PROFILE_EDITOR]
    assert actor(anna).edited_municipalities == {"08215009"}
    assert mails_to(anna) == ["Neue Rolle auf inforo: Profilredaktion"]
    assert session.scalar(select(LogEntry.state_code).where(LogEntry.action == "grant")) == "BW"


def test_without_a_named_place_it_is_the_persons_own(browser):
    anna = make_anna()
    browser.sign_in(make_clara())

    browser.open("/arbeitskorb/rollen/neu").submit("grant", email=anna.email)

    assert actor(anna).edited_municipalities == {MANNHEIM}


def test_giving_a_role_twice_counts_once(browser):
    anna = make_anna()
    browser.sign_in(make_clara())
    page = browser.open("/arbeitskorb/rollen/neu")

    page.submit("grant", email=anna.email)
    page.submit("grant", email=anna.email)
    browser.open("/arbeitskorb/rollen/neu").submit("grant", email=anna.email)

    assert roles_of(anna) == [Role.PROFILE_EDITOR]
    assert len(mails_to(anna)) == 1


def test_coordinator_cannot_give_roles_in_another_land(browser):
    anna, bernd = make_anna(), make_bernd()
    browser.sign_in(make_clara())
    page = browser.open("/arbeitskorb/rollen/neu")

    foreign_place = page.submit("grant", email=anna.email, municipality="Münster", status=403)
    foreign_person = page.submit(
        "grant", email=bernd.email, municipality="Mannheim", status=422
    )
    nobody = page.submit("grant", email="niemand@stadt.example", status=422)

    assert "Berechtigung" in foreign_place.main
    hint = "In Ihrer Zuständigkeit gibt es kein freigegebenes Konto mit dieser Adresse."
    assert hint in foreign_person.main
    assert hint in nobody.main
    assert roles_of(anna) == roles_of(bernd) == []


def test_coordinator_cannot_give_staff_roles(browser):
    anna = make_anna()
    browser.sign_in(make_clara())
    page = browser.open("/arbeitskorb/rollen/neu")

    page.submit("grant", email=anna.email, role="admin", status=422)
    page.submit("grant", email=anna.email, role="coordinator", status=422)

    assert roles_of(anna) == []
    assert session.scalar(select(func.count(RoleProposal.id))) == 0


def test_nobody_gives_a_role_to_themselves(browser):
    clara = make_clara()
    browser.sign_in(clara)

    page = browser.open("/arbeitskorb/rollen/neu")
    page.submit("grant", email=clara.email, municipality="Mannheim", status=403)

    assert roles_of(clara) == [Role.COORDINATOR]


def test_a_name_that_exists_twice_is_asked_back(browser):
    make_clara()
    anna = make_anna()
    browser.sign_in(make_frieda())

    page = browser.open("/arbeitskorb/rollen/neu")
    answer = page.submit(
        "grant", email=anna.email, role="profile_editor", municipality="Atlantis", status=422
    )

    assert "Diese Kommune kennen wir nicht" in answer.main


def test_staff_role_needs_a_second_admin(browser, new_browser):
    anna, frieda, second = make_anna(), make_frieda(), make_second_admin()
    office = make_office("BW")
    browser.sign_in(frieda)

    page = browser.open("/arbeitskorb/rollen/neu").submit(
        "grant",
        email=anna.email,
        role="coordinator",
        office=str(office.id),
        reason="Nachfolge von Clara",
    )

    assert roles_of(anna) == []
    assert "Hier muss eine andere Person aus dem Betrieb zustimmen." in page.main
    assert mails_to(second) == ["Bitte prüfen: Koordination für Anna"]
    proposal = session.scalar(select(RoleProposal))
    confirm = f"/arbeitskorb/rollen/vorschlaege/{proposal.id}/bestaetigen"
    assert post(browser, page, confirm) == 403
    assert roles_of(anna) == []

    other = new_browser().sign_in(second)
    page = other.open("/arbeitskorb/rollen")
    assert "Nachfolge von Clara" in page.main
    assert post(other, page, confirm) == 303

    assert roles_of(anna) == [Role.COORDINATOR]
    assert actor(anna).coordinated_states == {"BW"}
    assert session.scalar(select(func.count(RoleProposal.id))) == 0
    assert mails_to(anna) == ["Neue Rolle auf inforo: Koordination"]


def post(browser, page, address):
    token = page.html.select_one("[name=csrf_token]")["value"]
    return browser.client.post(address, data={"csrf_token": token}).status_code


def test_nobody_confirms_a_role_for_themselves(browser):
    frieda, second = make_frieda(), make_second_admin()
    third = make_account("Felix")
    grant(third, Role.ADMIN)
    wanted = role_actions.new_role(second, Role.EDITOR)
    proposal = role_actions.propose(actor(frieda), wanted, "")
    session.commit()
    browser.sign_in(second)

    page = browser.open("/arbeitskorb/rollen")

    address = f"/arbeitskorb/rollen/vorschlaege/{proposal.id}/bestaetigen"
    assert post(browser, page, address) == 403
    assert roles_of(second) == [Role.ADMIN]


def test_proposal_of_a_former_admin_does_not_count():
    anna, frieda, second = make_anna(), make_frieda(), make_second_admin()
    proposal = role_actions.propose(actor(frieda), role_actions.new_role(anna, Role.EDITOR), "")
    frieda_role = session.scalar(
        select(RoleAssignment).where(RoleAssignment.account_id == frieda.id)
    )
    role_actions.revoke(actor(second), frieda_role)
    session.commit()

    with pytest.raises(DomainError, match="gehört nicht mehr zum Betrieb"):
        role_actions.confirm(actor(second), proposal)
    assert roles_of(anna) == []


def test_single_admin_is_sent_to_the_command_line(browser):
    anna = make_anna()
    browser.sign_in(make_frieda())

    page = browser.open("/arbeitskorb/rollen/neu")
    answer = page.submit("grant", email=anna.email, role="editor", status=409)

    assert "inforo roles grant" in answer.main
    assert roles_of(anna) == []


def test_revoked_role_ends_with_the_next_request(browser, new_browser):
    editor = make_profile_editor(MANNHEIM)
    browser.sign_in(make_clara())

    page = browser.open("/arbeitskorb/rollen").follow("Entziehen")
    page.submit("revoke", reason="Neue Stelle")

    assert roles_of(editor) == []
    assert actor(editor).edited_municipalities == frozenset()
    assert mails_to(editor) == ["Ihre Rolle auf inforo endet: Profilredaktion"]


def test_coordinator_does_not_find_roles_of_another_land(browser):
    make_profile_editor(MUENSTER, "Gerda")
    held = session.scalar(select(RoleAssignment))
    browser.sign_in(make_clara())

    page = browser.open("/arbeitskorb/rollen")

    assert "Gerda" not in page.main
    browser.open(f"/arbeitskorb/rollen/{held.id}/entziehen", status=404)


def test_coordinator_sees_colleagues_but_cannot_revoke_them(browser):
    clara = make_clara()
    colleague = make_account("Cora")
    held = grant(colleague, Role.COORDINATOR, office=make_office("BW"))
    browser.sign_in(clara)

    page = browser.open("/arbeitskorb/rollen")

    assert "Cora" in page.main
    browser.open(f"/arbeitskorb/rollen/{held.id}/entziehen", status=403)


def test_the_last_admin_stays(browser):
    frieda = make_frieda()
    suspended = make_second_admin()
    suspended.suspended_at = suspended.created_at
    held = session.scalar(select(RoleAssignment).where(RoleAssignment.account_id == frieda.id))
    session.commit()
    browser.sign_in(frieda)

    page = browser.open(f"/arbeitskorb/rollen/{held.id}/entziehen")
    answer = page.submit("revoke", reason="Urlaub", status=409)

    assert "der letzte Zugang zum Betrieb" in answer.main
    assert roles_of(frieda) == [Role.ADMIN]


def test_an_admin_may_leave_when_another_one_stays():
    frieda, second = make_frieda(), make_second_admin()
    held = session.scalar(select(RoleAssignment).where(RoleAssignment.account_id == frieda.id))

    role_actions.revoke(actor(second), held, "Wechsel")
    session.commit()

    assert roles_of(frieda) == []


def test_new_staff_sign_in_anew(browser):
    anna, frieda, second = make_anna(), make_frieda(), make_second_admin()
    browser.sign_in(anna)
    proposal = role_actions.propose(actor(frieda), role_actions.new_role(anna, Role.EDITOR), "")

    role_actions.confirm(actor(second), proposal)
    session.commit()

    assert browser.client.get("/arbeitskorb/").status_code == 302


def test_applicants_get_no_role(browser):
    applicant = make_account("Petra", approved_at=None)
    browser.sign_in(make_clara())

    page = browser.open("/arbeitskorb/rollen/neu")
    page.submit("grant", email=applicant.email, status=422)

    assert roles_of(applicant) == []


def test_editors_have_no_business_with_roles(browser):
    browser.sign_in(make_emil())

    browser.open("/arbeitskorb/rollen", status=403)


def test_list_of_roles_costs_the_same_for_many(browser, count_queries):
    browser.sign_in(make_clara())
    make_profile_editor()
    few = count_queries(lambda: browser.open("/arbeitskorb/rollen"))
    for _ in range(5):
        make_profile_editor()

    many = count_queries(lambda: browser.open("/arbeitskorb/rollen"))

    assert many == few <= 12
