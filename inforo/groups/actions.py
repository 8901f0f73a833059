"""Every write on groups. Nothing here commits; the caller does."""

from itertools import chain, count
from typing import Any

from flask import url_for

from inforo import audit, text, versions
from inforo.authz import Actor, Scope
from inforo.clock import now
from inforo.db import folded, session
from inforo.errors import DomainError, Forbidden
from inforo.groups import member_queries, policy, queries
from inforo.groups.models import (
    Admission,
    Group,
    GroupAudience,
    GroupKind,
    GroupRole,
    Membership,
)
from inforo.i18n import _, _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.watching import actions as watching
from inforo.watching.models import Level, Target

# First parts of addresses below /gruppen/ that are no group.
RESERVED_SLUGS = {"neu", "einladungen", "uebergaben"}
SETTINGS = (
    "name",
    "purpose",
    "description",
    "rules",
    "welcome",
    "admission_question",
    "question_template",
    "audience",
    "admission",
    "kind",
    "state_code",
    "programme_key",
    "holds_first_posts",
)


class WiderAudience(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Eine Gruppe kann enger werden, aber nicht weiter: Was hier geschrieben wurde, "
                "war für weniger Menschen gedacht. Legen Sie dafür eine neue Gruppe an."
            )
        )


class WiderThanWhole(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "In einer Untergruppe lesen nie mehr Menschen mit als in der Gruppe, zu der "
                "sie gehört."
            )
        )


class Archived(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("Diese Gruppe ist archiviert. Öffnen Sie sie wieder, um etwas zu ändern.")
        )


class WholeIsArchived(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("Öffnen Sie zuerst die Gruppe wieder, zu der diese Untergruppe gehört.")
        )


def create_group(actor: Actor, values: dict[str, Any], whole: Group | None = None) -> Group:
    """Make a group, perhaps inside another one; who makes it leads it."""
    if whole is not None:
        values = values | {
            "state_code": whole.state_code,
            "programme_key": whole.programme_key,
        }
        check_width(values, whole)
    elif not policy.may_place(actor, Scope(values["state_code"], values["programme_key"])):
        raise Forbidden
    group = Group(created_by_id=actor.account_id, slug=free_slug(values["name"]))
    fill(group, values)
    if whole is not None:
        group.parent_id = whole.id
        shelter(group, whole)
    session.add(group)
    session.flush()
    session.add(
        Membership(group_id=group.id, account_id=actor.account_id, role=GroupRole.MANAGER)
    )
    watching.choose_unless_chosen(actor, Target.GROUP, group.id, Level.FOLLOW)
    versions.record(actor, group, settings_of(group))
    audit.record(actor, "create", group, title=log_title(group))
    return group


def check_width(values: dict[str, Any], whole: Group) -> None:
    if policy.is_wider(GroupAudience(values["audience"]), whole.audience):
        raise WiderThanWhole


def shelter(part: Group, whole: Group) -> None:
    """Let the walls of a protected group count for the groups inside it."""
    part.sheltered_by_id = whole.id if whole.is_protected else None


def free_slug(name: str) -> str:
    """Return the name as part of an address no other group has."""
    stem = text.slug(name) or "gruppe"
    taken = queries.taken_slugs(stem) | RESERVED_SLUGS
    return next(
        slug
        for slug in chain([stem], (f"{stem}-{number}" for number in count(2)))
        if slug not in taken
    )


def fill(group: Group, values: dict[str, Any]) -> None:
    group.name, group.name_key = values["name"], folded(values["name"])
    group.purpose, group.description = values["purpose"], values["description"]
    group.description_html = text.render_markdown(values["description"])
    group.rules, group.rules_html = values["rules"], text.render_markdown(values["rules"])
    group.welcome, group.kind = values["welcome"], GroupKind(values["kind"])
    group.admission_question = values["admission_question"]
    group.question_template = values["question_template"]
    group.audience = GroupAudience(values["audience"])
    group.admission = Admission(values["admission"])
    group.state_code, group.programme_key = values["state_code"], values["programme_key"]
    group.holds_first_posts = values["holds_first_posts"]


def settings_of(group: Group) -> dict[str, Any]:
    """Return what the history keeps of a group."""
    return {name: getattr(group, name) for name in SETTINGS}


def log_title(group: Group) -> str:
    """Return what the log may call the group: names of hidden ones stay inside."""
    return "" if group.audience is GroupAudience.HIDDEN else group.name


def edit_group(actor: Actor, group: Group, values: dict[str, Any]) -> None:
    """Change the settings; the audience may only become smaller, for parts too."""
    if policy.is_wider(GroupAudience(values["audience"]), group.audience):
        raise WiderAudience
    if group.parent is not None:
        check_width(values, group.parent)
    check_place(actor, group, Scope(values["state_code"], values["programme_key"]))
    fill(group, values)
    for part in queries.parts(group):
        adapt_part(part, group)
    versions.record(actor, group, settings_of(group))
    audit.record(actor, "edit", group, title=log_title(group))


def check_place(actor: Actor, group: Group, wanted: Scope) -> None:
    """Refuse another Land or programme to who may not give the group there."""
    may_move = policy.may_replace(actor, group) and policy.may_place(actor, wanted)
    if wanted != group.scope and (group.parent_id is not None or not may_move):
        raise Forbidden


def adapt_part(part: Group, whole: Group) -> None:
    """Let a part follow its whole: to another Land, and behind its walls."""
    part.state_code, part.programme_key = whole.state_code, whole.programme_key
    if policy.is_wider(part.audience, whole.audience):
        part.audience = whole.audience
    shelter(part, whole)


def archive(actor: Actor, group: Group, reason: str) -> None:
    """End the group and its parts: readable as before, nothing new is written."""
    for ended in (group, *queries.parts(group)):
        if not ended.is_archived:
            archive_one(actor, ended, reason)


def archive_one(actor: Actor, group: Group, reason: str) -> None:
    group.archived_at = now()
    audit.record(actor, "archive", group, reason, title=log_title(group))
    tell_managers(
        actor,
        group,
        _l("Die Gruppe „%(name)s“ ist archiviert", name=group.name),
        reason,
        f"group-archive:{group.id}:{group.version}",
    )


def reopen(actor: Actor, group: Group, reason: str) -> None:
    """Let a group live again; its parts are opened one by one."""
    if group.parent is not None and group.parent.is_archived:
        raise WholeIsArchived
    group.archived_at = None
    audit.record(actor, "reopen", group, reason, title=log_title(group))


def tell_managers(
    actor: Actor, group: Group, title: Any, message: Any, key: str, url: str = ""
) -> None:
    """Tell all managers but the one who acts."""
    for manager in member_queries.managers(group):
        if not actor.is_me(manager.id):
            notify(
                manager,
                Event.GROUP,
                key=key,
                title=title,
                url=url or url_for("groups.show", slug=group.slug),
                text=message,
                subject=audit.subject_of(group),
                actor=actor,
            )
