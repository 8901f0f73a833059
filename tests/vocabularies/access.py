"""Who may open the pages of the vocabularies: editors and admins; others never see them."""

from sqlalchemy import select

from inforo.db import session
from inforo.vocabularies.models import Term, TermMerge

EDITORS = (302, 403, 404, 404, 403, 403, 200, 200)
EDITORS_ACT = (302, 403, 404, 404, 403, 403, 303, 303)
REFUSED_FORM = (302, 403, 404, 404, 403, 403, 422, 422)

ACCESS = {
    ("GET", "vocabularies.index"): EDITORS,
    ("GET", "vocabularies.show"): EDITORS,
    ("GET", "vocabularies.add"): EDITORS,
    ("POST", "vocabularies.add"): REFUSED_FORM,
    ("GET", "vocabularies.edit"): EDITORS,
    ("POST", "vocabularies.edit"): EDITORS_ACT,
    ("GET", "vocabularies.history"): EDITORS,
    ("POST", "vocabularies.change"): EDITORS_ACT,
    ("GET", "vocabularies.merge"): EDITORS,
    ("POST", "vocabularies.merge"): (302, 403, 404, 404, 403, 403, 200, 200),
    ("GET", "vocabularies.show_merge"): EDITORS,
    ("POST", "vocabularies.undo"): REFUSED_FORM,
}


def term_id(key: str = "mobilitaet") -> int:
    found = select(Term.id).where(Term.vocabulary == "field_of_action", Term.key == key)
    return session.scalar(found)


def of_term(_world):
    return {"term_id": term_id()}


def of_vocabulary(_world):
    return {"vocabulary": "field_of_action"}


def of_merge(_world):
    """Note a merge; whether it holds makes no difference to who may see it."""
    merge = session.scalar(select(TermMerge))
    if merge is None:
        merge = TermMerge(source_id=term_id("wohnen"), target_id=term_id(), reason="doppelt")
        session.add(merge)
        session.commit()
    return {"merge_id": merge.id}


ARGUMENTS = {
    "vocabularies.show": of_vocabulary,
    "vocabularies.add": of_vocabulary,
    "vocabularies.edit": of_term,
    "vocabularies.history": of_term,
    "vocabularies.change": lambda world: of_term(world) | {"verb": "archivieren"},
    "vocabularies.merge": of_term,
    "vocabularies.show_merge": of_merge,
    "vocabularies.undo": of_merge,
}
