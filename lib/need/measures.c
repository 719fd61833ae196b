/* measures.c - from counted patterns to H, A, M0 and the rest.
 *
 * Every figure is a ratio Σ w y / Σ w x whose y and x are integers of the pattern: whether it is poor, its
 * score, whether it has an indicator. Where households are the sampling units all of them come from one pass that
 * sums moments; with declared units each figure is summed by unit. */
#include "need/moments.h"
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
    int64_t cutoff;
    int64_t least;                /* the least score of the poor */
    uint32_t set;                 /* indicators */
    int64_t sum;                  /* of the moments: that of the indicator or dimension, */
    int64_t factor;               /* and what its y is multiplied by */
    int32_t group;                /* GROUP_SHARE */
    const gov_need_moments *part; /* the group's */
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
    gov_need_cell *by_unit;  /* the cells with stratum and unit first, for the total, */
    gov_need_cell *by_group; /* and with the group first */
    int64_t kept;            /* their number: without those that listwise deletion leaves out */
    gov_need_design design;
    gov_need_ratio_sums *ratio; /* one a stratum, while a figure is asked for */
} material;

enum { ALL = -2 }; /* in place of a group; -1 is that of households without one */

/* One group's cells, or all. */
typedef struct domain {
    const material *m;
    int32_t group;
    const gov_need_moments *moments; /* NULL: with declared units */
    const gov_need_cell *cells;
    int64_t first;
    int64_t last;
    gov_wide used; /* weight */
    gov_wide whole;
    int64_t rows;
} domain;

static gov_need_ratio_sums ratio_to(const gov_need_moment *y, const gov_need_moment *x, double xy)
{
    return (gov_need_ratio_sums){1, y->y, x->y, y->yy, xy, x->yy};
}

/* The moments of an indicator or a dimension as a part of the score. */
static gov_need_ratio_sums contribution(const gov_need_moment *part, int64_t factor,
                                        const gov_need_moment *score)
{
    double f = (double)factor;
    return (gov_need_ratio_sums){1,        part->y * factor, score->y, part->yy * f * f, part->by_score * f,
                                 score->yy};
}

static gov_need_ratio_sums sums_of(const domain *d, const question *q, int64_t h)
{
    const gov_need_moments *m = d->moments;
    int64_t all = q->count->cutoff_count + GOV_NEED_EVERYONE;
    const gov_need_moment *one = gov_need_moment_of(m, h, all, GOV_NEED_SUM_ONE);
    const gov_need_moment *poor = gov_need_moment_of(m, h, q->cutoff, GOV_NEED_SUM_ONE);
    const gov_need_moment *score = gov_need_moment_of(m, h, q->cutoff, GOV_NEED_SUM_SCORE);
    const gov_need_moment *has = gov_need_moment_of(m, h, q->figure == UNCENSORED ? all : q->cutoff, q->sum);
    const gov_need_moment *from = one + (GOV_NEED_FROM_FIFTH - GOV_NEED_EVERYONE) * m->sums;
    const gov_need_moment *to = from + (GOV_NEED_FROM_THIRD - GOV_NEED_FROM_FIFTH) * m->sums;
    gov_need_moment between = {from->y - to->y, from->yy - to->yy, 0};
    switch (q->figure) {
    case HEADCOUNT:
        return ratio_to(poor, one, poor->yy);
    case INTENSITY:
        return ratio_to(score, poor, poor->by_score);
    case ADJUSTED:
        return ratio_to(score, one, poor->by_score);
    case VULNERABLE:
        return ratio_to(&between, one, between.yy);
    case SEVERE:
        from = one + GOV_NEED_FROM_HALF * m->sums;
        return ratio_to(from, one, from->yy);
    case SQUARE: /* without an error */
        return ratio_to(gov_need_moment_of(m, h, q->cutoff, GOV_NEED_SUM_SQUARE), poor, 0);
    case UNCENSORED:
    case CENSORED:
        return ratio_to(has, one, has->yy);
    case CONTRIBUTION:
        return contribution(has, q->factor, score);
    case GROUP_SHARE:
        has = gov_need_moment_of(q->part, h, q->cutoff, GOV_NEED_SUM_SCORE);
        return ratio_to(has, score, has->yy);
    default:
        return ratio_to(one, one, one->yy);
    }
}

static double ask(const domain *d, question q, double scale, double *error)
{
    const material *m = d->m;
    double estimate = NAN;
    double unused = NAN;
    error = error == NULL ? &unused : error;
    q.count = m->count;
    q.least = gov_rational_ceil_over(q.count->cutoffs[q.cutoff], q.count->denominator);
    if (d->moments == NULL) {
        gov_need_ratio_of(&m->design, d->cells, d->first, d->last, parts, &q, scale, &estimate, error);
        return estimate;
    }
    int64_t everyone = q.count->cutoff_count + GOV_NEED_EVERYONE;
    for (int64_t h = 0; h < m->design.stratum_count; h++) {
        m->ratio[h] = sums_of(d, &q, h);
        m->ratio[h].present = gov_need_moment_of(d->moments, h, everyone, GOV_NEED_SUM_ONE)->yy > 0;
    }
    gov_need_ratio_of_sums(&m->design, m->ratio, scale, &estimate, error);
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

static void put_head(gov_need_sheet *s, const domain *d, int64_t cutoff)
{
    gov_rational k = d->m->count->cutoffs[cutoff];
    gov_need_put_text(s, d->group < 0 ? NULL : d->m->count->groups.names[d->group]);
    gov_need_put_fraction(s, k.num, k.den);
}

static double weight_in(gov_wide units)
{
    return (double)units * GOV_NEED_WEIGHT_UNIT;
}

static void put_summary(gov_need_sheet *s, const domain *d, int64_t cutoff, gov_wide all)
{
    const gov_need_count *c = d->m->count;
    double scale = 1 / (double)c->denominator;
    question q = {.cutoff = cutoff};
    put_head(s, d, cutoff);
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

static void put_indicators(gov_need_sheet *s, const domain *d, int64_t cutoff)
{
    const gov_need_count *c = d->m->count;
    for (int64_t j = 0; j < c->indicator_count; j++) {
        question q = {
            .cutoff = cutoff, .set = 1u << j, .sum = GOV_NEED_SUM_INDICATORS + j, .factor = c->weights[j]};
        if (c->weights[j] == 0)
            continue;
        put_head(s, d, cutoff);
        gov_need_put_text(s, c->indicators[j]);
        q.figure = UNCENSORED;
        put_estimate(s, d, q, 1, 0);
        q.figure = CENSORED;
        put_estimate(s, d, q, 1, 0);
        q.figure = CONTRIBUTION;
        put_estimate(s, d, q, 1, 0);
    }
}

static void put_dimensions(gov_need_sheet *s, const domain *d, int64_t cutoff)
{
    const gov_need_count *c = d->m->count;
    for (int64_t i = 0; i < c->dimension_count; i++) {
        question q = {.figure = CONTRIBUTION, .cutoff = cutoff, .factor = 1};
        q.sum = GOV_NEED_SUM_INDICATORS + c->indicator_count + i;
        int64_t weight = 0;
        for (int64_t j = 0; j < c->indicator_count; j++) {
            if (c->dimension_of[j] == i) {
                q.set |= 1u << j;
                weight += c->weights[j];
            }
        }
        if (weight == 0)
            continue;
        put_head(s, d, cutoff);
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

static int64_t keep(const gov_need_count *c, gov_need_cell *out)
{
    int64_t kept = 0;
    for (int64_t i = 0; i < c->tally.count; i++) {
        if (is_kept(c, &c->tally.cells[i]))
            out[kept++] = c->tally.cells[i];
    }
    return kept;
}

static gov_status prepare(material *m, gov_error *err)
{
    gov_need_count *c = m->count;
    for (int64_t i = 0; i < c->tally.count; i++) {
        gov_need_cell *cell = &c->tally.cells[i];
        cell->counted = deprived(c, &cell->key);
        cell->score = weight_of(c, cell->counted);
    }
    m->by_unit = gov_alloc(c->tally.count, sizeof(*m->by_unit));
    m->by_group = gov_alloc(c->tally.count, sizeof(*m->by_group));
    m->ratio = gov_arena_alloc(&c->arena, c->strata.count, sizeof(*m->ratio));
    if (m->by_unit == NULL || m->by_group == NULL || m->ratio == NULL)
        return gov_fail_memory(err);
    if (c->has_units) {
        gov_need_tally_sort(&c->tally, GOV_NEED_BY_UNIT);
        m->kept = keep(c, m->by_unit);
    }
    gov_need_tally_sort(&c->tally, GOV_NEED_BY_GROUP);
    m->kept = keep(c, m->by_group);
    m->design.has_units = c->has_units;
    m->design.single = c->single;
    return count_units(m, err);
}

/* The first of cells in order of groups whose group is not below this one. */
static int64_t first_of(const gov_need_cell *cells, int64_t count, int32_t group)
{
    int64_t low = 0;
    int64_t high = count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (cells[middle].key.group < group)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static domain domain_of(const material *m, int32_t group)
{
    const gov_need_tally *t = &m->count->tally;
    int is_all = group == ALL;
    domain d = {.m = m, .group = group, .cells = is_all && m->design.has_units ? m->by_unit : m->by_group};
    int64_t first = is_all ? 0 : first_of(t->cells, t->count, group);
    int64_t last = is_all ? t->count : first_of(t->cells, t->count, group + 1);
    d.first = is_all ? 0 : first_of(m->by_group, m->kept, group);
    d.last = is_all ? m->kept : first_of(m->by_group, m->kept, group + 1);
    for (int64_t i = first; i < last; i++) {
        d.rows += t->cells[i].rows;
        d.whole += t->cells[i].weight;
    }
    for (int64_t i = d.first; i < d.last; i++)
        d.used += d.cells[i].weight;
    return d;
}

static void put_domain(const domain *d, const domain *total, gov_need_sheet *summary,
                       gov_need_sheet *indicators, gov_need_sheet *dimensions)
{
    int is_all = d->group == ALL;
    for (int64_t k = 0; k < d->m->count->cutoff_count; k++) {
        question share = {
            .figure = is_all ? ADJUSTED : GROUP_SHARE, .cutoff = k, .group = d->group, .part = d->moments};
        double error = NAN;
        put_summary(summary, d, k, total->used);
        double part = ask(total, share, 1, &error);
        gov_need_put_number(summary, is_all ? (part > 0 ? 1 : NAN) : part);
        gov_need_put_number(summary, is_all ? (part > 0 ? 0 : NAN) : error);
        put_indicators(indicators, d, k);
        put_dimensions(dimensions, d, k);
    }
}

/* All groups, after the total. */
static void put_domains(const material *m, domain *total, gov_need_moments *moments, gov_need_sheet sheets[3])
{
    if (moments != NULL) {
        gov_need_moments_take(&moments[0], m->by_group, m->kept);
        total->moments = &moments[0];
    }
    put_domain(total, total, &sheets[0], &sheets[1], &sheets[2]);
    for (int64_t g = 0; m->count->by_group && g < m->count->groups.count; g++) {
        domain d = domain_of(m, (int32_t)g);
        if (moments != NULL) {
            gov_need_moments_take(&moments[1], d.cells + d.first, d.last - d.first);
            d.moments = &moments[1];
        }
        put_domain(&d, total, &sheets[0], &sheets[1], &sheets[2]);
    }
}

static gov_status put_all(const material *m, domain *total, gov_need_sheet sheets[3], gov_error *err)
{
    gov_need_moments moments[2] = {{.list = NULL}, {.list = NULL}};
    gov_status status = GOV_OK;
    for (int i = 0; i < 2 && status == GOV_OK && !m->design.has_units; i++)
        status = gov_need_moments_open(m->count, &moments[i], err);
    if (status == GOV_OK)
        put_domains(m, total, m->design.has_units ? NULL : moments, sheets);
    gov_need_moments_close(&moments[0]);
    gov_need_moments_close(&moments[1]);
    return status;
}

static gov_status make_tables(material *m, gov_need_measures *out, gov_error *err)
{
    static const char *const columns[] = {
        "group:text,k:text,rows:int,retained:num,weight:num,H:num,H_se:num,H_low:num,H_high:num,"
        "A:num,A_se:num,A_low:num,A_high:num,M0:num,M0_se:num,M0_low:num,M0_high:num,poor:num,"
        "vulnerable:num,severe:num,variance_poor:num,share:num,contribution:num,"
        "contribution_se:num",
        "group:text,k:text,indicator:text,uncensored:num,uncensored_se:num,censored:num,"
        "censored_se:num,contribution:num,contribution_se:num",
        "group:text,k:text,dimension:text,contribution:num,contribution_se:num"};
    gov_table **const tables[] = {&out->summary, &out->indicators, &out->dimensions};
    gov_need_sheet sheets[3];
    domain total = domain_of(m, ALL);
    if (total.used >> 78 != 0)
        return gov_fail(err, GOV_E_LIMIT, "the sum of the weights must be below 2^38");
    for (int i = 0; i < 3; i++)
        gov_need_sheet_open(&sheets[i], columns[i], err);
    gov_status status = put_all(m, &total, sheets, err);
    for (int i = 0; i < 3; i++) {
        gov_status closed = gov_need_sheet_close(&sheets[i], tables[i]);
        status = status == GOV_OK ? closed : status;
    }
    return status;
}

gov_status gov_need_count_finish(gov_need_count *count, gov_need_measures **out, gov_error *err)
{
    material m = {.count = count};
    gov_need_measures *measures = gov_alloc_zero(1, sizeof(*measures));
    gov_status status = measures == NULL ? gov_fail_memory(err) : prepare(&m, err);
    if (status == GOV_OK)
        status = make_tables(&m, measures, err);
    gov_free(m.by_unit);
    gov_free(m.by_group);
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
