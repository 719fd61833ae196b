/* sensitive_tables.c - means and quantiles over the draws. */
#include "need/rows.h"
#include "need/sensitive.h"

#include "base/sum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A figure over the draws; `sorted` is a copy in ascending order. */
typedef struct spread {
    double mean;
    double low;
    double high;
} spread;

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Position q (n - 1), linear between two draws (type 7 of Hyndman & Fan 1996). */
static double quantile(const double *sorted, int64_t n, double q)
{
    double at = q * (double)(n - 1);
    int64_t i = (int64_t)at;
    return i + 1 < n ? sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]) : sorted[n - 1];
}

/* Draws without a value (a tau of equal areas) are left out. */
static spread spread_of(const gov_need_study *s, int64_t column, double *scratch)
{
    const double *values = s->values + column * s->options.draws;
    double tail = (1 - s->options.level) / 2;
    int64_t n = 0;
    for (int64_t i = 0; i < s->options.draws; i++) {
        if (!isnan(values[i]))
            scratch[n++] = values[i];
    }
    if (n == 0)
        return (spread){NAN, NAN, NAN};
    double mean = gov_sum_of(scratch, n) / (double)n;
    qsort(scratch, (size_t)n, sizeof(*scratch), by_value);
    return (spread){mean, quantile(scratch, n, tail), quantile(scratch, n, 1 - tail)};
}

static void put_spread(gov_need_sheet *sheet, spread x)
{
    gov_need_put_number(sheet, x.mean);
    gov_need_put_number(sheet, x.low);
    gov_need_put_number(sheet, x.high);
}

static void put_k(gov_need_sheet *sheet, const gov_need_study *s, int64_t k)
{
    gov_need_put_fraction(sheet, s->cutoffs[k].num, s->cutoffs[k].den);
}

/* --- Tiers ---------------------------------------------------------------------------------------------------------- */

static void put_tier(gov_need_sheet *sheet, const gov_need_study *s, int64_t tier, double *scratch)
{
    int64_t households = 0;
    for (int64_t i = 0; i < s->patterns.count; i++)
        households += tier < 0 || s->patterns.list[i].tier == tier ? s->patterns.list[i].households : 0;
    if (tier < 0) {
        gov_need_put_missing(sheet);
        gov_need_put_missing(sheet);
    } else {
        gov_need_put_int(sheet, tier);
        gov_need_put_text(sheet, gov_need_tier_id(s->patterns.model, tier));
    }
    gov_need_put_int(sheet, households);
    put_spread(sheet, spread_of(s, gov_need_column_tier(tier, 0), scratch));
    gov_need_put_number(sheet, spread_of(s, gov_need_column_tier(tier, 1), scratch).mean);
    gov_need_put_number(sheet, spread_of(s, gov_need_column_tier(tier, 2), scratch).mean);
}

gov_status gov_need_study_tiers(const gov_need_study *s, gov_table **out, gov_error *err)
{
    gov_need_sheet sheet;
    double *scratch = gov_alloc(s->options.draws, sizeof(*scratch));
    if (scratch == NULL)
        return gov_fail_memory(err);
    gov_need_sheet_open(
        &sheet, "rank:int,tier:text,households:int,keep:num,keep_low:num,keep_high:num,rise:num,fall:num",
        err);
    for (int64_t t = -1; t <= s->patterns.model->tier_count; t++)
        put_tier(&sheet, s, t, scratch);
    gov_free(scratch);
    return gov_need_sheet_close(&sheet, out);
}

/* --- Areas ---------------------------------------------------------------------------------------------------------- */

static double share_equal(const gov_need_study *s, int64_t column, double value)
{
    const double *values = s->values + column * s->options.draws;
    int64_t equal = 0;
    for (int64_t i = 0; i < s->options.draws; i++)
        equal += values[i] >= value && values[i] <= value;
    return (double)equal / s->options.draws;
}

/* area = areas: the total */
static void put_area(gov_need_sheet *sheet, const gov_need_study *s, int64_t k, int64_t area, double *scratch)
{
    int64_t n = s->areas;
    spread h = spread_of(s, gov_need_column_area(s, k, area, 0), scratch);
    spread m0 = spread_of(s, gov_need_column_area(s, k, area, 1), scratch);
    gov_need_put_text(sheet, area == n ? NULL : s->patterns.groups.names[area]);
    put_k(sheet, s, k);
    gov_need_put_number(sheet, s->stated[k * (n + 1) + area].h);
    gov_need_put_number(sheet, h.low);
    gov_need_put_number(sheet, h.high);
    gov_need_put_number(sheet, s->stated[k * (n + 1) + area].m0);
    gov_need_put_number(sheet, m0.low);
    gov_need_put_number(sheet, m0.high);
    for (int i = 0; area == n && i < 5; i++)
        gov_need_put_missing(sheet);
    if (area == n)
        return;
    int64_t column = gov_need_column_area(s, k, area, 2);
    double rank = s->ranks[k * n + area];
    gov_need_put_int(sheet, (int64_t)rank);
    put_spread(sheet, spread_of(s, column, scratch));
    gov_need_put_number(sheet, share_equal(s, column, rank));
}

gov_status gov_need_study_groups(const gov_need_study *s, gov_table **out, gov_error *err)
{
    gov_need_sheet sheet;
    double *scratch = gov_alloc(s->options.draws, sizeof(*scratch));
    if (scratch == NULL)
        return gov_fail_memory(err);
    gov_need_sheet_open(&sheet,
                        "group:text,k:text,H:num,H_low:num,H_high:num,M0:num,M0_low:num,M0_high:num,rank:int,"
                        "rank_mean:num,rank_low:num,rank_high:num,rank_same:num",
                        err);
    for (int64_t k = 0; k < s->cutoff_count; k++)
        put_area(&sheet, s, k, s->areas, scratch);
    for (int64_t area = 0; area < s->areas; area++) {
        for (int64_t k = 0; k < s->cutoff_count; k++)
            put_area(&sheet, s, k, area, scratch);
    }
    gov_free(scratch);
    return gov_need_sheet_close(&sheet, out);
}

/* --- Agreement ------------------------------------------------------------------------------------------------------ */

static void put_agreement(gov_need_sheet *sheet, const gov_need_study *s, const char *what, int64_t k,
                          double *scratch)
{
    gov_need_put_text(sheet, what);
    if (k < 0)
        gov_need_put_missing(sheet);
    else
        put_k(sheet, s, k);
    put_spread(sheet, spread_of(s, gov_need_column_order(s, k, 0), scratch));
    gov_need_put_number(sheet, spread_of(s, gov_need_column_order(s, k, 1), scratch).mean);
    gov_need_put_missing(sheet);
}

/* The areas' order at cut-off k beside that at the first. */
static gov_status put_cutoff(gov_need_sheet *sheet, const gov_need_study *s, int64_t k, gov_error *err)
{
    int64_t n = s->areas;
    double shift = 0;
    int32_t *levels = gov_alloc(n, sizeof(*levels));
    int64_t *tree = gov_alloc(n + 1, sizeof(*tree));
    if (levels == NULL || tree == NULL) {
        gov_free(levels);
        gov_free(tree);
        return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < n; i++) {
        int32_t area = s->orders[i];
        levels[i] = (int32_t)((double)n - s->ranks[k * n + area]);
        shift += fabs(s->ranks[k * n + area] - s->ranks[area]);
    }
    gov_need_put_text(sheet, "cut-offs");
    put_k(sheet, s, k);
    gov_need_put_number(sheet, gov_need_tau(s->same, levels, NULL, n, (int32_t)n, tree));
    gov_need_put_missing(sheet);
    gov_need_put_missing(sheet);
    gov_need_put_number(sheet, shift / (double)n);
    gov_need_put_missing(sheet);
    gov_free(levels);
    gov_free(tree);
    return GOV_OK;
}

static gov_status put_robust(gov_need_sheet *sheet, const gov_need_study *s, gov_error *err)
{
    double robust = NAN;
    GOV_TRY(gov_need_study_robust(s, &robust, err));
    gov_need_put_text(sheet, "every cut-off");
    for (int i = 0; i < 5; i++)
        gov_need_put_missing(sheet);
    gov_need_put_number(sheet, robust);
    return GOV_OK;
}

gov_status gov_need_study_agreement(const gov_need_study *s, gov_table **out, gov_error *err)
{
    gov_need_sheet sheet;
    gov_status status = GOV_OK;
    double *scratch = gov_alloc(s->options.draws, sizeof(*scratch));
    if (scratch == NULL)
        return gov_fail_memory(err);
    gov_need_sheet_open(&sheet, "what:text,k:text,tau:num,tau_low:num,tau_high:num,shift:num,robust:num",
                        err);
    put_agreement(&sheet, s, "households", -1, scratch);
    for (int64_t k = 0; k < s->cutoff_count && s->areas > 1; k++)
        put_agreement(&sheet, s, "groups", k, scratch);
    for (int64_t k = 1; k < s->cutoff_count && s->areas > 1 && status == GOV_OK; k++)
        status = put_cutoff(&sheet, s, k, err);
    if (s->areas > 1 && status == GOV_OK)
        status = put_robust(&sheet, s, err);
    if (sheet.status == GOV_OK)
        sheet.status = status;
    gov_free(scratch);
    return gov_need_sheet_close(&sheet, out);
}
