"""„Warum habe ich (k)eine E-Mail bekommen?“: for everybody, and per discussion for staff."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from inforo.audit import subject_of
from inforo.authz import actor, require, signed_in, staff
from inforo.config import settings
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.discussions.queries import get_thread
from inforo.mailings import actions, policy, queries
from inforo.mailings import jobs as jobs  # its sweep registers itself
from inforo.mailings.forms import LookUpForm
from inforo.mailings.reasons import SUMMARY, why, why_untold
from inforo.notifications.hiding import withheld
from inforo.web import page_number

MOST_NAMED = 100
bp = Blueprint("mailings", __name__)


@bp.get("/konto/benachrichtigungen/e-mails")
@signed_in
def index() -> ResponseReturnValue:
    """Say of everything one was told why there was a mail, or none."""
    page, total = page_number(), queries.count_own(actor())
    rows = queries.own_fates(actor(), page)
    return render_template(
        "mailings/index.html",
        fates=[(row, why(row)) for row in rows],
        withheld=withheld(actor(), [row.Notification for row in rows]),
        page=page,
        pages=-(-total // settings.page_size),
    )


@bp.get("/diskussionen/<int:thread_id>/e-mails")
@staff
def show(thread_id: int) -> ResponseReturnValue:
    """Show what became of the mails about a discussion, in numbers."""
    thread = get_thread(actor(), thread_id)
    require(policy.may_look_up, thread)
    return overview(thread, LookUpForm())


@bp.post("/diskussionen/<int:thread_id>/e-mails")
@staff
def look_up(thread_id: int) -> ResponseReturnValue:
    """Show it with names, once, for a reason that is logged."""
    thread = get_thread(actor(), thread_id)
    require(policy.may_look_up, thread)
    form = LookUpForm()
    if not form.validate_on_submit():
        return overview(thread, form), 422
    actions.look_up(actor(), thread, form.reason.data)
    session.commit()
    found = queries.fates_about(actor(), subject_of(thread), form.name.data, MOST_NAMED)
    silent = (
        queries.untold(actor(), thread, form.name.data, MOST_NAMED) if form.name.data else []
    )
    return overview(
        thread,
        form,
        [(row, why(row)) for row in found],
        [(row, why_untold(row)) for row in silent],
    )


def overview(thread: Thread, form: LookUpForm, fates: Any = None, untold: Any = ()) -> str:
    return render_template(
        "mailings/show.html",
        thread=thread,
        form=form,
        fates=fates,
        untold=untold,
        outcomes=queries.outcomes_about(actor(), subject_of(thread)),
        summary=SUMMARY,
        most=MOST_NAMED,
    )
