"""Who may open the pages of the synonyms: editors and admins; others never see them."""

from sqlalchemy import select

from inforo.db import session
from inforo.vocabularies.models import SynonymRing
from tests.vocabularies.access import EDITORS, EDITORS_ACT, REFUSED_FORM

ACCESS = {
    ("GET", "synonyms.index"): EDITORS,
    ("GET", "synonyms.add"): EDITORS,
    ("POST", "synonyms.add"): REFUSED_FORM,
    ("GET", "synonyms.edit"): EDITORS,
    ("POST", "synonyms.edit"): EDITORS_ACT,
    ("POST", "synonyms.retire"): EDITORS_ACT,
    ("GET", "synonyms.history"): EDITORS,
}


def of_ring(_world):
    return {"ring_id": session.scalar(select(SynonymRing.id).limit(1))}


ARGUMENTS = dict.fromkeys(("synonyms.edit", "synonyms.retire", "synonyms.history"), of_ring)
