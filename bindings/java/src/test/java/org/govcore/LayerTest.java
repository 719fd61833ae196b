package org.govcore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LayerTest {
    @Test
    void pointsInAreasWithAHoleAndOnABorder() {
        String square = "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))";
        String east = "POLYGON ((4 0, 8 0, 8 4, 4 4, 4 0))";
        Layer layer;
        try (Table.Builder builder = Table.builder(); Table shapes = builder.add("wkt", square, null, east).build()) {
            layer = Layer.ofTable(shapes, "wkt");
        }
        double[] x = {0.5, 1.5, 4, 6, 9};
        double[] y = {0.5, 1.5, 2, 2, 2};
        assertArrayEquals(new long[] {0, -1, 0, 2, -1}, layer.assign(x, y, 1, null));
        assertEquals(Layer.Side.BOUNDARY, layer.side(0, 1, 1.5));
        assertArrayEquals(new double[] {4, 0, 8, 4}, layer.bounds(2));
        assertEquals(3, layer.count());
        try (Table.Builder builder = Table.builder(); Table points = builder.add("x", x).add("y", y).build();
                Table areas = layer.assign(points, "x", "y", 2, null)) {
            assertArrayEquals(new boolean[] {true, false, true, true, false}, areas.valid("area"));
        }
        assertThrows(GovException.class, () -> layer.bounds(1));
        assertThrows(GovException.class, () -> layer.assign(x, new double[2], 1, null));
        layer.close();
        assertThrows(IllegalStateException.class, layer::count);
    }

    @Test
    void faultyShapesHaveTheirPlace() {
        GovException error = assertThrows(GovException.class,
                () -> Layer.parseGeoJson("{\"type\": \"Polygon\",\n \"coordinates\": [[[0, 0], [1, 0]]]}"));
        assertEquals(2, error.line().getAsLong());
    }

    @Test
    void anOverlapIsFound() {
        try (Table.Builder builder = Table.builder(); Table shapes = builder.add("wkt",
                "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))", "POLYGON ((1.5 0, 4 0, 4 2, 1.5 2, 1.5 0))").build();
                Layer layer = Layer.ofTable(shapes, "wkt"); Table faults = layer.audit(true, null);
                Table neighbours = layer.neighbours(true, null)) {
            assertArrayEquals(new String[] {"overlap"}, faults.texts("fault"));
            assertArrayEquals(new double[] {1}, faults.doubles("square_metres"), 1e-9);
            assertEquals(2, neighbours.rows());
        }
    }

    @Test
    void distancesAndDatums() {
        assertEquals(6371008.8 * Math.PI / 180, Layer.greatCircle(0, 0, 1, 0), 1e-6);
        assertEquals(6378137 * Math.PI / 180, Layer.geodesic(0, 0, 1, 0), 1e-3);
        double[] lon = {121.437};
        double[] lat = {31.188};
        Layer.convert(Layer.Datum.WGS84, Layer.Datum.GCJ02, lon, lat);
        assertFalse(lon[0] == 121.437);
        Layer.convert(Layer.Datum.GCJ02, Layer.Datum.WGS84, lon, lat);
        assertEquals(121.437, lon[0], 1e-9);
        assertEquals(31.188, lat[0], 1e-9);
    }
}
