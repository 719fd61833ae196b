"""Cameras within 300 m of a point: gov_store_near, and scipy's k-d tree over the same places, the same answers.

The tree holds points of the unit sphere, on which a chord is shorter exactly where the great circle is; it has no
history, no scope and no file, and answers with numbers and not with records. Reading the cameras and building the tree
is part of its time once; ours asks the file each time. CAMERAS and LOOKUPS may be given: bench/near.py 29000 2000.
"""

import os
import sys
import tempfile
import time

import govcore as gov
import numpy
from scipy.spatial import cKDTree

RADIUS = 300.0
EARTH = 6_371_008.8


def on_sphere(lon, lat):
    lon, lat = numpy.radians(lon), numpy.radians(lat)
    return numpy.stack([numpy.cos(lat) * numpy.cos(lon), numpy.cos(lat) * numpy.sin(lon), numpy.sin(lat)], axis=1)


def main():
    cameras = int(sys.argv[1]) if len(sys.argv) > 1 else 29_000
    lookups = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    numbers = numpy.random.default_rng(3)
    lon, lat = 121.38 + 0.12 * numbers.random(cameras), 31.1 + 0.13 * numbers.random(cameras)
    at_lon, at_lat = 121.38 + 0.12 * numbers.random(lookups), 31.1 + 0.13 * numbers.random(lookups)
    with tempfile.TemporaryDirectory() as folder:
        with gov.Store.open(os.path.join(folder, "s.gov"), actor="bench", create=True) as store:
            store.import_table("grid", {"code": ["310104"], "name": ["徐汇区"], "level": ["district"]})
            store.import_table("thing", {"id": ["C%05d" % i for i in range(cameras)], "grid": ["310104"] * cameras,
                                         "type": ["camera"] * cameras, "lon": lon, "lat": lat})
            start = time.perf_counter()
            ours = [len(store.near("thing", x, y, radius=RADIUS)) for x, y in zip(at_lon.tolist(), at_lat.tolist())]
            seconds = time.perf_counter() - start
    start = time.perf_counter()
    tree = cKDTree(on_sphere(lon, lat))
    chord = 2 * numpy.sin(RADIUS / EARTH / 2)
    theirs = [len(found) for found in tree.query_ball_point(on_sphere(at_lon, at_lat), chord)]
    peer = time.perf_counter() - start
    assert ours == theirs, "the answers differ"
    print("near         %d cameras, %d lookups at %.0f m, %d found: ours %.3f s (%.0f us a lookup), scipy's k-d tree in"
          " memory %.3f s (%.0f us), ratio %.1f" % (cameras, lookups, RADIUS, sum(ours), seconds, 1e6 * seconds / lookups,
                                                    peer, 1e6 * peer / lookups, seconds / peer))


main()
