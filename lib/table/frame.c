/* frame.c - computed tables, and gathering rows of a column. */
#include "table/frame.h"

#include <math.h>
#include <string.h>

gov_status gov_frame_column(gov_frame *frame, const char *name, gov_column *column, gov_error *err)
{
    void *fields = frame->fields;
    char *copy = gov_copy_text(name, -1);
    gov_status status =
        copy == NULL ? gov_fail_memory(err)
                     : gov_grow(&fields, &frame->capacity, frame->count + 1, sizeof(*frame->fields), err);
    frame->fields = fields;
    if (status != GOV_OK) {
        gov_free(copy);
        gov_column_free(column);
        return status;
    }
    frame->fields[frame->count++] = (gov_named_column){copy, column};
    return GOV_OK;
}

gov_status gov_frame_add(gov_frame *frame, const char *name, gov_type type, void **values, uint8_t **valid,
                         gov_error *err)
{
    gov_column *column;
    GOV_TRY(gov_column_new(type, frame->rows, &column, err));
    gov_status status = valid == NULL ? GOV_OK : gov_column_make_validity(column, err);
    if (status != GOV_OK) {
        gov_column_free(column);
        return status;
    }
    void *to_write = column->own_values;
    uint8_t *bits = column->own_validity;
    GOV_TRY(gov_frame_column(frame, name, column, err));
    *values = to_write;
    if (valid != NULL)
        *valid = bits;
    return GOV_OK;
}

gov_status gov_frame_doubles(gov_frame *frame, const char *name, double **values, gov_error *err)
{
    void *block;
    GOV_TRY(gov_frame_add(frame, name, GOV_TYPE_FLOAT64, &block, NULL, err));
    *values = block;
    return GOV_OK;
}

gov_status gov_frame_int64s(gov_frame *frame, const char *name, int64_t **values, gov_error *err)
{
    void *block;
    GOV_TRY(gov_frame_add(frame, name, GOV_TYPE_INT64, &block, NULL, err));
    *values = block;
    return GOV_OK;
}

/* --- One block for many columns ---------------------------------------------------------------------------- */

typedef struct block {
    gov_shared shared;
    char *bytes;
} block;

static void destroy_block(gov_shared *self)
{
    block *b = (block *)self;
    gov_free(b->bytes);
    gov_free(b);
}

static block *new_block(int64_t bytes)
{
    block *b = gov_alloc(1, sizeof(*b));
    char *memory = gov_alloc_aligned(bytes, 1);
    if (b == NULL || memory == NULL) {
        gov_free(b);
        gov_free(memory);
        return NULL;
    }
    gov_shared_init(&b->shared, destroy_block);
    b->bytes = memory;
    return b;
}

/* Bytes of a column of the block: each begins at a multiple of 64, as Arrow recommends. */
static int64_t bytes_of(const gov_frame_field *field, int64_t rows)
{
    return (rows * (int64_t)gov_type_width(field->type) + 63) / 64 * 64;
}

gov_status gov_frame_block(gov_frame *frame, const gov_frame_field *fields, int64_t count, gov_error *err)
{
    int64_t bytes = 0;
    gov_status status = GOV_OK;
    for (int64_t i = 0; i < count; i++)
        bytes += bytes_of(&fields[i], frame->rows);
    block *b = new_block(bytes);
    if (b == NULL)
        return gov_fail_memory(err);
    char *at = b->bytes;
    for (int64_t i = 0; i < count && status == GOV_OK; i++) {
        gov_column_view view = {.type = fields[i].type, .length = frame->rows, .values = at};
        gov_column *column;
        *fields[i].values = at;
        status = gov_column_borrow(&view, &b->shared, &column, err);
        if (status == GOV_OK)
            status = gov_frame_column(frame, fields[i].name, column, err);
        at += bytes_of(&fields[i], frame->rows);
    }
    gov_shared_release(&b->shared);
    return status;
}

gov_status gov_frame_validity(gov_frame *frame, int64_t field, uint8_t **valid, gov_error *err)
{
    gov_column *column = frame->fields[field].column;
    GOV_TRY(gov_column_make_validity(column, err));
    *valid = column->own_validity;
    return GOV_OK;
}

/* --- Texts -------------------------------------------------------------------------------------------------- */

/* The text of one row while a text column is written; NULL: missing. */
typedef struct text_source {
    const char *const *texts;
    const int64_t *sizes;
    const int8_t *codes;
    const char *const *labels;
} text_source;

static const char *source_text(const text_source *source, int64_t row, int64_t *size)
{
    const char *text;
    if (source->codes != NULL)
        text = source->codes[row] < 0 ? NULL : source->labels[source->codes[row]];
    else
        text = source->texts[row];
    *size = text == NULL ? 0 : source->sizes != NULL ? source->sizes[row] : (int64_t)strlen(text);
    return text;
}

static gov_status write_texts(gov_column *column, const text_source *source, gov_error *err)
{
    int64_t bytes = 0;
    int64_t size;
    int64_t missing = 0;
    for (int64_t i = 0; i < column->length; i++) {
        missing += source_text(source, i, &size) == NULL;
        bytes += size;
        column->own_offsets[i + 1] = bytes;
    }
    GOV_TRY(gov_column_text_bytes(column, bytes, err));
    if (missing > 0)
        GOV_TRY(gov_column_make_validity(column, err));
    column->null_count = missing;
    for (int64_t i = 0; i < column->length; i++) {
        const char *text = source_text(source, i, &size);
        if (text == NULL)
            gov_bit_clear(column->own_validity, i);
        else if (size > 0)
            memcpy((char *)column->own_values + column->own_offsets[i], text, (size_t)size);
    }
    return GOV_OK;
}

static gov_status add_texts(gov_frame *frame, const char *name, const text_source *source, gov_error *err)
{
    gov_column *column;
    GOV_TRY(gov_column_new(GOV_TYPE_UTF8, frame->rows, &column, err));
    gov_status status = write_texts(column, source, err);
    if (status != GOV_OK) {
        gov_column_free(column);
        return status;
    }
    return gov_frame_column(frame, name, column, err);
}

gov_status gov_frame_texts(gov_frame *frame, const char *name, const char *const *texts, const int64_t *sizes,
                           gov_error *err)
{
    text_source source = {.texts = texts, .sizes = sizes};
    return add_texts(frame, name, &source, err);
}

gov_status gov_frame_labels(gov_frame *frame, const char *name, const int8_t *codes,
                            const char *const *labels, int64_t label_count, gov_error *err)
{
    for (int64_t i = 0; i < frame->rows; i++) {
        if (codes[i] >= label_count)
            return GOV_FAIL_INTERNAL(err);
    }
    text_source source = {.codes = codes, .labels = labels};
    return add_texts(frame, name, &source, err);
}

/* --- Columns of other tables ------------------------------------------------------------------------------ */

gov_status gov_frame_pass(gov_frame *frame, const gov_table *table, int64_t column, const char *name,
                          gov_error *err)
{
    if (column < 0 || column >= table->count)
        return GOV_FAIL_INTERNAL(err);
    gov_named_column *field = &table->fields[column];
    gov_shared_retain(&field->column->shared);
    return gov_frame_column(frame, name == NULL ? field->name : name, field->column, err);
}

static void take_values(const gov_column_view *from, const int64_t *rows, gov_column *to)
{
    size_t width = gov_type_width(from->type);
    const char *source = from->values;
    char *target = to->own_values;
    for (int64_t i = 0; i < to->length; i++) {
        if (rows[i] < 0 || from->type == GOV_TYPE_NULL)
            continue;
        if (from->type == GOV_TYPE_BOOL && gov_bit(from->values, from->offset + rows[i]))
            gov_bit_set(to->own_values, i);
        else if (width > 0)
            memcpy(target + (size_t)i * width, source + (size_t)(from->offset + rows[i]) * width, width);
    }
}

static gov_status take_texts(const gov_column_view *from, const int64_t *rows, gov_column *to, gov_error *err)
{
    int64_t size = 0;
    for (int64_t i = 0; i < to->length; i++) {
        if (rows[i] >= 0)
            gov_view_text(from, rows[i], &size);
        to->own_offsets[i + 1] = to->own_offsets[i] + (rows[i] < 0 ? 0 : size);
    }
    GOV_TRY(gov_column_text_bytes(to, to->own_offsets[to->length], err));
    for (int64_t i = 0; i < to->length; i++) {
        const char *text = rows[i] < 0 ? NULL : gov_view_text(from, rows[i], &size);
        if (text != NULL && size > 0)
            memcpy((char *)to->own_values + to->own_offsets[i], text, (size_t)size);
    }
    return GOV_OK;
}

static gov_status take(const gov_column_view *from, const int64_t *rows, gov_column *to, gov_error *err)
{
    if (from->timezone != NULL) {
        gov_free(to->timezone);
        to->timezone = gov_copy_text(from->timezone, -1);
        if (to->timezone == NULL)
            return gov_fail_memory(err);
        to->unit = from->unit;
    }
    GOV_TRY(gov_column_make_validity(to, err));
    for (int64_t i = 0; i < to->length; i++) {
        if (rows[i] < 0 || !gov_view_present(from, rows[i]))
            gov_bit_clear(to->own_validity, i);
    }
    if (from->type == GOV_TYPE_UTF8)
        GOV_TRY(take_texts(from, rows, to, err));
    else
        take_values(from, rows, to);
    gov_column_count_nulls(to);
    return GOV_OK;
}

gov_status gov_frame_take(gov_frame *frame, const gov_table *table, int64_t column, const char *name,
                          const int64_t *rows, gov_error *err)
{
    gov_column_view from = GOV_COLUMN_VIEW_INIT;
    gov_column *to;
    GOV_TRY(gov_table_view(table, column, &from, err));
    for (int64_t i = 0; i < frame->rows; i++) {
        if (rows[i] >= from.length)
            return GOV_FAIL_INTERNAL(err);
    }
    GOV_TRY(gov_column_new(from.type, frame->rows, &to, err));
    gov_status status = take(&from, rows, to, err);
    if (status != GOV_OK) {
        gov_column_free(to);
        return status;
    }
    return gov_frame_column(frame, name == NULL ? from.name : name, to, err);
}

/* --- The table ---------------------------------------------------------------------------------------------- */

static int has_nan(const double *values, int64_t count)
{
    int any = 0;
    for (int64_t i = 0; i < count; i++)
        any |= values[i] != values[i];
    return any;
}

/* NaN in a float64 column of the frame's own means missing. Most columns have none, which a loop without
 * branches sees quickly. */
static gov_status nan_to_missing(gov_column *column, gov_error *err)
{
    double *values = column->own_values;
    if (column->type != GOV_TYPE_FLOAT64 || values == NULL || !has_nan(values, column->length))
        return GOV_OK;
    for (int64_t i = 0; i < column->length; i++) {
        if (!isnan(values[i]))
            continue;
        GOV_TRY(gov_column_make_validity(column, err));
        gov_bit_clear(column->own_validity, i);
        values[i] = 0.0;
    }
    return GOV_OK;
}

gov_status gov_frame_finish(gov_frame *frame, gov_table **out, gov_error *err)
{
    for (int64_t i = 0; i < frame->count; i++) {
        gov_column *column = frame->fields[i].column;
        if (atomic_load(&column->shared.owners) > 1)
            continue; /* of another table: as it is */
        gov_status status = nan_to_missing(column, err);
        if (status != GOV_OK) {
            gov_frame_clear(frame);
            return status;
        }
        gov_column_count_nulls(column);
    }
    gov_named_column *fields = frame->fields;
    int64_t count = frame->count;
    *frame = (gov_frame)GOV_FRAME_INIT(frame->rows);
    return gov_table_of(fields, count, frame->rows, out, err);
}

void gov_frame_clear(gov_frame *frame)
{
    gov_fields_free(frame->fields, frame->count);
    *frame = (gov_frame)GOV_FRAME_INIT(frame->rows);
}
