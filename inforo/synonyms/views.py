"""Where editors keep the synonyms of the search."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from inforo import versions, web
from inforo.authz import actor, require, staff
from inforo.db import session
from inforo.i18n import _
from inforo.vocabularies import editing, policy, queries
from inforo.vocabularies.forms import RingForm, names_in
from inforo.vocabularies.views import asked, changes_of

bp = Blueprint("synonyms", __name__, url_prefix="/redaktion")


@bp.get("/synonyme/")
@staff
def index() -> ResponseReturnValue:
    require(policy.may_edit)
    q = asked()
    found = [
        ring
        for ring in queries.rings()
        if any(q.casefold() in str(word).casefold() for word in ring.words)
    ]
    return render_template("synonyms/index.html", rings=found, q=q)


@bp.route("/synonyme/neu", methods=["GET", "POST"])
@staff
def add() -> ResponseReturnValue:
    require(policy.may_edit)
    form = RingForm()
    if form.validate_on_submit():
        editing.save_ring(actor(), None, names_in(form.words.data))
        flash(_("Der Ring gilt ab sofort für die Suche."), "success")
        return web.created(url_for(".index"))
    page = render_template("synonyms/edit.html", ring=None, form=form)
    return page, 422 if form.errors else 200


@bp.route("/synonyme/<int:ring_id>", methods=["GET", "POST"])
@staff
def edit(ring_id: int) -> ResponseReturnValue:
    require(policy.may_edit)
    ring = queries.get_ring(ring_id)
    form = RingForm(data={"words": "\n".join(map(str, ring.words)), "version": ring.version})
    conflict = False
    if form.validate_on_submit():
        try:
            editing.save_ring(actor(), ring, names_in(form.words.data), form.version.data)
        except versions.Conflict:
            conflict, form.version.data = True, ring.version
        else:
            session.commit()
            flash(_("Der Ring gilt ab sofort für die Suche."), "success")
            return redirect(url_for(".index"), 303)
    page = render_template("synonyms/edit.html", ring=ring, form=form, conflict=conflict)
    return page, 409 if conflict else 422 if form.errors else 200


@bp.post("/synonyme/<int:ring_id>/entfernen")
@staff
def retire(ring_id: int) -> ResponseReturnValue:
    require(policy.may_edit)
    editing.retire_ring(actor(), queries.get_ring(ring_id))
    session.commit()
    flash(_("Der Ring gilt nicht mehr. Sein Verlauf bleibt."), "success")
    return redirect(url_for(".index"), 303)


@bp.get("/synonyme/<int:ring_id>/verlauf")
@staff
def history(ring_id: int) -> ResponseReturnValue:
    require(policy.may_edit)
    ring = queries.get_ring(ring_id)
    return render_template(
        "vocabularies/history.html",
        title=", ".join(map(str, ring.words)),
        back=(_("Synonyme"), url_for(".index")),
        entries=changes_of(ring),
        merges=[],
        names=queries.names_of_people(ring),
    )
