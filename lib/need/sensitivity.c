/* sensitivity.c - reading the options, counting the patterns, and one table after another. */
#include "govcore/need/sensitivity.h"
#include "need/sensitive.h"

#include <math.h>
#include <string.h>

enum { USUAL_DRAWS = 1000, MOST_DRAWS = 100000, MOST_FIGURES = 20000000 };

struct gov_need_sensitivity {
    gov_table *tiers;
    gov_table *groups;
    gov_table *agreement;
    gov_table *indicators;
    gov_table *cutoffs;
};

static gov_status read_options(const gov_need_sensitivity_options *options, gov_need_study *s, gov_error *err)
{
    gov_need_sensitivity_options o = GOV_NEED_SENSITIVITY_OPTIONS_INIT;
    if (options != NULL && options->struct_size != sizeof(o))
        return gov_fail(err, GOV_E_ARGUMENT,
                        "options.struct_size is not that of GOV_NEED_SENSITIVITY_OPTIONS_INIT");
    if (options != NULL)
        o = *options;
    o.draws = o.draws == 0 ? USUAL_DRAWS : o.draws;
    o.concentration = fabs(o.concentration) > 0 ? o.concentration : 100;
    o.level = fabs(o.level) > 0 ? o.level : 0.95;
    o.delta = o.delta == NULL ? "1/10" : o.delta;
    if (o.draws < 1 || o.draws > MOST_DRAWS)
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_NAME("draws"), "draws: from 1 to %d", MOST_DRAWS);
    if (!(o.concentration > 0 && o.concentration < 1e9))
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_NAME("concentration"),
                           "concentration: above 0 and below 1e9");
    if (!(o.level > 0 && o.level < 1))
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_NAME("level"), "level: between 0 and 1");
    if (!gov_rational_parse(o.delta, (int64_t)strlen(o.delta), &s->delta) || s->delta.num == 0 ||
        s->delta.num >= s->delta.den || s->delta.den > 1000)
        return gov_fail_at(
            err, GOV_E_FORMAT, GOV_AT_NAME("delta"),
            "delta: '%s' is not an exact fraction below 1 such as 1/10, with at most 1000 below", o.delta);
    s->options = o;
    return GOV_OK;
}

static gov_status read_cutoffs(gov_need_study *s, const gov_need_model *m, gov_error *err)
{
    if (s->options.k != NULL)
        return gov_need_cutoffs_read(s->options.k, s->cutoffs, &s->cutoff_count, err);
    s->cutoff_count = m->tier_count;
    for (int64_t t = 0; t < m->tier_count; t++)
        s->cutoffs[t] = m->tiers[t].at;
    return GOV_OK;
}

/* The lists that the draws and tables read. */
static gov_status make_lists(gov_need_study *s, gov_error *err)
{
    int64_t places = s->cutoff_count * s->areas;
    s->area_weights = gov_alloc_zero(s->areas + 1, sizeof(*s->area_weights));
    s->stated = gov_alloc(s->cutoff_count * (s->areas + 1), sizeof(*s->stated));
    s->orders = gov_alloc(places, sizeof(*s->orders));
    s->same = gov_alloc(places, sizeof(*s->same));
    s->ranks = gov_alloc(places, sizeof(*s->ranks));
    s->tied = gov_alloc(s->patterns.count, sizeof(*s->tied));
    s->numbers = gov_alloc(s->patterns.count, sizeof(*s->numbers));
    if (s->area_weights == NULL || s->stated == NULL || s->orders == NULL || s->same == NULL ||
        s->ranks == NULL || s->tied == NULL || s->numbers == NULL)
        return gov_fail_memory(err);
    return GOV_OK;
}

static gov_status state(gov_need_study *s, gov_error *err)
{
    const gov_need_patterns *p = &s->patterns;
    int64_t den = p->weights->denominator;
    double *scores = gov_alloc(p->count, sizeof(*scores));
    if (scores == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < p->count; i++) {
        scores[i] = (double)p->list[i].score;
        s->tied[i] = i > 0 && p->list[i].score == p->list[i - 1].score;
        s->numbers[i] = p->list[i].households;
    }
    for (int64_t i = 0; i < p->share_count; i++) {
        int32_t group = p->shares[i].group;
        s->area_weights[group < 0 || group >= s->areas ? s->areas : group] += p->shares[i].weight;
    }
    for (int64_t k = 0; k < s->cutoff_count; k++)
        gov_need_levels_of(s, scores, (double)den, (double)gov_rational_ceil_over(s->cutoffs[k], den),
                           s->stated + k * (s->areas + 1));
    gov_free(scores);
    return gov_need_study_orders(s, err);
}

static gov_status study_patterns(gov_need_study *s, const gov_need_options *scoring,
                                 gov_need_sensitivity *out, gov_error *err)
{
    s->areas = s->options.by == NULL ? 0 : s->patterns.groups.count;
    if ((s->areas + 1) * s->cutoff_count > MOST_FIGURES / s->options.draws)
        return gov_fail(err, GOV_E_LIMIT, "draws × areas × cut-offs must not pass %d", MOST_FIGURES);
    GOV_TRY(make_lists(s, err));
    GOV_TRY(state(s, err));
    GOV_TRY(gov_need_study_draw(s, scoring, err));
    GOV_TRY(gov_need_study_tiers(s, &out->tiers, err));
    GOV_TRY(gov_need_study_groups(s, &out->groups, err));
    GOV_TRY(gov_need_study_agreement(s, &out->agreement, err));
    GOV_TRY(gov_need_study_indicators(s, &out->indicators, err));
    return gov_need_study_cutoffs(s, &out->cutoffs, err);
}

static void clear_study(gov_need_study *s)
{
    gov_need_patterns_clear(&s->patterns);
    gov_free(s->area_weights);
    gov_free(s->stated);
    gov_free(s->values);
    gov_free(s->orders);
    gov_free(s->same);
    gov_free(s->ranks);
    gov_free(s->tied);
    gov_free(s->numbers);
}

static gov_status study(const gov_need_model *model, const gov_table *households,
                        const gov_need_options *scoring, const gov_need_sensitivity_options *options,
                        gov_need_study *s, gov_need_sensitivity *out, gov_error *err)
{
    gov_need_options o;
    gov_need_env env;
    GOV_TRY(gov_need_options_read(scoring, &o, err));
    GOV_TRY(read_options(options, s, err));
    GOV_TRY(read_cutoffs(s, model, err));
    GOV_TRY(gov_need_env_open(model, households, &o, &env, err));
    gov_status status = gov_need_patterns_of(&env, households, &o, s->options.by, s->options.weight,
                                             s->options.high, &s->patterns, err);
    gov_need_env_close(&env);
    return status == GOV_OK ? study_patterns(s, &o, out, err) : status;
}

gov_status gov_need_sensitivity_of(const gov_need_model *model, const gov_table *households,
                                   const gov_need_options *scoring,
                                   const gov_need_sensitivity_options *options, gov_need_sensitivity **out,
                                   gov_error *err)
{
    if (model == NULL || households == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "model, households and out must be given");
    gov_need_study *s = gov_alloc_zero(1, sizeof(*s));
    gov_need_sensitivity *made = gov_alloc_zero(1, sizeof(*made));
    gov_status status = s == NULL || made == NULL ? gov_fail_memory(err)
                                                  : study(model, households, scoring, options, s, made, err);
    if (s != NULL)
        clear_study(s);
    gov_free(s);
    if (status == GOV_OK)
        *out = made;
    else
        gov_need_sensitivity_free(made);
    return status;
}

void gov_need_sensitivity_free(gov_need_sensitivity *sensitivity)
{
    if (sensitivity == NULL)
        return;
    gov_table_free(sensitivity->tiers);
    gov_table_free(sensitivity->groups);
    gov_table_free(sensitivity->agreement);
    gov_table_free(sensitivity->indicators);
    gov_table_free(sensitivity->cutoffs);
    gov_free(sensitivity);
}

const gov_table *gov_need_sensitivity_tiers(const gov_need_sensitivity *sensitivity)
{
    return sensitivity->tiers;
}

const gov_table *gov_need_sensitivity_groups(const gov_need_sensitivity *sensitivity)
{
    return sensitivity->groups;
}

const gov_table *gov_need_sensitivity_agreement(const gov_need_sensitivity *sensitivity)
{
    return sensitivity->agreement;
}

const gov_table *gov_need_sensitivity_indicators(const gov_need_sensitivity *sensitivity)
{
    return sensitivity->indicators;
}

const gov_table *gov_need_sensitivity_cutoffs(const gov_need_sensitivity *sensitivity)
{
    return sensitivity->cutoffs;
}
