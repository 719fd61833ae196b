/* Distances and coordinate systems against published figures. */
#include "gov_check.h"
#include "govcore/geo.h"

static gov_error err = GOV_ERROR_INIT;

static double great_circle(double lon1, double lat1, double lon2, double lat2)
{
    double m = -1.0;
    ck_ok(gov_geo_great_circle(lon1, lat1, lon2, lat2, &m, &err));
    return m;
}

static double geodesic(double lon1, double lat1, double lon2, double lat2)
{
    double m = -1.0;
    ck_ok(gov_geo_geodesic(lon1, lat1, lon2, lat2, &m, &err));
    return m;
}

/* Parts of the circumference 2 pi R, R = 6 371 008.8 m (IUGG mean radius R1; Moritz 2000, GRS 80). */
START_TEST(great_circles_of_known_share_of_the_circumference)
{
    const double radius = 6371008.8;
    const double pi = 3.14159265358979323846;
    ck_near(great_circle(0, 0, 90, 0), radius * pi / 2, 1e-15);
    ck_near(great_circle(12, 0, -168, 0), radius * pi, 1e-15);
    ck_near(great_circle(7, 90, 55, -90), radius * pi, 1e-15);
    ck_near(great_circle(121, 31, 121, 32), radius * pi / 180, 1e-13);
    ck_near(great_circle(121, 60, 121 + 1e-9, 60), radius * pi / 180e9 * 0.5, 1e-5);
    ck_near(great_circle(0, 45, 90, 45), radius * pi / 3, 1e-15); /* cos 60 degrees = sin 45 squared */
    ck_assert(great_circle(121.5, 31.2, 121.5, 31.2) == 0.0);
    ck_near(great_circle(179.5, 0, -179.5, 0), radius * pi / 180, 1e-12);
}
END_TEST

/* Flinders Peak to Buninyong on GRS 80: 54 972.271 m (Geocentric Datum of Australia, Technical Manual v2.4,
 * chapter 4). A quarter of the meridian of GRS 80: 10 001 965.7293 m (Moritz 2000). */
START_TEST(geodesics_of_published_length)
{
    double metres = geodesic(144 + 25 / 60.0 + 29.52440 / 3600, -(37 + 57 / 60.0 + 3.72030 / 3600),
                             143 + 55 / 60.0 + 35.38390 / 3600, -(37 + 39 / 60.0 + 10.15610 / 3600));
    ck_assert_double_eq_tol(metres, 54972.271, 0.0006);
    ck_assert_double_eq_tol(geodesic(120, 0, 120, 90), 10001965.7293, 0.0002);
    ck_assert_double_eq_tol(geodesic(0, 0, 1, 0), 6378137.0 * 3.14159265358979323846 / 180, 1e-6);
    ck_assert(geodesic(121.5, 31.2, 121.5, 31.2) == 0.0);
    ck_assert_double_eq_tol(geodesic(179.5, 30, -179.5, 30), geodesic(10, 30, 11, 30), 1e-6);
}
END_TEST

START_TEST(places_that_are_not_on_the_earth_are_refused)
{
    double m = 42.0;
    ck_fails(gov_geo_great_circle(0, 91, 0, 0, &m, &err), GOV_E_RANGE);
    ck_fails(gov_geo_great_circle(0, 0, 361, 0, &m, &err), GOV_E_RANGE);
    ck_fails(gov_geo_great_circle(0, (double)NAN, 0, 0, &m, &err), GOV_E_RANGE);
    ck_fails(gov_geo_geodesic(0, 0, (double)INFINITY, 0, &m, &err), GOV_E_RANGE);
    ck_fails(gov_geo_geodesic(0, 0, 179.9, 0.1, &m, &err), GOV_E_UNSUPPORTED);
    ck_fails(gov_geo_geodesic(0, 0, 1, 0, NULL, &err), GOV_E_ARGUMENT);
    ck_assert(m == 42.0);
}
END_TEST

/* Two points computed outside this project with the public formula; nobody has published official ones. */
START_TEST(gcj02_of_two_known_points)
{
    double lon[] = {116.327847, 121.437, 2.3522};
    double lat[] = {39.990205, 31.188, 48.8566};
    ck_ok(gov_geo_convert(GOV_DATUM_WGS84, GOV_DATUM_GCJ02, 3, lon, lat, &err));
    ck_assert_double_eq_tol(lon[0], 116.333990895128, 1e-12 * 116);
    ck_assert_double_eq_tol(lat[0], 39.991519388614, 1e-12 * 116);
    ck_assert_double_eq_tol(lon[1], 121.441615467955, 1e-12 * 116);
    ck_assert_double_eq_tol(lat[1], 31.186117729469, 1e-12 * 116);
    ck_assert(lon[2] == 2.3522 && lat[2] == 48.8566); /* outside China nothing moves */
}
END_TEST

START_TEST(the_way_back_from_gcj02_is_exact)
{
    for (double lat = 18.0; lat < 54.0; lat += 1.7) {
        for (double lon = 73.6; lon < 135.0; lon += 1.3) {
            double x = lon;
            double y = lat;
            ck_ok(gov_geo_convert(GOV_DATUM_CGCS2000, GOV_DATUM_GCJ02, 1, &x, &y, &err));
            ck_assert(x != lon || y != lat);
            ck_ok(gov_geo_convert(GOV_DATUM_GCJ02, GOV_DATUM_WGS84, 1, &x, &y, &err));
            ck_assert_double_eq_tol(x, lon, 1e-10);
            ck_assert_double_eq_tol(y, lat, 1e-10);
        }
    }
    double x = 121.5;
    double y = 31.2;
    ck_ok(gov_geo_convert(GOV_DATUM_CGCS2000, GOV_DATUM_WGS84, 1, &x, &y, &err));
    ck_assert(x == 121.5 && y == 31.2);
}
END_TEST

START_TEST(nothing_moves_if_one_point_is_bad)
{
    double lon[] = {121.5, (double)NAN};
    double lat[] = {31.2, 31.2};
    const double turn[6] = {0, -1, 10, 1, 0, 20};
    ck_fails(gov_geo_convert(GOV_DATUM_WGS84, GOV_DATUM_GCJ02, 2, lon, lat, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_assert(lon[0] == 121.5);
    ck_fails(gov_geo_convert((gov_datum)3, GOV_DATUM_GCJ02, 1, lon, lat, &err), GOV_E_ARGUMENT);
    ck_fails(gov_geo_convert(GOV_DATUM_WGS84, GOV_DATUM_GCJ02, 1, NULL, lat, &err), GOV_E_ARGUMENT);
    ck_fails(gov_geo_affine(turn, 2, lon, lat, &err), GOV_E_RANGE);
    ck_fails(gov_geo_affine(NULL, 1, lon, lat, &err), GOV_E_ARGUMENT);
    double x = 3.0;
    double y = 4.0;
    ck_ok(gov_geo_affine(turn, 1, &x, &y, &err));
    ck_assert(x == 6.0 && y == 23.0);
}
END_TEST

GOV_TESTS("geo/measures", great_circles_of_known_share_of_the_circumference, geodesics_of_published_length,
          places_that_are_not_on_the_earth_are_refused, gcj02_of_two_known_points,
          the_way_back_from_gcj02_is_exact, nothing_moves_if_one_point_is_bad)
