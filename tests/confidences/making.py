"""Confidential questions for tests, at any step of their way."""

from typing import Any

from inforo.confidences import actions, queries
from inforo.confidences.models import Confidence
from inforo.confidences.policy import Case
from inforo.db import session
from inforo.offices import actions as offices
from tests.factories import actor, make_clara, make_group


def make_confidence(
    asker: Any, *, group: Any = None, title: str = "Wie sage ich es?", body: str = "Heikel."
) -> Confidence:
    """Ask; the office of Land A has staff afterwards if it had none."""
    values = {"title": title, "body": body}
    question = actions.ask(actor(asker), group or make_group(), values)
    session.commit()
    return question


def taken(question: Confidence, clara: Any) -> Case:
    """Let somebody of the office take it."""
    found = case(question, clara)
    offices.take(actor(clara), [found.item])
    session.commit()
    return case(question, clara)


def case(question: Confidence, person: Any) -> Case:
    session.expire_all()
    return queries.get_case(actor(person), question.id)


def make_proposed(asker: Any, clara: Any, **values: Any) -> Confidence:
    group = values.pop("group", None) or make_group()
    question = make_confidence(asker, group=group)
    words = {"title": "Eine Frage ohne Namen", "body": "Wie macht man das?"} | values
    actions.propose(actor(clara), taken(question, clara), group, words["title"], words["body"])
    session.commit()
    return question


def make_published(asker: Any, clara: Any = None, **values: Any) -> Confidence:
    clara = clara or make_clara()
    question = make_proposed(asker, clara, **values)
    actions.release(case(question, asker), "1")
    session.commit()
    actions.publish(actor(clara), case(question, clara))
    session.commit()
    return question
