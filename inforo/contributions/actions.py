"""Writing and submitting examples and tools.

Each save keeps the whole example in its history. Each step on the way is a row of the time
line that author and reviewer share; internal notes are rows the author never sees.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from inforo import audit, files, versions
from inforo.authz import Actor
from inforo.clock import now
from inforo.contents.jobs import process_file
from inforo.contributions import jobs, queries
from inforo.contributions.places import CORRECTED, SUBMITTED, WITHDRAWN
from inforo.contributions.snapshots import TO_PUBLISH, TO_SUBMIT, snapshot
from inforo.db import session
from inforo.errors import DomainError, Forbidden
from inforo.i18n import _, _l, written
from inforo.municipalities.models import Municipality
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.actions import close_item, open_item
from inforo.offices.models import WorkKind
from inforo.toolbox import editions, fields
from inforo.toolbox.example_parts import ExampleCriterion, ExampleFile, ExampleStep
from inforo.toolbox.models import Example
from inforo.toolbox.policy import has_captured, is_author, is_responsible
from inforo.toolbox.states import ExampleState
from inforo.toolbox.tool_models import Tool, ToolFile
from inforo.vocabularies.models import Term


@dataclass(frozen=True)
class Note:
    """What the history says of a save: the page of the form, and in the words of who saved
    what is different; readers of a published example read the latter."""

    page: Any = ""
    change: str = ""

    @property
    def words(self) -> str:
        return ": ".join(word for word in (written(self.page), self.change) if word)


class NotReady(DomainError):
    """Something is missing before the next step; the sentence names it."""

    status = 422


def missing_to_submit(example: Example) -> list[str]:
    """Return the names of fields an office cannot do without."""
    return [str(fields.LABELS[name]) for name in TO_SUBMIT if not getattr(example, name)]


def missing_to_publish(example: Example) -> list[str]:
    """Return what must be there before everybody may read the example."""
    known = snapshot(example)
    return [str(fields.LABELS[name]) for name in TO_PUBLISH if not known[name]]


def refuse_missing(missing: list[str]) -> None:
    if missing:
        raise NotReady(_("Bitte ergänzen Sie noch: %(fields)s.", fields=", ".join(missing)))


# Writing


def begin(
    actor: Actor, values: Mapping[str, Any], municipality: Municipality | None
) -> Example:
    """Make a draft that belongs to the person and, by its municipality, to a Land."""
    example = Example(author_id=actor.account_id, **values)
    place(example, [municipality] if municipality else [], actor.state_code)
    session.add(example)
    session.flush()
    versions.record(actor, example, snapshot(example))
    return example


def place(
    example: Example, municipalities: Sequence[Municipality], state_code: str | None = None
) -> None:
    """Set where the example comes from; the first municipality decides about the Land."""
    example.municipalities = list(municipalities)
    if municipalities:
        example.state_code = municipalities[0].state_code
    elif state_code:
        example.state_code = state_code


def save(
    actor: Actor,
    example: Example,
    values: Mapping[str, Any] | None = None,
    *,
    terms: Mapping[str, Sequence[Term]] | None = None,
    municipalities: Sequence[Municipality] | None = None,
    note: Note | None = None,
) -> None:
    """Change fields and keep the new state in the history."""
    for name, value in (values or {}).items():
        setattr(example, name, value)
    if terms is not None:
        kept = [term for term in example.terms if term.vocabulary not in terms]
        example.terms = kept + [term for chosen in terms.values() for term in chosen]
    if municipalities is not None:
        move(actor, example, municipalities)
    note_save(actor, example, note)


def save_criteria(
    actor: Actor,
    example: Example,
    criteria: list[dict[str, Any]],
    *,
    note: Note | None = None,
) -> None:
    """Replace what is said about the criteria."""
    example.criteria.clear()
    session.flush()
    example.criteria.extend(ExampleCriterion(**criterion) for criterion in criteria)
    note_save(actor, example, note)


def move(actor: Actor, example: Example, municipalities: Sequence[Municipality]) -> None:
    """Change the municipalities; an office cannot give or take across its own border.

    Having been handed an example does not let an office send it on to a Land of its choice.
    """
    before = example.state_code
    place(example, municipalities)
    if is_author(actor, example) and not has_captured(actor, example):
        allowed = True
    elif example.state_code == before:
        allowed = is_responsible(actor, example)
    else:
        allowed = actor.is_admin or actor.is_editor or actor.coordinates(example)
    if not allowed:
        raise Forbidden(_("Diese Kommune gehört nicht zu Ihrem Zuständigkeitsbereich."))
    if example.state is ExampleState.SUBMITTED:
        offer_for_review(example)


def note_save(actor: Actor, example: Example, note: Note | None = None) -> None:
    """Keep the history, and let the authors know that the office worked on the text."""
    example.updated_at = now()
    session.flush()
    note = note or Note()
    versions.record(actor, example, snapshot(example), note.words)
    if example.is_published:
        editions.keep(actor, example, snapshot(example), note.change, is_correction=True)
        CORRECTED.happened(actor, example)
    if is_author(actor, example) or has_captured(actor, example):
        return
    latest = queries.latest_step(example)
    if not latest or latest.action != "edited" or latest.actor_id != actor.account_id:
        add_step(actor, example, "edited")


def attach(
    actor: Actor, example: Example, stored: files.StoredFile, described: Mapping[str, str]
) -> ExampleFile:
    """Add a file to the example; who adds it says that it is up to date."""
    attached = ExampleFile(file=stored, checked_at=now(), **described)
    example.files.append(attached)
    process_file.later(key=stored.key)
    note_save(actor, example, Note(_l("Dateien")))
    return attached


def note_check(attached: ExampleFile) -> None:
    """Note that somebody looked at a file and found it up to date."""
    attached.checked_at = now()


def detach(actor: Actor, example: Example, attached: ExampleFile) -> None:
    """Take a file away; the sweep deletes its content a day later."""
    example.files.remove(attached)
    note_save(actor, example, Note(_l("Dateien")))


def delete(actor: Actor, example: Example) -> None:
    """Delete a draft for good, with its history."""
    versions.forget(example)
    session.delete(example)


# The way to the office and back


def add_step(
    actor: Actor, example: Example, action: str, text: str = "", *, is_internal: bool = False
) -> ExampleStep:
    step = ExampleStep(
        example_id=example.id,
        action=action,
        actor_id=actor.account_id,
        text=text,
        is_internal=is_internal,
        version=example.version,
    )
    session.add(step)
    session.flush()
    return step


def submit(actor: Actor, example: Example, message: str = "") -> None:
    """Hand the example to the office of its Land."""
    refuse_missing(missing_to_submit(example))
    example.submit()
    step = add_step(actor, example, "submitted", message)
    offer_for_review(example)
    SUBMITTED.happened(actor, example)
    jobs.announce_example.later(example_id=example.id, step_id=step.id)


def offer_for_review(example: Example) -> None:
    open_item(
        WorkKind.EXAMPLE,
        example,
        title=example.title,
        url=url_for("reviews.show", example_id=example.id),
        author_id=example.author_id,
    )


def withdraw(actor: Actor, example: Example, reason: str = "") -> None:
    """Take an example back out of the review or off the public page."""
    was_published = example.is_published
    example.withdraw()
    step = add_step(actor, example, "withdrawn", reason)
    close_item(actor, WorkKind.EXAMPLE, example, _l("zurückgezogen"))
    WITHDRAWN.happened(actor, example)
    if was_published:
        audit.record(actor, "withdraw", example, reason, title=example.title)
    if not is_author(actor, example):
        title = _l("Nicht mehr öffentlich: %(title)s", title=example.title)
        tell_author(actor, example, step, title)


def tell_author(
    actor: Actor, example: Example, step: ExampleStep, title: Any, url: str = ""
) -> None:
    """Tell all who write the example; without an account of theirs, who captured it."""
    for author in queries.writers_of(example):
        notify(
            author,
            Event.DECISION,
            key=f"example:{example.id}:step:{step.id}",
            title=title,
            text=step.text,
            url=url or url_for("contributions.show", example_id=example.id),
            subject=f"examples:{example.id}",
            actor=actor,
        )


# Tools


def contribute_tool(
    actor: Actor,
    values: Mapping[str, Any],
    municipality: Municipality,
    stored: files.StoredFile,
) -> Tool:
    """Submit a tool; it is public once the office has looked at it."""
    tool = Tool(
        author_id=actor.account_id,
        municipality_ags=municipality.ags,
        state_code=municipality.state_code,
        files=[ToolFile(file=stored, number=1, author_id=actor.account_id)],
        **values,
    )
    session.add(tool)
    session.flush()
    process_file.later(key=stored.key)
    open_item(
        WorkKind.EXAMPLE,
        tool,
        title=_l("Werkzeug: %(title)s", title=tool.title),
        url=url_for("reviews.show_tool", tool_id=tool.id),
        author_id=actor.account_id,
    )
    jobs.announce_tool.later(tool_id=tool.id)
    return tool
