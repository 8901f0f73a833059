"""What editors do with single terms and rings; each change keeps its history."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from inforo import audit, clock, versions
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _
from inforo.text import slug
from inforo.vocabularies import queries
from inforo.vocabularies.catalogue import is_fixed
from inforo.vocabularies.models import SynonymRing, Term
from inforo.vocabularies.references import count_uses


class InUse(DomainError):
    """Something that is used cannot be deleted, only archived."""


class NameTaken(DomainError):
    """Another term of the vocabulary is called so."""

    status = 422


def snapshot(term: Term) -> dict[str, Any]:
    """Return what the history keeps of a term."""
    return {
        "label_de": term.label_de,
        "label_en": term.label_en,
        "aliases": ", ".join(map(str, term.aliases)),
        "position": term.position,
    }


def refuse_taken(vocabulary: str, name: str, but: Term | None = None) -> None:
    found = queries.find_term_named(vocabulary, name)
    if found is None or found is but:
        return
    if found.merged_at is not None:
        target = queries.followed_by(found)
        if target is but:
            return
        raise NameTaken(
            _("„%(name)s“ ist in „%(target)s“ aufgegangen.", name=name, target=target.label_de)
        )
    raise NameTaken(_("„%(name)s“ gehört schon zu „%(term)s“.", name=name, term=found.label_de))


def add(actor: Actor, vocabulary: str, values: Mapping[str, Any]) -> Term:
    """Add a term at the end of its vocabulary, or where the form says."""
    for name in [values["label_de"], *values["aliases"]]:
        refuse_taken(vocabulary, name)
    position = values["position"]
    term = Term(
        vocabulary=vocabulary,
        key=free_key(vocabulary, values["label_de"]),
        **dict(values)
        | {"position": queries.next_position(vocabulary) if position is None else position},
    )
    session.add(term)
    session.flush()
    versions.record(actor, term, snapshot(term))
    audit.record(actor, "create", term, title=term.label_de)
    return term


def free_key(vocabulary: str, label: str) -> str:
    """Return a slug no term of the vocabulary has; merged and archived ones keep theirs."""
    wanted = slug(label) or "begriff"
    taken = set(session.scalars(select(Term.key).where(Term.vocabulary == vocabulary)))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(key for key in numbered if key not in taken)


def edit(actor: Actor, term: Term, values: Mapping[str, Any], version: Any) -> None:
    """Save what the form says; of a fixed term only aliases and the English label."""
    versions.check(term, version)
    for name in values["aliases"]:
        refuse_taken(term.vocabulary, name, but=term)
    if versions.latest_number(term) == 0:
        versions.record(actor, term, snapshot(term), note=_("Stand vor der ersten Änderung"))
    term.label_en, term.aliases = values["label_en"], list(values["aliases"])
    if not is_fixed(term.vocabulary):
        refuse_taken(term.vocabulary, values["label_de"], but=term)
        term.rename(values["label_de"])
        term.position = term.position if values["position"] is None else values["position"]
    versions.record(actor, term, snapshot(term))
    audit.record(actor, "edit", term, title=term.label_de)
    session.flush()


def archive(actor: Actor, term: Term) -> None:
    """Stop offering the term; what has it keeps it."""
    if term.archived_at is None:
        term.archived_at = clock.now()
        audit.record(actor, "archive_term", term, title=term.label_de)


def offer_again(actor: Actor, term: Term) -> None:
    if term.archived_at is not None:
        term.archived_at = None
        audit.record(actor, "offer_term", term, title=term.label_de)


def remove(actor: Actor, term: Term) -> None:
    """Delete a term nothing uses and nothing was merged into."""
    if count_uses(term.vocabulary, [term])[term.id].total() or queries.merges_of(term):
        raise InUse(
            _(
                "„%(term)s“ wird benutzt und lässt sich deshalb nicht löschen. Archivieren "
                "Sie es, oder führen Sie es mit einem anderen Schlagwort zusammen.",
                term=term.label_de,
            )
        )
    audit.record(actor, "delete_term", term, title=term.label_de)
    subject = audit.subject_of(term)
    session.execute(delete(versions.Version).where(versions.Version.subject == subject))
    session.delete(term)
    session.flush()


# Rings of synonyms


def save_ring(
    actor: Actor, ring: SynonymRing | None, words: list[str], version: Any = None
) -> SynonymRing:
    """Add a ring or change one. It counts for searches within a minute, without reindexing."""
    if ring is None:
        ring = SynonymRing(words=words)
        session.add(ring)
    else:
        versions.check(ring, version)
        if versions.latest_number(ring) == 0:
            versions.record(actor, ring, {"words": ", ".join(ring.words)})
        ring.words = words
        ring.retired_at = None
    session.flush()
    versions.record(actor, ring, {"words": ", ".join(words)})
    audit.record(actor, "edit", ring, title=", ".join(words))
    return ring


def retire_ring(actor: Actor, ring: SynonymRing) -> None:
    """Let the search forget a ring; its history stays."""
    if ring.retired_at is None:
        ring.retired_at = clock.now()
        audit.record(actor, "retire_synonyms", ring, title=", ".join(map(str, ring.words)))
