"""Who keeps the templates of the office of Land A."""

from typing import Any

from inforo.authz import Actor
from inforo.db import session
from inforo.reasons.actions import add_template
from tests.factories import make_office

STAFF = (302, 403, 404, 404, 200, 200, 200, 200)
STAFF_FORM = (302, 403, 404, 404, 422, 422, 422, 422)
OFFICE = (302, 403, 404, 404, 200, 404, 404, 404)

ACCESS = {
    ("GET", "reasons.index"): STAFF,
    ("GET", "reasons.new"): STAFF,
    ("POST", "reasons.new"): STAFF_FORM,
    ("GET", "reasons.edit"): OFFICE,
    ("POST", "reasons.edit"): (302, 403, 404, 404, 422, 404, 404, 404),
    ("POST", "reasons.delete"): (302, 403, 404, 404, 303, 404, 404, 404),
}


def template(_world: Any) -> dict[str, Any]:
    made = add_template(Actor(), make_office("BW").id, "Namen", "Bitte keine Namen.")
    session.commit()
    return {"template_id": made.id}


ARGUMENTS = {"reasons.edit": template, "reasons.delete": template}
