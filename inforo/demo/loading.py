"""Filling an empty database: reference data first, then everything invented."""

from collections.abc import Callable

from sqlalchemy import func, select

from inforo.accounts.models import Account
from inforo.db import session
from inforo.demo import (
    adoptions,
    answers,
    attachments,
    authoring,
    collections,
    confidences,
    confirmations,
    editions,
    enquiries,
    groups,
    learning,
    libraries,
    messages,
    moderating,
    news,
    openings,
    paths,
    people,
    polls,
    profiles,
    reviews,
    talk,
    toolbox,
    tools,
    waiting,
    wiki,
)
from inforo.demo.source import Catalogue
from inforo.glossary.actions import import_entries
from inforo.municipalities.actions import import_reference
from inforo.search import indexing, lexicon, rebuild
from inforo.search.installation import lexicon_path
from inforo.vocabularies.actions import import_vocabularies

Progress = Callable[[str], None]
STEPS: tuple[tuple[str, Callable[[Catalogue], None]], ...] = (
    ("organisations", people.load_organisations),
    ("offices", people.load_offices),
    ("people", people.load_people),
    ("profiles", profiles.load_profiles),
    ("examples", toolbox.load_examples),
    ("authoring", authoring.load_authoring),
    ("editions", editions.load_editions),
    ("confirmations", confirmations.load_confirmations),
    ("reviews", reviews.load_reviews),
    ("tools", tools.load_tools),
    ("files", tools.load_example_files),
    ("recommendations", learning.load_recommendations),
    ("adoptions", adoptions.load_adoptions),
    ("articles", news.load_articles),
    ("groups", talk.load_groups),
    ("events", news.load_events),
    ("homes of groups", groups.load_homes),
    ("threads", talk.load_threads),
    ("attachments", attachments.load_attachments),
    ("group files", libraries.load_group_files),
    ("polls", polls.load_polls),
    ("pages", wiki.load_pages),
    ("openings", openings.load_openings),
    ("answers", answers.load_answers),
    ("confidences", confidences.load_confidences),
    ("messages", messages.load_messages),
    ("enquiries", enquiries.load_enquiries),
    ("collections", collections.load_collections),
    ("paths", paths.load_paths),
    ("applications", people.load_applications),
    ("import", waiting.load_import),
    ("searches", waiting.load_searches),
    ("moderation", moderating.load_moderation),
)


def is_empty() -> bool:
    """Tell whether nobody uses this database yet."""
    return session.scalar(select(func.count(Account.id))) == 0


def load(progress: Progress = lambda _step: None) -> Catalogue:
    """Load reference and demo data in one transaction, then build the search index."""
    catalogue = Catalogue()
    with indexing.paused():
        progress("municipalities")
        import_vocabularies()
        import_entries()
        import_reference()
        people.load_terms(catalogue)
        for name, step in STEPS:
            progress(name)
            step(catalogue)
            session.flush()
        session.commit()
    progress("search")
    if not lexicon.is_current(lexicon_path()):
        lexicon.build(lexicon_path())
    rebuild.rebuild()
    return catalogue
