"""Answering „Stimmt das noch?“ by a link from a mail, and the case in the work basket.

Mail programs open links to look for malware, so opening one changes nothing: the page asks,
its one button answers.
"""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo.accounts.views import private
from inforo.authz import Actor, actor, public, require, staff
from inforo.confirmations import actions, policy, queries
from inforo.confirmations.forms import (
    CallForm,
    ChangeForm,
    CloseForm,
    ConfirmForm,
    EndedForm,
    EndForm,
)
from inforo.confirmations.jobs import WORDS
from inforo.confirmations.models import Answer
from inforo.db import session
from inforo.forms import Form
from inforo.i18n import _
from inforo.security import against_guessing, without_token
from inforo.templating import piece
from inforo.toolbox.models import Example
from inforo.toolbox.places import EXAMPLE_ACTIONS
from inforo.web import created

bp = Blueprint("confirmations", __name__)
ANSWERS = {word: answer for answer, word in WORDS.items()}
FORMS: dict[Answer, type[Form]] = {
    Answer.CONFIRMED: ConfirmForm,
    Answer.CHANGE: ChangeForm,
    Answer.ENDED: EndedForm,
}


# For those who were asked


@bp.route("/bestaetigen/<secret>/<any(ja, aendern, beendet):answer>", methods=["GET", "POST"])
@public
@against_guessing
def answer(secret: str, answer: str) -> ResponseReturnValue:
    """Ask once more on GET, take the answer on POST; no account is needed."""
    question = queries.get_question(secret)
    given = ANSWERS[answer]
    form: Any = FORMS[given]()
    if form.validate_on_submit():
        actions.answer(question, given, form.text.data if "text" in form else "")
        return created(url_for("confirmations.thanks", antwort=answer))
    page = render_template(
        "confirmations/answer.html",
        example=question.round.example,
        given=given,
        word=answer,
        others=[(other, word) for other, word in WORDS.items() if word != answer],
        form=form,
        secret=secret,
    )
    return private(page, 422 if form.errors else 200)


@bp.get("/bestaetigen/danke")
@public
def thanks() -> ResponseReturnValue:
    given = ANSWERS.get(request.args.get("antwort", ""), Answer.CONFIRMED)
    return render_template("confirmations/thanks.html", given=given)


@bp.route("/bestaetigen/<secret>/abmelden", methods=["GET", "POST"])
@public
@without_token
@against_guessing
def refuse(secret: str) -> ResponseReturnValue:
    """Ask an address no more: wished by a person, or by a mail program (RFC 8058)."""
    question = queries.get_question_to_refuse(secret)
    is_done = request.method == "POST"
    if is_done:
        actions.refuse(question)
        session.commit()
    return private(render_template("confirmations/refuse.html", is_done=is_done, secret=secret))


# For the office


@EXAMPLE_ACTIONS.filled(order=80)
def case_link(actor: Actor, example: Example) -> str:
    """Lead the office from an example nobody confirmed to its case."""
    if example.unconfirmed_since is None or not policy.may_open(actor, example):
        return ""
    return piece("confirmations/_case_link.html", example=example)


@bp.get("/arbeitskorb/bestaetigungen/<int:example_id>")
@staff
def case(example_id: int) -> ResponseReturnValue:
    return show_case(queries.get_case(actor(), example_id))


def show_case(example: Example, **given: Form) -> str:
    """Show who was asked and what came back; `given` is a form that has errors."""
    forms = {"call": CallForm, "end": EndForm, "close": CloseForm}
    return render_template(
        "confirmations/case.html",
        example=example,
        asked=queries.latest_round(example),
        answers=queries.confirmations_of(example),
        may_decide=policy.may_decide(actor(), example),
        forms={
            name: given.get(name) or form(formdata=None, prefix=name)
            for name, form in forms.items()
        },
        problems=next(iter(given.values()), None),
    )


def case_to_decide(example_id: int) -> Example:
    example = queries.get_case(actor(), example_id)
    require(policy.may_decide, example)
    return example


def back_to_case(example: Example, told: str) -> ResponseReturnValue:
    session.commit()
    flash(told, "success")
    return redirect(url_for("confirmations.case", example_id=example.id), 303)


@bp.post("/arbeitskorb/bestaetigungen/<int:example_id>/bestaetigt")
@staff
def confirm(example_id: int) -> ResponseReturnValue:
    """Confirm after a call."""
    example = case_to_decide(example_id)
    form = CallForm(prefix="call")
    if not form.validate_on_submit():
        return show_case(example, call=form), 422
    actions.confirm_by_office(actor(), example, form.note.data)
    return back_to_case(example, _("Bestätigt. Das Praxisbeispiel gilt wieder als aktuell."))


@bp.post("/arbeitskorb/bestaetigungen/<int:example_id>/beendet")
@staff
def end(example_id: int) -> ResponseReturnValue:
    example = case_to_decide(example_id)
    form = EndForm(prefix="end")
    if not form.validate_on_submit():
        return show_case(example, end=form), 422
    actions.end_by_office(actor(), example, form.reason.data)
    return back_to_case(example, _("Die Maßnahme steht jetzt als beendet auf der Seite."))


@bp.post("/arbeitskorb/bestaetigungen/<int:example_id>/erledigt")
@staff
def close(example_id: int) -> ResponseReturnValue:
    example = case_to_decide(example_id)
    form = CloseForm(prefix="close")
    if not form.validate_on_submit():
        return show_case(example, close=form), 422
    actions.close_case(actor(), example, form.note.data or "")
    return back_to_case(example, _("Der Vorgang ist erledigt."))
