"""Who may open which page of impact sheets; see tests/adoptions/access.py for the places."""

from tests.adoptions.access import example

ACCESS = {
    ("GET", "impacts.show"): (302, 403, 404, 404, 200, 404, 200, 200),
    ("POST", "impacts.order"): (302, 403, 404, 404, 303, 404, 303, 303),
    ("GET", "impacts.load"): (302, 403, 404, 404, 404, 404, 404, 404),
}
ARGUMENTS = {
    "impacts.show": example,
    "impacts.order": example,
    "impacts.load": lambda world: {"example_id": world.example.id, "year": 2025},
}
