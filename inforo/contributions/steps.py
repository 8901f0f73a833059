"""The steps of the full form: which there are, how full each is, and what is still missing.

What did not work is told in other steps than what did: it is asked what was planned, what
happened and what is advised, and nothing about criteria.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from inforo.contributions import step_forms as forms
from inforo.contributions.criteria_forms import CRITERIA, MOST_HIGHLIGHTED, CriteriaForm
from inforo.contributions.forms import FileForm
from inforo.contributions.snapshots import TO_SUBMIT, snapshot
from inforo.i18n import _l, written
from inforo.toolbox import fields
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleKind
from inforo.versions import Version

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples.json"
FIRST_STEP, FILES = "grunddaten", "dateien"


@dataclass(frozen=True)
class Step:
    """One page of the form. `told` are the fields a whole description does not leave out."""

    key: str
    title: Any
    form: Any
    told: tuple[str, ...]
    hint: Any = ""


BASICS = (
    "title",
    "summary",
    "municipalities",
    "organisation_name",
    "measure_status",
    "contact_name",
    "deputy_name",
)
TERMS = ("age_phase", "field_of_action", "target_group", "setting")
PRACTICE = (
    Step("grunddaten", _l("Grunddaten"), forms.BasicsForm, BASICS),
    Step(
        "ausgangslage",
        _l("Ausgangslage"),
        forms.ProblemForm,
        ("problem", "relevance", "goals"),
    ),
    Step(
        "umsetzung",
        _l("Umsetzung"),
        forms.ApproachForm,
        ("approach", "partners", "participation", "reach"),
    ),
    Step(
        "kosten",
        _l("Kosten"),
        forms.CostsForm,
        ("costs_per_year", "staff_share", "funding", "existing"),
        _l("Ungefähre Zahlen genügen. Andere wollen wissen, ob sie es sich leisten können."),
    ),
    Step("wirkung", _l("Wirkung"), forms.EffectForm, ("evaluation_kind", "evaluation_result")),
    Step("kriterien", _l("Kriterien"), CriteriaForm, ("criteria",)),
    Step(
        "uebertragung",
        _l("Übertragung"),
        forms.TransferForm,
        ("transfer_adapt", "transfer_core", "obstacles", "lessons"),
        _l("Das lesen Kommunen zuerst, die es nachmachen wollen."),
    ),
    Step("zuordnung", _l("Zuordnung"), forms.TermsForm, TERMS),
    Step(FILES, _l("Dateien"), FileForm, ("files",)),
)
FAILED = (
    Step(
        "grunddaten",
        _l("Grunddaten"),
        forms.FailedBasicsForm,
        ("title", "summary", "municipalities", "contact_name"),
        _l(
            "Danke, dass Sie das erzählen. Aus dem, was nicht geklappt hat, lernen andere am "
            "meisten; niemand bewertet Sie. Schreiben Sie so viel, wie Sie mögen."
        ),
    ),
    Step("ausgangslage", _l("Ausgangslage"), forms.ProblemForm, ("problem",)),
    Step(
        "verlauf",
        _l("Was geschah"),
        forms.StoryForm,
        ("approach", "evaluation_result", "end_reason"),
        _l("Es geht nicht um Schuld, sondern darum, was andere vorher wissen sollten."),
    ),
    Step(
        "lehren", _l("Was andere davon haben"), forms.AdviceForm, ("lessons", "transfer_adapt")
    ),
    Step("zuordnung", _l("Zuordnung"), forms.TermsForm, ("age_phase", "field_of_action")),
    Step(FILES, _l("Dateien"), FileForm, ("files",)),
)


def steps_of(example: Example) -> tuple[Step, ...]:
    return FAILED if example.kind is ExampleKind.FAILED else PRACTICE


def find_step(example: Example, key: str) -> Step | None:
    return next((step for step in steps_of(example) if step.key == key), None)


def step_after(example: Example, key: str) -> str:
    """Return the next step; a kind that was changed meanwhile leads to its first gap."""
    order = [step.key for step in steps_of(example)]
    return order[order.index(key) + 1] if key in order[:-1] else order[-1]


@dataclass(frozen=True)
class Progress:
    """How far one step has come, and who saved it last."""

    step: Step
    filled: int
    total: int
    to_submit: tuple[Any, ...]
    for_good_practice: tuple[Any, ...]
    saved: Version | None

    @property
    def key(self) -> str:
        return self.step.key

    @property
    def title(self) -> Any:
        return self.step.title

    @property
    def saved_at(self) -> datetime | None:
        return self.saved.created_at if self.saved else None


def progress_of(example: Example, saves: Mapping[str, Version] | None = None) -> list[Progress]:
    """Return how far each step is. `saves` are the last saves by the German name of a step."""
    known = snapshot(example)
    return [
        Progress(
            step=step,
            filled=sum(1 for name in step.told if known[name]),
            total=len(step.told),
            to_submit=missing(known, step.told, TO_SUBMIT, example.kind),
            for_good_practice=missing_for_good_practice(example, known, step),
            saved=(saves or {}).get(written(step.title)),
        )
        for step in steps_of(example)
    ]


def missing(
    known: Mapping[str, str], names: Iterable[str], needed: Iterable[str], kind: ExampleKind
) -> tuple[Any, ...]:
    """Return the labels of those names that are needed and empty."""
    return tuple(
        fields.label(name, kind) for name in names if name in needed and not known[name]
    )


def missing_for_good_practice(
    example: Example, known: Mapping[str, str], step: Step
) -> tuple[Any, ...]:
    """Return what a step lacks for the tier Good Practice; what failed is not measured."""
    if example.kind is ExampleKind.FAILED or step.key == FILES:
        return ()
    lacking = missing(known, step.told, step.told, example.kind)
    if step.key != "kriterien":
        return lacking
    return tuple(lacking_criteria(example))


def lacking_criteria(example: Example) -> Iterable[Any]:
    reasoned = [criterion for criterion in example.criteria if criterion.reason]
    if len(reasoned) < CRITERIA:
        yield _l(
            "Stufe und Begründung für alle zwölf Kriterien (%(count)s fertig)",
            count=len(reasoned),
        )
    if len(example.highlighted) != MOST_HIGHLIGHTED:
        yield _l("genau drei hervorgehobene Kriterien")


@cache
def samples() -> dict[str, dict[str, str]]:
    """Return kind → field → a good text somebody invented for a municipality."""
    known: dict[str, dict[str, str]] = json.loads(SAMPLES.read_text())
    return {"practice": known["practice"], "failed": known["practice"] | known["failed"]}
