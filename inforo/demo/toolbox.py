"""Practice examples in all states."""

from typing import Any

from sqlalchemy import select

from inforo.accounts.models import Account
from inforo.db import session
from inforo.demo.source import Catalogue, ago, at, read, read_all
from inforo.municipalities.models import Municipality
from inforo.offices.actions import open_item, wait_for_author
from inforo.offices.models import RoleAssignment, WorkKind
from inforo.toolbox.example_parts import ExampleCriterion, ExampleStep
from inforo.toolbox.models import Example
from inforo.toolbox.states import EvaluationKind, ExampleKind, ExampleState, MeasureStatus, Tier

PLAIN = [
    "title",
    "summary",
    "problem",
    "goals",
    "approach",
    "partners",
    "participation",
    "reach",
    "costs_once",
    "costs_per_year",
    "staff_share",
    "funding",
    "existing",
    "evaluation_result",
    "evidence_level",
    "transfer_adapt",
    "transfer_core",
    "obstacles",
    "lessons",
]
VOCABULARIES = {
    "age_phases": "age_phase",
    "transitions": "transition",
    "fields_of_action": "field_of_action",
    "target_groups": "target_group",
    "settings": "setting",
    "recommendations": "recommendation",
}
IN_PROGRESS = "in_progress.json"


def load_examples(catalogue: Catalogue) -> None:
    rows = read_all("examples", without=(IN_PROGRESS,)) + read(f"examples/{IN_PROGRESS}")
    for number, row in enumerate(rows):
        example = make_example(catalogue, row, number)
        session.add(example)
        catalogue.examples[row["key"]] = example
        session.flush()
        tell_story(catalogue, example)


def make_example(catalogue: Catalogue, row: dict[str, Any], number: int) -> Example:
    place = session.get_one(Municipality, row["municipalities"][0])
    published = at(row["published_on"]) if row["published_on"] else None
    made = published or ago(days=3 + number % 9)
    contact = row["contact"]
    author = author_of(catalogue, place)
    return Example(
        kind=ExampleKind(row["kind"]),
        state=ExampleState(row.get("state", "published")),
        tier=Tier(row["tier"]) if row["tier"] else None,
        author_id=author.id if author else None,
        state_code=place.state_code,
        organisation_name=row["organisation"],
        contact_name=contact["name"],
        contact_function=contact["function"],
        contact_email=contact["email"],
        contact_phone=contact["phone"],
        measure_status=MeasureStatus(row["measure_status"]) if row["measure_status"] else None,
        started=row["started"] or "",
        ended=row["ended"] or "",
        end_reason=row["end_reason"] or "",
        evaluation_kind=(
            EvaluationKind(row["evaluation_kind"]) if row["evaluation_kind"] else None
        ),
        literature="\n".join(f"- {entry}" for entry in row["literature"]),
        submitted_at=made,
        reviewed_at=published,
        published_at=published,
        confirmed_at=published,
        created_at=made,
        updated_at=made,
        municipalities=[session.get_one(Municipality, ags) for ags in row["municipalities"]],
        terms=[
            term
            for field, vocabulary in VOCABULARIES.items()
            for term in catalogue.topics(row[field], vocabulary)
        ],
        criteria=make_criteria(catalogue, row),
        **{name: given(row, name) for name in PLAIN},
    )


def given(row: dict[str, Any], name: str) -> Any:
    is_number = name in {"costs_once", "costs_per_year", "evidence_level"}
    return row[name] if is_number else row[name] or ""


def author_of(catalogue: Catalogue, place: Municipality) -> Account | None:
    """Return somebody who works where the example comes from, not the shown accounts."""
    colleagues = catalogue.colleagues(place.ags)
    return colleagues[-1] if colleagues else None


def make_criteria(catalogue: Catalogue, row: dict[str, Any]) -> list[ExampleCriterion]:
    return [
        ExampleCriterion(
            criterion_key=key,
            position=catalogue.terms["criterion", key].position,
            level=rating["level"],
            reason=rating["reason"],
            is_highlighted=key in row["highlighted"],
        )
        for key, rating in row["criteria"].items()
    ]


def tell_story(catalogue: Catalogue, example: Example) -> None:
    """Write the time line an example in its state has, and put it into the basket."""
    reviewer_id = reviewer_of(catalogue, example)
    if example.state is ExampleState.DRAFT:
        example.submitted_at = None
        return
    add_step(example, "submitted", example.author_id)
    if example.state is ExampleState.PUBLISHED:
        example.reviewer_id = reviewer_id
        add_step(example, "published", reviewer_id)
        return
    open_item(
        WorkKind.EXAMPLE,
        example,
        title=example.title,
        url=f"/arbeitskorb/beispiele/{example.id}",
        author_id=example.author_id,
    ).created_at = example.created_at
    if example.state is ExampleState.CHANGES_ASKED:
        session.flush()
        wait_for_author(WorkKind.EXAMPLE, example)
        words = "Bitte ergänzen Sie, wen Sie erreicht haben und was es im Jahr kostet."
        add_step(example, "changes_asked", reviewer_id, words)
    if example.state is ExampleState.RETURNED:
        words = "Das ist eine Veranstaltungsankündigung. Bitte tragen Sie sie als Termin ein."
        add_step(example, "returned", reviewer_id, words)


def add_step(example: Example, action: str, actor_id: int | None, words: str = "") -> None:
    session.add(
        ExampleStep(
            example_id=example.id,
            action=action,
            actor_id=actor_id,
            text=words,
            created_at=example.created_at,
        )
    )


def reviewer_of(catalogue: Catalogue, example: Example) -> int | None:
    office = catalogue.offices[f"kgc-{(example.state_code or 'BW').lower()}"]
    return session.scalar(
        select(RoleAssignment.account_id)
        .where(RoleAssignment.office_id == office.id)
        .order_by(RoleAssignment.id)
    )
