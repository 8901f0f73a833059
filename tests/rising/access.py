"""Who may ask people about an open question of Land A by Olga; nobody here was asked."""

from tests.discussions.access import opened

ACCESS = {
    ("GET", "rising.ask"): (302, 403, 403, 403, 200, 403, 403, 200),
    ("POST", "rising.ask"): (302, 403, 403, 403, 422, 403, 403, 422),
    ("POST", "rising.decline"): (302, 403, 404, 404, 404, 404, 404, 404),
}
ARGUMENTS = {"rising.ask": opened, "rising.decline": opened}
