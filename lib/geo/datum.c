/* datum.c - GCJ-02 and plane coordinates.
 *
 * GCJ-02 moves a point by some hundred metres, by polynomials and sines of its place that were never published; the
 * figures are those that all open implementations share (the ellipsoid of Krassowsky 1940 among them; listed in
 * PRCoords by Artoria2e5, CC0). The shift changes slowly, so p - shift(p') is iterated: each step gains about
 * four digits, and the one-step inverse in common use is off by metres. */
#include "govcore/geo.h"

#include "base/error.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

static int in_box(double lon, double lat)
{
    return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

/* The sines common to both directions, and those of one: all in metres. */
static double waves(double t, double a, double b, double c, double d, double e, double f)
{
    return (a * sin(t * pi) + b * sin(t / c * pi) + d * sin(t / e * pi)) * 2.0 / 3.0 + f;
}

/* The shift in degrees of a point of WGS 84. */
static void shift(double lon, double lat, double *east, double *north)
{
    const double a = 6378245.0;
    const double ee = 0.00669342162296594323;
    double x = lon - 105.0;
    double y = lat - 35.0;
    double common = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0;
    double metres_north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(fabs(x)) +
                          common +
                          waves(y, 20.0, 40.0, 3.0, 160.0, 12.0, 320.0 * sin(y * pi / 30.0) * 2.0 / 3.0);
    double metres_east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(fabs(x)) + common +
                         waves(x, 20.0, 40.0, 3.0, 150.0, 12.0, 300.0 * sin(x / 30.0 * pi) * 2.0 / 3.0);
    double phi = lat * pi / 180.0;
    double w2 = 1.0 - ee * sin(phi) * sin(phi);
    double w = sqrt(w2);
    *north = metres_north * 180.0 / (a * (1.0 - ee) / (w2 * w) * pi);
    *east = metres_east * 180.0 / (a / w * cos(phi) * pi);
}

static void to_gcj02(double *lon, double *lat)
{
    double east;
    double north;
    if (!in_box(*lon, *lat))
        return;
    shift(*lon, *lat, &east, &north);
    *lon += east;
    *lat += north;
}

static void from_gcj02(double *lon, double *lat)
{
    enum { MOST_STEPS = 30 };
    double x = *lon;
    double y = *lat;
    if (!in_box(x, y))
        return;
    for (int i = 0; i < MOST_STEPS; i++) {
        double east;
        double north;
        shift(x, y, &east, &north);
        double dx = *lon - east - x;
        double dy = *lat - north - y;
        x += dx;
        y += dy;
        if (fabs(dx) < 1e-12 && fabs(dy) < 1e-12)
            break;
    }
    *lon = x;
    *lat = y;
}

static gov_status check_points(int64_t count, const double *x, const double *y, gov_error *err)
{
    if (count < 0 || (count > 0 && (x == NULL || y == NULL)))
        return gov_fail(err, GOV_E_ARGUMENT, "the coordinates must be given, count not negative");
    for (int64_t i = 0; i < count; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i]))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(i, NULL),
                               "the coordinate is not a finite number");
    }
    return GOV_OK;
}

gov_status gov_geo_convert(gov_datum from, gov_datum to, int64_t count, double *lon, double *lat,
                           gov_error *err)
{
    if ((unsigned)from > GOV_DATUM_GCJ02 || (unsigned)to > GOV_DATUM_GCJ02)
        return gov_fail(err, GOV_E_ARGUMENT, "expected the datum CGCS2000, WGS84 or GCJ02");
    GOV_TRY(check_points(count, lon, lat, err));
    if ((from == GOV_DATUM_GCJ02) == (to == GOV_DATUM_GCJ02))
        return GOV_OK;
    for (int64_t i = 0; i < count; i++) {
        if (to == GOV_DATUM_GCJ02)
            to_gcj02(&lon[i], &lat[i]);
        else
            from_gcj02(&lon[i], &lat[i]);
    }
    return GOV_OK;
}

gov_status gov_geo_affine(const double matrix[6], int64_t count, double *x, double *y, gov_error *err)
{
    if (matrix == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "matrix must be given");
    GOV_TRY(check_points(count, x, y, err));
    for (int64_t i = 0; i < count; i++) {
        double before = x[i];
        x[i] = matrix[0] * before + matrix[1] * y[i] + matrix[2];
        y[i] = matrix[3] * before + matrix[4] * y[i] + matrix[5];
    }
    return GOV_OK;
}
