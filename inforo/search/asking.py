"""Whom one can ask when the search has no answer: a fitting group, a coordination office."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import case, false, or_, select

from inforo.authz import Actor
from inforo.db import session
from inforo.groups import policy as groups
from inforo.groups.models import Group
from inforo.offices.models import CoordinationOffice, OfficeKind, OfficeState
from inforo.search.models import Kind, SearchDocument
from inforo.search.results import Results

LONGEST_TITLE = 160


@dataclass(frozen=True)
class Help:
    """Where to go on: the form for a question, filled in, and an office to call."""

    ask_url: str
    group: str
    office: CoordinationOffice | None


def find_help(actor: Actor, results: Results) -> Help:
    group = find_group(actor, results)
    return Help(
        ask_url=url_for(
            "discussions.new",
            title=results.question.typed[:LONGEST_TITLE],
            gruppe=group.slug if group else None,
        ),
        group=group.name if group else "",
        office=find_office(actor, results.filters.state_code),
    )


def find_group(actor: Actor, results: Results) -> Group | None:
    """Return the group where similar things are talked about, else one of the own Land."""
    if not actor.is_member:
        return None
    similar = select(SearchDocument.group_id).where(
        SearchDocument.id.in_(results.nearby),
        SearchDocument.kind.in_((Kind.THREAD, Kind.GROUP)),
    )
    is_of_state = Group.state_code == actor.state_code if actor.state_code else false()
    fits = case(
        (Group.id.in_(similar), 0),
        (is_of_state, 1),
        (Group.state_code.is_(None), 2),
        else_=3,
    )
    return session.scalars(
        select(Group)
        .where(groups.writable_by(actor))
        .order_by(fits, case((Group.id.in_(actor.group_ids), 0), else_=1), Group.id)
        .limit(1)
    ).first()


def find_office(actor: Actor, state_code: str | None) -> CoordinationOffice | None:
    """Return the office of the chosen Land, else of the person's own, else the national one."""
    wanted = state_code or actor.state_code or ""
    order = {OfficeKind.KGC: 0, OfficeKind.LKS: 1, OfficeKind.NATIONAL: 2}
    return session.scalars(
        select(CoordinationOffice)
        .outerjoin(OfficeState, OfficeState.office_id == CoordinationOffice.id)
        .where(
            or_(
                OfficeState.state_code == wanted,
                CoordinationOffice.kind == OfficeKind.NATIONAL,
            )
        )
        .order_by(case(order, value=CoordinationOffice.kind), CoordinationOffice.id)
        .limit(1)
    ).first()
