"""An example on its way through the stages, made through the pages people use."""

from sqlalchemy import select

from inforo.db import session
from inforo.reviews.models import Reading, Review
from inforo.toolbox.example_parts import ExampleCriterion
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from inforo.vocabularies.models import Term
from inforo.vocabularies.queries import choices
from tests import factories
from tests.reference import BRUCHSAL

SELF_RATING = "KANARIE-SELBST"


def terms(*keys):
    return list(session.scalars(select(Term).where(Term.key.in_(keys))))


def keys_of_criteria():
    return [key for key, _label in choices("criterion")]


def make_draft(author=None, **values):
    """Make a complete draft with a self-rating of the first criterion."""
    author = author or factories.make_account("Ida", municipality=BRUCHSAL)
    defaults = {
        "municipality": BRUCHSAL,
        "contact_name": "Ida",
        "terms": terms("kita-alter-3-6", "ernaehrung"),
        "criteria": [
            ExampleCriterion(
                criterion_key=keys_of_criteria()[0], position=0, level=4, reason=SELF_RATING
            )
        ],
    }
    return factories.make_example(
        author=author, state=ExampleState.DRAFT, **(defaults | values)
    )


def make_carla():
    """Make a second coordinator of Land A, who has not seen the example."""
    return factories.make_coordinator("BW", "Carla")


class Story:
    """One example and a browser for each person: Ida wrote it, Clara checks, Carla and Doris
    read."""

    def __init__(self, new_browser) -> None:
        example = make_draft()
        people = {
            "ida": example.author,
            "clara": factories.make_clara(),
            "carla": make_carla(),
            "doris": factories.make_doris(),
            "emil": factories.make_emil(),
        }
        self.browsers = {name: new_browser().sign_in(person) for name, person in people.items()}
        self.ids = {name: person.id for name, person in people.items()}
        self.id = example.id
        self.desk = f"/arbeitskorb/beispiele/{self.id}"
        self.own = f"/werkzeugkiste/beitragen/{self.id}"

    def open(self, who, url, status=200):
        return self.browsers[who].open(url, status)

    def submit(self):
        self.open("ida", self.own).submit("submit")
        return self

    def propose(self, house="NW"):
        office = factories.make_office(house)
        self.open("clara", self.desk).submit("propose", office=str(office.id))
        return self

    def review(self):
        session.expire_all()
        return session.scalars(
            select(Review).where(Review.example_id == self.id).order_by(Review.id)
        ).all()[-1]

    def now(self):
        return session.get(Example, self.id, populate_existing=True)

    def seat(self, number):
        session.expire_all()
        statement = select(Reading).where(
            Reading.review_id == self.review().id, Reading.seat == number
        )
        return f"/arbeitskorb/lesungen/{session.scalars(statement).one().id}"

    def take(self, who, seat):
        return self.open(who, self.seat(seat)).submit("take")

    def rate(self, who, seat, level=3, word="Gut", **values):
        page = self.take(who, seat)
        return page.submit("rate", button="submit", **(ratings(level, word) | values))

    def read_by_both(self):
        self.rate("carla", 1, 3, "Erste")
        self.rate("doris", 2, 1, "Zweite")
        return self

    def agree(self, **values):
        """Carla writes down, Doris confirms."""
        given = ratings(2, "Gemeinsam") | {"highlighted": keys_of_criteria()[:3]}
        self.open("carla", f"{self.desk}/gespraech").submit("agreement", **(given | values))
        self.open("doris", f"{self.desk}/gespraech").submit("confirm")
        return self


def ratings(level, word):
    """Return what somebody fills in for all twelve criteria."""
    levels = {f"level_{number}": str(level) for number in range(1, 13)}
    return levels | {f"sentence_{number}": f"{word} {number}" for number in range(1, 13)}
