"""Answering an enquiry, by the link of a mail or signed in, and reading its result."""

from typing import Any
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from inforo import files, pdf, versions, web
from inforo.authz import GUEST, Actor, actor, public, require
from inforo.config import settings
from inforo.db import session
from inforo.enquiries import policy
from inforo.enquiries import queries as enquiries
from inforo.enquiries.due import answers_with_places
from inforo.enquiries.links import get_by_token
from inforo.enquiries.models import Enquiry, EnquiryAnswer, EnquiryInvitation
from inforo.enquiries.states import Audience
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.responses import actions, queries
from inforo.responses import jobs as jobs  # its sweep registers itself
from inforo.responses.compiling import SPLITS, Row
from inforo.responses.files import as_csv
from inforo.responses.forms import AnswerForm, answer_form
from inforo.responses.wording import in_words, written_number
from inforo.security import against_guessing, limit
from inforo.text import slug

bp = Blueprint("responses", __name__)
PDF, CSV = "application/pdf", "text/csv; charset=utf-8"


# Answering ------------------------------------------------------------------------------


@bp.route("/kommunalabfragen/antworten/<int:invitation_id>", methods=["GET", "POST"])
@limit("enquiry_answers", methods=["POST"])
def answer(invitation_id: int) -> ResponseReturnValue:
    """Answer for one's municipality; colleagues see and correct the same answer."""
    invitation = queries_for(invitation_id)
    if request.method == "GET" and not invitation.enquiry.is_running:
        return show_kept(invitation)
    require(policy.may_answer, invitation)
    return answer_as(actor(), invitation, url_for(".answer", invitation_id=invitation.id))


def queries_for(invitation_id: int) -> EnquiryInvitation:
    invitation = enquiries.get_invitation(actor(), invitation_id)
    if request.method == "GET":
        web.begin_writing()
        actions.note_seen(actor(), invitation.enquiry)
        session.commit()
    return invitation


@bp.route("/kommunalabfragen/antwort/<token>", methods=["GET", "POST"])
@public
@against_guessing
def by_link(token: str) -> ResponseReturnValue:
    """Answer by the link of the mail, without signing in."""
    invitation = get_by_token(token)
    if not invitation.enquiry.is_running:
        raise NotFound(_("Diese Abfrage ist beendet. Der Link gilt nicht mehr."))
    if policy.works_for(actor(), invitation.ags):
        own = url_for(".answer", invitation_id=invitation.id)
        if request.method == "GET":
            return redirect(own, 303)
        return answer_as(actor(), invitation, own)  # signed in meanwhile: keep what was typed
    return private(answer_as(GUEST, invitation, url_for(".by_link", token=token)))


def private(page: ResponseReturnValue) -> Response:
    """Keep the address with its token from other hosts and out of caches."""
    answer = make_response(page)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def answer_as(who: Actor, invitation: EnquiryInvitation, here: str) -> ResponseReturnValue:
    """Show the form, keep what came for later, or let it count."""
    kept = enquiries.find_answer(invitation)
    is_counted = kept is not None and kept.submitted_at is not None
    is_final = request.method == "POST" and ("later" not in request.form or is_counted)
    form = answer_form(
        invitation.enquiry.questions,
        is_final=is_final,
        asks_name=not who.is_signed_in,
        kept=kept if request.method == "GET" else None,
    )
    if not form.validate_on_submit():
        return show_form(invitation, form, kept, here, 422 if form.errors else 200)
    try:
        actions.save(
            who,
            invitation,
            form.values,
            version=form.version.data,
            respondent=form.respondent.data if "respondent" in form else "",
            is_final=is_final,
        )
    except versions.Conflict:
        session.rollback()
        kept = enquiries.find_answer(invitation)
        form.version.data = str(kept.version) if kept else "0"
        return show_form(invitation, form, kept, here, 409)
    session.commit()
    return redirect(
        f"{here}?{urlencode({'stand': 'gesendet' if is_final else 'gemerkt'})}", 303
    )


def show_form(
    invitation: EnquiryInvitation,
    form: AnswerForm,
    kept: EnquiryAnswer | None,
    here: str,
    code: int,
) -> ResponseReturnValue:
    page = render_template(
        "responses/answer.html",
        invitation=invitation,
        enquiry=invitation.enquiry,
        form=form,
        kept=kept,
        here=here,
        conflicts=differing(form, kept) if code == 409 and kept else [],
        said=request.args.get("stand", "") if code == 200 else "",
    )
    return page, code


def differing(form: AnswerForm, kept: EnquiryAnswer) -> list[tuple[str, str, str]]:
    """Return (question, theirs, yours) where two people answered differently."""
    mine = form.values
    return [
        (
            question.label,
            in_words(question, kept.values.get(question.key)),
            in_words(question, mine[question.key]),
        )
        for question in form.questions
        if kept.values.get(question.key) != mine[question.key]
    ]


def show_kept(invitation: EnquiryInvitation) -> ResponseReturnValue:
    kept = enquiries.find_answer(invitation)
    if kept is None:
        raise NotFound(_("Ihre Kommune hat diese Abfrage nicht beantwortet."))
    rows = [
        (question.label, in_words(question, kept.values.get(question.key)))
        for question in invitation.enquiry.questions
    ]
    return render_template("responses/kept.html", invitation=invitation, kept=kept, rows=rows)


@bp.post("/kommunalabfragen/antworten/<int:invitation_id>/link")
@limit("token_mail")
def renew(invitation_id: int) -> ResponseReturnValue:
    """End the link that is around, and get a new one oneself."""
    invitation = enquiries.get_invitation(actor(), invitation_id)
    require(policy.may_answer, invitation)
    actions.renew_link(actor(), invitation, queries.get_account(actor()))
    session.commit()
    flash(_("Der alte Link gilt nicht mehr. Ein neuer ist an Sie unterwegs."), "success")
    return redirect(url_for(".answer", invitation_id=invitation.id), 303)


# The result -----------------------------------------------------------------------------


@bp.get("/kommunalabfragen/<int:enquiry_id>/ergebnis")
def result(enquiry_id: int) -> ResponseReturnValue:
    enquiry = queries.get_readable(actor(), enquiry_id)
    made = queries.find_result(enquiry)
    web.begin_writing()
    actions.note_seen(actor(), enquiry)
    session.commit()
    return render_template(
        "responses/result.html",
        enquiry=enquiry,
        tables=made.tables if made else None,
        counts=enquiries.counts(enquiry),
        splits=SPLITS,
        written=written_number,
        discuss=discussion_of(enquiry),
    )


def discussion_of(enquiry: Enquiry) -> str:
    """Return where to ask about the result; what only respondents read is not offered."""
    if enquiry.audience is not Audience.MEMBERS:
        return ""
    title = _("Ergebnis der Abfrage: %(title)s", title=enquiry.title)[:200]
    link = url_for(".result", enquiry_id=enquiry.id)
    return url_for("asking.new", title=title, text=f"[{_('Ergebnis ansehen')}]({link})")


@bp.get("/kommunalabfragen/<int:enquiry_id>/ergebnis/kommunen")
def places(enquiry_id: int) -> ResponseReturnValue:
    """Show which municipality answered what, where that was announced."""
    enquiry, page = queries.get_readable(actor(), enquiry_id), web.page_number()
    rows = queries.named_answers(enquiry, page)
    return render_template(
        "responses/places.html",
        enquiry=enquiry,
        rows=rows[: settings.page_size],
        in_words=in_words,
        page=page,
        has_more=len(rows) > settings.page_size,
    )


@bp.get("/kommunalabfragen/<int:enquiry_id>/ergebnis.csv")
@limit("csv_export")
def table(enquiry_id: int) -> ResponseReturnValue:
    enquiry = queries.get_readable(actor(), enquiry_id)
    made = queries.find_result(enquiry)
    if made is None:
        raise NotFound(_("Das Ergebnis wird gerade zusammengestellt."))
    rows = [
        Row(row.display_name, row.given, row.state, row.kind, row.size_class)
        for row in (answers_with_places(enquiry) if enquiry.is_named else ())
    ]
    data = as_csv(enquiry, made.tables, rows)
    return files.deliver_made(data, f"{file_name(enquiry.title)}.csv", CSV, is_public=False)


@bp.get("/kommunalabfragen/<int:enquiry_id>/ergebnis.pdf")
@limit("documents")
def document(enquiry_id: int) -> ResponseReturnValue:
    enquiry = queries.get_readable(actor(), enquiry_id)
    made = queries.find_result(enquiry)
    if made is None:
        raise NotFound(_("Das Ergebnis wird gerade zusammengestellt."))
    context: dict[str, Any] = {
        "enquiry": enquiry,
        "tables": made.tables,
        "counts": enquiries.counts(enquiry),
        "splits": SPLITS,
        "written": written_number,
        "address": url_for(".result", enquiry_id=enquiry.id, _external=True),
    }
    html = pdf.fill("responses/result.pdf.html", **context)
    session.commit()  # everything is read; making the file takes a second
    name = f"{file_name(enquiry.title)}.pdf"
    return files.deliver_made(pdf.from_html(html), name, PDF, is_public=False)


def file_name(title: str) -> str:
    return f"{_('Kommunalabfrage')} {slug(title)[:60]}"
