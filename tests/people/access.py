"""Who gets which answer from the addresses of this slice."""

# guest, applicant, anna, bernd, clara, doris, emil, frieda
# guest, applicant, anna, bernd, clara, doris, emil, frieda
MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)

ACCESS = {
    ("GET", "people.index"): MEMBERS,
    ("GET", "people.show"): MEMBERS,
    ("POST", "people.suspend"): (302, 403, 403, 403, 422, 404, 403, 422),
    ("POST", "people.reactivate"): (302, 403, 403, 403, 303, 404, 403, 303),
    ("POST", "people.look_up_address"): (302, 403, 404, 404, 404, 404, 404, 422),
    ("GET", "people.edit_profile"): MEMBERS,
    ("POST", "people.edit_profile"): (302, 403, 409, 409, 409, 409, 409, 409),
}


def owner(world) -> dict[str, int]:
    return {"account_id": world.owner.id}


ARGUMENTS = {
    "people.show": owner,
    "people.suspend": owner,
    "people.reactivate": owner,
    "people.look_up_address": owner,
}
