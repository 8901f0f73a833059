"""Who may see what waits for them, and settle a mention of Olga's: nobody."""

from inforo.notifications.models import Event
from tests.notifications.test_notifications import make_notification


def mention_of_olga(world):
    told = make_notification(world.owner)
    told.event = Event.MENTION
    return {"notification_id": told.id}


ACCESS = {
    ("GET", "agenda.index"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("POST", "agenda.settle"): (302, 403, 404, 404, 404, 404, 404, 404),
}
ARGUMENTS = {"agenda.settle": mention_of_olga}
