"""The geo room against exact fractions, shapely (GEOS) and pyproj (GeographicLib)."""

import ctypes
import math
import random

import geo_exact
import numpy
import pyproj
import shapely
from library import Table, call, library, make_table

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


def wkt_of(polygon):
    """With every digit, whatever shapely's writer thinks of the polygon's precision."""
    return wkt([list(ring.coords) for ring in (polygon.exterior, *polygon.interiors)])


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
    layer = Layer([wkt_of(p) for p in polygons])
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


def cover_report(name, texts):
    class Options(ctypes.Structure):
        _fields_ = [("struct_size", ctypes.c_uint32), ("planar", ctypes.c_int), ("sliver", ctypes.c_double),
                    ("run", ctypes.c_void_p)]

    layer = Layer(texts)
    out = ctypes.c_void_p()
    options = Options(ctypes.sizeof(Options), 1, 0.0, None)
    call(name, layer.handle, ctypes.byref(options), ctypes.byref(out))
    return Table(out)


def spoiled_cover(rng, count):
    """A cover with some areas left out and some made larger."""
    polygons = [p for p in voronoi(rng, count) if rng.random() < 0.9]
    return [p.buffer(rng.uniform(0, 0.05), quad_segs=2) if rng.random() < 0.2 else p for p in polygons]


def test_faults_of_a_cover_are_those_of_shapely():
    rng = random.Random(6)
    for _ in range(40):
        polygons = spoiled_cover(rng, rng.randrange(3, 60))
        report = cover_report("gov_layer_audit", [wkt_of(p) for p in polygons])
        faults = [(fault, shapely.from_wkt(wkt), areas) for fault, wkt, areas in
                  zip(report.texts("fault"), report.texts("wkt"), report.texts("areas"))]
        union = shapely.union_all(polygons)
        gaps = shapely.union_all([shapely.Polygon(ring) for part in shapely.get_parts(union)
                                  for ring in part.interiors])
        found = shapely.union_all([shape for fault, shape, _ in faults if fault == "gap"])
        assert shapely.symmetric_difference(gaps.difference(union), found).area < 1e-9
        twice = shapely.union_all([a.intersection(b) for i, a in enumerate(polygons) for b in polygons[:i]])
        found = [shape for fault, shape, _ in faults if fault == "overlap"]
        assert shapely.symmetric_difference(twice, shapely.union_all(found)).area < 1e-9
        assert abs(twice.area - sum(shape.area for shape in found)) < 1e-9  # no ground is named twice
        for fault, shape, areas in faults:
            if fault == "overlap" and shape.area > 1e-8:
                inside = shape.representative_point()
                assert [int(a) for a in areas.split()] == [i for i, p in enumerate(polygons) if p.covers(inside)]
        assert "self_intersection" not in report.texts("fault")


def test_neighbours_of_a_cover_are_those_of_shapely():
    rng = random.Random(7)
    for _ in range(10):
        polygons = [shapely.set_precision(p, 2.0 ** -20) for p in voronoi(rng, 60)]
        report = cover_report("gov_layer_neighbours", [wkt_of(p) for p in polygons])
        pairs = list(zip(report.int64s("area"), report.int64s("neighbour")))
        expected = [(i, j) for i, a in enumerate(polygons) for j, b in enumerate(polygons)
                    if i != j and a.distance(b) < 1e-9]
        assert pairs == expected
