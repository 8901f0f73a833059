"""The five steps of "Neu hier": on each page one thing to do.

What members have done is kept with their account. Guests carry it in the address
(`erledigt=1,2`), so nothing about them is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inforo.i18n import _l


@dataclass(frozen=True)
class Step:
    """One thing to do, and where."""

    number: int
    title: Any
    text: Any
    label: Any
    address: str


STEPS = (
    Step(
        1,
        _l("Suchen, was Sie gerade beschäftigt"),
        _l(
            "Schreiben Sie, wie Sie sprechen: „Hitze im Pflegeheim“ oder „Wie erreichen wir "
            "Väter?“. Die Suche versteht zusammengesetzte Wörter und verzeiht Tippfehler."
        ),
        _l("Zur Suche"),
        "/suche",
    ),
    Step(
        2,
        _l("Ein Praxisbeispiel lesen"),
        _l(
            "Wählen Sie eines, das zu Ihrer Kommune passt. Lesen Sie zuerst die Stolpersteine: "
            "Dort steht, was andere gern vorher gewusst hätten."
        ),
        _l("Zur Werkzeugkiste"),
        "/werkzeugkiste/",
    ),
    Step(
        3,
        _l("Die eigene Kommune ansehen"),
        _l(
            "Jede Kommune hat eine Seite. Finden Sie Ihre, und sehen Sie nach, wer dort "
            "ansprechbar ist und welche Kommunen ähnlich sind."
        ),
        _l("Zu den Kommunen"),
        "/kommunen/",
    ),
    Step(
        4,
        _l("Eine Diskussion verfolgen"),
        _l(
            "Lesen Sie, worüber gerade gesprochen wird. Vor dem Senden einer eigenen Frage "
            "sehen Sie immer, wer sie lesen kann."
        ),
        _l("Zu den Diskussionen"),
        "/diskussionen/",
    ),
    Step(
        5,
        _l("Das eigene Vorhaben einschätzen"),
        _l(
            "Der Selbstcheck zeigt in zehn Minuten, wo Ihr Vorhaben steht und was ein guter "
            "nächster Schritt wäre. Nichts wird gespeichert, wenn Sie es nicht wollen."
        ),
        _l("Zum Selbstcheck"),
        "/werkzeugkiste/selbstcheck",
    ),
)


def numbers_in(arguments: Mapping[str, str]) -> set[int]:
    """Return the steps a guest's address names as done."""
    given = arguments.get("erledigt", "").split(",")
    known = {str(step.number): step.number for step in STEPS}
    return {known[number] for number in given if number in known}


def next_open(done: set[int]) -> int:
    """Return the number of the first step that is left; the last one when none is."""
    return next((step.number for step in STEPS if step.number not in done), len(STEPS))


def following(number: int, done: set[int]) -> str:
    """Return the address of the next open step for guests; empty when all are done."""
    if len(done) == len(STEPS):
        return ""
    listed = ",".join(map(str, sorted(done)))
    return f"/neu-hier/{next_open(done)}?erledigt={listed}"
