"""Reporting a post, and the page on which an office decides."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import audit, security, web
from inforo.authz import actor, require, staff
from inforo.db import session
from inforo.discussions.queries import get_post
from inforo.errors import NotFound
from inforo.forms import ReasonForm
from inforo.i18n import _
from inforo.offices import queries as offices
from inforo.offices.models import WorkKind
from inforo.offices.policy import may_work_on
from inforo.reports import actions, policy, queries
from inforo.reports.forms import ReportForm
from inforo.reports.models import Report, ReportReason

bp = Blueprint("reports", __name__)


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


@bp.route("/arbeitskorb/meldungen/<int:report_id>", methods=["GET", "POST"])
@staff
def review(report_id: int) -> ResponseReturnValue:
    """Show a reported post, nothing around it, and take the decision."""
    report = get_report_in_basket(report_id)
    form = ReasonForm()
    hides = request.form.get("decision") == "hide"
    if not form.validate_on_submit():
        note_reading(report)
        page = render_template("reports/review.html", report=report, form=form)
        return page, 422 if form.errors else 200
    actions.decide(actor(), report, hide=hides, reason=form.reason.data)
    session.commit()
    flash(_("Entschieden. Beide Seiten haben die Begründung bekommen."), "success")
    return redirect(url_for("moderation.index"), 303)


def get_report_in_basket(report_id: int) -> Report:
    """Return a report that waits, or waited, in a basket of this person."""
    report = queries.get_report(report_id)
    item = offices.find_item(WorkKind.REPORT, audit.subject_of(report))
    if item is None or not may_work_on(actor(), item):
        raise NotFound
    return report


def note_reading(report: Report) -> None:
    """Log that somebody from outside read a post of a protected group."""
    group = report.post.thread.group
    if group.is_protected and group.id not in actor().group_ids:
        if request.method == "GET":
            web.begin_writing()
        audit.record(actor(), "read_reported", report.post)
        session.commit()
