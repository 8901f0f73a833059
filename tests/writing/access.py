"""Who may open which page of the full form; the draft belongs to Olga."""

DRAFT = (302, 403, 404, 404, 404, 404, 404, 403)

ACCESS = {
    ("GET", "writing.edit"): DRAFT,
    ("POST", "writing.edit"): DRAFT,
    ("GET", "writing.edit_files"): DRAFT,
    ("POST", "writing.edit_files"): DRAFT,
    ("POST", "writing.check_file"): DRAFT,
    ("POST", "writing.remove_file"): DRAFT,
}


def draft(world):
    return {"example_id": world.draft.id}


ARGUMENTS = {
    "writing.edit": lambda world: draft(world) | {"step": "ausgangslage"},
    "writing.edit_files": draft,
    "writing.check_file": lambda world: draft(world) | {"file_id": 1},
    "writing.remove_file": lambda world: draft(world) | {"file_id": 1},
}
