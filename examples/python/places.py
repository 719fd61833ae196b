"""Puts what has coordinates into grids: boundaries from GeoJSON, cameras by their place, and what a boundary leaves out.

    python places.py [grids.geojson LEVEL]
"""

import json
import pathlib
import sys
import tempfile

import govcore as gov


def square(code: str, west: float, east: float) -> dict:
    corners = [[west, 31.19], [east, 31.19], [east, 31.21], [west, 31.21], [west, 31.19]]
    return {"type": "Feature", "properties": {"code": code, "name": code, "level": "street"},
            "geometry": {"type": "Polygon", "coordinates": [corners]}}


def invented(folder: pathlib.Path) -> pathlib.Path:
    """Two streets with a strip between them that belongs to none, and a frame that closes the strip."""
    frame = square("310104007", 121.42, 121.46)
    frame["geometry"]["coordinates"] = [[[121.42, 31.18], [121.46, 31.18], [121.46, 31.22], [121.42, 31.22], [121.42, 31.18]],
                                        [[121.43, 31.19], [121.45, 31.19], [121.45, 31.21], [121.43, 31.21], [121.43, 31.19]]]
    features = [square("310104003", 121.43, 121.439), square("310104004", 121.44, 121.45), frame]
    path = folder / "grids.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, gov.Store.open(pathlib.Path(folder) / "district.gov", actor="example",
                                                                 create=True) as store:
        path, level = sys.argv[1:3] if len(sys.argv) > 2 else (invented(pathlib.Path(folder)), "street")
        print(f"{store.import_table('grid', path).added} grids with boundaries")
        cameras = {"id": ["C1", "C2", "C3"], "lon": [121.435, 121.445, 121.4395], "lat": [31.2, 31.2, 31.2]}
        done = store.import_table("thing", cameras, place=level)
        print(f"{done.placed} cameras are in a grid, {done.unplaced} in none")
        for row in store.count("thing", level=level).rows():
            print(f"  {row['code'] or 'in no grid'}: {row['total']}")
        for row in store.cover(level, points="thing").rows():
            print(f"{row['fault']} {row['record'] or row['grids']}: {row['wkt']}")
        print("touching:", {(row["grid"], row["neighbour"]) for row in store.neighbours(level).rows()})
        print("within 1000 m:", store.near("thing", 121.435, 31.2, radius=1000.0)["id"].to_list())


if __name__ == "__main__":
    main()
