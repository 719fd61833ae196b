/* state_bytes.c - a state as bytes and back.
 *
 * One walk describes the form and serves both ways: every field goes through `exchange` functions, which write it to the
 * bytes or read it from them. What is written can so not differ from what is read. Reading trusts nothing: every length
 * is compared with what is left before memory is asked for, and the state that comes out has to agree with itself. */
#include "base/buffer.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/file.h"
#include "table/column.h"
#include "trend/state.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char MAGIC[] = "GOVTREND";
enum { MAGIC_SIZE = 8, HEAD_SIZE = MAGIC_SIZE + 4, DIGEST_SIZE = GOV_DIGEST_TEXT - 1 };
static const int64_t LARGEST_FILE = INT64_C(1) << 40;

/* Bytes on their way in or out. Writing without `out` only counts. */
typedef struct stream {
    uint8_t *out;
    const uint8_t *in; /* reading, if it is not NULL */
    int64_t size;      /* so far */
    int64_t end;       /* of `in` */
    int broken;        /* reading went past the end or met nonsense */
} stream;

/* --- Fields ---------------------------------------------------------------------------------------------------------- */

static int room(stream *s, int64_t bytes)
{
    if (s->in != NULL && (s->broken || bytes < 0 || bytes > s->end - s->size))
        s->broken = 1;
    return !s->broken;
}

static void bytes_of(stream *s, void *data, int64_t size)
{
    if (!room(s, size))
        return;
    if (s->in != NULL && size > 0)
        memcpy(data, s->in + s->size, (size_t)size);
    else if (s->out != NULL && size > 0)
        memcpy(s->out + s->size, data, (size_t)size);
    s->size += size;
}

/* A whole number of `width` bytes, least significant first. */
static uint64_t number(stream *s, uint64_t value, int width)
{
    uint8_t raw[8] = {0};
    for (int i = 0; i < width; i++)
        raw[i] = (uint8_t)(value >> 8 * i);
    bytes_of(s, raw, width);
    uint64_t back = 0;
    for (int i = 0; i < width; i++)
        back |= (uint64_t)raw[i] << 8 * i;
    return back;
}

static void int32(stream *s, int32_t *value)
{
    *value = (int32_t)(uint32_t)number(s, (uint32_t)*value, 4);
}

static void int64(stream *s, int64_t *value)
{
    *value = (int64_t)number(s, (uint64_t)*value, 8);
}

static void real(stream *s, double *value)
{
    uint64_t bits;
    memcpy(&bits, value, sizeof(bits));
    bits = number(s, bits, 8);
    memcpy(value, &bits, sizeof(bits));
}

/* A count that must lie in [least, most]. */
static void bounded(stream *s, int64_t *value, int64_t least, int64_t most)
{
    int64(s, value);
    if (*value < least || *value > most) {
        s->broken = 1;
        *value = least;
    }
}

static void choice(stream *s, int *value, int least, int most)
{
    int64_t wide = *value;
    bounded(s, &wide, least, most);
    *value = (int)wide;
}

/* A number that must be finite. */
static void finite(stream *s, double *value)
{
    real(s, value);
    if (!isfinite(*value)) {
        s->broken = 1;
        *value = 0;
    }
}

/* --- Settings -------------------------------------------------------------------------------------------------------- */

#define CHOICE(s, field, type, least, most)   \
    do {                                      \
        int choice_ = (int)(field);           \
        choice(s, &choice_, (least), (most)); \
        (field) = (type)choice_;              \
    } while (0)

static void settings(stream *s, gov_trend_state *x)
{
    gov_state_settings *o = &x->s;
    CHOICE(s, o->frequency, gov_frequency, GOV_FREQUENCY_DAY, GOV_FREQUENCY_WORKING_DAY);
    CHOICE(s, x->rows.gaps, gov_gaps, GOV_GAPS_ZERO, GOV_GAPS_MISSING);
    bounded(s, &o->season, 1, GOV_TREND_STATE_PERIODS);
    CHOICE(s, o->ears.method, gov_ears_method, GOV_EARS_C1, GOV_EARS_C3);
    bounded(s, &o->ears.baseline, 3, INT32_MAX);
    finite(s, &o->ears.min_sigma);
    finite(s, &o->ears.quantile);
    CHOICE(s, o->cusum.transform, gov_cusum_transform, GOV_CUSUM_STANDARD, GOV_CUSUM_NONE);
    finite(s, &o->cusum.k);
    finite(s, &o->cusum.h);
    finite(s, &o->cusum.alpha);
    finite(s, &o->cusum.mean);
    bounded(s, &o->cusum.baseline, 0, GOV_TREND_STATE_PERIODS);
    int32(s, &o->cusum.reset);
    CHOICE(s, o->essence.method, gov_essence_method, GOV_ESSENCE_SWITCH, GOV_ESSENCE_EWMA);
    bounded(s, &o->essence.baseline, 11, 100000);
    bounded(s, &o->essence.guard, 0, INT32_MAX);
    finite(s, &o->essence.w1);
    finite(s, &o->essence.w2);
}

/* --- Labels ---------------------------------------------------------------------------------------------------------- */

static void text(stream *s, const char *data, int64_t size)
{
    int64_t length = data == NULL ? -1 : size;
    int64(s, &length);
    if (length > 0) {
        if (s->out != NULL)
            memcpy(s->out + s->size, data, (size_t)length);
        s->size += length;
    }
}

static void write_labels(stream *s, const gov_table *labels)
{
    int64_t columns = labels->count;
    int64_t rows = labels->rows;
    int64(s, &columns);
    int64(s, &rows);
    for (int64_t c = 0; c < columns; c++) {
        const char *name = gov_table_name(labels, c);
        text(s, name, (int64_t)strlen(name));
        for (int64_t i = 0; i < rows; i++) {
            const char *label = NULL;
            int64_t size = 0;
            gov_table_text(labels, i, c, &label, &size, NULL);
            text(s, label, size);
        }
    }
}

/* A text in the bytes; NULL if it is missing. */
static const char *text_in(stream *s, int64_t *size)
{
    bounded(s, size, -1, s->end - s->size);
    if (s->broken || *size < 0 || !room(s, *size))
        return NULL;
    const char *start = (const char *)s->in + s->size;
    s->size += *size;
    return start;
}

static gov_status damaged(gov_error *err)
{
    return gov_fail(err, GOV_E_CORRUPT, "the state is damaged: it contradicts itself");
}

static gov_status read_column(stream *s, gov_table_builder *b, int64_t column, int64_t rows, gov_error *err)
{
    int64_t size = 0;
    const char *name = text_in(s, &size);
    if (name == NULL)
        return damaged(err);
    char *copy = gov_copy_text(name, size);
    gov_status status =
        copy == NULL ? gov_fail_memory(err) : gov_table_builder_add(b, copy, GOV_TYPE_UTF8, NULL, err);
    gov_free(copy);
    for (int64_t i = 0; status == GOV_OK && i < rows; i++) {
        const char *label = text_in(s, &size);
        if (s->broken)
            return damaged(err);
        status = label == NULL ? gov_table_builder_null(b, column, err)
                               : gov_table_builder_text(b, column, label, size, err);
    }
    return status;
}

static gov_status read_labels(stream *s, gov_table **out, gov_error *err)
{
    int64_t columns = 0;
    int64_t rows = 0;
    gov_table_builder *builder = NULL;
    bounded(s, &columns, 0, 4096);
    bounded(s, &rows, 0, s->end);
    if (s->broken)
        return damaged(err);
    GOV_TRY(gov_table_builder_new(&builder, err));
    gov_status status = GOV_OK;
    for (int64_t c = 0; status == GOV_OK && c < columns; c++)
        status = read_column(s, builder, c, rows, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(builder, out, err);
    gov_table_builder_free(builder);
    return status == GOV_E_MEMORY || status == GOV_OK ? status : damaged(err);
}

/* --- Rows ------------------------------------------------------------------------------------------------------------ */

static void cells(stream *s, gov_row *row)
{
    if (row->bytes == 1) {
        bytes_of(s, row->cells, row->count);
        return;
    }
    for (int64_t i = 0; i < row->count; i++) {
        if (row->bytes == 2)
            ((uint16_t *)row->cells)[i] = (uint16_t)number(s, ((uint16_t *)row->cells)[i], 2);
        else if (row->bytes == 4)
            ((uint32_t *)row->cells)[i] = (uint32_t)number(s, ((uint32_t *)row->cells)[i], 4);
        else
            finite(s, &((double *)row->cells)[i]);
    }
}

/* Day, width, whether there is a bitmap, and the number of series; then the cells. */
static gov_status row_of(stream *s, gov_row *row, int64_t series, gov_error *err)
{
    int32_t has_missing = row->missing != NULL;
    int32(s, &row->day);
    int32(s, &row->bytes);
    int32(s, &has_missing);
    bounded(s, &row->count, 0, series);
    if (s->in != NULL) {
        int known = row->bytes == 1 || row->bytes == 2 || row->bytes == 4 || row->bytes == 8;
        if (s->broken || !known || row->count > (s->end - s->size) / row->bytes)
            return damaged(err);
        GOV_TRY(gov_row_alloc(row, row->count, row->bytes, has_missing != 0, err));
    }
    cells(s, row);
    if (row->missing != NULL)
        bytes_of(s, row->missing, row->count / 8 + 1);
    return s->broken ? damaged(err) : GOV_OK;
}

static gov_status all_rows(stream *s, gov_trend_state *x, gov_error *err)
{
    int64_t count = x->rows.count;
    bounded(s, &x->series, 0, INT64_C(1) << 40);
    bounded(s, &count, 1, GOV_TREND_STATE_PERIODS);
    int32(s, &x->next_day);
    if (s->broken)
        return damaged(err);
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

static void carry_of(stream *s, gov_carry *c)
{
    int64(s, &c->kendall.s);
    finite(s, &c->kendall.variance);
    int64(s, &c->kendall.n);
    int64(s, &c->kendall.pairs);
    CHOICE(s, c->base, gov_cusum_base, GOV_CUSUM_NOT_YET, GOV_CUSUM_NO_VALUES);
    finite(s, &c->mean);
    finite(s, &c->sum);
    finite(s, &c->essence.z1);
    finite(s, &c->essence.z2);
    CHOICE(s, c->essence.started, int, 0, 1);
}

enum { CARRY_SIZE = 10 * 8 };

static gov_status carries(stream *s, gov_trend_state *x, gov_error *err)
{
    if (s->in != NULL) {
        if (x->series > (s->end - s->size) / CARRY_SIZE)
            return damaged(err);
        x->carry = gov_alloc_zero(x->series, sizeof(gov_carry));
        if (x->carry == NULL)
            return gov_fail_memory(err);
    }
    for (int64_t i = 0; i < x->series; i++)
        carry_of(s, &x->carry[i]);
    return s->broken ? damaged(err) : GOV_OK;
}

/* --- Whole ----------------------------------------------------------------------------------------------------------- */

/* Everything between head and digest. */
static gov_status body(stream *s, gov_trend_state *x, gov_error *err)
{
    settings(s, x);
    if (s->broken)
        return damaged(err);
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
    gov_trend_state copy = *state; /* of the handle: writing reads its fields back into itself */
    stream count = {NULL, NULL, 0, 0, 0};
    GOV_TRY(body(&count, &copy, err));
    int64_t size = HEAD_SIZE + count.size + DIGEST_SIZE;
    gov_buffer bytes = {gov_alloc(size + 1, 1), size, size + 1, 0};
    if (bytes.data == NULL)
        return gov_fail_memory(err);
    stream s = {(uint8_t *)bytes.data, NULL, 0, 0, 0};
    memcpy(bytes.data, MAGIC, MAGIC_SIZE);
    s.size = MAGIC_SIZE;
    number(&s, GOV_TREND_STATE_VERSION, 4);
    body(&s, &copy, err);
    char digest[GOV_DIGEST_TEXT];
    gov_digest_of(bytes.data, s.size, digest);
    memcpy(bytes.data + s.size, digest, DIGEST_SIZE);
    bytes.data[size] = 0;
    return gov_buffer_finish(&bytes, out, err);
}

static gov_status check_frame(const uint8_t *bytes, int64_t size, gov_error *err)
{
    char digest[GOV_DIGEST_TEXT];
    if (size < MAGIC_SIZE || memcmp(bytes, MAGIC, MAGIC_SIZE) != 0)
        return gov_fail(err, GOV_E_FORMAT, "these bytes are not a trend state");
    if (size < HEAD_SIZE + DIGEST_SIZE)
        return gov_fail(err, GOV_E_CORRUPT, "the state is cut short: it has %lld bytes", (long long)size);
    stream s = {NULL, bytes, MAGIC_SIZE, size, 0};
    uint64_t version = number(&s, 0, 4);
    if (version != GOV_TREND_STATE_VERSION)
        return gov_fail(err, GOV_E_VERSION, "the state has version %llu, this library reads version %d",
                        (unsigned long long)version, GOV_TREND_STATE_VERSION);
    gov_digest_of(bytes, size - DIGEST_SIZE, digest);
    if (memcmp(digest, bytes + size - DIGEST_SIZE, DIGEST_SIZE) != 0)
        return gov_fail(err, GOV_E_CORRUPT,
                        "the state is damaged or cut short: its digest does not fit its bytes");
    return GOV_OK;
}

gov_status gov_trend_state_decode(const void *bytes, int64_t size, gov_trend_state **out, gov_error *err)
{
    if (bytes == NULL || size < 0 || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "bytes and out must not be NULL");
    GOV_TRY(check_frame(bytes, size, err));
    gov_trend_state *state = gov_alloc_zero(1, sizeof(*state));
    if (state == NULL)
        return gov_fail_memory(err);
    stream s = {NULL, bytes, HEAD_SIZE, size - DIGEST_SIZE, 0};
    gov_status status = body(&s, state, err);
    if (status == GOV_OK && (s.size != s.end || !agrees(state)))
        status = damaged(err);
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
    if (path == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "path must not be NULL");
    GOV_TRY(gov_trend_state_encode(state, &bytes, err));
    gov_status status = gov_file_write(path, gov_text_data(bytes), gov_text_size(bytes), err);
    gov_text_free(bytes);
    return status;
}

gov_status gov_trend_state_open(const char *path, gov_trend_state **out, gov_error *err)
{
    char *bytes = NULL;
    int64_t size = 0;
    if (path == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "path must not be NULL");
    GOV_TRY(gov_file_read(path, LARGEST_FILE, &bytes, &size, err));
    gov_status status = gov_trend_state_decode(bytes, size, out, err);
    gov_free(bytes);
    if (status != GOV_OK && err != NULL && err->struct_size >= sizeof(*err))
        snprintf(err->file, sizeof(err->file), "%s", path);
    return status;
}
