"""Every SELECT on the authors of an example."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from inforo.authz import Actor
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.people.queries import Entry, Filters, people
from inforo.toolbox.example_parts import ExampleAuthor
from inforo.toolbox.models import Example
from inforo.toolbox.policy import is_author

MOST_FOUND = 10


def get_own_example(actor: Actor, example_id: int) -> Example:
    """Return an example for its authors, with their names; for everybody else there is no
    such page."""
    statement = (
        select(Example)
        .where(Example.id == example_id)
        .options(
            joinedload(Example.author),
            joinedload(Example.capture),
            selectinload(Example.co_authors).joinedload(ExampleAuthor.account),
        )
    )
    example = session.scalar(statement)
    if example is None or not is_author(actor, example):
        raise NotFound(_("Diesen Beitrag gibt es nicht (mehr)."))
    return example


def get_author(example: Example, author_id: int) -> ExampleAuthor:
    for author in example.co_authors:
        if author.id == author_id:
            return author
    raise NotFound(_("Diese Person schreibt nicht (mehr) mit."))


def colleagues_named(actor: Actor, example: Example, name: str) -> list[Entry]:
    """Return members of this name who do not write the example yet."""
    writing = {example.author_id, *(author.account_id for author in example.co_authors)}
    found = people(actor, Filters(q=name), 1) if name else []
    return [person for person in found if person.id not in writing][:MOST_FOUND]
