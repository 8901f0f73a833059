"""All kinds of documents, and the descriptions of municipalities and persons."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from inforo import text
from inforo.accounts.models import Account, AccountTerm, Organisation
from inforo.accounts.models import Audience as FieldAudience
from inforo.db import session
from inforo.municipalities.models import Municipality, State
from inforo.partnership.models import HurdleAudience, MunicipalityProfile, ProfileTerm
from inforo.people.policy import FIELDS
from inforo.search.documents import (
    EXAMPLES,
    POSTS,
    TOOLS,
    Document,
    Key,
    Source,
    bare,
    described,
    terms_of,
)
from inforo.search.models import Audience, Kind
from inforo.vocabularies.models import Term

FINDABLE_MUNICIPALITIES = select(Municipality.ags).where(Municipality.dissolved_at.is_(None))
FINDABLE_PERSONS = select(Account.id).where(
    Account.approved_at.is_not(None),
    Account.suspended_at.is_(None),
    Account.closed_at.is_(None),
)


def describe_municipalities(keys: Sequence[Key]) -> list[Document]:
    """Describe municipalities by name and place, and by their profile once it is published."""
    district = aliased(Municipality)
    profile = MunicipalityProfile
    statement = (
        FINDABLE_MUNICIPALITIES.where(Municipality.ags.in_(keys))
        .join(State, State.code == Municipality.state_code)
        .outerjoin(district, district.ags == Municipality.district_ags)
        .outerjoin(
            profile, and_(profile.ags == Municipality.ags, profile.published_at.is_not(None))
        )
        .add_columns(
            Municipality.name,
            Municipality.display_name,
            Municipality.kind,
            Municipality.postal_code,
            Municipality.state_code,
            State.name,
            district.display_name,
            profile.motto,
            profile.portrait,
            profile.networks,
            profile.hurdles,
            profile.hurdles_audience,
            profile.published_at,
        )
    )
    rows = session.execute(statement).all()
    published = [row.ags for row in rows if row.published_at]
    terms = terms_of(ProfileTerm.ags, published) if published else {}
    return [describe_municipality(row, terms.get(row.ags, "")) for row in rows]


def describe_municipality(row: Any, terms: str) -> Document:
    (ags, name, display_name, kind, postal_code, state_code, state, district, *profile) = row
    motto, portrait, networks, hurdles, hurdles_audience, published_at = profile
    everybody_reads = hurdles_audience is HurdleAudience.PUBLIC
    return Document(
        kind=Kind.MUNICIPALITY,
        key=ags,
        parent=ags,
        audience=Audience.PUBLIC,
        title=display_name,
        title_is_name=True,
        body=bare(motto, portrait, networks, hurdles if everybody_reads else ""),
        keywords=described(name, postal_code, state, district, terms),
        context=described(str(kind.label), district, state),
        path=f"/kommunen/{ags}-{text.slug(display_name)}",
        state_code=state_code,
        changed_at=published_at,
    )


def describe_persons(keys: Sequence[Key]) -> list[Document]:
    """Describe members for members, with the fields they show to all members."""
    statement = (
        FINDABLE_PERSONS.where(Account.id.in_(keys))
        .outerjoin(Municipality, Municipality.ags == Account.municipality_ags)
        .outerjoin(Organisation, Organisation.id == Account.organisation_id)
        .outerjoin(
            Term, and_(Term.vocabulary == "department", Term.key == Account.department_key)
        )
        .add_columns(
            Account.name,
            Account.function,
            Account.about,
            Account.helps_with,
            Account.looks_for,
            Account.visibility,
            Account.state_code,
            Municipality.display_name,
            Organisation.name,
            Term.label_de,
        )
    )
    terms = terms_of(AccountTerm.account_id, keys)
    return [
        describe_person(row, terms.get(row[0], "")) for row in session.execute(statement).all()
    ]


def describe_person(row: Any, terms: str) -> Document:
    key, name, function, about, helps_with, looks_for, visibility, state_code, *belongs = row
    place, organisation, department = belongs
    chosen = {"about": about, "helps_with": helps_with, "looks_for": looks_for, "topics": terms}
    shown = {field: text for field, text in chosen.items() if is_shown(visibility, field)}
    return Document(
        kind=Kind.PERSON,
        key=key,
        parent=key,
        audience=Audience.MEMBERS,
        title=name,
        title_is_name=True,
        body=bare(*(shown.get(field) for field in ("about", "helps_with", "looks_for"))),
        keywords=described(function, department, place or organisation, shown.get("topics")),
        context=described(function, place or organisation),
        path=f"/personen/{key}",
        state_code=state_code,
    )


def is_shown(visibility: dict[str, Any] | None, field: str) -> bool:
    """Tell whether a person shows a field to all members."""
    chosen = (visibility or {}).get(field, "")
    known = {audience.value: audience for audience in FieldAudience}
    return known.get(chosen, FIELDS[field]) is FieldAudience.MEMBERS


MUNICIPALITIES = Source(
    Kind.MUNICIPALITY, Municipality.ags, FINDABLE_MUNICIPALITIES, describe_municipalities
)
PERSONS = Source(Kind.PERSON, Account.id, FINDABLE_PERSONS, describe_persons)
SOURCES = {source.kind: source for source in (EXAMPLES, TOOLS, POSTS, MUNICIPALITIES, PERSONS)}
