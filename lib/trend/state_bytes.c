/* state_bytes.c - the form of a stored state. What comes out of bytes has to agree with itself. */
#include "base/date.h"
#include "table/column.h"
#include "trend/bytes.h"
#include "trend/state.h"

#include <string.h>

static const char MAGIC[] = "GOVTREND";

/* --- Settings -------------------------------------------------------------------------------------------------------- */

static void settings(gov_bytes *s, gov_trend_state *x)
{
    gov_state_settings *o = &x->s;
    GOV_BYTES_CHOICE(s, o->frequency, gov_frequency, GOV_FREQUENCY_DAY, GOV_FREQUENCY_WORKING_DAY);
    GOV_BYTES_CHOICE(s, x->rows.gaps, gov_gaps, GOV_GAPS_ZERO, GOV_GAPS_MISSING);
    gov_bytes_bounded(s, &o->season, 1, GOV_TREND_STATE_PERIODS);
    GOV_BYTES_CHOICE(s, o->ears.method, gov_ears_method, GOV_EARS_C1, GOV_EARS_C3);
    gov_bytes_bounded(s, &o->ears.baseline, 3, INT32_MAX);
    gov_bytes_finite(s, &o->ears.min_sigma);
    gov_bytes_finite(s, &o->ears.quantile);
    GOV_BYTES_CHOICE(s, o->cusum.transform, gov_cusum_transform, GOV_CUSUM_STANDARD, GOV_CUSUM_NONE);
    gov_bytes_finite(s, &o->cusum.k);
    gov_bytes_finite(s, &o->cusum.h);
    gov_bytes_finite(s, &o->cusum.alpha);
    gov_bytes_finite(s, &o->cusum.mean);
    gov_bytes_bounded(s, &o->cusum.baseline, 0, GOV_TREND_STATE_PERIODS);
    gov_bytes_int32(s, &o->cusum.reset);
    GOV_BYTES_CHOICE(s, o->essence.method, gov_essence_method, GOV_ESSENCE_SWITCH, GOV_ESSENCE_EWMA);
    gov_bytes_bounded(s, &o->essence.baseline, 11, 100000);
    gov_bytes_bounded(s, &o->essence.guard, 0, INT32_MAX);
    gov_bytes_finite(s, &o->essence.w1);
    gov_bytes_finite(s, &o->essence.w2);
}

/* --- Labels ---------------------------------------------------------------------------------------------------------- */

static void write_labels(gov_bytes *s, const gov_table *labels)
{
    int64_t columns = labels->count;
    int64_t rows = labels->rows;
    gov_bytes_int64(s, &columns);
    gov_bytes_int64(s, &rows);
    for (int64_t c = 0; c < columns; c++) {
        const char *name = gov_table_name(labels, c);
        gov_bytes_put_text(s, name, (int64_t)strlen(name));
        for (int64_t i = 0; i < rows; i++) {
            const char *label = NULL;
            int64_t size = 0;
            gov_table_text(labels, i, c, &label, &size, NULL);
            gov_bytes_put_text(s, label, size);
        }
    }
}

static gov_status read_column(gov_bytes *s, gov_table_builder *b, int64_t column, int64_t rows,
                              gov_error *err)
{
    int64_t size = 0;
    const char *name = gov_bytes_take_text(s, &size);
    if (name == NULL)
        return gov_bytes_damaged(err);
    char *copy = gov_copy_text(name, size);
    gov_status status =
        copy == NULL ? gov_fail_memory(err) : gov_table_builder_add(b, copy, GOV_TYPE_UTF8, NULL, err);
    gov_free(copy);
    for (int64_t i = 0; status == GOV_OK && i < rows; i++) {
        const char *label = gov_bytes_take_text(s, &size);
        if (s->broken)
            return gov_bytes_damaged(err);
        status = label == NULL ? gov_table_builder_null(b, column, err)
                               : gov_table_builder_text(b, column, label, size, err);
    }
    return status;
}

static gov_status read_labels(gov_bytes *s, gov_table **out, gov_error *err)
{
    int64_t columns = 0;
    int64_t rows = 0;
    gov_table_builder *builder = NULL;
    gov_bytes_bounded(s, &columns, 0, 4096);
    gov_bytes_bounded(s, &rows, 0, s->end);
    if (s->broken)
        return gov_bytes_damaged(err);
    GOV_TRY(gov_table_builder_new(&builder, err));
    gov_status status = GOV_OK;
    for (int64_t c = 0; status == GOV_OK && c < columns; c++)
        status = read_column(s, builder, c, rows, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(builder, out, err);
    gov_table_builder_free(builder);
    return status == GOV_E_MEMORY || status == GOV_OK ? status : gov_bytes_damaged(err);
}

/* --- Rows ------------------------------------------------------------------------------------------------------------ */

static void cells(gov_bytes *s, gov_row *row)
{
    if (row->bytes == 1) {
        gov_bytes_raw(s, row->cells, row->count);
        return;
    }
    for (int64_t i = 0; i < row->count; i++) {
        if (row->bytes == 2)
            ((uint16_t *)row->cells)[i] = (uint16_t)gov_bytes_number(s, ((uint16_t *)row->cells)[i], 2);
        else if (row->bytes == 4)
            ((uint32_t *)row->cells)[i] = (uint32_t)gov_bytes_number(s, ((uint32_t *)row->cells)[i], 4);
        else
            gov_bytes_finite(s, &((double *)row->cells)[i]);
    }
}

/* Day, width, whether there is a bitmap, and the number of series; then the cells. */
static gov_status row_of(gov_bytes *s, gov_row *row, int64_t series, gov_error *err)
{
    int32_t has_missing = row->missing != NULL;
    gov_bytes_int32(s, &row->day);
    gov_bytes_int32(s, &row->bytes);
    gov_bytes_int32(s, &has_missing);
    gov_bytes_bounded(s, &row->count, 0, series);
    if (s->in != NULL) {
        int known = row->bytes == 1 || row->bytes == 2 || row->bytes == 4 || row->bytes == 8;
        if (s->broken || !known || row->count > (s->end - s->size) / row->bytes)
            return gov_bytes_damaged(err);
        GOV_TRY(gov_row_alloc(row, row->count, row->bytes, has_missing != 0, err));
    }
    cells(s, row);
    if (row->missing != NULL)
        gov_bytes_raw(s, row->missing, row->count / 8 + 1);
    return s->broken ? gov_bytes_damaged(err) : GOV_OK;
}

static gov_status all_rows(gov_bytes *s, gov_trend_state *x, gov_error *err)
{
    int64_t count = x->rows.count;
    gov_bytes_bounded(s, &x->series, 0, INT64_C(1) << 40);
    gov_bytes_bounded(s, &count, 1, GOV_TREND_STATE_PERIODS);
    gov_bytes_int32(s, &x->next_day);
    if (s->broken)
        return gov_bytes_damaged(err);
    if (s->in != NULL) {
        x->rows.items = gov_alloc_zero(count, sizeof(gov_row));
        if (x->rows.items == NULL)
            return gov_fail_memory(err);
        x->rows.count = count;
    }
    for (int64_t t = 0; t < count; t++)
        GOV_TRY(row_of(s, &x->rows.items[t], x->series, err));
    return GOV_OK;
}

/* --- Carries --------------------------------------------------------------------------------------------------------- */

static void carry_of(gov_bytes *s, gov_carry *c)
{
    gov_bytes_int64(s, &c->kendall.s);
    gov_bytes_finite(s, &c->kendall.variance);
    gov_bytes_int64(s, &c->kendall.n);
    gov_bytes_int64(s, &c->kendall.pairs);
    GOV_BYTES_CHOICE(s, c->base, gov_cusum_base, GOV_CUSUM_NOT_YET, GOV_CUSUM_NO_VALUES);
    gov_bytes_finite(s, &c->mean);
    gov_bytes_finite(s, &c->sum);
    gov_bytes_finite(s, &c->essence.z1);
    gov_bytes_finite(s, &c->essence.z2);
    GOV_BYTES_CHOICE(s, c->essence.started, int, 0, 1);
}

enum { CARRY_SIZE = 10 * 8 };

static gov_status carries(gov_bytes *s, gov_trend_state *x, gov_error *err)
{
    if (s->in != NULL) {
        if (x->series > (s->end - s->size) / CARRY_SIZE)
            return gov_bytes_damaged(err);
        x->carry = gov_alloc_zero(x->series, sizeof(gov_carry));
        if (x->carry == NULL)
            return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < x->series; i++)
        carry_of(s, &x->carry[i]);
    return s->broken ? gov_bytes_damaged(err) : GOV_OK;
}

/* --- Whole ----------------------------------------------------------------------------------------------------------- */

/* Everything between head and digest. */
static gov_status body(gov_bytes *s, void *thing, gov_error *err)
{
    gov_trend_state *x = thing;
    settings(s, x);
    if (s->broken)
        return gov_bytes_damaged(err);
    if (s->in != NULL)
        GOV_TRY(read_labels(s, &x->labels, err));
    else
        write_labels(s, x->labels);
    GOV_TRY(all_rows(s, x, err));
    return carries(s, x, err);
}

/* What the parts say of each other. */
static int agrees(const gov_trend_state *x)
{
    int64_t n = x->rows.count;
    if (x->labels->count > 0 && x->labels->rows != x->series)
        return 0;
    for (int64_t t = 0; t <= n; t++) {
        int32_t day = t < n ? x->rows.items[t].day : x->next_day;
        int32_t before = t > 0 ? x->rows.items[t - 1].day : GOV_DATE_MIN - 1;
        if (day <= before || day > GOV_DATE_MAX)
            return 0;
    }
    for (int64_t i = 0; i < x->series; i++)
        if (x->carry[i].kendall.n < 0 || x->carry[i].kendall.n > n)
            return 0;
    return x->s.ears.min_sigma >= 0 && x->s.cusum.h > 0 && x->s.cusum.alpha > 0 && x->s.cusum.mean >= 0;
}

gov_status gov_trend_state_encode(const gov_trend_state *state, gov_text **out, gov_error *err)
{
    if (state == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "state and out must not be NULL");
    gov_trend_state copy = *state; /* of the handle: writing gives its fields back to it */
    return gov_bytes_frame(MAGIC, GOV_TREND_STATE_VERSION, body, &copy, out, err);
}

gov_status gov_trend_state_decode(const void *bytes, int64_t size, gov_trend_state **out, gov_error *err)
{
    gov_bytes s;
    if (out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "out must not be NULL");
    GOV_TRY(gov_bytes_open(MAGIC, GOV_TREND_STATE_VERSION, bytes, size, &s, err));
    gov_trend_state *state = gov_alloc_zero(1, sizeof(*state));
    if (state == NULL)
        return gov_fail_memory(err);
    gov_status status = body(&s, state, err);
    if (status == GOV_OK && (s.size != s.end || !agrees(state)))
        status = gov_bytes_damaged(err);
    state->s.cusum.struct_size = (uint32_t)sizeof(gov_cusum_options);
    if (status != GOV_OK) {
        gov_trend_state_free(state);
        return status;
    }
    *out = state;
    return GOV_OK;
}

gov_status gov_trend_state_save(const gov_trend_state *state, const char *path, gov_error *err)
{
    gov_text *bytes = NULL;
    GOV_TRY(gov_trend_state_encode(state, &bytes, err));
    return gov_bytes_save(bytes, path, err);
}

gov_status gov_trend_state_open(const char *path, gov_trend_state **out, gov_error *err)
{
    char *bytes = NULL;
    int64_t size = 0;
    GOV_TRY(gov_bytes_load(path, &bytes, &size, err));
    gov_status status = gov_trend_state_decode(bytes, size, out, err);
    gov_free(bytes);
    return gov_bytes_of_file(status, path, err);
}
