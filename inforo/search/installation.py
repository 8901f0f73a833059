"""Where this installation keeps its word lists."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from inforo.config import settings

SYNONYMS = Path(__file__).parent.parent / "data" / "synonyms.json"


@dataclass(frozen=True)
class WordLists:
    """The compound lexicon (built at set-up, may be missing) and the synonym rings."""

    lexicon: Path
    synonyms: Path = SYNONYMS


def lexicon_path() -> Path:
    """Return the file the compound lexicon is built into."""
    return settings.instance / "lexicon.json"


def init_app(app: Flask) -> None:
    """Hang the word lists on the application."""
    with app.app_context():
        app.extensions["search"] = WordLists(lexicon_path())
