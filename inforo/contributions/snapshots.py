"""An example as plain words, field by field: for its history, conflicts and completeness."""

from collections.abc import Iterable
from typing import Any

from inforo.i18n import in_language
from inforo.toolbox import fields
from inforo.toolbox.example_parts import ExampleCriterion
from inforo.toolbox.models import Example

VOCABULARIES = (
    "age_phase",
    "transition",
    "field_of_action",
    "target_group",
    "setting",
    "recommendation",
)
# What an office cannot do without, and what everybody may read only with.
TO_SUBMIT = ("title", "summary", "municipalities", "contact_name")
TO_PUBLISH = ("title", "summary", "municipalities", "age_phase", "field_of_action")
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
    """Return every field of an example as text, in German whoever saves it."""
    with in_language("de"):
        return snapshot_in_this_language(example)


def snapshot_in_this_language(example: Example) -> dict[str, str]:
    found = {name: words(getattr(example, name)) for name in COLUMNS}
    if example.evidence_level:
        found["evidence_level"] = str(fields.EVIDENCE[example.evidence_level])
    places = sorted(place.display_name for place in example.municipalities)
    found["municipalities"] = ", ".join(places)
    for vocabulary in VOCABULARIES:
        labels = [term.label_de for term in example.terms_of(vocabulary)]
        found[vocabulary] = ", ".join(labels)
    found["criteria"] = describe_criteria(example.criteria)
    found["files"] = ", ".join(attached.label for attached in example.files)
    return found
