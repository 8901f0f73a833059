"""Every SELECT on the pages of groups. Who asks comes first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import aliased, joinedload

from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import NotFound
from inforo.groups import policy as reading
from inforo.groups import queries as groups
from inforo.groups.models import Group, GroupAudience
from inforo.versions import Version
from inforo.wiki import policy
from inforo.wiki.models import FormerTitle, WikiLink, WikiPage, WikiRules, page_path

MOST_LINKING = 50
OPEN_AUDIENCES = (GroupAudience.PUBLIC, GroupAudience.MEMBERS)


def get_page(actor: Actor, group_slug: str, page_id: int) -> WikiPage:
    """Return a page for those who read its group, or raise NotFound.

    Who may only read this one page finds it elsewhere (`get_opened`): here stands the name of
    the group in the address.
    """
    page = find_page(page_id)
    if page is None or page.group.slug != group_slug:
        raise groups.refusal(actor, members_may=False)
    if not policy.may_enter(actor, page):
        is_open = page.group.audience in OPEN_AUDIENCES and not page.is_deleted
        raise groups.refusal(actor, is_open)
    return page


def get_opened(actor: Actor, page_id: int) -> WikiPage:
    """Return a page for whoever may read it, also beyond its group."""
    page = find_page(page_id)
    if page is None or not policy.may_view(actor, page):
        is_open = page is not None and members_may_view(page)
        raise groups.refusal(actor, is_open)
    return page


def members_may_view(page: WikiPage) -> bool:
    opened = {page.group.audience, page.opened_to} & set(OPEN_AUDIENCES)
    return bool(opened) and not page.is_deleted


def find_page(page_id: int) -> WikiPage | None:
    """Return a page whoever asks, for jobs and for rules that come next."""
    return session.scalar(
        select(WikiPage)
        .where(WikiPage.id == page_id)
        .options(
            joinedload(WikiPage.group),
            joinedload(WikiPage.edited_by),
            joinedload(WikiPage.rules),
        )
    )


def get_group(actor: Actor, slug: str) -> Group:
    """Return a group whose pages the person may read."""
    group = groups.get_group(actor, slug)
    if not reading.may_read(actor, group):
        raise NotFound
    return group


def rules_of(group: Group) -> WikiRules:
    """Return what the group decided, or what counts where it decided nothing."""
    known = session.get(WikiRules, group.id)
    return known or WikiRules(group=group, only_managers=False)


@dataclass
class Branch:
    """A page of the list with the pages below it."""

    page: Any
    below: list[Any] = field(default_factory=list)


def tree(actor: Actor, group: Group) -> list[Branch]:
    """Return the pages of a group by title, each with those below it: one statement."""
    rows = session.execute(
        select(
            WikiPage.id,
            WikiPage.title,
            WikiPage.parent_id,
            WikiPage.protected_at,
            WikiPage.opened_to,
            WikiPage.edited_at,
        )
        .where(WikiPage.group_id == group.id, WikiPage.deleted_at.is_(None))
        .order_by(WikiPage.title_key, WikiPage.id)
    ).all()
    there = {row.id for row in rows}
    top = {row.id: Branch(row) for row in rows if row.parent_id not in there}
    for row in rows:
        if row.parent_id in top:
            top[row.parent_id].below.append(row)
    return list(top.values())


def deleted_pages(group: Group) -> Sequence[Any]:
    """Return what managers may bring back, the latest first."""
    return session.execute(
        select(WikiPage.id, WikiPage.title, WikiPage.deleted_at, WikiPage.deleted_reason)
        .where(WikiPage.group_id == group.id, WikiPage.deleted_at.is_not(None))
        .order_by(WikiPage.deleted_at.desc())
        .limit(50)
    ).all()


def newest_pages(group: Group, most: int = 5) -> Sequence[Any]:
    """Return the pages changed last, each with whether there are more; one statement."""
    return session.execute(
        select(WikiPage.id, WikiPage.title, WikiPage.edited_at)
        .where(WikiPage.group_id == group.id, WikiPage.deleted_at.is_(None))
        .order_by(WikiPage.edited_at.desc(), WikiPage.id.desc())
        .limit(most)
    ).all()


@dataclass
class Around:
    """What stands around a page: the one above it, and those beside and below."""

    above: Any = None
    below: list[Any] = field(default_factory=list)


def around(page: WikiPage) -> Around:
    """Return the page above and those below, by title: one statement."""
    found = Around()
    rows = session.execute(
        select(WikiPage.id, WikiPage.title)
        .where(
            WikiPage.group_id == page.group_id,
            WikiPage.deleted_at.is_(None),
            (WikiPage.parent_id == page.id) | (WikiPage.id == page.parent_id),
        )
        .order_by(WikiPage.title_key)
    )
    for row in rows:
        if row.id == page.parent_id:
            found.above = row
        else:
            found.below.append(row)
    return found


def linking_here(page: WikiPage) -> Sequence[Any]:
    """Return the pages of the group that link to this one, by any title it has or had."""
    present = aliased(WikiPage)
    is_another = select(present.id).where(
        present.group_id == page.group_id, present.title_key == FormerTitle.title_key
    )
    former = select(FormerTitle.title_key).where(
        FormerTitle.page_id == page.id, ~is_another.exists()
    )
    linking = select(WikiLink.page_id).where(
        (WikiLink.title_key == page.title_key) | WikiLink.title_key.in_(former)
    )
    statement = (
        select(WikiPage.id, WikiPage.title)
        .where(
            WikiPage.group_id == page.group_id,
            WikiPage.deleted_at.is_(None),
            WikiPage.id != page.id,
            WikiPage.id.in_(linking),
        )
        .order_by(WikiPage.title_key)
        .limit(MOST_LINKING)
    )
    return session.execute(statement).all()


def pages_below(page: WikiPage) -> list[WikiPage]:
    return list(
        session.scalars(
            select(WikiPage)
            .where(WikiPage.parent_id == page.id, WikiPage.deleted_at.is_(None))
            .order_by(WikiPage.title_key)
        )
    )


def has_below(page: WikiPage) -> bool:
    below = select(WikiPage.id).where(
        WikiPage.parent_id == page.id, WikiPage.deleted_at.is_(None)
    )
    return session.scalar(below.limit(1)) is not None


def parents_for(group: Group, page: WikiPage | None = None) -> list[tuple[str, str]]:
    """Return the pages another one may stand below: those at the top."""
    above = aliased(WikiPage)
    statement = (
        select(WikiPage.id, WikiPage.title)
        .outerjoin(above, above.id == WikiPage.parent_id)
        .where(
            WikiPage.group_id == group.id,
            WikiPage.deleted_at.is_(None),
            above.id.is_(None) | above.deleted_at.is_not(None),
        )
        .order_by(WikiPage.title_key)
    )
    if page is not None:
        statement = statement.where(WikiPage.id != page.id)
    return [(str(row.id), row.title) for row in session.execute(statement)]


def paths_of(group: Group, keys: Iterable[str]) -> dict[str, str]:
    """Return folded title → address of the pages with these titles, present ones first."""
    wanted = list(keys)
    if not wanted:
        return {}
    present = select(WikiPage.title_key, WikiPage.id, WikiPage.title).where(
        WikiPage.group_id == group.id, WikiPage.title_key.in_(wanted)
    )
    former = (
        select(FormerTitle.title_key, WikiPage.id, WikiPage.title)
        .join(WikiPage, WikiPage.id == FormerTitle.page_id)
        .where(
            FormerTitle.group_id == group.id,
            FormerTitle.title_key.in_(wanted),
            WikiPage.deleted_at.is_(None),
        )
    )
    rows: Sequence[Any] = session.execute(union_all(former, present)).all()
    return {key: page_path(group.slug, page_id, title) for key, page_id, title in rows}


def is_taken(group_id: int, key: str, but: int | None = None) -> bool:
    statement = select(WikiPage.id).where(
        WikiPage.group_id == group_id, WikiPage.title_key == key
    )
    if but is not None:
        statement = statement.where(WikiPage.id != but)
    return session.scalar(statement) is not None


def history(page: WikiPage) -> list[tuple[Version, str | None]]:
    """Return the versions of a page, the newest first, with the names of their authors."""
    statement = (
        select(Version, Account.name)
        .outerjoin(Account, Account.id == Version.author_id)
        .where(Version.subject == subject_of(page))
        .order_by(Version.number.desc())
    )
    return [(version, name) for version, name in session.execute(statement)]


def get_versions(page: WikiPage, *numbers: int | None) -> list[Version]:
    """Return versions in the order of the given numbers; raise NotFound if one is missing."""
    wanted = [number for number in numbers if number is not None]
    found = {
        version.number: version
        for version in session.scalars(
            select(Version).where(
                Version.subject == subject_of(page), Version.number.in_(wanted)
            )
        )
    }
    if len(wanted) < len(numbers) or not set(wanted) <= found.keys():
        raise NotFound
    return [found[number] for number in wanted]


def authors_of(page: WikiPage) -> set[int | None]:
    """Return who wrote versions of a page; None for somebody who is gone."""
    statement = select(Version.author_id).where(Version.subject == subject_of(page))
    return set(session.scalars(statement.distinct()))


def written_by(account_id: int) -> Sequence[Any]:
    """Return the versions somebody wrote, for their data export: subject, time, fields."""
    ours = Version.subject.startswith(f"{WikiPage.__tablename__}:", autoescape=True)
    return session.execute(
        select(
            Version.subject, Version.number, Version.note, Version.fields, Version.created_at
        )
        .where(Version.author_id == account_id, ours)
        .order_by(Version.id)
    ).all()


def count_pages(group: Group) -> int:
    statement = select(func.count(WikiPage.id)).where(
        WikiPage.group_id == group.id, WikiPage.deleted_at.is_(None)
    )
    return session.scalar(statement) or 0
