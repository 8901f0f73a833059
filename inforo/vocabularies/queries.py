"""Every SELECT on terms. Vocabularies are small, public and change rarely."""

from collections.abc import Hashable, Iterable

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from inforo.audit import subject_of
from inforo.db import Base, session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.versions import Version
from inforo.vocabularies.catalogue import Vocabulary, vocabularies
from inforo.vocabularies.models import Programme, SynonymRing, Term, TermMerge, TermMergeLink

LONGEST_CHAIN = 20


def is_offered() -> ColumnElement[bool]:
    """The same as `Term.is_offered`, for SELECTs."""
    return and_(Term.archived_at.is_(None), Term.merged_at.is_(None))


def ordered(*conditions: ColumnElement[bool]) -> Select[Term]:
    return select(Term).where(*conditions).order_by(Term.position, Term.id)


def terms(vocabulary: str) -> list[Term]:
    """Return the terms of one vocabulary that are offered, in their order."""
    return list(session.scalars(ordered(Term.vocabulary == vocabulary, is_offered())))


def terms_of(*names: str, keep: Iterable[Term] = ()) -> dict[str, list[Term]]:
    """Return several vocabularies at once, for forms and facets: one query.

    `keep` are terms an object has already: archived ones stay choices for it.
    """
    found: dict[str, list[Term]] = {name: [] for name in names}
    kept = [term.id for term in keep]
    offered = or_(is_offered(), Term.id.in_(kept)) if kept else is_offered()
    for term in session.scalars(ordered(Term.vocabulary.in_(names), offered)):
        found[term.vocabulary].append(term)
    return found


def terms_by_key(vocabulary: str, keys: Iterable[str]) -> list[Term]:
    """Return the terms with these keys; unknown keys are left out, merged ones followed."""
    wanted = list(keys)
    statement = ordered(Term.vocabulary == vocabulary, Term.key.in_(wanted))
    found = list(session.scalars(statement))
    if all(term.merged_at is None for term in found):
        return found
    followed = {term.id: term for term in map(followed_by, found)}
    return sorted(followed.values(), key=lambda term: (term.position, term.id))


def choices(vocabulary: str, keep: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return (key, label) pairs for a select or checkboxes; `keep` are keys chosen before."""
    kept = [key for key in keep if key]
    offered = or_(is_offered(), Term.key.in_(kept)) if kept else is_offered()
    statement = ordered(Term.vocabulary == vocabulary, offered, Term.merged_at.is_(None))
    return [(term.key, term.label) for term in session.scalars(statement)]


def labels(vocabulary: str) -> dict[str, str]:
    """Return key → label of all terms that may be in use, also archived ones."""
    statement = ordered(Term.vocabulary == vocabulary, Term.merged_at.is_(None))
    return {term.key: term.label for term in session.scalars(statement)}


def programmes() -> list[Programme]:
    return list(session.scalars(select(Programme).order_by(Programme.position)))


# Merged terms


def followed_by(term: Term) -> Term:
    """Return the term that stands for a merged one today."""
    for _step in range(LONGEST_CHAIN):
        if term.merged_at is None:
            break
        merge = open_merge_of(term)
        term = merge.target if merge else term
    return term


def open_merge_of(term: Term) -> TermMerge | None:
    """Return the merge that took this term away, unless it was undone."""
    return session.scalar(
        select(TermMerge)
        .where(TermMerge.source_id == term.id, TermMerge.undone_at.is_(None))
        .options(joinedload(TermMerge.target))
    )


def renamed(*names: str) -> dict[tuple[str, str], str]:
    """Return (vocabulary, key of a merged term) → key to use instead, for old addresses."""
    source, target = aliased(Term), aliased(Term)
    rows = session.execute(
        select(source.vocabulary, source.key, target.key)
        .join(TermMerge, TermMerge.source_id == source.id)
        .join(target, target.id == TermMerge.target_id)
        .where(TermMerge.undone_at.is_(None), source.vocabulary.in_(names))
    )
    direct = {(vocabulary, old): new for vocabulary, old, new in rows}
    return {place: last_key(direct, place) for place in direct}


def last_key(direct: dict[tuple[str, str], str], place: tuple[str, str]) -> str:
    vocabulary, key = place
    for _step in range(LONGEST_CHAIN):
        if (vocabulary, key) not in direct:
            break
        key = direct[vocabulary, key]
    return key


def current_key(vocabulary: str, key: str) -> str:
    """Return the key to use for one that an old address names."""
    if not key:
        return key
    statement = select(Term).where(Term.vocabulary == vocabulary, Term.key == key)
    term = session.scalar(statement)
    return followed_by(term).key if term else key


# What editors see


def get_vocabulary(key: str) -> Vocabulary:
    known = vocabularies().get(key)
    if known is None:
        raise NotFound(_("Dieses Vokabular gibt es nicht."))
    return known


def get_term(term_id: int) -> Term:
    term = session.get(Term, term_id)
    if term is None:
        raise NotFound(_("Dieses Schlagwort gibt es nicht (mehr)."))
    return term


def all_terms(vocabulary: str) -> list[Term]:
    """Return all terms that are not merged into others, archived ones last."""
    statement = select(Term).where(Term.vocabulary == vocabulary, Term.merged_at.is_(None))
    order = (Term.archived_at.is_not(None), Term.position, Term.id)
    return list(session.scalars(statement.order_by(*order)))


def find_term_named(vocabulary: str, name: str) -> Term | None:
    """Return the term that is called so, by label or alias, whatever its state."""
    wanted = name.casefold()
    for term in session.scalars(ordered(Term.vocabulary == vocabulary)):
        if wanted in {known.casefold() for known in term.names()}:
            return term
    return None


def count_terms() -> dict[str, int]:
    """Return vocabulary → number of its terms that are offered."""
    rows = select(Term.vocabulary, func.count(Term.id)).where(is_offered())
    return {row[0]: row[1] for row in session.execute(rows.group_by(Term.vocabulary))}


def next_position(vocabulary: str) -> int:
    statement = select(func.max(Term.position)).where(Term.vocabulary == vocabulary)
    return (session.scalar(statement) or 0) + 1


def get_merge(merge_id: int) -> TermMerge:
    merge = session.get(TermMerge, merge_id)
    if merge is None:
        raise NotFound(_("Diese Zusammenführung gibt es nicht."))
    return merge


def merges(*conditions: ColumnElement[bool], limit: int = 200) -> list[TermMerge]:
    """Return merges with both terms, the newest first."""
    statement = select(TermMerge).where(*conditions).order_by(TermMerge.id.desc()).limit(limit)
    both = (joinedload(TermMerge.source), joinedload(TermMerge.target))
    return list(session.scalars(statement.options(*both)))


def merges_of(term: Term) -> list[TermMerge]:
    return merges(or_(TermMerge.source_id == term.id, TermMerge.target_id == term.id))


def links_of(merge: TermMerge) -> list[TermMergeLink]:
    statement = select(TermMergeLink).where(TermMergeLink.merge_id == merge.id)
    return list(session.scalars(statement.order_by(TermMergeLink.id)))


def names_of_people(content: Term | SynonymRing) -> dict[int, str]:
    """Return id → name of those who changed or merged it.

    Accounts stand above this slice, so their table is named, not imported.
    """
    ids = set(session.scalars(select(Version.author_id).where(subject_is(content))))
    if isinstance(content, Term):
        for merge in merges_of(content):
            ids |= {merge.actor_id, merge.undone_by_id}
    people = Base.metadata.tables["accounts"].c
    rows = session.execute(select(people.id, people.name).where(people.id.in_(ids - {None})))
    return {row.id: row.name for row in rows}


def subject_is(content: Term | SynonymRing) -> ColumnElement[bool]:
    return Version.subject == subject_of(content)


# Synonyms


def rings(limit: int = 2_000) -> list[SynonymRing]:
    """Return the rings in use, in the order of their first word."""
    statement = select(SynonymRing).where(SynonymRing.retired_at.is_(None)).limit(limit)
    return sorted(session.scalars(statement), key=lambda ring: str(ring.words[0]).casefold())


def get_ring(ring_id: int) -> SynonymRing:
    ring = session.get(SynonymRing, ring_id)
    if ring is None:
        raise NotFound(_("Diesen Synonymring gibt es nicht (mehr)."))
    return ring


def synonym_stamp() -> Hashable:
    """Return what is different after each change of a ring; one small query."""
    row = session.execute(
        select(func.count(), func.max(SynonymRing.id), func.max(SynonymRing.changed_at))
    ).one()
    return tuple(row)


def synonym_rings() -> tuple[tuple[str, ...], ...]:
    """Return the words of all rings in use, for the search; see `synonym_stamp`."""
    statement = (
        select(SynonymRing.words)
        .where(SynonymRing.retired_at.is_(None))
        .order_by(SynonymRing.id)
    )
    return tuple(tuple(map(str, words)) for words in session.scalars(statement))
