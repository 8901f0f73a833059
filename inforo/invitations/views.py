"""Inviting somebody, revoking that, and accepting."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inforo import passwords
from inforo.accounts import queries as accounts_queries
from inforo.accounts import tries
from inforo.accounts.models import Account, Purpose, Token
from inforo.accounts.views import begin_session, private
from inforo.authz import Role, actor, public, require
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.forms import options, with_blank
from inforo.i18n import _
from inforo.invitations import actions, policy, queries
from inforo.invitations.forms import AcceptForm, InviteForm
from inforo.invitations.models import Invitation
from inforo.municipalities.models import Municipality
from inforo.municipalities.views import is_search, picked
from inforo.security import against_guessing
from inforo.vocabularies import queries as vocabularies
from inforo.web import created

bp = Blueprint("invitations", __name__)


@bp.route("/konto/einladen", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    require(policy.may_invite)
    form = InviteForm()
    municipality, found = picked(form.municipality.data or own_municipality())
    if request.method == "GET" or is_search():
        return show_invite(form, municipality, found)
    is_valid = form.validate()
    if municipality is None:
        form.municipality.errors = [
            _("Bitte wählen Sie die Kommune, für die die Person arbeitet.")
        ]
    elif not policy.may_invite_into(actor(), municipality):
        form.municipality.errors = [_("In diese Kommune können Sie nicht einladen.")]
    elif is_valid:
        actions.invite(actor(), guest_of(form, municipality))
        count_invitation()
        flash(_("Die Einladung ist unterwegs."), "success")
        return created(url_for("invitations.invite"))
    return show_invite(form, municipality, found), 422


def own_municipality() -> str:
    """Return the municipality a profile editor invites into without having to choose."""
    edited = sorted(actor().edited_municipalities)
    only_own = len(edited) == 1 and not actor().is_staff
    return edited[0] if only_own else ""


def guest_of(form: InviteForm, municipality: Municipality) -> actions.Guest:
    return actions.Guest(
        name=form.name.data,
        email=form.email.data,
        municipality=municipality,
        role=Role(form.role.data) if form.role.data else None,
        message=form.message.data or "",
    )


def count_invitation() -> None:
    """Refuse floods of invitations."""
    name = "limit_invitations_staff" if actor().is_staff else "limit_invitations"
    tries.check_tries("invitation", str(actor().account_id), getattr(settings, name))
    tries.note_try("invitation", str(actor().account_id))


def show_invite(form: InviteForm, municipality: Municipality | None, found: Any) -> str:
    return render_template(
        "invitations/invite.html",
        form=form,
        municipality=municipality,
        found=None if municipality and not is_search() else found,
        query=request.form.get("municipality_query", ""),
        invitations=queries.invitations_of(actor()),
        now=now(),
    )


@bp.post("/konto/einladungen/<int:invitation_id>/zurueckziehen")
def revoke(invitation_id: int) -> ResponseReturnValue:
    invitation = queries.get_invitation(actor(), invitation_id)
    actions.revoke(actor(), invitation)
    session.commit()
    flash(_("Die Einladung gilt nicht mehr."), "success")
    return redirect(url_for("invitations.invite"), 303)


@bp.route("/einladung/<secret>", methods=["GET", "POST"])
@public
@against_guessing
def accept(secret: str) -> ResponseReturnValue:
    """Open an account by invitation; who has one already signs in and takes the role."""
    token, invitation = standing_invitation(secret)
    known = accounts_queries.find_settled_account(invitation.email)
    if known is not None:
        return accept_as_member(invitation, token, known, secret)
    form = AcceptForm(name=invitation.name)
    form.department.choices = options(with_blank(vocabularies.choices("department")))
    if form.validate_on_submit() and is_strong(form, invitation):
        session.commit()
        typed = acceptance(form)
        token, invitation = standing_invitation(secret)
        account = actions.accept_as_newcomer(invitation, token, typed)
        return begin_session(account, "password")
    page = render_template(
        "invitations/accept.html", form=form, invitation=invitation, secret=secret, known=None
    )
    return private(page, 422 if form.errors else 200)


def standing_invitation(secret: str) -> tuple[Token, Invitation]:
    token = accounts_queries.get_token(Purpose.INVITATION, secret)
    invitation = queries.find_invitation(token.id)
    if invitation is None:
        raise NotFound(_("Diese Einladung gilt nicht mehr. Bitte fragen Sie noch einmal nach."))
    return token, invitation


def accept_as_member(
    invitation: Invitation, token: Token, known: Account, secret: str
) -> ResponseReturnValue:
    if request.method == "POST" and actor().is_me(known.id) and known.is_approved:
        actions.accept(invitation, token, known)
        session.commit()
        flash(_("Sie haben die Einladung angenommen."), "success")
        return redirect(url_for("pages.start"), 303)
    page = render_template(
        "invitations/accept.html", form=None, invitation=invitation, secret=secret, known=known
    )
    return private(page)


def is_strong(form: AcceptForm, invitation: Invitation) -> bool:
    place = invitation.municipality.display_name
    weakness = passwords.weakness(form.password.data, form.name.data, invitation.email, place)
    if weakness:
        form.password.errors = [weakness]
    return not weakness


def acceptance(form: AcceptForm) -> actions.Acceptance:
    return actions.Acceptance(
        name=form.name.data,
        function=form.function.data,
        department_key=form.department.data or "",
        password_hash=passwords.hash_password(form.password.data),
    )
