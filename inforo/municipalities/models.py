"""Länder and municipalities as the official statistics name them.

`State` has its two-letter code as key, `Municipality` its AGS: 8 digits for Gemeinden,
kreisfreie Städte and Bezirke, 5 digits for Kreise. A merged unit stays as a row with
`dissolved_at`, so that what hangs on it finds its successor.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.db import Base, created_now, intpk
from inforo.i18n import _l


class MunicipalityKind(StrEnum):
    """Kinds of municipalities, as PRODUCT lists them."""

    INDEPENDENT_CITY = "kreisfreie_stadt"
    TOWN = "stadt"
    MARKET = "markt"
    VILLAGE = "gemeinde"
    DISTRICT = "landkreis"
    CITY_STATE = "stadtstaat"
    BOROUGH = "bezirk"
    UNINCORPORATED = "gemeindefrei"

    @property
    def label(self) -> Any:
        return KIND_LABELS[self]


KIND_LABELS = {
    MunicipalityKind.INDEPENDENT_CITY: _l("kreisfreie Stadt"),
    MunicipalityKind.TOWN: _l("kreisangehörige Stadt"),
    MunicipalityKind.MARKET: _l("Markt"),
    MunicipalityKind.VILLAGE: _l("Gemeinde"),
    MunicipalityKind.DISTRICT: _l("Landkreis/Kreis"),
    MunicipalityKind.CITY_STATE: _l("Stadtstaat"),
    MunicipalityKind.BOROUGH: _l("Bezirk"),
    MunicipalityKind.UNINCORPORATED: _l("gemeindefreies Gebiet"),
}


class SizeClass(StrEnum):
    """Sizes by inhabitants; Kreise have classes of their own."""

    RURAL = "landgemeinde"
    SMALL = "kleinstadt"
    MEDIUM = "mittelstadt"
    LARGE = "grossstadt"
    METROPOLIS = "metropole"
    DISTRICT_SMALL = "kreis-unter-100"
    DISTRICT_MEDIUM = "kreis-100-200"
    DISTRICT_LARGE = "kreis-200-350"
    DISTRICT_HUGE = "kreis-ueber-350"

    @property
    def label(self) -> Any:
        return SIZE_LABELS[self]


SIZE_LABELS = {
    SizeClass.RURAL: _l("Landgemeinde (unter 5.000)"),
    SizeClass.SMALL: _l("Kleinstadt (5.000 bis 20.000)"),
    SizeClass.MEDIUM: _l("Mittelstadt (20.000 bis 100.000)"),
    SizeClass.LARGE: _l("Großstadt (100.000 bis 500.000)"),
    SizeClass.METROPOLIS: _l("Metropole (über 500.000)"),
    SizeClass.DISTRICT_SMALL: _l("Kreis unter 100.000"),
    SizeClass.DISTRICT_MEDIUM: _l("Kreis 100.000 bis 200.000"),
    SizeClass.DISTRICT_LARGE: _l("Kreis 200.000 bis 350.000"),
    SizeClass.DISTRICT_HUGE: _l("Kreis über 350.000"),
}
TOWN_LIMITS = (
    (5_000, SizeClass.RURAL),
    (20_000, SizeClass.SMALL),
    (100_000, SizeClass.MEDIUM),
    (500_000, SizeClass.LARGE),
)
DISTRICT_LIMITS = (
    (100_000, SizeClass.DISTRICT_SMALL),
    (200_000, SizeClass.DISTRICT_MEDIUM),
    (350_000, SizeClass.DISTRICT_LARGE),
)


def size_class_of(kind: MunicipalityKind, population: int | None) -> SizeClass | None:
    """Return the size class, None where the population is unknown."""
    if population is None:
        return None
    is_district = kind is MunicipalityKind.DISTRICT
    limits = DISTRICT_LIMITS if is_district else TOWN_LIMITS
    largest = SizeClass.DISTRICT_HUGE if is_district else SizeClass.METROPOLIS
    return next((size for limit, size in limits if population < limit), largest)


class State(Base):
    """One of the 16 Länder. Population in persons, area in km²."""

    __tablename__ = "states"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    ags: Mapped[str] = mapped_column(String(2), unique=True)
    name: Mapped[str]
    seat: Mapped[str]
    population: Mapped[int]
    area_km2: Mapped[float]
    latitude: Mapped[float]
    longitude: Mapped[float]


class Municipality(Base):
    """A Gemeinde, Stadt, Kreis or Bezirk. `name_key` is the name folded for search."""

    __tablename__ = "municipalities"
    __table_args__ = (Index("ix_municipalities_state_kind", "state_code", "kind"),)

    ags: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str]
    display_name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    kind: Mapped[MunicipalityKind] = mapped_column(index=True)
    size_class: Mapped[SizeClass | None] = mapped_column(index=True)
    state_code: Mapped[str] = mapped_column(ForeignKey("states.code"), index=True)
    district_ags: Mapped[str | None] = mapped_column(
        ForeignKey("municipalities.ags"), index=True
    )
    population: Mapped[int | None] = mapped_column(index=True)
    area_km2: Mapped[float | None]
    postal_code: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    dissolved_at: Mapped[datetime | None]
    successor_ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))

    state: Mapped[State] = relationship()
    district: Mapped["Municipality | None"] = relationship(
        remote_side=[ags], foreign_keys=[district_ags]
    )

    @property
    def is_district(self) -> bool:
        return self.kind is MunicipalityKind.DISTRICT


class ReferenceImport(Base):
    """One import of the reference data. `token` names the edition the names stand at."""

    __tablename__ = "reference_imports"

    id: Mapped[intpk]
    token: Mapped[str]
    report: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]
