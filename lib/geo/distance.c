/* distance.c - how far two points are from each other.
 *
 * On the sphere the angle is the arc tangent of the lengths of the vector and scalar products of the two directions,
 * which loses nothing where the haversine (opposite points) or the arc cosine (near points) does. On the ellipsoid
 * Vincenty's inverse formula (Survey Review 23(176), 1975) is iterated; Karney's (2013) would also settle for
 * nearly opposite points, at ten times the code, which no two points of a country need. */
#include "govcore/geo.h"

#include "base/error.h"

#include <math.h>

static const double mean_radius_m = 6371008.8;
static const double semi_major_m = 6378137.0;
static const double flattening = 1.0 / 298.257222101;
static const double radians = 3.14159265358979323846 / 180.0;

static gov_status check(double lon1, double lat1, double lon2, double lat2, const double *out, gov_error *err)
{
    if (out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "metres must be given");
    if (!(fabs(lat1) <= 90.0 && fabs(lat2) <= 90.0 && fabs(lon1) <= 360.0 && fabs(lon2) <= 360.0))
        return gov_fail(err, GOV_E_RANGE, "expected longitudes within 360 and latitudes within 90 degrees");
    return GOV_OK;
}

gov_status gov_geo_great_circle(double lon1, double lat1, double lon2, double lat2, double *metres,
                                gov_error *err)
{
    GOV_TRY(check(lon1, lat1, lon2, lat2, metres, err));
    double step = (lon2 - lon1) * radians;
    double s1 = sin(lat1 * radians);
    double c1 = cos(lat1 * radians);
    double s2 = sin(lat2 * radians);
    double c2 = cos(lat2 * radians);
    /* c1 s2 - s1 c2 cos(step), without the cancellation for near points */
    double half = sin(step / 2.0);
    double north = sin((lat2 - lat1) * radians) + 2.0 * s1 * c2 * half * half;
    double east = c2 * sin(step);
    *metres = mean_radius_m * atan2(hypot(east, north), s1 * s2 + c1 * c2 * cos(step));
    return GOV_OK;
}

typedef struct course {
    double sin_sigma;
    double cos_sigma;
    double sigma;
    double cos2_alpha;
    double cos_2m; /* of twice the angle from the equator to the middle of the line */
} course;

/* The arc between reduced latitudes (as sine and cosine) and a difference of longitude on the auxiliary sphere. */
static course course_of(double su1, double cu1, double su2, double cu2, double lambda, double *sin_alpha)
{
    course c;
    double east = cu2 * sin(lambda);
    double north = cu1 * su2 - su1 * cu2 * cos(lambda);
    c.sin_sigma = hypot(east, north);
    c.cos_sigma = su1 * su2 + cu1 * cu2 * cos(lambda);
    c.sigma = atan2(c.sin_sigma, c.cos_sigma);
    *sin_alpha = c.sin_sigma == 0.0 ? 0.0 : cu1 * cu2 * sin(lambda) / c.sin_sigma;
    c.cos2_alpha = 1.0 - *sin_alpha * *sin_alpha;
    c.cos_2m = c.cos2_alpha == 0.0 ? 0.0 : c.cos_sigma - 2.0 * su1 * su2 / c.cos2_alpha;
    return c;
}

static double length_of(course c)
{
    double b = semi_major_m * (1.0 - flattening);
    double u2 = c.cos2_alpha * (semi_major_m * semi_major_m - b * b) / (b * b);
    double big_a = 1.0 + u2 / 16384.0 * (4096.0 + u2 * (-768.0 + u2 * (320.0 - 175.0 * u2)));
    double big_b = u2 / 1024.0 * (256.0 + u2 * (-128.0 + u2 * (74.0 - 47.0 * u2)));
    double square = c.cos_2m * c.cos_2m;
    double inner = c.cos_sigma * (2.0 * square - 1.0) -
                   big_b / 6.0 * c.cos_2m * (4.0 * c.sin_sigma * c.sin_sigma - 3.0) * (4.0 * square - 3.0);
    double correction = big_b * c.sin_sigma * (c.cos_2m + big_b / 4.0 * inner);
    return b * big_a * (c.sigma - correction);
}

gov_status gov_geo_geodesic(double lon1, double lat1, double lon2, double lat2, double *metres,
                            gov_error *err)
{
    enum { MOST_STEPS = 200 };
    GOV_TRY(check(lon1, lat1, lon2, lat2, metres, err));
    double u1 = atan((1.0 - flattening) * tan(lat1 * radians));
    double u2 = atan((1.0 - flattening) * tan(lat2 * radians));
    double step = remainder(lon2 - lon1, 360.0) * radians;
    double lambda = step;
    for (int i = 0; i < MOST_STEPS; i++) {
        double sin_alpha;
        course c = course_of(sin(u1), cos(u1), sin(u2), cos(u2), lambda, &sin_alpha);
        double k = flattening / 16.0 * c.cos2_alpha * (4.0 + flattening * (4.0 - 3.0 * c.cos2_alpha));
        double turn = c.cos_2m + k * c.cos_sigma * (2.0 * c.cos_2m * c.cos_2m - 1.0);
        double next = step + (1.0 - k) * flattening * sin_alpha * (c.sigma + k * c.sin_sigma * turn);
        if (fabs(next) > 3.2)
            break;
        if (fabs(next - lambda) < 1e-13) {
            *metres = length_of(c);
            return GOV_OK;
        }
        lambda = next;
    }
    return gov_fail(err, GOV_E_UNSUPPORTED,
                    "the points are too nearly opposite on the earth for this method");
}
