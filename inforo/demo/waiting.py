"""What waits for somebody in the demo: an import for the editor, searches Anna has saved."""

from inforo.alerts import actions as alerts
from inforo.alerts.models import Rhythm
from inforo.authz import Actor
from inforo.demo.source import FOLDER, Catalogue
from inforo.exchange import actions as exchange
from inforo.exchange import mapping
from inforo.exchange.models import ImportAs
from inforo.file_checks import CheckedFile

SEARCHES: tuple[tuple[str, dict[str, list[str]], Rhythm], ...] = (
    ("Hitze im Pflegeheim", {}, Rhythm.WEEKLY),
    ("Bewegung", {"land": ["BW"]}, Rhythm.DAILY),
    ("Familienhebammen", {}, Rhythm.NEVER),
)


def load_import(catalogue: Catalogue) -> None:
    """Upload a table of another database; the worker checks it, two rows are rejected."""
    data = (FOLDER / "import.csv").read_bytes()
    columns = mapping.from_toml((FOLDER / "import.toml").read_bytes())
    upload = CheckedFile("praxisdatenbank.csv", "text/csv", data)
    editor = Actor(account_id=catalogue.people["emil-ebert"].id)
    exchange.begin_import(editor, upload, columns.source, columns, ImportAs.SUBMITTED)


def load_searches(catalogue: Catalogue) -> None:
    anna = Actor(account_id=catalogue.people["anna-albrecht"].id)
    for words, filters, rhythm in SEARCHES:
        alerts.save(anna, words, filters, rhythm)
