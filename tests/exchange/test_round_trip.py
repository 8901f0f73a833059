"""What was exported and read into an empty installation exports the same bytes again."""

import json
import string
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from inforo import clock, files
from inforo.db import session
from inforo.exchange import records, tables
from inforo.exchange.checking import check_record
from inforo.exchange.cli import import_, import_csv
from inforo.exchange.folder import Directory
from inforo.exchange.making import Selection
from inforo.exchange.mapping import suggest
from inforo.exchange.models import ImportBatch, ImportedObject
from inforo.exchange.reading import table_rows
from inforo.exchange.records import Level
from inforo.exchange.words import Words
from inforo.text import clean
from inforo.toolbox.example_parts import ExampleCriterion, ExampleFile
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState, MeasureStatus, ObstacleAudience, Tier
from inforo.toolbox.tool_models import Tool, ToolFile
from inforo.vocabularies.models import Term
from tests import factories
from tests.reference import MUENSTER

NOTE = b"eine Notiz\n"


def fill() -> None:
    """Make examples and tools with every kind of field."""
    session.execute(delete(Tool))
    term = session.scalars(select(Term).where(Term.vocabulary == "age_phase")).first()
    full = factories.make_example(
        'Alles drin \U0001f600 „“ \\ "',
        organisation_name="Träger e. V.",
        contact_name="Käthe",
        contact_email="k@stadt.example",
        measure_status=MeasureStatus.RUNNING,
        goals="- eins\u2028\n- zwei\n\n=3",
        costs_once=12_000,
        evidence_level=2,
        obstacles="Streit",
        obstacles_audience=ObstacleAudience.MEMBERS,
        tier=Tier.GOOD_PRACTICE,
        reviewed_at=datetime(2024, 2, 29, 12, 0, 0, 1, UTC),
        confirmed_at=clock.now(),
        terms=[term],
    )
    full.criteria.append(
        ExampleCriterion(
            criterion_key="empowerment", position=4, level=2, reason="Ja.", is_highlighted=True
        )
    )
    stored = files.store_bytes(NOTE, "notiz.txt", None)
    full.files.append(ExampleFile(file=stored, title="Notiz", checked_at=clock.now()))
    factories.make_example("Entwurf", state=ExampleState.DRAFT, municipality=MUENSTER)
    factories.make_example("Weg", state=ExampleState.WITHDRAWN)
    tool = factories.make_tool("Muster", context="Woher.\n\n=1+1")
    tool.examples.append(full)
    for number in (1, 2, 3):
        stored = files.store_bytes(b"Muster %d\n" % number, "muster.txt", None)
        day = datetime(2024, 3, number, tzinfo=UTC) if number < 3 else None
        tool.files.append(
            ToolFile(file=stored, number=number, note=f"Stand {number}", published_at=day)
        )
    waiting = factories.make_tool("Wartet", published_at=None)
    stored = files.store_bytes(b"Wartet\n", "wartet.txt", None)
    waiting.files.append(ToolFile(file=stored, number=1))
    session.commit()


def exported() -> bytes:
    session.expunge_all()
    return b"".join(Selection(None, Level.FULL).lines())


def run(command, *arguments) -> None:
    """Run a command inside the application of the tests."""
    callback = command.callback
    getattr(callback, "__wrapped__", callback)(*arguments)


def empty_again() -> None:
    for model in (ImportedObject, ImportBatch, ExampleFile, Tool, Example):
        session.execute(delete(model))
    session.commit()
    session.expunge_all()


def test_folder_comes_back_equal_byte_by_byte(app, tmp_path):
    fill()
    first = tmp_path / "first"
    Selection(None, Level.FULL).write_folder(Directory(first))
    empty_again()

    run(import_, first, "inforo", "kept", False)
    second = tmp_path / "second"
    session.expunge_all()
    Selection(None, Level.FULL).write_folder(Directory(second))

    assert contents(second) == contents(first)
    assert len(contents(first)) == 8  # not the version that waits


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_importing_it_where_it_came_from_changes_nothing(app, tmp_path):
    fill()
    before = exported()
    path = tmp_path / "alles.jsonl"
    path.write_bytes(before)

    run(import_, path, "inforo", "kept", False)

    assert exported() == before


@pytest.mark.parametrize("times", [1, 2])
def test_importing_twice_doubles_nothing(app, tmp_path, times):
    fill()
    path = tmp_path / "alles.jsonl"
    path.write_bytes(exported())
    empty_again()

    for _time in range(times):
        run(import_, path, "inforo", "kept", False)

    assert len(session.scalars(select(Example)).all()) == 3


def test_foreign_table_comes_in_on_the_command_line(app, capsys):
    folder = Path(__file__).parent.parent.parent / "docs" / "examples"

    run(
        import_csv,
        folder / "praxisdatenbank.csv",
        folder / "praxisdatenbank.toml",
        "submitted",
        False,
    )

    said = capsys.readouterr().out
    assert "3 new, 0 changed, 0 same, 2 rejected" in said
    assert len(session.scalars(select(Example)).all()) == 3


# Odd content

ODD = st.text(
    st.one_of(
        st.sampled_from("=+-@'\";|\n\r\t\u2028\ufeff\u00a0 ,"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=40,
)
TITLE = st.text(string.ascii_letters + "äöüß'=-@", min_size=1, max_size=30)


@pytest.fixture
def example(app):
    return factories.make_example()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(title=TITLE, body=ODD, reason=ODD)
def test_odd_content_survives_lines_and_tables(example, tmp_path, title, body, reason):
    title, body, reason = (clean(each) for each in (title, body, reason))
    if not title:
        return
    rated = {"key": "empowerment", "level": 2, "reason": reason, "highlighted": True}
    texts = {"title": title, "goals": body, "literature": body, "criteria": [rated]}
    record = records.example_record(example, Level.FULL) | texts
    words = Words()

    from_line = check_record(json.loads(json.dumps(record)), words)
    from_table = check_record(table_row(record, tmp_path), words)

    assert not from_line.problems
    assert not from_table.problems
    for name in ("title", "goals", "literature", "criteria", "municipalities"):
        assert from_line.record[name] == record[name] == from_table.record[name]


def table_row(record, tmp_path) -> dict:
    path = tmp_path / "tabelle.csv"
    path.write_bytes(b"".join(tables.as_table([record])))
    with path.open("rb") as file:
        [row] = table_rows(file, suggest(tables.headings().values()))
    return row.record
