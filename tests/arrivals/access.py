"""Who may note what was read, and hear what came: threads of Land A by Olga."""

from tests.discussions.access import CLOSED_TO_ALL, closed, closed_post, opened

MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
WITHOUT_FIELD = (302, 403, 400, 400, 400, 400, 400, 400)

ACCESS = {
    ("POST", "arrivals.read"): WITHOUT_FIELD,
    ("GET", "arrivals.read_without_script"): MEMBERS,
    ("POST", "arrivals.unread"): CLOSED_TO_ALL,
    ("POST", "arrivals.read_all"): (302, 403, 403, 403, 403, 403, 403, 403),
    ("GET", "arrivals.go_on"): CLOSED_TO_ALL,
    ("GET", "arrivals.news"): MEMBERS,
}
ARGUMENTS = {
    "arrivals.read": opened,
    "arrivals.read_without_script": opened,
    "arrivals.unread": closed,
    "arrivals.read_all": lambda world: {"slug": world.closed_group.slug},
    "arrivals.go_on": closed_post,
}
