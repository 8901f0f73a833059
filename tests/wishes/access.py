"""Who may say what they want to hear of."""

MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
SENT = (302, 403, 303, 303, 303, 303, 303, 303)

ACCESS = {
    ("GET", "wishes.index"): MEMBERS,
    ("POST", "wishes.edit"): SENT,
    ("POST", "wishes.follow_topic"): SENT,
}
ARGUMENTS = {"wishes.follow_topic": lambda _world: {"key": "bewegung"}}
