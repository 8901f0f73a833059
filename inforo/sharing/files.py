"""A collection as a file: one PDF or Word document with a table of contents, or CSV.

CSV is for Excel as German offices have it: semicolons, UTF-8 with a byte order mark. A cell
that would begin a formula gets an apostrophe in front.
"""

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass

from inforo import pdf
from inforo.authz import Actor
from inforo.collections.contents import Found
from inforo.collections.models import Collection, Kind
from inforo.collections.queries import Shown
from inforo.db import session
from inforo.i18n import _, language
from inforo.sharing.models import ExportFormat
from inforo.toolbox import fields, outlines
from inforo.toolbox.models import Example
from inforo.toolbox.policy import visible_to
from inforo.toolbox.queries import with_everything
from inforo.word import WordFile, hint_contents

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TEXTS = ("problem", "goals", "approach", "evaluation_result", "transfer_adapt", "obstacles")
LETTERS = 600
Address = Callable[[Shown], str]


@dataclass(frozen=True)
class Part:
    """One entry of the document."""

    anchor: str
    title: str
    kind: str
    summary: str
    note: str
    facts: list[tuple[str, str]]
    texts: list[tuple[str, str]]
    contact: list[str]
    address: str


def stamp_of(actor: Actor, collection: Collection, shown: list[Shown]) -> str:
    """Name what a file would hold for this reader; another stamp, another file."""
    rows = [collection.title, collection.description, language(), str(actor.is_member)]
    for item in shown:
        found = item.found
        shown_of = (found.title, found.summary, found.place, found.changed_at or "")
        rows.append(f"{item.anchor} {' '.join(map(str, shown_of))} {item.entry.note}")
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def parts(actor: Actor, shown: list[Shown], address: Address) -> list[Part]:
    """Return the entries with their texts; the examples in one go."""
    ids = [item.example.id for item in shown if item.example]
    statement = with_everything().where(Example.id.in_(ids), visible_to(actor))
    examples = {example.id: example for example in session.scalars(statement)} if ids else {}
    return [
        part_of(actor, item, examples.get(item.example.id if item.example else 0), address)
        for item in shown
    ]


def part_of(actor: Actor, item: Shown, example: Example | None, address: Address) -> Part:
    return Part(
        anchor=item.anchor,
        title=item.title,
        kind=item.found.word,
        summary=item.found.summary,
        note=item.entry.note,
        facts=outlines.facts(example) if example else facts_of(item.found),
        texts=texts_of(actor, example) if example else [],
        contact=outlines.contact(actor, example) if example else [],
        address=address(item),
    )


def facts_of(found: Found) -> list[tuple[str, str]]:
    """Return where a thing that is no example belongs, and the name of its file."""
    places = {Kind.TOOL: _("Kommune"), Kind.THREAD: _("Gruppe"), Kind.MUNICIPALITY: _("Land")}
    name = found.tool.file_name if found.tool else ""
    facts = [(places.get(found.kind, ""), found.place), (_("Datei"), name)]
    return [(word, meaning) for word, meaning in facts if meaning]


def texts_of(actor: Actor, example: Example) -> list[tuple[str, str]]:
    return [
        (str(fields.LABELS[name]), outlines.excerpt(example, name, LETTERS))
        for name in TEXTS
        if outlines.may_read_text(actor, example, name)
    ]


def make(
    wanted: ExportFormat, collection: Collection, found: list[Part], imprint: str
) -> bytes:
    """Return the file. `imprint` says who made it and where it comes from."""
    if wanted is ExportFormat.PDF:
        return pdf.render(
            "sharing/collection.pdf.html",
            title=collection.name,
            description=collection.description,
            parts=found,
            imprint=imprint,
        )
    return as_word(collection, found, imprint)


def as_word(collection: Collection, found: list[Part], imprint: str) -> bytes:
    word = WordFile(collection.name, "inforo", _("Sammlung"))
    if collection.description:
        word.paragraph(collection.description)
    word.heading(_("Inhalt"))
    word.contents(part.title for part in found)
    word.paragraph(hint_contents())
    for part in found:
        word.heading(part.title, on_new_page=True)
        word.paragraph(part.summary)
        if part.note:
            word.heading(_("Notiz"), 2)
            word.paragraph(part.note)
        if part.facts:
            caption = _("Auf einen Blick: %(title)s", title=part.title)
            word.table(caption, (_("Angabe"), _("Wert")), part.facts)
        for label, words in part.texts:
            word.heading(label, 2)
            word.paragraph(words)
        if part.contact:
            word.paragraph(_("Ansprechperson: %(who)s", who=", ".join(part.contact)))
        word.paragraph(_("Quelle: %(address)s", address=part.address))
    word.paragraph(imprint)
    return word.bytes()


def as_csv(shown: list[Shown], address: Address) -> bytes:
    """Return the entries as a table for Excel."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            _("Nr."),
            _("Art"),
            _("Titel"),
            _("Kurz gesagt"),
            _("Kommune, Gruppe oder Land"),
            _("Notiz"),
            _("Adresse"),
        ]
    )
    for number, item in enumerate(shown, 1):
        found = item.found
        row = [found.word, found.title, found.summary, found.place, item.entry.note]
        row.append(address(item))
        writer.writerow([number, *(harmless(cell) for cell in row)])
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Keep a table program from taking a text for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA) else cell
