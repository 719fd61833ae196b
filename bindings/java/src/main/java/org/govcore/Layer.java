package org.govcore;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Areas 0, 1, 2 ...: each a polygon or several, with holes, or empty. Immutable; threads may share it. Coordinates are
 * longitude and latitude in degrees, or plane ones.
 */
public final class Layer implements AutoCloseable {
    private final NativeLayer handle;

    private Layer(NativeLayer handle) {
        this.handle = handle;
    }

    /** Where a point lies, in the order of the C library's numbers. */
    public enum Side {
        OUTSIDE, BOUNDARY, INSIDE
    }

    /** Coordinate systems, in the order of the C library's numbers. */
    public enum Datum {
        CGCS2000, WGS84, GCJ02
    }

    /** Area i is row i of a text column, as WKT or as a GeoJSON geometry; missing is an empty area. */
    public static Layer ofTable(Table table, String column) {
        return new Layer(Native.layer_of_table(table.handle, Native.table_find(table.handle, column)));
    }

    /** The areas of a GeoJSON FeatureCollection. */
    public static Layer readGeoJson(Path path) {
        return new Layer(Native.layer_read_geojson(path.toString()));
    }

    /** The properties of the same file, one row a feature. */
    public static Table readProperties(Path path) {
        return new Table(Native.layer_read_properties(path.toString()));
    }

    public static Layer parseGeoJson(String text) {
        return new Layer(Native.layer_parse_geojson(text.getBytes(StandardCharsets.UTF_8), null));
    }

    public long count() {
        return Native.layer_count(handle);
    }

    /** Least x, least y, most x, most y. */
    public double[] bounds(long area) {
        double[] box = new double[4];
        Native.layer_bounds(handle, area, box);
        return box;
    }

    public String wkt(long area) {
        return Native.layer_wkt(handle, area);
    }

    /** Decided exactly for the numbers given. */
    public Side side(long area, double x, double y) {
        return Side.values()[Native.layer_side(handle, area, x, y)];
    }

    /** For each point the first area that it belongs to, or -1. */
    public long[] assign(double[] x, double[] y, int threads, Run run) {
        long[] area = new long[x.length];
        Native.layer_assign(handle, x, y, null, threads, Run.handle(run), area);
        return area;
    }

    /** The same for two columns of a table: one column, missing where there is none. */
    public Table assign(Table points, String x, String y, int threads, Run run) {
        return new Table(Native.layer_assign_table(handle, points.handle, x, y, threads, Run.handle(run)));
    }

    /** Every fault of the layer as a cover of its ground: self-intersections, overlaps, gaps. */
    public Table audit(boolean planar, Run run) {
        return new Table(Native.layer_audit(handle, planar ? 1 : 0, 0, Run.handle(run)));
    }

    /** Which areas touch: area, neighbour, border_metres, both directions. */
    public Table neighbours(boolean planar, Run run) {
        return new Table(Native.layer_neighbours(handle, planar ? 1 : 0, Run.handle(run)));
    }

    /** Metres on the ellipsoid of CGCS2000. */
    public static double geodesic(double lon1, double lat1, double lon2, double lat2) {
        return Native.geo_geodesic(lon1, lat1, lon2, lat2);
    }

    /** Metres on the sphere of the mean earth radius. */
    public static double greatCircle(double lon1, double lat1, double lon2, double lat2) {
        return Native.geo_great_circle(lon1, lat1, lon2, lat2);
    }

    /** Converts points in place. */
    public static void convert(Datum from, Datum to, double[] lon, double[] lat) {
        Native.geo_convert(from.ordinal(), to.ordinal(), lon, lat);
    }

    @Override
    public void close() {
        handle.close();
    }
}
