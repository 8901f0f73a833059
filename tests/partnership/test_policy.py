"""Rules of profiles: M11 to M14 of the matrix, and SQL twins."""

import pytest

from inforo.authz import GUEST
from inforo.db import session
from inforo.municipalities.models import Municipality
from inforo.partnership import policy
from inforo.partnership.queries import profiles_visible_to
from tests import factories
from tests.partnership.making import make_profile
from tests.reference import BRUCHSAL, MANNHEIM, MUENSTER

#                        read draft, edit A1, edit A2, status
MATRIX = {
    "guest": (False, False, False, False),
    "applicant": (False, False, False, False),
    "anna": (False, False, False, False),
    "bernd": (False, False, False, False),
    "profile_editor": (True, True, False, False),
    "clara": (True, True, True, True),
    "doris": (False, False, False, False),
    "emil": (False, False, False, True),
    "frieda": (True, True, True, True),
}


def make_actor(who):
    if who == "guest":
        return GUEST
    return factories.actor(getattr(factories, f"make_{who}")())


@pytest.mark.parametrize("who", MATRIX)
def test_the_matrix_holds(who):
    actor = make_actor(who)
    draft = make_profile(MANNHEIM, published_at=None)
    published = make_profile(MUENSTER)
    other = session.get(Municipality, BRUCHSAL)

    assert policy.may_view(actor, published)
    assert MATRIX[who] == (
        policy.may_view(actor, draft),
        policy.may_edit(actor, draft.municipality),
        policy.may_edit(actor, other),
        policy.may_set_status(actor, draft.municipality),
    )


@pytest.mark.parametrize("who", MATRIX)
def test_sql_and_python_agree_on_who_sees_a_profile(who):
    actor = make_actor(who)
    profiles = [
        make_profile(MANNHEIM, published_at=None),
        make_profile(BRUCHSAL, published_at=None),
        make_profile(MUENSTER, published_at=None),
        make_profile("05916000"),
    ]

    visible = {profile.ags for profile in profiles_visible_to(actor)}

    assert visible == {p.ags for p in profiles if policy.may_view(actor, p)}


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", set(MATRIX)),
        ("members", set(MATRIX) - {"guest", "applicant"}),
        ("group", {"anna", "profile_editor", "clara", "frieda"}),
    ],
)
def test_hurdles_are_read_by_their_audience(audience, readers):
    profile = make_profile(MANNHEIM, hurdles="Zu wenig Zeit", audience=audience)
    # Emil, Frieda: without municipality; an applicant of the municipality does not count.
    found = {who for who in MATRIX if policy.may_read_hurdles(make_actor(who), profile)}

    assert found == readers
