/* measure.c - counting households by pattern: from a scored model, or from a table of deprivations. */
#include "need/measure.h"

#include "base/clones.h"
#include "need/rows_tally.h"
#include "need/within.h"

#include <stdio.h>
#include <string.h>

/* --- A model -------------------------------------------------------------------------------------------- */

typedef struct counting {
    const gov_need_count *count;
    const char *weight;
} counting;

static gov_status fill_cell(const void *context, const gov_need_scorer *s, int64_t row, int64_t i,
                            double weight, gov_need_cell *cell, gov_error *err)
{
    const counting *c = context;
    GOV_TRY(gov_need_count_row(c->count, row, weight, c->weight, cell, err));
    cell->key.mask = s->rows.deprived[i];
    cell->key.missing = s->rows.missing[i];
    return GOV_OK;
}

/* The tiers as cut-offs, from the lowest up. */
static void tiers_as_text(const gov_need_model *m, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (int64_t t = 0; t < m->tier_count && used + 44 < size; t++)
        used += (size_t)snprintf(out + used, size - used, "%s%lld/%lld", t == 0 ? "" : ",",
                                 (long long)m->tiers[t].at.num, (long long)m->tiers[t].at.den);
}

/* What a model's measures are made of, without any household. */
static void describe(gov_need_count *count, const gov_need_model *m, const gov_need_weights *weights)
{
    count->denominator = weights->denominator;
    count->indicator_count = m->indicator_count;
    count->dimension_count = m->dimension_count;
    for (int64_t j = 0; j < m->indicator_count; j++) {
        count->indicators[j] = m->indicators[j].id;
        count->weights[j] = weights->indicators[j];
        count->dimension_of[j] = m->indicators[j].dimension;
    }
    for (int64_t d = 0; d < m->dimension_count; d++)
        count->dimensions[d] = m->dimensions[d].id;
}

static gov_status count_model(const gov_need_env *env, const gov_table *households, const gov_need_options *o,
                              const gov_need_measure_options *options, gov_need_count *count, gov_error *err)
{
    char k[GOV_NEED_MOST_TIERS * 44];
    counting c = {.count = count, .weight = options == NULL ? NULL : options->weight};
    describe(count, env->model, env->weights);
    tiers_as_text(env->model, k, sizeof(k));
    GOV_TRY(gov_need_count_open(count, households, options, k, err));
    return gov_need_tally_rows(env, households, o, c.weight, fill_cell, &c, &count->tally, err);
}

/* Counts the households and hands the count on: to the measures, or to a table of cells. */
static gov_status count_and(const gov_need_model *model, const gov_table *households,
                            const gov_need_options *scoring, const gov_need_measure_options *options,
                            gov_need_measures **measures, gov_table **cells, gov_error *err)
{
    gov_need_options o;
    gov_need_env env;
    GOV_TRY(gov_need_options_read(scoring, &o, err));
    GOV_TRY(gov_need_env_open(model, households, &o, &env, err));
    gov_need_count *count = gov_alloc_zero(1, sizeof(*count));
    gov_status status =
        count == NULL ? gov_fail_memory(err) : count_model(&env, households, &o, options, count, err);
    if (status == GOV_OK)
        status = measures != NULL ? gov_need_count_finish(count, measures, err)
                                  : gov_need_count_cells(count, cells, err);
    if (count != NULL)
        gov_need_count_close(count);
    gov_free(count);
    gov_need_env_close(&env);
    return status;
}

gov_status gov_need_measure(const gov_need_model *model, const gov_table *households,
                            const gov_need_options *scoring, const gov_need_measure_options *options,
                            gov_need_measures **out, gov_error *err)
{
    if (model == NULL || households == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "model, households and out must be given");
    return count_and(model, households, scoring, options, out, NULL, err);
}

gov_status gov_need_measure_part(const gov_need_model *model, const gov_table *households,
                                 const gov_need_options *scoring, const gov_need_measure_options *options,
                                 gov_table **out, gov_error *err)
{
    if (model == NULL || households == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "model, households and out must be given");
    return count_and(model, households, scoring, options, NULL, out, err);
}

static gov_status finish(gov_need_count *count, const gov_need_model *model, const gov_table *cells,
                         const char *preset, const gov_need_measure_options *options, gov_need_measures **out,
                         gov_error *err)
{
    gov_need_measure_options o = GOV_NEED_MEASURE_OPTIONS_INIT;
    const gov_need_weights *weights = NULL;
    char k[GOV_NEED_MOST_TIERS * 44];
    if (options != NULL)
        o = *options;
    o.by = o.by == NULL ? NULL : "group";
    o.strata = o.strata == NULL ? NULL : "stratum";
    o.units = o.units == NULL ? NULL : "unit";
    GOV_TRY(gov_need_weights_of(model, preset, &weights, err));
    describe(count, model, weights);
    tiers_as_text(model, k, sizeof(k));
    GOV_TRY(gov_need_count_open(count, cells, &o, k, err));
    GOV_TRY(gov_need_count_add_cells(count, cells, err));
    return gov_need_count_finish(count, out, err);
}

gov_status gov_need_measure_finish(const gov_need_model *model, const gov_table *parts, const char *preset,
                                   const gov_need_measure_options *options, gov_need_measures **out,
                                   gov_error *err)
{
    if (model == NULL || parts == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "model, parts and out must be given");
    gov_need_count *count = gov_alloc_zero(1, sizeof(*count));
    if (count == NULL)
        return gov_fail_memory(err);
    gov_status status = finish(count, model, parts, preset, options, out, err);
    gov_need_count_close(count);
    gov_free(count);
    return status;
}

static gov_status merge(gov_need_count *count, const gov_table *parts, gov_table **out, gov_error *err)
{
    gov_need_measure_options o = GOV_NEED_MEASURE_OPTIONS_INIT;
    o.by = "group";
    o.strata = "stratum";
    o.units = "unit";
    GOV_TRY(gov_need_count_open(count, parts, &o, "1", err));
    GOV_TRY(gov_need_count_add_cells(count, parts, err));
    return gov_need_count_cells(count, out, err);
}

gov_status gov_need_measure_merge(const gov_table *parts, gov_table **out, gov_error *err)
{
    if (parts == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "parts and out must be given");
    gov_need_count *count = gov_alloc_zero(1, sizeof(*count));
    if (count == NULL)
        return gov_fail_memory(err);
    gov_status status = merge(count, parts, out, err);
    gov_need_count_close(count);
    gov_free(count);
    return status;
}

/* --- A table of deprivations ---------------------------------------------------------------------------- */

static int is_named(const char *name, const char *other)
{
    return other != NULL && strcmp(name, other) == 0;
}

static gov_status add_indicator(gov_need_count *c, const char *name, int64_t size, gov_error *err)
{
    if (c->indicator_count == GOV_NEED_MOST_INDICATORS)
        return gov_fail(err, GOV_E_LIMIT, "at most %d indicators", GOV_NEED_MOST_INDICATORS);
    c->indicators[c->indicator_count] = gov_arena_text(&c->arena, name, size);
    if (c->indicators[c->indicator_count] == NULL)
        return gov_fail_memory(err);
    c->indicator_count++;
    return GOV_OK;
}

static gov_status find_indicators(gov_need_count *c, const gov_table *t, const gov_need_measure_options *o,
                                  gov_error *err)
{
    const char *list = o == NULL ? NULL : o->columns;
    for (int64_t i = 0; list == NULL && i < gov_table_columns(t); i++) {
        const char *name = gov_table_name(t, i);
        if (o == NULL || !(is_named(name, o->by) || is_named(name, o->weight) || is_named(name, o->strata) ||
                           is_named(name, o->units)))
            GOV_TRY(add_indicator(c, name, -1, err));
    }
    while (list != NULL && *list != '\0') {
        int64_t size = (int64_t)strcspn(list, ",");
        GOV_TRY(add_indicator(c, list, size, err));
        list += size + (list[size] == ',');
    }
    return GOV_OK;
}

static gov_status fail_weights(const char *text, int64_t size, gov_error *err)
{
    return gov_fail_at(err, GOV_E_FORMAT, GOV_AT_NAME("weights"),
                       "weights: '%.*s' is not an exact fraction; write 1/3, not a decimal", (int)size, text);
}

/* One fraction an indicator, summing to exactly 1, over one denominator. */
static gov_status read_fractions(gov_need_count *c, const char *text, gov_error *err)
{
    gov_rational list[GOV_NEED_MOST_INDICATORS];
    gov_rational sum = {0, 1};
    int64_t count = 0;
    c->denominator = 1;
    while (*text != '\0') {
        int64_t size = (int64_t)strcspn(text, ",");
        if (count == c->indicator_count)
            return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("weights"),
                               "weights: more than the %lld columns", (long long)c->indicator_count);
        if (!gov_rational_parse(text, size, &list[count]) || list[count].num == 0)
            return fail_weights(text, size, err);
        c->denominator = gov_lcm(c->denominator, list[count].den);
        if (c->denominator == 0 || !gov_rational_add(sum, list[count], &sum))
            return gov_fail_at(err, GOV_E_LIMIT, GOV_AT_NAME("weights"),
                               "the common denominator is too large");
        count++;
        text += size + (text[size] == ',');
    }
    if (count != c->indicator_count)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("weights"), "weights: %lld for %lld columns",
                           (long long)count, (long long)c->indicator_count);
    if (gov_rational_compare(sum, (gov_rational){1, 1}) != 0)
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_NAME("weights"),
                           "the weights sum to %lld/%lld and not to 1", (long long)sum.num,
                           (long long)sum.den);
    for (int64_t i = 0; i < count; i++)
        c->weights[i] = gov_rational_over(list[i], c->denominator);
    return GOV_OK;
}

gov_status gov_need_count_columns(gov_need_count *c, const gov_table *t, const char *weights,
                                  const gov_need_measure_options *o, gov_error *err)
{
    GOV_TRY(find_indicators(c, t, o, err));
    return read_fractions(c, weights, err);
}

enum { BATCH = 1024 };

/* The masks of a batch of rows, and room to read a column. */
typedef struct batch {
    uint32_t mask[BATCH];
    uint32_t missing[BATCH];
    uint8_t bits[BATCH];
    uint8_t known[BATCH];
    double values[BATCH];
    double weights[BATCH];
} batch;

GOV_CLONES static void add_bits(const uint8_t *restrict bits, const uint8_t *restrict known, int64_t j,
                                uint32_t *restrict mask, uint32_t *restrict missing, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        mask[i] |= (uint32_t)bits[i] << j;
        missing[i] |= (uint32_t)(1 - known[i]) << j;
    }
}

/* The slow way, which finds what is neither 0 nor 1 and names it. */
static gov_status read_numbers(const gov_column_view *view, int64_t first, int64_t count, batch *b,
                               gov_error *err)
{
    GOV_TRY(gov_column_numbers(view, first, count, b->values, b->known, err));
    for (int64_t i = 0; i < count; i++) {
        int one = b->values[i] >= 1 && b->values[i] <= 1;
        int zero = b->values[i] >= 0 && b->values[i] <= 0;
        if (b->known[i] && !one && !zero)
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(first + i, view->name),
                               "a deprivation is true or false, 1 or 0");
        b->bits[i] = (uint8_t)(b->known[i] && one);
    }
    return GOV_OK;
}

/* Adds one column's bits to the masks of a batch. */
static gov_status read_bits(const gov_column_view *view, int64_t j, int64_t first, int64_t count, batch *b,
                            gov_error *err)
{
    const gov_need_range one = {1, 1};
    const gov_need_range either = {0, 1};
    int is_whole = view->type >= GOV_TYPE_BOOL && view->type <= GOV_TYPE_UINT64;
    if (!is_whole || !gov_need_within(view, first, count, one, either, b->bits, b->known))
        GOV_TRY(read_numbers(view, first, count, b, err));
    add_bits(b->bits, b->known, j, b->mask, b->missing, count);
    return GOV_OK;
}

static gov_status count_batch_of(gov_need_count *c, const gov_column_view *columns,
                                 const gov_column_view *weight, int64_t first, int64_t count, batch *b,
                                 gov_error *err)
{
    GOV_TRY(gov_need_weights_read(weight, first, count, b->weights, b->known, err));
    memset(b->mask, 0, sizeof(b->mask));
    memset(b->missing, 0, sizeof(b->missing));
    for (int64_t j = 0; j < c->indicator_count; j++)
        GOV_TRY(read_bits(&columns[j], j, first, count, b, err));
    for (int64_t i = 0; i < count; i++) {
        gov_need_cell cell;
        GOV_TRY(gov_need_count_row(c, first + i, b->weights[i], weight->name, &cell, err));
        cell.key.mask = b->mask[i];
        cell.key.missing = b->missing[i];
        GOV_TRY(gov_need_tally_add(&c->tally, &cell, err));
    }
    return GOV_OK;
}

static gov_status count_deprivations(gov_need_count *c, const gov_table *t, const char *weight,
                                     gov_error *err)
{
    gov_column_view columns[GOV_NEED_MOST_INDICATORS];
    gov_column_view weights;
    GOV_TRY(gov_need_weights_find(t, weight, &weights, err));
    for (int64_t j = 0; j < c->indicator_count; j++) {
        columns[j] = (gov_column_view)GOV_COLUMN_VIEW_INIT;
        GOV_TRY(gov_table_need(t, c->indicators[j], &columns[j], err));
    }
    batch *b = gov_alloc(1, sizeof(*b));
    if (b == NULL)
        return gov_fail_memory(err);
    gov_status status = GOV_OK;
    for (int64_t first = 0; first < gov_table_rows(t) && status == GOV_OK; first += BATCH) {
        int64_t left = gov_table_rows(t) - first;
        status = count_batch_of(c, columns, &weights, first, left < BATCH ? left : BATCH, b, err);
    }
    gov_free(b);
    return status;
}

static gov_status measure_table(gov_need_count *c, const gov_table *t, const char *weights,
                                const gov_need_measure_options *o, gov_need_measures **out, gov_error *err)
{
    GOV_TRY(gov_need_count_columns(c, t, weights, o, err));
    GOV_TRY(gov_need_count_open(c, t, o, "1/3", err));
    GOV_TRY(count_deprivations(c, t, o == NULL ? NULL : o->weight, err));
    return gov_need_count_finish(c, out, err);
}

gov_status gov_need_alkire_foster(const gov_table *deprivations, const char *weights,
                                  const gov_need_measure_options *options, gov_need_measures **out,
                                  gov_error *err)
{
    if (deprivations == NULL || weights == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "deprivations, weights and out must be given");
    gov_need_count *count = gov_alloc_zero(1, sizeof(*count));
    if (count == NULL)
        return gov_fail_memory(err);
    gov_status status = measure_table(count, deprivations, weights, options, out, err);
    gov_need_count_close(count);
    gov_free(count);
    return status;
}
