"""Pages of groups: directory, home, settings, history, archive."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import clock, refusals, text, versions, web
from inforo.authz import actor, public, require
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.forms import ReasonForm, with_blank
from inforo.groups import actions, member_queries, policy, queries
from inforo.groups.forms import GroupForm, RequestForm
from inforo.groups.models import Group, GroupAudience, GroupKind
from inforo.groups.places import DIRECTORY_TOP, GROUP_BODY, GROUP_LINKS
from inforo.groups.queries import Filters, Home
from inforo.i18n import _
from inforo.vocabularies import queries as vocabularies

bp = Blueprint("groups", __name__)
MOST_PEOPLE = 12


@bp.errorhandler(NotFound)
def offer_sign_in(error: NotFound) -> ResponseReturnValue:
    """Lead guests to the sign-in, whether or not there is something behind it."""
    if actor().is_signed_in:
        return refusals.show_refusal(error)
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
        kind=request.args.get("art", ""),
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
        kinds=[(kind.value, kind.label) for kind in GroupKind],
        states=queries.states(),
        programmes=[(item.key, item.label) for item in vocabularies.programmes()],
        invitations=member_queries.invitations_of(actor()) if actor().is_member else [],
        top=DIRECTORY_TOP.html(actor(), None),
    )


@bp.get("/gruppen/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    home = queries.get_home(actor(), slug)
    return render_home(home, RequestForm().ask_of(home.group))


def render_home(
    home: Home, request_form: RequestForm, status: int = 200
) -> ResponseReturnValue:
    """Show the home of a group: all of it, or what outsiders may know."""
    who, group = actor(), home.group
    belongs, manages = policy.is_member_of(who, group), policy.may_manage(who, group)
    reads, sees_members = policy.may_read(who, group), policy.may_see_members(who, group)
    page = render_template(
        "groups/show.html",
        group=group,
        home=home,
        reads=reads,
        people=member_queries.members(group, size=MOST_PEOPLE) if sees_members else [],
        parts=queries.parts_known_to(who, group) if home.has_parts else [],
        sees_members=sees_members,
        manages=manages,
        belongs=belongs,
        is_new=belongs and is_new(home),
        request_form=request_form,
        more_body=GROUP_BODY.html(who, group) if reads else "",
        links=GROUP_LINKS.html(who, group) if manages else "",
    )
    return page, status


def is_new(home: Home) -> bool:
    """Tell whether somebody came so recently that the group still welcomes them."""
    newest = clock.now() - timedelta(days=settings.group_welcome_days)
    return home.joined_at is not None and home.joined_at > newest


@bp.route("/gruppen/neu", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    require(policy.may_create)
    return found(None)


@bp.route("/gruppen/<slug>/untergruppe", methods=["GET", "POST"])
def divide(slug: str) -> ResponseReturnValue:
    """Found a group inside this one."""
    whole = queries.get_group(actor(), slug)
    require(policy.may_divide, whole)
    return found(whole)


def found(whole: Group | None) -> ResponseReturnValue:
    """Show the form of a new group, or make it."""
    form = GroupForm()
    if request.method == "GET" and whole is not None:
        form.audience.data = whole.audience.value
    offer_places(form, None, whole)
    preview = preview_of(form)
    if not form.validate_on_submit() or preview:
        return render_new(whole, form, status(form), preview)
    try:
        group = actions.create_group(actor(), form.values, whole)
    except actions.WiderThanWhole as error:
        form.audience.errors = [error.message]
        return render_new(whole, form, 422)
    flash(_("Die Gruppe ist angelegt. Laden Sie jetzt die ersten Mitglieder ein."), "success")
    return web.created(url_for(".show", slug=group.slug))


def render_new(
    whole: Group | None, form: GroupForm, code: int, preview: str = ""
) -> ResponseReturnValue:
    page = render_template("groups/new.html", form=form, preview=preview, whole=whole)
    return page, code


def status(form: Any) -> int:
    return 422 if form.errors else 200


def preview_of(form: GroupForm) -> str:
    wanted = request.method == "POST" and "preview" in request.form
    return text.preview(form.description.data) or "–" if wanted else ""


def offer_places(form: GroupForm, group: Group | None, whole: Group | None = None) -> None:
    """Offer the Länder and programmes the person may give the group to.

    A group inside another one has no choice: the two lists are left away.
    """
    if whole is not None or (group is not None and group.parent_id is not None):
        del form.state_code, form.programme_key
        return
    states, programmes = queries.states(), vocabularies.programmes()
    form.offer(state_choices(group, states), programme_choices(group, programmes))


def state_choices(group: Group | None, states: list[Any]) -> list[tuple[str, Any]]:
    who, present = actor(), group.state_code if group else None
    replaces = group is None or policy.may_replace(who, group)
    everywhere = who.is_admin or who.is_editor
    allowed = who.coordinated_states | ({who.state_code} if group is None else set())
    offered = [
        (code, name)
        for code, name in states
        if code == present or (replaces and (everywhere or code in allowed))
    ]
    return with_blank(offered, _("bundesweit")) if replaces or not present else offered


def programme_choices(group: Group | None, programmes: list[Any]) -> list[tuple[str, Any]]:
    replaces = group is None or policy.may_replace(actor(), group)
    present = group.programme_key if group else None
    offered = [(each.key, each.label) for each in programmes if replaces or each.key == present]
    return with_blank(offered, _("keins")) if replaces or not present else offered


@bp.route("/gruppen/<slug>/bearbeiten", methods=["GET", "POST"])
def edit(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    require(policy.may_manage, group)
    if group.is_archived:
        raise actions.Archived
    form = GroupForm(obj=None if request.method == "POST" else group)
    offer_places(form, group)
    if request.method == "GET":
        form.audience.data, form.admission.data = group.audience.value, group.admission.value
        form.kind.data = group.kind.value
        form.version.data = group.version
    preview = preview_of(form)
    if not form.validate_on_submit() or preview:
        return render_edit(group, form, status(form), preview)
    try:
        versions.check(group, form.version.data)
        actions.edit_group(actor(), group, scope_of(group) | form.values)
    except versions.Conflict:
        form.version.data = group.version
        return render_edit(group, form, 409, conflict=True)
    except (actions.WiderAudience, actions.WiderThanWhole) as error:
        form.audience.errors = [error.message]
        return render_edit(group, form, 422)
    session.commit()
    flash(_("Die Einstellungen sind gespeichert."), "success")
    return redirect(url_for(".show", slug=group.slug), 303)


def scope_of(group: Group) -> dict[str, Any]:
    """Return where the group belongs, for forms that do not ask."""
    return {"state_code": group.state_code, "programme_key": group.programme_key}


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
        authors=member_queries.names_of({entry.author_id for entry in entries}),
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
