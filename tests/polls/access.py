"""Who may open and answer polls of an open and a closed thread of Land A by Olga."""

from tests.discussions.access import AUTHOR_ONLY, CLOSED_TO_ALL, closed, opened
from tests.polls.making import make_poll


def under_open(world):
    make_poll(world.thread)
    return opened(world)


def under_closed(world):
    make_poll(world.closed_thread)
    return closed(world)


ACCESS = {
    ("GET", "polls.new"): AUTHOR_ONLY,
    ("POST", "polls.new"): AUTHOR_ONLY,
    ("GET", "polls.show"): CLOSED_TO_ALL,
    ("GET", "polls.edit"): (302, 403, 403, 403, 200, 403, 403, 200),
    ("POST", "polls.edit"): (302, 403, 403, 403, 422, 403, 403, 422),
    ("POST", "polls.vote"): CLOSED_TO_ALL,
    ("POST", "polls.withdraw"): (302, 403, 303, 303, 303, 303, 303, 303),
    ("POST", "polls.remove"): (302, 403, 403, 403, 303, 403, 403, 303),
}
ARGUMENTS = {
    "polls.new": opened,
    "polls.show": under_closed,
    "polls.edit": under_open,
    "polls.vote": under_closed,
    "polls.withdraw": under_open,
    "polls.remove": under_open,
}
