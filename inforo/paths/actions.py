"""What editors do with paths and their steps, and what members tick off."""

from collections.abc import Mapping
from typing import Any

from inforo import audit, clock, versions
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _
from inforo.paths import queries
from inforo.paths.finding import COLUMNS, typed_address
from inforo.paths.models import LearningPath, PathStep, StepDone
from inforo.text import slug

FIELDS = ("title", "summary", "intro")


class Twice(DomainError):
    """The path leads there already."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Dorthin führt schon ein Schritt dieses Lernpfads."))


class Empty(DomainError):
    """A path without steps leads nowhere."""

    def __init__(self) -> None:
        super().__init__(
            _("Ein Lernpfad ohne Schritte führt nirgendwohin. Legen Sie erst einen an.")
        )


def snapshot(path: LearningPath) -> dict[str, Any]:
    """Return what the history keeps; titles of what steps lead to are not ours to keep."""
    lines = (
        f"{number}. {step.kind.label}: {described(step)}"
        for number, step in enumerate(queries.steps_in_order(path), start=1)
    )
    kept = {name: getattr(path, name) for name in FIELDS}
    return kept | {"steps": "\n".join(lines)}


def described(step: PathStep) -> str:
    where = step.title or typed_address(step) or f"#{step.thing_id}"
    words = [where, _("%(count)s Minuten", count=step.minutes), step.reason, step.body]
    return " – ".join(word for word in words if word)


def begin(actor: Actor, values: Mapping[str, Any]) -> LearningPath:
    """Begin a path nobody but editors sees. Its address stays, whatever its title becomes."""
    path = LearningPath(slug=free_slug(values["title"]), **values)
    session.add(path)
    session.flush()
    versions.record(actor, path, snapshot(path))
    audit.record(actor, "create", path, title=path.title)
    return path


def free_slug(title: str) -> str:
    wanted = slug(title) or "lernpfad"
    number, key = 1, wanted
    while queries.find_by_slug(key) is not None:
        number += 1
        key = f"{wanted}-{number}"
    return key


def edit(actor: Actor, path: LearningPath, values: Mapping[str, Any], version: Any) -> None:
    versions.check(path, version)
    for name in FIELDS:
        setattr(path, name, values[name])
    note_change(actor, path)


def note_change(actor: Actor, path: LearningPath) -> None:
    """Count a change of the path or one of its steps, and keep it in the history."""
    path.changed_at = clock.now()
    session.flush()
    versions.record(actor, path, snapshot(path))
    audit.record(actor, "edit", path, title=path.title)


def publish(actor: Actor, path: LearningPath) -> None:
    if not queries.steps_in_order(path):
        raise Empty
    path.published_at = path.published_at or clock.now()
    path.changed_at = clock.now()
    audit.record(actor, "publish", path, title=path.title)


def unpublish(actor: Actor, path: LearningPath) -> None:
    path.published_at = None
    path.changed_at = clock.now()
    audit.record(actor, "withdraw", path, title=path.title)


# Steps


def add_step(actor: Actor, path: LearningPath, values: Mapping[str, Any]) -> PathStep:
    """Add a step at the end."""
    steps = queries.steps_in_order(path)
    for column in COLUMNS.values():
        wanted = values.get(column)
        if wanted and any(getattr(step, column) == wanted for step in steps):
            raise Twice
    last = max((step.position for step in steps), default=0)
    step = PathStep(path_id=path.id, position=last + 1, **values)
    session.add(step)
    note_change(actor, path)
    return step


def edit_step(
    actor: Actor, path: LearningPath, step: PathStep, values: Mapping[str, Any], version: Any
) -> None:
    versions.check(path, version)
    for name, value in values.items():
        setattr(step, name, value)
    note_change(actor, path)


def move_step(actor: Actor, path: LearningPath, step: PathStep, by: int) -> None:
    """Let a step change places with the one before (-1) or after (1) it."""
    steps = list(queries.steps_in_order(path))
    place = steps.index(step)
    if not 0 <= place + by < len(steps):
        return
    steps[place], steps[place + by] = steps[place + by], steps[place]
    for position, other in enumerate(steps, start=1):
        other.position = position
    note_change(actor, path)


def remove_step(actor: Actor, path: LearningPath, step: PathStep) -> None:
    session.delete(step)
    note_change(actor, path)


# Progress


def tick(actor: Actor, step: PathStep) -> None:
    """Remember that somebody has done a step; twice is once."""
    if queries.find_done(actor, step) is None:
        session.add(StepDone(account_id=actor.account_id, step_id=step.id))
        session.flush()


def untick(actor: Actor, step: PathStep) -> None:
    done = queries.find_done(actor, step)
    if done is not None:
        session.delete(done)
