"""Who may lock, hide and move: the offices of Land A, in an open thread of Olga."""

from tests.asking.access import MODERATED, MODERATORS
from tests.discussions.access import first_post, opened

ACCESS = {
    ("GET", "oversight.moderate"): MODERATORS,
    ("POST", "oversight.moderate"): MODERATED,
    ("GET", "oversight.moderate_post"): MODERATORS,
    ("POST", "oversight.moderate_post"): MODERATED,
    ("GET", "oversight.edit_post"): MODERATORS,
    ("POST", "oversight.edit_post"): MODERATED,
    ("GET", "oversight.move"): MODERATORS,
    ("POST", "oversight.move"): MODERATED,
}
ARGUMENTS = {
    "oversight.moderate": lambda world: opened(world) | {"decision": "schliessen"},
    "oversight.moderate_post": lambda world: first_post(world) | {"decision": "verbergen"},
    "oversight.edit_post": first_post,
    "oversight.move": opened,
}
