from itertools import product

import pytest
from sqlalchemy import select

from inforo.authz import GUEST, Role, Scope
from inforo.db import session
from inforo.municipalities.models import Municipality
from inforo.offices import policy, queries
from inforo.offices.models import OfficeKind, OfficeState, RoleAssignment, WorkItem, WorkKind
from tests import factories
from tests.factories import actor, grant, make_account, make_office, save
from tests.reference import BRUCHSAL, MANNHEIM, MUENSTER

serial = iter(range(10_000))


def all_actors():
    lks = make_office("BW", kind=OfficeKind.LKS, programme_key="fruehe-hilfen")
    two_states = make_office("SN")
    save(OfficeState(office_id=two_states.id, state_code="TH"))
    national = make_office("BE", kind=OfficeKind.NATIONAL, programme_key="suchtpraevention")
    session.query(OfficeState).filter_by(office_id=national.id).delete()
    people = {
        "anna": factories.make_anna(),
        "applicant": factories.make_applicant(),
        "clara": factories.make_clara(),
        "doris": factories.make_doris(),
        "emil": factories.make_emil(),
        "frieda": factories.make_frieda(),
        "gustav": factories.make_profile_editor(),
    }
    for name, office in (("lks", lks), ("two", two_states), ("national", national)):
        people[name] = make_account(name)
        grant(people[name], Role.COORDINATOR, office=office)
    both = make_account("both")
    grant(both, Role.COORDINATOR, office=make_office("BW"))
    grant(both, Role.EDITOR)
    people["both"] = both
    return {"guest": GUEST} | {name: actor(account) for name, account in people.items()}


def all_items():
    offices = [None, make_office("BW").id, make_office("NW").id]
    states = ["BW", "NW", "TH", None]
    programmes = [None, "fruehe-hilfen", "suchtpraevention"]
    for kind, state, programme, office_id in product(WorkKind, states, programmes, offices):
        yield WorkItem(
            kind=kind,
            subject=f"things:{next(serial)}",
            title="Vorgang",
            url="/",
            state_code=state,
            programme_key=programme,
            office_id=office_id,
        )


def test_basket_in_sql_and_in_python_are_the_same():
    actors = all_actors()
    session.add_all(all_items())
    session.commit()
    items = list(session.scalars(select(WorkItem)))

    for name, who in actors.items():
        found = set(session.scalars(select(WorkItem.id).where(policy.basket_of(who))))
        allowed = {item.id for item in items if policy.may_work_on(who, item)}
        assert found == allowed, name


def test_roles_in_sql_and_in_python_are_the_same():
    actors = all_actors()
    for ags in (MANNHEIM, BRUCHSAL, MUENSTER):
        factories.make_profile_editor(ags)
    held = list(session.scalars(select(RoleAssignment)))

    for name, who in actors.items():
        statement = (
            select(RoleAssignment.id)
            .outerjoin(Municipality, Municipality.ags == RoleAssignment.municipality_ags)
            .where(policy.roles_of(who))
        )
        found = set(session.scalars(statement))
        allowed = {role.id for role in held if policy.may_see_role(who, role)}
        assert found == allowed, name


def test_who_may_revoke_a_role_sees_it():
    actors = all_actors()
    factories.make_profile_editor(MUENSTER)

    for who, role in product(actors.values(), session.scalars(select(RoleAssignment)).all()):
        assert policy.may_see_role(who, role) or not policy.may_revoke(who, role)


@pytest.mark.parametrize(
    ("state", "programme", "expected"),
    [
        ("BW", None, "kgc-bw"),
        ("BW", "fruehe-hilfen", "lks-bw"),
        ("BW", "suchtpraevention", "kgc-bw"),
        ("NW", "fruehe-hilfen", "kgc-nw"),
        (None, "fruehe-hilfen", "national-be"),
        ("SL", None, "national-be"),
    ],
)
def test_the_nearest_office_is_responsible(state, programme, expected):
    make_office("BW")
    make_office("NW")
    make_office("BW", kind=OfficeKind.LKS, programme_key="fruehe-hilfen")
    national = make_office("BE", kind=OfficeKind.NATIONAL)
    session.query(OfficeState).filter_by(office_id=national.id).delete()
    session.commit()

    office = queries.responsible_office(queries.offices_with_states(), Scope(state, programme))

    assert office.key == expected
