"""Who may enter, lead and leave: the closed group of Land A, its manager Olga."""

from tests.groups.access import closed

ACCESS = {
    ("POST", "memberships.join"): (302, 403, 403, 403, 403, 403, 403, 403),
    ("POST", "memberships.join_visibly"): (302, 403, 403, 403, 303, 403, 403, 303),
    ("POST", "memberships.leave"): (302, 403, 403, 403, 403, 403, 403, 403),
    ("POST", "memberships.follow"): (302, 403, 403, 403, 403, 403, 403, 403),
    ("POST", "memberships.ask"): (302, 403, 303, 303, 303, 303, 303, 303),
    ("POST", "memberships.withdraw"): (302, 403, 303, 303, 303, 303, 303, 303),
    ("GET", "memberships.members"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "memberships.change_member"): (302, 403, 404, 404, 400, 404, 404, 400),
    ("POST", "memberships.decide"): (302, 403, 404, 404, 404, 404, 404, 404),
    ("GET", "memberships.invite"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "memberships.invite"): (302, 403, 404, 404, 422, 404, 404, 422),
    ("GET", "memberships.invitation"): (302, 403, 404, 404, 404, 404, 404, 404),
    ("POST", "memberships.invitation"): (302, 403, 404, 404, 404, 404, 404, 404),
}
OF_THE_GROUP = (
    "join",
    "join_visibly",
    "leave",
    "follow",
    "ask",
    "withdraw",
    "members",
    "invite",
)
ARGUMENTS = {f"memberships.{name}": closed for name in OF_THE_GROUP} | {
    "memberships.change_member": lambda world: closed(world) | {"account_id": world.owner.id},
    "memberships.decide": lambda world: closed(world) | {"request_id": 999},
    "memberships.invitation": lambda world: {"request_id": 999},
}
