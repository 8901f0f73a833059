"""Who may open which page of the contributions; see tests/test_access.py for the columns.

Draft and submitted example belong to Olga of Mannheim, where Clara works too: Clara sees
the submitted one, but may not decide about it.
"""

MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
INVALID = (302, 403, 422, 422, 422, 422, 422, 422)
DRAFT = (302, 403, 404, 404, 404, 404, 404, 403)
REVIEW = (302, 403, 404, 404, 200, 404, 200, 200)

ACCESS = {
    ("GET", "contributions.choose"): MEMBERS,
    ("GET", "contributions.new"): MEMBERS,
    ("POST", "contributions.new"): INVALID,
    ("GET", "contributions.mine"): MEMBERS,
    ("POST", "contributions.begin"): (302, 403, 303, 303, 303, 303, 303, 303),
    ("GET", "contributions.show"): REVIEW,
    ("POST", "contributions.submit"): DRAFT,
    ("POST", "contributions.withdraw"): DRAFT,
    ("POST", "contributions.delete"): DRAFT,
    ("GET", "contributions.new_tool"): MEMBERS,
    ("POST", "contributions.new_tool"): INVALID,
}


def submitted(world):
    return {"example_id": world.submitted.id}


def draft(world):
    return {"example_id": world.draft.id}


ARGUMENTS = {
    "contributions.show": submitted,
    "contributions.submit": draft,
    "contributions.withdraw": draft,
    "contributions.delete": draft,
}
