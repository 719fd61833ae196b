"""The geo room against exact fractions, shapely (GEOS) and pyproj (GeographicLib)."""

import ctypes
import math
import random

import geo_exact
import numpy
import pyproj
import shapely
from library import call, library, make_table

c_double_p = ctypes.POINTER(ctypes.c_double)
library.gov_layer_free.restype = None


class Layer:
    """Owns a gov_layer made of WKT."""

    def __init__(self, texts):
        table = make_table({"shape": texts})
        self.handle = ctypes.c_void_p()
        call("gov_layer_of_table", table.handle, ctypes.c_int64(0), ctypes.byref(self.handle))

    def __del__(self):
        library.gov_layer_free(self.handle)

    def side(self, area, x, y):
        out = ctypes.c_int()
        call("gov_layer_side", self.handle, ctypes.c_int64(area), ctypes.c_double(x), ctypes.c_double(y),
             ctypes.byref(out))
        return out.value

    def assign(self, x, y):
        area = numpy.empty(len(x), dtype=numpy.int64)
        call("gov_layer_assign", self.handle, x.ctypes.data_as(c_double_p), y.ctypes.data_as(c_double_p), None,
             ctypes.c_int64(len(x)), None, area.ctypes.data_as(ctypes.POINTER(ctypes.c_int64)))
        return area


def distance(name, *place):
    out = ctypes.c_double()
    call(name, *(ctypes.c_double(p) for p in place), ctypes.byref(out))
    return out.value


def wkt(rings):
    return "POLYGON (%s)" % ", ".join("(%s)" % ", ".join("%r %r" % p for p in ring) for ring in rings)


def ragged(rng, scale, corners):
    """A closed ring that may cross itself: the even-odd rule needs no more."""
    ring = [(rng.randrange(-6, 7) * scale + 0.1, rng.randrange(-6, 7) * scale + 0.3) for _ in range(corners)]
    return ring + ring[:1]


def test_sides_are_those_of_exact_fractions():
    rng = random.Random(1)
    seen = [0, 0, 0]
    for _ in range(300):
        scale = rng.choice([1.0, 0.1, 1 / 3, 2.0 ** -40])
        rings = [ragged(rng, scale, rng.randrange(3, 12)) for _ in range(rng.randrange(1, 4))]
        layer = Layer([wkt(rings)])
        for _ in range(60):
            ring = rng.choice(rings)
            a, b = rng.choice(list(zip(ring, ring[1:])))
            t = rng.choice([0.0, 0.5, rng.random(), 1.0])  # on an edge, as far as doubles allow
            point = (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
            if rng.random() < 0.3 and point[0] != 0.0:  # the least doubles are outside the promise
                point = (math.nextafter(point[0], math.inf), point[1])
            expected = geo_exact.side(rings, point)
            assert layer.side(0, *point) == expected
            seen[expected] += 1
    assert min(seen) > 500


def voronoi(rng, count):
    """Polygons that cover a square without gaps or overlaps, in a random order."""
    seeds = shapely.MultiPoint([(121 + rng.random(), 31 + rng.random()) for _ in range(count)])
    square = shapely.box(121, 31, 122, 32)
    return [shapely.intersection(cell, square) for cell in shapely.voronoi_polygons(seeds, extend_to=square).geoms]


def first_by_shapely(polygons, x, y):
    tree = shapely.STRtree(polygons)
    points, areas = tree.query(shapely.points(x, y), predicate="intersects")
    first = numpy.full(len(x), -1, dtype=numpy.int64)
    order = numpy.lexsort((-areas, points))  # the least area is written last
    first[points[order]] = areas[order]
    return first


def test_assignment_is_that_of_shapely():
    rng = random.Random(2)
    numbers = numpy.random.default_rng(2)
    polygons = voronoi(rng, 400)
    layer = Layer([shapely.to_wkt(p, rounding_precision=-1) for p in polygons])
    x = 120.9 + 1.2 * numbers.random(200_000)
    y = 30.9 + 1.2 * numbers.random(200_000)
    corners = numpy.concatenate([shapely.get_coordinates(p) for p in polygons])
    x = numpy.concatenate([x, corners[:, 0]])
    y = numpy.concatenate([y, corners[:, 1]])
    assert (layer.assign(x, y) == first_by_shapely(polygons, x, y)).all()


def test_great_circles_are_geodesics_of_a_sphere():
    rng = random.Random(3)
    sphere = pyproj.Geod(a=6371008.8, b=6371008.8)
    for _ in range(20_000):
        lon1, lat1 = rng.uniform(-180, 180), rng.uniform(-90, 90)
        near = rng.random() < 0.5
        lon2 = lon1 + rng.uniform(-1e-3, 1e-3) if near else rng.uniform(-180, 180)
        lat2 = max(-90.0, min(90.0, lat1 + rng.uniform(-1e-3, 1e-3))) if near else rng.uniform(-90, 90)
        expected = sphere.inv(lon1, lat1, lon2, lat2)[2]
        assert abs(distance("gov_geo_great_circle", lon1, lat1, lon2, lat2) - expected) < 1e-8


def test_geodesics_are_those_of_geographiclib():
    rng = random.Random(4)
    ellipsoid = pyproj.Geod(ellps="GRS80")
    for _ in range(20_000):
        lon1, lat1 = rng.uniform(73, 136), rng.uniform(3, 54)
        lon2, lat2 = rng.uniform(73, 136), rng.uniform(3, 54)
        expected = ellipsoid.inv(lon1, lat1, lon2, lat2)[2]
        assert abs(distance("gov_geo_geodesic", lon1, lat1, lon2, lat2) - expected) < 1e-4
