"""Every write on groups and memberships. Nothing here commits; the caller does."""

from itertools import chain, count
from typing import Any

from flask import url_for

from inforo import audit, text, versions
from inforo.accounts.models import Account
from inforo.authz import Actor, Scope
from inforo.clock import now
from inforo.db import folded, session
from inforo.errors import DomainError, Forbidden
from inforo.groups import policy, queries
from inforo.groups.models import (
    Admission,
    Group,
    GroupAudience,
    GroupRole,
    JoinRequest,
    Membership,
)
from inforo.i18n import _, _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event

# First parts of addresses below /gruppen/ that are no group.
RESERVED_SLUGS = {"neu", "einladungen"}
SETTINGS = (
    "name",
    "purpose",
    "description",
    "welcome",
    "audience",
    "admission",
    "state_code",
    "programme_key",
)


class LastManager(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Eine Gruppe braucht mindestens eine Leitung. Übertragen Sie die Leitung "
                "zuerst einer anderen Person."
            )
        )


class WiderAudience(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Eine Gruppe kann enger werden, aber nicht weiter: Was hier geschrieben wurde, "
                "war für weniger Menschen gedacht. Legen Sie dafür eine neue Gruppe an."
            )
        )


def create_group(actor: Actor, values: dict[str, Any]) -> Group:
    """Make a group; who makes it leads it."""
    if not policy.may_place(actor, Scope(values["state_code"], values["programme_key"])):
        raise Forbidden
    group = Group(created_by_id=actor.account_id, slug=free_slug(values["name"]))
    fill(group, values)
    session.add(group)
    session.flush()
    session.add(
        Membership(
            group_id=group.id,
            account_id=actor.account_id,
            role=GroupRole.MANAGER,
            follows_since=now(),
        )
    )
    versions.record(actor, group, settings_of(group))
    audit.record(actor, "create", group, title=log_title(group))
    return group


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
    group.welcome = values["welcome"]
    group.audience = GroupAudience(values["audience"])
    group.admission = Admission(values["admission"])
    group.state_code, group.programme_key = values["state_code"], values["programme_key"]


def settings_of(group: Group) -> dict[str, Any]:
    """Return what the history keeps of a group."""
    return {name: getattr(group, name) for name in SETTINGS}


def log_title(group: Group) -> str:
    """Return what the log may call the group: names of hidden ones stay inside."""
    return "" if group.audience is GroupAudience.HIDDEN else group.name


def edit_group(actor: Actor, group: Group, values: dict[str, Any]) -> None:
    """Change the settings; the audience may only become smaller."""
    if policy.is_wider(GroupAudience(values["audience"]), group.audience):
        raise WiderAudience
    wanted = Scope(values["state_code"], values["programme_key"])
    if wanted != group.scope and not (
        policy.may_replace(actor, group) and policy.may_place(actor, wanted)
    ):
        raise Forbidden
    fill(group, values)
    versions.record(actor, group, settings_of(group))
    audit.record(actor, "edit", group, title=log_title(group))


def archive(actor: Actor, group: Group, reason: str) -> None:
    """End the group: readable as before, nothing new is written."""
    group.archived_at = group.archived_at or now()
    audit.record(actor, "archive", group, reason, title=log_title(group))
    tell_managers(
        actor,
        group,
        _l("Die Gruppe „%(name)s“ ist archiviert", name=group.name),
        reason,
        f"group-archive:{group.id}:{group.version}",
    )


def reopen(actor: Actor, group: Group, reason: str) -> None:
    group.archived_at = None
    audit.record(actor, "reopen", group, reason, title=log_title(group))


def join(actor: Actor, group: Group) -> None:
    """Enter an open group."""
    add_member(group, actor.account_id)


def add_member(group: Group, account_id: int | None) -> Membership:
    """Let somebody in, once; an open request or invitation is settled with it."""
    membership = queries.find_membership(group, account_id)
    if membership is None:
        membership = Membership(group_id=group.id, account_id=account_id)
        session.add(membership)
    request = queries.find_request(group, account_id)
    if request is not None:
        session.delete(request)
    return membership


def join_visibly(actor: Actor, group: Group) -> None:
    """Let somebody of the office in charge enter a protected group: told and logged."""
    add_member(group, actor.account_id)
    audit.record(actor, "join_visibly", group, title=log_title(group))
    tell_managers(
        actor,
        group,
        _l("%(name)s ist Ihrer Gruppe beigetreten", name=actor.name),
        _l(
            "%(name)s von der zuständigen Koordinierungsstelle ist der Gruppe "
            "„%(group)s“ sichtbar beigetreten und liest jetzt mit.",
            name=actor.name,
            group=group.name,
        ),
        f"group-visible:{group.id}:{actor.account_id}:{now().date()}",
    )


def leave(actor: Actor, group: Group) -> None:
    remove_member(actor, group, queries.get_membership(group, actor.account_id or 0))


def remove_member(actor: Actor, group: Group, membership: Membership) -> None:
    """Take somebody out of the group; the last manager stays."""
    keep_one_manager(group, membership)
    session.delete(membership)
    if not actor.is_me(membership.account_id):
        audit.record(actor, "remove_member", group, title=log_title(group))
        tell(
            actor,
            membership.account_id,
            title=_l("Sie gehören nicht mehr zur Gruppe „%(name)s“", name=group.name),
            url=url_for("groups.index"),
            key=f"group-removed:{membership.id}",
        )


def keep_one_manager(group: Group, membership: Membership) -> None:
    """Refuse to take the group its last manager, also when two resign at once."""
    if membership.role is not GroupRole.MANAGER:
        return
    queries.lock_group(group)
    if len(queries.managers(group)) < 2:
        raise LastManager


def make_manager(actor: Actor, group: Group, membership: Membership) -> None:
    membership.role = GroupRole.MANAGER
    membership.follows_since = membership.follows_since or now()
    audit.record(actor, "make_manager", group, title=log_title(group))
    tell(
        actor,
        membership.account_id,
        title=_l("Sie leiten jetzt die Gruppe „%(name)s“ mit", name=group.name),
        url=url_for("groups.show", slug=group.slug),
        key=f"group-manager:{membership.id}:{now().date()}",
    )


def make_member(actor: Actor, group: Group, membership: Membership) -> None:
    """Let a manager step down."""
    keep_one_manager(group, membership)
    membership.role = GroupRole.MEMBER
    audit.record(actor, "make_member", group, title=log_title(group))


def follow(actor: Actor, group: Group, wanted: bool) -> None:
    """Choose to hear of new questions in the group, or not."""
    membership = queries.get_membership(group, actor.account_id or 0)
    membership.follows_since = (membership.follows_since or now()) if wanted else None


def request_to_join(actor: Actor, group: Group, message: str) -> JoinRequest:
    """Ask to be let in; the managers are told. Somebody invited is in at once."""
    known = queries.find_request(group, actor.account_id)
    if known is not None:
        if known.invited_by_id is not None:
            add_member(group, actor.account_id)
        return known
    request = JoinRequest(group_id=group.id, account_id=actor.account_id, message=message)
    session.add(request)
    session.flush()
    title = _l("%(name)s möchte in die Gruppe „%(group)s“", name=actor.name, group=group.name)
    tell_managers(
        actor,
        group,
        title,
        message,
        f"group-request:{request.id}:{request.created_at.timestamp():.0f}",
        url_for("groups.members", slug=group.slug),
    )
    return request


def withdraw_request(actor: Actor, group: Group) -> None:
    request = queries.find_request(group, actor.account_id)
    if request is not None and request.invited_by_id is None:
        session.delete(request)


def decide_request(actor: Actor, group: Group, request: JoinRequest, *, accepted: bool) -> None:
    """Let somebody in or not; an invitation not wanted any more is taken back."""
    account_id, key = request.account_id, f"group-decision:{request.id}"
    key += f":{request.created_at.timestamp():.0f}"
    if request.invited_by_id is not None:
        session.delete(request)
        return
    if accepted:
        add_member(group, account_id)
        title = _l("Willkommen in der Gruppe „%(name)s“", name=group.name)
    else:
        session.delete(request)
        title = _l("Ihre Anfrage an die Gruppe „%(name)s“ wurde abgelehnt", name=group.name)
    audit.record(actor, "admit" if accepted else "refuse", group, title=log_title(group))
    url = url_for("groups.show", slug=group.slug)
    tell(actor, account_id, title=title, url=url, key=key, text=group.welcome * accepted)


def invite(actor: Actor, group: Group, account: Account, message: str) -> None:
    """Invite a member of the platform; who asked before is let in."""
    if queries.find_membership(group, account.id) is not None:
        raise DomainError(_("%(name)s gehört schon zur Gruppe.", name=account.name))
    known = queries.find_request(group, account.id)
    if known is not None and known.invited_by_id is None:
        decide_request(actor, group, known, accepted=True)
        return
    if known is None:
        known = JoinRequest(
            group_id=group.id,
            account_id=account.id,
            message=message,
            invited_by_id=actor.account_id,
        )
        session.add(known)
        session.flush()
    notify(
        account,
        Event.GROUP,
        key=f"group-invitation:{known.id}:{known.created_at.timestamp():.0f}",
        title=_l("Einladung in die Gruppe „%(name)s“", name=group.name),
        url=url_for("groups.invitation", request_id=known.id),
        text=message or group.purpose,
        subject=audit.subject_of(group),
        actor=actor,
    )


def accept_invitation(actor: Actor, invitation: JoinRequest) -> Group:
    """Enter the group one was invited to, as long as it is alive."""
    group = invitation.group
    if group.archived_at is not None:
        raise DomainError(_("Diese Gruppe ist inzwischen archiviert."))
    add_member(group, actor.account_id)
    return group


def decline_invitation(actor: Actor, invitation: JoinRequest) -> None:
    session.delete(invitation)


def tell_managers(
    actor: Actor, group: Group, title: Any, message: Any, key: str, url: str = ""
) -> None:
    """Tell all managers but the one who acts."""
    for manager in queries.managers(group):
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


def tell(  # noqa: PLR0913 (what a message consists of)
    actor: Actor, account_id: int, *, title: Any, url: str, key: str, text: str = ""
) -> None:
    """Tell one person what happened to their place in a group."""
    recipient = session.get(Account, account_id)
    if recipient is not None and not actor.is_me(account_id):
        notify(recipient, Event.GROUP, key=key, title=title, url=url, text=text, actor=actor)
