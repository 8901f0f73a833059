"""Which municipalities a target means, and who is told for each of them.

One person per municipality: a profile editor if there is one, else somebody with an account
there whose address the published profile names as contact. Who was entrusted longest is first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, union

from inforo.accounts.models import Account
from inforo.authz import Role
from inforo.db import session
from inforo.municipalities.models import Municipality
from inforo.offices.models import RoleAssignment
from inforo.partnership.models import MunicipalityProfile, ProfileContact, ProfileTerm
from inforo.vocabularies.models import Term

TOPICS = "field_of_action"
Target = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Reach:
    """How many municipalities a target means, and for how many somebody can be told."""

    municipalities: int
    reachable: int


def meant_by(target: Target, without: str | None) -> ColumnElement[bool]:
    """Return the condition on municipalities; who asks is not asked."""
    conditions: list[Any] = [Municipality.dissolved_at.is_(None)]
    if without:
        conditions.append(Municipality.ags != without)
    for name, column in (
        ("states", Municipality.state_code),
        ("kinds", Municipality.kind),
        ("sizes", Municipality.size_class),
    ):
        if target.get(name):
            conditions.append(column.in_(target[name]))
    if target.get("topics"):
        conditions.append(Municipality.ags.in_(with_topics(target["topics"])))
    return and_(*conditions)


def with_topics(keys: Sequence[str]) -> Any:
    """Select the municipalities whose published profile names one of the topics."""
    return (
        select(ProfileTerm.ags)
        .join(Term, Term.id == ProfileTerm.term_id)
        .join(MunicipalityProfile, MunicipalityProfile.ags == ProfileTerm.ags)
        .where(
            Term.vocabulary == TOPICS,
            Term.key.in_(keys),
            MunicipalityProfile.published_at.is_not(None),
        )
    )


def active() -> ColumnElement[bool]:
    return and_(
        Account.approved_at.is_not(None),
        Account.suspended_at.is_(None),
        Account.closed_at.is_(None),
    )


def editors() -> Any:
    """Select (ags, account, order) of profile editors."""
    return (
        select(
            RoleAssignment.municipality_ags.label("ags"),
            Account.id.label("account_id"),
            RoleAssignment.created_at.label("since"),
        )
        .join(Account, Account.id == RoleAssignment.account_id)
        .where(
            RoleAssignment.role == Role.PROFILE_EDITOR,
            RoleAssignment.municipality_ags.is_not(None),
            active(),
        )
    )


def contacts() -> Any:
    """Select the same of contact persons who work there and have an account."""
    return (
        select(
            ProfileContact.ags.label("ags"),
            Account.id.label("account_id"),
            Account.created_at.label("since"),
        )
        .join(MunicipalityProfile, MunicipalityProfile.ags == ProfileContact.ags)
        .join(
            Account,
            and_(
                Account.email_key == func.lower(ProfileContact.email),
                Account.municipality_ags == ProfileContact.ags,
            ),
        )
        .where(MunicipalityProfile.published_at.is_not(None), active())
    )


def reach(target: Target, without: str | None) -> Reach:
    """Count in one statement whom an enquiry would go to."""
    told = union(
        editors().with_only_columns(RoleAssignment.municipality_ags.label("ags")),
        contacts().with_only_columns(ProfileContact.ags.label("ags")),
    ).subquery()
    can_be_told = Municipality.ags.in_(select(told.c.ags))
    row = session.execute(
        select(
            func.count(Municipality.ags), func.count(Municipality.ags).filter(can_be_told)
        ).where(meant_by(target, without))
    ).one()
    return Reach(*row)


def candidates(keys: Iterable[str], without: int | None) -> dict[str, list[int]]:
    """Return municipality → accounts that may be told, in the order they are asked."""
    keys = list(keys)
    found: dict[str, list[int]] = defaultdict(list)
    for part, column in (
        (editors(), RoleAssignment.municipality_ags),
        (contacts(), ProfileContact.ags),
    ):
        rows = session.execute(part.where(column.in_(keys))).all()
        for row in sorted(rows, key=lambda row: (row.ags, row.since, row.account_id)):
            if row.account_id != without and row.account_id not in found[row.ags]:
                found[row.ags].append(row.account_id)
    return dict(found)


def accounts(ids: Iterable[int]) -> dict[int, Account]:
    statement = select(Account).where(Account.id.in_(set(ids)))
    return {account.id: account for account in session.scalars(statement)}


def next_municipalities(
    target: Target, without: str | None, after: str, limit: int
) -> list[str]:
    """Return the next municipalities of a target in the order of their keys."""
    statement = (
        select(Municipality.ags)
        .where(meant_by(target, without), Municipality.ags > after)
        .order_by(Municipality.ags)
        .limit(limit)
    )
    return list(session.scalars(statement))
