"""Areas, points and distances from Python."""

import json
import math

import pytest

import govcore as gov

SQUARE = "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))"
EAST = "POLYGON ((4 0, 8 0, 8 4, 4 4, 4 0))"


def test_points_in_areas_with_a_hole_and_on_a_border():
    layer = gov.geo.Layer.of_table({"wkt": [SQUARE, None, EAST]}, "wkt")
    points = {"x": [0.5, 1.5, 4.0, 6.0, 9.0, None], "y": [0.5, 1.5, 2.0, 2.0, 2.0, 1.0]}
    assert layer.assign(points)["area"].to_list() == [0, None, 0, 2, None, None]
    assert layer.assign(points, threads=2)["area"].to_list() == [0, None, 0, 2, None, None]
    assert [layer.side(0, x, 1.5) for x in (0.5, 1.0, 1.5)] == ["inside", "boundary", "outside"]
    assert layer.bounds(2) == (4.0, 0.0, 8.0, 4.0) and len(layer) == 3
    assert gov.geo.Layer.of_table({"wkt": [layer.wkt(0)]}, "wkt").wkt(0) == layer.wkt(0)
    with pytest.raises(gov.GovValueError):
        layer.bounds(1)


def test_geojson_with_its_properties(tmp_path):
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    text = json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"code": "310104003", "n": 3},
         "geometry": {"type": "Polygon", "coordinates": [ring]}}]})
    path = tmp_path / "grids.geojson"
    path.write_text(text, encoding="utf-8")
    layer, properties = gov.geo.Layer.read_geojson(path)
    assert len(layer) == 1 and properties["code"].to_list() == ["310104003"] and properties["n"].to_list() == [3]
    assert gov.geo.Layer.parse_geojson(text).bounds(0) == (0.0, 0.0, 1.0, 1.0)
    with pytest.raises(gov.GovValueError) as caught:
        gov.geo.Layer.parse_geojson('{"type": "Polygon",\n "coordinates": [[[0, 0], [1, 0]]]}', name="x.geojson")
    assert caught.value.file == "x.geojson" and caught.value.line == 2


def test_a_faulty_shape_is_named_by_its_row():
    with pytest.raises(gov.GovValueError) as caught:
        gov.geo.Layer.of_table({"wkt": [SQUARE, "POLYGON ((0 0, 1 1"]}, "wkt")
    assert caught.value.row == 1


def test_distances():
    assert gov.geo.great_circle(0, 0, 1, 0) == pytest.approx(6371008.8 * math.pi / 180, rel=1e-12)
    # A degree of the equator on the ellipsoid: its semi-major axis 6 378 137 m times one degree.
    assert gov.geo.geodesic(0, 0, 1, 0) == pytest.approx(6378137 * math.pi / 180, abs=1e-3)
    with pytest.raises(gov.GovValueError):
        gov.geo.great_circle(0, 91, 0, 0)


def test_gcj02_and_back():
    x, y = gov.geo.convert([121.437], [31.188], source="wgs84", target="gcj02")
    assert 100 < gov.geo.great_circle(121.437, 31.188, x[0], y[0]) < 1000
    back = gov.geo.convert(x, y, source="gcj02", target="wgs84")
    assert (back[0][0], back[1][0]) == pytest.approx((121.437, 31.188), abs=1e-9)


def test_an_overlap_a_gap_and_neighbours():
    shapes = ["POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", "POLYGON ((1.5 0, 4 0, 4 2, 1.5 2, 1.5 0))"]
    faults = gov.geo.Layer.of_table({"wkt": shapes}, "wkt").audit(planar=True)
    assert faults["fault"].to_list() == ["overlap"]
    assert faults["square_metres"][0] == pytest.approx(1.0)
    apart = gov.geo.Layer.of_table({"wkt": [shapes[0], "POLYGON ((2 0, 4 0, 4 2, 2 2, 2 0))"]}, "wkt")
    assert len(apart.audit(planar=True)) == 0
    assert apart.neighbours(planar=True).to_dict() == {"area": [0, 1], "neighbour": [1, 0],
                                                       "border_metres": [pytest.approx(2.0)] * 2}
