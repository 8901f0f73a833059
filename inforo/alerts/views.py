"""Saving searches, the list of the own ones, and the end of their mails."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import security, text, web
from inforo.alerts import actions, policy, queries
from inforo.alerts import jobs as jobs  # its sweep registers itself
from inforo.alerts.forms import RhythmForm, SaveForm
from inforo.alerts.models import Rhythm, SavedSearch
from inforo.authz import actor, public, require
from inforo.db import session
from inforo.i18n import _
from inforo.search import choices
from inforo.search.facets import FACETS
from inforo.search.views import visible_kinds

bp = Blueprint("alerts", __name__)


@bp.get("/konto/suchen")
def index() -> ResponseReturnValue:
    saved = queries.list_saved(actor())
    return render_template("alerts/index.html", searches=saved, labels=chosen_labels(saved))


def chosen_labels(saved: list[SavedSearch]) -> dict[int, str]:
    """Return the filters of each search in words."""
    names = {name for one in saved for name in one.filters}
    known = choices.labels(dict.fromkeys(names)) if names else {}
    return {
        one.id: ", ".join(
            known.get(name, {}).get(value, value)
            for name, values in one.filters.items()
            for value in values
        )
        for one in saved
    }


@bp.post("/suche/merken")
def save() -> ResponseReturnValue:
    require(policy.may_save)
    form = SaveForm()
    if not form.validate_on_submit():
        return render_template("alerts/save.html", form=form, filters=given()), 422
    filters = choices.read(given(), visible_kinds()).chosen
    chosen = {name: list(values) for name, values in filters.items()}
    actions.save(actor(), text.clean(form.q.data).strip(), chosen, Rhythm(form.rhythm.data))
    flash(_("Die Suche ist gemerkt. Sie finden sie unter „Gemerkte Suchen“."), "success")
    return web.created(url_for(".index"))


def given() -> dict[str, list[str]]:
    """Return the filters of the form."""
    return {name: request.form.getlist(name) for name in FACETS if name in request.form}


@bp.post("/konto/suchen/<int:saved_id>/rhythmus")
def edit(saved_id: int) -> ResponseReturnValue:
    saved = queries.get_saved(actor(), saved_id)
    form = RhythmForm()
    if not form.validate_on_submit():
        flash(_("Bitte wählen Sie aus, wie oft eine E-Mail kommen soll."), "danger")
        return redirect(url_for(".index"), 303)
    actions.choose_rhythm(saved, Rhythm(form.rhythm.data))
    session.commit()
    flash(_("Ihre Wahl ist gespeichert."), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/konto/suchen/<int:saved_id>/loeschen")
def delete(saved_id: int) -> ResponseReturnValue:
    actions.delete(queries.get_saved(actor(), saved_id))
    session.commit()
    flash(_("Die Suche ist gelöscht."), "success")
    return redirect(url_for(".index"), 303)


@bp.route("/suche/abbestellen/<token>", methods=["GET", "POST"])
@public
@security.without_token
@security.against_guessing
def unsubscribe(token: str) -> ResponseReturnValue:
    """End the mails about a search: asked by a person, or by a mail program (RFC 8058)."""
    saved = queries.get_by_token(token)
    is_done = request.method == "POST"
    if is_done:
        actions.stop_mails(saved)
        session.commit()
    page = render_template(
        "alerts/unsubscribe.html", words=saved.words, is_done=is_done, token=token
    )
    answer = make_response(page)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
