"""Setting an installation up: the schema, the reference data, the demo."""

import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from inforo import schema
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.db import session
from inforo.defaults import Settings
from inforo.demo import large, loading
from inforo.demo.people import PASSWORD, shown
from inforo.demo.source import read
from inforo.errors import CommandFailed
from inforo.glossary.actions import import_entries
from inforo.municipalities.actions import import_reference
from inforo.municipalities.models import State
from inforo.search import lexicon, rebuild
from inforo.search.installation import lexicon_path
from inforo.vocabularies.actions import import_vocabularies

Say = Callable[[str], None]


def upgrade(say: Say) -> None:
    """Bring the schema up to date, and load what every installation needs if it is missing."""
    say(upgrade_schema())
    build_lexicon(say)
    if session.scalar(select(func.count(State.code))) == 0:
        import_vocabularies()
        import_entries()
        report = import_reference()
        session.commit()
        say(report.lines()[0])
    renew_index(say)  # the first import writes plain rows, which the index does not notice


def upgrade_schema() -> str:
    """Run the missing migrations; return a sentence about it."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    engine = current_app.extensions["engine"]
    before = schema.current(engine)
    if before == schema.head():
        return f"The database was up to date ({before})."
    schema.upgrade(engine)
    return f"The database now stands at migration {schema.head()}."


def renew_index(say: Say) -> None:
    """Write the search index anew if an update has changed how it is made."""
    if rebuild.is_needed():
        say("Writing the search index anew …")
        rebuild.rebuild()
    else:
        rebuild.refresh_texts()


def build_lexicon(say: Say) -> None:
    """Build the word list of the search, once and when an update knows more; takes seconds."""
    if not lexicon.is_current(lexicon_path()):
        say("Building the lexicon of German compounds (once, about 10 s) …")
        lexicon.build(lexicon_path())


def choose_demo_mode() -> None:
    """Make a new instance folder a demo; an existing one keeps the mode it has."""
    folder = Path(os.environ.get("INFORO_INSTANCE_PATH") or Settings.instance_path)
    file = folder / "settings.toml"
    if "INFORO_MODE" in os.environ or file.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text('mode = "demo"  # invented data; never set this for real people\n')


def load_demo(size: str, scale: float, say: Say) -> None:
    """Fill an empty demo; `scale` shrinks the large set. Repeated calls change nothing."""
    if settings.is_production:
        raise CommandFailed(
            "This installation is in production mode; invented data belong into another one."
        )
    say(upgrade_schema())
    build_lexicon(say)
    if loading.is_empty():
        loading.load(lambda step: say(f"Loading {step} …"))
    if size == "large" and not has_large_set():
        large.load(scaled(scale), lambda step: say(f"Multiplying: {step} …"))
    people = session.scalar(select(func.count(Account.id)))
    say(f"The demo is loaded: {people} people and what they wrote.")


def prepare_demo(say: Say) -> None:
    """Load the demo at its first start; later only bring the schema up to date."""
    upgrade_schema()
    if loading.is_empty():
        session.rollback()
        load_demo("small", 1.0, say)
    renew_index(say)


def has_large_set() -> bool:
    """Tell whether more people are there than the small demo has."""
    invented = len(read("people.json")) + len(read("applications.json"))
    return (session.scalar(select(func.count(Account.id))) or 0) > 2 * invented


def scaled(scale: float) -> large.Size:
    numbers = asdict(large.Size())
    return large.Size(**{name: max(50, int(count * scale)) for name, count in numbers.items()})


def demo_accounts() -> str:
    """Return the table of accounts to try the demo with; all have the same password."""
    lines = [f"Demo accounts (password {PASSWORD}):"]
    lines += [f"  {account.email:42} {account.label}" for account in shown()]
    return "\n".join(lines)
