"""Every write on the pages of groups. Nothing here commits; the caller does."""

from typing import Any

from sqlalchemy import delete, insert, select

from inforo import audit, text, versions
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import dialect_insert, folded, session
from inforo.errors import BadInput, DomainError
from inforo.groups.models import Group, GroupAudience
from inforo.i18n import _, _l, written
from inforo.versions import Version
from inforo.wiki import queries, rendering
from inforo.wiki.models import FormerTitle, WikiLink, WikiPage, WikiRules
from inforo.wiki.places import PAGE_MADE, PAGE_WRITTEN


class TitleTaken(DomainError):
    """Another page of the group has this title."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Eine Seite mit diesem Titel gibt es in der Gruppe schon."))


class TooManyPages(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Diese Gruppe hat schon %(count)s Seiten. Mehr geht nicht.",
                count=settings.wiki_pages,
            )
        )


def create(actor: Actor, group: Group, values: dict[str, Any]) -> WikiPage:
    if queries.count_pages(group) >= settings.wiki_pages:
        raise TooManyPages
    page = WikiPage(group=group, created_by_id=actor.account_id)
    fill(actor, page, values)
    session.add(page)
    session.flush()
    keep_links(page)
    versions.record(actor, page, fields_of(page), values.get("note") or "")
    for follow in PAGE_MADE:
        follow(actor, page)
    return page


class ReadByOthers(DomainError):
    """Somebody writes on a page without having been told that others read it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Diese Seite lesen inzwischen auch Menschen außerhalb der Gruppe. Bitte lesen "
                "Sie den Hinweis und senden Sie noch einmal."
            )
        )


def edit(
    actor: Actor,
    page: WikiPage,
    values: dict[str, Any],
    *,
    told: GroupAudience | None = None,
) -> None:
    """Change words, title or place; who sends what is there already saves nothing.

    `told` is the audience beyond the group that the form named: writing means to agree.
    """
    session.scalar(select(WikiPage.id).where(WikiPage.id == page.id).with_for_update())
    session.refresh(page, ["opened_to"])
    if page.opened_to not in (None, told):
        raise ReadByOthers
    before, key = fields_of(page), page.title_key
    fill(actor, page, values)
    if fields_of(page) == before:
        session.refresh(page)
        return
    if key and key != page.title_key:
        remember_title(page, key)
    keep_links(page)
    versions.record(actor, page, fields_of(page), values.get("note") or "")
    for follow in PAGE_WRITTEN:
        follow(actor, page)


def fill(actor: Actor, page: WikiPage, values: dict[str, Any]) -> None:
    key = folded(values["title"])
    with session.no_autoflush:
        if queries.is_taken(page.group.id, key, page.id):
            raise TitleTaken
        page.parent_id = checked_parent(page, values.get("parent_id"))
    page.title, page.title_key, page.body = values["title"], key, values["body"]
    page.body_html, page.renderer = rendering.rendered(values["body"]), text.RENDERER
    page.edited_at, page.edited_by_id = now(), actor.account_id


def keep_links(page: WikiPage) -> None:
    """Note where the text leads, so that the pages there can name this one."""
    session.execute(delete(WikiLink).where(WikiLink.page_id == page.id))
    keys = sorted(key for key in rendering.titles_in(page.body_html) if key)
    if keys:
        rows = [{"page_id": page.id, "title_key": key} for key in keys]
        session.execute(insert(WikiLink), rows)


def checked_parent(page: WikiPage, parent_id: int | None) -> int | None:
    """Return the page to stand below: one at the top, if nothing stands below this one."""
    if parent_id is None:
        return None
    offered = {key for key, _title in queries.parents_for(page.group, page)}
    if str(parent_id) not in offered:
        raise BadInput(_("Unter diese Seite lässt sich die Seite nicht stellen."))
    if page.id is not None and queries.has_below(page):
        raise DomainError(
            _("Unter dieser Seite stehen schon andere. Stellen Sie zuerst diese woandershin.")
        )
    return parent_id


def fields_of(page: WikiPage) -> dict[str, Any]:
    return {"title": page.title, "body": page.body, "parent_id": page.parent_id}


def remember_title(page: WikiPage, key: str) -> None:
    """Let links with the old title lead here; the title may have been another page's."""
    statement = dialect_insert(FormerTitle).values(
        group_id=page.group_id, title_key=key, page_id=page.id
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["group_id", "title_key"], set_={"page_id": page.id}
        )
    )


def restore_version(
    actor: Actor, page: WikiPage, version: Version, *, told: GroupAudience | None = None
) -> None:
    """Let old words be the newest version; where the page stands stays as it is."""
    note = written(_l("Fassung %(number)s zurückgeholt", number=version.number))
    values = {"title": version.fields["title"], "body": version.fields["body"]}
    edit(actor, page, values | {"parent_id": page.parent_id, "note": note}, told=told)


def delete_page(actor: Actor, page: WikiPage, reason: str) -> None:
    """Take a page out; managers can bring it back for a month. Its title is free again."""
    page.deleted_at, page.deleted_reason, page.title_key = now(), reason, None
    record(actor, "delete_page", page, reason)


def restore_page(actor: Actor, page: WikiPage) -> None:
    key = folded(page.title)
    if queries.is_taken(page.group_id, key, page.id):
        raise DomainError(
            _(
                "Inzwischen gibt es eine andere Seite mit diesem Titel. Benennen Sie zuerst "
                "diese um."
            )
        )
    page.deleted_at, page.deleted_reason, page.title_key = None, "", key
    record(actor, "restore_page", page)


def protect(actor: Actor, page: WikiPage, *, wanted: bool) -> None:
    if wanted == page.is_protected:
        return
    page.protected_at = now() if wanted else None
    record(actor, "protect_page" if wanted else "unprotect_page", page)


def set_rules(
    actor: Actor, group: Group, *, only_managers: bool, start_page_id: int | None
) -> None:
    rules = session.get(WikiRules, group.id)
    if rules is None:
        rules = WikiRules(group_id=group.id)
        session.add(rules)
    rules.only_managers, rules.start_page_id = only_managers, start_page_id
    audit.record(actor, "wiki_rules", group, title="" if group.is_protected else group.name)


def purge(page: WikiPage) -> None:
    """Delete a page for good, with what it was."""
    versions.forget(page)
    session.execute(delete(WikiPage).where(WikiPage.id == page.id))


def record(actor: Actor, action: str, page: WikiPage, reason: str = "") -> None:
    """Log a decision; what protected groups write does not get into the log."""
    is_protected = page.group.is_protected
    audit.record(actor, action, page, reason, title="" if is_protected else page.title)
