/* measures.c - from counted patterns to H, A, M0 and the rest.
 *
 * Every figure is a ratio Σ w y / Σ w x whose y and x are integers of the pattern: whether it is poor, its
 * score, whether it has an indicator. So one function gives all estimates and all standard errors. */
#include "need/measure.h"
#include "need/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct gov_need_measures {
    gov_table *summary;
    gov_table *indicators;
    gov_table *dimensions;
};

typedef enum figure {
    HEADCOUNT,    /* y poor, x 1 */
    INTENSITY,    /* y score of the poor, x poor */
    ADJUSTED,     /* y score of the poor, x 1 */
    VULNERABLE,   /* y 1/5 <= c < 1/3, x 1 */
    SEVERE,       /* y c >= 1/2, x 1 */
    SQUARE,       /* y score² of the poor, x poor */
    UNCENSORED,   /* y has the indicator, x 1 */
    CENSORED,     /* y poor and has it, x 1 */
    CONTRIBUTION, /* y weights of the set that the poor have, x score of the poor */
    GROUP_SHARE,  /* y score of the poor of the group, x score of the poor */
    ONE           /* y 1, x 1 */
} figure;

/* A figure of one group (or all) at one cut-off. */
typedef struct question {
    const gov_need_count *count;
    figure figure;
    gov_rational k;
    int64_t least; /* the least score of the poor */
    uint32_t set;  /* indicators */
    int32_t group; /* GROUP_SHARE */
} question;

static uint32_t deprived(const gov_need_count *c, const gov_need_key *key)
{
    return c->missing == 2 ? key->mask | key->missing : key->mask;
}

static int64_t weight_of(const gov_need_count *c, uint32_t mask)
{
    int64_t sum = 0;
    for (; mask != 0; mask &= mask - 1)
        sum += c->weights[__builtin_ctz(mask)];
    return sum;
}

/* score / den >= k without a division: this is asked of every cell for every figure. */
static int at_least(int64_t score, gov_rational k, int64_t den)
{
    return (gov_wide)score * k.den >= (gov_wide)k.num * den;
}

static void parts(const void *context, const gov_need_cell *cell, int64_t *y, int64_t *x)
{
    const question *q = context;
    const gov_need_count *c = q->count;
    uint32_t mask = cell->counted;
    int64_t score = cell->score;
    int64_t poor = score >= q->least;
    *x = 1;
    switch (q->figure) {
    case HEADCOUNT:
        *y = poor;
        break;
    case INTENSITY:
        *x = poor;
        *y = poor * score;
        break;
    case ADJUSTED:
        *y = poor * score;
        break;
    case VULNERABLE:
        *y = at_least(score, (gov_rational){1, 5}, c->denominator) &&
             !at_least(score, (gov_rational){1, 3}, c->denominator);
        break;
    case SEVERE:
        *y = at_least(score, (gov_rational){1, 2}, c->denominator);
        break;
    case SQUARE:
        *x = poor;
        *y = poor * score * score;
        break;
    case UNCENSORED:
        *y = (mask & q->set) != 0;
        break;
    case CENSORED:
        *y = poor && (mask & q->set) != 0;
        break;
    case CONTRIBUTION:
        *x = poor * score;
        *y = poor * weight_of(c, mask & q->set);
        break;
    case GROUP_SHARE:
        *x = poor * score;
        *y = cell->key.group == q->group ? *x : 0;
        break;
    default:
        *y = 1;
    }
}

/* --- What is measured ----------------------------------------------------------------------------------- */

/* The counted cells in two orders, and the design of the sample. */
typedef struct material {
    gov_need_count *count;
    gov_need_cell *by_unit; /* the cells with stratum and unit first, for the total */
    int64_t kept;           /* cells; without those that listwise deletion leaves out */
    gov_need_design design;
} material;

/* One group's cells, or all. */
typedef struct domain {
    const material *m;
    int32_t group; /* -2: all */
    const gov_need_cell *cells;
    int64_t first;
    int64_t last;
    gov_wide used; /* weight */
    gov_wide whole;
    int64_t rows;
} domain;

static double ask(const domain *d, question q, double scale, double *error)
{
    double estimate = NAN;
    double unused = NAN;
    q.count = d->m->count;
    q.least = gov_rational_ceil_over(q.k, q.count->denominator);
    gov_need_ratio_of(&d->m->design, d->cells, d->first, d->last, parts, &q, scale, &estimate,
                      error == NULL ? &unused : error);
    return estimate;
}

static void put_estimate(gov_need_sheet *s, const domain *d, question q, double scale, int interval)
{
    double error = NAN;
    double low = NAN;
    double high = NAN;
    double estimate = ask(d, q, scale, &error);
    gov_need_put_number(s, estimate);
    gov_need_put_number(s, error);
    if (!interval)
        return;
    gov_need_interval(estimate, error, d->m->design.degrees, d->m->count->level, &low, &high);
    gov_need_put_number(s, low);
    gov_need_put_number(s, high);
}

static void put_head(gov_need_sheet *s, const domain *d, gov_rational k)
{
    gov_need_put_text(s, d->group < 0 ? NULL : d->m->count->groups.names[d->group]);
    gov_need_put_fraction(s, k.num, k.den);
}

static double weight_in(gov_wide units)
{
    return (double)units * GOV_NEED_WEIGHT_UNIT;
}

static void put_summary(gov_need_sheet *s, const domain *d, gov_rational k, gov_wide all)
{
    const gov_need_count *c = d->m->count;
    double scale = 1 / (double)c->denominator;
    question q = {.k = k};
    put_head(s, d, k);
    gov_need_put_int(s, d->rows);
    gov_need_put_number(s, d->whole == 0 ? NAN : (double)d->used / (double)d->whole);
    gov_need_put_number(s, weight_in(d->used));
    q.figure = HEADCOUNT;
    put_estimate(s, d, q, 1, 1);
    double poor = ask(d, q, 1, NULL);
    q.figure = INTENSITY;
    put_estimate(s, d, q, scale, 1);
    double mean = ask(d, q, scale, NULL);
    q.figure = ADJUSTED;
    put_estimate(s, d, q, scale, 1);
    gov_need_put_number(s, poor * weight_in(d->used));
    q.figure = VULNERABLE;
    gov_need_put_number(s, ask(d, q, 1, NULL));
    q.figure = SEVERE;
    gov_need_put_number(s, ask(d, q, 1, NULL));
    q.figure = SQUARE;
    double spread = ask(d, q, scale * scale, NULL) - mean * mean;
    gov_need_put_number(s, spread < 0 ? 0 : spread);
    gov_need_put_number(s, all == 0 ? NAN : (double)d->used / (double)all);
}

static void put_indicators(gov_need_sheet *s, const domain *d, gov_rational k)
{
    const gov_need_count *c = d->m->count;
    for (int64_t j = 0; j < c->indicator_count; j++) {
        question q = {.k = k, .set = 1u << j};
        if (c->weights[j] == 0)
            continue;
        put_head(s, d, k);
        gov_need_put_text(s, c->indicators[j]);
        q.figure = UNCENSORED;
        put_estimate(s, d, q, 1, 0);
        q.figure = CENSORED;
        put_estimate(s, d, q, 1, 0);
        q.figure = CONTRIBUTION;
        put_estimate(s, d, q, 1, 0);
    }
}

static void put_dimensions(gov_need_sheet *s, const domain *d, gov_rational k)
{
    const gov_need_count *c = d->m->count;
    for (int64_t i = 0; i < c->dimension_count; i++) {
        question q = {.figure = CONTRIBUTION, .k = k};
        int64_t weight = 0;
        for (int64_t j = 0; j < c->indicator_count; j++) {
            if (c->dimension_of[j] == i) {
                q.set |= 1u << j;
                weight += c->weights[j];
            }
        }
        if (weight == 0)
            continue;
        put_head(s, d, k);
        gov_need_put_text(s, c->dimensions[i]);
        put_estimate(s, d, q, 1, 0);
    }
}

/* --- Cells in order ------------------------------------------------------------------------------------- */

static int is_kept(const gov_need_count *c, const gov_need_cell *cell)
{
    return c->missing != 0 || cell->key.missing == 0;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Units a stratum: the distinct ones, or its rows. Rows that listwise deletion leaves out still belong to the
 * sample: what is measured is a part of the population, not a smaller sample. */
static gov_status count_units(material *m, gov_error *err)
{
    gov_need_design *d = &m->design;
    const gov_need_tally *t = &m->count->tally;
    int64_t strata = m->count->strata.count;
    d->units = gov_arena_alloc(&m->count->arena, strata, sizeof(*d->units));
    int64_t *pairs = gov_alloc(t->count, sizeof(*pairs));
    if (d->units == NULL || pairs == NULL) {
        gov_free(pairs);
        return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < t->count; i++) {
        const gov_need_cell *cell = &t->cells[i];
        pairs[i] = (int64_t)cell->key.stratum << 32 | cell->key.unit;
        if (!d->has_units)
            d->units[cell->key.stratum] += cell->rows;
    }
    if (t->count > 0)
        qsort(pairs, (size_t)t->count, sizeof(*pairs), by_number);
    for (int64_t i = 0; i < t->count && d->has_units; i++)
        d->units[pairs[i] >> 32] += i == 0 || pairs[i] != pairs[i - 1];
    gov_free(pairs);
    d->stratum_count = strata;
    for (int64_t h = 0; h < strata; h++)
        d->degrees += d->units[h] - (d->units[h] > 0);
    return GOV_OK;
}

static gov_status prepare(material *m, gov_error *err)
{
    gov_need_count *c = m->count;
    for (int64_t i = 0; i < c->tally.count; i++) {
        gov_need_cell *cell = &c->tally.cells[i];
        cell->counted = deprived(c, &cell->key);
        cell->score = weight_of(c, cell->counted);
    }
    gov_need_tally_sort(&c->tally, GOV_NEED_BY_UNIT);
    m->by_unit = gov_alloc(c->tally.count, sizeof(*m->by_unit));
    if (m->by_unit == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < c->tally.count; i++) {
        if (is_kept(c, &c->tally.cells[i]))
            m->by_unit[m->kept++] = c->tally.cells[i];
    }
    gov_need_tally_sort(&c->tally, GOV_NEED_BY_GROUP);
    m->design.has_units = c->has_units;
    m->design.single = c->single;
    return count_units(m, err);
}

/* The kept cells of a group move together to the front of its stretch of the tally. */
static domain domain_of(const material *m, int32_t group)
{
    gov_need_cell *cells = m->count->tally.cells;
    domain d = {.m = m, .group = group, .cells = cells};
    if (group == -2) {
        d.cells = m->by_unit;
        d.last = m->kept;
    }
    for (int64_t i = 0; i < m->count->tally.count; i++) {
        if (group != -2 && cells[i].key.group != group)
            continue;
        d.rows += cells[i].rows;
        d.whole += cells[i].weight;
        if (is_kept(m->count, &cells[i]))
            d.used += cells[i].weight;
    }
    return d;
}

static gov_status put_group(const material *m, int32_t group, gov_wide all, gov_need_sheet *summary,
                            gov_need_sheet *indicators, gov_need_sheet *dimensions, gov_error *err)
{
    const gov_need_count *c = m->count;
    domain total = domain_of(m, -2);
    domain d = domain_of(m, group);
    gov_need_cell *kept = NULL;
    if (group != -2) {
        kept = gov_alloc(c->tally.count, sizeof(*kept));
        if (kept == NULL)
            return gov_fail_memory(err);
        for (int64_t i = 0; i < c->tally.count; i++) {
            if (c->tally.cells[i].key.group == group && is_kept(c, &c->tally.cells[i]))
                kept[d.last++] = c->tally.cells[i];
        }
        d.cells = kept;
    }
    for (int64_t i = 0; i < c->cutoff_count; i++) {
        question share = {.figure = group == -2 ? ADJUSTED : GROUP_SHARE, .k = c->cutoffs[i], .group = group};
        double error = NAN;
        put_summary(summary, &d, c->cutoffs[i], all);
        double part = ask(&total, share, 1, &error);
        gov_need_put_number(summary, group == -2 ? (part > 0 ? 1 : NAN) : part);
        gov_need_put_number(summary, group == -2 ? (part > 0 ? 0 : NAN) : error);
        put_indicators(indicators, &d, c->cutoffs[i]);
        put_dimensions(dimensions, &d, c->cutoffs[i]);
    }
    gov_free(kept);
    return GOV_OK;
}

static gov_status make_tables(material *m, gov_need_measures *out, gov_error *err)
{
    gov_need_sheet summary;
    gov_need_sheet indicators;
    gov_need_sheet dimensions;
    gov_wide all = domain_of(m, -2).used;
    if (all >> 78 != 0)
        return gov_fail(err, GOV_E_LIMIT, "the sum of the weights must be below 2^38");
    gov_need_sheet_open(
        &summary,
        "group:text,k:text,rows:int,retained:num,weight:num,H:num,H_se:num,H_low:num,H_high:num,"
        "A:num,A_se:num,A_low:num,A_high:num,M0:num,M0_se:num,M0_low:num,M0_high:num,poor:num,"
        "vulnerable:num,severe:num,variance_poor:num,share:num,contribution:num,"
        "contribution_se:num",
        err);
    gov_need_sheet_open(&indicators,
                        "group:text,k:text,indicator:text,uncensored:num,uncensored_se:num,censored:num,"
                        "censored_se:num,contribution:num,contribution_se:num",
                        err);
    gov_need_sheet_open(&dimensions, "group:text,k:text,dimension:text,contribution:num,contribution_se:num",
                        err);
    gov_status status = put_group(m, -2, all, &summary, &indicators, &dimensions, err);
    for (int64_t g = 0; m->count->by_group && g < m->count->groups.count && status == GOV_OK; g++)
        status = put_group(m, (int32_t)g, all, &summary, &indicators, &dimensions, err);
    gov_status closed = gov_need_sheet_close(&summary, &out->summary);
    status = status == GOV_OK ? closed : status;
    closed = gov_need_sheet_close(&indicators, &out->indicators);
    status = status == GOV_OK ? closed : status;
    closed = gov_need_sheet_close(&dimensions, &out->dimensions);
    return status == GOV_OK ? closed : status;
}

gov_status gov_need_count_finish(gov_need_count *count, gov_need_measures **out, gov_error *err)
{
    material m = {.count = count};
    gov_need_measures *measures = gov_alloc_zero(1, sizeof(*measures));
    gov_status status = measures == NULL ? gov_fail_memory(err) : prepare(&m, err);
    if (status == GOV_OK)
        status = make_tables(&m, measures, err);
    gov_free(m.by_unit);
    if (status == GOV_OK)
        *out = measures;
    else
        gov_need_measures_free(measures);
    return status;
}

void gov_need_measures_free(gov_need_measures *measures)
{
    if (measures == NULL)
        return;
    gov_table_free(measures->summary);
    gov_table_free(measures->indicators);
    gov_table_free(measures->dimensions);
    gov_free(measures);
}

const gov_table *gov_need_measures_summary(const gov_need_measures *measures)
{
    return measures->summary;
}

const gov_table *gov_need_measures_indicators(const gov_need_measures *measures)
{
    return measures->indicators;
}

const gov_table *gov_need_measures_dimensions(const gov_need_measures *measures)
{
    return measures->dimensions;
}
