"""Who may offer the lead of a group: its managers; offers are nobody else's business."""

from tests.groups.access import closed

ACCESS = {
    ("GET", "handovers.offer"): (302, 403, 404, 404, 403, 404, 404, 403),
    ("POST", "handovers.offer"): (302, 403, 404, 404, 403, 404, 404, 403),
    ("GET", "handovers.show"): (302, 403, 404, 404, 404, 404, 404, 404),
    ("POST", "handovers.show"): (302, 403, 404, 404, 404, 404, 404, 404),
}
ARGUMENTS = {
    "handovers.offer": lambda world: closed(world) | {"account_id": world.owner.id},
    "handovers.show": lambda _world: {"handover_id": 999},
}
