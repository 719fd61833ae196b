/* state.c - a state is made of a panel and takes further ones. A step makes all that is new beside what is there and
 * changes places only when nothing can fail any more, so that a failure leaves the state as it was. */
#include "trend/state.h"
#include "base/date.h"
#include "base/struct.h"
#include "table/column.h"
#include "trend/period.h"

#include <string.h>

static const double USUAL_MIN_SIGMA = 0.5;

/* --- Options -------------------------------------------------------------------------------------------------------- */

static int64_t usual_season(gov_frequency frequency)
{
    return frequency == GOV_FREQUENCY_DAY           ? 7
           : frequency == GOV_FREQUENCY_WORKING_DAY ? 5
           : frequency == GOV_FREQUENCY_WEEK        ? 52
                                                    : 12;
}

static int64_t usual_baseline(gov_frequency frequency)
{
    return frequency == GOV_FREQUENCY_DAY           ? 56
           : frequency == GOV_FREQUENCY_WORKING_DAY ? 40
           : frequency == GOV_FREQUENCY_WEEK        ? 8
                                                    : 12;
}

static gov_status settle_cusum(const gov_cusum_options *given, gov_frequency frequency, gov_cusum_options *o,
                               gov_error *err)
{
    GOV_TRY(gov_cusum_settle(given, o, err));
    if (o->expected != NULL)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("expected"),
                           "a state expects a mean, not an array of expectations");
    if (!(o->mean >= 0 && o->mean < 1e300) || o->baseline < 0 || o->baseline > GOV_TREND_STATE_PERIODS)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("baseline"),
                           "mean and baseline of CUSUM must be 0 or more");
    if (o->mean > 0)
        o->baseline = 0;
    else if (o->baseline == 0)
        o->baseline = usual_baseline(frequency);
    return GOV_OK;
}

static gov_status settle(const gov_panel *panel, const gov_trend_state_options *o, gov_trend_state *state,
                         gov_error *err)
{
    gov_ears_options ears = GOV_EARS_OPTIONS_INIT;
    ears.min_sigma = USUAL_MIN_SIGMA;
    if (o->gaps != GOV_GAPS_ZERO && o->gaps != GOV_GAPS_MISSING)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("gaps"),
                           "state what it means that a series is not in a panel: zero or missing");
    if (o->season < 0 || o->season > GOV_TREND_STATE_PERIODS)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("season"), "season is 1 (none) or more");
    if (panel->periods < 1)
        return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME("panel"), "the panel has no period");
    state->rows.gaps = o->gaps;
    state->s.frequency = panel->frequency;
    state->s.season = o->season == 0 ? usual_season(panel->frequency) : o->season;
    GOV_TRY(gov_ears_settle(o->ears == NULL ? &ears : o->ears, &state->s.ears, err));
    GOV_TRY(settle_cusum(o->cusum, panel->frequency, &state->s.cusum, err));
    return gov_essence_settle(o->essence, &state->s.essence, err);
}

/* --- A step ---------------------------------------------------------------------------------------------------------- */

/* All that a panel makes new. */
typedef struct step {
    int64_t at;       /* period of the state at which the panel begins */
    int64_t total;    /* series */
    int64_t *map;     /* of the panel's series */
    uint8_t *changed; /* by series */
    gov_row *made;    /* the panel's rows */
    gov_row *items;   /* all rows */
    int64_t periods;
    gov_carry *carry;
    gov_table *labels;
} step;

static void step_clear(step *x, const gov_panel *panel)
{
    for (int64_t j = 0; x->made != NULL && j < panel->periods; j++)
        gov_row_clear(&x->made[j]);
    gov_free(x->map);
    gov_free(x->changed);
    gov_free(x->made);
    gov_free(x->items);
    gov_free(x->carry);
    gov_table_free(x->labels);
}

static gov_status refuse_join(int32_t expected, gov_error *err)
{
    char name[16];
    gov_date_format(expected, name, sizeof(name));
    return gov_fail_at(err, GOV_E_CONFLICT, GOV_AT_NAME(name),
                       "the panel's periods do not join on to those of the state: the one of %s was expected",
                       name);
}

/* The day of period t, which may be one past the last. */
static int32_t day_of(const gov_trend_state *state, int64_t t)
{
    return t < state->rows.count ? state->rows.items[t].day : state->next_day;
}

static gov_status find_place(const gov_trend_state *state, const gov_panel *panel, int64_t *at,
                             gov_error *err)
{
    int32_t first = gov_panel_day(panel, 0);
    int64_t low = 0;
    int64_t high = state->rows.count;
    if (panel->frequency != state->s.frequency)
        return gov_fail_at(err, GOV_E_CONFLICT, GOV_AT_NAME("frequency"),
                           "the panel has another frequency than the state");
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (day_of(state, middle) < first)
            low = middle + 1;
        else
            high = middle;
    }
    for (int64_t j = 0; j <= panel->periods && low + j <= state->rows.count; j++)
        if (gov_panel_day(panel, j) != day_of(state, low + j))
            return refuse_join(day_of(state, low + j), err);
    *at = low;
    return GOV_OK;
}

static gov_status step_alloc(const gov_trend_state *state, const gov_panel *panel, step *x, gov_error *err)
{
    x->periods = x->at + panel->periods > state->rows.count ? x->at + panel->periods : state->rows.count;
    if (x->periods > GOV_TREND_STATE_PERIODS)
        return gov_fail(err, GOV_E_LIMIT, "a state keeps at most %d periods", GOV_TREND_STATE_PERIODS);
    x->changed = gov_alloc_zero(x->total, 1);
    x->made = gov_alloc_zero(panel->periods, sizeof(gov_row));
    x->items = gov_alloc(x->periods, sizeof(gov_row));
    x->carry = gov_alloc_zero(x->total, sizeof(gov_carry));
    if (x->changed == NULL || x->made == NULL || x->items == NULL || x->carry == NULL)
        return gov_fail_memory(err);
    if (state->rows.count > 0)
        memcpy(x->items, state->rows.items, (size_t)state->rows.count * sizeof(gov_row));
    if (state->series > 0)
        memcpy(x->carry, state->carry, (size_t)state->series * sizeof(gov_carry));
    memset(x->changed + state->series, 1, (size_t)(x->total - state->series));
    return GOV_OK;
}

static gov_status step_make(const gov_trend_state *state, const gov_panel *panel, int threads, gov_run *run,
                            step *x, gov_error *err)
{
    GOV_TRY(find_place(state, panel, &x->at, err));
    x->map = gov_alloc(panel->series, sizeof(int64_t));
    if (x->map == NULL)
        return gov_fail_memory(err);
    GOV_TRY(gov_labels_map(state->labels, state->series, panel, x->map, &x->total, err));
    GOV_TRY(step_alloc(state, panel, x, err));
    GOV_TRY(gov_labels_join(state->labels, panel->labels, x->map, x->total, &x->labels, err));
    GOV_TRY(gov_rows_merge(&state->rows, x->at, panel, x->map, x->total, x->made, x->changed, err));
    memcpy(x->items + x->at, x->made, (size_t)panel->periods * sizeof(gov_row));
    const gov_rows rows = {x->items, x->periods, state->rows.gaps};
    return gov_state_move(&state->s, &rows, x->total, state->rows.count, x->changed, threads, run, x->carry,
                          err);
}

/* Takes over what a step made; cannot fail. */
static void step_take(gov_trend_state *state, const gov_panel *panel, step *x)
{
    for (int64_t t = x->at; t < state->rows.count && t < x->at + panel->periods; t++)
        gov_row_clear(&state->rows.items[t]);
    if (x->at + panel->periods > state->rows.count)
        state->next_day = gov_panel_day(panel, panel->periods);
    gov_free(state->rows.items);
    gov_free(state->carry);
    gov_table_free(state->labels);
    state->rows.items = x->items;
    state->rows.count = x->periods;
    state->series = x->total;
    state->carry = x->carry;
    state->labels = x->labels;
    gov_free(x->map);
    gov_free(x->changed);
    gov_free(x->made);
}

static gov_status take_panel(gov_trend_state *state, const gov_panel *panel, int threads, gov_run *run,
                             gov_error *err)
{
    step x = {.at = 0};
    gov_status status = step_make(state, panel, threads, run, &x, err);
    if (status == GOV_OK)
        step_take(state, panel, &x);
    else
        step_clear(&x, panel);
    return status;
}

/* --- Public ---------------------------------------------------------------------------------------------------------- */

gov_status gov_trend_state_new(const gov_panel *panel, const gov_trend_state_options *options,
                               gov_trend_state **out, gov_error *err)
{
    gov_trend_state_options o;
    if (panel == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "panel and out must not be NULL");
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    gov_trend_state *state = gov_alloc_zero(1, sizeof(*state));
    if (state == NULL)
        return gov_fail_memory(err);
    gov_status status = settle(panel, &o, state, err);
    state->next_day = gov_panel_day(panel, 0);
    if (status == GOV_OK)
        status = gov_table_slice(panel->labels, 0, 0, &state->labels, err);
    if (status == GOV_OK)
        status = take_panel(state, panel, o.threads, o.run, err);
    if (status != GOV_OK) {
        gov_trend_state_free(state);
        return status;
    }
    *out = state;
    return GOV_OK;
}

gov_status gov_trend_state_add(gov_trend_state *state, const gov_panel *panel,
                               const gov_trend_add_options *options, gov_error *err)
{
    gov_trend_add_options o;
    if (state == NULL || panel == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "state and panel must not be NULL");
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    return take_panel(state, panel, o.threads, o.run, err);
}

void gov_trend_state_free(gov_trend_state *state)
{
    if (state == NULL)
        return;
    for (int64_t t = 0; t < state->rows.count; t++)
        gov_row_clear(&state->rows.items[t]);
    gov_free(state->rows.items);
    gov_free(state->carry);
    gov_table_free(state->labels);
    gov_free(state);
}

int64_t gov_trend_state_series(const gov_trend_state *state)
{
    return state->series;
}

int64_t gov_trend_state_periods(const gov_trend_state *state)
{
    return state->rows.count;
}

int32_t gov_trend_state_next_day(const gov_trend_state *state)
{
    return state->next_day;
}

const gov_table *gov_trend_state_labels(const gov_trend_state *state)
{
    return state->labels;
}

int gov_state_period_name(const gov_trend_state *state, int64_t period, char *out, size_t size)
{
    int32_t day = day_of(state, period);
    return state->s.frequency == GOV_FREQUENCY_WORKING_DAY
               ? gov_date_format(day, out, size)
               : gov_period_format(state->s.frequency, gov_period_of(state->s.frequency, day), out, size);
}

/* --- As a panel ------------------------------------------------------------------------------------------------------ */

static gov_status panel_cells(const gov_trend_state *state, gov_panel *panel, gov_error *err)
{
    gov_cell_range range = {0, 1, 0};
    for (int64_t t = 0; t < panel->periods; t++) {
        const gov_row *row = &state->rows.items[t];
        int32_t bytes = row->bytes;
        range.whole = range.whole && bytes < 8;
        range.gaps = range.gaps || row->missing != NULL ||
                     (row->count < state->series && state->rows.gaps == GOV_GAPS_MISSING);
        if (bytes < 8 && range.most < (double)((UINT64_C(1) << 8 * bytes) - 1))
            range.most = (double)((UINT64_C(1) << 8 * bytes) - 1);
    }
    GOV_TRY(gov_cells_alloc(panel, &range, err));
    double *y = gov_alloc(GOV_ROWS_BLOCK * panel->periods, sizeof(double));
    uint8_t *present = gov_alloc(GOV_ROWS_BLOCK * panel->periods, 1);
    for (int64_t first = 0; y != NULL && present != NULL && first < panel->series; first += GOV_ROWS_BLOCK) {
        int64_t count = panel->series - first < GOV_ROWS_BLOCK ? panel->series - first : GOV_ROWS_BLOCK;
        gov_rows_window(&state->rows, 0, panel->periods, first, count, y, present);
        for (int64_t k = 0; k < count; k++)
            gov_cells_write(panel, first + k, y + k * panel->periods, present + k * panel->periods);
    }
    gov_status status = y == NULL || present == NULL ? gov_fail_memory(err) : GOV_OK;
    gov_free(y);
    gov_free(present);
    return status;
}

static gov_status panel_days(const gov_trend_state *state, gov_panel *panel, gov_error *err)
{
    panel->first = 0;
    if (panel->frequency != GOV_FREQUENCY_WORKING_DAY) {
        panel->first = gov_period_of(panel->frequency, day_of(state, 0));
        return GOV_OK;
    }
    panel->days = gov_alloc(panel->periods + 1, sizeof(int32_t));
    if (panel->days == NULL)
        return gov_fail_memory(err);
    for (int64_t t = 0; t <= panel->periods; t++)
        panel->days[t] = day_of(state, t);
    return GOV_OK;
}

gov_status gov_trend_state_panel(const gov_trend_state *state, gov_panel **out, gov_error *err)
{
    if (state == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "state and out must not be NULL");
    gov_panel *panel = gov_alloc_zero(1, sizeof(*panel));
    if (panel == NULL)
        return gov_fail_memory(err);
    panel->series = state->series;
    panel->periods = state->rows.count;
    panel->frequency = state->s.frequency;
    gov_status status = panel_days(state, panel, err);
    if (status == GOV_OK)
        status = panel_cells(state, panel, err);
    if (status != GOV_OK) {
        gov_panel_free(panel);
        return status;
    }
    panel->labels = gov_table_retain(state->labels);
    *out = panel;
    return GOV_OK;
}
