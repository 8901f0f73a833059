"""Who may open which page of exports and imports; see tests/test_access.py."""

from datetime import timedelta

from inforo import clock
from inforo.exchange.models import ExportFormat, ToolboxExport
from inforo.exchange.records import Level
from tests.factories import save

ACCESS = {
    ("GET", "exchange.export"): (200,) * 8,
    ("POST", "exchange.export"): (303,) * 8,
    ("GET", "exchange.export_state"): (404,) * 8,
    ("GET", "exchange.export_file"): (404,) * 8,
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


ARGUMENTS = {
    "exchange.export_state": members_export,
    "exchange.export_file": members_export,
}
