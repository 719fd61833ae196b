"""Points to areas: gov_layer_assign and shapely's STRtree, one core each, the same points and the same answers.

The areas are Voronoi cells of a square, cut into short edges; POINTS and AREAS may be given: bench/geo.py 10000000 5000.
"""

import pathlib
import random
import sys
import time

import numpy
import shapely

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/oracle"))
from test_geo import Layer, first_by_shapely, voronoi, wkt_of  # noqa: E402


def timed(call, *arguments):
    start = time.perf_counter()
    result = call(*arguments)
    return time.perf_counter() - start, result


def main():
    points = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    areas = int(sys.argv[2]) if len(sys.argv) > 2 else 5_000
    polygons = [shapely.segmentize(p, 0.002) for p in voronoi(random.Random(5), areas)]
    texts = [wkt_of(p) for p in polygons]
    numbers = numpy.random.default_rng(5)
    x = 121 + numbers.random(points)
    y = 31 + numbers.random(points)
    built, layer = timed(Layer, texts)
    ours, first = timed(layer.assign, x, y)
    theirs, expected = timed(first_by_shapely, polygons, x, y)
    assert (first == expected).all()
    corners = int(shapely.get_num_coordinates(polygons).sum())
    print("%d points, %d areas of %d corners, same answers" % (points, areas, corners))
    print("ours:    read and index %.2f s, assign %.3f s (%.1f M/s)" % (built, ours, points / ours / 1e6))
    print("shapely: %s with GEOS %s, index and assign %.2f s (%.2f M/s)"
          % (shapely.__version__, shapely.geos_version_string, theirs, points / theirs / 1e6))
    print("ratio:   %.1f for assigning, %.1f with reading and indexing" % (theirs / ours, theirs / (ours + built)))


if __name__ == "__main__":
    main()
