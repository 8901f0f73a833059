"""Seventy questions, forty documents: what is asked for is among the first three results."""

import pytest

from inforo.authz import GUEST
from inforo.search import queries
from inforo.search.results import Filters
from tests import factories
from tests.search.corpus import DOCUMENTS, QUESTIONS, STRANGERS


@pytest.fixture
def library(word_lists):
    """Publish all documents; return their addresses by key."""
    author = factories.make_account("Autorin")
    examples = {
        key: factories.make_example(title, summary=summary, author=author)
        for key, (title, summary) in DOCUMENTS.items()
    }
    return {f"/beispiele/{example.id}-": key for key, example in examples.items()}


def ask(library, question):
    """Return the keys of what was found, best first, and of what holds all words."""
    results = queries.find(GUEST, question, Filters())
    keys = [
        next(key for path, key in library.items() if path in result.url)
        for result in results.results
    ]
    strict = [
        key for key, found in zip(keys, results.results, strict=True) if not found.missing
    ]
    return keys, strict


def test_questions_find_what_they_ask_for(library):
    asked = {question: (wanted, ask(library, question)[0]) for question, wanted in QUESTIONS}

    missed = {q: (w, found[:3]) for q, (w, found) in asked.items() if w not in found[:3]}
    ranks = [found.index(wanted) + 1 for wanted, found in asked.values() if wanted in found]

    assert missed == {}
    assert sum(1 / rank for rank in ranks) / len(QUESTIONS) >= 0.9


def test_what_only_looks_alike_is_not_found(library):
    found = {question: ask(library, question)[1] for question, _stranger in STRANGERS}

    assert [q for q, stranger in STRANGERS if stranger in found[q]] == []
