"""Who may open which page of exports and imports; see tests/test_access.py."""

from datetime import timedelta

from inforo import clock
from inforo.exchange.models import ExportFormat, ImportAs, ImportBatch, Stage, ToolboxExport
from inforo.exchange.records import Level
from tests.factories import save

ACCESS = {
    ("GET", "exchange.export"): (200,) * 8,
    ("POST", "exchange.export"): (303,) * 8,
    ("GET", "exchange.export_state"): (404,) * 8,
    ("GET", "exchange.export_file"): (404,) * 8,
    ("GET", "exchange.imports"): (302, 403, 404, 404, 403, 403, 200, 200),
    ("POST", "exchange.imports"): (302, 403, 404, 404, 403, 403, 422, 422),
    ("GET", "exchange.show_import"): (302, 403, 404, 404, 403, 403, 200, 200),
    ("GET", "exchange.import_progress"): (302, 403, 404, 404, 403, 403, 200, 200),
    ("POST", "exchange.map_columns"): (302, 403, 404, 404, 403, 403, 422, 422),
    ("POST", "exchange.change_import"): (302, 403, 404, 404, 403, 403, 303, 303),
    ("GET", "exchange.rejected_rows"): (302, 403, 404, 404, 403, 403, 200, 200),
}


def members_export(world) -> dict:
    """An export Olga ordered: nobody else's."""
    made = ToolboxExport(
        key="olgas-datei",
        account_id=world.owner.id,
        level=Level.MEMBER,
        format=ExportFormat.LINES,
        stamp="x",
        created_at=clock.now() - timedelta(hours=1),
    )
    return {"key": save(made).key}


def checked_import(_world) -> dict:
    """An import that is checked and waits for a decision."""
    batch = ImportBatch(
        source="Quelle",
        file_name="daten.csv",
        import_as=ImportAs.SUBMITTED,
        stage=Stage.CHECKED,
    )
    return {"batch_id": save(batch).id}


ARGUMENTS = {
    **{
        f"exchange.{name}": checked_import
        for name in ("show_import", "import_progress", "map_columns", "rejected_rows")
    },
    "exchange.change_import": lambda world: checked_import(world) | {"verb": "starten"},
    "exchange.export_state": members_export,
    "exchange.export_file": members_export,
}
