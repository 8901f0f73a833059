"""Reporting posts and pages, and the pages on which an office decides."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import audit, security, web
from inforo.authz import Actor, actor, require, staff
from inforo.db import session
from inforo.discussions.models import Post
from inforo.discussions.queries import get_post
from inforo.errors import NotFound
from inforo.forms import ReasonForm
from inforo.groups.models import Group
from inforo.i18n import _
from inforo.offices import queries as offices
from inforo.offices.models import WorkKind
from inforo.offices.policy import may_work_on
from inforo.reasons.views import has_reason
from inforo.reports import actions, of_pages, policy, queries
from inforo.reports.forms import ReportForm
from inforo.reports.models import Reported, ReportReason
from inforo.templating import piece
from inforo.wiki import queries as wiki
from inforo.wiki import rendering
from inforo.wiki.models import WikiPage
from inforo.wiki.places import PAGE_SIDE

bp = Blueprint("reports", __name__)


@PAGE_SIDE.filled(order=90)
def beside_page(who: Actor, page: WikiPage) -> str:
    if not policy.may_report_page(who, page):
        return ""
    return piece("reports/_beside_page.html", page=page)


@bp.route("/beitraege/<int:post_id>/melden", methods=["GET", "POST"])
@security.limit("reports", methods=["POST"])
def report(post_id: int) -> ResponseReturnValue:
    """Report a post to the office in charge."""
    reported = get_post(actor(), post_id)
    require(policy.may_report, reported)
    form = ReportForm()
    if not form.validate_on_submit():
        page = render_template("reports/report.html", post=reported, form=form)
        return page, 422 if form.errors else 200
    reason = ReportReason(form.reason.data)
    actions.report_post(actor(), reported, reason, form.text.data)
    flash(_("Danke. Ihre Meldung wird geprüft; Sie hören von uns."), "success")
    return web.created(reported.path)


@bp.route("/gruppen/<slug>/seiten/<int:page_id>/melden", methods=["GET", "POST"])
@security.limit("reports", methods=["POST"])
def report_page(slug: str, page_id: int) -> ResponseReturnValue:
    """Report a page of a group to the office in charge."""
    reported = wiki.get_page(actor(), slug, page_id)
    require(policy.may_report_page, reported)
    form = ReportForm()
    form.reason.label.text = _("Was stimmt mit der Seite nicht?")
    if not form.validate_on_submit():
        page = render_template("reports/report_page.html", page=reported, form=form)
        return page, 422 if form.errors else 200
    reason = ReportReason(form.reason.data)
    of_pages.report_page(actor(), reported, reason, form.text.data)
    flash(_("Danke. Ihre Meldung wird geprüft; Sie hören von uns."), "success")
    return web.created(reported.path)


@bp.route("/arbeitskorb/meldungen/<int:report_id>", methods=["GET", "POST"])
@staff
def review(report_id: int) -> ResponseReturnValue:
    """Show a reported post, nothing around it, and take the decision."""
    report = queries.get_report(report_id)
    check_basket(report)
    form = ReasonForm()
    if not has_reason(form):
        note_reading(report.post, report.post.thread.group, "read_reported")
        return show("reports/review.html", report, form)
    hides = request.form.get("decision") == "hide"
    actions.decide(actor(), report, hide=hides, reason=form.reason.data)
    return decided()


@bp.route("/arbeitskorb/seitenmeldungen/<int:report_id>", methods=["GET", "POST"])
@staff
def review_page(report_id: int) -> ResponseReturnValue:
    """Show a reported page, nothing around it, and take the decision."""
    report = queries.get_page_report(report_id)
    check_basket(report)
    form = ReasonForm()
    if not has_reason(form):
        note_reading(report.page, report.page.group, "read_reported_page")
        body = rendering.on_paper(report.page.body_html)
        return show("reports/review_page.html", report, form, body=body)
    deletes = request.form.get("decision") == "delete"
    of_pages.decide(actor(), report, delete=deletes, reason=form.reason.data)
    return decided()


def check_basket(report: Reported) -> None:
    """Refuse a report that does not wait, and never waited, in a basket of this person."""
    item = offices.find_item(WorkKind.REPORT, audit.subject_of(report))
    if item is None or not may_work_on(actor(), item):
        raise NotFound


def note_reading(content: Post | WikiPage, group: Group, action: str) -> None:
    """Log that somebody from outside read what belongs to a protected group."""
    if group.is_protected and group.id not in actor().group_ids:
        if request.method == "GET":
            web.begin_writing()
        audit.record(actor(), action, content)
        session.commit()


def show(
    template: str, report: Reported, form: ReasonForm, **values: Any
) -> ResponseReturnValue:
    page = render_template(template, report=report, form=form, **values)
    return page, 422 if form.errors else 200


def decided() -> ResponseReturnValue:
    session.commit()
    flash(_("Entschieden. Beide Seiten haben die Begründung bekommen."), "success")
    return redirect(url_for("moderation.index"), 303)
