"""Who may propose a published example; see tests/test_access.py for the columns.

The example belongs to Olga of Mannheim, where Clara works too: others of her office decide.
"""

AUTHORS = (302, 403, 404, 404, 404, 404, 404, 404)

ACCESS = {
    ("GET", "nominations.nominate"): AUTHORS,
    ("POST", "nominations.nominate"): AUTHORS,
    ("POST", "nominations.decline"): (302, 403, 404, 404, 403, 404, 422, 422),
}


def published(world):
    return {"example_id": world.example.id}


ARGUMENTS = {"nominations.nominate": published, "nominations.decline": published}
