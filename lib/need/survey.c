/* survey.c - two passes: the exact ratio, then squares about it. */
#include "need/survey.h"

#include "stat/distribution.h"

#include <math.h>

typedef struct spread {
    const gov_need_design *design;
    double variance;
    double stratum_sum; /* of the units' z in the stratum at hand */
    double stratum_squares;
    double unit_sum; /* of the unit at hand */
    double lonely;   /* of the units that are alone in their stratum: Σ z² */
    double lonely_sum;
    int64_t lonely_count;
    double all; /* Σ z of all units */
} spread;

static void close_unit(spread *s)
{
    s->stratum_sum += s->unit_sum;
    s->stratum_squares += s->unit_sum * s->unit_sum;
    s->all += s->unit_sum;
    s->unit_sum = 0;
}

static void close_stratum(spread *s, int32_t stratum)
{
    double n = (double)s->design->units[stratum];
    if (n > 1) {
        double about_mean = s->stratum_squares - s->stratum_sum * s->stratum_sum / n;
        s->variance += n / (n - 1) * (about_mean > 0 ? about_mean : 0);
    } else {
        s->lonely += s->stratum_squares;
        s->lonely_sum += s->stratum_sum;
        s->lonely_count++;
    }
    s->stratum_sum = s->stratum_squares = 0;
}

/* z² about the mean of all units, for the strata of one unit. */
static double centred(const spread *s)
{
    double units = 0;
    for (int64_t h = 0; h < s->design->stratum_count; h++)
        units += (double)s->design->units[h];
    double mean = s->all / units;
    return s->lonely - 2 * mean * s->lonely_sum + (double)s->lonely_count * mean * mean;
}

static double variance_with_policy(const spread *s)
{
    const gov_need_design *design = s->design;
    for (int64_t h = 0; h < design->stratum_count && design->single == GOV_NEED_SINGLE_FAIL; h++) {
        if (design->units[h] == 1)
            return NAN;
    }
    return s->variance + (design->single == GOV_NEED_SINGLE_CENTRE ? centred(s) : 0);
}

static double variance_of(const gov_need_design *design, const gov_need_cell *cells, int64_t first,
                          int64_t last, gov_need_parts parts, const void *context, double ratio)
{
    spread s = {.design = design};
    for (int64_t i = first; i < last; i++) {
        const gov_need_key *key = &cells[i].key;
        int64_t y = 0;
        int64_t x = 0;
        parts(context, &cells[i], &y, &x);
        double off = (double)y - ratio * (double)x;
        if (design->has_units) {
            s.unit_sum += (double)cells[i].weight * off;
        } else {
            double z = (double)cells[i].weight * off;
            s.stratum_sum += z;
            s.all += z;
            s.stratum_squares += (double)cells[i].square / GOV_NEED_WEIGHT_UNIT * off * off;
        }
        int end = i + 1 == last || cells[i + 1].key.stratum != key->stratum;
        if (design->has_units && (end || cells[i + 1].key.unit != key->unit))
            close_unit(&s);
        if (end)
            close_stratum(&s, key->stratum);
    }
    return variance_with_policy(&s);
}

void gov_need_ratio_of(const gov_need_design *design, const gov_need_cell *cells, int64_t first, int64_t last,
                       gov_need_parts parts, const void *context, double scale, double *estimate,
                       double *error)
{
    gov_wide sum_y = 0;
    gov_wide sum_x = 0;
    for (int64_t i = first; i < last; i++) {
        int64_t y = 0;
        int64_t x = 0;
        parts(context, &cells[i], &y, &x);
        sum_y += cells[i].weight * y;
        sum_x += cells[i].weight * x;
    }
    *estimate = *error = NAN;
    if (sum_x == 0)
        return;
    double ratio = (double)sum_y / (double)sum_x;
    *estimate = ratio * scale;
    if (design->degrees < 1)
        return;
    *error = sqrt(variance_of(design, cells, first, last, parts, context, ratio)) / (double)sum_x * scale;
}

/* Σ w² (y - R x)². What is left by rounding where the two always are in proportion is 0. */
static double squares_about(const gov_need_ratio_sums *s, double ratio)
{
    const double rounding = 1e-13;
    double squares = s->yy - 2 * ratio * s->xy + ratio * ratio * s->xx;
    return squares > rounding * (s->yy + ratio * ratio * s->xx) ? squares : 0;
}

void gov_need_ratio_of_sums(const gov_need_design *design, const gov_need_ratio_sums *sums, double scale,
                            double *estimate, double *error)
{
    spread s = {.design = design};
    gov_wide sum_y = 0;
    gov_wide sum_x = 0;
    for (int64_t h = 0; h < design->stratum_count; h++) {
        sum_y += sums[h].y;
        sum_x += sums[h].x;
    }
    *estimate = *error = NAN;
    if (sum_x == 0)
        return;
    double ratio = (double)sum_y / (double)sum_x;
    *estimate = ratio * scale;
    if (design->degrees < 1)
        return;
    for (int64_t h = 0; h < design->stratum_count; h++) {
        if (!sums[h].present)
            continue;
        s.stratum_sum = (double)sums[h].y - ratio * (double)sums[h].x;
        s.stratum_squares = squares_about(&sums[h], ratio);
        s.all += s.stratum_sum;
        close_stratum(&s, (int32_t)h);
    }
    *error = sqrt(variance_with_policy(&s)) / (double)sum_x * scale;
}

void gov_need_interval(double estimate, double error, int64_t degrees, double level, double *low,
                       double *high)
{
    *low = *high = NAN;
    if (error <= 0)
        *low = *high = estimate;
    if (!(error > 0) || !(estimate > 0 && estimate < 1) || degrees < 1)
        return;
    double centre = log(estimate / (1 - estimate));
    double half = gov_t_isf((1 - level) / 2, (double)degrees) * error / (estimate * (1 - estimate));
    *low = 1 / (1 + exp(half - centre));
    *high = 1 / (1 + exp(-half - centre));
}
