"""Who may set reminders, and see Olga's: nobody."""

from tests.discussions.access import CLOSED_TO_ALL, closed
from tests.reminders.making import make_reminder

MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
UNFINISHED = (302, 403, 422, 422, 422, 422, 422, 422)
OTHERS = (302, 403, 404, 404, 404, 404, 404, 404)


def of_olga(world):
    return {"reminder_id": make_reminder(world.owner, world.thread).id}


def example(world):
    return {"example_id": world.example.id}


ACCESS = {
    ("GET", "reminders.index"): MEMBERS,
    ("GET", "reminders.remind_of_thread"): CLOSED_TO_ALL,
    ("POST", "reminders.remind_of_thread"): CLOSED_TO_ALL,
    ("GET", "reminders.remind_of_example"): MEMBERS,
    ("POST", "reminders.remind_of_example"): UNFINISHED,
    ("GET", "reminders.edit"): OTHERS,
    ("POST", "reminders.edit"): OTHERS,
    ("POST", "reminders.finish"): OTHERS,
    ("POST", "reminders.delete"): OTHERS,
}
ARGUMENTS = {
    "reminders.remind_of_thread": closed,
    "reminders.remind_of_example": example,
    "reminders.edit": of_olga,
    "reminders.finish": of_olga,
    "reminders.delete": of_olga,
}
