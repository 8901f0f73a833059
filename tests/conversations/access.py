"""A conversation of Olga and Otto is there for nobody else, a report of it for admins."""

from tests.conversations.making import first_message, make_conversation, report
from tests.factories import make_account


def theirs(world):
    made = make_conversation(world.owner, make_account("Otto"), make_account("Ole"))
    return {"conversation_id": made.id}


def their_message(world):
    made = make_conversation(world.owner, make_account("Otto"))
    return {"message_id": first_message(made).id}


def reported(world):
    otto = make_account("Otto")
    made = make_conversation(world.owner, otto)
    return {"report_id": report(otto, first_message(made)).id}


NOBODY = (302, 403, 404, 404, 404, 404, 404, 404)
ACCESS = {
    ("GET", "conversations.index"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("GET", "conversations.new"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("POST", "conversations.new"): (302, 403, 422, 422, 422, 422, 422, 422),
    ("GET", "conversations.show"): NOBODY,
    ("GET", "conversations.news"): NOBODY,
    ("POST", "conversations.reply"): NOBODY,
    ("POST", "conversations.mute"): NOBODY,
    ("POST", "conversations.archive"): NOBODY,
    ("GET", "conversations.clear"): NOBODY,
    ("POST", "conversations.clear"): NOBODY,
    ("GET", "conversations.leave"): NOBODY,
    ("POST", "conversations.leave"): NOBODY,
    ("GET", "conversations.report"): NOBODY,
    ("POST", "conversations.report"): NOBODY,
    ("GET", "conversations.review"): (302, 403, 404, 404, 404, 404, 404, 200),
    ("POST", "conversations.review"): (302, 403, 404, 404, 404, 404, 404, 422),
}
ARGUMENTS = {
    "conversations.show": theirs,
    "conversations.news": theirs,
    "conversations.reply": theirs,
    "conversations.mute": theirs,
    "conversations.archive": theirs,
    "conversations.clear": theirs,
    "conversations.leave": theirs,
    "conversations.report": their_message,
    "conversations.review": reported,
}
