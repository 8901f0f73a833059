"""An example as plain words, field by field: for its history, conflicts and completeness."""

from collections.abc import Iterable
from typing import Any

from inforo.toolbox import fields
from inforo.toolbox.models import Example, ExampleCriterion

VOCABULARIES = (
    "age_phase",
    "transition",
    "field_of_action",
    "target_group",
    "setting",
    "recommendation",
)
NOT_COLUMNS = frozenset({"municipalities", "criteria", "files", *VOCABULARIES})
COLUMNS = tuple(name for name in fields.LABELS if name not in NOT_COLUMNS)


def words(value: Any) -> str:
    """Return a value as people read it: labels of choices, nothing for None."""
    if value is None:
        return ""
    return str(getattr(value, "label", value))


def describe_criterion(key: str, level: int, reason: str, is_highlighted: bool) -> str:
    star = " *" if is_highlighted else ""
    return f"{key}: {level}{star} {reason}".strip()


def describe_criteria(criteria: Iterable[ExampleCriterion]) -> str:
    return "\n".join(
        describe_criterion(
            criterion.criterion_key, criterion.level, criterion.reason, criterion.is_highlighted
        )
        for criterion in sorted(criteria, key=lambda criterion: criterion.position)
    )


def snapshot(example: Example) -> dict[str, str]:
    """Return every field of an example as text."""
    found = {name: words(getattr(example, name)) for name in COLUMNS}
    if example.evidence_level:
        found["evidence_level"] = str(fields.EVIDENCE[example.evidence_level])
    found["municipalities"] = ", ".join(place.display_name for place in example.municipalities)
    for vocabulary in VOCABULARIES:
        labels = [term.label_de for term in example.terms_of(vocabulary)]
        found[vocabulary] = ", ".join(labels)
    found["criteria"] = describe_criteria(example.criteria)
    found["files"] = ", ".join(attached.label for attached in example.files)
    return found
