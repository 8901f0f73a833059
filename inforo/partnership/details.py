"""The lists of a profile page: terms, building blocks, contacts, way into the partnership.

They come in two statements of a few columns each: a statement costs more than its rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, Text, bindparam, cast, literal, null, or_, select, union_all

from inforo.accounts.models import Account
from inforo.authz import Actor, Role
from inforo.db import session
from inforo.offices.models import RoleAssignment
from inforo.partnership.models import (
    BlockStage,
    BuildingBlock,
    Partnership,
    PartnershipStatus,
    ProfileContact,
    ProfileTerm,
)
from inforo.vocabularies.models import Term


@dataclass(frozen=True)
class Block:
    """A building block of the strategy, and how far it is."""

    key: str
    label: str
    stage: BlockStage
    year: int | None
    note: str


@dataclass(frozen=True)
class Contact:
    name: str
    function: str
    office: str
    email: str
    phone: str


@dataclass(frozen=True)
class StatusStep:
    """One step of the way into the partnership."""

    status: PartnershipStatus
    since: date
    note: str


@dataclass
class Details:
    """The lists of a profile page."""

    terms: dict[str, list[Term]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    steps: list[StatusStep] = field(default_factory=list)
    editors: list[tuple[int, str]] = field(default_factory=list)


def row_of(
    section: str, position: Any, *columns: Any, where: Iterable[Any], table: Any
) -> Select[Any]:
    """Return one part of a statement that brings rows of different tables as texts."""
    texts = [cast(column, Text) for column in columns]
    texts += [cast(null(), Text)] * (5 - len(texts))
    named = [text.label(f"text_{number}") for number, text in enumerate(texts)]
    chosen = select(literal(section).label("section"), position.label("position"), *named)
    return chosen.select_from(table).where(*where)


def details(actor: Actor, ags: str) -> Details:
    """Return terms, blocks, contacts, history of the status and (for members) the editors."""
    labels, found = terms_of_profile(ags), Details()
    found.terms = labels
    names = {term.key: term.label for term in labels.pop("building_block", [])}
    for section, _position, one, two, three, four, five in session.execute(
        sections(actor.is_member), {"ags": ags}
    ):
        if section == "block":
            stage, year = BlockStage(two), int(three) if three else None
            found.blocks.append(Block(one, names.get(one, one), stage, year, four or ""))
        elif section == "contact":
            found.contacts.append(Contact(one, two, three, four, five))
        elif section == "step":
            status, since = PartnershipStatus(one), date.fromisoformat(two)
            found.steps.append(StatusStep(status, since, three or ""))
        else:
            found.editors.append((int(one), two))
    found.steps.sort(key=lambda step: step.since)
    return found


@cache
def sections(for_member: bool) -> Any:
    """Return the statement for the lists; built once, that took longer than running it."""
    ags = bindparam("ags", type_=Text)
    block, contact, step = BuildingBlock, ProfileContact, Partnership
    parts = [
        row_of(
            "block",
            block.position,
            block.block_key,
            block.stage,
            block.year,
            block.note,
            where=[block.ags == ags],
            table=block,
        ),
        row_of(
            "contact",
            contact.id,
            contact.name,
            contact.function,
            contact.office,
            contact.email,
            contact.phone,
            where=[contact.ags == ags],
            table=contact,
        ),
        row_of(
            "step",
            step.id,
            step.status,
            step.since,
            step.note,
            where=[step.ags == ags],
            table=step,
        ),
    ]
    if for_member:
        assignments = RoleAssignment.__table__.join(
            Account.__table__, Account.id == RoleAssignment.account_id
        )
        parts.append(
            row_of(
                "editor",
                Account.id,
                Account.id,
                Account.name,
                where=[
                    RoleAssignment.municipality_ags == ags,
                    RoleAssignment.role == Role.PROFILE_EDITOR,
                    Account.closed_at.is_(None),
                    Account.suspended_at.is_(None),
                ],
                table=assignments,
            )
        )
    both = union_all(*parts).subquery()
    return select(both).order_by(both.c.section, both.c.position)


TERMS = (
    select(Term)
    .where(
        or_(
            Term.vocabulary == "building_block",
            Term.id.in_(select(ProfileTerm.term_id).where(ProfileTerm.ags == bindparam("ags"))),
        )
    )
    .order_by(Term.position, Term.id)
)


def terms_of_profile(ags: str) -> dict[str, list[Term]]:
    """Return the terms of a profile by vocabulary, and the names of all building blocks."""
    found: dict[str, list[Term]] = {"field_of_action": [], "age_phase": []}
    for term in session.scalars(TERMS, {"ags": ags}):
        found.setdefault(term.vocabulary, []).append(term)
    return found
