"""Who may open which page of adoptions; see tests/test_access.py. All is of Land A.

The example is Olga's of Mannheim, where Anna and Clara work too; Bernd and Doris are of
Münster, Emil and Frieda of no municipality. The adoption is that of Bruchsal in Land A.
"""

from datetime import date

from inforo.adoptions.models import Adoption, AdoptionStage
from tests import factories
from tests.reference import BRUCHSAL

ADOPT = (302, 403, 403, 200, 403, 200, 403, 403)
ADOPT_SENT = (302, 403, 403, 422, 403, 422, 403, 403)
KEEP = (302, 403, 403, 403, 200, 403, 403, 200)
KEEP_SENT = (302, 403, 403, 403, 422, 403, 403, 422)

ACCESS = {
    ("GET", "adoptions.of_example"): (200,) * 8,
    ("GET", "adoptions.of_tool"): (200,) * 8,
    ("GET", "adoptions.adopt_example"): ADOPT,
    ("POST", "adoptions.adopt_example"): ADOPT_SENT,
    ("GET", "adoptions.adopt_tool"): ADOPT,
    ("POST", "adoptions.adopt_tool"): ADOPT_SENT,
    ("GET", "adoptions.edit"): KEEP,
    ("POST", "adoptions.edit"): KEEP_SENT,
    ("POST", "adoptions.remove"): KEEP_SENT,
}


def example(world):
    return {"example_id": world.example.id}


def tool(world):
    return {"tool_id": world.tool.id}


def adoption(world):
    made = Adoption(
        example_id=world.example.id,
        municipality_ags=BRUCHSAL,
        stage=AdoptionStage.RUNNING,
        since=date(2026, 1, 1),
    )
    return {"adoption_id": factories.save(made).id}


ARGUMENTS = {
    "adoptions.of_example": example,
    "adoptions.of_tool": tool,
    "adoptions.adopt_example": example,
    "adoptions.adopt_tool": tool,
    "adoptions.edit": adoption,
    "adoptions.remove": adoption,
}
