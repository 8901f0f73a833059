"""Who may open which page of notifications: one of Olga's, and her unsubscribe link."""

from inforo.notifications.models import Event
from inforo.notifications.queries import unsubscribe_token
from tests.notifications.test_notifications import make_notification


def one_of_olga(world):
    return {"notification_id": make_notification(world.owner).id}


def token_of_olga(world):
    return {"token": unsubscribe_token(world.owner.id, Event.ANSWER)}


OWN = (302, 200, 200, 200, 200, 200, 200, 200)
OTHERS = (302, 404, 404, 404, 404, 404, 404, 404)
SENT = (302, 303, 303, 303, 303, 303, 303, 303)
INCOMPLETE = (302, 422, 422, 422, 422, 422, 422, 422)
EVERYBODY = (200,) * 8

ACCESS = {
    ("GET", "notifications.index"): OWN,
    ("GET", "notifications.show"): OTHERS,
    ("POST", "notifications.mark_read"): OTHERS,
    ("POST", "notifications.mark_all_read"): SENT,
    ("GET", "notifications.edit"): OWN,
    ("POST", "notifications.edit"): INCOMPLETE,
    ("GET", "notifications.unsubscribe"): EVERYBODY,
    ("POST", "notifications.unsubscribe"): EVERYBODY,
}
ARGUMENTS = {
    "notifications.show": one_of_olga,
    "notifications.mark_read": one_of_olga,
    "notifications.unsubscribe": token_of_olga,
}
