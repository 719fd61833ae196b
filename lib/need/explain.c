/* explain.c - one household scored by the same kernels with no column reused, and everything read off them. */
#include "need/explain.h"

#include <string.h>

struct gov_need_explanation {
    gov_table *lines;
    gov_table *changes;
    gov_table *flips;
    gov_table *ask;
    gov_text *zh;
    gov_text *en;
};

static const char *const state_names[] = {"deprived", "partly", "not_deprived", "missing", "not_applicable"};

static int state_of(const gov_need_rows *r, int64_t j)
{
    uint32_t bit = 1u << j;
    if (r->absent[0] & bit)
        return GOV_NEED_IS_ABSENT;
    if (r->missing[0] & bit)
        return GOV_NEED_IS_MISSING;
    if (r->deprived[0] & bit)
        return GOV_NEED_IS_DEPRIVED;
    return r->partly[0] & bit ? GOV_NEED_IS_PARTLY : GOV_NEED_IS_NOT_DEPRIVED;
}

/* What an indicator adds to the low score before renormalisation, over the model's denominator. */
static int64_t raw_contribution(const gov_need_case *c, int64_t j)
{
    const gov_need_indicator *x = &c->env->model->indicators[j];
    int64_t weight = c->env->weights->indicators[j];
    const gov_need_vector *d = &c->scorer.worker.nodes[x->deprived];
    int counts_partly = c->scorer.depth && x->partly >= 0;
    if (weight == 0)
        return 0; /* not part of the preset: its rules are not computed */
    if (d->bits[0] || (!d->known[0] && x->on_missing == GOV_NEED_DEPRIVED))
        return weight;
    if (!counts_partly || (!d->known[0] && x->on_missing == GOV_NEED_RENORMALISE))
        return 0;
    const gov_need_vector *p = &c->scorer.worker.nodes[x->partly];
    return p->bits[0] || (!p->known[0] && x->on_missing == GOV_NEED_DEPRIVED) ? weight / 2 : 0;
}

/* The weight that is unknown and renormalised away in a dimension. */
static int64_t dropped_weight(const gov_need_case *c, const gov_need_dimension *d)
{
    int64_t dropped = 0;
    for (int64_t j = d->first; j < d->first + d->count; j++) {
        if (c->states[j] == GOV_NEED_IS_MISSING &&
            c->env->model->indicators[j].on_missing == GOV_NEED_RENORMALISE)
            dropped += c->env->weights->indicators[j];
    }
    return dropped;
}

static void read_contributions(gov_need_case *c)
{
    const gov_need_model *m = c->env->model;
    for (int64_t i = 0; i < m->dimension_count; i++) {
        const gov_need_dimension *d = &m->dimensions[i];
        int64_t whole = c->env->weights->dimensions[i];
        int64_t rest = whole - dropped_weight(c, d);
        int64_t common = rest > 0 ? gov_gcd(whole, rest) : 1;
        for (int64_t j = d->first; j < d->first + d->count && rest > 0; j++) {
            c->contributions[j] = raw_contribution(c, j) / (rest / common) * (whole / common);
            c->full[j] = c->env->weights->indicators[j] / (rest / common) * (whole / common);
        }
    }
}

static gov_status open_case(gov_need_case *c, const gov_need_env *env, const gov_need_options *o,
                            gov_error *err)
{
    memset(c, 0, sizeof(*c));
    c->env = env;
    GOV_TRY(gov_need_scorer_open(env, o->depth, 1, &c->scorer, err));
    gov_status status = gov_need_scorer_run(&c->scorer, 0, 1, err);
    if (status != GOV_OK) {
        gov_need_scorer_close(&c->scorer);
        return status;
    }
    const gov_need_rows *r = &c->scorer.rows;
    c->score = r->low[0];
    c->high = gov_need_scorer_high(&c->scorer, 0);
    c->tier = r->tier[0];
    c->tier_high = r->tier_high[0];
    c->status = r->status[0];
    c->services = r->services[0];
    for (int64_t j = 0; j < env->model->indicator_count; j++)
        c->states[j] = (uint8_t)state_of(r, j);
    read_contributions(c);
    return GOV_OK;
}

/* --- Tables --------------------------------------------------------------------------------------------- */

typedef void (*writer)(const gov_need_case *c, const gov_need_indicator *x, gov_buffer *out);

/* A text of one cell; an empty one is missing. */
static void put_written(gov_need_sheet *s, const gov_need_case *c, const gov_need_indicator *x, writer write)
{
    gov_buffer b = GOV_BUFFER_INIT;
    gov_text *text = NULL;
    write(c, x, &b);
    gov_status status = gov_buffer_finish(&b, &text, s->err);
    if (status != GOV_OK) {
        s->status = s->status == GOV_OK ? status : s->status;
        return;
    }
    gov_need_put_text(s, gov_text_size(text) == 0 ? NULL : gov_text_data(text));
    gov_text_free(text);
}

static void put_line(gov_need_sheet *s, const gov_need_case *c, int64_t j)
{
    static const char *const on_missing[] = {"bounds", "not_deprived", "deprived", "refuse", "renormalise"};
    const gov_need_model *m = c->env->model;
    const gov_need_indicator *x = &m->indicators[j];
    gov_need_put_int(s, j);
    gov_need_put_text(s, m->dimensions[x->dimension].id);
    gov_need_put_text(s, x->id);
    gov_need_put_text(s, x->name.zh);
    gov_need_put_text(s, x->name.en);
    gov_need_put_text(s, state_names[c->states[j]]);
    put_written(s, c, x, gov_need_write_inputs);
    gov_need_put_text(s, x->deprived_text);
    gov_need_put_int(s, c->env->weights->indicators[j]);
    gov_need_put_int(s, c->contributions[j]);
    if (c->states[j] == GOV_NEED_IS_MISSING)
        put_written(s, c, x, gov_need_write_reason);
    else
        gov_need_put_missing(s);
    gov_need_put_text(s, on_missing[x->on_missing]);
    gov_need_put_text(s, x->source);
}

static gov_status make_lines(const gov_need_case *c, gov_table **out, gov_error *err)
{
    gov_need_sheet s;
    gov_need_sheet_open(
        &s,
        "bit:int,dimension:text,indicator:text,name_zh:text,name_en:text,state:text,inputs:text,"
        "rule:text,weight_num:int,contribution_num:int,reason:text,on_missing:text,source:text",
        err);
    for (int64_t j = 0; j < c->env->model->indicator_count; j++) {
        if (c->env->weights->indicators[j] > 0)
            put_line(&s, c, j);
    }
    return gov_need_sheet_close(&s, out);
}

static gov_status make_changes(const gov_need_case *c, const gov_need_changes *changes, int flips,
                               gov_table **out, gov_error *err)
{
    const gov_need_model *m = c->env->model;
    uint32_t set = flips ? changes->flips : changes->set;
    gov_need_sheet s;
    gov_need_sheet_open(
        &s, "bit:int,indicator:text,name_zh:text,name_en:text,state:text,contribution_num:int,tier:text",
        err);
    for (int64_t j = 0; j < m->indicator_count; j++) {
        if (!(set >> j & 1u))
            continue;
        gov_need_put_int(&s, j);
        gov_need_put_text(&s, m->indicators[j].id);
        gov_need_put_text(&s, m->indicators[j].name.zh);
        gov_need_put_text(&s, m->indicators[j].name.en);
        gov_need_put_text(&s, state_names[c->states[j]]);
        gov_need_put_int(&s, c->contributions[j]);
        gov_need_put_text(&s, gov_need_tier_id(m, flips ? changes->flip_tiers[j] : changes->tier));
    }
    return gov_need_sheet_close(&s, out);
}

/* What is missing, the heaviest first, and in the order of the model where weights are equal. */
static gov_status make_ask(const gov_need_case *c, gov_table **out, gov_error *err)
{
    const gov_need_model *m = c->env->model;
    uint32_t left = c->scorer.rows.missing[0];
    gov_need_sheet s;
    gov_need_sheet_open(&s, "bit:int,indicator:text,name_zh:text,name_en:text,weight_num:int,reason:text",
                        err);
    while (left != 0) {
        int64_t best = -1;
        for (int64_t j = 0; j < m->indicator_count; j++) {
            if ((left >> j & 1u) &&
                (best < 0 || c->env->weights->indicators[j] > c->env->weights->indicators[best]))
                best = j;
        }
        left &= ~(1u << best);
        gov_need_put_int(&s, best);
        gov_need_put_text(&s, m->indicators[best].id);
        gov_need_put_text(&s, m->indicators[best].name.zh);
        gov_need_put_text(&s, m->indicators[best].name.en);
        gov_need_put_int(&s, c->env->weights->indicators[best]);
        put_written(&s, c, &m->indicators[best], gov_need_write_reason);
    }
    return gov_need_sheet_close(&s, out);
}

static gov_status make_text(const gov_need_case *c, const gov_need_changes *changes, const char *language,
                            gov_text **out, gov_error *err)
{
    gov_buffer b = GOV_BUFFER_INIT;
    gov_need_write_text(c, changes, language, &b);
    return gov_buffer_finish(&b, out, err);
}

static gov_status fill(gov_need_explanation *e, gov_need_case *c, gov_run *run, gov_error *err)
{
    gov_need_changes changes;
    GOV_TRY(gov_need_counterfactual(c, run, &changes, err));
    GOV_TRY(make_lines(c, &e->lines, err));
    GOV_TRY(make_changes(c, &changes, 0, &e->changes, err));
    GOV_TRY(make_changes(c, &changes, 1, &e->flips, err));
    GOV_TRY(make_ask(c, &e->ask, err));
    GOV_TRY(make_text(c, &changes, "zh", &e->zh, err));
    return make_text(c, &changes, "en", &e->en, err);
}

/* --- The call ------------------------------------------------------------------------------------------- */

static gov_status explain_row(const gov_need_model *model, const gov_table *row,
                              const gov_need_options *options, gov_need_explanation *e, gov_error *err)
{
    gov_need_options o;
    gov_need_env env;
    gov_need_case c;
    GOV_TRY(gov_need_options_read(options, &o, err));
    o.batch_rows = 64;
    GOV_TRY(gov_need_env_open(model, row, &o, &env, err));
    gov_status status = open_case(&c, &env, &o, err);
    if (status == GOV_OK) {
        status = fill(e, &c, o.run, err);
        gov_need_scorer_close(&c.scorer);
    }
    gov_need_env_close(&env);
    return status;
}

gov_status gov_need_explain(const gov_need_model *model, const gov_table *households, int64_t row,
                            const gov_need_options *options, gov_need_explanation **out, gov_error *err)
{
    gov_table *slice = NULL;
    if (model == NULL || households == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "model, households and out must be given");
    if (row < 0 || row >= gov_table_rows(households))
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(row, ""), "the table has no row %lld",
                           (long long)row);
    GOV_TRY(gov_table_slice(households, row, 1, &slice, err));
    gov_need_explanation *e = gov_alloc_zero(1, sizeof(*e));
    gov_status status = e == NULL ? gov_fail_memory(err) : explain_row(model, slice, options, e, err);
    gov_table_free(slice);
    if (status == GOV_OK) {
        *out = e;
        return GOV_OK;
    }
    gov_need_explanation_free(e);
    if (err != NULL && err->row == 0)
        err->row = row; /* row 0 of the slice */
    return status;
}

void gov_need_explanation_free(gov_need_explanation *e)
{
    if (e == NULL)
        return;
    gov_table_free(e->lines);
    gov_table_free(e->changes);
    gov_table_free(e->flips);
    gov_table_free(e->ask);
    gov_text_free(e->zh);
    gov_text_free(e->en);
    gov_free(e);
}

const gov_table *gov_need_explanation_lines(const gov_need_explanation *e)
{
    return e->lines;
}

const gov_table *gov_need_explanation_changes(const gov_need_explanation *e)
{
    return e->changes;
}

const gov_table *gov_need_explanation_flips(const gov_need_explanation *e)
{
    return e->flips;
}

const gov_table *gov_need_explanation_ask(const gov_need_explanation *e)
{
    return e->ask;
}

const char *gov_need_explanation_text(const gov_need_explanation *e, const char *language)
{
    return gov_text_data(language != NULL && strcmp(language, "zh") == 0 ? e->zh : e->en);
}
