"""Pages of groups: directory, home, settings, members, admission."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import security, text, versions, web
from inforo.accounts.models import Account
from inforo.authz import actor, public, require
from inforo.config import settings
from inforo.db import session
from inforo.errors import BadInput, DomainError, NotFound
from inforo.forms import ReasonForm, with_blank
from inforo.groups import actions, policy, queries
from inforo.groups.forms import FollowForm, GroupForm, InviteForm, RequestForm
from inforo.groups.models import Group, GroupAudience, GroupRole
from inforo.groups.queries import Filters
from inforo.i18n import _
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("groups", __name__)


@bp.errorhandler(NotFound)
def offer_sign_in(error: NotFound) -> ResponseReturnValue:
    """Lead guests to the sign-in, whether or not there is something behind it."""
    if actor().is_signed_in:
        return web.show_refusal(error)
    session.rollback()
    answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    return answer


@bp.get("/gruppen/")
@public
def index() -> ResponseReturnValue:
    filters = Filters(
        state=request.args.get("land", ""),
        programme=request.args.get("fachmodul", ""),
        audience=request.args.get("lesbar", ""),
        mine="meine" in request.args and actor().is_member,
        archived="archiv" in request.args,
        q=request.args.get("q", "")[:200].strip(),
    )
    page, count = web.page_number(), queries.count_groups(actor(), filters)
    return render_template(
        "groups/index.html",
        groups=queries.list_groups(actor(), filters, page),
        count=count,
        page=page,
        pages=-(-count // settings.page_size),
        filters=filters,
        audiences=[(audience.value, audience.label) for audience in GroupAudience],
        states=queries.states(),
        programmes=[(item.key, item.label) for item in vocabularies.programmes()],
        invitations=queries.invitations_of(actor()) if actor().is_member else [],
    )


@bp.get("/gruppen/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    return render_group(group, RequestForm())


def render_group(
    group: Group, request_form: RequestForm, status: int = 200
) -> ResponseReturnValue:
    """Show the home of a group: all of it, or what outsiders may know."""
    who = actor()
    reads, sees_members = policy.may_read(who, group), policy.may_see_members(who, group)
    page = render_template(
        "groups/show.html",
        group=group,
        reads=reads,
        member_count=queries.count_members(group) if reads else None,
        people=queries.members(group, role=GroupRole.MANAGER, size=8) if sees_members else [],
        sees_members=sees_members,
        membership=queries.find_membership(group, who.account_id) if reads else None,
        join_request=queries.find_request(group, who.account_id) if who.is_member else None,
        request_form=request_form,
    )
    return page, status


@bp.route("/gruppen/neu", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    require(policy.may_create)
    form = GroupForm()
    offer_places(form, None)
    preview = preview_of(form)
    if not form.validate_on_submit() or preview:
        return render_template("groups/new.html", form=form, preview=preview), status(form)
    group = actions.create_group(actor(), form.values)
    flash(_("Die Gruppe ist angelegt. Laden Sie jetzt die ersten Mitglieder ein."), "success")
    return web.created(url_for(".show", slug=group.slug))


def status(form: Any) -> int:
    return 422 if form.errors else 200


def preview_of(form: GroupForm) -> str:
    wanted = request.method == "POST" and "preview" in request.form
    return text.preview(form.description.data) or "–" if wanted else ""


def offer_places(form: GroupForm, group: Group | None) -> None:
    """Offer the Länder and programmes the person may give the group to."""
    who, present = actor(), group.state_code if group else None
    replaces = group is None or policy.may_replace(who, group)
    everywhere = who.is_admin or who.is_editor
    allowed = who.coordinated_states | ({who.state_code} if group is None else set())
    states = [
        (code, name)
        for code, name in queries.states()
        if code == present or (replaces and (everywhere or code in allowed))
    ]
    programmes = [
        (programme.key, programme.label)
        for programme in vocabularies.programmes()
        if replaces or (group and programme.key == group.programme_key)
    ]
    form.offer(
        with_blank(states, _("bundesweit")) if replaces or not present else states,
        with_blank(programmes, _("keins"))
        if replaces or not (group and group.programme_key)
        else programmes,
    )


@bp.route("/gruppen/<slug>/bearbeiten", methods=["GET", "POST"])
def edit(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    require(policy.may_manage, group)
    form = GroupForm(obj=None if request.method == "POST" else group)
    offer_places(form, group)
    if request.method == "GET":
        form.audience.data, form.admission.data = group.audience.value, group.admission.value
        form.version.data = group.version
    preview = preview_of(form)
    if not form.validate_on_submit() or preview:
        return render_edit(group, form, status(form), preview)
    try:
        versions.check(group, form.version.data)
        actions.edit_group(actor(), group, form.values)
    except versions.Conflict:
        form.version.data = group.version
        return render_edit(group, form, 409, conflict=True)
    except actions.WiderAudience as error:
        form.audience.errors = [error.message]
        return render_edit(group, form, 422)
    session.commit()
    flash(_("Die Einstellungen sind gespeichert."), "success")
    return redirect(url_for(".show", slug=group.slug), 303)


def render_edit(
    group: Group, form: GroupForm, code: int, preview: str = "", conflict: bool = False
) -> ResponseReturnValue:
    page = render_template(
        "groups/edit.html", group=group, form=form, preview=preview, conflict_shown=conflict
    )
    return page, code


@bp.get("/gruppen/<slug>/verlauf")
def history(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    require(policy.may_manage, group)
    entries = versions.history(group)
    return render_template(
        "groups/history.html",
        group=group,
        entries=changes(entries),
        authors=queries.names_of({entry.author_id for entry in entries}),
        labels={field.short_name: field.label.text for field in GroupForm()},
    )


def changes(entries: list[versions.Version]) -> list[dict[str, Any]]:
    """Return each save with the texts it changed, as differences."""
    older: list[versions.Version | None] = [*entries[1:], None]
    return [
        {
            "entry": entry,
            "changes": [
                (name, text.diff(str(before.fields.get(name) or ""), str(value or "")))
                for name, value in entry.fields.items()
                if before and (before.fields.get(name) or "") != (value or "")
            ]
            if before
            else [],
        }
        for entry, before in zip(entries, older, strict=False)
    ]


@bp.route("/gruppen/<slug>/archivieren", methods=["GET", "POST"])
def archive(slug: str) -> ResponseReturnValue:
    """End a group, or open it again."""
    group = queries.get_group(actor(), slug)
    require(policy.may_manage, group)
    form = ReasonForm()
    if not form.validate_on_submit():
        return render_template("groups/archive.html", group=group, form=form), status(form)
    act = actions.reopen if group.is_archived else actions.archive
    act(actor(), group, form.reason.data)
    session.commit()
    return redirect(url_for(".show", slug=group.slug), 303)


@bp.post("/gruppen/<slug>/beitreten")
def join(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    if not policy.is_member_of(actor(), group):
        require(policy.may_join, group)
        actions.join(actor(), group)
        session.commit()
        flash(group.welcome or _("Willkommen in der Gruppe!"), "success")
    return redirect(url_for(".show", slug=group.slug), 303)


@bp.post("/gruppen/<slug>/sichtbar-beitreten")
def join_visibly(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    require(policy.may_join_visibly, group)
    actions.join_visibly(actor(), group)
    session.commit()
    flash(_("Sie lesen jetzt mit. Die Gruppenleitung hat davon erfahren."), "success")
    return redirect(url_for(".show", slug=group.slug), 303)


@bp.post("/gruppen/<slug>/austreten")
def leave(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    require(policy.may_leave, group)
    actions.leave(actor(), group)
    session.commit()
    flash(_("Sie sind aus der Gruppe „%(name)s“ ausgetreten.", name=group.name), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/gruppen/<slug>/folgen")
def follow(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    require(policy.is_member_of, group)
    form = FollowForm()
    if not form.validate_on_submit():
        raise BadInput(_("Bitte wählen Sie, ob Sie der Gruppe folgen."))
    actions.follow(actor(), group, form.wanted.data)
    session.commit()
    return redirect(url_for(".show", slug=group.slug), 303)


@bp.post("/gruppen/<slug>/anfragen")
def ask(slug: str) -> ResponseReturnValue:
    """Ask to be let in."""
    group = queries.get_group(actor(), slug)
    require(policy.may_request, group)
    form = RequestForm()
    if not form.validate_on_submit():
        return render_group(group, form, 422)
    actions.request_to_join(actor(), group, form.message.data)
    flash(_("Ihre Anfrage ist bei der Gruppenleitung."), "success")
    return web.created(url_for(".show", slug=group.slug))


@bp.post("/gruppen/<slug>/anfrage-zurueckziehen")
def withdraw(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    actions.withdraw_request(actor(), group)
    session.commit()
    return redirect(url_for(".show", slug=group.slug), 303)


@bp.get("/gruppen/<slug>/mitglieder")
def members(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    sees, manages = policy.may_see_members(actor(), group), policy.may_manage(actor(), group)
    if not sees and not manages:
        raise NotFound
    page, count = web.page_number(), queries.count_active_members(group) if sees else 0
    return render_template(
        "groups/members.html",
        group=group,
        people=queries.members(group, page) if sees else [],
        sees=sees,
        manages=manages,
        count=count,
        page=page,
        pages=-(-count // settings.page_size),
        requests=queries.open_requests(group) if manages else [],
    )


MEMBER_ACTIONS = {
    "leitung": actions.make_manager,
    "mitglied": actions.make_member,
    "entfernen": actions.remove_member,
}


@bp.post("/gruppen/<slug>/mitglieder/<int:account_id>")
def change_member(slug: str, account_id: int) -> ResponseReturnValue:
    """Make somebody a manager, take that back, or remove them."""
    group = queries.get_group(actor(), slug)
    require_management(group)
    membership = queries.get_membership(group, account_id)
    act = MEMBER_ACTIONS.get(request.form.get("act", ""))
    if act is None:
        raise BadInput(_("Bitte wählen Sie, was mit dem Mitglied geschehen soll."))
    act(actor(), group, membership)
    session.commit()
    flash(_("Das ist gespeichert."), "success")
    still_in = not actor().is_me(account_id) or request.form["act"] != "entfernen"
    target = url_for(".members" if still_in else ".show", slug=group.slug)
    return redirect(target, 303)


def require_management(group: Group) -> None:
    """Refuse with 404 where even the list of members is not to be seen (matrix M21)."""
    if not policy.may_manage(actor(), group) and not policy.may_see_members(actor(), group):
        raise NotFound
    require(policy.may_manage, group)


@bp.post("/gruppen/<slug>/anfragen/<int:request_id>")
def decide(slug: str, request_id: int) -> ResponseReturnValue:
    """Let somebody in, decline, or take an invitation back."""
    group = queries.get_group(actor(), slug)
    require_management(group)
    join_request = queries.get_request(group, request_id)
    accepted = request.form.get("decision") == "accept"
    actions.decide_request(actor(), group, join_request, accepted=accepted)
    session.commit()
    flash(_("Die Entscheidung ist gespeichert und wurde mitgeteilt."), "success")
    return redirect(url_for(".members", slug=group.slug), 303)


@bp.route("/gruppen/<slug>/einladen", methods=["GET", "POST"])
@security.limit("invitations_staff", methods=["POST"])
def invite(slug: str) -> ResponseReturnValue:
    """Invite a member of the platform: search, choose, send."""
    group = queries.get_group(actor(), slug)
    require_management(group)
    form = InviteForm()
    if request.method == "GET" or "person_search" in request.form:
        return render_invite(group, form)
    chosen = web.given_id(request.form.get("person", ""))
    account = queries.find_member_of_platform(chosen) if chosen else None
    if not form.validate_on_submit() or account is None:
        form.person.errors = [_("Bitte suchen Sie eine Person und wählen Sie sie aus.")]
        return render_invite(group, form, 422)
    try:
        actions.invite(actor(), group, account, form.message.data)
    except DomainError as error:
        form.person.errors = [error.message]
        return render_invite(group, form, 422)
    flash(_("%(name)s ist eingeladen.", name=account.name), "success")
    return web.created(url_for(".members", slug=group.slug))


def render_invite(group: Group, form: InviteForm, code: int = 200) -> ResponseReturnValue:
    typed = request.form.get("person_query", "")[:200].strip()
    found = queries.find_people(typed) if typed else None
    results = found if found is None else [as_choice(person) for person in found]
    page = render_template(
        "groups/invite.html", group=group, form=form, query=typed, results=results
    )
    return page, code


def as_choice(person: Account) -> dict[str, Any]:
    return {"value": person.id, "label": person.name, "hint": person.place}


@bp.route("/gruppen/einladungen/<int:request_id>", methods=["GET", "POST"])
def invitation(request_id: int) -> ResponseReturnValue:
    """Show an invitation to the person invited, and take the answer."""
    wanted = queries.get_invitation(actor(), request_id)
    if request.method == "GET":
        return render_template("groups/invitation.html", invitation=wanted, group=wanted.group)
    if request.form.get("decision") != "accept":
        actions.decline_invitation(actor(), wanted)
        session.commit()
        flash(_("Sie haben die Einladung abgelehnt."), "info")
        return redirect(url_for(".index"), 303)
    group = actions.accept_invitation(actor(), wanted)
    session.commit()
    flash(group.welcome or _("Willkommen in der Gruppe!"), "success")
    return redirect(url_for(".show", slug=group.slug), 303)
