"""Examples in each stage of the review, for the accounts one can try."""

from dataclasses import dataclass
from datetime import timedelta

from inforo import clock, versions
from inforo.authz import Actor
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.demo.source import Catalogue
from inforo.offices.actions import (
    close_item,
    find_and_take,
    open_item,
    set_due,
    wait_for_author,
)
from inforo.offices.models import Absence, WorkKind
from inforo.people.queries import actor_of
from inforo.reviews.models import FIRST, SECOND, Agreement, Reading, Review, ReviewRating, Stage
from inforo.reviews.passage import begin_review, enter, show_agreed_criteria
from inforo.reviews.policy import house_of
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState, Tier

SENTENCES = (
    "Im Text an einem Beispiel beschrieben.",
    "Gut zu erkennen, es fehlt noch, wie oft das geprüft wird.",
    "Nur angedeutet; darüber sollten wir sprechen.",
)


@dataclass(frozen=True)
class Passage:
    """How far an example is. Readers are demo accounts; `done` how many have submitted."""

    key: str
    stage: Stage
    proposer: str
    first: str = ""
    second: str = ""
    house: str = "servicestelle"
    done: int = 0


PASSAGES = (
    Passage(
        "gesundheitslotsin-in-der-notunterkunft",
        Stage.CRITERIA,
        "vera-kaczmarek",
        first="ahmet-sahin",
        house="kgc-be",
        done=1,
    ),
    Passage(
        "trinkwasser-fuer-alle-grundschulen",
        Stage.TALK,
        "vera-kaczmarek",
        first="ahmet-sahin",
        second="emil-ebert",
        done=2,
    ),
    Passage(
        "gehstock-und-smartphone-jugendliche-erklaeren-digitale-gesundheit",
        Stage.REGIONAL,
        "clara-conrad",
    ),
    Passage(
        "stillfreundliche-innenstadt",
        Stage.RELEASE,
        "inga-carstensen",
        first="rosa-winter",
        second="doris-dahl",
        house="kgc-be",
        done=2,
    ),
)


def load_reviews(catalogue: Catalogue) -> None:
    for passage in PASSAGES:
        example = catalogue.examples[passage.key]
        if example.state in {ExampleState.SUBMITTED, ExampleState.CHANGES_ASKED}:
            make_review(catalogue, passage, example)
    load_absence(catalogue)


def load_absence(catalogue: Catalogue) -> None:
    """Let a colleague of Clara be away, so that her basket shows what a deputy sees."""
    today = clock.today()
    session.add(
        Absence(
            account=catalogue.people["matthias-vogt"],
            deputy=catalogue.people["clara-conrad"],
            starts_on=today - timedelta(days=2),
            ends_on=today + timedelta(days=12),
        )
    )


def make_review(catalogue: Catalogue, passage: Passage, example: Example) -> None:
    proposer = catalogue.people[passage.proposer]
    versions.record(Actor(example.author_id), example, snapshot(example))
    session.flush()
    review = begin_review(example)
    if example.state is ExampleState.CHANGES_ASKED:
        wait_for_author(WorkKind.EXAMPLE, example)
    if passage.stage is Stage.REGIONAL:
        review.due_on = clock.today() - timedelta(days=1)
        set_due(WorkKind.EXAMPLE, example, review.due_on)
        return
    review.decided_by_id, review.tier = proposer.id, Tier.GOOD_PRACTICE
    enter(review, Stage.CRITERIA)
    example.blind_since = review.stage_since
    offer(review, FIRST, None)
    offer(review, SECOND, catalogue.offices[passage.house].id)
    for reading, key in zip(review.readings, (passage.first, passage.second), strict=True):
        if key:
            sit_down(catalogue, passage, reading, key)
    if passage.stage is not Stage.CRITERIA:
        enter(review, Stage.TALK)
        example.blind_since = None
    if passage.stage is Stage.RELEASE:
        agree(review)


def offer(review: Review, seat: int, office_id: int | None) -> None:
    reading = Reading(
        review=review, seat=seat, office_id=office_id, due_on=review.due_on, ratings=[]
    )
    session.add(reading)
    session.flush()
    item = open_item(
        WorkKind.READING,
        reading,
        title=review.example.title,
        url=f"/arbeitskorb/lesungen/{reading.id}",
        author_id=review.example.author_id,
    )
    item.office_id, item.due_on = office_id, reading.due_on


def sit_down(catalogue: Catalogue, passage: Passage, reading: Reading, key: str) -> None:
    reader = actor_of(catalogue.people[key])
    reading.take(reader.account_id, house_of(reader, reading))
    find_and_take(reader, WorkKind.READING, reading)
    if reading.seat > passage.done:
        return
    criteria = sorted(
        (term for (kind, _key), term in catalogue.terms.items() if kind == "criterion"),
        key=lambda term: term.position,
    )
    for number, term in enumerate(criteria):
        level = (number * (reading.seat + 1) + reading.seat) % 5
        sentence = SENTENCES[(number + reading.seat) % len(SENTENCES)]
        reading.ratings.append(
            ReviewRating(criterion_key=term.key, level=level, sentence=sentence)
        )
    reading.submitted_at, reading.number = clock.now(), 1
    close_item(reader, WorkKind.READING, reading, "abgegeben")


def agree(review: Review) -> None:
    first = review.readings[0]
    review.agreements = [
        Agreement(
            criterion_key=rating.criterion_key,
            position=position,
            level=max(2, rating.level or 0),
            sentence=SENTENCES[0],
            is_highlighted=position in {0, 3, 6},
        )
        for position, rating in enumerate(first.ratings)
    ]
    review.is_good, review.agreed_by_id, review.agreed_at = True, first.reader_id, clock.now()
    show_agreed_criteria(review)
    enter(review, Stage.RELEASE)
    wait_for_author(WorkKind.EXAMPLE, review.example)
