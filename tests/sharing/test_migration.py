"""Links that were given out before only their hashes were kept still work."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from inforo import schema
from inforo.accounts.models import Account
from inforo.collections.models import Collection
from inforo.sessions import digest
from inforo.sharing.models import ShareLink
from tests.test_migrations import engine

__all__ = ["engine"]
SECRET = "ein-langes-zeichen"
HASHES = text("SELECT token_hash FROM collection_links")


def make_link(session: Session, secret: str) -> None:
    anna = Account(email="a@x.example", email_key="a@x.example", name="A", name_key="a")
    session.add(anna)
    session.flush()
    collection = Collection(account_id=anna.id, title="Auswahl")
    session.add(collection)
    session.flush()
    session.add(ShareLink(collection_id=collection.id, token_hash=secret))
    session.commit()


def test_secrets_of_given_out_links_are_hashed_once(engine):  # noqa: F811 (a fixture)
    schema.upgrade(engine)
    with Session(engine) as session:
        make_link(session, SECRET)

    for _time in range(2):
        schema.downgrade(engine, "reports_of_pages")
        schema.upgrade(engine)

        with engine.connect() as connection:
            assert list(connection.scalars(HASHES)) == [digest(SECRET)]
