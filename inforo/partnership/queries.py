"""Every SELECT on profiles and Land pages, except the lists of `details.py` and `linked.py`."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from inforo.accounts.models import Account
from inforo.authz import Actor, Role
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _, language
from inforo.municipalities.models import Municipality, MunicipalityKind, State
from inforo.offices.models import CoordinationOffice, OfficeKind, OfficeState, RoleAssignment
from inforo.partnership.models import (
    MunicipalityProfile,
    Partnership,
    PartnershipStatus,
    ProfileTerm,
)
from inforo.partnership.policy import may_edit, visible_to
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from inforo.versions import Version
from inforo.vocabularies.models import Term

# Asked by every profile page, so built once.
PLACE = (
    select(Municipality, MunicipalityProfile)
    .outerjoin(MunicipalityProfile, MunicipalityProfile.ags == Municipality.ags)
    .where(Municipality.ags == bindparam("ags"))
    .options(
        joinedload(Municipality.state),
        joinedload(Municipality.district),
        joinedload(MunicipalityProfile.confirmed_by).load_only(Account.name),
    )
)


def get_place(ags: str) -> tuple[Municipality, MunicipalityProfile | None]:
    """Return a municipality with Land and Kreis, and its profile in whatever state."""
    row = session.execute(PLACE, {"ags": ags}).one_or_none()
    if row is None:
        raise NotFound(_("Diese Kommune gibt es nicht."))
    return row[0], row[1]


def get_place_to_edit(ags: str) -> tuple[Municipality, MunicipalityProfile | None]:
    """Return a municipality people may write about: one that was not merged."""
    municipality, profile = get_place(ags)
    if municipality.successor_ags:
        raise NotFound(_("Diese Kommune ist in einer anderen aufgegangen."))
    return municipality, profile


def find_profile(ags: str) -> MunicipalityProfile | None:
    return session.get(MunicipalityProfile, ags)


def get_profile_to_edit(ags: str) -> MunicipalityProfile | None:
    """Return the profile with everything a form shows."""
    return session.scalar(
        select(MunicipalityProfile)
        .where(MunicipalityProfile.ags == ags)
        .options(
            joinedload(MunicipalityProfile.municipality),
            selectinload(MunicipalityProfile.terms),
            selectinload(MunicipalityProfile.blocks),
            selectinload(MunicipalityProfile.contacts),
        )
    )


def get_draft(actor: Actor, ags: str) -> tuple[Municipality, MunicipalityProfile]:
    """Return an unpublished profile; for those who do not keep it there is none."""
    municipality, profile = get_place(ags)
    if profile is None or profile.published_at or not may_edit(actor, municipality):
        raise NotFound
    return municipality, profile


def get_visible(actor: Actor, ags: str) -> tuple[Municipality, MunicipalityProfile]:
    """Return a profile that is there for this person, published or not."""
    municipality, profile = get_place(ags)
    if profile is None or not (profile.published_at or may_edit(actor, municipality)):
        raise NotFound
    return municipality, profile


def profiles_visible_to(actor: Actor) -> list[MunicipalityProfile]:
    """Return all profiles this person may open."""
    statement = (
        select(MunicipalityProfile)
        .join(Municipality, Municipality.ags == MunicipalityProfile.ags)
        .where(visible_to(actor))
        .order_by(Municipality.name)
    )
    return list(session.scalars(statement))


def get_state(code: str) -> tuple[State, int]:
    """Return a Land with the number of its published examples."""
    examples = (
        select(func.count(Example.id))
        .where(Example.state_code == State.code, Example.state == ExampleState.PUBLISHED)
        .scalar_subquery()
    )
    row = session.execute(select(State, examples).where(State.code == code)).one_or_none()
    if row is None:
        raise NotFound(_("Dieses Land gibt es nicht."))
    return row[0], row[1]


@dataclass(frozen=True)
class Member:
    """A municipality in the list of a Land page."""

    ags: str
    name: str
    kind: MunicipalityKind
    status: PartnershipStatus | None
    is_published: bool
    motto: str


def members_of_state(code: str) -> list[Member]:
    """Return the municipalities of a Land with a published profile or a status."""
    profile = MunicipalityProfile
    rows = session.execute(
        select(
            Municipality.ags,
            Municipality.display_name,
            Municipality.kind,
            profile.status,
            profile.published_at,
            profile.motto,
        )
        .join(profile, profile.ags == Municipality.ags)
        .where(
            Municipality.state_code == code,
            Municipality.dissolved_at.is_(None),
            or_(profile.published_at.is_not(None), profile.status.is_not(None)),
        )
        .order_by(Municipality.name, Municipality.ags)
    )
    return [
        Member(ags, name, kind, status, bool(published_at), motto if published_at else "")
        for ags, name, kind, status, published_at, motto in rows
    ]


def neighbours(municipality: Municipality) -> list[tuple[str, str]]:
    """Return key and name of municipalities with a profile near this one, nearest first."""
    if municipality.latitude is None or municipality.longitude is None:
        return []
    north = Municipality.latitude - municipality.latitude
    east = (Municipality.longitude - municipality.longitude) * 0.63
    rows = session.execute(
        select(Municipality.ags, Municipality.display_name)
        .join(MunicipalityProfile, MunicipalityProfile.ags == Municipality.ags)
        .where(
            MunicipalityProfile.published_at.is_not(None),
            Municipality.ags != municipality.ags,
            Municipality.dissolved_at.is_(None),
        )
        .order_by(north * north + east * east)
        .limit(5)
    )
    return [(ags, name) for ags, name in rows]


@dataclass
class Office:
    """A coordination office with the people who work there (only for members)."""

    office: CoordinationOffice
    staff: list[tuple[int, str, str]] = field(default_factory=list)


OFFICES = (
    select(CoordinationOffice)
    .join(OfficeState, OfficeState.office_id == CoordinationOffice.id)
    .where(
        OfficeState.state_code == bindparam("code"),
        CoordinationOffice.kind != OfficeKind.NATIONAL,
    )
    .order_by(CoordinationOffice.kind, CoordinationOffice.name, CoordinationOffice.id)
)
OFFICES_WITH_STAFF = (
    OFFICES.outerjoin(
        RoleAssignment,
        and_(
            RoleAssignment.office_id == CoordinationOffice.id,
            RoleAssignment.role == Role.COORDINATOR,
        ),
    )
    .outerjoin(
        Account,
        and_(
            Account.id == RoleAssignment.account_id,
            Account.closed_at.is_(None),
            Account.suspended_at.is_(None),
        ),
    )
    .add_columns(Account.id, Account.name, Account.function)
    .order_by(Account.name)
)


def offices_of_state(actor: Actor, code: str) -> list[Office]:
    """Return the offices of a Land, the KGC first, members also see who works there."""
    if not actor.is_member:
        return [Office(office) for office in session.scalars(OFFICES, {"code": code})]
    rows = session.execute(OFFICES_WITH_STAFF, {"code": code})
    found: dict[int, Office] = {}
    for office, account_id, name, function in rows:
        entry = found.setdefault(office.id, Office(office))
        if account_id is not None:
            entry.staff.append((account_id, name, function))
    return list(found.values())


def summaries(keys: Sequence[str]) -> dict[str, tuple[str, list[str]]]:
    """Return motto and focus topics of the published profiles among these keys."""
    if not keys:
        return {}
    profile = MunicipalityProfile
    topic = aliased(Term)
    rows = session.execute(
        select(profile.ags, profile.motto, topic.label_de, topic.label_en)
        .outerjoin(ProfileTerm, ProfileTerm.ags == profile.ags)
        .outerjoin(
            topic, and_(topic.id == ProfileTerm.term_id, topic.vocabulary == "field_of_action")
        )
        .where(profile.ags.in_(keys), profile.published_at.is_not(None))
        .order_by(topic.position)
    )
    found: dict[str, tuple[str, list[str]]] = {}
    english = language() == "en"
    for ags, motto, label_de, label_en in rows:
        topics = found.setdefault(ags, (motto, []))[1]
        if label_de is not None:
            topics.append(label_en if english and label_en else label_de)
    return found


def history(actor: Actor, profile: MunicipalityProfile) -> list[tuple[Version, str]]:
    """Return the saved versions with the names of their authors, the newest first."""
    subject = f"{profile.__tablename__}:{profile.ags}"
    rows = session.execute(
        select(Version, Account.name)
        .outerjoin(Account, Account.id == Version.author_id)
        .where(Version.subject == subject)
        .order_by(Version.number.desc())
    )
    return [(version, name or "") for version, name in rows]


def partnership_rows(ags: str) -> list[Partnership]:
    """Return the steps of a municipality in the Partnerprozess, the newest first."""
    statement = select(Partnership).where(Partnership.ags == ags)
    return list(session.scalars(statement.order_by(Partnership.since.desc(), Partnership.id)))
