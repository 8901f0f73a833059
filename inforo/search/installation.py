"""What an installation of the search has: its word lists, and a nightly look after it."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from huey import crontab

from inforo.config import settings
from inforo.jobs import long_work, sweep
from inforo.search import rebuild

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


@sweep(crontab(hour="2", minute="47"))
def keep_search_current() -> None:
    """Count each night how frequent words are, and renew what an update has outdated."""
    with long_work:
        rebuild.keep_current()
