"""The shape of what is asked for."""

import io
from collections.abc import Sequence

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField

from inforo.config import settings
from inforo.exchange import mapping
from inforo.exchange.mapping import ColumnMapping
from inforo.exchange.models import ExportFormat, ImportAs, ImportBatch
from inforo.exchange.reading import FileUnreadable, headings_of
from inforo.file_checks import clean_name
from inforo.forms import Form, area, line, options
from inforo.i18n import _, _l


class ExportForm(Form):
    format = RadioField(
        _l("Dateiart"),
        choices=options((each.value, each.label) for each in ExportFormat),
        default=ExportFormat.LINES.value,
    )


class FullExportForm(ExportForm):
    full = BooleanField(
        _l("Auch nicht Veröffentlichtes, das ich sehen darf"),
        description=_l("Zum Wiedereinlesen. Wird protokolliert."),
    )


class UploadForm(Form):
    file = FileField(
        _l("Datei"),
        validators=[FileRequired(_l("Bitte wählen Sie eine Datei."))],
        description=_l("CSV einer anderen Datenbank, oder JSON Lines (.jsonl). Bis 20 MB."),
    )
    mapping = FileField(
        _l("Zuordnung (TOML)"),
        description=_l("Ohne sie schlagen wir vor, welche Spalte welches Feld ist."),
    )
    source = line(
        _l("Name der Quelle"),
        limit=100,
        description=_l("Steht später bei den Beispielen. Eine Quelle heißt immer gleich."),
    )
    import_as = RadioField(
        _l("Die Beispiele werden"),
        choices=options(
            (each.value, each.label) for each in (ImportAs.SUBMITTED, ImportAs.PUBLISHED)
        ),
        default=ImportAs.SUBMITTED.value,
    )

    def read_file(self) -> tuple[bytes, str]:
        """Return content and name of the upload, or raise a sentence."""
        name = clean_name(self.file.data.filename or "").lower()
        data = self.file.data.stream.read(settings.upload_max_bytes + 1)
        if len(data) > settings.upload_max_bytes:
            limit = settings.upload_max_bytes // 1_000_000
            raise FileUnreadable(
                _("Die Datei ist zu groß. Erlaubt sind %(limit)s MB.", limit=limit)
            )
        if not name.endswith((".csv", ".txt", ".jsonl")):
            raise FileUnreadable(_("Bitte wählen Sie eine CSV- oder JSONL-Datei."))
        if not data.strip():
            raise FileUnreadable(_("Die Datei ist leer."))
        return data, name

    def mapping_for(self, data: bytes) -> ColumnMapping:
        """Return the uploaded mapping, else one suggested by the headings."""
        given = self.mapping.data.stream.read(100_000) if self.mapping.data else b""
        if given:
            found = mapping.from_toml(given)
            headings_of(io.BytesIO(data), found)
            return found
        return mapping.suggest(headings_of(io.BytesIO(data), ColumnMapping()))


class MappingForm(Form):
    separator = line(_l("Trennzeichen in Zellen mit mehreren Werten"), limit=5)
    constants = area(
        _l("Feste Werte"),
        limit=5_000,
        description=_l("Je Zeile „feld = wert“, zum Beispiel: state_code = BW"),
    )
    values = area(
        _l("Übersetzungen"),
        limit=20_000,
        description=_l("Je Zeile „feld: fremder Wert = unser Wert“."),
    )

    def mapping(
        self, batch: ImportBatch, headings: Sequence[str], chosen: Sequence[str]
    ) -> ColumnMapping:
        """Return the mapping the form describes."""
        old = ColumnMapping(**batch.mapping)
        pairs = zip(headings, chosen, strict=False)
        return mapping.from_dict(
            old.as_dict()
            | {
                "columns": {heading: name for heading, name in pairs if name},
                "constants": dict(assignments(self.constants.data)),
                "values": translations(self.values.data),
                "list_separator": self.separator.data or old.list_separator,
            }
        )


def assignments(given: str) -> list[tuple[str, str]]:
    """Return the two sides of lines like "feld = wert"."""
    parts = (row.partition("=") for row in given.splitlines() if "=" in row)
    return [(left.strip(), right.strip()) for left, _mark, right in parts]


def translations(given: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for left, right in assignments(given):
        name, _mark, value = left.partition(":")
        found.setdefault(name.strip(), {})[value.strip()] = right
    return found
