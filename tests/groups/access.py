"""Who may open which page of groups: the closed group of Land A, its manager Olga."""


def closed(world):
    return {"slug": world.closed_group.slug}


ACCESS = {
    ("GET", "groups.index"): (200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "groups.show"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("GET", "groups.new"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("POST", "groups.new"): (302, 403, 422, 422, 422, 422, 422, 422),
    ("GET", "groups.divide"): (302, 403, 403, 403, 403, 403, 403, 403),
    ("POST", "groups.divide"): (302, 403, 403, 403, 403, 403, 403, 403),
    ("GET", "groups.edit"): (302, 403, 403, 403, 200, 403, 403, 200),
    ("POST", "groups.edit"): (302, 403, 403, 403, 422, 403, 403, 422),
    ("GET", "groups.history"): (302, 403, 403, 403, 200, 403, 403, 200),
    ("GET", "groups.archive"): (302, 403, 403, 403, 200, 403, 403, 200),
    ("POST", "groups.archive"): (302, 403, 403, 403, 422, 403, 403, 422),
}
OF_THE_GROUP = ("show", "divide", "edit", "history", "archive")
ARGUMENTS = {f"groups.{name}": closed for name in OF_THE_GROUP}
