"""Pages to keep order with: rules, protection, deletion, and what came before."""

from typing import Any

from flask import (
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from inforo import security, text, versions, web
from inforo.authz import actor, public, require
from inforo.db import session
from inforo.i18n import _
from inforo.wiki import actions, jobs, policy, queries, rendering
from inforo.wiki.forms import DeleteForm, RulesForm
from inforo.wiki.views import bp, refuse_newcomers, status, told


@bp.route("/gruppen/<slug>/seiten/regeln", methods=["GET", "POST"])
def rules(slug: str) -> ResponseReturnValue:
    """Choose who writes the pages of a group, and which one comes first."""
    group = queries.get_group(actor(), slug)
    require(policy.may_manage, group)
    known = queries.rules_of(group)
    form = RulesForm()
    form.offer([(str(row.id), row.title) for row in flat(queries.tree(actor(), group))])
    if request.method == "GET":
        form.writers.data = "managers" if known.only_managers else "members"
        form.start_page_id.data = str(known.start_page_id or "")
    if not form.validate_on_submit():
        return render_template("wiki/rules.html", group=group, form=form), status(form)
    chosen = form.start_page_id.data
    actions.set_rules(
        actor(),
        group,
        only_managers=form.writers.data == "managers",
        start_page_id=int(chosen) if chosen else None,
    )
    session.commit()
    flash(_("Das ist gespeichert."), "success")
    return redirect(url_for(".index", slug=group.slug), 303)


def flat(branches: list[queries.Branch]) -> list[Any]:
    return [row for branch in branches for row in (branch.page, *branch.below)]


@bp.post("/gruppen/<slug>/seiten/<int:page_id>/schuetzen")
def protect(slug: str, page_id: int) -> ResponseReturnValue:
    """Let only managers change a page, or everybody again (`wanted` empty)."""
    page = queries.get_page(actor(), slug, page_id)
    require(policy.may_protect, page)
    actions.protect(actor(), page, wanted=bool(request.form.get("wanted")))
    session.commit()
    flash(_("Das ist gespeichert."), "success")
    return redirect(page.path, 303)


@bp.route("/gruppen/<slug>/seiten/<int:page_id>/loeschen", methods=["GET", "POST"])
def delete(slug: str, page_id: int) -> ResponseReturnValue:
    page = queries.get_page(actor(), slug, page_id)
    require(policy.may_delete, page)
    form = DeleteForm()
    if not form.validate_on_submit():
        shown = render_template(
            "wiki/delete.html",
            page=page,
            group=page.group,
            form=form,
            days=jobs.KEPT_AFTER_DELETION.days,
        )
        return shown, status(form)
    actions.delete_page(actor(), page, form.reason.data)
    session.commit()
    flash(_("Die Seite ist gelöscht."), "success")
    return redirect(url_for(".index", slug=slug), 303)


@bp.post("/gruppen/<slug>/seiten/<int:page_id>/zurueckholen")
def restore(slug: str, page_id: int) -> ResponseReturnValue:
    """Bring a deleted page back."""
    page = queries.get_page(actor(), slug, page_id)
    require(policy.may_restore, page)
    actions.restore_page(actor(), page)
    session.commit()
    flash(_("Die Seite ist wieder da."), "success")
    return redirect(page.path, 303)


@bp.get("/gruppen/<slug>/seiten/<int:page_id>/verlauf")
@public
def history(slug: str, page_id: int) -> ResponseReturnValue:
    page = queries.get_page(actor(), slug, page_id)
    return render_template(
        "wiki/history.html", page=page, group=page.group, entries=queries.history(page)
    )


@bp.get("/gruppen/<slug>/seiten/<int:page_id>/verlauf/<int:number>")
@public
def version(slug: str, page_id: int, number: int) -> ResponseReturnValue:
    page = queries.get_page(actor(), slug, page_id)
    [found] = queries.get_versions(page, number)
    return render_template(
        "wiki/version.html",
        page=page,
        group=page.group,
        version=found,
        body=rendering.on_paper(rendering.rendered(found.fields["body"])),
        may_edit=policy.may_edit(actor(), page),
    )


@bp.get("/gruppen/<slug>/seiten/<int:page_id>/vergleich")
@public
def compare(slug: str, page_id: int) -> ResponseReturnValue:
    """Show what changed between two versions, `von` and `bis`."""
    page = queries.get_page(actor(), slug, page_id)
    numbers = sorted(web.given_id(request.args.get(name, "")) or 0 for name in ("von", "bis"))
    old, new = queries.get_versions(page, *numbers)
    return render_template(
        "wiki/compare.html",
        page=page,
        group=page.group,
        old=old,
        new=new,
        title_change=text.diff(old.fields["title"], new.fields["title"]),
        change=text.diff(old.fields["body"], new.fields["body"]),
    )


@bp.post("/gruppen/<slug>/seiten/<int:page_id>/verlauf/<int:number>/zurueckholen")
@security.limit("edits", methods=["POST"])
def restore_version(slug: str, page_id: int, number: int) -> ResponseReturnValue:
    """Let an old version be the newest one."""
    page = queries.get_page(actor(), slug, page_id)
    require(policy.may_edit, page)
    refuse_newcomers(page.group)
    [found] = queries.get_versions(page, number)
    versions.check(page, request.form.get("version"))
    actions.restore_version(actor(), page, found, told=told())
    session.commit()
    flash(_("Die Fassung %(number)s gilt wieder.", number=number), "success")
    return redirect(page.path, 303)
