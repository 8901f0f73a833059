"""Who sees what is on its way to publication, and who decides about it.

Each rule takes an article or an event; its twin in SQL takes the model.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from inforo.authz import Actor, coordinates_sql
from inforo.editorial.models import (
    READABLE,
    WAITING,
    PublicationState,
    Readership,
    Submission,
)
from inforo.i18n import _l

OWN = _l("Über Ihren eigenen Text entscheidet jemand anderes.")
COLLEAGUE = _l(
    "Der Text kommt aus Ihrer eigenen Kommune oder Organisation. Darüber entscheidet jemand "
    "anderes; eine Vertretung oder die Redaktion kann das tun."
)
OPEN_TO_AUTHOR = frozenset({PublicationState.DRAFT, PublicationState.SUBMITTED})


def is_author(actor: Actor, content: Submission) -> bool:
    return actor.is_member and actor.is_me(content.author_id)


def is_responsible(actor: Actor, content: Submission) -> bool:
    """Tell whether somebody decides: editors, the Land's office, the one it was handed to."""
    if not actor.is_member:
        return False
    if actor.is_admin or actor.is_editor or actor.coordinates(content):
        return True
    return content.office_id in actor.office_ids


def in_scope_of(actor: Actor, model: type[Submission]) -> ColumnElement[bool]:
    """The same rule as `is_responsible`, for SELECTs by members."""
    if actor.is_admin or actor.is_editor:
        return true()
    return or_(
        coordinates_sql(actor, model.state_code, is_shared=true()),
        model.office_id.in_(actor.office_ids),
    )


def may_view(actor: Actor, content: Submission) -> bool:
    """Drafts belong to their author alone; what waits is seen by who decides."""
    if content.is_readable and (actor.is_member or content.audience is Readership.PUBLIC):
        return True
    if is_author(actor, content):
        return True
    return content.state in WAITING and is_responsible(actor, content)


def visible_to(actor: Actor, model: type[Submission]) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs. A test keeps the two equal."""
    readable = model.state.in_(READABLE)
    if not actor.is_member:
        return and_(readable, model.audience == Readership.PUBLIC)
    return or_(
        readable,
        model.author_id == actor.account_id,
        and_(model.state.in_(WAITING), in_scope_of(actor, model)),
    )


def may_submit_new(actor: Actor, _: object = None) -> bool:
    return actor.is_member


def is_colleague(actor: Actor, content: Submission) -> bool:
    """Tell whether author and actor work at the same place: municipality or organisation."""
    author = content.author
    if author is None:
        return False
    same_organisation = author.organisation_id is not None and (
        actor.organisation_id == author.organisation_id
    )
    return same_organisation or (
        actor.municipality_ags is not None and actor.municipality_ags == author.municipality_ags
    )


def conflict(actor: Actor, content: Submission) -> Any:
    """Return why somebody in charge may not decide, "" if nothing speaks against it."""
    if is_author(actor, content):
        return OWN
    return COLLEAGUE if is_colleague(actor, content) else ""


def decides(actor: Actor, content: Submission) -> bool:
    """Nobody decides about what is their own, or comes from where they work."""
    return is_responsible(actor, content) and not conflict(actor, content)


def may_delete(actor: Actor, content: Submission) -> bool:
    """Delete a draft: its author, nobody else knows of it."""
    return is_author(actor, content) and content.state is PublicationState.DRAFT


def may_edit(actor: Actor, content: Submission) -> bool:
    if is_author(actor, content):
        return content.state in OPEN_TO_AUTHOR
    return content.state is not PublicationState.DRAFT and decides(actor, content)


def may_move(actor: Actor, content: Submission) -> bool:
    """Let it belong to the Land it has now: authors choose, offices stay in their own."""
    may_choose = actor.is_admin or actor.is_editor or is_author(actor, content)
    return may_choose or actor.coordinates(content)


def may_submit(actor: Actor, content: Submission) -> bool:
    return is_author(actor, content) and content.state is PublicationState.DRAFT


def may_check(actor: Actor, content: Submission) -> bool:
    return content.state is PublicationState.SUBMITTED and decides(actor, content)


def may_publish(actor: Actor, content: Submission) -> bool:
    return content.state in WAITING and decides(actor, content)


def may_give_back(actor: Actor, content: Submission) -> bool:
    return may_publish(actor, content)


def may_archive(actor: Actor, content: Submission) -> bool:
    return content.state is PublicationState.PUBLISHED and decides(actor, content)


def may_restore(actor: Actor, content: Submission) -> bool:
    return content.state is PublicationState.ARCHIVED and decides(actor, content)


def may_see_history(actor: Actor, content: Submission) -> bool:
    return is_author(actor, content) or is_responsible(actor, content)
