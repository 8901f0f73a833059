"""The lexicon takes seconds to build, so it is built once and kept with the test run."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import select

from inforo.db import session
from inforo.municipalities.models import Municipality
from inforo.search import analysis, indexing, lexicon, verbforms, wordlist
from inforo.search.analysis import Analyzer
from inforo.search.installation import SYNONYMS, WordLists
from inforo.search.source_people import MUNICIPALITIES


@pytest.fixture(scope="session")
def lexicon_path(pytestconfig: pytest.Config) -> Path:
    modules = (lexicon, verbforms, wordlist)
    sources = b"".join(Path(module.__file__).read_bytes() for module in modules)
    digest = hashlib.sha256(sources).hexdigest()[:12]
    path: Path = pytestconfig.cache.mkdir("search") / f"lexicon-{digest}.json"
    if not path.exists():
        lexicon.build(path)
    return path


@pytest.fixture(scope="session")
def analyzer(lexicon_path: Path) -> Analyzer:
    return analysis.load(lexicon_path, SYNONYMS)


@pytest.fixture
def word_lists(app, lexicon_path):
    """Let the application know the compound lexicon for one test."""
    before = app.extensions["search"]
    app.extensions["search"] = WordLists(lexicon_path)
    yield
    app.extensions["search"] = before


@pytest.fixture
def municipalities_indexed(word_lists):
    """Index the municipalities of the reference data, which come without the ORM."""
    indexing.reindex(MUNICIPALITIES, session.scalars(select(Municipality.ags)))
    session.commit()
