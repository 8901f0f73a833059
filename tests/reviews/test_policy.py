"""The rule about conflicts of interest is the same in Python and in SQL."""

from sqlalchemy import select

from inforo.db import session
from inforo.offices.actions import open_item
from inforo.offices.models import WorkItem, WorkKind
from inforo.reviews import policy, queries
from inforo.reviews.models import Review, ReviewConflict
from inforo.toolbox.example_parts import ExampleAuthor
from inforo.toolbox.states import ExampleState
from tests import factories
from tests.reference import BRUCHSAL, MANNHEIM, MUENSTER


def make_examples(organisation, helper):
    """Make one example of each kind of nearness."""
    made = [
        factories.make_example(state=ExampleState.SUBMITTED, municipality=place)
        for place in (MANNHEIM, BRUCHSAL, MUENSTER)
    ]
    made[1].organisation_id = organisation.id
    session.add(ExampleAuthor(example_id=made[2].id, account_id=helper.id))
    for example in made:
        url = f"/arbeitskorb/beispiele/{example.id}"
        session.flush()
        open_item(WorkKind.EXAMPLE, example, title=example.title, url=url)
    session.commit()
    return made


def test_conflicts_are_the_same_in_python_and_sql():
    organisation = factories.make_organisation("Träger")
    helper = factories.make_account("Hilde", municipality=None)
    examples = make_examples(organisation, helper)
    stated = factories.make_emil()
    review = factories.save(Review(example_id=examples[0].id))
    factories.save(ReviewConflict(review_id=review.id, account_id=stated.id, reason="x"))
    people = [
        factories.make_clara(),
        factories.make_doris(),
        factories.make_frieda(),
        factories.make_account("Otto", municipality=None, organisation_id=organisation.id),
        helper,
        stated,
        examples[1].author,
    ]
    items = session.scalars(select(WorkItem).order_by(WorkItem.id)).all()

    for person in people:
        actor = factories.actor(person)
        by_sql = queries.conflicts_among(actor, items)
        by_rule = {
            item.id
            for item, example in zip(items, examples, strict=True)
            if policy.conflict(actor, example, queries.find_open_review(example))
        }
        assert by_sql == by_rule, person.name
