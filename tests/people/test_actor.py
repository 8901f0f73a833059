"""What a signed-in person may do is read from the rows of this moment."""

from sqlalchemy import delete

from inforo.authz import Role, Scope
from inforo.db import session
from inforo.offices.models import OfficeKind, OfficeState
from inforo.people.queries import grants_of
from tests.factories import actor as actor_for
from tests.factories import grant, make_account, make_clara, make_office


class Content:
    def __init__(self, state_code, programme_key=None):
        self.scope = Scope(state_code, programme_key)


def test_coordinator_works_for_the_laender_of_the_office_only():
    clara = actor_for(make_clara())

    assert clara.coordinates(Content("BW"))
    assert not clara.coordinates(Content("NW"))
    assert not clara.coordinates(Content(None))


def test_an_office_without_a_land_gives_nothing():
    clara = make_clara()
    session.execute(delete(OfficeState))
    session.commit()

    assert grants_of(clara.id) == frozenset()


def test_an_office_of_one_programme_works_for_that_programme_only():
    lena = make_account("Lena")
    office = make_office("BW", kind=OfficeKind.LKS, programme_key="fruehe-hilfen")
    grant(lena, Role.COORDINATOR, office=office)

    lks = actor_for(lena)

    assert lks.coordinates(Content("BW", "fruehe-hilfen"))
    assert not lks.coordinates(Content("BW"))
    assert not lks.coordinates(Content("NW", "fruehe-hilfen"))
