"""Who may look up what became of mails: one's own, and staff those of a thread in scope."""


def opened(world):
    return {"thread_id": world.thread.id}


OWN = (302, 200, 200, 200, 200, 200, 200, 200)

ACCESS = {
    ("GET", "mailings.index"): OWN,
    ("GET", "mailings.show"): (302, 403, 404, 404, 200, 403, 403, 200),
    ("POST", "mailings.look_up"): (302, 403, 404, 404, 422, 403, 403, 422),
}
ARGUMENTS = {"mailings.show": opened, "mailings.look_up": opened}
