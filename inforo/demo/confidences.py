"""Confidential questions of the demo: one published without a name, one that waits."""

from typing import Any

from inforo.authz import Actor
from inforo.confidences import actions, queries
from inforo.db import session
from inforo.demo.source import Catalogue, read
from inforo.offices import actions as offices
from inforo.people.queries import actor_of


def load_confidences(catalogue: Catalogue) -> None:
    for row in read("confidences.json"):
        asker = actor_of(catalogue.people[row["asker"]])
        group = catalogue.groups[row["group"]]
        question = actions.ask(asker, group, {"title": row["title"], "body": row["body"]})
        session.flush()
        if "published" in row:
            publish(actor_of(catalogue.people[row["office"]]), asker, question.id, row)


def publish(office: Actor, asker: Actor, number: int, row: dict[str, Any]) -> None:
    """Let the office take it, propose words, and publish what was released."""
    case = queries.get_case(asker, number)
    offices.take(office, [case.item])
    words = row["published"]
    group = case.question.group
    if group is not None:
        actions.propose(office, case, group, words["title"], words["body"])
        actions.release(case, str(case.question.proposal))
        actions.publish(office, case)
    session.flush()
