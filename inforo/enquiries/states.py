"""The words for enquiries: readers, kinds of questions, steps, what became of an invitation."""

from enum import StrEnum
from typing import Any

from inforo.i18n import _l


class Audience(StrEnum):
    """Who reads the result besides the asker and the office."""

    RESPONDENTS = "respondents"
    MEMBERS = "members"

    @property
    def label(self) -> Any:
        return AUDIENCES[self]


AUDIENCES = {
    Audience.RESPONDENTS: _l("Nur die Kommunen, die geantwortet haben"),
    Audience.MEMBERS: _l("Alle Mitglieder"),
}


class QuestionKind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    MANY = "many"
    YES_NO = "yes_no"
    NUMBER = "number"
    LINE = "line"
    TEXT = "text"

    @property
    def label(self) -> Any:
        return QUESTION_KINDS[self]

    @property
    def is_choice(self) -> bool:
        return self in {QuestionKind.ONE, QuestionKind.MANY, QuestionKind.YES_NO}

    @property
    def is_text(self) -> bool:
        return self in {QuestionKind.LINE, QuestionKind.TEXT}


QUESTION_KINDS = {
    QuestionKind.ONE: _l("Eine Antwort aus einer Liste"),
    QuestionKind.MANY: _l("Mehrere Antworten aus einer Liste"),
    QuestionKind.YES_NO: _l("Ja oder nein"),
    QuestionKind.NUMBER: _l("Eine Zahl"),
    QuestionKind.LINE: _l("Kurzer Text"),
    QuestionKind.TEXT: _l("Langer Text"),
}

YES, NO = "ja", "nein"


class Outcome(StrEnum):
    """What became of the mail to one municipality."""

    SENT = "sent"
    NO_CONTACT = "no_contact"
    OPTED_OUT = "opted_out"
    CAP = "cap"

    @property
    def label(self) -> Any:
        return OUTCOMES[self]


OUTCOMES = {
    Outcome.SENT: _l("verschickt"),
    Outcome.NO_CONTACT: _l("keine Ansprechperson mit Konto"),
    Outcome.OPTED_OUT: _l("möchte keine Abfragen"),
    Outcome.CAP: _l("hat diesen Monat schon genug Abfragen bekommen"),
}


class Stage(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    RUNNING = "running"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Any:
        return STAGES[self]


STAGES = {
    Stage.DRAFT: _l("Entwurf"),
    Stage.WAITING: _l("wartet auf Freigabe"),
    Stage.RETURNED: _l("zurückgegeben"),
    Stage.RUNNING: _l("läuft"),
    Stage.ENDED: _l("beendet"),
    Stage.WITHDRAWN: _l("zurückgezogen"),
}
