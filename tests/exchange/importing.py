"""Imports for tests, run as the worker runs them."""

import json
from typing import Any

from inforo import jobs
from inforo.db import session
from inforo.exchange import actions
from inforo.exchange.mapping import ColumnMapping
from inforo.exchange.models import ImportAs, ImportBatch
from inforo.file_checks import CheckedFile
from tests import factories

HEADINGS = "Nr;Projekt;Kurz;Ort;Phase;Thema"
MAPPING = ColumnMapping(
    source="Praxisdatenbank",
    columns={
        "Nr": "id",
        "Projekt": "title",
        "Kurz": "summary",
        "Ort": "municipalities",
        "Phase": "age_phase",
        "Thema": "field_of_action",
    },
    values={"field_of_action": {"Kinder": "fruehe-hilfen"}},
)


def table(*rows: str) -> bytes:
    return "\r\n".join([HEADINGS, *rows]).encode("cp1252")


def row(
    number: int | str, title: str = "", place: str = "Mannheim", topic: str = "Kinder"
) -> str:
    title = title or f"Projekt {number}"
    return f"{number};{title};Ein Satz.;{place};Ältere (65+);{topic}"


def lines(*records: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def upload(
    data: bytes,
    *,
    by: Any = None,
    mapping: ColumnMapping | None = MAPPING,
    import_as: ImportAs = ImportAs.PUBLISHED,
) -> ImportBatch:
    """Upload a file and let the worker check it."""
    editor = by or factories.make_emil()
    name = "daten.csv" if mapping else "daten.jsonl"
    batch = actions.begin_import(
        factories.actor(editor),
        CheckedFile(name, "text/csv", data),
        "Praxisdatenbank",
        mapping,
        import_as,
    )
    session.commit()
    return worked(batch)


def worked(batch: ImportBatch) -> ImportBatch:
    """Let the worker do what was ordered; return the import as it stands then."""
    number = batch.id
    jobs.work_all()
    return session.get_one(ImportBatch, number)


def then(batch: ImportBatch, *verbs: Any) -> ImportBatch:
    """Take the next steps: `then(batch, actions.start, actions.release)`."""
    for verb in verbs:
        verb(batch)
        session.commit()
        batch = worked(batch)
    return batch


def released(data: bytes, **options: Any) -> ImportBatch:
    return then(upload(data, **options), actions.start, actions.release)
