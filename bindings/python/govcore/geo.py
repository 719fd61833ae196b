"""Where things lie: areas with holes, which area a point is in, distances, coordinate systems."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable
from typing import Literal

from . import _govcore as c
from ._run import Progress, run
from ._table import Table

__all__ = ["Layer", "convert", "geodesic", "great_circle"]

Datum = Literal["cgcs2000", "wgs84", "gcj02"]
_DATUMS: dict[str, int] = {"cgcs2000": c.GOV_DATUM_CGCS2000, "wgs84": c.GOV_DATUM_WGS84, "gcj02": c.GOV_DATUM_GCJ02}
_SIDES = {c.GOV_SIDE_OUTSIDE: "outside", c.GOV_SIDE_BOUNDARY: "boundary", c.GOV_SIDE_INSIDE: "inside"}


class Layer:
    """Areas 0, 1, 2 …: each a polygon or several, with holes, or empty. Immutable; threads may share it."""

    __slots__ = ("_native",)

    def __init__(self, native: c.NativeLayer) -> None:
        self._native = native

    @classmethod
    def of_table(cls, table: object, column: str) -> Layer:
        """Area i is row i of a text column, as WKT or as a GeoJSON geometry; missing is an empty area."""
        native = Table(table)._native
        return cls(c.layer_of_table(native, c.table_find(native, column)))

    @classmethod
    def read_geojson(cls, path: str | os.PathLike[str]) -> tuple[Layer, Table]:
        """The areas of a FeatureCollection, and their properties, one row each."""
        name = os.fspath(path)
        return cls(c.layer_read_geojson(name)), Table._of(c.layer_read_properties(name))

    @classmethod
    def parse_geojson(cls, text: str, *, name: str | None = None) -> Layer:
        return cls(c.layer_parse_geojson(text.encode(), name))

    def __len__(self) -> int:
        return int(c.layer_count(self._native))

    def bounds(self, area: int) -> tuple[float, float, float, float]:
        """Least x, least y, most x, most y."""
        box = array("d", bytes(32))
        c.layer_bounds(self._native, area, box)
        return box[0], box[1], box[2], box[3]

    def wkt(self, area: int) -> str:
        return c.layer_wkt(self._native, area)

    def side(self, area: int, x: float, y: float) -> str:
        """inside, boundary or outside, decided exactly for the numbers given."""
        return _SIDES[c.layer_side(self._native, area, x, y)]

    def assign(self, points: object, x: str = "x", y: str = "y", *, threads: int = 1,
               progress: Progress | None = None) -> Table:
        """For each row of a table of points the first area that it belongs to; missing where there is none."""
        native = Table(points)._native
        return Table._of(run(lambda native_run: c.layer_assign_table(self._native, native, x, y, threads, native_run),
                             progress))

    def audit(self, *, planar: bool = False, sliver: float = 0.0, progress: Progress | None = None) -> Table:
        """Every fault of the layer as a cover of its ground: self-intersections, overlaps, gaps, each with its shape."""
        return Table._of(run(lambda native_run: c.layer_audit(self._native, planar, sliver, native_run), progress))

    def neighbours(self, *, planar: bool = False, progress: Progress | None = None) -> Table:
        """Which areas touch: area, neighbour, border_metres (0: only in a point), both directions."""
        return Table._of(run(lambda native_run: c.layer_neighbours(self._native, planar, native_run), progress))


def great_circle(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Metres on the sphere of the mean earth radius."""
    return float(c.geo_great_circle(lon1, lat1, lon2, lat2))


def geodesic(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Metres on the ellipsoid of CGCS2000."""
    return float(c.geo_geodesic(lon1, lat1, lon2, lat2))


def convert(lon: Iterable[float], lat: Iterable[float], *, source: Datum, target: Datum) -> tuple[array[float],
                                                                                               array[float]]:
    """Points in another coordinate system. GCJ-02's formula is not published: that of the open implementations."""
    xs, ys = array("d", lon), array("d", lat)
    c.geo_convert(_DATUMS[source], _DATUMS[target], xs, ys)
    return xs, ys
