import pytest
from sqlalchemy import select

from inforo.authz import Role
from inforo.db import session
from inforo.errors import CommandFailed, DomainError
from inforo.offices.cli import cli
from inforo.offices.models import RoleAssignment
from tests.factories import actor, make_anna, make_frieda, make_office
from tests.reference import MANNHEIM


@pytest.fixture
def run(app):
    def invoke(*arguments: str) -> str:
        result = app.test_cli_runner().invoke(cli, arguments)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    return invoke


def test_operator_gives_and_takes_a_role(run):
    anna = make_anna()
    make_office("BW")

    given = run("grant", anna.email, "coordinator", "--office", "kgc-bw")

    assert given == f"{anna.email} now holds the role coordinator (kgc-bw).\n"
    assert actor(anna).coordinated_states == {"BW"}
    assert f"{anna.email}\tcoordinator (kgc-bw)" in run("list")

    taken = run("revoke", anna.email, "coordinator", "--office", "kgc-bw")

    assert taken == f"{anna.email} no longer holds the role coordinator (kgc-bw).\n"
    assert not actor(anna).is_staff


def test_operator_gives_a_profile_editor(run):
    anna = make_anna()

    run("grant", anna.email, "profile_editor", "--municipality", MANNHEIM)

    assert actor(anna).edited_municipalities == {MANNHEIM}


def test_operator_is_told_what_is_missing(run):
    anna = make_anna()

    with pytest.raises(CommandFailed, match="no account"):
        run("grant", "niemand@stadt.example", "admin")
    with pytest.raises(CommandFailed, match="no coordination office"):
        run("grant", anna.email, "coordinator", "--office", "kgc-xx")
    with pytest.raises(CommandFailed, match="does not hold"):
        run("revoke", anna.email, "editor")
    with pytest.raises(DomainError, match="fehlt die Kommune"):
        run("grant", anna.email, "profile_editor")


def test_not_even_the_operator_removes_the_last_admin(run):
    frieda = make_frieda()

    with pytest.raises(DomainError, match="letzte Zugang"):
        run("revoke", frieda.email, "admin")
    roles = session.scalars(select(RoleAssignment.role)).all()
    assert roles == [Role.ADMIN]
