"""Adoptions for tests. Name what the test is about; the rest has sensible defaults."""

from datetime import date

from inforo.adoptions.models import Adoption, AdoptionStage
from inforo.municipalities.models import Municipality
from inforo.toolbox.tool_models import Tool
from tests import factories
from tests.reference import MUENSTER


def make_adoption(content, ags=MUENSTER, stage="laeuft", **values):
    key = "tool_id" if isinstance(content, Tool) else "example_id"
    defaults = {
        "since": date(2025, 3, 1),
        "author": factories.make_account("Autorin", municipality=ags),
        "municipality": factories.session.get(Municipality, ags),
        key: content.id,
    }
    made = Adoption(municipality_ags=ags, stage=AdoptionStage(stage), **(defaults | values))
    return factories.save(made)
