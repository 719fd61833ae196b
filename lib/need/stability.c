/* stability.c - how firmly households stand in their tiers when weights are not quite agreed.
 *
 * Let each weight move to w(j) (1 + e(j)) with |e(j)| <= d and the sum kept at 1. A household with the score c has
 * deprived weights of sum c. They can grow by at most d c together, and by no more than the others can shrink,
 * d (1 - c): so the score's range is c ± d min(c, 1 - c), and both ends are reached. Only the score matters, not
 * the pattern, and all is exact in integers. */
#include "need/model.h"
#include "need/rows.h"
#include "need/tally.h"

#include <string.h>

/* What a tier's households may do. */
typedef struct standing {
    int64_t households;
    int64_t stable;
    int64_t may_rise;
    int64_t may_fall;
} standing;

/* The rank of score num / den, a fraction of wide integers. */
static int64_t rank_of(const gov_need_model *m, gov_wide num, gov_wide den)
{
    int64_t rank = 0;
    for (int64_t t = 0; t < m->tier_count; t++)
        rank += num * m->tiers[t].at.den >= den * m->tiers[t].at.num;
    return rank;
}

static void stand(const gov_need_model *m, int64_t score, int64_t den, gov_rational delta, standing *tiers)
{
    gov_wide middle = (gov_wide)score * delta.den;
    gov_wide reach = (gov_wide)(score < den - score ? score : den - score) * delta.num;
    gov_wide whole = (gov_wide)den * delta.den;
    int64_t rank = rank_of(m, middle, whole);
    int64_t low = rank_of(m, middle - reach, whole);
    int64_t high = rank_of(m, middle + reach, whole);
    standing *s = &tiers[rank];
    s->households++;
    s->stable += low == rank && high == rank;
    s->may_rise += high > rank;
    s->may_fall += low < rank;
}

static gov_status count(const gov_need_model *m, const gov_table *scores, int64_t den, gov_rational delta,
                        standing *tiers, gov_error *err)
{
    enum { BATCH = 1024 };
    int64_t nums[BATCH];
    uint8_t valid[BATCH];
    int64_t column = 0;
    int64_t rows = gov_table_rows(scores);
    GOV_TRY(gov_table_find(scores, "score_num", &column, err));
    for (int64_t first = 0; first < rows; first += BATCH) {
        int64_t n = rows - first < BATCH ? rows - first : BATCH;
        GOV_TRY(gov_table_copy_int64s(scores, column, first, n, nums, valid, err));
        for (int64_t i = 0; i < n; i++) {
            if (valid[i])
                stand(m, nums[i], den, delta, tiers);
        }
    }
    return GOV_OK;
}

static gov_status write_standings(const gov_need_model *m, const standing *tiers, gov_table **out,
                                  gov_error *err)
{
    gov_need_sheet s;
    gov_need_sheet_open(&s, "rank:int,tier:text,households:int,stable:int,may_rise:int,may_fall:int", err);
    for (int64_t t = 0; t <= m->tier_count; t++) {
        gov_need_put_int(&s, t);
        gov_need_put_text(&s, gov_need_tier_id(m, t));
        gov_need_put_int(&s, tiers[t].households);
        gov_need_put_int(&s, tiers[t].stable);
        gov_need_put_int(&s, tiers[t].may_rise);
        gov_need_put_int(&s, tiers[t].may_fall);
    }
    return gov_need_sheet_close(&s, out);
}

gov_status gov_need_stability(const gov_need_model *model, const gov_table *households,
                              const gov_need_options *options, const char *delta, gov_table **out,
                              gov_error *err)
{
    standing tiers[GOV_NEED_MOST_TIERS + 1];
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    gov_rational d = {0, 1};
    gov_table *scores = NULL;
    int64_t den = 0;
    if (model == NULL || households == NULL || delta == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "model, households, delta and out must be given");
    if (!gov_rational_parse(delta, (int64_t)strlen(delta), &d) || d.num > d.den || d.den > 1000000)
        return gov_fail_at(err, GOV_E_FORMAT, GOV_AT_NAME("delta"),
                           "delta: '%s' is not an exact fraction up to 1, such as 1/10", delta);
    if (options != NULL)
        o = *options;
    o.codes = 1;
    memset(tiers, 0, sizeof(tiers));
    GOV_TRY(gov_need_model_denominator(model, o.preset, &den, err));
    GOV_TRY(gov_need_score(model, households, &o, &scores, err));
    gov_status status = count(model, scores, den, d, tiers, err);
    gov_table_free(scores);
    GOV_TRY(status);
    return write_standings(model, tiers, out, err);
}
