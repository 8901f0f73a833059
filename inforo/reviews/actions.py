"""Deciding about examples and tools: the steps of the office.

Each step is a row of the time line that author and reviewer share; internal ones the author
never sees: what readers do is internal. What is decided is bound to the version that was read.
"""

from typing import Any

from flask import url_for
from sqlalchemy import select

from inforo import audit, versions
from inforo.accounts.models import Account
from inforo.authz import GUEST, Actor
from inforo.capturing import actions as capturing
from inforo.clock import now
from inforo.contributions.actions import (
    NotReady,
    add_step,
    missing_to_publish,
    refuse_missing,
    tell_author,
)
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.i18n import _, _l, written
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.actions import close_item, free_item, open_item, set_due, wait_for_author
from inforo.offices.models import CoordinationOffice, WorkKind
from inforo.reviews import deadlines, jobs, queries
from inforo.reviews.guards import Read, refuse_conflict, refuse_stage, refuse_unread
from inforo.reviews.models import FIRST, SECOND, Reading, Review, ReviewConflict, Stage
from inforo.reviews.passage import current_review, end, enter, open_review
from inforo.toolbox import editions
from inforo.toolbox.models import Example
from inforo.toolbox.states import Tier
from inforo.toolbox.tool_models import Tool, ToolFile

# The regional check


def needs_release(example: Example, review: Review) -> bool:
    """Tell whether authors have not seen the text yet: the office changed it since.

    Who told it in a conversation needs no account: the text goes there by a link.
    """
    number = versions.latest_number(example)
    if review.released_number == number or not (has_author(example) or has_teller(example)):
        return False
    return bool(queries.changes_since(example, review.base_number))


def has_author(example: Example) -> bool:
    return example.author_id is not None or bool(example.co_authors)


def has_teller(example: Example) -> bool:
    return example.capture is not None and bool(example.capture.email)


def publish(actor: Actor, example: Example, read: Read) -> bool:
    """Show everybody the version the reviewer has read, or ask the author first.

    Returns whether it is public now. What the office has changed the author releases; so it
    is with Good Practice, which shows the criteria as the readers agreed on them.
    """
    review = open_review(example)
    refuse_conflict(actor, example, review)
    refuse_stage(review, Stage.REGIONAL)
    refuse_unread(example, read)
    refuse_missing(missing_to_publish(example))
    review.decided_by_id = actor.account_id
    if needs_release(example, review):
        ask_release(review)
        return False
    show_everybody(actor, review)
    return True


def show_everybody(actor: Actor, review: Review) -> None:
    """Publish in the name of who checked it, with the tier the review led to."""
    example = review.example
    has_risen = example.is_published
    refuse_other_criteria(review)
    example.tier = review.tier
    example.publish(review.decided_by_id)
    note = review.tier.label if has_risen else ""
    editions.keep(actor, example, snapshot(example), written(note))
    end(actor, review, review.tier.value)
    step = add_step(actor, example, "awarded" if has_risen else "published")
    close_item(actor, WorkKind.EXAMPLE, example, note or _l("veröffentlicht"))
    audit.record(actor, "award" if has_risen else "publish", example, title=example.title)
    title = _l("Ihr Praxisbeispiel ist veröffentlicht: %(title)s", title=example.title)
    if has_risen:
        title = _l("Ihr Praxisbeispiel ist jetzt Good Practice: %(title)s", title=example.title)
    url = url_for("toolbox.show_example", example_id=example.id)
    tell_author(actor, example, step, title, url)


def refuse_other_criteria(review: Review) -> None:
    """Good Practice shows the criteria as the readers agreed on them, three of them marked."""
    if review.tier is not Tier.GOOD_PRACTICE:
        return
    shown = {(each.criterion_key, each.level) for each in review.example.criteria}
    agreed = {(each.criterion_key, each.level) for each in review.agreements}
    marked = {each.criterion_key for each in review.example.highlighted}
    if shown != agreed or marked != {each.criterion_key for each in review.highlighted}:
        raise NotReady(
            _("Die Kriterien sind nicht mehr die, auf die sich beide Lesenden geeinigt haben.")
        )


def ask_release(review: Review) -> None:
    """Let the author read the final text; nothing is public before. The time line says that
    it happened, not who of the readers was the last."""
    example = review.example
    enter(review, Stage.RELEASE)
    wait_for_author(WorkKind.EXAMPLE, example)
    step = add_step(Actor(review.decided_by_id), example, "release_asked")
    title = _l("Bitte lesen und freigeben: %(title)s", title=example.title)
    if has_author(example):
        url = url_for("releases.release", example_id=example.id)
        tell_author(GUEST, example, step, title, url)
    elif example.capture is not None and not example.is_published:
        teller = example.capture
        capturing.send(Actor(review.decided_by_id), example, teller.name, teller.email)


def ask_changes(actor: Actor, example: Example, text: str, read: Read) -> None:
    """Ask the author to change something; the office waits."""
    review = open_review(example)
    refuse_conflict(actor, example, review)
    refuse_stage(review, Stage.REGIONAL)
    refuse_unread(example, read)
    example.ask_changes()
    step = add_step(actor, example, "changes_asked", text)
    wait_for_author(WorkKind.EXAMPLE, example)
    review.enter(Stage.REGIONAL, deadlines.changes_due(example))
    set_due(WorkKind.EXAMPLE, example, review.due_on)
    title = _l("Bitte um Ergänzung: %(title)s", title=example.title)
    tell_author(actor, example, step, title)


def send_back(actor: Actor, example: Example, reason: str, read: Read) -> None:
    """Decline the example with a reason; the author keeps it."""
    review = open_review(example)
    refuse_conflict(actor, example, review)
    refuse_stage(review, Stage.REGIONAL, Stage.RELEASE)
    refuse_unread(example, read)
    review.decided_by_id = actor.account_id
    example.send_back()
    end(actor, review, "declined")
    step = add_step(actor, example, "returned", reason)
    close_item(actor, WorkKind.EXAMPLE, example, _l("abgelehnt"))
    audit.record(actor, "return", example, reason, title=example.title)
    title = _l("Abgelehnt: %(title)s", title=example.title)
    tell_author(actor, example, step, title)


def note(actor: Actor, example: Example, text: str) -> None:
    """Leave a note for other reviewers; the author never sees it."""
    add_step(actor, example, "note", text, is_internal=True)


def state_conflict(actor: Actor, example: Example, reason: str) -> None:
    """Say that one cannot decide about this example; somebody else takes it."""
    review = current_review(example) if example.is_published else open_review(example)
    keep_conflict(actor, review, reason)
    free_item(WorkKind.EXAMPLE, example)


def keep_conflict(actor: Actor, review: Review, reason: str) -> None:
    assert actor.account_id is not None
    if not review.has_stated_conflict(actor.account_id):
        review.conflicts.append(ReviewConflict(account_id=actor.account_id, reason=reason))
    add_step(actor, review.example, "conflict", reason, is_internal=True)
    audit.record(actor, "conflict", review.example, reason, title=review.example.title)


# Two readers


def propose(
    actor: Actor,
    example: Example,
    office: CoordinationOffice,
    read: Read,
) -> Review:
    """Let two readers rate the criteria: one of this office or the editors, one elsewhere."""
    review = open_review(example)
    refuse_conflict(actor, example, review)
    refuse_stage(review, Stage.REGIONAL)
    refuse_unread(example, read)
    refuse_missing(missing_to_publish(example))
    review.tier, review.decided_by_id = Tier.GOOD_PRACTICE, actor.account_id
    review.agreed_by_id, review.agreed_at = None, None
    review.agreements.clear()
    review.readings.clear()
    session.flush()
    if example.is_published:
        put_on_desk(example)
    enter(review, Stage.CRITERIA)
    example.blind_since = review.stage_since
    add_step(actor, example, "proposed")
    for seat, house in ((FIRST, example.office_id), (SECOND, office.id)):
        offer_seat(review, seat, house)
    audit.record(actor, "propose_good_practice", example, title=example.title)
    return review


def put_on_desk(example: Example) -> None:
    """Put a published example into the basket again: it may become Good Practice."""
    open_item(
        WorkKind.EXAMPLE,
        example,
        title=_l("Für Good Practice vorgeschlagen: %(title)s", title=example.title),
        url=url_for("reviews.show", example_id=example.id),
        author_id=example.author_id,
    )


def offer_seat(review: Review, seat: int, office_id: int | None) -> None:
    """Put a seat into the basket of an office, or of the one that is responsible."""
    reading = Reading(
        review=review, seat=seat, office_id=office_id, due_on=review.due_on, ratings=[]
    )
    session.add(reading)
    session.flush()
    item = open_item(
        WorkKind.READING,
        reading,
        title=review.example.title,
        url=url_for("readings.read", reading_id=reading.id),
        author_id=review.example.author_id,
    )
    item.office_id, item.due_on = office_id, reading.due_on
    jobs.announce_reading.later(reading_id=reading.id, occasion="offered")


# Tools


def publish_tool(actor: Actor, tool: Tool, read: Read) -> None:
    """Show everybody the tool, or of a public one the version that waits."""
    refuse_unread(tool, read)
    waiting, is_new = tool.pending_file, not tool.is_published
    if tool.files and waiting is None and not tool.published_files:
        raise NotReady(_("Es gibt keine Datei, die veröffentlicht werden könnte."))
    if waiting is not None:
        waiting.publish()
    tool.published_at = tool.published_at or now()
    key = f"published:{tool.version}"
    tool.note_change()
    close_item(actor, WorkKind.EXAMPLE, tool, _l("veröffentlicht"))
    audit.record(actor, "publish", tool, title=tool.title)
    title = _l("Ihr Werkzeug ist veröffentlicht: %(title)s", title=tool.title)
    if not is_new:
        title = _l("Ihre neue Fassung ist veröffentlicht: %(title)s", title=tool.title)
    tell_tool_authors(actor, tool, waiting, key, title)


def return_tool(actor: Actor, tool: Tool, reason: str, read: Read) -> None:
    """Decline what waits, with a reason; without it take a public tool off its page."""
    refuse_unread(tool, read)
    waiting = tool.pending_file
    if waiting is not None:
        waiting.decline()
    else:
        tool.published_at = None
    key = f"returned:{tool.version}"
    tool.note_change()
    close_item(actor, WorkKind.EXAMPLE, tool, _l("zurückgegeben"))
    audit.record(actor, "return", tool, reason, title=tool.title)
    title = _l("Zurückgegeben: %(title)s", title=tool.title)
    tell_tool_authors(actor, tool, waiting, key, title, reason)


def tell_tool_authors(  # noqa: PLR0913 (what a message consists of)
    actor: Actor, tool: Tool, version: ToolFile | None, key: str, title: Any, text: str = ""
) -> None:
    """Tell who contributed the tool, and who made the version that was decided about."""
    ids = {tool.author_id, version.author_id if version else None} - {actor.account_id}
    for author in session.scalars(select(Account).where(Account.id.in_(ids - {None}))):
        notify(
            author,
            Event.DECISION,
            key=f"tool:{tool.id}:{key}",
            title=title,
            text=text,
            url=url_for("toolbox.show_tool", tool_id=tool.id),
            subject=f"tools:{tool.id}",
            actor=actor,
        )
