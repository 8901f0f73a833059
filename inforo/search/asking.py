"""Whom one can ask when the search has no answer: a fitting group, a coordination office."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Select, case, false, literal, or_, select, union_all

from inforo.authz import Actor
from inforo.db import session
from inforo.groups import policy as groups
from inforo.groups.models import Group
from inforo.offices.models import CoordinationOffice, OfficeKind, OfficeState
from inforo.search.models import Kind, SearchDocument
from inforo.search.results import Results

LONGEST_TITLE = 160


@dataclass(frozen=True)
class Office:
    """A coordination office to call."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class Help:
    """Where to go on: the form for a question, filled in, and an office to call."""

    ask_url: str
    group: str
    office: Office | None


def find_help(actor: Actor, results: Results) -> Help:
    """Return whom to ask, in one statement."""
    parts = [office(actor, results.filters.state_code)]
    if actor.is_member:
        parts.append(group(actor, results.nearby))
    rows = {row[0]: row[1:] for row in session.execute(union_all(*parts))}
    slug, name, _ = rows.get("group", (None, "", ""))
    return Help(
        url_for("asking.new", title=results.question.typed[:LONGEST_TITLE], gruppe=slug),
        name,
        Office(*rows["office"]) if "office" in rows else None,
    )


def group(actor: Actor, nearby: list[int]) -> Select[Any]:
    """Select the group where similar things are talked about, else one of the own Land."""
    similar = select(SearchDocument.group_id).where(
        SearchDocument.id.in_(nearby), SearchDocument.kind.in_((Kind.THREAD, Kind.GROUP))
    )
    is_of_state = Group.state_code == actor.state_code if actor.state_code else false()
    fits = case(
        (Group.id.in_(similar), 0),
        (is_of_state, 1),
        (Group.state_code.is_(None), 2),
        else_=3,
    )
    found = (
        select(literal("group"), Group.slug, Group.name, literal(""))
        .where(groups.writable_by(actor))
        .order_by(fits, case((Group.id.in_(actor.group_ids), 0), else_=1), Group.id)
        .limit(1)
    )
    return select(found.subquery())


def office(actor: Actor, state_code: str | None) -> Select[Any]:
    """Select the office of the chosen Land, else of the person's own, else the national one."""
    wanted = state_code or actor.state_code or ""
    order = {OfficeKind.KGC: 0, OfficeKind.LKS: 1, OfficeKind.NATIONAL: 2}
    found = (
        select(
            literal("office"),
            CoordinationOffice.name,
            CoordinationOffice.phone,
            CoordinationOffice.email,
        )
        .outerjoin(OfficeState, OfficeState.office_id == CoordinationOffice.id)
        .where(
            or_(
                OfficeState.state_code == wanted,
                CoordinationOffice.kind == OfficeKind.NATIONAL,
            )
        )
        .order_by(case(order, value=CoordinationOffice.kind), CoordinationOffice.id)
        .limit(1)
    )
    return select(found.subquery())
