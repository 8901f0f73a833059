"""Importing the reference data: complete, again, and with changed units."""

import csv

import pytest
from sqlalchemy import delete, func, select

from inforo.accounts.models import Account
from inforo.authz import Role
from inforo.db import session
from inforo.errors import CommandFailed
from inforo.municipalities import actions, queries, reference
from inforo.municipalities.cli import cli
from inforo.municipalities.mergers import pointing_at
from inforo.municipalities.models import (
    Municipality,
    MunicipalityKind,
    ReferenceImport,
    SizeClass,
    State,
)
from inforo.offices.models import RoleAssignment
from inforo.partnership.models import BuildingBlock, MunicipalityProfile, ProfileTerm
from tests import factories
from tests.partnership.making import make_profile
from tests.reference import BRUCHSAL, HERNE, MANNHEIM, MUENSTER

COLUMNS = [
    "ags",
    "name",
    "kind",
    "state",
    "district_ags",
    "population",
    "area_km2",
    "postal_code",
    "latitude",
    "longitude",
]

DISTRICTS = """ags,name,display_name,kind,state,population,area_km2,latitude,longitude
08215,Karlsruhe,Landkreis Karlsruhe,landkreis,Baden-Württemberg,453730,100,50,10
"""


@pytest.fixture
def empty():
    session.execute(delete(Municipality).where(Municipality.district_ags.is_not(None)))
    session.execute(delete(Municipality))


@pytest.fixture
def edition(tmp_path):
    """Return a function that writes an edition of the seven known units, changed as told."""

    def write(rename=None, leave_out=(), add=(), mergers=None):
        wanted = {m.ags: m for m in session.scalars(select(Municipality))}
        (tmp_path / "states.csv").write_text(reference.read(reference.FOLDER, "states.csv"))
        states = {state.code: state.name for state in session.scalars(select(State))}
        (tmp_path / "districts.csv").write_text(DISTRICTS)
        with (tmp_path / "municipalities.csv").open("w", newline="") as file:
            rows = csv.DictWriter(file, COLUMNS)
            rows.writeheader()
            for ags, unit in wanted.items():
                if unit.is_district or ags in leave_out:
                    continue
                rows.writerow(
                    {
                        "ags": ags,
                        "name": (rename or {}).get(ags, unit.name),
                        "kind": unit.kind.value,
                        "state": states[unit.state_code],
                        "district_ags": ags[:5],
                        "population": unit.population or "",
                        "area_km2": unit.area_km2,
                        "postal_code": unit.postal_code,
                        "latitude": unit.latitude,
                        "longitude": unit.longitude,
                    }
                )
            for row in add:
                rows.writerow(dict.fromkeys(COLUMNS, "") | row)
        if mergers:
            lines = [f"{old},{new}" for old, new in mergers.items()]
            (tmp_path / "mergers.csv").write_text("\n".join(["old_ags,new_ags", *lines]))
        return tmp_path

    return write


def test_the_whole_edition_is_there_after_the_first_import(empty):
    report = actions.import_reference()

    assert report.total == len(report.added) == 11_062
    kinds = dict(
        session.execute(
            select(Municipality.kind, func.count()).group_by(Municipality.kind)
        ).all()
    )
    assert kinds[MunicipalityKind.DISTRICT] == 294
    assert kinds[MunicipalityKind.INDEPENDENT_CITY] == 105
    assert kinds[MunicipalityKind.CITY_STATE] == 2
    assert kinds[MunicipalityKind.BOROUGH] == 19
    assert kinds[MunicipalityKind.UNINCORPORATED] == 2
    assert session.scalar(select(func.count(State.code))) == 16


def test_totals_of_inhabitants_agree(empty):
    actions.import_reference()
    of = select(func.sum(Municipality.population))
    districts = MunicipalityKind.DISTRICT

    assert session.scalar(of.where(Municipality.kind != districts)) == 83_577_140
    assert session.scalar(select(func.sum(State.population))) == 83_577_140


def test_units_know_where_they_belong(empty):
    actions.import_reference()

    assert queries.get_municipality(BRUCHSAL).district.display_name == "Landkreis Karlsruhe"
    assert queries.get_municipality(MANNHEIM).district is None
    assert queries.get_municipality("11000001").district_ags == "11000000"
    assert queries.get_municipality("11000001").display_name == "Berlin-Mitte"
    assert queries.get_municipality("08215").size_class is SizeClass.DISTRICT_HUGE
    assert queries.get_municipality(MANNHEIM).size_class is SizeClass.LARGE


def test_a_second_import_changes_nothing(empty):
    actions.import_reference()
    report = actions.import_reference()

    assert report.is_unchanged
    assert "nothing changed" in str(report)
    assert session.scalar(select(func.count(ReferenceImport.id))) == 1


def test_names_found_by_search_follow_an_import(empty):
    actions.import_reference()

    found = queries.search_municipalities("marzahn")

    assert [place.name for place in found] == ["Marzahn-Hellersdorf"]
    assert found[0].hint == "Bezirk, Berlin"


def test_a_renamed_unit_keeps_its_key_and_is_reported(edition):
    report = actions.import_reference(edition(rename={HERNE: "Herne am Kanal"}))

    assert (HERNE, "Herne", "Herne am Kanal") in report.renamed
    assert "Herne -> Herne am Kanal" in str(report)
    assert queries.search_municipalities("herne am kan")[0].ags == HERNE


def test_a_missing_unit_is_dissolved_and_stays(edition):
    report = actions.import_reference(edition(leave_out=(HERNE,)))

    assert report.dissolved == [(HERNE, "Herne")]
    assert "successor unknown" in str(report)
    assert session.get(Municipality, HERNE).dissolved_at is not None
    assert queries.search_municipalities("Herne") == []
    assert queries.existing(HERNE) is None


def test_a_unit_that_comes_back_lives_again(edition):
    actions.import_reference(edition(leave_out=(HERNE,)))
    report = actions.import_reference(edition())

    assert report.revived == [HERNE]
    assert queries.existing(HERNE).display_name == "Herne"


def test_a_merged_unit_takes_profile_people_and_roles_along(edition):
    make_profile(HERNE, focus=("bewegung",), blocks={"netzwerke": "geplant"})
    editor = factories.make_profile_editor(HERNE)
    example = factories.make_example(municipality=HERNE)

    report = actions.import_reference(edition(leave_out=(HERNE,), mergers={HERNE: MUENSTER}))
    session.commit()
    session.expire_all()

    assert report.merged == [(HERNE, MUENSTER)]
    assert session.get(Municipality, HERNE).successor_ags == MUENSTER
    assert session.get(MunicipalityProfile, HERNE) is None
    profile = session.get(MunicipalityProfile, MUENSTER)
    assert profile.motto == "Gesund groß werden"
    assert [term.key for term in profile.terms] == ["bewegung"]
    assert [block.block_key for block in profile.blocks] == ["netzwerke"]
    assert session.get(Account, editor.id).municipality_ags == MUENSTER
    role = session.scalar(
        select(RoleAssignment).where(RoleAssignment.role == Role.PROFILE_EDITOR)
    )
    assert (role.municipality_ags, role.scope_key) == (MUENSTER, MUENSTER)
    assert [place.ags for place in example.municipalities] == [MUENSTER]
    assert report.moved["municipality_profiles"] == 1
    assert "merged 05916000 -> 05515000" in str(report)


def test_a_merger_overwrites_no_profile_of_the_successor(edition):
    make_profile(HERNE, motto="Herne")
    make_profile(MUENSTER, motto="Münster")

    actions.import_reference(edition(leave_out=(HERNE,), mergers={HERNE: MUENSTER}))

    assert session.get(MunicipalityProfile, MUENSTER).motto == "Münster"
    assert session.get(MunicipalityProfile, HERNE).motto == "Herne"


def test_a_merger_named_later_is_followed_later(edition):
    actions.import_reference(edition(leave_out=(HERNE,)))
    report = actions.import_reference(edition(leave_out=(HERNE,), mergers={HERNE: MUENSTER}))

    assert report.merged == [(HERNE, MUENSTER)]
    again = actions.import_reference(edition(leave_out=(HERNE,), mergers={HERNE: MUENSTER}))
    assert again.is_unchanged


def test_a_merger_into_nowhere_is_refused(edition):
    with pytest.raises(CommandFailed, match="there is no 99999999"):
        actions.import_reference(edition(leave_out=(HERNE,), mergers={HERNE: "99999999"}))


def test_a_wrong_file_dissolves_nothing(edition):
    everything = [MANNHEIM, BRUCHSAL, MUENSTER, HERNE, "05111000"]
    with pytest.raises(CommandFailed, match="nothing was imported"):
        actions.import_reference(edition(leave_out=everything))


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(CommandFailed, match="holds no states.csv"):
        actions.import_reference(tmp_path)


def test_new_units_are_added(edition):
    new = {
        "ags": "08215999",
        "name": "Neudorf",
        "kind": "gemeinde",
        "state": "Baden-Württemberg",
        "district_ags": "08215",
        "population": "900",
    }
    report = actions.import_reference(edition(add=(new,)))

    assert report.added == ["08215999"]
    assert queries.search_municipalities("neudorf")[0].district_name == "Landkreis Karlsruhe"


def test_the_command_line_reports_the_import(app, edition):
    folder = edition(rename={HERNE: "Herne am Kanal"})
    result = app.test_cli_runner().invoke(cli, ["import", str(folder)])

    assert result.exit_code == 0, result.output
    assert "renamed 05916000: Herne -> Herne am Kanal" in result.output


def test_every_table_that_points_at_a_municipality_can_follow():
    tables = {model.__tablename__ for model, _ in pointing_at("municipalities")}

    assert {"accounts", "role_assignments", "municipality_profiles", "tools"} <= tables
    assert BuildingBlock.__tablename__ not in tables
    assert ProfileTerm.__tablename__ not in tables
