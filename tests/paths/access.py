"""Who may open which page of learning paths; see tests/test_access.py for the columns."""

from inforo.paths import queries
from tests.paths.making import make_path

PUBLIC = (200,) * 8
EDITORS = (302, 403, 404, 404, 403, 403, 200, 200)
EDITORS_ACT = (302, 403, 404, 404, 403, 403, 303, 303)
REFUSED_FORM = (302, 403, 404, 404, 403, 403, 422, 422)

ACCESS = {
    ("GET", "paths.index"): PUBLIC,
    ("GET", "paths.show"): PUBLIC,
    ("POST", "paths.tick"): (302, 403, 303, 303, 303, 303, 303, 303),
    ("GET", "paths.manage"): EDITORS,
    ("GET", "paths.add"): EDITORS,
    ("POST", "paths.add"): REFUSED_FORM,
    ("GET", "paths.edit"): EDITORS,
    ("POST", "paths.edit"): EDITORS_ACT,
    ("POST", "paths.publish"): EDITORS_ACT,
    ("GET", "paths.history"): EDITORS,
    ("GET", "paths.add_step"): EDITORS,
    ("POST", "paths.add_step"): REFUSED_FORM,
    ("GET", "paths.add_text"): EDITORS,
    ("POST", "paths.add_text"): REFUSED_FORM,
    ("GET", "paths.edit_step"): EDITORS,
    ("POST", "paths.edit_step"): REFUSED_FORM,
    ("POST", "paths.change_step"): EDITORS_ACT,
}


def of_path(_world):
    return {"path_id": make_path().id}


def of_step(_world):
    path = make_path()
    return {"path_id": path.id, "step_id": queries.steps_in_order(path)[0].id}


def to_tick(_world):
    path = make_path()
    step = queries.steps_in_order(path)[0]
    return {"slug": path.slug, "step_id": step.id, "verb": "erledigt"}


ARGUMENTS = {
    "paths.show": lambda world: {"slug": make_path().slug},
    "paths.tick": to_tick,
    "paths.edit": of_path,
    "paths.publish": lambda world: of_path(world) | {"verb": "zurueckziehen"},
    "paths.history": of_path,
    "paths.add_step": of_path,
    "paths.add_text": of_path,
    "paths.edit_step": of_step,
    "paths.change_step": lambda world: of_step(world) | {"verb": "entfernen"},
}
