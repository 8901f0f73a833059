"""Who may write down for others; the captured draft is Gisela's, a colleague of Clara."""

from inforo.db import session
from inforo.toolbox.example_parts import ExampleCapture
from tests import factories

STAFF = (302, 403, 404, 404, 200, 200, 200, 403)
NOT_MINE = (302, 403, 404, 404, 404, 404, 404, 404)
EVERYBODY = (200,) * 8
NO_LINK = (404,) * 8

ACCESS = {
    ("GET", "capturing.capture"): STAFF,
    ("POST", "capturing.capture"): (302, 403, 404, 404, 422, 422, 422, 403),
    ("GET", "capturing.show"): NOT_MINE,
    ("POST", "capturing.send"): NOT_MINE,
    ("POST", "capturing.withdraw"): NOT_MINE,
    ("GET", "capturing.release"): NO_LINK,
    ("POST", "capturing.release"): NO_LINK,
    ("POST", "capturing.decline"): NO_LINK,
    ("GET", "capturing.thanks"): EVERYBODY,
}


def captured(world):
    gisela = factories.make_coordinator("BW", "Gisela")
    world.draft.capture = ExampleCapture(account_id=gisela.id, name="Ida", email="i@x.example")
    session.commit()
    return {"example_id": world.draft.id}


ARGUMENTS = {
    "capturing.show": captured,
    "capturing.send": captured,
    "capturing.withdraw": lambda world: captured(world) | {"release_id": 1},
    "capturing.release": lambda world: {"secret": "geraten"},
    "capturing.decline": lambda world: {"secret": "geraten"},
}
