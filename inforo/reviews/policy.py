"""Who may review, read, agree and release. Nobody decides about what is their own.

Whoever has a stake is refused at every step, however many roles they hold: authors, people of
the same municipality or organisation, and who said so of themselves. Ratings stay unseen
until both readers have submitted; authors never see them.
"""

from typing import Any

from inforo.authz import Actor
from inforo.contributions.policy import is_colleague, may_open_review, may_review
from inforo.i18n import _l
from inforo.reviews.models import Reading, Review, Stage
from inforo.toolbox.models import Example
from inforo.toolbox.policy import is_author, is_responsible
from inforo.toolbox.states import ExampleKind, ExampleState, Tier
from inforo.toolbox.tool_models import Tool

OPEN = frozenset({ExampleState.SUBMITTED, ExampleState.CHANGES_ASKED})
OWN = _l("Das ist Ihr eigener Beitrag. Bitte lassen Sie ihn von einer anderen Person prüfen.")
COLLEAGUE = _l(
    "Der Beitrag kommt aus Ihrer eigenen Kommune oder Organisation. Bitte lassen Sie ihn von "
    "einer anderen Person prüfen; eine Vertretung oder die Servicestelle kann das tun."
)
STATED = _l(
    "Sie haben sich für befangen erklärt. Bitte überlassen Sie den Beitrag einer anderen "
    "Person."
)
KNOWS = _l(
    "Sie haben den Beitrag schon für die Koordinierungsstelle geprüft und kennen die "
    "Selbsteinschätzung. Die Kriterien sollen zwei Personen unvoreingenommen lesen."
)
SAME_PERSON = _l("Die zweite Lesung übernimmt eine andere Person.")
SAME_HOUSE = _l(
    "Die zweite Person soll aus einer anderen Stelle oder aus der Servicestelle kommen."
)


def conflict(actor: Actor, example: Example, review: Review | None) -> Any:
    """Return why somebody may not decide about an example, "" if nothing speaks against it."""
    if is_author(actor, example) or actor.is_me(example.captured_by_id):
        return OWN
    if is_colleague(actor, example):
        return COLLEAGUE
    is_stated = review is not None and review.has_stated_conflict(actor.account_id)
    return STATED if is_stated else ""


def may_see_notes(actor: Actor, example: Example) -> bool:
    """Internal notes are for reviewers; an author who is one does not see them."""
    return may_open_review(actor, example) and not is_author(actor, example)


def may_publish(actor: Actor, example: Example) -> bool:
    return may_review(actor, example) and example.state in OPEN


may_ask_changes = may_send_back = may_publish


def may_state_conflict(actor: Actor, example: Example) -> bool:
    return may_review(actor, example) and (example.state in OPEN or example.is_published)


def may_propose(actor: Actor, example: Example) -> bool:
    """Propose for Good Practice: only what is an example to follow."""
    is_fit = example.state is ExampleState.SUBMITTED and example.kind is ExampleKind.PRACTICE
    return may_review(actor, example) and (is_fit or may_rise(example))


def may_rise(example: Example) -> bool:
    """Tell whether a published example may become Good Practice: its authors must be there to
    release the outcome."""
    is_fit = example.kind is ExampleKind.PRACTICE and example.tier is Tier.PUBLISHED
    has_author = example.author_id is not None or bool(example.co_authors)
    return example.is_published and is_fit and has_author


def may_decline_nomination(actor: Actor, example: Example) -> bool:
    return may_review(actor, example) and example.is_published


# Readings


def offered_to(actor: Actor, reading: Reading) -> bool:
    """Tell whether a seat is offered to this person: to the office it names, else to the one
    that is responsible; always to the national editors."""
    if not actor.is_member:
        return False
    if actor.is_editor or actor.is_admin or reading.office_id in actor.office_ids:
        return True
    return reading.office_id is None and is_responsible(actor, reading.review.example)


def is_reader(actor: Actor, reading: Reading) -> bool:
    return actor.is_me(reading.reader_id)


def may_open_reading(actor: Actor, reading: Reading) -> bool:
    """The reader, and while nobody has taken the seat, those it is offered to."""
    review = reading.review
    if is_author(actor, review.example) or not review.is_open:
        return False
    return is_reader(actor, reading) or offered_to(actor, reading)


def house_of(actor: Actor, reading: Reading) -> int | None:
    """Return the office somebody would read for; None: the national editors."""
    if reading.office_id in actor.office_ids:
        return reading.office_id
    example = reading.review.example
    fitting = [
        grant.office_id
        for grant in actor.coordinated
        if grant.covers(example.scope) or grant.office_id == example.office_id
    ]
    return fitting[0] if fitting and reading.office_id is None else None


def is_of_house(actor: Actor, office_id: int | None) -> bool:
    if office_id is None:
        return actor.is_editor or actor.is_admin
    return office_id in actor.office_ids


def unfit_to_read(actor: Actor, reading: Reading, knows: bool) -> Any:
    """Return why somebody offered a seat may not take it, "" if they may."""
    review = reading.review
    found = conflict(actor, review.example, review)
    if found or knows:
        return found or KNOWS
    for other in review.readings:
        if other is reading or other.reader_id is None:
            continue
        if is_reader(actor, other):
            return SAME_PERSON
        house = house_of(actor, reading)
        if house == other.office_id or is_of_house(actor, other.office_id):
            return SAME_HOUSE
    return ""


def may_rate(actor: Actor, reading: Reading) -> bool:
    """Rate the criteria: the reader, until the ratings are submitted."""
    is_going_on = reading.review.stage is Stage.CRITERIA and reading.submitted_at is None
    return is_going_on and is_reader(actor, reading)


def may_see_ratings(actor: Actor, review: Review) -> bool:
    """See both ratings side by side: once both are in, the readers and the office."""
    example = review.example
    if not review.is_rated or conflict(actor, example, review):
        return False
    is_one_of_both = any(is_reader(actor, reading) for reading in review.readings)
    return is_one_of_both or may_open_review(actor, example)


def may_agree(actor: Actor, review: Review) -> bool:
    is_one_of_both = any(is_reader(actor, reading) for reading in review.readings)
    return review.stage is Stage.TALK and is_one_of_both and review.is_open


def may_confirm_agreement(actor: Actor, review: Review) -> bool:
    """The other reader confirms what one of both has written down."""
    is_written = review.agreed_by_id is not None
    return may_agree(actor, review) and is_written and not actor.is_me(review.agreed_by_id)


def may_see_release(actor: Actor, example: Example) -> bool:
    return is_author(actor, example)


def may_release(actor: Actor, review: Review) -> bool:
    return is_author(actor, review.example) and review.stage is Stage.RELEASE


# Tools


def may_review_tool(actor: Actor, tool: Tool) -> bool:
    """Decide about a tool and its versions: the office, never who made what waits."""
    waiting = tool.pending_file
    return (
        is_responsible(actor, tool)
        and not is_author(actor, tool)
        and not is_colleague(actor, tool)
        and not (waiting is not None and actor.is_me(waiting.author_id))
    )
