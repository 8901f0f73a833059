"""Who may open which page of the glossary; see tests/test_access.py for the columns."""

from inforo.authz import Actor
from inforo.db import session
from inforo.glossary import actions, queries

PUBLIC = (200,) * 8
EDITORS = (302, 403, 404, 404, 403, 403, 200, 200)

ACCESS = {
    ("GET", "glossary.index"): PUBLIC,
    ("GET", "glossary.show"): PUBLIC,
    ("GET", "glossary.add"): EDITORS,
    ("POST", "glossary.add"): (302, 403, 404, 404, 403, 403, 422, 422),
    ("GET", "glossary.edit"): EDITORS,
    ("POST", "glossary.edit"): (302, 403, 404, 404, 403, 403, 303, 303),
    ("POST", "glossary.archive"): (302, 403, 404, 404, 403, 403, 303, 303),
    ("GET", "glossary.history"): EDITORS,
}


def entry(_world):
    """Make one entry at the first call."""
    if not queries.find_entries(["oegd"]):
        values = {"title": "ÖGD", "definition": "Ein Dienst.", "forms": [], "source": ""}
        actions.add(Actor(), values | {"see_also": []})
        session.commit()
    return {"slug": "oegd"}


ARGUMENTS = dict.fromkeys(
    ("glossary.show", "glossary.edit", "glossary.archive", "glossary.history"), entry
)
