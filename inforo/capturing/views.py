"""Im Gespräch erfassen: writing down for somebody, and that person's answer by a link."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import web
from inforo.accounts.views import private
from inforo.authz import actor, public, require, staff
from inforo.capturing import actions, policy, queries
from inforo.capturing.forms import CaptureForm, DeclineForm, ReleaseForm, SendForm
from inforo.capturing.models import ExampleRelease
from inforo.config import settings
from inforo.contributions.actions import missing_to_submit
from inforo.contributions.place import Choice, read_choice
from inforo.contributions.snapshots import snapshot
from inforo.contributions.steps import FIRST_STEP
from inforo.db import session
from inforo.i18n import _
from inforo.notifications.actions import mark_subject_read
from inforo.security import against_guessing, limit
from inforo.toolbox.fields import label
from inforo.toolbox.models import MARKDOWN, Example

bp = Blueprint("capturing", __name__)


@bp.route("/arbeitskorb/erfassen", methods=["GET", "POST"])
@staff
def capture() -> ResponseReturnValue:
    """Begin a text for somebody, and list those that were begun."""
    require(policy.may_capture)
    form = CaptureForm()
    if request.method == "GET":
        return show_capture(form, Choice())
    needed = _("Bitte wählen Sie die Kommune, um die es geht.")
    place = read_choice(request.form, "municipality", needed=needed)
    chosen = place.municipality
    if chosen is not None and not policy.may_capture_for(actor(), chosen):
        place.errors = [_("Diese Kommune gehört nicht zu Ihrem Zuständigkeitsbereich.")]
    valid = not place.wants_search and form.validate_on_submit()
    if not valid or place.errors or chosen is None:
        return show_capture(form, place), 200 if place.wants_search else 422
    teller = actions.Teller(form.name.data, form.email.data, form.title.data, chosen)
    example = actions.capture(actor(), teller)
    address = url_for("writing.edit", example_id=example.id, step=FIRST_STEP)
    return web.created(address)


def show_capture(form: CaptureForm, place: Choice) -> str:
    return render_template(
        "capturing/capture.html", form=form, place=place, examples=queries.captured(actor())
    )


@bp.get("/arbeitskorb/erfassen/<int:example_id>")
@staff
def show(example_id: int) -> ResponseReturnValue:
    """Show where the release of a text stands."""
    example = queries.get_captured(actor(), example_id)
    mark_subject_read(actor(), f"examples:{example.id}")
    session.commit()
    return show_captured(example, send_form(example))


def send_form(example: Example) -> SendForm:
    known = example.capture
    return SendForm(
        formdata=None, name=known.name if known else "", email=known.email if known else ""
    )


def show_captured(example: Example, form: SendForm) -> str:
    return render_template(
        "capturing/show.html",
        example=example,
        form=form,
        releases=queries.releases_of(example),
        missing=missing_to_submit(example),
        days=settings.token_release_days,
    )


@bp.post("/arbeitskorb/erfassen/<int:example_id>/senden")
@staff
@limit("invitations_staff")
def send(example_id: int) -> ResponseReturnValue:
    example = queries.get_captured(actor(), example_id)
    require(policy.may_send, example)
    form = SendForm()
    if not form.validate_on_submit():
        return show_captured(example, form), 422
    actions.send(actor(), example, form.name.data, form.email.data)
    return back(example, _("Der Link ist unterwegs."))


@bp.post("/arbeitskorb/erfassen/<int:example_id>/links/<int:release_id>/zurueckziehen")
@staff
def withdraw(example_id: int, release_id: int) -> ResponseReturnValue:
    example = queries.get_captured(actor(), example_id)
    link = queries.get_release(example, release_id)
    require(policy.may_withdraw, link)
    actions.withdraw(actor(), link)
    return back(example, _("Der Link gilt nicht mehr."))


def back(example: Example, told: str) -> ResponseReturnValue:
    session.commit()
    flash(told, "success")
    return redirect(url_for("capturing.show", example_id=example.id), 303)


# The author's side, without an account


@bp.route("/freigabe/<secret>", methods=["GET", "POST"])
@public
@against_guessing
def release(secret: str) -> ResponseReturnValue:
    """Show the whole text to who told it; POST releases exactly what was read."""
    link = queries.get_open_release(secret)
    form = ReleaseForm() if request.method == "POST" else ReleaseForm(name=link.name)
    if form.validate_on_submit():
        actions.release(actor(), link, form.name.data, request.form.get("read"))
        session.commit()
        return redirect(url_for("capturing.thanks"), 303)
    page = show_release(secret, link, form, DeclineForm(formdata=None))
    return private(page, 422 if form.errors else 200)


@bp.post("/freigabe/<secret>/aenderung")
@public
@against_guessing
def decline(secret: str) -> ResponseReturnValue:
    link = queries.get_open_release(secret)
    form = DeclineForm()
    if not form.validate_on_submit():
        page = show_release(secret, link, ReleaseForm(formdata=None, name=link.name), form)
        return private(page, 422)
    actions.decline(link, form.remark.data)
    session.commit()
    return redirect(url_for("capturing.thanks"), 303)


@bp.get("/freigabe/danke")
@public
def thanks() -> ResponseReturnValue:
    return private(render_template("capturing/thanks.html"))


def show_release(
    secret: str, link: ExampleRelease, form: ReleaseForm, wish: DeclineForm
) -> str:
    return render_template(
        "capturing/release.html",
        secret=secret,
        link=link,
        example=link.example,
        texts=texts_of(link.example),
        form=form,
        wish=wish,
        consent=actions.CONSENT,
    )


def texts_of(example: Example) -> list[tuple[Any, Any]]:
    """Return (heading, text) of everything that was written down, Markdown as HTML."""
    return [
        (label(name, example.kind), example.rendered(name) if name in MARKDOWN else words)
        for name, words in snapshot(example).items()
        if words and name not in {"title", "summary", "kind"}
    ]
