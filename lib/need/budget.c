/* budget.c - two sets of lines on one table, summed by area.
 *
 * Both sides score the same batch of rows, so that no score is kept. A thread sums integers of its own, which are
 * added at the end: the result does not depend on who took which rows. */
#include "need/labels.h"
#include "need/lines.h"
#include "need/rows.h"
#include "need/rows_tally.h"
#include "need/tally.h"

#include "base/parallel.h"

#include <math.h>
#include <string.h>

enum { NOW = GOV_NEED_NOW, NEXT = GOV_NEED_NEXT, SIDES = GOV_NEED_SIDES };

/* Sums of one area. */
typedef struct account {
    int64_t households;
    int64_t served[SIDES];
    int64_t may_be_served[SIDES];
    int64_t enter;
    int64_t may_enter;
    int64_t leave;
    int64_t may_leave;
    gov_wide least[SIDES];
    gov_wide most[SIDES];
    int64_t open[SIDES]; /* households whose most has no bound */
    gov_wide change_least;
    gov_wide change_most;
    int64_t change_open[2]; /* households whose change has no lower, no upper bound */
    int64_t unbounded;
} account;

/* A column whose missing values are bounded by the range of the input that it is. */
typedef struct figure {
    gov_column_view view; /* without a name: not given */
    double low;
    double high;
} figure;

typedef struct budget {
    gov_need_terms terms[SIDES];
    int same_facts;
    gov_need_labels areas;
    figure income;
    figure persons;
    gov_need_scorer *scorers; /* these lists: SIDES, or one, a thread */
    account *accounts;
    double *values;
    uint8_t *valid;
    int64_t batch;
} budget;

/* --- Rows --------------------------------------------------------------------------------------------------- */

static gov_status read_figure(const figure *f, int64_t first, int64_t n, double *values, uint8_t *valid,
                              gov_error *err)
{
    if (f->view.name == NULL)
        return GOV_OK;
    GOV_TRY(gov_column_numbers(&f->view, first, n, values, valid, err));
    for (int64_t i = 0; i < n; i++) {
        if (valid[i] && !(values[i] >= 0 && isfinite(values[i])))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(first + i, f->view.name),
                               "a number from 0 on is needed");
    }
    return GOV_OK;
}

static void bound(const figure *f, double value, uint8_t valid, double otherwise, double *low, double *high)
{
    int given = f->view.name != NULL;
    *low = !given ? otherwise : valid ? value : f->low;
    *high = !given ? otherwise : valid ? value : f->high;
}

static void add_money(double hundredths, gov_wide *sum, int64_t *open)
{
    if (isinf(hundredths))
        ++*open;
    else
        *sum += (gov_wide)hundredths;
}

static void add(account *a, const gov_need_outcome *x)
{
    int64_t bounded = 0;
    a->households++;
    for (int side = 0; side < SIDES; side++) {
        a->served[side] += x->served[side];
        a->may_be_served[side] += x->may_be_served[side];
        add_money(x->least[side], &a->least[side], &bounded);
        add_money(x->most[side], &a->most[side], &a->open[side]);
    }
    a->enter += x->enters;
    a->may_enter += x->may_enter;
    a->leave += x->leaves;
    a->may_leave += x->may_leave;
    add_money(x->change_least, &a->change_least, &a->change_open[0]);
    add_money(x->change_most, &a->change_most, &a->change_open[1]);
    a->unbounded += isinf(x->most[NOW]) || isinf(x->most[NEXT]);
}

/* A refused row may have any score and any floor. */
static gov_need_standing standing_of(const gov_need_terms *terms, const gov_need_scorer *s, int64_t i)
{
    const gov_need_model *m = terms->env.model;
    if (s->rows.tier[i] < 0)
        return (gov_need_standing){0, terms->env.weights->denominator, 0,
                                   (int8_t)(m->floor_count > 0 ? m->tier_count : 0)};
    return (gov_need_standing){s->rows.low[i], gov_need_scorer_high(s, i), gov_need_floor_of(s, i, 0),
                               gov_need_floor_of(s, i, 1)};
}

static gov_status add_row(budget *b, int worker, int64_t row, gov_need_known *known, int64_t i,
                          gov_error *err)
{
    gov_need_outcome x;
    int64_t area = b->areas.ids[row] < 0 ? b->areas.count : b->areas.ids[row];
    for (int side = 0; side < SIDES; side++)
        known->standings[side] = standing_of(&b->terms[side], &b->scorers[SIDES * worker + side], i);
    gov_need_compare(b->terms, b->same_facts, known, &x);
    for (int side = 0; side < SIDES; side++) {
        if (!(x.least[side] < 0x1p62) || (x.most[side] >= 0x1p62 && !isinf(x.most[side])))
            return gov_fail_at(err, GOV_E_LIMIT, GOV_AT_ROW(row, ""),
                               "the money of one household is too large");
    }
    add(&b->accounts[worker * (b->areas.count + 1) + area], &x);
    return GOV_OK;
}

static gov_status take_batch(void *context, int worker, int64_t first, int64_t last, gov_error *err)
{
    budget *b = context;
    double *values = b->values + 2 * worker * b->batch;
    uint8_t *valid = b->valid + 2 * worker * b->batch;
    for (int side = 0; side < SIDES; side++)
        GOV_TRY(gov_need_scorer_run(&b->scorers[SIDES * worker + side], first, last - first, err));
    GOV_TRY(read_figure(&b->income, first, last - first, values, valid, err));
    GOV_TRY(read_figure(&b->persons, first, last - first, values + b->batch, valid + b->batch, err));
    for (int64_t i = 0; i < last - first; i++) {
        gov_need_known known;
        bound(&b->income, values[i], valid[i], 0, &known.income_low, &known.income_high);
        bound(&b->persons, values[b->batch + i], valid[b->batch + i], 1, &known.persons_low,
              &known.persons_high);
        GOV_TRY(add_row(b, worker, first + i, &known, i, err));
    }
    return GOV_OK;
}

/* --- The table ---------------------------------------------------------------------------------------------- */

static void join(account *into, const account *from)
{
    into->households += from->households;
    for (int side = 0; side < SIDES; side++) {
        into->served[side] += from->served[side];
        into->may_be_served[side] += from->may_be_served[side];
        into->least[side] += from->least[side];
        into->most[side] += from->most[side];
        into->open[side] += from->open[side];
    }
    into->enter += from->enter;
    into->may_enter += from->may_enter;
    into->leave += from->leave;
    into->may_leave += from->may_leave;
    into->change_least += from->change_least;
    into->change_most += from->change_most;
    into->change_open[0] += from->change_open[0];
    into->change_open[1] += from->change_open[1];
    into->unbounded += from->unbounded;
}

static double in_units(gov_wide hundredths, int64_t open)
{
    return open > 0 ? NAN : (double)hundredths / 100;
}

static void put_account(gov_need_sheet *s, const char *group, const account *a)
{
    const int64_t counts[] = {a->households,
                              a->served[NOW],
                              a->may_be_served[NOW],
                              a->served[NEXT],
                              a->may_be_served[NEXT],
                              a->enter,
                              a->may_enter,
                              a->leave,
                              a->may_leave};
    gov_need_put_text(s, group);
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
        gov_need_put_int(s, counts[i]);
    for (int side = 0; side < SIDES; side++) {
        gov_need_put_number(s, in_units(a->least[side], 0));
        gov_need_put_number(s, in_units(a->most[side], a->open[side]));
    }
    gov_need_put_number(s, in_units(a->change_least, a->change_open[0]));
    gov_need_put_number(s, in_units(a->change_most, a->change_open[1]));
    gov_need_put_int(s, a->unbounded);
}

static gov_status write_accounts(const budget *b, gov_table **out, gov_error *err)
{
    const account *areas = b->accounts;
    account total = {0};
    gov_need_sheet s;
    gov_need_sheet_open(&s,
                        "group:text,households:int,now_low:int,now_high:int,next_low:int,next_high:int,"
                        "enter_low:int,enter_high:int,leave_low:int,leave_high:int,now_money_low:num,"
                        "now_money_high:num,next_money_low:num,next_money_high:num,change_money_low:num,"
                        "change_money_high:num,unbounded:int",
                        err);
    for (int64_t i = 0; i <= b->areas.count; i++)
        join(&total, &areas[i]);
    put_account(&s, NULL, &total);
    for (int64_t i = 0; i < b->areas.count && b->areas.names != NULL; i++)
        put_account(&s, b->areas.names[i], &areas[i]);
    if (areas[b->areas.count].households > 0)
        put_account(&s, "", &areas[b->areas.count]);
    return gov_need_sheet_close(&s, out);
}

/* --- The call ----------------------------------------------------------------------------------------------- */

static gov_status open_figure(const budget *b, const gov_table *households, const char *column, double least,
                              figure *f, gov_error *err)
{
    const gov_need_model *m = b->terms[NOW].env.model;
    *f = (figure){.view = GOV_COLUMN_VIEW_INIT, .low = least, .high = INFINITY};
    if (column == NULL)
        return GOV_OK;
    GOV_TRY(gov_table_need(households, column, &f->view, err));
    for (int64_t i = 0; i < m->input_count; i++) {
        const gov_need_input *input = &m->inputs[i];
        if (!input->member && strcmp(input->column, column) == 0) {
            f->low = fmax(input->low, least);
            f->high = input->high;
        }
    }
    return GOV_OK;
}

static gov_status open_scorers(budget *b, int threads, int depth, int *opened, gov_error *err)
{
    for (; *opened < SIDES * threads; ++*opened) {
        const gov_need_terms *terms = &b->terms[*opened % SIDES];
        gov_need_scorer *s = &b->scorers[*opened];
        GOV_TRY(gov_need_scorer_open(&terms->env, depth, 0, s, err));
        memcpy(s->thresholds, terms->thresholds, sizeof(s->thresholds));
    }
    return GOV_OK;
}

static gov_status sum_up(budget *b, int64_t rows, const gov_need_options *o, gov_table **out, gov_error *err)
{
    int threads = o->threads < 1 ? 1 : o->threads;
    int64_t areas = b->areas.count + 1;
    int opened = 0;
    gov_status status = GOV_OK;
    b->batch = o->batch_rows;
    b->scorers = gov_alloc_zero((int64_t)SIDES * threads, sizeof(*b->scorers));
    b->accounts = gov_alloc_zero(threads * areas, sizeof(*b->accounts));
    b->values = gov_alloc_zero(2 * threads * b->batch, sizeof(*b->values));
    b->valid = gov_alloc_zero(2 * threads * b->batch, 1);
    if (b->scorers == NULL || b->accounts == NULL || b->values == NULL || b->valid == NULL)
        status = gov_fail_memory(err);
    if (status == GOV_OK)
        status = open_scorers(b, threads, o->depth, &opened, err);
    if (status == GOV_OK)
        status = gov_parallel(threads, rows, b->batch, take_batch, b, o->run, err);
    for (int64_t i = areas; status == GOV_OK && i < threads * areas; i++)
        join(&b->accounts[i % areas], &b->accounts[i]);
    if (status == GOV_OK)
        status = write_accounts(b, out, err);
    for (int i = 0; i < opened; i++)
        gov_need_scorer_close(&b->scorers[i]);
    gov_free(b->scorers);
    gov_free(b->accounts);
    gov_free(b->values);
    gov_free(b->valid);
    return status;
}

static int same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Whether every household has one and the same score on both sides. */
static int are_same_facts(const gov_need_lines *now, const gov_need_lines *next)
{
    return now->model == next->model && same_text(now->as_of, next->as_of) &&
           same_text(now->preset, next->preset) && same_text(now->params, next->params);
}

static gov_status compare(budget *b, const gov_table *households, const gov_need_options *o,
                          const gov_need_budget_options *options, gov_table **out, gov_error *err)
{
    int tops_up = b->terms[NOW].line >= 0 || b->terms[NEXT].line >= 0;
    if (tops_up && options->income == NULL)
        return gov_fail_at(err, GOV_E_MISSING, GOV_AT_NAME("income"),
                           "a line needs the column of the income a head (income)");
    GOV_TRY(open_figure(b, households, options->income, 0, &b->income, err));
    GOV_TRY(open_figure(b, households, options->persons, 1, &b->persons, err));
    GOV_TRY(gov_need_labels_of(households, options->by, &b->areas, err));
    if (options->by == NULL)
        b->areas.names = NULL; /* the one area is the total */
    return sum_up(b, gov_table_rows(households), o, out, err);
}

static gov_status read_options(const gov_need_budget_options *options, gov_need_budget_options *out,
                               gov_error *err)
{
    *out = (gov_need_budget_options)GOV_NEED_BUDGET_OPTIONS_INIT;
    if (options != NULL && options->struct_size != sizeof(*out))
        return gov_fail(err, GOV_E_ARGUMENT,
                        "options.struct_size is not that of GOV_NEED_BUDGET_OPTIONS_INIT");
    if (options != NULL)
        *out = *options;
    return GOV_OK;
}

gov_status gov_need_budget(const gov_need_lines *now, const gov_need_lines *next, const gov_table *households,
                           const gov_need_options *scoring, const gov_need_budget_options *options,
                           gov_table **out, gov_error *err)
{
    gov_need_options o;
    gov_need_budget_options own;
    if (now == NULL || next == NULL || households == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "now, next, households and out must be given");
    GOV_TRY(gov_need_options_read(scoring, &o, err));
    GOV_TRY(read_options(options, &own, err));
    budget b = {.same_facts = are_same_facts(now, next)};
    GOV_TRY(gov_need_terms_open(now, households, &o, &b.terms[NOW], err));
    gov_status status = gov_need_terms_open(next, households, &o, &b.terms[NEXT], err);
    if (status == GOV_OK) {
        status = compare(&b, households, &o, &own, out, err);
        gov_need_terms_close(&b.terms[NEXT]);
    }
    gov_need_terms_close(&b.terms[NOW]);
    gov_need_labels_clear(&b.areas);
    return status;
}
