/* arrow.c - the Arrow IPC streaming format (https://arrow.apache.org/docs/format/Columnar.html, "IPC Streaming Format").
 *
 * A message is a continuation mark, the size of its metadata, the metadata (a FlatBuffer of Message.fbs, Schema.fbs) and
 * a body. Here there are two, the schema and one record batch, and the mark of the end. Buffers are written as the
 * column holds them; bits of a slice that does not begin at a byte, and offsets that do not begin at 0, are moved. */
#include "arrow.h"
#include "flat.h"

#include <stdlib.h>
#include <string.h>

enum { SCHEMA = 1, RECORD_BATCH = 3, METADATA_V5 = 4 };
enum { NULL_TYPE = 1, INT = 2, FLOATING_POINT = 3, BOOL = 6, DATE = 8, TIMESTAMP = 10, LARGE_UTF8 = 20 };

static int type_number(gov_type type)
{
    switch (type) {
    case GOV_TYPE_NULL:
        return NULL_TYPE;
    case GOV_TYPE_BOOL:
        return BOOL;
    case GOV_TYPE_FLOAT32:
    case GOV_TYPE_FLOAT64:
        return FLOATING_POINT;
    case GOV_TYPE_UTF8:
        return LARGE_UTF8;
    case GOV_TYPE_DATE:
        return DATE;
    case GOV_TYPE_TIMESTAMP:
        return TIMESTAMP;
    default:
        return INT;
    }
}

static int width_of(gov_type type)
{
    switch (type) {
    case GOV_TYPE_INT8:
    case GOV_TYPE_UINT8:
        return 1;
    case GOV_TYPE_INT16:
    case GOV_TYPE_UINT16:
        return 2;
    case GOV_TYPE_INT32:
    case GOV_TYPE_UINT32:
    case GOV_TYPE_FLOAT32:
    case GOV_TYPE_DATE:
        return 4;
    default:
        return 8;
    }
}

/* --- Metadata ------------------------------------------------------------------------------------------------- */

static void put_type(flat *f, size_t from, const gov_column_view *c)
{
    int number = type_number(c->type);
    const int one[1] = {4}, two[2] = {4, 1};
    int zoned = c->timezone != NULL && c->timezone[0] != '\0';
    size_t at[2];
    if (number == INT) {
        flat_table(f, from, two, 2, at);
        flat_put(f, at[0], 8 * (uint64_t)width_of(c->type), 4);
        flat_put(f, at[1], c->type <= GOV_TYPE_INT64, 1);
    } else if (number == FLOATING_POINT) {
        flat_table(f, from, one, 1, at);
        flat_put(f, at[0], c->type == GOV_TYPE_FLOAT32 ? 1 : 2, 2);
    } else if (number == DATE) {
        flat_table(f, from, one, 1, at); /* unit 0: days */
    } else if (number == TIMESTAMP) {
        const int sizes[2] = {4, zoned ? 4 : 0};
        flat_table(f, from, sizes, 2, at);
        flat_put(f, at[0], c->unit == 's' ? 0 : c->unit == 'm' ? 1 : c->unit == 'u' ? 2 : 3, 2);
        if (zoned)
            flat_text(f, at[1], c->timezone);
    } else {
        flat_table(f, from, one, 0, at);
    }
}

/* Field: name, nullable, type_type, type, dictionary, children. */
static void put_field(flat *f, size_t from, const gov_column_view *c)
{
    const int sizes[6] = {4, 1, 1, 4, 0, 4};
    size_t at[6];
    flat_table(f, from, sizes, 6, at);
    flat_put(f, at[1], 1, 1);
    flat_put(f, at[2], (uint64_t)type_number(c->type), 1);
    flat_text(f, at[0], c->name);
    put_type(f, at[3], c);
    flat_vector(f, at[5], 0, 4);
}

/* Message: version, header_type, header, bodyLength. Returns the place of `header`. */
static size_t begin_message(flat *f, int header, uint64_t body)
{
    const int sizes[4] = {2, 1, 4, 8};
    size_t at[4];
    flat_append(f, NULL, 8);
    flat_table(f, 0, sizes, 4, at);
    flat_put(f, at[0], METADATA_V5, 2);
    flat_put(f, at[1], (uint64_t)header, 1);
    flat_put(f, at[3], body, 8);
    return at[2];
}

static void put_schema(flat *f, const gov_column_view *columns, int64_t count)
{
    const int sizes[2] = {2, 4}; /* endianness, fields */
    size_t at[2];
    flat_table(f, begin_message(f, SCHEMA, 0), sizes, 2, at);
    flat_vector(f, at[1], (size_t)count, 4);
    size_t list = flat_append(f, NULL, 4 * (size_t)count);
    for (int64_t i = 0; i < count; i++)
        put_field(f, list + 4 * (size_t)i, &columns[i]);
}

/* --- Body ------------------------------------------------------------------------------------------------------- */

typedef struct body {
    flat bytes;
    flat buffers; /* pairs of offset and length */
    uint64_t count;
} body;

static void end_buffer(body *b, size_t begin)
{
    uint64_t pair[2] = {begin, b->bytes.size - begin};
    size_t place = flat_append(&b->buffers, NULL, 16);
    flat_put(&b->buffers, place, pair[0], 8);
    flat_put(&b->buffers, place + 8, pair[1], 8);
    flat_align(&b->bytes, 8);
    b->count++;
}

static void put_bits(body *b, const uint8_t *bits, int64_t offset, int64_t count)
{
    size_t begin = b->bytes.size;
    size_t place = flat_append(&b->bytes, NULL, (size_t)(count + 7) / 8);
    for (int64_t i = 0; i < count && !b->bytes.broken; i++)
        if (bits[(offset + i) >> 3] >> ((offset + i) & 7) & 1)
            b->bytes.data[place + (size_t)(i >> 3)] |= (unsigned char)(1u << (i & 7));
    end_buffer(b, begin);
}

static void put_texts(body *b, const gov_column_view *c)
{
    const int64_t *offsets = c->offsets + c->offset;
    size_t begin = b->bytes.size;
    for (int64_t i = 0; i <= c->length; i++) {
        int64_t at = c->length > 0 ? offsets[i] - offsets[0] : 0;
        flat_append(&b->bytes, &at, 8);
    }
    end_buffer(b, begin);
    begin = b->bytes.size;
    if (c->length > 0)
        flat_append(&b->bytes, (const char *)c->values + offsets[0],
                    (size_t)(offsets[c->length] - offsets[0]));
    end_buffer(b, begin);
}

static void put_column(body *b, const gov_column_view *c)
{
    size_t width = (size_t)width_of(c->type);
    if (c->type == GOV_TYPE_NULL)
        return;
    if (c->null_count > 0)
        put_bits(b, c->validity, c->offset, c->length);
    else
        end_buffer(b, b->bytes.size);
    if (c->type == GOV_TYPE_UTF8) {
        put_texts(b, c);
    } else if (c->type == GOV_TYPE_BOOL) {
        put_bits(b, c->values, c->offset, c->length);
    } else {
        size_t begin = b->bytes.size;
        if (c->length > 0)
            flat_append(&b->bytes, (const char *)c->values + (size_t)c->offset * width,
                        (size_t)c->length * width);
        end_buffer(b, begin);
    }
}

/* RecordBatch: length, nodes, buffers. */
static void put_batch(flat *f, const gov_column_view *columns, int64_t count, int64_t rows, const body *b)
{
    const int sizes[3] = {8, 4, 4};
    size_t at[3];
    flat_table(f, begin_message(f, RECORD_BATCH, b->bytes.size), sizes, 3, at);
    flat_put(f, at[0], (uint64_t)rows, 8);
    flat_vector(f, at[1], (size_t)count, 8);
    for (int64_t i = 0; i < count; i++) {
        size_t place = flat_append(f, NULL, 16);
        flat_put(f, place, (uint64_t)columns[i].length, 8);
        flat_put(f, place + 8, (uint64_t)columns[i].null_count, 8);
    }
    flat_vector(f, at[2], b->count, 8);
    flat_append(f, b->buffers.data != NULL ? b->buffers.data : (const unsigned char *)"", b->buffers.size);
}

/* --- The stream --------------------------------------------------------------------------------------------------- */

static void send_message(flat *metadata, const flat *bytes, FILE *out)
{
    unsigned char head[8] = {0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0};
    flat_align(metadata, 8);
    for (int i = 0; i < 4; i++)
        head[4 + i] = (unsigned char)(metadata->size >> (8 * i));
    fwrite(head, 1, 8, out);
    fwrite(metadata->data, 1, metadata->size, out);
    if (bytes->size > 0)
        fwrite(bytes->data, 1, bytes->size, out);
}

static int send_all(const gov_column_view *columns, int64_t count, int64_t rows, FILE *out)
{
    static const unsigned char end[8] = {0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0};
    const flat nothing = {NULL, 0, 0, 0};
    flat schema = nothing, batch = nothing;
    body b = {nothing, nothing, 0};
    for (int64_t i = 0; i < count; i++)
        put_column(&b, &columns[i]);
    put_schema(&schema, columns, count);
    put_batch(&batch, columns, count, rows, &b);
    int good = !schema.broken && !batch.broken && !b.bytes.broken && !b.buffers.broken;
    if (good) {
        send_message(&schema, &nothing, out);
        send_message(&batch, &b.bytes, out);
        fwrite(end, 1, sizeof(end), out);
    }
    free(schema.data);
    free(batch.data);
    free(b.bytes.data);
    free(b.buffers.data);
    return good;
}

gov_status cli_write_arrow(const gov_table *table, FILE *out, gov_error *err)
{
    int64_t count = gov_table_columns(table);
    gov_column_view *columns = calloc((size_t)count + 1, sizeof(*columns));
    gov_status status = columns != NULL ? GOV_OK : GOV_E_MEMORY;
    for (int64_t i = 0; i < count && status == GOV_OK; i++) {
        columns[i] = (gov_column_view)GOV_COLUMN_VIEW_INIT;
        status = gov_table_view(table, i, &columns[i], err);
    }
    if (status == GOV_OK && !send_all(columns, count, gov_table_rows(table), out))
        status = GOV_E_MEMORY;
    free(columns);
    return status;
}
