"""What the editors of the demo recommend."""

from sqlalchemy import select

from inforo.authz import Actor
from inforo.db import session
from inforo.demo.source import Catalogue
from inforo.learning import recommending
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool
from inforo.vocabularies.models import Term

REASONS = (
    "Ein guter Anfang: klein begonnen, ehrlich beschrieben.",
    "Zeigt, wie mehrere Ämter an einem Strang ziehen.",
)


def load_recommendations(catalogue: Catalogue) -> None:
    """Recommend two examples for each age phase, and a tool for each step that has one."""
    for (vocabulary, key), term in catalogue.terms.items():
        if vocabulary == "age_phase":
            recommend_examples(catalogue, term)
        elif vocabulary == "process_step":
            recommend_tool(term, key)


def recommend_examples(catalogue: Catalogue, term: Term) -> None:
    fitting: list[Example] = [
        example
        for example in catalogue.examples.values()
        if example.is_published and term in example.terms
    ]
    for example, reason in zip(fitting, REASONS, strict=False):
        recommending.add(Actor(), term, example, reason)


def recommend_tool(term: Term, key: str) -> None:
    statement = select(Tool).where(Tool.phase_key == key, Tool.published_at.is_not(None))
    tool = session.scalar(statement.order_by(Tool.id).limit(1))
    if tool is not None:
        recommending.add(Actor(), term, tool, "Sofort nutzbar und leicht anzupassen.")
