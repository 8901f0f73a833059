"""The page of an example's authors, and what they do there."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo.authz import actor, require
from inforo.coauthors import actions, policy, queries
from inforo.db import session
from inforo.errors import Forbidden
from inforo.i18n import _
from inforo.people.queries import get_person
from inforo.security import limit
from inforo.text import clean
from inforo.toolbox.example_parts import ExampleAuthor
from inforo.toolbox.models import Example

bp = Blueprint("coauthors", __name__)
PLACE = "/werkzeugkiste/beitragen/<int:example_id>/mitschreibende"


@bp.get(PLACE)
def show(example_id: int) -> ResponseReturnValue:
    example = queries.get_own_example(actor(), example_id)
    name = clean(request.args.get("name"))[:100]
    return render_template(
        "coauthors/show.html",
        example=example,
        creator=example.author,
        name=name,
        found=queries.colleagues_named(actor(), example, name),
    )


@bp.post(PLACE)
@limit("invitations_staff")
def invite(example_id: int) -> ResponseReturnValue:
    example = queries.get_own_example(actor(), example_id)
    require(policy.may_invite, example)
    account = get_person(actor(), number_of(request.form.get("account_id", "")))
    if not account.is_approved:
        raise Forbidden
    actions.invite(actor(), example, account)
    return back(example, _("%(name)s schreibt jetzt mit.", name=account.name))


@bp.post(f"{PLACE}/<int:author_id>/entfernen")
def remove(example_id: int, author_id: int) -> ResponseReturnValue:
    example = queries.get_own_example(actor(), example_id)
    author = queries.get_author(example, author_id)
    if not policy.may_remove(actor(), author, example):
        raise Forbidden
    actions.remove(actor(), example, author)
    return back(example, _("Ausgetragen. Was die Person geschrieben hat, bleibt stehen."))


@bp.post(f"{PLACE}/verlassen")
def leave(example_id: int) -> ResponseReturnValue:
    example = queries.get_own_example(actor(), example_id)
    require(policy.may_leave, example)
    actions.leave(actor(), example)
    session.commit()
    flash(_("Sie schreiben an diesem Beispiel nicht mehr mit."), "success")
    return redirect(url_for("contributions.mine"), 303)


@bp.post(f"{PLACE}/<int:author_id>/uebergeben")
def hand_over(example_id: int, author_id: int) -> ResponseReturnValue:
    example = queries.get_own_example(actor(), example_id)
    require(policy.may_hand_over, example)
    author: ExampleAuthor = queries.get_author(example, author_id)
    name = author.account.name
    actions.hand_over(actor(), example, author)
    return back(example, _("%(name)s verantwortet jetzt das Beispiel.", name=name))


def number_of(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0


def back(example: Example, told: str) -> ResponseReturnValue:
    session.commit()
    flash(told, "success")
    return redirect(url_for("coauthors.show", example_id=example.id), 303)
