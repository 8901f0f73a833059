"""Whom a text mentions: people who read its group, and groups its author belongs to.

A group's name tells those of its members who may read the text; who is named twice is told
once. A name that several people have tells nobody: nobody could say who was meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, func, or_, select

from inforo.accounts.models import Account, search_key
from inforo.authz import Actor
from inforo.db import session
from inforo.discussions.hearing import may_hear
from inforo.groups import queries as groups
from inforo.groups.models import Group, GroupAudience, Membership

OFFERED = 8
SHORTEST = 2


@dataclass(frozen=True)
class Found:
    """What the names of a text stand for: name → id of a person, name → (id, slug)."""

    people: dict[str, int] = field(default_factory=dict)
    groups: dict[str, tuple[int, str]] = field(default_factory=dict)

    def address_of(self, name: str) -> str | None:
        """Return the page of who is meant, or None if the name means nobody here."""
        if name in self.people:
            return f"/personen/{self.people[name]}"
        return f"/gruppen/{self.groups[name][1]}" if name in self.groups else None


def find(author_id: int | None, names: Sequence[str], group: Group) -> Found:
    """Return whom the names mean in a text of this author for this group."""
    if not names:
        return Found()
    people: dict[str, list[int]] = {}
    statement = select(Account.name, Account.id).where(
        Account.name.in_(names), *groups.ACTIVE, may_hear(group)
    )
    for name, account_id in session.execute(statement):
        people.setdefault(name, []).append(account_id)
    rows = session.execute(own_groups(author_id).where(Group.name.in_(names)))
    return Found(
        {name: ids[0] for name, ids in people.items() if len(ids) == 1},
        {name: (key, slug) for key, name, slug in rows if name not in people},
    )


def own_groups(author_id: int | None) -> Select[int, str, str]:
    """Select the groups somebody may call by name: those they belong to."""
    belongs = select(Membership.group_id).where(Membership.account_id == (author_id or 0))
    return select(Group.id, Group.name, Group.slug).where(
        Group.id.in_(belongs),
        Group.audience != GroupAudience.HIDDEN,
        Group.archived_at.is_(None),
    )


def told(author_id: int | None, found: Found, group: Group) -> Select[int]:
    """Select the accounts that mentions tell: never the author, never who may not read."""
    ids = [key for key, _slug in found.groups.values()]
    members = select(Membership.account_id).where(Membership.group_id.in_(ids))
    wanted = or_(Account.id.in_(found.people.values()), Account.id.in_(members))
    return select(Account.id).where(
        wanted, Account.id != (author_id or 0), *groups.ACTIVE, may_hear(group)
    )


def people_told(author_id: int | None, found: Found, group: Group) -> list[int]:
    if not found.people and not found.groups:
        return []
    return list(session.scalars(told(author_id, found, group).order_by(Account.id)))


def count_told(author_id: int | None, found: Found, group: Group) -> int:
    """Return how many people would hear of a text that mentions these."""
    if not found.people and not found.groups:
        return 0
    people = told(author_id, found, group).subquery()
    return session.scalar(select(func.count()).select_from(people)) or 0


def suggest(actor: Actor, group: Group, typed: str) -> list[dict[str, str]]:
    """Return the people and groups whose names begin like what was typed after an "@"."""
    key = search_key(typed)
    if len(key) < SHORTEST:
        return []
    begins = or_(
        Account.name_key.startswith(key, autoescape=True),
        Account.name_key.contains(f" {key}", autoescape=True),
    )
    people = session.scalars(
        select(Account)
        .where(begins, *groups.ACTIVE, may_hear(group), Account.id != actor.account_id)
        .order_by(Account.name_key, Account.id)
        .limit(OFFERED)
    )
    wanted = Group.name.icontains(typed.strip(), autoescape=True)
    called = session.execute(own_groups(actor.account_id).where(wanted).limit(OFFERED))
    return [
        *({"name": name, "hint": "", "kind": "group"} for _id, name, _slug in called),
        *({"name": who.name, "hint": who.place, "kind": "person"} for who in people),
    ][:OFFERED]
