/* diff.c - two models on one table: who changes tier, between which tiers, and which rules did it.
 *
 * Both models score the table; what differs in a household is read off the two rows of masks by the ids of the
 * indicators, so that models may differ in which indicators they have. */
#include "need/model.h"
#include "need/rows.h"

#include "base/buffer.h"
#include "table/frame.h"

#include <string.h>

struct gov_need_diff {
    gov_table *transitions;
    gov_table *movers;
    gov_table *rules;
};

/* What is read of one model's scores. */
typedef struct side {
    const gov_need_model *model;
    int64_t denominator;
    int64_t *tiers;
    int64_t *scores;
    int64_t *deprived;
    uint8_t *scored; /* 0: refused */
} side;

static gov_status copy_column(const gov_table *t, const char *name, int64_t *values, uint8_t *valid,
                              gov_error *err)
{
    int64_t column = 0;
    GOV_TRY(gov_table_find(t, name, &column, err));
    return gov_table_copy_int64s(t, column, 0, gov_table_rows(t), values, valid, err);
}

static gov_status read_side(side *s, const gov_table *households, const gov_need_options *options,
                            gov_error *err)
{
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    gov_table *scores = NULL;
    int64_t rows = gov_table_rows(households);
    if (options != NULL)
        o = *options;
    o.codes = 1;
    s->tiers = gov_alloc(rows, sizeof(int64_t));
    s->scores = gov_alloc(rows, sizeof(int64_t));
    s->deprived = gov_alloc(rows, sizeof(int64_t));
    s->scored = gov_alloc(rows, 1);
    if (s->tiers == NULL || s->scores == NULL || s->deprived == NULL || s->scored == NULL)
        return gov_fail_memory(err);
    GOV_TRY(gov_need_model_denominator(s->model, o.preset, &s->denominator, err));
    GOV_TRY(gov_need_score(s->model, households, &o, &scores, err));
    gov_status status = copy_column(scores, "tier", s->tiers, s->scored, err);
    if (status == GOV_OK)
        status = copy_column(scores, "score_num", s->scores, s->scored, err);
    if (status == GOV_OK)
        status = copy_column(scores, "deprived_mask", s->deprived, NULL, err);
    gov_table_free(scores);
    return status;
}

static void close_side(side *s)
{
    gov_free(s->tiers);
    gov_free(s->scores);
    gov_free(s->deprived);
    gov_free(s->scored);
}

static const char *tier_of(const side *s, int64_t row)
{
    return s->scored[row] ? gov_need_tier_id(s->model, s->tiers[row]) : "refused";
}

/* --- Tables ----------------------------------------------------------------------------------------------- */

/* The last index stands for refused rows. */
static int64_t place(const side *s, int64_t row)
{
    return s->scored[row] ? s->tiers[row] : s->model->tier_count + 1;
}

static const char *place_name(const side *s, int64_t at)
{
    return at > s->model->tier_count ? "refused" : gov_need_tier_id(s->model, at);
}

static gov_status make_transitions(const side *a, const side *b, int64_t rows, gov_table **out,
                                   gov_error *err)
{
    int64_t counts[GOV_NEED_MOST_TIERS + 2][GOV_NEED_MOST_TIERS + 2] = {{0}};
    gov_need_sheet s;
    for (int64_t i = 0; i < rows; i++)
        counts[place(a, i)][place(b, i)]++;
    gov_need_sheet_open(&s, "tier_from:text,tier_to:text,households:int", err);
    for (int64_t x = 0; x <= a->model->tier_count + 1; x++) {
        for (int64_t y = 0; y <= b->model->tier_count + 1; y++) {
            if (counts[x][y] == 0)
                continue;
            gov_need_put_text(&s, place_name(a, x));
            gov_need_put_text(&s, place_name(b, y));
            gov_need_put_int(&s, counts[x][y]);
        }
    }
    return gov_need_sheet_close(&s, out);
}

static const gov_need_indicator *find(const gov_need_model *m, const char *id, int64_t *bit)
{
    for (int64_t j = 0; j < m->indicator_count; j++) {
        if (strcmp(m->indicators[j].id, id) == 0) {
            *bit = j;
            return &m->indicators[j];
        }
    }
    return NULL;
}

/* "+id" newly deprived, "-id" no longer: by id, for a household that moved. */
static void write_changed(const side *a, const side *b, int64_t row, gov_buffer *out)
{
    int64_t other = 0;
    for (int64_t j = 0; j < b->model->indicator_count; j++) {
        const char *id = b->model->indicators[j].id;
        int was = find(a->model, id, &other) != NULL && (a->deprived[row] >> other & 1);
        if ((b->deprived[row] >> j & 1) && !was)
            gov_buffer_format(out, "%s+%s", out->size == 0 ? "" : " ", id);
    }
    for (int64_t j = 0; j < a->model->indicator_count; j++) {
        const char *id = a->model->indicators[j].id;
        int is = find(b->model, id, &other) != NULL && (b->deprived[row] >> other & 1);
        if ((a->deprived[row] >> j & 1) && !is)
            gov_buffer_format(out, "%s-%s", out->size == 0 ? "" : " ", id);
    }
}

static void put_mover(gov_need_sheet *s, const side *a, const side *b, int64_t row)
{
    gov_buffer changed = GOV_BUFFER_INIT;
    gov_text *text = NULL;
    gov_need_put_int(s, row);
    gov_need_put_number(s, (double)a->scores[row] / (double)a->denominator);
    gov_need_put_number(s, (double)b->scores[row] / (double)b->denominator);
    gov_need_put_text(s, tier_of(a, row));
    gov_need_put_text(s, tier_of(b, row));
    write_changed(a, b, row, &changed);
    gov_status status = gov_buffer_finish(&changed, &text, s->err);
    if (status == GOV_OK)
        gov_need_put_text(s, gov_text_size(text) == 0 ? "weights or tiers" : gov_text_data(text));
    else if (s->status == GOV_OK)
        s->status = status;
    gov_text_free(text);
}

static gov_status make_movers(const side *a, const side *b, int64_t rows, gov_table **out, gov_error *err)
{
    gov_need_sheet s;
    gov_need_sheet_open(&s, "row:int,score_from:num,score_to:num,tier_from:text,tier_to:text,changed:text",
                        err);
    for (int64_t i = 0; i < rows && s.status == GOV_OK; i++) {
        if (strcmp(tier_of(a, i), tier_of(b, i)) != 0)
            put_mover(&s, a, b, i);
    }
    return gov_need_sheet_close(&s, out);
}

/* --- Rules ------------------------------------------------------------------------------------------------ */

static void put_rule(gov_need_sheet *s, const char *id, const char *what, const char *from, const char *to)
{
    int same = from == NULL || to == NULL ? from == to : strcmp(from, to) == 0;
    if (same)
        return;
    gov_need_put_text(s, id);
    gov_need_put_text(s, what);
    gov_need_put_text(s, from);
    gov_need_put_text(s, to);
}

static void put_fraction(gov_need_sheet *s, const char *id, const char *what, const gov_rational *from,
                         const gov_rational *to)
{
    if (from != NULL && to != NULL && gov_rational_compare(*from, *to) == 0)
        return;
    gov_need_put_text(s, id);
    gov_need_put_text(s, what);
    if (from != NULL)
        gov_need_put_fraction(s, from->num, from->den);
    else
        gov_need_put_missing(s);
    if (to != NULL)
        gov_need_put_fraction(s, to->num, to->den);
    else
        gov_need_put_missing(s);
}

static void put_indicator(gov_need_sheet *s, const gov_need_indicator *x, const gov_need_indicator *y)
{
    static const char *const on_missing[] = {"bounds", "not_deprived", "deprived", "refuse", "renormalise"};
    const char *id = x != NULL ? x->id : y->id;
    put_fraction(s, id, "weight", x == NULL ? NULL : &x->weight, y == NULL ? NULL : &y->weight);
    put_rule(s, id, "deprived", x == NULL ? NULL : x->deprived_text, y == NULL ? NULL : y->deprived_text);
    put_rule(s, id, "partly", x == NULL ? NULL : x->partly_text, y == NULL ? NULL : y->partly_text);
    put_rule(s, id, "applies", x == NULL ? NULL : x->applies_text, y == NULL ? NULL : y->applies_text);
    put_rule(s, id, "on_missing", x == NULL ? NULL : on_missing[x->on_missing],
             y == NULL ? NULL : on_missing[y->on_missing]);
}

static gov_status make_rules(const gov_need_model *a, const gov_need_model *b, gov_table **out,
                             gov_error *err)
{
    int64_t bit = 0;
    gov_need_sheet s;
    gov_need_sheet_open(&s, "id:text,what:text,from:text,to:text", err);
    for (int64_t j = 0; j < a->indicator_count; j++)
        put_indicator(&s, &a->indicators[j], find(b, a->indicators[j].id, &bit));
    for (int64_t j = 0; j < b->indicator_count; j++) {
        if (find(a, b->indicators[j].id, &bit) == NULL)
            put_indicator(&s, NULL, &b->indicators[j]);
    }
    for (int64_t t = 0; t < a->tier_count || t < b->tier_count; t++) {
        const gov_need_tier *x = t < a->tier_count ? &a->tiers[t] : NULL;
        const gov_need_tier *y = t < b->tier_count ? &b->tiers[t] : NULL;
        put_fraction(&s, x != NULL ? x->id : y->id, "at", x == NULL ? NULL : &x->at,
                     y == NULL ? NULL : &y->at);
    }
    return gov_need_sheet_close(&s, out);
}

static gov_status compare(const gov_need_model *from, const gov_need_model *to, const gov_table *households,
                          const gov_need_options *options, gov_need_diff *diff, gov_error *err)
{
    side a = {.model = from};
    side b = {.model = to};
    int64_t rows = households != NULL ? gov_table_rows(households) : 0;
    gov_status status = households != NULL ? read_side(&a, households, options, err) : GOV_OK;
    if (status == GOV_OK && households != NULL)
        status = read_side(&b, households, options, err);
    if (status == GOV_OK)
        status = make_transitions(&a, &b, rows, &diff->transitions, err);
    if (status == GOV_OK)
        status = make_movers(&a, &b, rows, &diff->movers, err);
    close_side(&a);
    close_side(&b);
    return status == GOV_OK ? make_rules(from, to, &diff->rules, err) : status;
}

gov_status gov_need_model_diff(const gov_need_model *from, const gov_need_model *to,
                               const gov_table *households, const gov_need_options *options,
                               gov_need_diff **out, gov_error *err)
{
    if (from == NULL || to == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "from, to and out must be given");
    gov_need_diff *diff = gov_alloc_zero(1, sizeof(*diff));
    gov_status status =
        diff == NULL ? gov_fail_memory(err) : compare(from, to, households, options, diff, err);
    if (status == GOV_OK)
        *out = diff;
    else
        gov_need_diff_free(diff);
    return status;
}

void gov_need_diff_free(gov_need_diff *diff)
{
    if (diff == NULL)
        return;
    gov_table_free(diff->transitions);
    gov_table_free(diff->movers);
    gov_table_free(diff->rules);
    gov_free(diff);
}

const gov_table *gov_need_diff_transitions(const gov_need_diff *diff)
{
    return diff->transitions;
}

const gov_table *gov_need_diff_movers(const gov_need_diff *diff)
{
    return diff->movers;
}

const gov_table *gov_need_diff_rules(const gov_need_diff *diff)
{
    return diff->rules;
}
