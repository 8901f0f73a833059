"""Staff see the table of their scope and hand over what is in their basket."""

STAFF = (302, 403, 404, 404, 200, 200, 200, 200)

ACCESS = {
    ("GET", "desks.index"): STAFF,
    ("POST", "desks.hand_over"): (302, 403, 404, 404, 409, 409, 409, 409),
}
ARGUMENTS: dict = {}
