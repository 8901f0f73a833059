"""Reference data every test finds: the Länder, a few municipalities, terms, programmes.

Land A is Baden-Württemberg (BW), Land B is Nordrhein-Westfalen (NW).
"""

import json
from pathlib import Path

from sqlalchemy import Connection, insert

from inforo.clock import now
from inforo.db import folded
from inforo.municipalities.models import Municipality, MunicipalityKind, State, size_class_of
from inforo.vocabularies.models import Programme, SynonymRing, Term

DATA = Path(__file__).parent.parent / "inforo" / "data"
STATES = """SH 01 Schleswig-Holstein|HH 02 Hamburg|NI 03 Niedersachsen|HB 04 Bremen
NW 05 Nordrhein-Westfalen|HE 06 Hessen|RP 07 Rheinland-Pfalz|BW 08 Baden-Württemberg
BY 09 Bayern|SL 10 Saarland|BE 11 Berlin|BB 12 Brandenburg|MV 13 Mecklenburg-Vorpommern
SN 14 Sachsen|ST 15 Sachsen-Anhalt|TH 16 Thüringen"""
MANNHEIM, KARLSRUHE_KREIS, BRUCHSAL = "08222000", "08215", "08215009"
MUENSTER, DUESSELDORF, HERNE, KREUZBERG = "05515000", "05111000", "05916000", "11000002"
MUNICIPALITIES = [
    (MANNHEIM, "Mannheim", "kreisfreie_stadt", "BW", 318035),
    (KARLSRUHE_KREIS, "Landkreis Karlsruhe", "landkreis", "BW", 453730),
    (BRUCHSAL, "Bruchsal", "stadt", "BW", 46500),
    (MUENSTER, "Münster", "kreisfreie_stadt", "NW", 322904),
    (DUESSELDORF, "Düsseldorf", "kreisfreie_stadt", "NW", 631217),
    (HERNE, "Herne", "kreisfreie_stadt", "NW", 157896),
    (KREUZBERG, "Friedrichshain-Kreuzberg", "bezirk", "BE", None),
]


def insert_states(connection: Connection) -> None:
    rows = [line.split(" ", 2) for line in STATES.replace("\n", "|").split("|")]
    connection.execute(
        insert(State),
        [
            {
                "code": code,
                "ags": ags,
                "name": name,
                "seat": name,
                "population": 1_000_000,
                "area_km2": 1000.0,
                "latitude": 50.0,
                "longitude": 10.0,
            }
            for code, ags, name in rows
        ],
    )


def insert_municipalities(connection: Connection) -> None:
    connection.execute(
        insert(Municipality),
        [
            {
                "ags": ags,
                "name": name.removeprefix("Landkreis "),
                "display_name": name,
                "name_key": folded(name),
                "kind": MunicipalityKind(kind),
                "size_class": size_class_of(MunicipalityKind(kind), population),
                "state_code": state,
                "district_ags": KARLSRUHE_KREIS if ags == BRUCHSAL else None,
                "population": population,
                "area_km2": 100.0,
                "postal_code": "",
                "latitude": 50.0,
                "longitude": 10.0,
            }
            for ags, name, kind, state, population in MUNICIPALITIES
        ],
    )


def insert_vocabularies(connection: Connection) -> None:
    programmes = json.loads((DATA / "programmes.json").read_text())
    connection.execute(
        insert(Programme),
        [
            {"key": row["key"], "label_de": row["label"], "label_en": row["label_en"]}
            for row in programmes
        ],
    )
    vocabularies = json.loads((DATA / "vocabularies.json").read_text())
    connection.execute(
        insert(Term),
        [
            {
                "vocabulary": name,
                "key": term["key"],
                "label_de": term["label"],
                "label_en": term["label_en"],
                "aliases": term["aliases"],
                "position": position,
                "created_at": now(),
            }
            for name, vocabulary in vocabularies.items()
            for position, term in enumerate(vocabulary["terms"])
        ],
    )


def insert_synonyms(connection: Connection) -> None:
    rings = json.loads((DATA / "synonyms.json").read_text())
    times = {"created_at": now(), "changed_at": now()}
    rows = [{"words": words, "seed": words[0], **times} for words in rings]
    connection.execute(insert(SynonymRing), rows)


def insert_rows(connection: Connection) -> None:
    insert_states(connection)
    insert_municipalities(connection)
    insert_vocabularies(connection)
    insert_synonyms(connection)
