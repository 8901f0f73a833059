"""Asking a superior: the author's pages, and the one page behind the link."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import text, versions, web
from inforo.accounts.views import private
from inforo.asking import views as asking
from inforo.asking.forms import ThreadForm
from inforo.authz import Actor, actor, public, require
from inforo.capturing.views import texts_of
from inforo.contributions import queries as contributions
from inforo.contributions.places import STATUS
from inforo.db import session
from inforo.discussions.actions import TooMuchInIt
from inforo.drafts.views import continue_at, draft_for
from inforo.errors import DomainError
from inforo.forms import Form
from inforo.i18n import _
from inforo.security import against_guessing, limit
from inforo.signoffs import actions, jobs, policy, queries
from inforo.signoffs.forms import ApproveForm, DeclineForm, EditForm, SendForm
from inforo.signoffs.models import Signoff, SignoffLink
from inforo.templating import piece
from inforo.toolbox.models import Example
from inforo.uploads.views import FormFiles, files_for

bp = Blueprint("signoffs", __name__)
SWEEPS = (jobs.remind_superiors, jobs.forget_addresses)  # named so that the worker knows them


@STATUS.filled(order=90)
def panel(who: Actor, example: Example) -> str:
    """Offer authors to let a superior read the example first."""
    if not policy.may_begin_example(who, example):
        return ""
    return piece("signoffs/_offer.html", example=example)


@bp.get("/vorgesetzte/")
def index() -> ResponseReturnValue:
    signoffs = queries.signoffs_of(actor())
    return render_template(
        "signoffs/index.html", signoffs=signoffs, newest=queries.newest_links(signoffs)
    )


@bp.post("/vorgesetzte/frage")
def begin_question() -> ResponseReturnValue:
    """Put the question of the form aside until somebody has read it."""
    require(policy.may_begin)
    form = ThreadForm()
    offered = asking.queries_for_form(form)
    draft_for(form, asking.DRAFT)
    files = files_for(asking.DRAFT)
    refuse_files(files)
    if not all((form.validate_on_submit(), files.are_complete())):
        return asking.render_new(form, offered, files, 422)
    if form.confidential.data:
        form.confidential.errors = [_("Vertraulich und im Haus freigeben: Beides geht nicht.")]
        return asking.render_new(form, offered, files, 422)
    try:
        group = asking.chosen_group(form)
        signoff = actions.begin_question(actor(), group, asking.values_of(form))
    except TooMuchInIt as error:
        form.body.errors = [error.message]
        return asking.render_new(form, offered, files, 422)
    return web.created(signoff.path)


def refuse_files(files: FormFiles) -> None:
    """Let nobody approve what they did not see: the page behind the link shows text only."""
    if files.pending:
        files.errors["files"] = _(
            "Zur Freigabe durch Vorgesetzte geht nur der Text. Bitte entfernen Sie die "
            "Dateien; Sie können sie später in einer Antwort zeigen."
        )


@bp.post("/vorgesetzte/beispiel/<int:example_id>")
def begin_example(example_id: int) -> ResponseReturnValue:
    example = contributions.get_contribution(actor(), example_id)
    require(policy.may_begin_example, example)
    signoff = actions.begin_example(actor(), example)
    session.commit()
    return redirect(signoff.path, 303)


@bp.get("/vorgesetzte/<int:number>")
def show(number: int) -> ResponseReturnValue:
    signoff = queries.get_signoff(actor(), number)
    asked = next(iter(queries.links_of(signoff)), None)
    known = {"name": asked.name, "email": asked.email} if asked else None
    return show_signoff(signoff, SendForm(formdata=None, data=known))


def show_signoff(signoff: Signoff, form: Form, code: int = 200) -> ResponseReturnValue:
    links = queries.links_of(signoff)
    page = render_template(
        "signoffs/show.html",
        signoff=signoff,
        form=form,
        links=links,
        approval=next((link for link in links if link.approves), None),
        rules=policy,
    )
    return page, code


def to_change(number: int) -> Signoff:
    signoff = queries.get_signoff(actor(), number, to_change=True)
    require(policy.may_change, signoff)
    return signoff


@bp.post("/vorgesetzte/<int:number>/senden")
@limit("invitations")
def send(number: int) -> ResponseReturnValue:
    signoff = to_change(number)
    form = SendForm()
    if not form.validate_on_submit():
        return show_signoff(signoff, form, 422)
    try:
        actions.send(
            actor(),
            signoff,
            form.name.data,
            form.email.data,
            publishes=form.publishes.data,
        )
    except DomainError as error:
        form.email.errors = [error.message]
        return show_signoff(signoff, form, 422)
    flash(_("Der Link ist unterwegs. Sie hören von uns, sobald die Antwort da ist."), "success")
    return web.created(signoff.path)


@bp.post("/vorgesetzte/<int:number>/links/<int:link_id>/zurueckziehen")
def withdraw(number: int, link_id: int) -> ResponseReturnValue:
    signoff = to_change(number)
    queries.get_link(signoff, link_id).withdraw()
    session.commit()
    flash(_("Der Link gilt nicht mehr."), "success")
    return redirect(signoff.path, 303)


@bp.route("/vorgesetzte/<int:number>/bearbeiten", methods=["GET", "POST"])
def edit(number: int) -> ResponseReturnValue:
    """Let the author change the question; it has to be read again then."""
    signoff = queries.get_signoff(actor(), number, to_change=request.method == "POST")
    require(policy.may_edit, signoff)
    form = EditForm(obj=None if request.method == "POST" else signoff)
    preview = text.preview(form.body.data) if "preview" in request.form else ""
    if preview or not form.validate_on_submit():
        return show_edit(signoff, form, 422 if form.errors else 200, preview)
    try:
        versions.check(signoff, form.version.data)
    except versions.Conflict:
        form.version.data = str(signoff.version)
        return show_edit(signoff, form, 409)
    actions.edit(signoff, form.title.data, form.body.data)
    session.commit()
    flash(_("Gespeichert."), "success")
    return redirect(signoff.path, 303)


def show_edit(
    signoff: Signoff, form: EditForm, code: int, preview: str = ""
) -> ResponseReturnValue:
    page = render_template(
        "signoffs/edit.html",
        signoff=signoff,
        form=form,
        preview=preview,
        is_conflict=code == 409,
    )
    return page, code


@bp.post("/vorgesetzte/<int:number>/veroeffentlichen")
def publish(number: int) -> ResponseReturnValue:
    signoff = to_change(number)
    require(policy.may_edit, signoff)
    path = actions.publish(actor(), signoff, queries.links_of(signoff))
    session.commit()
    return redirect(path, 303)


@bp.post("/vorgesetzte/<int:number>/zurueck")
def go_back(number: int) -> ResponseReturnValue:
    """Take the question back into its form, or forget the sign-off of an example."""
    signoff = to_change(number)
    if signoff.example is not None:
        place = url_for("contributions.show", example_id=signoff.example.id)
        actions.discard(signoff)
    else:
        place = continue_at(actions.go_back(actor(), signoff))
    session.commit()
    return redirect(place, 303)


# The superior's side, without an account


@bp.get("/vorgesetzte/danke")
@public
def thanks() -> ResponseReturnValue:
    return private(render_template("signoffs/thanks.html"))


@bp.route("/vorgesetzte/lesen/<secret>", methods=["GET", "POST"])
@public
@against_guessing
def read(secret: str) -> ResponseReturnValue:
    """Show exactly the version the link was sent for; POST approves it."""
    link = queries.get_open_link(secret)
    form = ApproveForm() if request.method == "POST" else ApproveForm(name=link.name)
    if not form.validate_on_submit():
        other = DeclineForm(formdata=None, decliner=link.name)
        return private(show_text(secret, link, form, other), 422 if form.errors else 200)
    actions.approve(link, form.name.data, form.remark.data)
    session.commit()
    return redirect(url_for("signoffs.thanks"), 303)


@bp.post("/vorgesetzte/lesen/<secret>/aenderung")
@public
@against_guessing
def decline(secret: str) -> ResponseReturnValue:
    link = queries.get_open_link(secret)
    form = DeclineForm()
    if not form.validate_on_submit():
        other = ApproveForm(formdata=None, name=link.name)
        return private(show_text(secret, link, other, form), 422)
    actions.decline(link, form.decliner.data, form.wish.data)
    session.commit()
    return redirect(url_for("signoffs.thanks"), 303)


def show_text(secret: str, link: SignoffLink, form: ApproveForm, wish: DeclineForm) -> str:
    signoff = link.signoff
    texts: list[tuple[Any, Any]] = texts_of(signoff.example) if signoff.example else []
    return render_template(
        "signoffs/read.html",
        secret=secret,
        link=link,
        signoff=signoff,
        texts=texts,
        form=form,
        wish=wish,
    )
