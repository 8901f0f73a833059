"""Who may open which page of an example's authors; the draft belongs to Olga alone."""

DRAFT = (302, 403, 404, 404, 404, 404, 404, 404)

ACCESS = {
    ("GET", "coauthors.show"): DRAFT,
    ("POST", "coauthors.invite"): DRAFT,
    ("POST", "coauthors.remove"): DRAFT,
    ("POST", "coauthors.leave"): DRAFT,
    ("POST", "coauthors.hand_over"): DRAFT,
}


def draft(world):
    return {"example_id": world.draft.id}


ARGUMENTS = {
    "coauthors.show": draft,
    "coauthors.invite": draft,
    "coauthors.leave": draft,
    "coauthors.remove": lambda world: draft(world) | {"author_id": 1},
    "coauthors.hand_over": lambda world: draft(world) | {"author_id": 1},
}
