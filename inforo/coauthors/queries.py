"""Every SELECT on the authors of an example."""

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.contributions.queries import get_contribution
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.people.queries import Entry, Filters, people
from inforo.toolbox.models import Example, ExampleAuthor
from inforo.toolbox.policy import is_author

MOST_FOUND = 10


def get_own_example(actor: Actor, example_id: int) -> Example:
    """Return an example for its authors; for everybody else there is no such page."""
    example = get_contribution(actor, example_id)
    if not is_author(actor, example):
        raise NotFound(_("Diesen Beitrag gibt es nicht (mehr)."))
    return example


def get_author(example: Example, author_id: int) -> ExampleAuthor:
    for author in example.co_authors:
        if author.id == author_id:
            return author
    raise NotFound(_("Diese Person schreibt nicht (mehr) mit."))


def creator_of(example: Example) -> Account | None:
    return session.get(Account, example.author_id) if example.author_id else None


def colleagues_named(actor: Actor, example: Example, name: str) -> list[Entry]:
    """Return members of this name who do not write the example yet."""
    writing = {example.author_id, *(author.account_id for author in example.co_authors)}
    found = people(actor, Filters(q=name), 1) if name else []
    return [person for person in found if person.id not in writing][:MOST_FOUND]
