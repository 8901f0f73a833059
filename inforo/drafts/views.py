"""Saving what is being typed, offering it again, and the list of one's drafts."""

import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectMultipleField

from inforo import web
from inforo.authz import actor, signed_in
from inforo.config import settings
from inforo.db import session
from inforo.drafts import actions, jobs, queries
from inforo.drafts.actions import Typed
from inforo.drafts.models import Draft
from inforo.errors import BadInput
from inforo.forms import Form
from inforo.i18n import _
from inforo.security import limit, safe_path

bp = Blueprint("drafts", __name__)
SWEEPS = (jobs.forget_old_drafts,)  # named here so that the worker knows them
KEY = re.compile(r"[\w:/.-]{1,200}")
OURS = ("draft_", "csrf_token", "written_by", "password")
HARMLESS = {"seite", "entwurf", "zitat"}  # what an address may hold that fills no field


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(draft_for=draft_for, draft_url=continue_at)


# What forms ask for --------------------------------------------------------------------


@dataclass
class Offer:
    """What a form needs to be saved as draft, and what there is already."""

    target: str
    writer: str
    path: str
    base: str = ""
    number: str = "0"
    restored: Draft | None = None
    others: list[Draft] = field(default_factory=list)


def draft_for(form: Form, target: str = "") -> Offer:
    """Fill the form with what its reader typed before, and return what was found.

    An address that fills fields itself ("?title=…") wins: then the draft is only offered.
    """
    target = target or f"form:{request.path}"
    known: dict[str, Offer] = g.setdefault("draft_offers", {})
    if target not in known:
        known[target] = find_offer(form, target)
    return known[target]


def find_offer(form: Form, target: str) -> Offer:
    offer = Offer(target, secrets.token_urlsafe(12), here())
    if request.method == "POST":
        return continued(offer)
    found = known_drafts(offer.target)
    chosen = chosen_of(found)
    if chosen is not None:
        fill(form, chosen.fields)
        offer.base, offer.restored = chosen.base, chosen
    offer.others = [draft for draft in found if draft is not chosen]
    return offer


def continued(offer: Offer) -> Offer:
    """Let a form that came back go on with the draft it had."""
    for name in ("target", "writer", "path", "base", "number"):
        setattr(offer, name, request.form.get(f"draft_{name}") or getattr(offer, name))
    return offer


def here() -> str:
    return request.full_path.rstrip("?")


def has_no_drafts(target: str) -> None:
    """Let a page that knows it already spare the question."""
    g.setdefault("drafts", {})[target] = []


def known_drafts(target: str) -> list[Draft]:
    """Return the reader's drafts for a target; asked once per page."""
    known: dict[str, list[Draft]] = g.setdefault("drafts", {})
    if target not in known:
        known[target] = queries.drafts_for(actor(), target) if actor().is_signed_in else []
    return known[target]


def chosen_of(found: list[Draft]) -> Draft | None:
    """Return the draft the address names, or the newest if the address fills nothing."""
    wanted = web.given_id(request.args.get("entwurf", ""))
    if wanted is not None:
        return next((draft for draft in found if draft.id == wanted), None)
    return found[0] if found and not set(request.args) - HARMLESS else None


def fields_for(target: str) -> MultiDict[str, str]:
    """Return the fields a form begins with that are no part of its class: sent or kept."""
    if request.method == "POST":
        return request.form
    chosen = chosen_of(known_drafts(target))
    return MultiDict(chosen.fields if chosen else {})


def fill(form: Form, fields: dict[str, Any]) -> None:
    """Put kept values into a form; what the draft does not know stays as it is."""
    given: MultiDict[str, str] = MultiDict(fields)
    for control in form:
        is_ticked = isinstance(control, BooleanField | SelectMultipleField)
        if control.name in fields or (is_ticked and fields):
            control.process(given, data=control.data)


# Saving --------------------------------------------------------------------------------


@bp.post("/konto/entwuerfe/speichern")
@signed_in
@limit("drafts")
def save() -> ResponseReturnValue:
    """Keep the form a page sends while one types; also the answer to the button."""
    typed = typed_form()
    if queries.is_carried_out(actor(), request.form.get("idempotency_key", "")):
        return jsonify(saved_at="", base="", others=0)
    draft = actions.save(actor(), typed)
    others = len(queries.drafts_for(actor(), typed.target)) - 1
    session.commit()
    if "draft_button" not in request.form:
        return jsonify(saved_at=draft.time, base=draft.base, others=others)
    flash(_("Entwurf gespeichert %(time)s", time=draft.time), "success")
    return redirect(continue_at(draft), 303)


def continue_at(draft: Draft) -> str:
    """Return the address of the form, filled with this draft."""
    path = re.sub(r"([?&])entwurf=\d+&?", r"\1", draft.path).rstrip("?&")
    return f"{path}{'&' if '?' in path else '?'}entwurf={draft.id}"


def typed_form(fallback: str = "") -> Typed:
    """Return the form of this request; raise BadInput if it names no target."""
    given = request.form
    target, writer = given.get("draft_target") or fallback, given.get("draft_writer", "kept")
    path = safe_path(given.get("draft_path") or fallback.removeprefix("form:"))
    if not path or not KEY.fullmatch(target) or not KEY.fullmatch(writer):
        raise BadInput(_("Dieser Entwurf lässt sich nicht zuordnen."))
    return Typed(
        target=target,
        writer=writer,
        path=path[:500],
        base=given.get("draft_base", ""),
        label=given.get("draft_label", "")[:100],
        number=web.given_id(given.get("draft_number", "")) or 0,
        fields=kept_fields(),
    )


def kept_fields() -> dict[str, list[str]]:
    """Return what was typed, without secrets and what only this sending needs."""
    return {
        name: values
        for name, values in request.form.lists()
        if not any(ours in name for ours in OURS)
    }


@bp.after_app_request
def forget_what_was_sent(answer: Response) -> Response:
    """Delete the draft of a form that was carried out: it reached its view and leads on."""
    is_done = request.method == "POST" and answer.status_code == 303
    if not is_done or not g.get("was_let_in") or request.blueprint in {"drafts", "accounts"}:
        return answer
    target = request.form.get("draft_target", "")
    if target and actor().is_signed_in:
        writer, base = (request.form.get(f"draft_{name}", "") for name in ("writer", "base"))
        actions.forget_sent(actor(), target, writer, base)
        session.commit()
    return answer


# The list ------------------------------------------------------------------------------


@bp.get("/konto/entwuerfe")
@signed_in
def index() -> ResponseReturnValue:
    page, count = web.page_number(), queries.count_drafts(actor())
    return render_template(
        "drafts/index.html",
        drafts=[(draft, continue_at(draft)) for draft in queries.list_drafts(actor(), page)],
        page=page,
        pages=max(1, -(-count // settings.page_size)),
    )


@bp.route("/konto/entwuerfe/<int:draft_id>/verwerfen", methods=["GET", "POST"])
@signed_in
def discard(draft_id: int) -> ResponseReturnValue:
    """Ask once, then delete a draft for good."""
    draft = queries.get_draft(actor(), draft_id)
    if request.method == "GET":
        return render_template(
            "drafts/discard.html", draft=draft, continue_at=continue_at(draft)
        )
    actions.discard(draft)
    session.commit()
    flash(_("Der Entwurf ist gelöscht."), "success")
    return redirect(url_for("drafts.index"), 303)
