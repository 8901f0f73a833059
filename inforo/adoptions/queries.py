"""Every SELECT on adoptions. Who asks comes first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, cast, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from inforo import clock
from inforo.accounts.models import Account
from inforo.adoptions.models import Adoption, AdoptionStage, AdoptionStep, ImpactSheet
from inforo.adoptions.policy import may_view, visible_to
from inforo.authz import Actor
from inforo.db import bigint, session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.municipalities.models import Municipality, SizeClass
from inforo.toolbox.example_parts import ExampleAuthor, ExampleMunicipality
from inforo.toolbox.models import Example
from inforo.toolbox.queries import PUBLISHED
from inforo.toolbox.states import ExampleState
from inforo.toolbox.tool_models import Tool

MOST_SHOWN = 1_000
MOST_LINKED = 20


@dataclass(frozen=True)
class Entry:
    """One adoption as pages show it, without its contact."""

    id: int
    ags: str
    place: str
    state_code: str
    size_class: SizeClass | None
    latitude: float | None
    longitude: float | None
    stage: AdoptionStage
    since: date
    end_reason: str
    adapted: str
    costs_once: int | None
    costs_per_year: int | None
    followed_id: int | None
    example_id: int | None
    example_title: str | None
    became_id: int | None
    became_title: str | None

    @property
    def is_public(self) -> bool:
        return self.stage is not AdoptionStage.INTERESTED


@dataclass(frozen=True)
class Contact:
    """Whom to ask about an adoption; for members."""

    name: str
    function: str
    email: str
    phone: str


@dataclass(frozen=True)
class Adopted:
    """Something a municipality re-uses, for the page of the municipality."""

    example_id: int | None
    tool_id: int | None
    title: str
    stage: AdoptionStage
    since: date
    adapted: str


def entries() -> Any:
    """Return the SELECT behind `Entry`, the newest first."""
    became = aliased(Example)
    return (
        select(
            Adoption.id,
            Adoption.municipality_ags,
            Municipality.display_name,
            Municipality.state_code,
            Municipality.size_class,
            Municipality.latitude,
            Municipality.longitude,
            Adoption.stage,
            Adoption.since,
            Adoption.end_reason,
            Adoption.adapted,
            Adoption.costs_once,
            Adoption.costs_per_year,
            Adoption.followed_id,
            Adoption.example_id,
            Example.title,
            became.id,
            became.title,
        )
        .join(Municipality, Municipality.ags == Adoption.municipality_ags)
        .outerjoin(Example, Example.id == Adoption.example_id)
        .outerjoin(
            became, (became.id == Adoption.became_id) & (became.state == ExampleState.PUBLISHED)
        )
        .order_by(Adoption.since.desc(), Adoption.id.desc())
        .limit(MOST_SHOWN)
    )


def family() -> Any:
    """Return the SELECT behind `family_of`."""
    example_id = bindparam("example_id", type_=bigint)
    family = select(cast(example_id, bigint).label("id")).cte("family", recursive=True)
    link = case(
        (Adoption.became_id == family.c.id, Adoption.example_id), else_=Adoption.became_id
    )
    touching = or_(Adoption.became_id == family.c.id, Adoption.example_id == family.c.id)
    family = family.union(
        select(link)
        .select_from(family)
        .join(Adoption, touching)
        .where(Adoption.became_id.is_not(None), Adoption.example_id.is_not(None))
    )
    known = select(family.c.id)
    is_shown = or_(Example.id == example_id, PUBLISHED)
    return entries().where(Adoption.example_id.in_(known), is_shown)


FAMILY = family()  # asked by every page of an example: built once


def family_of(example_id: int) -> list[Entry]:
    """Return the adoptions of an example and of all that came from it or led to it.

    Of the others only published ones: nobody learns from a chain what was withdrawn.
    """
    return [Entry(*row) for row in session.execute(FAMILY, {"example_id": example_id})]


def entries_of_tool(tool_id: int) -> list[Entry]:
    found = session.execute(entries().where(Adoption.tool_id == tool_id))
    return [Entry(*row) for row in found]


def contacts(actor: Actor, ids: Iterable[int]) -> dict[int, Contact]:
    """Return the contacts of adoptions, for members only."""
    if not actor.is_member:
        return {}
    statement = select(
        Adoption.id,
        Adoption.contact_name,
        Adoption.contact_function,
        Adoption.contact_email,
        Adoption.contact_phone,
    ).where(Adoption.id.in_(list(ids)))
    return {row[0]: Contact(*row[1:]) for row in session.execute(statement)}


def find_adoption(ags: str, content: Example | Tool) -> Adoption | None:
    """Return the one adoption of a thing by a municipality."""
    return session.scalar(
        select(Adoption).where(Adoption.municipality_ags == ags, is_of(content))
    )


def is_of(content: Example | Tool) -> ColumnElement[bool]:
    if isinstance(content, Tool):
        return Adoption.tool_id == content.id
    return Adoption.example_id == content.id


def get_adoption(actor: Actor, adoption_id: int) -> Adoption:
    """Return an adoption of something public, or raise NotFound."""
    found = session.scalar(
        select(Adoption)
        .where(Adoption.id == adoption_id)
        .options(
            joinedload(Adoption.municipality),
            joinedload(Adoption.example),
            joinedload(Adoption.tool),
            joinedload(Adoption.author),
        )
    )
    if found is None or not may_view(actor, found) or not found.content.is_published:
        raise NotFound(_("Diesen Eintrag gibt es nicht (mehr)."))
    return found


def steps_of(adoption: Adoption) -> list[AdoptionStep]:
    """Return when the adoption came to which stage, the oldest first."""
    statement = select(AdoptionStep).where(AdoptionStep.adoption_id == adoption.id)
    return list(session.scalars(statement.order_by(AdoptionStep.created_at, AdoptionStep.id)))


def others_of(actor: Actor, content: Example | Tool, ags: str) -> list[tuple[int, str]]:
    """Return (id, place) of the adoptions of the same thing one may have followed."""
    statement = (
        select(Adoption.id, Municipality.display_name)
        .join(Municipality, Municipality.ags == Adoption.municipality_ags)
        .where(is_of(content), Adoption.municipality_ags != ags, visible_to(actor))
        .order_by(Municipality.name)
        .limit(MOST_SHOWN)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def leads_back(adoption: Adoption, followed_id: int) -> bool:
    """Tell whether the adoption to follow follows this one, over however many others."""
    statement = select(Adoption.id, Adoption.followed_id).where(is_of(adoption.content))
    links: dict[int, int | None] = dict(session.execute(statement).all())
    seen: set[int] = set()
    current: int | None = followed_id
    while current is not None and current not in seen:
        if current == adoption.id:
            return True
        seen.add(current)
        current = links.get(current)
    return False


def own_examples(ags: str, without: int | None) -> list[tuple[int, str]]:
    """Return (id, title) of the published examples of a municipality."""
    statement = (
        select(Example.id, Example.title)
        .join(ExampleMunicipality, ExampleMunicipality.example_id == Example.id)
        .where(ExampleMunicipality.municipality_ags == ags, PUBLISHED, Example.id != without)
        .order_by(Example.title)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def get_account(actor: Actor) -> Account:
    return session.get_one(Account, actor.account_id)


def adopted_by(actor: Actor, ags: str) -> list[Adopted]:
    """Return the published things a municipality re-uses, the newest first."""
    statement = (
        select(
            Adoption.example_id,
            Adoption.tool_id,
            func.coalesce(Example.title, Tool.title),
            Adoption.stage,
            Adoption.since,
            Adoption.adapted,
        )
        .outerjoin(Example, Example.id == Adoption.example_id)
        .outerjoin(Tool, Tool.id == Adoption.tool_id)
        .where(
            Adoption.municipality_ags == ags,
            visible_to(actor),
            or_(PUBLISHED, Tool.published_at.is_not(None)),
        )
        .order_by(Adoption.since.desc(), Adoption.id.desc())
        .limit(MOST_LINKED)
    )
    return [Adopted(*row) for row in session.execute(statement)]


# Impact sheets


def sheets_of(example: Example) -> list[ImpactSheet]:
    statement = select(ImpactSheet).where(ImpactSheet.example_id == example.id)
    return list(session.scalars(statement.order_by(ImpactSheet.year.desc())))


def find_sheet(example_id: int, year: int) -> ImpactSheet | None:
    return session.scalar(
        select(ImpactSheet).where(
            ImpactSheet.example_id == example_id, ImpactSheet.year == year
        )
    )


def examples_without_sheet(year: int, limit: int) -> list[int]:
    """Return published examples with authors whose sheet of a year is not ordered yet."""
    has_sheet = select(ImpactSheet.example_id).where(ImpactSheet.year == year)
    has_authors = or_(
        Example.author_id.is_not(None), Example.id.in_(select(ExampleAuthor.example_id))
    )
    end = datetime(year + 1, 1, 1, tzinfo=clock.BERLIN)
    statement = (
        select(Example.id)
        .where(PUBLISHED, has_authors, Example.published_at < end)
        .where(Example.id.not_in(has_sheet))
        .order_by(Example.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def authors_of(content: Example | Tool) -> list[Account]:
    """Return who wrote an example or tool, as far as they are still here."""
    people = [content.author]
    if isinstance(content, Example):
        people += [together.account for together in content.co_authors]
    return [person for person in dict.fromkeys(people) if person is not None]
