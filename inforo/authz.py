"""Who is acting, and the one way to say no.

A route is closed unless it says otherwise: members only by default, `@public` for everybody,
`@signed_in` also for people whose application is still open, `@staff` for holders of a role
(others get 404: the place does not exist for them). Rules about single objects live in each
slice's `policy.py` and are asked through `require()`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from sqlalchemy import ColumnElement, and_, false, null, or_, true

from inforo.errors import Forbidden, NotFound
from inforo.i18n import _, _l

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What a person may be entrusted with, beyond being a member."""

    PROFILE_EDITOR = "profile_editor"
    COORDINATOR = "coordinator"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def label(self) -> Any:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.PROFILE_EDITOR: _l("Profilredaktion"),
    Role.COORDINATOR: _l("Koordination"),
    Role.EDITOR: _l("Redaktion"),
    Role.ADMIN: _l("Betrieb"),
}
# Slices in which people only arrange what is their own: no one else reads it.
OPEN_TO_SILENCED = frozenset(
    {"accounts", "alerts", "arrivals", "contacts", "drafts", "notifications", "objections"}
    | {"pages", "reminders", "search", "wishes", "marking"}
)
STAFF = frozenset({Role.COORDINATOR, Role.EDITOR, Role.ADMIN})


@dataclass(frozen=True)
class Scope:
    """What a thing belongs to: a Land (None: nationwide) and a programme (None: any).

    What `is_shared` belongs, as long as it has no programme, to every office of its Land;
    anything else without a programme only to those that work for all programmes.
    """

    state_code: str | None = None
    programme_key: str | None = None
    is_shared: bool = False


def covers(state_code: str | None, programme_key: str | None, scope: Scope) -> bool:
    """Tell whether an office of this Land and programme (None: of all) covers a scope."""
    if state_code not in (None, scope.state_code):
        return False
    if programme_key in (None, scope.programme_key):
        return True
    return scope.is_shared and scope.programme_key is None and state_code is not None


@dataclass(frozen=True)
class Grant:
    """A role somebody holds. A coordinator holds one grant per Land of the office.

    `state_code` None means nationwide, `programme_key` None means all programmes.
    """

    role: Role
    state_code: str | None = None
    programme_key: str | None = None
    office_id: int | None = None
    municipality_ags: str | None = None

    def covers(self, scope: Scope) -> bool:
        return covers(self.state_code, self.programme_key, scope)


class Scoped(Protocol):
    """Content that coordination offices may be responsible for."""

    @property
    def scope(self) -> Scope: ...


@dataclass(frozen=True)
class Actor:
    """The person behind the current request, reduced to what rules need to know.

    `account_id` None is a guest. `is_approved` False is somebody whose application is open,
    declined or suspended: such a person may see what a guest sees, and the own application.
    """

    account_id: int | None = None
    name: str = ""
    is_approved: bool = False
    municipality_ags: str | None = None
    organisation_id: int | None = None
    state_code: str | None = None
    grants: frozenset[Grant] = field(default_factory=frozenset)
    group_ids: frozenset[int] = field(default_factory=frozenset)
    managed_group_ids: frozenset[int] = field(default_factory=frozenset)
    lacks_second_factor: bool = False  # staff whose grants rest until it is set up
    is_silenced: bool = False  # may read, but not write

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    @property
    def is_member(self) -> bool:
        return self.account_id is not None and self.is_approved

    def has_role(self, role: Role) -> bool:
        return any(grant.role is role for grant in self.grants)

    @property
    def is_staff(self) -> bool:
        return any(grant.role in STAFF for grant in self.grants)

    @property
    def is_admin(self) -> bool:
        return self.has_role(Role.ADMIN)

    @property
    def is_editor(self) -> bool:
        return self.has_role(Role.EDITOR)

    @property
    def is_coordinator(self) -> bool:
        return self.has_role(Role.COORDINATOR)

    @property
    def coordinated(self) -> frozenset[Grant]:
        return frozenset(grant for grant in self.grants if grant.role is Role.COORDINATOR)

    @property
    def coordinated_states(self) -> frozenset[str]:
        return frozenset(grant.state_code for grant in self.coordinated if grant.state_code)

    @property
    def office_ids(self) -> frozenset[int]:
        return frozenset(grant.office_id for grant in self.grants if grant.office_id)

    @property
    def edited_municipalities(self) -> frozenset[str]:
        """Return the keys of the municipalities whose profile this person keeps."""
        return frozenset(
            grant.municipality_ags for grant in self.grants if grant.municipality_ags
        )

    def coordinates(self, content: Scoped) -> bool:
        """Tell whether one of this person's offices is responsible for the content."""
        return any(grant.covers(content.scope) for grant in self.coordinated)

    def moderates(self, content: Scoped) -> bool:
        return self.is_admin or self.coordinates(content)

    def is_me(self, account_id: int | None) -> bool:
        return self.account_id is not None and self.account_id == account_id


GUEST = Actor()


def coordinates_sql(
    actor: Actor,
    state_code: Any,
    programme_key: Any = None,
    is_shared: Any = None,
) -> ColumnElement[bool]:
    """Return `Actor.coordinates` as a condition on the columns that hold the scope."""
    columns = (
        state_code,
        null() if programme_key is None else programme_key,
        false() if is_shared is None else is_shared,
    )
    return or_(false(), *(grant_sql(grant, *columns) for grant in actor.coordinated))


def grant_sql(
    grant: Grant, state_code: Any, programme_key: Any, is_shared: Any
) -> ColumnElement[bool]:
    """The same rule as `covers`, for SELECTs."""
    if grant.programme_key is None:
        return true() if grant.state_code is None else state_code == grant.state_code
    fits: ColumnElement[bool] = programme_key == grant.programme_key
    if grant.state_code is None:
        return fits
    return and_(
        state_code == grant.state_code, or_(fits, and_(is_shared, programme_key.is_(None)))
    )


Rule = Callable[[Actor, Any], bool]


def actor() -> Actor:
    """Return who is behind the current request."""
    person: Actor = g.actor
    return person


def refresh_actor() -> Actor:
    """Find out anew who is asking, after signing in or out."""
    g.actor = current_app.extensions["find_actor"]()
    return actor()


def require(rule: Rule, content: Any = None) -> None:
    """Refuse the request unless the current actor passes the rule."""
    if not rule(g.actor, content):
        raise Forbidden


def marked(door: str) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.door = door  # type: ignore[attr-defined]
        return view

    return mark


public = marked("public")  # everybody
signed_in = marked("signed_in")  # also people whose application is open
staff = marked("staff")  # coordinators, editors, admins
admin = marked("admin")  # operation
DOORS = ("public", "signed_in", "members", "staff", "admin")


def door_of(app: Flask, endpoint: str) -> str:
    """Return who may open the view: one of DOORS. Closed to guests unless marked."""
    return getattr(app.view_functions[endpoint], "door", "members")


def check_door(door: str, who: Actor) -> Any:
    """Return None for people who may pass, or the answer they get instead."""
    if door == "public":
        return None
    if not who.is_signed_in:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if door == "signed_in":
        return None
    if not who.is_member:
        raise Forbidden(_("Dieser Bereich öffnet sich, sobald Ihre Anmeldung freigegeben ist."))
    if door in {"staff", "admin"} and who.lacks_second_factor:
        return redirect(url_for("accounts.second_factor"), 303)
    if (door == "staff" and not who.is_staff) or (door == "admin" and not who.is_admin):
        raise NotFound
    return None


def check_silence(who: Actor) -> None:
    """Refuse what somebody sends who may only read, but for what is about themselves."""
    is_sent = request.method not in {"GET", "HEAD", "OPTIONS"}
    if who.is_silenced and is_sent and request.blueprint not in OPEN_TO_SILENCED:
        raise Forbidden(
            _(
                "Sie können zurzeit nur lesen. Warum und bis wann, steht unter Ihrem Konto bei "
                "den Vermerken."
            )
        )


def init_app(app: Flask, find_actor: Callable[[], Actor]) -> None:
    """Ask at each request who is there, and close what is not open to them."""

    app.extensions["find_actor"] = find_actor

    @app.before_request
    def close_by_default() -> Any:
        g.actor = find_actor()
        if not request.endpoint:
            return None
        answer = check_door(door_of(app, request.endpoint), g.actor)
        return answer if answer is not None else check_silence(g.actor)

    public(app.view_functions["static"])
    app.context_processor(lambda: {"actor": g.get("actor", GUEST)})


def door_of_request() -> str:
    """Return who may open the page that is being answered."""
    known = request.endpoint in current_app.view_functions
    return door_of(current_app, request.endpoint or "") if known else "public"
