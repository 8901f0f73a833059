"""Every SELECT on terms. Vocabularies are small, public and change rarely."""

from collections.abc import Iterable

from sqlalchemy import select

from inforo.db import session
from inforo.vocabularies.models import Programme, Term


def terms(vocabulary: str) -> list[Term]:
    """Return the terms of one vocabulary in their order."""
    statement = select(Term).where(Term.vocabulary == vocabulary)
    return list(session.scalars(statement.order_by(Term.position, Term.id)))


def terms_of(*vocabularies: str) -> dict[str, list[Term]]:
    """Return several vocabularies at once, for forms and facets: one query."""
    found: dict[str, list[Term]] = {name: [] for name in vocabularies}
    statement = select(Term).where(Term.vocabulary.in_(vocabularies))
    for term in session.scalars(statement.order_by(Term.position, Term.id)):
        found[term.vocabulary].append(term)
    return found


def terms_by_key(vocabulary: str, keys: Iterable[str]) -> list[Term]:
    """Return the terms with these keys; unknown keys are left out."""
    statement = select(Term).where(Term.vocabulary == vocabulary, Term.key.in_(list(keys)))
    return list(session.scalars(statement.order_by(Term.position)))


def choices(vocabulary: str) -> list[tuple[str, str]]:
    """Return (key, label) pairs for a select or checkboxes."""
    return [(term.key, term.label) for term in terms(vocabulary)]


def programmes() -> list[Programme]:
    return list(session.scalars(select(Programme).order_by(Programme.position)))
