/* sensitive_moves.c - one weight moved at a time, and every cut-off at once, exactly.
 *
 * The weight n / W of an indicator becomes n (q + p) / (W q), the others shrink in proportion. With s the score's
 * numerator and g whether the indicator counts, the score becomes
 *     (n (q + p) g (W - n) + (W q - n (q + p)) (s - n g)) / (W q (W - n)),
 * a fraction of integers below 2^60: comparisons with cut-offs are exact. Patterns that are renormalised are not linear in
 * the weights; they are computed as a draw is, to 2^-40. */
#include "need/rows.h"
#include "need/sensitive.h"

#include <math.h>
#include <string.h>

/* --- One weight moved -------------------------------------------------------------------------------------------------- */

typedef struct move {
    const gov_need_study *study;
    const double *pattern_weights;
    int64_t j;
    int sign;
    double *scores; /* scratch: of the patterns that are renormalised, in units of 2^-40 */
} move;

/* What a move does, at one cut-off. */
typedef struct effect {
    double changed; /* share of the households whose tier changes */
    double h;
    double m0;
} effect;

/* The moved weight as a fraction; 0 if it would pass 1, or if there is no other weight. */
static int moved_weight(const move *m, gov_wide *num, gov_wide *den)
{
    int64_t whole = m->study->patterns.weights->denominator;
    int64_t n = m->study->patterns.weights->indicators[m->j];
    gov_rational d = m->study->delta;
    *num = (gov_wide)n * (d.den + m->sign * d.num);
    *den = (gov_wide)whole * d.den;
    return n < whole && *num <= *den;
}

/* The moved weights for patterns that are renormalised. */
static void score_loose(const move *m, double weight)
{
    const gov_need_patterns *p = &m->study->patterns;
    double weights[GOV_NEED_MOST_INDICATORS];
    double whole = (double)p->weights->denominator;
    double rest = whole - (double)p->weights->indicators[m->j];
    for (int64_t j = 0; j < p->model->indicator_count; j++)
        weights[j] = GOV_NEED_DRAW_UNIT *
                     (j == m->j ? weight : (1 - weight) * (double)p->weights->indicators[j] / rest);
    gov_need_patterns_score(p, weights, m->scores);
}

/* The score of a pattern after the move. */
static void moved_score(const move *m, int64_t i, gov_wide weight, gov_wide weight_den, gov_wide *num,
                        gov_wide *den)
{
    const gov_need_pattern *p = &m->study->patterns.list[i];
    gov_wide whole = m->study->patterns.weights->denominator;
    gov_wide n = m->study->patterns.weights->indicators[m->j];
    gov_wide own = p->whole >> m->j & 1u ? 1 : 0;
    if (p->loose != 0) {
        *num = (gov_wide)rint(m->scores[i]) + 1; /* what lies on a cut-off reaches it */
        *den = (gov_wide)GOV_NEED_DRAW_UNIT;
        return;
    }
    *num = weight * own * (whole - n) + (weight_den - weight) * (p->score - n * own);
    *den = weight_den * (whole - n);
}

static int at_least(gov_wide num, gov_wide den, gov_rational k)
{
    return num * k.den >= den * k.num;
}

static int8_t moved_tier(const move *m, int8_t floor, gov_wide num, gov_wide den)
{
    const gov_need_model *model = m->study->patterns.model;
    int8_t tier = 0;
    for (int64_t t = 0; t < model->tier_count; t++)
        tier = (int8_t)(tier + at_least(num, den, model->tiers[t].at));
    return tier > floor ? tier : floor;
}

/* 0 if the weight cannot be moved so. effects: one a cut-off. */
static int make_move(const move *m, effect *effects)
{
    const gov_need_study *s = m->study;
    gov_wide weight = 0;
    gov_wide weight_den = 1;
    int64_t changed = 0;
    double all = 0;
    if (!moved_weight(m, &weight, &weight_den))
        return 0;
    score_loose(m, (double)weight / (double)weight_den);
    memset(effects, 0, (size_t)s->cutoff_count * sizeof(*effects));
    for (int64_t i = 0; i < s->patterns.count; i++) {
        const gov_need_pattern *p = &s->patterns.list[i];
        gov_wide num = 0;
        gov_wide den = 1;
        moved_score(m, i, weight, weight_den, &num, &den);
        changed += moved_tier(m, p->floor, num, den) != p->tier ? p->households : 0;
        all += m->pattern_weights[i];
        for (int64_t k = 0; k < s->cutoff_count; k++) {
            double poor = at_least(num, den, s->cutoffs[k]) ? m->pattern_weights[i] : 0;
            effects[k].h += poor;
            effects[k].m0 += poor * ((double)num / (double)den);
        }
    }
    for (int64_t k = 0; k < s->cutoff_count; k++) {
        effects[k].changed = (double)changed / (double)s->patterns.households;
        effects[k].h = all > 0 ? effects[k].h / all : NAN;
        effects[k].m0 = all > 0 ? effects[k].m0 / all : NAN;
    }
    return 1;
}

static void put_moves(gov_need_sheet *sheet, move *m)
{
    const gov_need_study *s = m->study;
    effect up[GOV_NEED_MOST_CUTOFFS];
    effect down[GOV_NEED_MOST_CUTOFFS];
    double step = 2 * (double)s->delta.num / (double)s->delta.den;
    m->sign = 1;
    int can_rise = make_move(m, up);
    m->sign = -1;
    int can_fall = make_move(m, down);
    for (int64_t k = 0; k < s->cutoff_count; k++) {
        const gov_need_level *stated = &s->stated[k * (s->areas + 1) + s->areas];
        int both = can_rise && can_fall;
        gov_need_put_text(sheet, s->patterns.model->indicators[m->j].id);
        gov_need_put_fraction(sheet, s->cutoffs[k].num, s->cutoffs[k].den);
        gov_need_put_fraction(sheet, s->patterns.weights->indicators[m->j], s->patterns.weights->denominator);
        gov_need_put_number(sheet, can_rise ? up[k].changed : NAN);
        gov_need_put_number(sheet, can_fall ? down[k].changed : NAN);
        gov_need_put_number(sheet, both && stated->h > 0 ? (up[k].h - down[k].h) / (step * stated->h) : NAN);
        gov_need_put_number(sheet,
                            both && stated->m0 > 0 ? (up[k].m0 - down[k].m0) / (step * stated->m0) : NAN);
    }
}

gov_status gov_need_study_indicators(const gov_need_study *s, gov_table **out, gov_error *err)
{
    double *weights = gov_alloc_zero(s->patterns.count, sizeof(*weights));
    double *scores = gov_alloc(s->patterns.count, sizeof(*scores));
    gov_need_sheet sheet;
    if (weights == NULL || scores == NULL) {
        gov_free(weights);
        gov_free(scores);
        return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < s->patterns.share_count; i++)
        weights[s->patterns.shares[i].pattern] += s->patterns.shares[i].weight;
    gov_need_sheet_open(
        &sheet, "indicator:text,k:text,weight:text,up:num,down:num,H_elasticity:num,M0_elasticity:num", err);
    for (int64_t j = 0; j < s->patterns.model->indicator_count; j++) {
        move m = {.study = s, .pattern_weights = weights, .j = j, .scores = scores};
        if (s->patterns.weights->indicators[j] > 0)
            put_moves(&sheet, &m);
    }
    gov_free(weights);
    gov_free(scores);
    return gov_need_sheet_close(&sheet, out);
}

/* --- Every cut-off ------------------------------------------------------------------------------------------------------- */

/* Weight and depth of an area by distinct score; added up from above they are H and M0 at each. */
typedef struct curve {
    int64_t count; /* of distinct scores above 0 */
    int64_t *scores;
    int32_t *of_pattern; /* -1: a score of 0 */
    double *weight;
    double *depth;
} curve;

static void close_curve(curve *c)
{
    gov_free(c->scores);
    gov_free(c->of_pattern);
    gov_free(c->weight);
    gov_free(c->depth);
}

static gov_status open_curve(const gov_need_study *s, curve *c, gov_error *err)
{
    const gov_need_patterns *p = &s->patterns;
    *c = (curve){0};
    c->scores = gov_alloc(p->count, sizeof(*c->scores));
    c->of_pattern = gov_alloc(p->count, sizeof(*c->of_pattern));
    c->weight = gov_alloc(p->count, sizeof(*c->weight));
    c->depth = gov_alloc(p->count, sizeof(*c->depth));
    if (c->scores == NULL || c->of_pattern == NULL || c->weight == NULL || c->depth == NULL) {
        close_curve(c);
        return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < p->count; i++) {
        if (p->list[i].score > 0 && (c->count == 0 || c->scores[c->count - 1] < p->list[i].score))
            c->scores[c->count++] = p->list[i].score;
        c->of_pattern[i] = (int32_t)c->count - 1;
    }
    return GOV_OK;
}

/* The curve of the shares [first, last): the share of `all` that is at or above each score, and their mean depth. */
static void draw_curve(const gov_need_study *s, curve *c, int64_t first, int64_t last, double all)
{
    memset(c->weight, 0, (size_t)c->count * sizeof(*c->weight));
    for (int64_t i = first; i < last; i++) {
        int32_t at = c->of_pattern[s->patterns.shares[i].pattern];
        if (at >= 0)
            c->weight[at] += s->patterns.shares[i].weight;
    }
    double weight = 0;
    double depth = 0;
    for (int64_t i = c->count - 1; i >= 0; i--) {
        weight += c->weight[i];
        depth += c->weight[i] * (double)c->scores[i];
        c->weight[i] = all > 0 ? weight / all : NAN;
        c->depth[i] = all > 0 ? depth / (double)s->patterns.weights->denominator / all : NAN;
    }
}

static void put_curve(gov_need_sheet *sheet, const gov_need_study *s, const curve *c, const char *group)
{
    int64_t den = s->patterns.weights->denominator;
    for (int64_t i = 0; i < c->count; i++) {
        gov_need_put_text(sheet, group);
        gov_need_put_fraction(sheet, c->scores[i], den);
        gov_need_put_number(sheet, (double)c->scores[i] / (double)den);
        gov_need_put_number(sheet, c->weight[i]);
        gov_need_put_number(sheet, c->weight[i] > 0 ? c->depth[i] / c->weight[i] : NAN);
        gov_need_put_number(sheet, c->depth[i]);
    }
}

/* The shares of an area: they stand by group, those without one first. */
static int64_t next_area(const gov_need_study *s, int64_t first, int64_t area)
{
    while (first < s->patterns.share_count && s->patterns.shares[first].group <= area)
        first++;
    return first;
}

gov_status gov_need_study_cutoffs(const gov_need_study *s, gov_table **out, gov_error *err)
{
    curve c;
    gov_need_sheet sheet;
    double all = 0;
    GOV_TRY(open_curve(s, &c, err));
    gov_need_sheet_open(&sheet, "group:text,k:text,cut:num,H:num,A:num,M0:num", err);
    for (int64_t i = 0; i <= s->areas; i++)
        all += s->area_weights[i];
    draw_curve(s, &c, 0, s->patterns.share_count, all);
    put_curve(&sheet, s, &c, NULL);
    int64_t first = next_area(s, 0, -1);
    for (int64_t area = 0; area < s->areas; area++) {
        int64_t last = next_area(s, first, area);
        draw_curve(s, &c, first, last, s->area_weights[area]);
        put_curve(&sheet, s, &c, s->patterns.groups.names[area]);
        first = last;
    }
    close_curve(&c);
    return gov_need_sheet_close(&sheet, out);
}

/* --- Areas that are in one order at every cut-off ------------------------------------------------------------------------ */

enum { MOST_AREAS = 1000, MOST_POINTS = 20000000 };

static int is_robust(const double *a, const double *b, int64_t n)
{
    int above = 0;
    int below = 0;
    for (int64_t i = 0; i < n && !(above && below); i++) {
        above |= a[i] > b[i];
        below |= a[i] < b[i];
    }
    return !(above && below);
}

gov_status gov_need_study_robust(const gov_need_study *s, double *out, gov_error *err)
{
    curve c;
    int64_t robust = 0;
    *out = NAN;
    if (s->areas < 2 || s->areas > MOST_AREAS)
        return GOV_OK;
    GOV_TRY(open_curve(s, &c, err));
    double *depths =
        s->areas * c.count <= MOST_POINTS ? gov_alloc(s->areas * c.count, sizeof(*depths)) : NULL;
    if (depths == NULL) {
        close_curve(&c);
        return s->areas * c.count <= MOST_POINTS ? gov_fail_memory(err) : GOV_OK;
    }
    int64_t first = next_area(s, 0, -1);
    for (int64_t area = 0; area < s->areas; area++) {
        int64_t last = next_area(s, first, area);
        draw_curve(s, &c, first, last, s->area_weights[area]);
        memcpy(depths + area * c.count, c.depth, (size_t)c.count * sizeof(*depths));
        first = last;
    }
    for (int64_t i = 0; i < s->areas; i++) {
        for (int64_t j = i + 1; j < s->areas; j++)
            robust += is_robust(depths + i * c.count, depths + j * c.count, c.count);
    }
    *out = (double)robust / ((double)s->areas * (double)(s->areas - 1) / 2);
    gov_free(depths);
    close_curve(&c);
    return GOV_OK;
}
