"""Coming into groups, leading them and leaving. Nothing here commits; the caller does."""

from typing import Any

from flask import url_for

from inforo import audit
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.errors import DomainError
from inforo.groups import queries as groups
from inforo.groups.actions import log_title, tell_managers
from inforo.groups.member_queries import find_membership, find_request, get_membership, managers
from inforo.groups.models import Group, GroupRole, JoinRequest, Membership
from inforo.i18n import _, _l
from inforo.memberships import queries
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.watching import actions as watching
from inforo.watching.models import Level, Target


class LastManager(DomainError):
    def __init__(self, group: Group) -> None:
        super().__init__(
            _(
                "Die Gruppe „%(name)s“ braucht mindestens eine Leitung. Übertragen Sie die "
                "Leitung zuerst einer anderen Person.",
                name=group.name,
            )
        )


class Archived(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("Diese Gruppe ist archiviert. Niemand kommt mehr dazu, bis sie wieder öffnet.")
        )


class OutsideOfWhole(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("In diese Untergruppe kann nur, wer zur Gruppe gehört, in der sie liegt.")
        )


def join(actor: Actor, group: Group, level: Level | None) -> None:
    """Enter an open group, and say how much one wants to hear of it."""
    membership = add_member(group, actor.account_id)
    if level is not None:
        watching.choose(actor, Target.GROUP, group.id, level)
    if group.welcome:
        greet(group, membership)


def add_member(group: Group, account_id: int | None) -> Membership:
    """Let somebody in, once; an open request or invitation is settled with it."""
    membership = find_membership(group, account_id)
    if membership is None:
        check_open(group, account_id)
        membership = Membership(group_id=group.id, account_id=account_id)
        session.add(membership)
        session.flush()
    request = find_request(group, account_id)
    if request is not None:
        session.delete(request)
    return membership


def check_open(group: Group, account_id: int | None) -> None:
    """Refuse new members to what is archived, and strangers to what is inside a group."""
    check_alive(group)
    if not queries.is_let_near(group, account_id):
        raise OutsideOfWhole


def check_alive(group: Group) -> None:
    if group.is_archived:
        raise Archived


def greet(group: Group, membership: Membership, actor: Actor | None = None) -> None:
    """Send the welcome of the group, as long as the person belongs to it."""
    account = session.get_one(Account, membership.account_id)
    notify(
        account,
        Event.GROUP,
        key=f"group-welcome:{membership.id}:{membership.joined_at.timestamp():.0f}",
        title=_l("Willkommen in der Gruppe „%(name)s“", name=group.name),
        url=url_for("groups.show", slug=group.slug),
        text=group.welcome,
        subject=audit.subject_of(group),
        about=audit.subject_of(membership),
        actor=actor,
    )


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
    remove_member(actor, group, get_membership(group, actor.account_id or 0))


def remove_member(actor: Actor, group: Group, membership: Membership) -> None:
    """Take somebody out of the group and of what is inside it; the last manager stays."""
    for part, inner in queries.memberships_inside(group, membership.account_id):
        keep_one_manager(part, inner)
        session.delete(inner)
    keep_one_manager(group, membership)
    session.delete(membership)
    for request in queries.requests_inside(group, membership.account_id):
        session.delete(request)
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
    groups.lock_group(group)
    if len(managers(group)) < 2:
        raise LastManager(group)


def make_manager(actor: Actor, group: Group, membership: Membership) -> None:
    membership.role = GroupRole.MANAGER
    watching.suggest(membership.account_id, Target.GROUP, group.id, Level.FOLLOW)
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


def request_to_join(actor: Actor, group: Group, message: str) -> JoinRequest:
    """Ask to be let in; the managers are told. Somebody invited is in at once."""
    check_open(group, actor.account_id)
    known = find_request(group, actor.account_id)
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
        url_for("memberships.members", slug=group.slug),
    )
    return request


def withdraw_request(actor: Actor, group: Group) -> None:
    request = find_request(group, actor.account_id)
    if request is not None and request.invited_by_id is None:
        session.delete(request)


def decide_request(actor: Actor, group: Group, request: JoinRequest, *, accepted: bool) -> None:
    """Let somebody in or not; an invitation not wanted any more is taken back."""
    if request.invited_by_id is not None:
        session.delete(request)
        return
    audit.record(actor, "admit" if accepted else "refuse", group, title=log_title(group))
    if accepted:
        greet(group, add_member(group, request.account_id), actor)
        return
    session.delete(request)
    tell(
        actor,
        request.account_id,
        title=_l("Ihre Anfrage an die Gruppe „%(name)s“ wurde abgelehnt", name=group.name),
        url=url_for("groups.show", slug=group.slug),
        key=f"group-decision:{request.id}:{request.created_at.timestamp():.0f}",
    )


def invite(actor: Actor, group: Group, account: Account, message: str) -> None:
    """Invite a member of the platform; who asked before is let in."""
    check_open(group, account.id)
    if find_membership(group, account.id) is not None:
        raise DomainError(_("%(name)s gehört schon zur Gruppe.", name=account.name))
    known = find_request(group, account.id)
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
        url=url_for("memberships.invitation", request_id=known.id),
        text=message or group.purpose,
        subject=audit.subject_of(group),
        actor=actor,
    )


def accept_invitation(actor: Actor, invitation: JoinRequest) -> Group:
    """Enter the group one was invited to, as long as it is alive."""
    group = invitation.group
    membership = add_member(group, actor.account_id)
    if group.welcome:
        greet(group, membership)
    return group


def decline_invitation(actor: Actor, invitation: JoinRequest) -> None:
    session.delete(invitation)


def tell(  # noqa: PLR0913 (what a message consists of)
    actor: Actor, account_id: int, *, title: Any, url: str, key: str, text: Any = ""
) -> None:
    """Tell one person what happened to their place in a group."""
    recipient = session.get(Account, account_id)
    if recipient is not None and not actor.is_me(account_id):
        notify(recipient, Event.GROUP, key=key, title=title, url=url, text=text, actor=actor)
