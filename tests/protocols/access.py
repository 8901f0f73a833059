"""Everybody reads the public figures, staff take along the log of their scope."""

EVERYBODY = (200, 200, 200, 200, 200, 200, 200, 200)
STAFF = (302, 403, 404, 404, 200, 200, 200, 200)

ACCESS = {
    ("GET", "protocols.show"): EVERYBODY,
    ("GET", "protocols.log"): STAFF,
}
ARGUMENTS: dict = {}
