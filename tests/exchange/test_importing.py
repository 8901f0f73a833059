"""A foreign database comes in checked, all at once, and nothing twice."""

import pytest
from sqlalchemy import func, select

from inforo.db import session
from inforo.errors import DomainError
from inforo.exchange import actions, queries
from inforo.exchange.checking import check_record
from inforo.exchange.jobs import Run
from inforo.exchange.models import ImportAs, ImportedObject, ImportRow, Outcome, Stage
from inforo.exchange.words import Words
from inforo.offices.models import WorkItem
from inforo.search.models import SearchDocument
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState, Tier
from tests import factories
from tests.exchange.importing import released, row, table, then, upload, worked


def examples() -> list[Example]:
    return list(session.scalars(select(Example).order_by(Example.id)))


def problems(batch) -> list[tuple[int, str, str, str]]:
    rows = queries.rows_of_import(batch, Outcome.REJECTED, limit=50)
    return [
        (row.number, each["field"], each["value"], each["reason"])
        for row in rows
        for each in row.problems
    ]


def count_documents() -> int:
    return session.scalar(select(func.count()).where(SearchDocument.kind == "example")) or 0


def test_upload_only_checks():
    batch = upload(table(row(1), row(2)))

    assert batch.stage is Stage.CHECKED
    assert queries.count_outcomes(batch)[Outcome.NEW] == 2
    assert examples() == []


def test_windows_table_with_umlauts_and_aliases_is_understood():
    released(table(row(1, "Frühstück für Ältere")))

    [example] = examples()
    assert example.title == "Frühstück für Ältere"
    assert [place.ags for place in example.municipalities] == [factories.MANNHEIM]
    assert [term.key for term in example.terms_of("field_of_action")] == ["fruehe-hilfen"]


def test_nobody_sees_anything_before_the_release(browser):
    batch = then(upload(table(row(1, "Geheimnisvoll"))), actions.start)

    assert batch.stage is Stage.READY
    assert count_documents() == 0
    assert "Geheimnisvoll" not in browser.open("/werkzeugkiste/").text
    [example] = examples()
    browser.open(f"/werkzeugkiste/beispiele/{example.id}", status=404)

    then(batch, actions.release)

    assert count_documents() == 1
    page = browser.open(f"/werkzeugkiste/beispiele/{example.id}")
    assert "Übernommen aus: Praxisdatenbank" in page.text


def test_rejected_rows_have_reasons_and_the_others_come_in():
    batch = released(
        table(
            row(1),
            row(2, place="Nirgendwo"),
            row(3, topic="Raumfahrt"),
            "4;;Ein Satz.;Mannheim;Ältere (65+);Kinder",
            row(1, "Noch einmal die Eins"),
        )
    )

    assert [example.title for example in examples()] == ["Projekt 1"]
    assert [(number, name) for number, name, _value, _reason in problems(batch)] == [
        (3, "municipalities"),
        (4, "field_of_action"),
        (5, "title"),
        (6, "id"),
    ]
    assert problems(batch)[0][2:] == ("Nirgendwo", "Diese Kommune kennen wir nicht.")


def test_imported_examples_are_published_with_the_lowest_tier():
    released(table(row(1)))

    [example] = examples()
    assert (example.state, example.tier) == (ExampleState.PUBLISHED, Tier.PUBLISHED)
    assert example.reviewer_id is None
    assert example.author_id is None


def test_imported_examples_may_go_to_the_office_instead():
    released(table(row(1)), import_as=ImportAs.SUBMITTED)

    [example] = examples()
    assert example.state is ExampleState.SUBMITTED
    item = session.scalars(select(WorkItem)).one()
    assert item.state_code == "BW"
    assert item.is_open


def test_nobody_publishes_what_is_of_their_own_municipality():
    editor = factories.make_emil()
    editor.municipality_ags = factories.MANNHEIM
    session.commit()

    released(table(row(1), row(2, place="Münster")), by=editor)

    assert [example.state for example in examples()] == [
        ExampleState.SUBMITTED,
        ExampleState.PUBLISHED,
    ]


def test_the_same_file_again_changes_nothing():
    released(table(row(1), row(2)))
    before = [(example.id, example.version) for example in examples()]

    batch = released(table(row(1), row(2)))

    assert queries.count_outcomes(batch)[Outcome.SAME] == 2
    assert [(example.id, example.version) for example in examples()] == before


def test_a_changed_row_updates_its_example_at_the_release():
    released(table(row(1, "Alt")))
    batch = then(upload(table(row(1, "Neu"))), actions.start)
    assert [example.title for example in examples()] == ["Alt"]

    then(batch, actions.release)

    assert [example.title for example in examples()] == ["Neu"]


def test_what_was_edited_here_is_not_written_over():
    released(table(row(1, "Alt")))
    [example] = examples()
    example.goals = "Von Hand."
    session.commit()

    batch = released(table(row(1, "Neu")))

    assert [example.title for example in examples()] == ["Alt"]
    assert "hier bearbeitet" in problems(batch)[0][3]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-12-31", "2026-12-31"),
        ("31.12.2026", "2026-12-31"),
        ("1. 2. 2026", "2026-02-01"),
        ("12/2026", "2026-12-01"),
        ("2026", "2026-01-01"),
        ("30.02.2026", None),
        ("13/2026", None),
        ("31.12.26", None),
        ("bald", None),
    ],
)
def test_days_may_be_written_as_in_german_tables(written, day):
    checked = check_record({"title": "A", "confirmed_at": written}, Words())

    assert (checked.record["confirmed_at"] or "")[:10] == (day or "")
    assert [problem.field for problem in checked.problems] == ([] if day else ["confirmed_at"])


@pytest.mark.parametrize("stage", [Stage.RELEASING, Stage.UNDOING])
def test_releasing_and_undoing_go_on_after_each_few(monkeypatch, stage):
    monkeypatch.setattr("inforo.exchange.releasing.STEP", 2)
    monkeypatch.setattr("inforo.exchange.undoing.STEP", 2)
    batch = upload(table(*(row(number) for number in range(5))))
    batch = (
        then(then(batch, actions.start), actions.release)
        if stage is Stage.UNDOING
        else (then(batch, actions.start))
    )
    batch.stage = stage
    session.commit()

    shown = []
    run = Run(batch.id)
    while run.step():
        shown.append(count_published())
        run = Run(batch.id)

    up = stage is Stage.RELEASING
    assert shown == ([2, 4] if up else [3, 1])
    assert count_published() == (5 if up else 0)


def count_published() -> int:
    session.rollback()
    published = Example.state == ExampleState.PUBLISHED
    return session.scalar(select(func.count(Example.id)).where(published))


def test_discarding_leaves_nothing():
    batch = then(upload(table(row(1), row(2))), actions.start, actions.discard)

    assert batch.stage is Stage.DISCARDED
    assert examples() == []
    assert session.query(ImportedObject).count() == 0


def test_undo_withdraws_what_nobody_has_touched():
    released(table(row(1, "Alt")))
    batch = released(table(row(1, "Neu"), row(2), row(3)))
    _first, second, _third = examples()
    second.goals = "Von Hand."
    session.commit()

    batch = then(batch, actions.undo)

    assert [(example.title, example.state.value) for example in examples()] == [
        ("Alt", "published"),
        ("Projekt 2", "published"),
        ("Projekt 3", "withdrawn"),
    ]
    assert (batch.stage, batch.kept) == (Stage.UNDONE, 1)


def test_after_thirty_days_there_is_no_undo(app):
    batch = released(table(row(1)))
    batch.released_at = batch.released_at - actions.UNDO_FOR
    session.commit()

    with pytest.raises(DomainError):
        actions.undo(batch)


def test_one_import_of_a_source_at_a_time():
    then(upload(table(row(1))), actions.start)
    second = upload(table(row(2)))

    with pytest.raises(DomainError):
        actions.start(second)


def test_who_is_no_editor_any_more_imports_nothing():
    emil = factories.make_emil()
    batch = upload(table(row(1)), by=emil)
    session.query(factories.RoleAssignment).delete()
    session.commit()

    actions.start(batch)
    session.commit()
    batch = worked(batch)

    assert batch.stage is Stage.FAILED
    assert examples() == []


def test_rejected_rows_keep_what_stood_there():
    batch = upload(table(row(1, place="Nirgendwo")))

    [rejected] = session.scalars(select(ImportRow).where(ImportRow.batch_id == batch.id))
    assert rejected.raw["Ort"] == "Nirgendwo"
