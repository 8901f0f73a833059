"""Who may do what with saved searches: one of Olga's, and her unsubscribe link."""

from inforo.alerts.models import Rhythm
from inforo.alerts.queries import unsubscribe_token
from tests.alerts.factories import save_search


def one_of_olga(world):
    return {"saved_id": save_search(world.owner, rhythm=Rhythm.DAILY).id}


def token_of_olga(world):
    return {"token": unsubscribe_token(save_search(world.owner))}


MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
SENT = (302, 403, 422, 422, 422, 422, 422, 422)
OTHERS = (302, 403, 404, 404, 404, 404, 404, 404)
EVERYBODY = (200,) * 8

ACCESS = {
    ("GET", "alerts.index"): MEMBERS,
    ("POST", "alerts.save"): SENT,
    ("POST", "alerts.edit"): OTHERS,
    ("POST", "alerts.delete"): OTHERS,
    ("GET", "alerts.unsubscribe"): EVERYBODY,
    ("POST", "alerts.unsubscribe"): EVERYBODY,
}
ARGUMENTS = {
    "alerts.edit": one_of_olga,
    "alerts.delete": one_of_olga,
    "alerts.unsubscribe": token_of_olga,
}
