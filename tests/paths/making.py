"""Learning paths for tests."""

from inforo.authz import Actor
from inforo.db import session
from inforo.paths import actions
from inforo.paths.models import LearningPath, PathStep, StepKind

VALUES = {"title": "Anfangen", "summary": "Für alle, die anfangen.", "intro": ""}


def make_path(title="Anfangen", *, published=True, steps=1, **values) -> LearningPath:
    """Make a path with so many texts of five minutes."""
    path = actions.begin(Actor(), VALUES | {"title": title} | values)
    for number in range(1, steps + 1):
        add_text(path, f"Text {number} von {title}")
    if published:
        actions.publish(Actor(), path)
    session.commit()
    return path


def add_text(path, title="Erst zuhören", minutes=5) -> PathStep:
    return add_step(path, StepKind.TEXT, minutes=minutes, title=title, body=f"Hier: {title}.")


def add_step(path, kind, minutes=10, reason="Darum.", **values) -> PathStep:
    """Add a step, for things e.g. `add_step(path, StepKind.EXAMPLE, example_id=1)`."""
    step = actions.add_step(
        Actor(), path, {"kind": kind, "minutes": minutes, "reason": reason} | values
    )
    session.commit()
    return step
