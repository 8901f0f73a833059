"""Examples several people write, one told in a conversation, and limited stumbling blocks."""

from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from inforo import versions
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.capturing.models import ExampleRelease
from inforo.clock import now
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.demo.source import Catalogue, ago, read
from inforo.demo.toolbox import add_step
from inforo.municipalities.models import Municipality
from inforo.sessions import digest
from inforo.toolbox.example_parts import ExampleAuthor, ExampleCapture
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleKind, ExampleState, ObstacleAudience

EACH_WITH_LIMITED_OBSTACLES = 7


def load_authoring(catalogue: Catalogue) -> None:
    for row in read("authoring.json"):
        make_draft(catalogue, row)
    limit_obstacles(catalogue)


def make_draft(catalogue: Catalogue, row: dict[str, Any]) -> None:
    place = session.get_one(Municipality, row["place"])
    writer = catalogue.people[row.get("author") or row["captured_by"]]
    contact = row.get("teller") or {"name": writer.name, "email": writer.email}
    example = Example(
        title=row["title"],
        summary=row["summary"],
        kind=ExampleKind(row["kind"]),
        state=ExampleState.DRAFT,
        author_id=writer.id if "author" in row else None,
        state_code=place.state_code,
        municipalities=[place],
        contact_name=contact["name"],
        contact_email=contact["email"],
        co_authors=[
            ExampleAuthor(account_id=catalogue.people[key].id, invited_by_id=writer.id)
            for key in row["co_authors"]
        ],
        created_at=ago(days=4),
        updated_at=ago(days=2),
        **row["texts"],
    )
    session.add(example)
    session.flush()
    versions.record(Actor(writer.id, writer.name), example, snapshot(example))
    if "teller" in row:
        send_to(example, writer, row["teller"])


def send_to(example: Example, writer: Account, teller: dict[str, str]) -> None:
    """Tell that the text was sent; the secret of the link is known to nobody here."""
    example.capture = ExampleCapture(account_id=writer.id, **teller)
    add_step(example, "captured", writer.id, teller["name"])
    add_step(example, "release_sent", writer.id, teller["name"])
    session.add(
        ExampleRelease(
            example=example,
            token_hash=digest(token_urlsafe(32)),
            sent_by_id=writer.id,
            expires_at=now() + timedelta(days=12),
            created_at=ago(days=2),
            **teller,
        )
    )


def limit_obstacles(catalogue: Catalogue) -> None:
    """Let some published examples tell their stumbling blocks to members only."""
    told = [example for example in catalogue.examples.values() if example.obstacles]
    for example in told[::EACH_WITH_LIMITED_OBSTACLES]:
        example.obstacles_audience = ObstacleAudience.MEMBERS
