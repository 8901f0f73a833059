"""An import that was killed goes on where it was, and doubles nothing."""

from tests.operation.test_fan_out import HURRY, ask, execute, work_until

ROWS = 5_000
BEGIN = """
from inforo.app import create_app
from inforo.db import session
from inforo.exchange.jobs import run_import
from inforo.exchange.mapping import ColumnMapping
from inforo.exchange.models import ImportAs, ImportBatch
from inforo.files import keep
from inforo.file_checks import CheckedFile

with create_app().app_context():
    rows = [f"{{n}};Projekt {{n}};Ein Satz.;08222000;Geflüchtete" for n in range({count})]
    data = "\\n".join(["Nr;Titel;Kurz;Ort;Ziel", *rows]).encode()
    fields = ("id", "title", "summary", "municipalities", "target_group")
    mapping = ColumnMapping(columns=dict(zip(("Nr", "Titel", "Kurz", "Ort", "Ziel"), fields)))
    batch = ImportBatch(
        is_trusted=True,
        source="Probe",
        file_name="probe.csv",
        file=keep(CheckedFile("probe.csv", "text/csv", data), None),
        mapping=mapping.as_dict(),
        import_as=ImportAs.KEPT,
    )
    session.add(batch)
    session.flush()
    run_import.later(batch_id=batch.id)
    session.commit()
"""
STEP = """
from inforo.app import create_app
from inforo.db import session
from inforo.exchange.jobs import run_import
from inforo.exchange.models import ImportBatch, Stage

with create_app().app_context():
    batch = session.query(ImportBatch).filter_by(source="Probe").one()
    batch.stage = Stage("{stage}")
    run_import.later(batch_id=batch.id)
    session.commit()
"""
OURS = "FROM import_rows JOIN import_batches b ON batch_id = b.id AND source = 'Probe'"
STAGED = f"SELECT count(*) {OURS}"
STAGE = "SELECT stage FROM import_batches WHERE source = 'Probe'"
MADE = f"SELECT count(*) {OURS} JOIN examples ON example_id = examples.id"
SHOWN = f"SELECT count(*) {OURS} WHERE import_rows.released_at IS NOT NULL"
LOGGED = "SELECT count(*) FROM log_entries WHERE action = 'import'"
OBJECTS = "SELECT count(*) FROM imported_objects WHERE source = 'Probe'"
EXAMPLES = "SELECT count(*) FROM examples"


def test_import_killed_twice_ends_like_one_that_was_not(demo, tmp_path):
    installation = demo.copy(tmp_path / "instance", log_level="WARNING")
    before = ask(installation, EXAMPLES)
    execute(installation, BEGIN.format(count=ROWS))

    work_until(
        installation, lambda: ask(installation, STAGED) > 0, 300
    )  # after the demo's jobs
    assert ask(installation, STAGED) < ROWS
    execute(installation, HURRY)  # or wait ten minutes for the lease of the dead worker
    work_until(installation, lambda: ask(installation, STAGE) == "checked", 300)
    execute(installation, STEP.format(stage="applying"))
    work_until(installation, lambda: ask(installation, MADE) > 0, 300)
    assert 0 < ask(installation, MADE) < ROWS
    execute(installation, HURRY)
    work_until(installation, lambda: ask(installation, STAGE) == "ready", 600)

    execute(installation, STEP.format(stage="releasing"))
    work_until(installation, lambda: ask(installation, SHOWN) > 0, 300)
    assert 0 < ask(installation, SHOWN) < ROWS
    execute(installation, HURRY)
    work_until(installation, lambda: ask(installation, STAGE) == "released", 600)

    assert ask(installation, STAGED) == ROWS
    assert ask(installation, SHOWN) == ROWS
    assert ask(installation, LOGGED) == 1
    assert ask(installation, MADE) == ROWS
    assert ask(installation, OBJECTS) == ROWS
    assert ask(installation, EXAMPLES) == before + ROWS
