"""Makes files of the toolbox: lines, a table, or a folder."""

import io
import zipfile
from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.errors import DomainError
from inforo.exchange import queries
from inforo.exchange.folder import Archive, Folder, Target, as_line
from inforo.exchange.models import ExportFormat
from inforo.exchange.records import Level, Record, shown_files
from inforo.exchange.tables import as_table
from inforo.files import StoredFile
from inforo.i18n import _
from inforo.toolbox.example_parts import ExampleFile
from inforo.toolbox.tool_models import ToolFile

Described = Iterator[tuple[Record, list[StoredFile]]]


class Selection:
    """What goes along: as much as `actor` sees at this level; remembers the examples."""

    def __init__(
        self, actor: Actor | None, level: Level, ids: Sequence[int] | None = None
    ) -> None:
        self.actor, self.level, self.ids = actor, level, ids
        self.held: set[int] = set()

    def examples(self) -> Described:
        for example, record in queries.example_records(self.actor, self.level, self.ids):
            self.held.add(example.id)
            yield record, [attached.file for attached in example.files]

    def tools(self) -> Described:
        """Yield all tools, or those of the chosen examples."""
        chosen = None if self.ids is None else self.held
        for tool, record in queries.tool_records(self.actor, self.level, chosen):
            yield record, [version.file for version in shown_files(tool)]

    def lines(self) -> Iterator[bytes]:
        for record, _files in self.examples():
            yield as_line(record)
        for record, _files in self.tools():
            yield as_line(record)

    def table(self) -> Iterator[bytes]:
        return as_table(record for record, _files in self.examples())

    def write_folder(self, target: Target) -> None:
        Folder(target).write(self.examples(), self.tools())


def make(selection: Selection, wanted: ExportFormat) -> bytes:
    """Return the file as bytes; folders that are too large for that are refused."""
    if wanted is ExportFormat.TABLE:
        return b"".join(selection.table())
    if wanted is ExportFormat.LINES:
        return b"".join(selection.lines())
    refuse_too_large()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        selection.write_folder(Archive(archive))
    return made.getvalue()


def refuse_too_large() -> None:
    owned = select(ExampleFile.file_id).union(select(ToolFile.file_id))
    statement = select(func.sum(StoredFile.size)).where(StoredFile.id.in_(owned))
    if int(session.scalar(statement) or 0) > settings.export_max_bytes:
        raise DomainError(
            _(
                "Alle Dateien zusammen sind zu groß für einen Ordner zum Herunterladen. "
                "Bitte wählen Sie JSON Lines, oder fragen Sie den Betrieb nach einem Ordner."
            )
        )
