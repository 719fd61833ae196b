/* arrow_import.c - an Arrow C stream becomes a table.
 *
 * A stream of one batch is not copied: its columns read the producer's buffers and keep the batch alive (only
 * 32-bit offsets are widened, views and dictionaries decoded). Whether there is one batch is known when the
 * second one is asked for, so the first is held until then. From the second on, batches are appended to
 * growing columns and released one by one: the peak is the table and one batch, not the stream twice. */
#include "table/arrow.h"

#include "base/run.h"

#include <errno.h>
#include <string.h>

/* A batch that several columns read. */
typedef struct batch {
    gov_shared shared;
    struct ArrowArray array;
} batch;

typedef struct import {
    struct ArrowArrayStream stream; /* ours, after the move */
    struct ArrowSchema schema;
    gov_arrow_field *fields;
    gov_growing *columns; /* NULL while no batch was copied */
    int64_t count;        /* of fields */
    int64_t rows;
    batch *held; /* the first batch with rows, not yet copied */
} import;

static void destroy_batch(gov_shared *self)
{
    batch *b = (batch *)self;
    if (b->array.release != NULL)
        b->array.release(&b->array);
    gov_free(b);
}

static gov_status fail_producer(import *in, int code, const char *what, gov_error *err)
{
    const char *why = in->stream.get_last_error == NULL ? NULL : in->stream.get_last_error(&in->stream);
    gov_place place = GOV_NOWHERE;
    place.extended = code;
    return gov_fail_at(err, code == ENOMEM ? GOV_E_MEMORY : GOV_E_IO, &place,
                       "the producer of the Arrow stream gives no %s: %s", what,
                       why == NULL ? strerror(code) : why);
}

static gov_status read_schema(import *in, gov_error *err)
{
    if (in->stream.get_schema == NULL || in->stream.get_next == NULL)
        return gov_fail(err, GOV_E_CORRUPT, "the Arrow stream lacks get_schema or get_next");
    int code = in->stream.get_schema(&in->stream, &in->schema);
    if (code != 0) {
        in->schema.release = NULL;
        return fail_producer(in, code, "schema", err);
    }
    if (in->schema.release == NULL || in->schema.format == NULL)
        return gov_fail(err, GOV_E_CORRUPT, "the producer of the Arrow stream gave an empty schema");
    if (strcmp(in->schema.format, "+s") != 0 || in->schema.dictionary != NULL)
        return gov_fail(err, GOV_E_UNSUPPORTED,
                        "expected an Arrow stream of record batches (type \"+s\"), got \"%s\"",
                        in->schema.format);
    if (in->schema.n_children < 0 || (in->schema.n_children > 0 && in->schema.children == NULL))
        return gov_fail(err, GOV_E_CORRUPT, "the Arrow schema has an impossible number of children");
    in->fields = gov_alloc_zero(in->schema.n_children, sizeof(*in->fields));
    if (in->fields == NULL)
        return gov_fail_memory(err);
    for (in->count = 0; in->count < in->schema.n_children; in->count++)
        GOV_TRY(gov_arrow_field_read(in->schema.children[in->count], &in->fields[in->count], err));
    return GOV_OK;
}

static gov_status check_batch(const import *in, const struct ArrowArray *a, gov_error *err)
{
    const int64_t longest = INT64_MAX / 64;
    if (a->length < 0 || a->offset < 0 || a->length > longest || a->offset > longest ||
        in->rows > longest - a->length)
        return gov_fail(err, GOV_E_CORRUPT, "an Arrow batch has a negative or impossible length or offset");
    if (a->n_children != in->count || (in->count > 0 && a->children == NULL) || a->dictionary != NULL)
        return gov_fail(err, GOV_E_CORRUPT, "an Arrow batch has %lld columns, its schema has %lld",
                        (long long)a->n_children, (long long)in->count);
    const uint8_t *validity = a->n_buffers > 0 && a->buffers != NULL ? a->buffers[0] : NULL;
    if (a->null_count != 0 && validity != NULL && gov_bits_count(validity, a->offset, a->length) != a->length)
        return gov_fail(err, GOV_E_UNSUPPORTED, "an Arrow batch has rows that are missing as a whole");
    return GOV_OK;
}

static gov_status start_copying(import *in, gov_error *err)
{
    if (in->columns != NULL)
        return GOV_OK;
    in->columns = gov_alloc_zero(in->count, sizeof(*in->columns));
    if (in->columns == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < in->count; i++) {
        const gov_arrow_type *type = &in->fields[i].value;
        GOV_TRY(gov_growing_init(&in->columns[i], type->type, type->unit_zone, err));
    }
    return GOV_OK;
}

static gov_status append_batch(import *in, const struct ArrowArray *a, gov_error *err)
{
    GOV_TRY(start_copying(in, err));
    for (int64_t i = 0; i < in->count; i++) {
        gov_arrow_stretch s;
        GOV_TRY(gov_arrow_check(&in->fields[i], a->children[i], a->offset, a->length, &s, err));
        GOV_TRY(gov_arrow_append(&in->fields[i], &s, &in->columns[i], err));
    }
    return GOV_OK;
}

/* Takes `next` (also when it fails): holds it if it is the first with rows, else copies it. */
static gov_status take_batch(import *in, batch *next, gov_error *err)
{
    int64_t length = next->array.length;
    gov_status status = check_batch(in, &next->array, err);
    if (status == GOV_OK && length > 0 && in->held == NULL && in->columns == NULL) {
        in->held = next;
        in->rows = length;
        return GOV_OK;
    }
    if (status == GOV_OK && length > 0 && in->held != NULL) {
        status = append_batch(in, &in->held->array, err);
        gov_shared_release(&in->held->shared);
        in->held = NULL;
    }
    if (status == GOV_OK && length > 0) {
        status = append_batch(in, &next->array, err);
        in->rows += length;
    }
    gov_shared_release(&next->shared);
    return status;
}

static gov_status read_batches(import *in, gov_run *run, gov_error *err)
{
    for (;;) {
        GOV_TRY(gov_run_poll(run, in->rows, -1, err));
        batch *next = gov_alloc_zero(1, sizeof(*next));
        if (next == NULL)
            return gov_fail_memory(err);
        gov_shared_init(&next->shared, destroy_batch);
        int code = in->stream.get_next(&in->stream, &next->array);
        if (code != 0)
            next->array.release = NULL;
        if (code != 0 || next->array.release == NULL) {
            gov_shared_release(&next->shared);
            return code == 0 ? GOV_OK : fail_producer(in, code, "further batch", err);
        }
        GOV_TRY(take_batch(in, next, err));
    }
}

/* Whether the values can be read in place; Arrow recommends alignment but does not demand it. */
static int is_readable(const void *buffer, size_t width)
{
    return width <= 1 || (uintptr_t)buffer % width == 0;
}

static gov_status widen_offsets(const gov_arrow_stretch *s, const gov_column_view *view, gov_shared *keeper,
                                gov_column **out, gov_error *err)
{
    int64_t *wide = gov_alloc(s->length + s->offset + 1, sizeof(*wide));
    if (wide == NULL)
        return gov_fail_memory(err);
    const char *narrow = s->array->buffers[1];
    for (int64_t i = s->offset; i <= s->offset + s->length; i++) {
        int32_t offset;
        memcpy(&offset, narrow + i * 4, sizeof(offset));
        wide[i] = offset;
    }
    gov_column_view widened = *view;
    widened.offsets = wide;
    gov_status status = gov_column_borrow(&widened, keeper, out, err);
    if (status == GOV_OK)
        (*out)->own_offsets = wide;
    else
        gov_free(wide);
    return status;
}

static gov_status decode_column(const gov_arrow_field *field, const gov_arrow_stretch *s, gov_column **out,
                                gov_error *err)
{
    gov_growing data;
    gov_column *column = NULL;
    GOV_TRY(gov_growing_init(&data, field->value.type, field->value.unit_zone, err));
    gov_status status = gov_arrow_append(field, s, &data, err);
    if (status == GOV_OK)
        status = gov_growing_shell(&data, &column, err);
    if (status == GOV_OK) {
        gov_growing_move(&data, column);
        *out = column;
    }
    gov_growing_clear(&data);
    return status;
}

static gov_status borrow_column(const gov_arrow_field *field, const gov_arrow_stretch *s, gov_shared *keeper,
                                gov_column **out, gov_error *err)
{
    const gov_arrow_type *type = &field->value;
    gov_column_view view = {
        .type = type->type, .length = s->length, .offset = s->offset, .validity = s->validity};
    if (type->unit_zone != NULL) {
        view.unit = type->unit_zone[0];
        view.timezone = type->unit_zone + 2;
    }
    if (type->layout == GOV_ARROW_BITS || type->layout == GOV_ARROW_FIXED) {
        view.values = s->array->buffers[1];
        return gov_column_borrow(&view, keeper, out, err);
    }
    GOV_TRY(gov_arrow_check_utf8(field, s, 0, err));
    view.values = s->array->buffers[2];
    view.offsets = s->array->buffers[1];
    return type->layout == GOV_ARROW_TEXT32 ? widen_offsets(s, &view, keeper, out, err)
                                            : gov_column_borrow(&view, keeper, out, err);
}

/* One column of the held batch: read in place if its layout is ours, else decoded. */
static gov_status column_of(const import *in, int64_t i, gov_column **out, gov_error *err)
{
    const struct ArrowArray *a = &in->held->array;
    const gov_arrow_field *field = &in->fields[i];
    gov_arrow_stretch s;
    GOV_TRY(gov_arrow_check(field, a->children[i], a->offset, a->length, &s, err));
    gov_arrow_layout layout = field->value.layout;
    size_t width = layout == GOV_ARROW_TEXT64 ? sizeof(int64_t) : gov_type_width(field->value.type);
    int in_place = !field->encoded && layout != GOV_ARROW_NULL && layout != GOV_ARROW_VIEWS &&
                   is_readable(s.array->buffers[1], width);
    return in_place ? borrow_column(field, &s, &in->held->shared, out, err)
                    : decode_column(field, &s, out, err);
}

static gov_status make_column(import *in, int64_t i, gov_column **out, gov_error *err)
{
    if (in->held != NULL)
        return column_of(in, i, out, err);
    GOV_TRY(start_copying(in, err));
    GOV_TRY(gov_growing_shell(&in->columns[i], out, err));
    gov_growing_move(&in->columns[i], *out);
    return GOV_OK;
}

static gov_status make_table(import *in, gov_table **out, gov_error *err)
{
    gov_named_column *fields = gov_alloc_zero(in->count, sizeof(*fields));
    if (fields == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < in->count; i++) {
        fields[i].name = gov_copy_text(in->fields[i].name, -1);
        gov_status status =
            fields[i].name == NULL ? gov_fail_memory(err) : make_column(in, i, &fields[i].column, err);
        if (status != GOV_OK) {
            gov_fields_free(fields, in->count);
            return status;
        }
    }
    return gov_table_of(fields, in->count, in->rows, out, err);
}

static void close_import(import *in)
{
    for (int64_t i = 0; i < in->count && in->columns != NULL; i++)
        gov_growing_clear(&in->columns[i]);
    gov_free(in->columns);
    gov_free(in->fields);
    if (in->held != NULL)
        gov_shared_release(&in->held->shared);
    if (in->schema.release != NULL)
        in->schema.release(&in->schema);
    in->stream.release(&in->stream);
}

gov_status gov_table_import_arrow(struct ArrowArrayStream *stream, gov_run *run, gov_table **out,
                                  gov_error *err)
{
    if (stream == NULL || stream->release == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "stream must be given and not be released yet");
import in = {.stream = * stream };
    stream->release = NULL;
    gov_table *table = NULL;
    gov_status status = out == NULL ? gov_fail(err, GOV_E_ARGUMENT, "out must be given") : GOV_OK;
    if (status == GOV_OK)
        status = read_schema(&in, err);
    if (status == GOV_OK)
        status = read_batches(&in, run, err);
    if (status == GOV_OK)
        status = make_table(&in, &table, err);
    close_import(&in);
    if (status == GOV_OK)
        *out = table;
    return status;
}
