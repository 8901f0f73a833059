"""Puts the library into the index, and asks it as a guest would."""

from collections.abc import Callable

from inforo.authz import GUEST
from inforo.db import session
from inforo.search import queries, rebuild
from inforo.search.results import Filters
from tests import factories

Answer = tuple[list[str], list[str]]


def publish(documents: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Publish documents as examples of one author; return their keys by address.

    Their words are counted, as the worker does each night.
    """
    author = factories.make_account("Autorin")
    examples = {
        key: factories.make_example(title, summary=summary, author=author)
        for key, (title, summary) in documents.items()
    }
    session.commit()
    rebuild.recount()
    return {f"/beispiele/{example.id}-": key for key, example in examples.items()}


def asking(library: dict[str, str]) -> Callable[[str], Answer]:
    """Return a function that returns the keys found, best first, and those with all words."""

    def ask(typed: str) -> Answer:
        results = queries.find(GUEST, typed, Filters()).results
        keys = [
            next(key for path, key in library.items() if path in result.url)
            for result in results
        ]
        strict = [key for key, one in zip(keys, results, strict=True) if not one.is_loose]
        return keys, strict

    return ask
