"""The pages of a group: reading, writing, keeping order, looking back."""

from typing import Any

from flask import (
    Blueprint,
    Flask,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from inforo import refusals, security, text, versions, web
from inforo.authz import Actor, actor, public, require
from inforo.db import folded, session
from inforo.discussions import holding
from inforo.drafts.views import draft_for
from inforo.errors import DomainError, Forbidden, NotFound
from inforo.forms import Form
from inforo.groups.models import Group, GroupAudience
from inforo.groups.places import GROUP_BODY
from inforo.i18n import _
from inforo.templating import piece
from inforo.wiki import actions, jobs, policy, queries, rendering
from inforo.wiki.forms import PageForm
from inforo.wiki.models import WikiPage, WikiRules, page_path
from inforo.wiki.places import PAGE_SIDE

bp = Blueprint("wiki", __name__)
SWEEPS = (jobs.forget_deleted_pages,)  # named here so that the worker knows them
NEWEST = 5


def init_app(app: Flask) -> None:
    app.jinja_env.globals["wiki_path"] = page_path


@GROUP_BODY.filled(order=10)
def on_group(who: Actor, group: Group) -> str:
    """Show the pages changed last on the home of the group, or offer the first one."""
    found = queries.newest_pages(group, NEWEST)
    begins = policy.may_add(who, WikiRules(group=group, only_managers=False))
    if not found and not begins:
        return ""
    return piece("wiki/_on_group.html", pages=found, group=group, begins=begins)


@bp.errorhandler(NotFound)
def offer_sign_in(error: NotFound) -> ResponseReturnValue:
    """Lead guests to the sign-in, whether or not there is something behind it."""
    if actor().is_signed_in:
        return refusals.show_refusal(error)
    session.rollback()
    answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    return answer


# Reading


@bp.get("/gruppen/<slug>/seiten/")
@public
def index(slug: str) -> ResponseReturnValue:
    """Show the first page the group chose, and the list of all."""
    group = queries.get_group(actor(), slug)
    rules = queries.rules_of(group)
    first = queries.find_page(rules.start_page_id) if rules.start_page_id else None
    if first is not None and first.is_deleted:
        first = None
    manages = policy.may_manage(actor(), group)
    return render_template(
        "wiki/index.html",
        group=group,
        first=first,
        shown=as_shown(first, may_add=False) if first else None,
        branches=queries.tree(actor(), group),
        may_write=policy.may_add(actor(), rules),
        may_manage=manages,
        only_managers=rules.only_managers,
        deleted=queries.deleted_pages(group) if manages else [],
    )


@bp.get("/gruppen/<slug>/seiten/<int:page_id>")
@bp.get("/gruppen/<slug>/seiten/<int:page_id>-<title>")
@public
def show(slug: str, page_id: int, title: str = "") -> ResponseReturnValue:
    page = queries.get_page(actor(), slug, page_id)
    if request.path != page.path:
        return redirect(page.path, 301)
    return render_template(
        "wiki/show.html",
        page=page,
        group=page.group,
        shown=as_shown(
            page, may_add=policy.may_add(actor(), page.rules or WikiRules(group=page.group))
        ),
        around=queries.around(page),
        linking=queries.linking_here(page),
        may_edit=policy.may_edit(actor(), page),
        side=PAGE_SIDE.html(actor(), page),
    )


def as_shown(page: WikiPage, *, may_add: bool) -> rendering.Shown:
    """Return a page with its links; those to pages nobody wrote lead writers to a new one."""
    known = queries.paths_of(page.group, rendering.titles_in(page.body_html))

    def address_of(title: str) -> tuple[str, bool] | None:
        found = known.get(folded(title))
        if found is not None:
            return found, True
        new_page = url_for("wiki.new", slug=page.group.slug, titel=title, unter=top_of(page))
        return (new_page, False) if may_add else None

    return rendering.shown(page.body_html, address_of)


def top_of(page: WikiPage) -> int:
    return page.parent_id or page.id


@bp.get("/gruppen/<slug>/seiten/<int:page_id>/druck")
@public
def printed(slug: str, page_id: int) -> ResponseReturnValue:
    """Show a page with all below it on one sheet, to be printed."""
    page = queries.get_page(actor(), slug, page_id)
    return render_template(
        "wiki/print.html",
        page=page,
        group=page.group,
        sheets=[(each, plain_of(each)) for each in [page, *queries.pages_below(page)]],
    )


def plain_of(page: WikiPage) -> Any:
    """Return the text of a page where links lead nowhere: on paper."""
    return rendering.on_paper(page.body_html)


# Writing


def refuse_newcomers(group: Group) -> None:
    """Let nobody write pages whose first posts would wait for approval: pages cannot wait."""
    if holding.must_wait(actor(), group):
        raise Forbidden(
            _(
                "Seiten schreiben Sie mit, sobald Ihre ersten Beiträge in einer Diskussion "
                "freigegeben sind."
            )
        )


@bp.route("/gruppen/<slug>/seiten/neu", methods=["GET", "POST"])
@security.limit("edits", methods=["POST"])
def new(slug: str) -> ResponseReturnValue:
    group = queries.get_group(actor(), slug)
    require(policy.may_add, queries.rules_of(group))
    refuse_newcomers(group)
    form = PageForm(data=prefilled() if request.method == "GET" else None)
    form.offer(queries.parents_for(group))
    draft_for(form)
    preview = preview_of(form)
    if preview or not form.validate_on_submit():
        return render_form(group, form, status(form, preview), preview=preview)
    try:
        page = actions.create(actor(), group, form.values)
    except actions.TitleTaken as error:
        form.title.errors = [error.message]
        return render_form(group, form, 422)
    return web.created(page.path)


def prefilled() -> dict[str, Any]:
    title = request.args.get("titel", "")[:150]
    return {"title": title, "parent_id": request.args.get("unter", "")[:20]}


def preview_of(form: PageForm) -> str:
    wanted = request.method == "POST" and "preview" in request.form
    return (
        rendering.rendered((form.body.data or "")[: text.LONGEST_PREVIEW]) or "–"
        if wanted
        else ""
    )


def status(form: Form, preview: str = "") -> int:
    return 422 if form.errors and not preview else 200


def render_form(
    group: Group,
    form: PageForm,
    code: int,
    *,
    page: WikiPage | None = None,
    preview: str = "",
    is_conflict: bool = False,
) -> ResponseReturnValue:
    change = text.diff(page.body, form.body.data or "") if page and is_conflict else None
    shown = render_template(
        "wiki/edit.html", group=group, form=form, page=page, preview=preview, change=change
    )
    return shown, code


@bp.route("/gruppen/<slug>/seiten/<int:page_id>/bearbeiten", methods=["GET", "POST"])
@security.limit("edits", methods=["POST"])
def edit(slug: str, page_id: int) -> ResponseReturnValue:
    page = queries.get_page(actor(), slug, page_id)
    group = page.group
    require(policy.may_edit, page)
    refuse_newcomers(group)
    form = PageForm(obj=page if request.method == "GET" else None)
    form.offer(queries.parents_for(group, page))
    if request.method == "GET":
        form.parent_id.data = str(page.parent_id or "")
    draft_for(form, f"wiki:{page.id}")
    preview = preview_of(form)
    if preview or not form.validate_on_submit():
        return render_form(group, form, status(form, preview), page=page, preview=preview)
    try:
        versions.check(page, form.version.data)
        actions.edit(actor(), page, form.values, told=told())
    except versions.Conflict:
        form.version.data = page.version
        return render_form(group, form, 409, page=page, is_conflict=True)
    except actions.ReadByOthers as error:
        form.body.errors = [error.message]
        return render_form(group, form, 409, page=page)
    except (actions.TitleTaken, DomainError) as error:
        session.rollback()
        control = form.title if isinstance(error, actions.TitleTaken) else form.parent_id
        control.errors = [error.message]
        return render_form(group, form, 422, page=page)
    session.commit()
    return redirect(page.path, 303)


def told() -> GroupAudience | None:
    """Return who reads the page beyond the group, as the form that was sent had said."""
    given = request.form.get("opened_to", "")
    return next((each for each in GroupAudience if each.value == given), None)
