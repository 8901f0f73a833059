"""Olga lets a superior read a question; nobody else finds it. The link opens it for anybody."""

from tests.signoffs.making import make_link, make_signoff

NOT_THEIRS = (302, 403, 404, 404, 404, 404, 404, 404)
WITH_LINK = (200,) * 8


def begun(world):
    return {"number": make_signoff(world.owner, group=world.open_group).id}


def sent(world):
    link = make_link(make_signoff(world.owner, group=world.open_group))
    return {"number": link.signoff_id, "link_id": link.id}


def secret(world):
    return {"secret": make_link(make_signoff(world.owner, group=world.open_group)).secret}


def draft(world):
    return {"example_id": world.draft.id}


ACCESS = {
    ("GET", "signoffs.index"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("POST", "signoffs.begin_question"): (302, 403, 422, 422, 422, 422, 422, 422),
    ("POST", "signoffs.begin_example"): (302, 403, 404, 404, 404, 404, 404, 403),
    ("GET", "signoffs.show"): NOT_THEIRS,
    ("POST", "signoffs.send"): NOT_THEIRS,
    ("POST", "signoffs.withdraw"): NOT_THEIRS,
    ("GET", "signoffs.edit"): NOT_THEIRS,
    ("POST", "signoffs.edit"): NOT_THEIRS,
    ("POST", "signoffs.publish"): NOT_THEIRS,
    ("POST", "signoffs.go_back"): NOT_THEIRS,
    ("GET", "signoffs.thanks"): WITH_LINK,
    ("GET", "signoffs.read"): WITH_LINK,
    ("POST", "signoffs.read"): (422,) * 8,
    ("POST", "signoffs.decline"): (422,) * 8,
}
ARGUMENTS = {
    "signoffs.begin_example": draft,
    "signoffs.show": begun,
    "signoffs.send": begun,
    "signoffs.withdraw": sent,
    "signoffs.edit": begun,
    "signoffs.publish": begun,
    "signoffs.go_back": begun,
    "signoffs.read": secret,
    "signoffs.decline": secret,
}
