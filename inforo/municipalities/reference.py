"""The files of the official statistics as rows for our tables.

A folder holds `states.csv`, `districts.csv` and `municipalities.csv`, each also as `.gz`, and
may hold `mergers.csv` (old_ags,new_ags). Our own edition lies in `inforo/data/`.
"""

import csv
import gzip
from pathlib import Path
from typing import Any

from inforo.errors import CommandFailed
from inforo.municipalities.models import MunicipalityKind, size_class_of
from inforo.municipalities.names import name_key

FOLDER = Path(__file__).resolve().parent.parent / "data" / "reference"
CITY_STATES = frozenset({"02000000", "11000000"})
Row = dict[str, Any]


def read(folder: Path, name: str) -> str | None:
    """Return the text of a file or of its compressed copy, None if there is neither."""
    plain, packed = folder / name, folder / f"{name}.gz"
    if plain.is_file():
        return plain.read_text(encoding="utf-8-sig")
    return gzip.decompress(packed.read_bytes()).decode() if packed.is_file() else None


def rows(folder: Path, name: str, required: bool = True) -> list[dict[str, str]]:
    text = read(folder, name)
    if text is None and required:
        raise CommandFailed(f"{folder} holds no {name}.")
    return list(csv.DictReader((text or "").splitlines()))


def state_rows(folder: Path = FOLDER) -> list[Row]:
    """Return the Länder, as columns of `State`."""
    return [
        {
            "code": row["code"],
            "ags": row["ags"],
            "name": row["name"],
            "seat": row["seat"],
            "population": int(row["population"]),
            "area_km2": float(row["area_km2"]),
            "latitude": float(row["latitude"]),
            "longitude": float(row["longitude"]),
        }
        for row in rows(folder, "states.csv")
    ]


def municipality_rows(folder: Path = FOLDER) -> list[Row]:
    """Return all units as columns of `Municipality`, what others point at first."""
    codes = {row["name"]: row["code"] for row in rows(folder, "states.csv")}
    districts = [
        unit_row(row, codes, MunicipalityKind.DISTRICT, row["display_name"])
        for row in rows(folder, "districts.csv")
        if row["kind"] == MunicipalityKind.DISTRICT
    ]
    cities = {row["ags"] for row in rows(folder, "municipalities.csv")}
    known = {row["ags"] for row in districts} | cities
    units = [
        unit_row(row, codes, kind_of(row), display_name_of(row)) | {"district_ags": above}
        for row in rows(folder, "municipalities.csv")
        for above in [district_of(row, known)]
    ]
    boroughs = [row for row in units if row["kind"] is MunicipalityKind.BOROUGH]
    return [
        *districts,
        *(row for row in units if row["kind"] is not MunicipalityKind.BOROUGH),
        *boroughs,
    ]


def kind_of(row: dict[str, str]) -> MunicipalityKind:
    is_state = row["ags"] in CITY_STATES
    return MunicipalityKind.CITY_STATE if is_state else MunicipalityKind(row["kind"])


def display_name_of(row: dict[str, str]) -> str:
    """Return the name; Bezirke of one word get their city in front (Berlin-Mitte)."""
    if row["kind"] == MunicipalityKind.BOROUGH and "-" not in row["name"]:
        return f"{row['state']}-{row['name']}"
    return row["name"]


def district_of(row: dict[str, str], known: set[str]) -> str | None:
    """Return the key of the Kreis, of a Bezirk its city, of a kreisfreie Stadt None."""
    is_borough = row["kind"] == MunicipalityKind.BOROUGH
    above = row["district_ags"] + ("000" if is_borough else "")
    return above if above in known else None


def unit_row(
    row: dict[str, str], codes: dict[str, str], kind: MunicipalityKind, display_name: str
) -> Row:
    population = int(row["population"]) if row["population"] else None
    return {
        "ags": row["ags"],
        "name": row["name"],
        "display_name": display_name,
        "name_key": name_key(row["name"]),
        "kind": kind,
        "size_class": size_class_of(kind, population),
        "state_code": codes[row["state"]],
        "district_ags": None,
        "population": population,
        "area_km2": float(row["area_km2"]) if row["area_km2"] else None,
        "postal_code": row.get("postal_code", ""),
        "latitude": float(row["latitude"]) if row["latitude"] else None,
        "longitude": float(row["longitude"]) if row["longitude"] else None,
    }


def mergers(folder: Path = FOLDER) -> dict[str, str]:
    """Return the successor of each merged unit the folder names."""
    return {
        row["old_ags"].strip(): row["new_ags"].strip()
        for row in rows(folder, "mergers.csv", required=False)
    }
