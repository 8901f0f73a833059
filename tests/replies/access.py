"""Help is for everybody, bounces are for admins."""

EVERYBODY = (200,) * 8

ACCESS = {
    ("GET", "replies.help_page"): EVERYBODY,
    ("GET", "replies.bounced"): (302, 403, 404, 404, 403, 403, 403, 200),
    ("POST", "replies.resume"): (302, 403, 404, 404, 403, 403, 403, 404),
}
ARGUMENTS = {
    "replies.resume": lambda _world: {"bounced_id": 1},
}
