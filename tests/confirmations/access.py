"""Who may open which page of the confirmations; see tests/test_access.py for the columns.

The example belongs to Olga of Mannheim, where Clara works too: she sees the case, but others
of her office decide.
"""

PUBLIC = (200,) * 8
NO_SUCH_LINK = (404,) * 8
CASE = (302, 403, 404, 404, 200, 404, 200, 200)
DECIDE = (302, 403, 404, 404, 403, 404, 422, 422)

ACCESS = {
    ("GET", "confirmations.answer"): NO_SUCH_LINK,
    ("POST", "confirmations.answer"): NO_SUCH_LINK,
    ("GET", "confirmations.refuse"): NO_SUCH_LINK,
    ("POST", "confirmations.refuse"): NO_SUCH_LINK,
    ("GET", "confirmations.thanks"): PUBLIC,
    ("GET", "confirmations.case"): CASE,
    ("POST", "confirmations.confirm"): DECIDE,
    ("POST", "confirmations.end"): DECIDE,
    ("POST", "confirmations.close"): (302, 403, 404, 404, 403, 404, 303, 303),
}


def case(world):
    return {"example_id": world.example.id}


ARGUMENTS = {
    "confirmations.answer": lambda world: {"secret": "guessed", "answer": "ja"},
    "confirmations.refuse": lambda world: {"secret": "guessed"},
    "confirmations.case": case,
    "confirmations.confirm": case,
    "confirmations.end": case,
    "confirmations.close": case,
}
