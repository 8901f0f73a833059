"""Bookmarks become entries of the Merkliste, and the other way round on the way back."""

from alembic.script import ScriptDirectory
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from inforo import schema
from inforo.accounts.models import Account
from inforo.collections.models import Collection, Entry
from inforo.toolbox.models import Example
from tests.test_migrations import engine

__all__ = ["engine"]


def fill(session: Session) -> list[int]:
    """Make a Merkliste with two examples and a named collection; return the examples."""
    anna = Account(email="a@x.example", email_key="a@x.example", name="Anna", name_key="anna")
    examples = [Example(title="Eins"), Example(title="Zwei")]
    session.add_all([anna, *examples])
    session.flush()
    merkliste = Collection(account_id=anna.id, default_of_id=anna.id)
    named = Collection(account_id=anna.id, title="Nur hier")
    session.add_all([merkliste, named])
    session.flush()
    ids = [example.id for example in examples]
    for position, example_id in enumerate(ids, 1):
        session.add(Entry(collection_id=merkliste.id, example_id=example_id, position=position))
    session.commit()
    return ids


def test_bookmarks_are_carried_over_in_their_order(engine):  # noqa: F811 (a fixture)
    schema.upgrade(engine)
    with Session(engine) as session:
        ids = fill(session)
    scripts = ScriptDirectory.from_config(schema.alembic_config(engine))

    schema.downgrade(engine, scripts.get_revision("collections").down_revision)
    with engine.connect() as connection:
        newest_first = text("SELECT example_id FROM bookmarks ORDER BY id DESC")
        assert list(connection.scalars(newest_first)) == ids
    schema.upgrade(engine)

    with Session(engine) as session:
        [merkliste] = session.scalars(select(Collection))
        assert merkliste.is_default
        rows = session.scalars(select(Entry).order_by(Entry.position))
        assert [row.example_id for row in rows] == ids
