/* state_move.c - what series carry from period to period.
 *
 * A block of 64 series at a time, from a window of rows that the methods look back on. Kendall's sums meet each past
 * period of the new one's season once: a row of 64 counts is compared with 64 counts, in O(periods / season) a day. */
#include "base/parallel.h"
#include "trend/state.h"

#include <string.h>

typedef struct move {
    const gov_state_settings *s;
    const gov_rows *rows;
    int64_t before;
    const uint8_t *anew;
    gov_carry *carry;
    double *y; /* of each worker: a block x all periods, and room for Kendall's sums of a series */
    uint8_t *present;
    gov_essence_memory *memories;
} move;

/* The scratch of one worker. */
typedef struct worker {
    double *y;
    uint8_t *present;
    double *sorted;
    gov_essence_memory *memory;
} worker;

static int64_t scratch_of(const move *m)
{
    return (GOV_ROWS_BLOCK + 2) * m->rows->count + 2;
}

int gov_state_has_essence(const gov_state_settings *settings)
{
    return settings->frequency == GOV_FREQUENCY_DAY;
}

int64_t gov_state_reach(const gov_state_settings *settings)
{
    int64_t ears = gov_ears_reach(&settings->ears);
    int64_t essence = settings->essence.baseline + settings->essence.guard;
    return gov_state_has_essence(settings) && essence > ears ? essence : ears;
}

/* --- CUSUM and ESSENCE -------------------------------------------------------------------------------------------- */

gov_reason gov_state_expects(const gov_state_settings *settings, const gov_carry *carry, int64_t t,
                             double *mean)
{
    if (settings->cusum.mean > 0) {
        *mean = settings->cusum.mean;
        return GOV_REASON_NONE;
    }
    if (t < settings->cusum.baseline || carry->base == GOV_CUSUM_NOT_YET)
        return GOV_REASON_SHORT_HISTORY;
    *mean = carry->mean;
    return carry->base == GOV_CUSUM_KNOWN      ? GOV_REASON_NONE
           : carry->base == GOV_CUSUM_NO_CASES ? GOV_REASON_CONSTANT
                                               : GOV_REASON_BASELINE_GAPS;
}

/* The mean of the first `count` values. */
static void take_baseline(const double *y, const uint8_t *present, int64_t count, gov_carry *c)
{
    double sum = 0;
    int64_t there = 0;
    for (int64_t t = 0; t < count; t++) {
        sum += present[t] ? y[t] : 0;
        there += present[t];
    }
    c->mean = there > 0 ? sum / (double)there : 0;
    c->base = there == 0 ? GOV_CUSUM_NO_VALUES : sum > 0 ? GOV_CUSUM_KNOWN : GOV_CUSUM_NO_CASES;
}

/* Moves both on over periods [from, to); y and present begin with period `origin`. */
static void pass(const move *m, const worker *w, const double *y, const uint8_t *present, int64_t origin,
                 int64_t from, int64_t to, gov_carry *c)
{
    const gov_essence_values values = {y, present, origin};
    for (int64_t t = from; t < to; t++) {
        double mean;
        if (present[t - origin] && gov_state_expects(m->s, c, t, &mean) == GOV_REASON_NONE)
            gov_cusum_step(&m->s->cusum, y[t - origin], mean, &c->sum);
        if (gov_state_has_essence(m->s))
            gov_essence_pass(&m->s->essence, w->memory, &values, t, &c->essence);
    }
}

/* --- Kendall's sums ------------------------------------------------------------------------------------------------ */

typedef struct ranks {
    int64_t below; /* earlier values of the season below the new one */
    int64_t equal;
    int64_t above;
} ranks;

static void rank_block(const move *m, int64_t first, int64_t count, int64_t t, const double *y, ranks *out)
{
    double earlier[GOV_ROWS_BLOCK];
    uint8_t there[GOV_ROWS_BLOCK];
    memset(out, 0, (size_t)count * sizeof(*out));
    for (int64_t r = t - m->s->season; r >= 0; r -= m->s->season) {
        gov_rows_read(m->rows, r, first, count, earlier, there);
        for (int64_t k = 0; k < count; k++) {
            out[k].below += there[k] & (earlier[k] < y[k]);
            out[k].equal += there[k] & (earlier[k] == y[k]);
            out[k].above += there[k] & (earlier[k] > y[k]);
        }
    }
}

static void add_ranks(gov_mk_sums *sums, const ranks *r)
{
    int64_t season = r->below + r->equal + r->above;
    sums->s += r->below - r->above;
    sums->variance += gov_mk_ties(season + 1) - gov_mk_ties(season);
    sums->variance -= gov_mk_ties(r->equal + 1) - gov_mk_ties(r->equal);
    sums->n += 1;
    sums->pairs += season;
}

static void add_period(const move *m, int64_t first, int64_t count, int64_t t)
{
    double y[GOV_ROWS_BLOCK];
    uint8_t present[GOV_ROWS_BLOCK];
    ranks r[GOV_ROWS_BLOCK];
    gov_rows_read(m->rows, t, first, count, y, present);
    rank_block(m, first, count, t, y, r);
    for (int64_t k = 0; k < count; k++)
        if (present[k])
            add_ranks(&m->carry[first + k].kendall, &r[k]);
}

/* --- Blocks -------------------------------------------------------------------------------------------------------- */

static void advance(const move *m, const worker *w, int64_t first, int64_t count)
{
    int64_t n = m->rows->count;
    int64_t baseline = m->s->cusum.baseline;
    if (m->before < baseline && n >= baseline) {
        gov_rows_window(m->rows, 0, baseline, first, count, w->y, w->present);
        for (int64_t k = 0; k < count; k++)
            take_baseline(w->y + k * baseline, w->present + k * baseline, baseline, &m->carry[first + k]);
    }
    int64_t from = m->before - 1;
    int64_t origin = from > gov_state_reach(m->s) ? from - gov_state_reach(m->s) : 0;
    int64_t length = n - origin;
    gov_rows_window(m->rows, origin, n, first, count, w->y, w->present);
    for (int64_t k = 0; k < count; k++)
        pass(m, w, w->y + k * length, w->present + k * length, origin, from, n - 1, &m->carry[first + k]);
    for (int64_t t = m->before; t < n; t++)
        add_period(m, first, count, t);
}

static void begin_anew(const move *m, const worker *w, int64_t first, int64_t count)
{
    int64_t n = m->rows->count;
    int64_t baseline = m->s->cusum.baseline;
    gov_rows_window(m->rows, 0, n, first, count, w->y, w->present);
    for (int64_t k = 0; k < count; k++) {
        gov_carry *c = &m->carry[first + k];
        const double *y = w->y + k * n;
        const uint8_t *present = w->present + k * n;
        *c = (gov_carry){.base = GOV_CUSUM_NOT_YET};
        if (baseline > 0 && n >= baseline)
            take_baseline(y, present, baseline, c);
        pass(m, w, y, present, 0, 0, n - 1, c);
        c->kendall = gov_mk_add_up(y, present, n, m->s->season, w->sorted);
    }
}

/* Neighbours that are done alike are done together. */
static gov_status move_block(void *context, int number, int64_t first, int64_t last, gov_error *err)
{
    const move *m = context;
    (void)err;
    double *y = m->y + number * scratch_of(m);
    const worker w = {y, m->present + number * GOV_ROWS_BLOCK * m->rows->count,
                      y + GOV_ROWS_BLOCK * m->rows->count, &m->memories[number]};
    for (int64_t from = first, s = first + 1; s <= last; s++) {
        if (s < last && m->anew[s] == m->anew[from])
            continue;
        if (m->anew[from])
            begin_anew(m, &w, from, s - from);
        else if (m->before < m->rows->count)
            advance(m, &w, from, s - from);
        from = s;
    }
    return GOV_OK;
}

gov_status gov_state_move(const gov_state_settings *settings, const gov_rows *rows, int64_t series,
                          int64_t before, const uint8_t *anew, int threads, gov_run *run, gov_carry *carry,
                          gov_error *err)
{
    threads = threads < 1 ? 1 : threads;
    move m = {settings, rows, before, anew, carry, NULL, NULL, NULL};
    gov_status status = GOV_OK;
    m.y = gov_alloc(threads * scratch_of(&m), sizeof(double));
    m.present = gov_alloc(threads * GOV_ROWS_BLOCK * rows->count, 1);
    m.memories = gov_alloc_zero(threads, sizeof(gov_essence_memory));
    if (m.y == NULL || m.present == NULL || m.memories == NULL)
        status = gov_fail_memory(err);
    for (int i = 0; status == GOV_OK && i < threads; i++)
        status = gov_essence_memory_new(&settings->essence, &m.memories[i], err);
    if (status == GOV_OK)
        status = gov_parallel(threads, series, GOV_ROWS_BLOCK, move_block, &m, run, err);
    for (int i = 0; m.memories != NULL && i < threads; i++)
        gov_essence_memory_clear(&m.memories[i]);
    gov_free(m.y);
    gov_free(m.present);
    gov_free(m.memories);
    return status;
}
