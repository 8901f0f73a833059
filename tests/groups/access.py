"""Who may open which page of groups: the closed group of Land A, its manager Olga."""


def closed(world):
    return {"slug": world.closed_group.slug}


ACCESS = {
    ("GET", "groups.index"): (200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "groups.show"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("GET", "groups.new"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("POST", "groups.new"): (302, 403, 422, 422, 422, 422, 422, 422),
    ("GET", "groups.edit"): (302, 403, 403, 403, 200, 403, 403, 200),
    ("POST", "groups.edit"): (302, 403, 403, 403, 422, 403, 403, 422),
    ("GET", "groups.history"): (302, 403, 403, 403, 200, 403, 403, 200),
    ("GET", "groups.archive"): (302, 403, 403, 403, 200, 403, 403, 200),
    ("POST", "groups.archive"): (302, 403, 403, 403, 422, 403, 403, 422),
    ("POST", "groups.join"): (302, 403, 403, 403, 403, 403, 403, 403),
    ("POST", "groups.join_visibly"): (302, 403, 403, 403, 303, 403, 403, 303),
    ("POST", "groups.leave"): (302, 403, 403, 403, 403, 403, 403, 403),
    ("POST", "groups.follow"): (302, 403, 403, 403, 403, 403, 403, 403),
    ("POST", "groups.ask"): (302, 403, 303, 303, 303, 303, 303, 303),
    ("POST", "groups.withdraw"): (302, 403, 303, 303, 303, 303, 303, 303),
    ("GET", "groups.members"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "groups.change_member"): (302, 403, 404, 404, 400, 404, 404, 400),
    ("POST", "groups.decide"): (302, 403, 404, 404, 404, 404, 404, 404),
    ("GET", "groups.invite"): (302, 403, 404, 404, 200, 404, 404, 200),
    ("POST", "groups.invite"): (302, 403, 404, 404, 422, 404, 404, 422),
    ("GET", "groups.invitation"): (302, 403, 404, 404, 404, 404, 404, 404),
    ("POST", "groups.invitation"): (302, 403, 404, 404, 404, 404, 404, 404),
}
OF_THE_GROUP = (
    "show",
    "edit",
    "history",
    "archive",
    "join",
    "join_visibly",
    "leave",
    "follow",
    "ask",
    "withdraw",
    "members",
    "invite",
)
ARGUMENTS = {f"groups.{name}": closed for name in OF_THE_GROUP} | {
    "groups.change_member": lambda world: closed(world) | {"account_id": world.owner.id},
    "groups.decide": lambda world: closed(world) | {"request_id": 999},
    "groups.invitation": lambda world: {"request_id": 999},
}
