"""What can be found of examples and tools."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from inforo import text
from inforo.accounts.models import Organisation
from inforo.db import session
from inforo.municipalities.models import Municipality, State
from inforo.search.documents import (
    NO_PLACES,
    NO_TERMS,
    Document,
    Facet,
    Key,
    Source,
    Watch,
    bare,
    described,
    in_table,
    kind_of,
    places_of,
    terms_of,
    year_of,
)
from inforo.search.models import Audience, Kind
from inforo.toolbox.example_parts import ExampleMunicipality, ExampleTerm
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleKind, ExampleState, ObstacleAudience, Tier
from inforo.toolbox.tool_models import Tool
from inforo.vocabularies.models import Term

GOOD_PRACTICE_WEIGHT = 1.15
UNCONFIRMED_WEIGHT = 0.8


def told_to_all(column: InstrumentedAttribute[str]) -> Any:
    """A text of an example, unless its stumbling blocks are for members only."""
    for_members = Example.obstacles_audience == ObstacleAudience.MEMBERS
    return case((for_members, ""), else_=column)


EXAMPLE_TEXTS = (
    Example.summary,
    Example.problem,
    Example.relevance,
    Example.goals,
    Example.approach,
    Example.partners,
    Example.participation,
    Example.reach,
    Example.funding,
    Example.existing,
    Example.evaluation_result,
    Example.transfer_adapt,
    Example.transfer_core,
    told_to_all(Example.obstacles),
    told_to_all(Example.lessons),
    Example.end_reason,
    Example.literature,
)
FINDABLE_EXAMPLES = select(Example.id).where(Example.state == ExampleState.PUBLISHED)
FINDABLE_TOOLS = select(Tool.id).where(Tool.published_at.is_not(None))


def describe_examples(keys: Sequence[Key]) -> list[Document]:
    """Describe published examples: all texts of their page, places and terms as keywords."""
    statement = (
        FINDABLE_EXAMPLES.where(Example.id.in_(keys))
        .outerjoin(State, State.code == Example.state_code)
        .outerjoin(Organisation, Organisation.id == Example.organisation_id)
        .add_columns(
            Example.title,
            Example.state_code,
            Example.tier,
            Example.measure_status,
            Example.kind,
            func.coalesce(Organisation.name, Example.organisation_name).label("carrier"),
            Example.published_at,
            Example.confirmed_at,
            Example.unconfirmed_since,
            State.name.label("state"),
            *EXAMPLE_TEXTS,
        )
    )
    rows = session.execute(statement).all()
    found = [row.id for row in rows]  # drafts have nothing to be asked for
    terms = terms_of(ExampleTerm.example_id, found) if found else {}
    places = places_of(ExampleMunicipality.example_id, found) if found else {}
    return [
        describe_example(row, terms.get(row.id, NO_TERMS), places.get(row.id, NO_PLACES))
        for row in rows
    ]


def describe_example(row: Any, terms: Any, places: Any) -> Document:
    return Document(
        kind=Kind.EXAMPLE,
        key=row.id,
        audience=Audience.PUBLIC,
        title=row.title,
        body=bare(*row[-len(EXAMPLE_TEXTS) :]),
        keywords=described(row.carrier, terms.words, *found_as(row.kind)),
        names=described(places.names, row.state),
        context=described(places.names or row.carrier, row.state),
        path=f"/werkzeugkiste/beispiele/{row.id}-{text.slug(row.title)}",
        state_code=row.state_code,
        facets=(*own_facets(row), *terms.facets, *places.facets),
        places=places.ags,
        weight=weight_of(row),
        changed_at=row.confirmed_at or row.published_at,
    )


def found_as(kind: ExampleKind) -> tuple[str, ...]:
    """Return what people look for; „Das hat nicht funktioniert“ is all stop words."""
    return ("gescheitert",) if kind is ExampleKind.FAILED else ()


def own_facets(row: Any) -> tuple[Facet, ...]:
    chosen = {"stand": row.measure_status, "pruefung": row.tier}
    own = ((facet, value.value) for facet, value in chosen.items() if value)
    return (*own, *year_of(row.published_at))


def weight_of(row: Any) -> float:
    """Return how much the score of an example counts: here goes what makes it (un)reliable."""
    weight = GOOD_PRACTICE_WEIGHT if row.tier is Tier.GOOD_PRACTICE else 1.0
    return round(weight * (UNCONFIRMED_WEIGHT if row.unconfirmed_since else 1.0), 4)


def describe_tools(keys: Sequence[Key]) -> list[Document]:
    """Describe published tools with category and origin."""
    statement = (
        FINDABLE_TOOLS.where(Tool.id.in_(keys))
        .outerjoin(Municipality, Municipality.ags == Tool.municipality_ags)
        .outerjoin(Term, (Term.vocabulary == "tool_category") & (Term.key == Tool.category_key))
        .add_columns(
            Tool.title,
            Tool.summary,
            Tool.context,
            Tool.state_code,
            Tool.published_at,
            Tool.category_key,
            Municipality.ags,
            Municipality.display_name.label("place"),
            Municipality.kind,
            Municipality.size_class,
            Term.label_de.label("category"),
        )
    )
    return [describe_tool(row) for row in session.execute(statement)]


def describe_tool(row: Any) -> Document:
    place = kind_of(row.kind, row.size_class) if row.ags else ()
    return Document(
        kind=Kind.TOOL,
        key=row.id,
        audience=Audience.PUBLIC,
        title=row.title,
        body=bare(row.summary, row.context),
        keywords=row.category or "",
        names=row.place or "",
        context=described(row.category, row.place),
        path=f"/werkzeugkiste/werkzeuge/{row.id}-{text.slug(row.title)}",
        state_code=row.state_code,
        facets=(("werkzeugart", row.category_key), *year_of(row.published_at), *place),
        places=(row.ags,) if row.ags else (),
        changed_at=row.published_at,
    )


EXAMPLES = Source(
    number=99,
    kind=Kind.EXAMPLE,
    keys=in_table(FINDABLE_EXAMPLES, Example.id),
    describe=describe_examples,
    watched=(
        Watch(Example, "id", relationships=frozenset({"terms", "municipalities"})),
        Watch(ExampleTerm, "example_id"),
        Watch(ExampleMunicipality, "example_id"),
    ),
)
TOOLS = Source(
    number=98,
    kind=Kind.TOOL,
    keys=in_table(FINDABLE_TOOLS, Tool.id),
    describe=describe_tools,
    watched=(Watch(Tool, "id"),),
)
