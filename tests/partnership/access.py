"""Who may open which route of this slice, see tests/test_access.py. Everything is in Land A."""

from tests.reference import MANNHEIM

#             guest applicant anna bernd clara doris emil frieda
EVERYBODY = (200,) * 8
KEEPERS = (302, 403, 403, 403, 200, 403, 403, 200)
STATUS = (302, 403, 403, 403, 200, 403, 200, 200)
STATUS_SENT = (302, 403, 403, 403, 422, 403, 422, 422)
PROFILE_SENT = (302, 403, 403, 403, 422, 403, 403, 422)
NO_DRAFT = (302, 403, 404, 404, 404, 404, 404, 404)

ACCESS = {
    ("GET", "partnership.directory"): EVERYBODY,
    ("GET", "partnership.states"): EVERYBODY,
    ("GET", "partnership.state"): EVERYBODY,
    ("GET", "partnership.show"): (301,) * 8,  # the bare key leads to the page, for everybody
    ("GET", "partnership.draft"): NO_DRAFT,
    ("GET", "partnership.edit"): KEEPERS,
    ("POST", "partnership.edit"): PROFILE_SENT,
    ("GET", "partnership.history"): NO_DRAFT,
    ("POST", "partnership.confirm"): NO_DRAFT,
    ("GET", "partnership.status"): STATUS,
    ("POST", "partnership.status"): STATUS_SENT,
}
PLACE = {"ags": MANNHEIM}
ARGUMENTS = {
    "partnership.state": lambda world: {"code": "BW"},
    "partnership.show": lambda world: PLACE,
    "partnership.draft": lambda world: PLACE,
    "partnership.edit": lambda world: PLACE,
    "partnership.history": lambda world: PLACE,
    "partnership.confirm": lambda world: PLACE,
    "partnership.status": lambda world: PLACE,
}
