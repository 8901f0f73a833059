"""Who registers, keeps and corrects adoptions.

A member speaks for the own municipality, profile editors also for theirs. Offices of the Land
of the adopting municipality correct or remove what is abuse, never for their own place.
"""

from typing import Any

from sqlalchemy import ColumnElement, true

from inforo.adoptions.models import Adoption, AdoptionStage
from inforo.authz import Actor
from inforo.toolbox.models import Example
from inforo.toolbox.policy import is_author, is_responsible
from inforo.toolbox.tool_models import Tool


def places_of(actor: Actor) -> frozenset[str]:
    """Return the keys of the municipalities somebody may speak for."""
    if not actor.is_member:
        return frozenset()
    own = {actor.municipality_ags} if actor.municipality_ags else set()
    return actor.edited_municipalities | own


def origins_of(content: Example | Tool) -> frozenset[str]:
    """Return the keys of the municipalities a thing comes from: they need not adopt it."""
    if isinstance(content, Tool):
        return frozenset({content.municipality_ags} if content.municipality_ags else set())
    return frozenset(place.ags for place in content.municipalities)


def may_adopt(actor: Actor, content: Example | Tool) -> bool:
    places = places_of(actor)
    return content.is_published and bool(places and places - origins_of(content))


def may_edit(actor: Actor, adoption: Adoption) -> bool:
    """Colleagues, who keeps the profile, who registered it, and the office of the Land."""
    return is_own(actor, adoption) or may_correct(actor, adoption)


def is_own(actor: Actor, adoption: Adoption) -> bool:
    if not actor.is_member:
        return False
    return adoption.municipality_ags in places_of(actor) or actor.is_me(adoption.author_id)


def may_correct(actor: Actor, adoption: Adoption) -> bool:
    """Intervene, with a reason: the office of the Land or the operation, not in own matters."""
    return actor.is_member and actor.moderates(adoption) and not is_own(actor, adoption)


def may_view(actor: Actor, adoption: Adoption) -> bool:
    return adoption.is_public or actor.is_member


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs."""
    return true() if actor.is_member else Adoption.stage != AdoptionStage.INTERESTED


def may_read_contact(actor: Actor, _: Any = None) -> bool:
    return actor.is_member


def may_read_impact(actor: Actor, example: Example) -> bool:
    """What came of an example is for those who wrote it, and the office that published it."""
    return example.is_published and (
        is_author(actor, example) or is_responsible(actor, example)
    )
