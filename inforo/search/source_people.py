"""What can be found of municipalities and persons."""

from collections.abc import Sequence
from math import log10
from typing import Any

from sqlalchemy import BigInteger, and_, cast, select
from sqlalchemy.orm import aliased

from inforo import text
from inforo.accounts.models import Account, AccountTerm, Organisation
from inforo.accounts.models import Audience as FieldAudience
from inforo.db import session
from inforo.municipalities.models import Municipality, State
from inforo.partnership.models import HurdleAudience, MunicipalityProfile, ProfileTerm
from inforo.people.policy import FIELDS
from inforo.search.documents import (
    NO_TERMS,
    Document,
    Key,
    Source,
    Terms,
    Watch,
    bare,
    described,
    in_table,
    kind_of,
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
            Municipality.size_class,
            Municipality.population,
            Municipality.postal_code,
            Municipality.state_code,
            State.name.label("state"),
            district.display_name.label("district"),
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
    return [describe_municipality(row, terms.get(row.ags, NO_TERMS)) for row in rows]


def describe_municipality(row: Any, terms: Terms) -> Document:
    everybody_reads = row.hurdles_audience is HurdleAudience.PUBLIC
    hurdles = row.hurdles if everybody_reads else ""
    return Document(
        kind=Kind.MUNICIPALITY,
        key=row.ags,
        audience=Audience.PUBLIC,
        title=row.display_name,
        title_is_name=True,
        body=bare(row.motto, row.portrait, row.networks, hurdles),
        keywords=described(row.postal_code, terms.words),
        names=described(row.name, row.state, row.district),
        context=described(str(row.kind.label), row.district, row.state),
        path=f"/kommunen/{row.ags}-{text.slug(row.display_name)}",
        state_code=row.state_code,
        facets=(*kind_of(row.kind, row.size_class), *terms.facets),
        places=(row.ags,),
        weight=weight_of(row.population),
        changed_at=row.published_at,
    )


def weight_of(population: int | None) -> float:
    """Let Münster come before Münstertal: a tenth more for a million people."""
    return 1 + round(log10(max(1, population or 1)) / 60, 4)


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
            Account.municipality_ags,
            Municipality.display_name,
            Organisation.name,
            Term.label_de,
        )
    )
    terms = terms_of(AccountTerm.account_id, keys)
    return [
        describe_person(row, terms.get(row[0], NO_TERMS).words)
        for row in session.execute(statement).all()
    ]


def describe_person(row: Any, terms: str) -> Document:
    key, name, function, about, helps_with, looks_for, visibility, state_code, *belongs = row
    ags, place, organisation, department = belongs
    chosen = {"about": about, "helps_with": helps_with, "looks_for": looks_for, "topics": terms}
    shown = {field: text for field, text in chosen.items() if is_shown(visibility, field)}
    return Document(
        kind=Kind.PERSON,
        key=key,
        audience=Audience.MEMBERS,
        title=name,
        title_is_name=True,
        body=bare(*(shown.get(field) for field in ("about", "helps_with", "looks_for"))),
        keywords=described(
            function, department, None if place else organisation, shown.get("topics")
        ),
        names=place or "",
        context=described(function, place or organisation),
        path=f"/personen/{key}",
        state_code=state_code,
        places=(ags,) if ags else (),
    )


def is_shown(visibility: dict[str, Any] | None, field: str) -> bool:
    """Tell whether a person shows a field to all members."""
    chosen = (visibility or {}).get(field, "")
    known = {audience.value: audience for audience in FieldAudience}
    return known.get(chosen, FIELDS[field]) is FieldAudience.MEMBERS


def municipality_keys(after: int, limit: int) -> list[Key]:
    """Return AGS in their numerical order; their leading zeros make no difference to it."""
    number = cast(Municipality.ags, BigInteger)
    statement = FINDABLE_MUNICIPALITIES.where(number > after).order_by(number).limit(limit)
    return list(session.scalars(statement))


MUNICIPALITIES = Source(
    number=2,
    kind=Kind.MUNICIPALITY,
    keys=municipality_keys,
    describe=describe_municipalities,
    watched=(
        Watch(Municipality, "ags"),
        Watch(MunicipalityProfile, "ags"),
        Watch(ProfileTerm, "ags"),
    ),
)
PERSONS = Source(
    number=1,
    kind=Kind.PERSON,
    keys=in_table(FINDABLE_PERSONS, Account.id),
    describe=describe_persons,
    watched=(
        Watch(AccountTerm, "account_id"),
        Watch(
            Account,
            "id",
            frozenset({"function", "about", "helps_with", "looks_for", "name", "visibility"})
            | {"department_key", "state_code", "municipality_ags", "organisation_id"}
            | {"approved_at", "suspended_at", "closed_at"},
        ),
    ),
)
