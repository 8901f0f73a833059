"""Every SELECT on learning paths. What a reader may not see is neither shown nor counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select

from inforo.authz import Actor
from inforo.db import session
from inforo.discussions import policy as discussions
from inforo.discussions.models import Thread, thread_path
from inforo.errors import NotFound
from inforo.glossary.models import GlossaryEntry
from inforo.i18n import _
from inforo.paths.models import LearningPath, PathStep, StepDone, StepKind
from inforo.paths.policy import visible_to
from inforo.text import slug
from inforo.toolbox import policy as toolbox
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool

SEEN = or_(
    PathStep.kind == StepKind.TEXT,
    Example.id.is_not(None),
    Tool.id.is_not(None),
    GlossaryEntry.id.is_not(None),
    Thread.id.is_not(None),
)


@dataclass(frozen=True)
class Shown:
    """A step with what it leads to; without a title its object is not for this reader."""

    step: PathStep
    title: str
    address: str
    is_done: bool

    @property
    def is_visible(self) -> bool:
        return bool(self.title)

    @property
    def anchor(self) -> str:
        return f"schritt-{self.step.id}"


@dataclass(frozen=True)
class Summary:
    """A path in a list, with the numbers of what this reader may see of it."""

    id: int
    slug: str
    title: str
    summary: str
    is_published: bool
    count: int
    minutes: int
    done: int

    @property
    def path(self) -> str:
        return f"/lernpfade/{self.slug}"


def with_things(actor: Actor, statement: Any) -> Any:
    """Join to steps what they lead to, as far as this reader may see it, and what is done."""
    return (
        statement.select_from(PathStep)
        .outerjoin(Example, and_(Example.id == PathStep.example_id, toolbox.visible_to(actor)))
        .outerjoin(Tool, and_(Tool.id == PathStep.tool_id, toolbox.tools_visible_to(actor)))
        .outerjoin(
            GlossaryEntry,
            and_(GlossaryEntry.id == PathStep.entry_id, GlossaryEntry.archived_at.is_(None)),
        )
        .outerjoin(Thread, and_(Thread.id == PathStep.thread_id, discussions.visible_to(actor)))
        .outerjoin(
            StepDone,
            and_(StepDone.step_id == PathStep.id, StepDone.account_id == actor.account_id),
        )
    )


def steps_of(actor: Actor, path: LearningPath) -> list[Shown]:
    """Return all steps in their order, in one query; hidden ones have no title."""
    columns = (Example.title, Tool.title, GlossaryEntry.title, Thread.title)
    statement = select(PathStep, *columns, GlossaryEntry.slug, StepDone.done_at)
    rows = session.execute(
        with_things(actor, statement)
        .where(PathStep.path_id == path.id)
        .order_by(PathStep.position, PathStep.id)
    )
    return [shown(*row) for row in rows]


def shown(step: PathStep, *found: Any) -> Shown:
    *titles, entry_slug, done_at = found
    title = step.title if step.is_text else next(filter(None, titles), "")
    return Shown(step, title, address_of(step, title, entry_slug), done_at is not None)


def address_of(step: PathStep, title: str, entry_slug: str | None) -> str:
    if step.kind is StepKind.EXAMPLE:
        return f"/werkzeugkiste/beispiele/{step.example_id}-{slug(title)}"
    if step.kind is StepKind.TOOL:
        return f"/werkzeugkiste/werkzeuge/{step.tool_id}-{slug(title)}"
    if step.kind is StepKind.GLOSSARY:
        return f"/glossar/{entry_slug}"
    return thread_path(step.thread_id, title) if step.thread_id else ""


def visible_steps(actor: Actor, path: LearningPath) -> list[Shown]:
    return [step for step in steps_of(actor, path) if step.is_visible]


def paths(actor: Actor, *conditions: ColumnElement[bool], limit: int = 200) -> list[Summary]:
    """Return paths with their numbers, the newest first, in one query."""
    statement = summaries(actor, *conditions).limit(limit)
    return [summary(*row) for row in session.execute(statement)]


def summaries(actor: Actor, *conditions: ColumnElement[bool]) -> Any:
    numbers = numbered(actor)
    return (
        select(LearningPath, numbers.c.seen, numbers.c.minutes, numbers.c.done)
        .outerjoin(numbers, numbers.c.path_id == LearningPath.id)
        .where(visible_to(actor), *conditions)
        .order_by(LearningPath.published_at.desc(), LearningPath.id)
    )


def numbered(actor: Actor) -> Any:
    """Return path → how many steps this reader sees and has done, and their minutes."""
    seen = func.count(case((SEEN, PathStep.id))).label("seen")
    minutes = func.sum(case((SEEN, PathStep.minutes))).label("minutes")
    done = func.count(case((SEEN, StepDone.step_id))).label("done")
    statement = select(PathStep.path_id, seen, minutes, done)
    return with_things(actor, statement).group_by(PathStep.path_id).subquery()


def summary(path: LearningPath, *numbers: int | None) -> Summary:
    seen, minutes, done = (int(number or 0) for number in numbers)
    named = (path.id, path.slug, path.title, path.summary, path.is_published)
    return Summary(*named, seen, minutes, done)


def published(actor: Actor, limit: int = 200) -> list[Summary]:
    """Return what everybody may read."""
    rows = session.execute(published_summaries(actor), {"limit": limit})
    return [summary(*row) for row in rows]


@lru_cache(maxsize=256)
def published_summaries(actor: Actor) -> Any:
    """Return the statement of every start page, built once for each reader."""
    is_published = LearningPath.published_at.is_not(None)
    return summaries(actor, is_published).limit(bindparam("limit"))


def find_by_slug(key: str) -> LearningPath | None:
    return session.scalar(select(LearningPath).where(LearningPath.slug == key))


def get_path(actor: Actor, key: str) -> LearningPath:
    """Return the path with this slug, or raise NotFound."""
    return existing(actor, LearningPath.slug == key)


def get_path_by_id(actor: Actor, path_id: int) -> LearningPath:
    return existing(actor, LearningPath.id == path_id)


def existing(actor: Actor, condition: ColumnElement[bool]) -> LearningPath:
    path = session.scalar(select(LearningPath).where(condition, visible_to(actor)))
    if path is None:
        raise NotFound(_("Diesen Lernpfad gibt es nicht (mehr)."))
    return path


def get_step(path: LearningPath, step_id: int) -> PathStep:
    step = session.get(PathStep, step_id)
    if step is None or step.path_id != path.id:
        raise NotFound(_("Diesen Schritt gibt es nicht (mehr)."))
    return step


def get_visible_step(actor: Actor, path: LearningPath, step_id: int) -> PathStep:
    """Return a step this reader sees, or raise NotFound."""
    for item in visible_steps(actor, path):
        if item.step.id == step_id:
            return item.step
    raise NotFound(_("Diesen Schritt gibt es nicht (mehr)."))


def steps_in_order(path: LearningPath) -> Sequence[PathStep]:
    statement = select(PathStep).where(PathStep.path_id == path.id)
    return session.scalars(statement.order_by(PathStep.position, PathStep.id)).all()


def find_done(actor: Actor, step: PathStep) -> StepDone | None:
    return session.get(StepDone, (actor.account_id, step.id))
