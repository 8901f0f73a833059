"""The lexicon takes seconds to build, so it is built once and kept with the test run."""

import hashlib
from pathlib import Path

import pytest

import inforo
from inforo.search import analysis, lexicon
from inforo.search.analysis import Analyzer

SYNONYMS = Path(inforo.__file__).parent / "data" / "synonyms.json"


@pytest.fixture(scope="session")
def lexicon_path(pytestconfig: pytest.Config) -> Path:
    source = hashlib.sha256(Path(lexicon.__file__).read_bytes()).hexdigest()[:12]
    path: Path = pytestconfig.cache.mkdir("search") / f"lexicon-{source}.json"
    if not path.exists():
        lexicon.build(path)
    return path


@pytest.fixture(scope="session")
def analyzer(lexicon_path: Path) -> Analyzer:
    return analysis.load(lexicon_path, SYNONYMS)
