"""Makes examples and tools of checked records. Nothing here commits or publishes."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import and_, func, or_, select

from inforo import files
from inforo.accounts.models import Organisation
from inforo.citations.identifiers import read
from inforo.db import folded, session
from inforo.exchange import records
from inforo.exchange.models import ImportBatch, ImportedObject
from inforo.exchange.records import Level, Record, example_record, tool_record
from inforo.exchange.typed import CHOICES
from inforo.exchange.words import TOOL_VOCABULARIES
from inforo.file_checks import CheckedFile, check_data, clean_name
from inforo.municipalities.models import Municipality
from inforo.toolbox.example_parts import ExampleCriterion, ExampleFile
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from inforo.toolbox.tool_models import Tool, ToolFile
from inforo.vocabularies.models import Term

LARGEST_KEPT_NUMBER = 10_000_000
NOT_CONTENT = frozenset({"format", "type", "id", *records.STATE, *records.TIMES})
SIMPLE = (
    *(name for name in records.LINES if name != "organisation"),
    *records.TEXTS,
    *records.NUMBERS,
    "state_code",
)


def digest(record: Record) -> str:
    """Return a fingerprint of what a record says, whatever became of it."""
    content = {name: value for name, value in record.items() if name not in NOT_CONTENT}
    written = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def digest_of(content: Example | Tool) -> str:
    """Return the fingerprint of what stands here now."""
    if isinstance(content, Example):
        return digest(example_record(content, Level.FULL))
    return digest(tool_record(content, content.examples))


# Numbers


def number_of(record: Record, kind: str) -> int | None:
    """Return the number in one of our lasting names, if it is one."""
    name = read(record.get("id", ""))
    is_ours = name is not None and name.kind == kind and name.number is None
    return name.id if name and is_ours and name.id <= LARGEST_KEPT_NUMBER else None


def free_number(model: type[Example] | type[Tool], wanted: int | None) -> int | None:
    """Return the wanted number unless something has it, or had it and is cited by it."""
    if wanted is None or session.get(model, wanted) is not None:
        return None
    return wanted


def count_on(model: type[Example] | type[Tool]) -> None:
    """Let PostgreSQL go on counting after a number that was given."""
    if session.get_bind().dialect.name != "postgresql":
        return
    sequence = func.pg_get_serial_sequence(model.__tablename__, "id")
    highest = select(func.max(model.id)).scalar_subquery()
    following = func.greatest(highest, func.nextval(sequence))
    session.execute(select(func.setval(sequence, following)))


# Examples


def new_example(record: Record, *, keeps_number: bool) -> Example:
    """Return an example nobody sees yet, not flushed: a draft without an author."""
    example = Example(title=record["title"], state=ExampleState.DRAFT)
    if keeps_number:
        example.id = free_number(Example, number_of(record, "pb"))  # type: ignore[assignment]
        example.created_at = moment(record.get("created_at")) or example.created_at
    fill_example(example, record)
    session.add(example)
    return example


def moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def fill_example(example: Example, record: Record) -> None:
    """Write the content of a record; fields it does not have stay as they are."""
    for name in SIMPLE:
        if name in record:
            set_changed(example, name, record[name])
    for name in records.CHOICES:
        if name in record:
            set_changed(example, name, choice(name, record[name]))
    set_links(example, record)


def choice(name: str, value: str | None) -> Any:
    return CHOICES[name](value) if value is not None else None


def set_links(example: Example, record: Record) -> None:
    """Write what an example points to."""
    if "organisation" in record:
        set_organisation(example, record["organisation"])
    if "municipalities" in record:
        example.municipalities = municipalities(record["municipalities"])
    chosen = [name for name in records.VOCABULARIES if name in record]
    if chosen:
        kept = [term for term in example.terms if term.vocabulary not in chosen]
        example.terms = kept + terms({name: record[name] for name in chosen})
    if "criteria" in record:
        set_criteria(example, record["criteria"])


def set_changed(content: Any, name: str, value: Any) -> None:
    """Set a value only where it differs: texts are rendered when they are set."""
    if getattr(content, name) != value:
        setattr(content, name, value)


def set_organisation(example: Example, name: str) -> None:
    if example.provider == name and (name or not example.organisation_id):
        return
    statement = select(Organisation).where(Organisation.name_key == folded(name))
    known = session.scalar(statement) if name else None
    is_same = known is not None and known.name == name
    example.organisation = known if is_same else None
    example.organisation_name = "" if is_same else name


def municipalities(keys: Iterable[str]) -> list[Municipality]:
    found = (session.get(Municipality, ags) for ags in keys)
    return [place for place in found if place is not None]


def terms(chosen: dict[str, list[str]]) -> list[Term]:
    pairs = [(name, keys) for name, keys in chosen.items() if keys]
    if not pairs:
        return []
    wanted = [and_(Term.vocabulary == name, Term.key.in_(keys)) for name, keys in pairs]
    return list(session.scalars(select(Term).where(or_(*wanted)).order_by(Term.position)))


def set_criteria(example: Example, given: list[Record]) -> None:
    if records.criteria_of(example) == given:
        return
    if example.criteria:
        example.criteria.clear()
        session.flush()
    positions = positions_of_criteria()
    for each in given:
        example.criteria.append(
            ExampleCriterion(
                criterion_key=each["key"],
                position=positions.get(each["key"], 0),
                level=each["level"],
                reason=each["reason"],
                is_highlighted=each["highlighted"],
            )
        )


def positions_of_criteria() -> dict[str, int]:
    statement = select(Term.key, Term.position).where(Term.vocabulary == "criterion")
    return {row[0]: row[1] for row in session.execute(statement)}


# Tools


def new_tool(batch: ImportBatch, record: Record, *, keeps_number: bool) -> Tool:
    """Return a tool nobody sees yet."""
    tool = Tool(title=record["title"], category_key=record["category"])
    if keeps_number:
        tool.id = free_number(Tool, number_of(record, "wz"))  # type: ignore[assignment]
        tool.created_at = moment(record.get("created_at")) or tool.created_at
    has_number = tool.id is not None
    fill_tool(batch, tool, record)
    session.add(tool)
    session.flush()
    if has_number:
        count_on(Tool)
    return tool


def fill_tool(batch: ImportBatch, tool: Tool, record: Record) -> None:
    for name in ("title", "summary", "context", "licence", "state_code"):
        if name in record:
            set_changed(tool, name, record[name])
    for name in TOOL_VOCABULARIES:
        if name in record:
            set_changed(tool, f"{name}_key", record[name])
    if "municipality" in record:
        set_changed(tool, "municipality_ags", record["municipality"])
    if "examples" in record:
        tool.examples = linked(batch, record["examples"])


def linked(batch: ImportBatch, names: list[str]) -> list[Example]:
    """Return the examples a tool names: those that came from the same source."""
    statement = (
        select(Example)
        .join(ImportedObject, ImportedObject.example_id == Example.id)
        .where(ImportedObject.source == batch.source, ImportedObject.external_id.in_(names))
    )
    return list(session.scalars(statement.order_by(Example.id))) if names else []


# Files


def attach(content: Example | Tool, record: Record, root: Path | None) -> None:
    """Add the files of a folder the operation imports; other imports bring none."""
    if root is None or content.files:
        return
    public_since = record.get("published_at")  # what an older export says of its files
    for described in record.get("files", []):
        stored = store(described, root)
        if isinstance(content, Tool):
            content.files.append(
                ToolFile(
                    file=stored,
                    number=described.get("number", 1),
                    note=described.get("note", ""),
                    published_at=moment(described.get("published_at", public_since)),
                )
            )
        else:
            content.files.append(
                ExampleFile(
                    file=stored,
                    title=described.get("title", ""),
                    category_key=described.get("category", ""),
                    licence=described.get("licence", "CC BY 4.0"),
                    checked_at=moment(described.get("checked_at")),
                )
            )
            session.flush()


def store(described: Record, root: Path) -> files.StoredFile:
    """Keep a file as it is: it was checked, and made anew, before it was exported."""
    data = (root / described["path"]).read_bytes()
    checked = check_data(clean_name(described["name"]), data)
    kept = CheckedFile(checked.name, checked.content_type, data)
    return files.keep(kept, owner_id=None)
