"""The map of the Länder: outlines projected once from the reference data to SVG paths.

Equal areas matter more than angles on a map that is coloured by numbers, so this is Lambert's
azimuthal equal-area projection around the middle of Germany.
"""

import json
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin, sqrt
from typing import Any

from inforo.municipalities import reference

CENTRE = (10.45, 51.1)  # longitude, latitude
WIDTH, MARGIN = 600, 6
SMALLEST_RING = 24  # square units; smaller islands cannot be seen
FINE, COARSE = 1.0, 8.0
# Where the middle of the outline is no place for a label.
LABELS = {"BB": (522, 328), "HB": (170, 204), "NI": (225, 262), "RP": (92, 505)}
Point = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """One Land on the map. `x`, `y`: where its label stands."""

    code: str
    name: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Atlas:
    """The Länder in one drawing of `width` × `height` units."""

    width: int
    height: int
    outlines: tuple[Outline, ...]
    left: float
    top: float
    scale: float

    def place(self, longitude: float, latitude: float) -> Point:
        """Return where a point of the earth lies on the drawing."""
        x, y = project(longitude, latitude)
        return (
            round((x - self.left) * self.scale + MARGIN, 1),
            round((self.top - y) * self.scale + MARGIN, 1),
        )


def project(longitude: float, latitude: float) -> Point:
    """Return x to the east and y to the north of the centre, in earth radii."""
    east, north = radians(longitude - CENTRE[0]), radians(latitude)
    middle = radians(CENTRE[1])
    spread = sqrt(2 / (1 + sin(middle) * sin(north) + cos(middle) * cos(north) * cos(east)))
    x = spread * cos(north) * sin(east)
    y = spread * (cos(middle) * sin(north) - sin(middle) * cos(north) * cos(east))
    return x, y


def rings(geometry: dict[str, Any]) -> list[list[Point]]:
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [[(lon, lat) for lon, lat in ring] for polygon in polygons for ring in polygon]


@cache
def atlas(tolerance: float = FINE) -> Atlas:
    """Return the map; a larger tolerance (in units of the drawing) gives a smaller page."""
    features = json.loads(reference.read(reference.FOLDER, "states.geojson") or "{}")
    shapes = [
        (feature["properties"], rings(feature["geometry"])) for feature in features["features"]
    ]
    points = [project(*point) for _, parts in shapes for ring in parts for point in ring]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    scale = (WIDTH - 2 * MARGIN) / (right - left)
    height = round((top - bottom) * scale) + 2 * MARGIN
    empty = Atlas(WIDTH, height, (), left, top, scale)
    outlines = tuple(
        sorted(
            (outline(empty, facts, parts, tolerance) for facts, parts in shapes),
            key=lambda outline: outline.name,
        )
    )
    return Atlas(WIDTH, height, outlines, left, top, scale)


def outline(
    sheet: Atlas, facts: dict[str, str], parts: list[list[Point]], tolerance: float
) -> Outline:
    drawn = [[sheet.place(*point) for point in ring] for ring in parts]
    largest = max(drawn, key=lambda ring: abs(area(ring)))
    shown = [ring for ring in drawn if ring is largest or abs(area(ring)) >= SMALLEST_RING]
    x, y = LABELS.get(facts["code"]) or middle_of(largest)
    path = "".join(path_of(simplified(ring, tolerance)) for ring in shown)
    return Outline(facts["code"], facts["name"], path, round(x), round(y))


def area(ring: list[Point]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def middle_of(ring: list[Point]) -> Point:
    """Return the centre of gravity of a ring."""
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    weights = [x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs]
    total = 3 * sum(weights)
    x = sum((a[0] + b[0]) * w for (a, b), w in zip(pairs, weights, strict=True)) / total
    y = sum((a[1] + b[1]) * w for (a, b), w in zip(pairs, weights, strict=True)) / total
    return x, y


def simplified(ring: list[Point], tolerance: float) -> list[Point]:
    """Return the ring without points nearer to the last kept one than the tolerance.

    Neighbouring Länder share their points but begin elsewhere, so points are put on a grid
    first: both sides of a border keep the same ones.
    """
    grid = [
        (round(x / tolerance) * tolerance, round(y / tolerance) * tolerance) for x, y in ring
    ]
    kept = [point for point, last in zip(grid, [None, *grid], strict=False) if point != last]
    return kept if len(kept) > 2 else grid


def path_of(ring: list[Point]) -> str:
    """Return the ring as SVG path with relative whole steps, which takes half the bytes."""
    (x, y), *others = [(round(px), round(py)) for px, py in ring]
    steps, last = [], (x, y)
    for point in others:
        steps.append(f"{point[0] - last[0]} {point[1] - last[1]}")
        last = point
    return f"M{x} {y}l{' '.join(steps)}z".replace(" -", "-")
