"""The words for examples: kinds, steps, tiers, how a measure runs and was checked."""

from enum import StrEnum
from typing import Any

from inforo.i18n import _l


class ExampleKind(StrEnum):
    PRACTICE = "practice"
    FAILED = "failed"

    @property
    def label(self) -> Any:
        return KINDS[self]


class ExampleState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_ASKED = "changes_asked"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Any:
        return STATES[self]


class Tier(StrEnum):
    PUBLISHED = "published"
    GOOD_PRACTICE = "good_practice"

    @property
    def label(self) -> Any:
        return TIERS[self]


class MeasureStatus(StrEnum):
    PLANNED = "geplant"
    PILOT = "pilot"
    RUNNING = "laufend"
    PERMANENT = "verstetigt"
    ENDED = "beendet"

    @property
    def label(self) -> Any:
        return STATUSES[self]


class ObstacleAudience(StrEnum):
    """Who reads the stumbling blocks of an example: obstacles and lessons."""

    PUBLIC = "public"
    MEMBERS = "members"

    @property
    def label(self) -> Any:
        return AUDIENCES[self]


class EvaluationKind(StrEnum):
    NONE = "keine"
    PROCESS = "prozess"
    OUTCOME = "ergebnis-ohne-kontrolle"
    CONTROLLED = "ergebnis-mit-kontrolle"
    SEVERAL = "mehrere"

    @property
    def label(self) -> Any:
        return EVALUATIONS[self]


# One dict per enum: members of two enums with the same value are the same key.
KINDS: dict[ExampleKind, Any] = {
    ExampleKind.PRACTICE: _l("Praxisbeispiel"),
    ExampleKind.FAILED: _l("Das hat nicht funktioniert"),
}

STATES: dict[ExampleState, Any] = {
    ExampleState.DRAFT: _l("Entwurf"),
    ExampleState.SUBMITTED: _l("eingereicht"),
    ExampleState.CHANGES_ASKED: _l("Änderungen erbeten"),
    ExampleState.RETURNED: _l("abgelehnt"),
    ExampleState.PUBLISHED: _l("veröffentlicht"),
    ExampleState.WITHDRAWN: _l("zurückgezogen"),
}

TIERS: dict[Tier, Any] = {
    Tier.PUBLISHED: _l("geprüft"),
    Tier.GOOD_PRACTICE: _l("Good Practice"),
}

STATUSES: dict[MeasureStatus, Any] = {
    MeasureStatus.PLANNED: _l("geplant"),
    MeasureStatus.PILOT: _l("Pilot"),
    MeasureStatus.RUNNING: _l("laufend"),
    MeasureStatus.PERMANENT: _l("verstetigt"),
    MeasureStatus.ENDED: _l("beendet"),
}

AUDIENCES: dict[ObstacleAudience, Any] = {
    ObstacleAudience.PUBLIC: _l("alle, auch ohne Anmeldung"),
    ObstacleAudience.MEMBERS: _l("nur angemeldete Mitglieder"),
}

EVALUATIONS: dict[EvaluationKind, Any] = {
    EvaluationKind.NONE: _l("keine Evaluation"),
    EvaluationKind.PROCESS: _l("Prozessevaluation"),
    EvaluationKind.OUTCOME: _l("Ergebnisevaluation ohne Kontrollgruppe"),
    EvaluationKind.CONTROLLED: _l("Ergebnisevaluation mit Kontrollgruppe"),
    EvaluationKind.SEVERAL: _l("mehrere Evaluationen"),
}
