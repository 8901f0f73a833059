"""Who may ask, and change what was asked: a thread of Land A by Olga."""


def opened(world):
    return {"thread_id": world.thread.id}


MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
UNFINISHED = (302, 403, 422, 422, 422, 422, 422, 422)
MODERATORS = (302, 403, 403, 403, 200, 403, 403, 200)
MODERATED = (302, 403, 403, 403, 422, 403, 403, 422)

ACCESS = {
    ("GET", "asking.mentions"): (302, 403, 404, 404, 404, 404, 404, 404),  # names no group
    ("GET", "asking.new"): MEMBERS,
    ("POST", "asking.new"): UNFINISHED,
    ("GET", "asking.edit"): MODERATORS,
    ("POST", "asking.edit"): MODERATED,
}
ARGUMENTS = {"asking.edit": opened}
