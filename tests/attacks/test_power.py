"""Nobody reaches for more power than was given."""

import pytest

from inforo.accounts.models import Account
from inforo.authz import Role
from inforo.db import session
from tests import factories


@pytest.mark.parametrize("role", [Role.ADMIN, Role.EDITOR])
def test_an_office_cannot_suspend_who_has_more_power(browser, role):
    boss = factories.make_account("Berta")
    factories.grant(boss, role)
    page = browser.sign_in(factories.make_clara()).open(f"/personen/{boss.id}")
    token = page.html.select_one("[name=csrf_token]")["value"]

    answer = browser.client.post(
        f"/personen/{boss.id}/sperren",
        data={"csrf_token": token, "suspend-reason": "Mir war danach."},
    )

    assert answer.status_code == 403
    assert not page.has_form("suspend")
    assert session.get(Account, boss.id, populate_existing=True).suspended_at is None


def test_fields_no_form_has_change_nothing(browser):
    anna = factories.make_anna()
    page = browser.sign_in(anna).open("/konto/profil")
    token = page.html.select_one("[name=csrf_token]")["value"]

    answer = browser.client.post(
        "/konto/profil",
        data={
            "csrf_token": token,
            "version": str(anna.version),
            "name": "Anna",
            "state_code": "BE",
            "municipality": "11000000",
            "municipality_ags": "11000000",
            "approved_at": "2020-01-01",
            "role": "admin",
            "email": "boese@fremd.example",
            "id": "1",
        }
        | {
            f"show_{name}": "nobody"
            for name in (
                "email",
                "phone",
                "about",
                "topics",
                "helps_with",
                "looks_for",
                "groups",
            )
        },
    )

    kept = session.get(Account, anna.id, populate_existing=True)
    assert answer.status_code == 303
    assert (kept.state_code, kept.municipality_ags) == ("BW", factories.MANNHEIM)
    assert "fremd" not in kept.email


def test_a_suspended_member_is_out_at_the_next_click(browser, new_browser):
    anna = factories.make_anna()
    browser.sign_in(anna).open("/personen/")

    page = new_browser().sign_in(factories.make_clara()).open(f"/personen/{anna.id}")
    page.submit("suspend", **{"suspend-reason": "Missbrauch"})

    assert browser.client.get("/personen/").status_code == 302


def test_a_coordinator_without_the_role_is_a_member_at_the_next_click(browser):
    clara = factories.make_clara()
    browser.sign_in(clara).open("/arbeitskorb/")
    for held in session.query(factories.RoleAssignment).filter_by(account_id=clara.id):
        session.delete(held)
    session.commit()

    assert browser.client.get("/arbeitskorb/").status_code == 404
