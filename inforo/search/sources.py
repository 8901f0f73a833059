"""All sources of documents. How to add one says `documents.py`."""

from inforo.search.documents import Source
from inforo.search.models import Kind
from inforo.search.source_enquiries import ENQUIRIES
from inforo.search.source_files import EXAMPLE_FILES, POST_FILES, TOOL_FILES
from inforo.search.source_glossary import GLOSSARY
from inforo.search.source_group_files import GROUP_FILES
from inforo.search.source_news import ARTICLES, EVENTS
from inforo.search.source_openings import OPENED_THREADS
from inforo.search.source_pages import STATIC
from inforo.search.source_paths import PATHS
from inforo.search.source_people import MUNICIPALITIES, PERSONS
from inforo.search.source_talk import GROUPS, POSTS
from inforo.search.source_toolbox import EXAMPLES, TOOLS
from inforo.search.source_wiki import WIKI

SOURCES: list[Source] = [
    EXAMPLES,
    TOOLS,
    EXAMPLE_FILES,
    TOOL_FILES,
    POSTS,
    POST_FILES,
    GROUPS,
    GROUP_FILES,
    MUNICIPALITIES,
    ARTICLES,
    EVENTS,
    GLOSSARY,
    PERSONS,
    PATHS,
    ENQUIRIES,
    WIKI,
    OPENED_THREADS,
    STATIC,
]


def add(source: Source) -> None:
    """Let a slice above have its things found; its number must be free."""
    if any(known.number == source.number for known in SOURCES):
        raise ValueError(f"number {source.number} is taken")
    SOURCES.append(source)


def of_kind(kind: Kind) -> list[Source]:
    return [source for source in SOURCES if source.kind is kind]


def findable_kinds() -> list[Kind]:
    """Return the kinds that have a source."""
    return [kind for kind in Kind if of_kind(kind)]
