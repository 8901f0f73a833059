"""Making an example of a discussion, the consents, and what both pages say of each other."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import text, web
from inforo.accounts.views import private
from inforo.authz import Actor, actor, public, require
from inforo.contributions.places import STATUS
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.discussions.naming import relayed_name
from inforo.discussions.queries import get_thread
from inforo.forms import Form, options
from inforo.harvesting import actions, policy, queries
from inforo.harvesting.forms import HarvestForm
from inforo.harvesting.models import Quote
from inforo.i18n import _
from inforo.security import against_guessing, limit
from inforo.templating import piece
from inforo.toolbox.models import Example
from inforo.toolbox.places import EXAMPLE_SIDE

bp = Blueprint("harvesting", __name__)
SHOWN = 400


@EXAMPLE_SIDE.filled(order=60)
def origin(who: Actor, example: Example) -> str:
    """Lead from an example to its discussion, for those who may read that."""
    thread = queries.find_origin(who, example)
    return piece("harvesting/_origin.html", thread=thread) if thread else ""


@STATUS.filled(order=5)
def consents(who: Actor, example: Example) -> str:
    """Tell the authors of a draft who has not agreed yet."""
    if not policy.may_see_quotes(who, example):
        return ""
    return piece("harvesting/_status.html", example=example, quotes=queries.quotes_of(example))


@bp.route("/diskussionen/<int:thread_id>/praxisbeispiel", methods=["GET", "POST"])
@limit("invitations_staff", methods=["POST"])
def harvest(thread_id: int) -> ResponseReturnValue:
    """Choose the posts an example is made of; their authors are asked by mail."""
    thread = get_thread(actor(), thread_id)
    require(policy.may_harvest, thread)
    form = chosen_form(thread)
    if not form.validate_on_submit():
        return show(thread, form)
    ids = [found for value in form.posts.data if (found := web.given_id(value)) is not None]
    try:
        example = actions.harvest(actor(), thread, form.title.data, ids)
    except actions.NothingChosen as error:
        form.posts.errors = [error.message]
        return show(thread, form)
    flash(
        _("Der Entwurf ist angelegt. Alle, deren Worte Sie brauchen, sind gefragt."), "success"
    )
    return web.created(url_for("contributions.show", example_id=example.id))


def chosen_form(thread: Thread) -> HarvestForm:
    begun = {"title": thread.title[: actions.TITLE], "posts": [str(thread.answer_post_id)]}
    form = HarvestForm(data=begun if request.method == "GET" else None)
    form.posts.choices = options(
        (str(row.id), described(row)) for row in queries.choosable(thread)
    )
    return form


def described(row: Any) -> str:
    """Return who wrote what, for a choice."""
    name = row.name or _("Ehemaliges Mitglied")
    if row.relayed_by_id is not None:
        name = relayed_name(row.number)
    return f"{name}: {text.excerpt(text.plain(row.body_html), SHOWN)}"


def show(thread: Thread, form: Form) -> ResponseReturnValue:
    page = render_template("harvesting/harvest.html", thread=thread, form=form)
    return page, 422 if form.errors else 200


# Consents ------------------------------------------------------------------------------


@bp.get("/werkzeugkiste/beitragen/<int:example_id>/zustimmungen")
def quotes(example_id: int) -> ResponseReturnValue:
    example = queries.get_harvested(actor(), example_id)
    return render_template(
        "harvesting/quotes.html", example=example, quotes=queries.quotes_of(example)
    )


@bp.post("/werkzeugkiste/beitragen/<int:example_id>/zustimmungen/<int:quote_id>/noch-einmal")
@limit("invitations_staff")
def ask_again(example_id: int, quote_id: int) -> ResponseReturnValue:
    quote = quote_that_waits(example_id, quote_id)
    actions.ask_again(actor(), quote)
    return back(
        quote, _("Die Mail ist noch einmal unterwegs. Der ältere Link gilt nicht mehr.")
    )


@bp.post("/werkzeugkiste/beitragen/<int:example_id>/zustimmungen/<int:quote_id>/verzichten")
def drop(example_id: int, quote_id: int) -> ResponseReturnValue:
    quote = quote_that_waits(example_id, quote_id)
    actions.drop(quote)
    return back(quote, _("Dieser Beitrag wird nicht verwendet."))


def quote_that_waits(example_id: int, quote_id: int) -> Quote:
    quote = queries.get_quote(actor(), example_id, quote_id)
    require(policy.may_ask_again, quote)
    return quote


def back(quote: Quote, told: str) -> ResponseReturnValue:
    session.commit()
    flash(told, "success")
    return redirect(url_for(".quotes", example_id=quote.example_id), 303)


@bp.route("/zustimmung/<secret>", methods=["GET", "POST"])
@public
@against_guessing
def consent(secret: str) -> ResponseReturnValue:
    """Show the exact words on GET, take yes or no on POST; no account is needed."""
    quote, form = queries.get_open_quote(secret), Form()
    if form.validate_on_submit():
        agrees = request.form.get("answer") == "ja"
        (actions.agree if agrees else actions.decline)(quote)
        return web.created(url_for(".thanks", antwort="ja" if agrees else "nein"))
    page = render_template(
        "harvesting/consent.html",
        quote=quote,
        words=text.render_markdown(actions.block_of(quote)),
        sentence=actions.AGREED,
        secret=secret,
    )
    return private(page)


@bp.get("/zustimmung/danke")
@public
def thanks() -> ResponseReturnValue:
    agreed = request.args.get("antwort") == "ja"
    return render_template("harvesting/thanks.html", agreed=agreed)
