/* arrow_export.c - a table as an Arrow C stream. Nothing is copied: every array keeps its column alive.
 *
 * Children of a schema or an array may be moved out by the consumer and live longer than their parent, so each
 * child owns what it points to; the parent owns only the memory of the child structs. */
#include "table/column.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

typedef struct stream_state {
    gov_table *table;
    int64_t batch_rows;
    int64_t next; /* first row of the next batch */
    const char *last_error;
} stream_state;

/* The structs of the children, and behind them the list that points to them: one block. */
typedef struct schema_children {
    struct ArrowSchema **list;
    struct ArrowSchema structs[];
} schema_children;

typedef struct array_children {
    struct ArrowArray **list;
    const void *buffers[1]; /* of the batch: no validity */
    struct ArrowArray structs[];
} array_children;

typedef struct child_schema {
    char *name;
    char *format;
} child_schema;

typedef struct child_array {
    gov_column *column;
    const void *buffers[3];
} child_array;

static const int64_t nothing[1]; /* what an empty buffer points to: some consumers refuse NULL */

static void release_child_schema(struct ArrowSchema *schema)
{
    child_schema *own = schema->private_data;
    gov_free(own->name);
    gov_free(own->format);
    gov_free(own);
    schema->release = NULL;
}

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i]->release != NULL)
            schema->children[i]->release(schema->children[i]);
    }
    gov_free(schema->private_data);
    schema->release = NULL;
}

static char *format_of(const gov_column *column)
{
    static const char *const formats[] = {"n", "b", "c", "s", "i", "l", "C",
                                          "S", "I", "L", "f", "g", "U", "tdD"};
    if (column->type != GOV_TYPE_TIMESTAMP)
        return gov_copy_text(formats[column->type], -1);
    size_t size = strlen(column->timezone) + 5;
    char *format = gov_alloc((int64_t)size, 1);
    if (format != NULL)
        snprintf(format, size, "ts%c:%s", column->unit, column->timezone);
    return format;
}

static int export_child_schema(const gov_named_column *field, struct ArrowSchema *out)
{
    child_schema *own = gov_alloc_zero(1, sizeof(*own));
    if (own == NULL)
        return ENOMEM;
    *out = (struct ArrowSchema){
        .flags = ARROW_FLAG_NULLABLE, .release = release_child_schema, .private_data = own};
    out->name = own->name = gov_copy_text(field->name, -1);
    out->format = own->format = format_of(field->column);
    if (own->name != NULL && own->format != NULL)
        return 0;
    out->release(out);
    return ENOMEM;
}

static int export_schema(const gov_table *table, struct ArrowSchema *out)
{
    size_t count = (size_t)table->count;
    size_t each = sizeof(struct ArrowSchema) + sizeof(struct ArrowSchema *);
    schema_children *own = gov_alloc_zero(1, sizeof(*own) + count * each);
    if (own == NULL)
        return ENOMEM;
    own->list = (struct ArrowSchema **)(void *)(own->structs + count);
    struct ArrowSchema schema = {
        .format = "+s", .name = "", .children = own->list, .release = release_schema, .private_data = own};
    for (; schema.n_children < table->count; schema.n_children++) {
        int64_t i = schema.n_children;
        own->list[i] = &own->structs[i];
        if (export_child_schema(&table->fields[i], own->list[i]) != 0) {
            schema.release(&schema);
            return ENOMEM;
        }
    }
    *out = schema;
    return 0;
}

static void release_child_array(struct ArrowArray *array)
{
    child_array *own = array->private_data;
    gov_column_free(own->column);
    gov_free(own);
    array->release = NULL;
}

static void release_array(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i]->release != NULL)
            array->children[i]->release(array->children[i]);
    }
    gov_free(array->private_data);
    array->release = NULL;
}

static int export_child_array(gov_column *column, int64_t first, int64_t count, struct ArrowArray *out)
{
    child_array *own = gov_alloc_zero(1, sizeof(*own));
    if (own == NULL)
        return ENOMEM;
    gov_shared_retain(&column->shared);
    own->column = column;
    int64_t offset = column->offset + first;
    int64_t missing = 0;
    if (column->null_count > 0)
        missing = count - gov_bits_count(column->validity, offset, count);
    int is_text = column->type == GOV_TYPE_UTF8;
    own->buffers[0] = missing > 0 ? column->validity : NULL;
    own->buffers[1] = is_text ? column->offsets : column->values;
    own->buffers[2] = column->values == NULL ? nothing : column->values;
    *out = (struct ArrowArray){.length = count,
                               .null_count = missing,
                               .offset = offset,
                               .n_buffers = column->type == GOV_TYPE_NULL ? 0
                                            : is_text                     ? 3
                                                                          : 2,
                               .buffers = own->buffers,
                               .release = release_child_array,
                               .private_data = own};
    return 0;
}

static int export_batch(const gov_table *table, int64_t first, int64_t count, struct ArrowArray *out)
{
    size_t columns = (size_t)table->count;
    array_children *own =
        gov_alloc_zero(1, sizeof(*own) + columns * (sizeof(struct ArrowArray) + sizeof(struct ArrowArray *)));
    if (own == NULL)
        return ENOMEM;
    own->list = (struct ArrowArray **)(void *)(own->structs + columns);
    struct ArrowArray array = {.length = count,
                               .n_buffers = 1,
                               .buffers = own->buffers,
                               .children = own->list,
                               .release = release_array,
                               .private_data = own};
    for (; array.n_children < table->count; array.n_children++) {
        int64_t i = array.n_children;
        own->list[i] = &own->structs[i];
        if (export_child_array(table->fields[i].column, first, count, own->list[i]) != 0) {
            array.release(&array);
            return ENOMEM;
        }
    }
    *out = array;
    return 0;
}

static int remember(stream_state *state, int code)
{
    state->last_error = code == 0 ? NULL : "not enough memory";
    return code;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    stream_state *state = stream->private_data;
    return remember(state, export_schema(state->table, out));
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    stream_state *state = stream->private_data;
    int64_t left = state->table->rows - state->next;
    int64_t count = state->batch_rows > 0 && left > state->batch_rows ? state->batch_rows : left;
    if (count == 0) {
        out->release = NULL;
        return remember(state, 0);
    }
    int code = export_batch(state->table, state->next, count, out);
    if (code == 0)
        state->next += count;
    return remember(state, code);
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    const stream_state *state = stream->private_data;
    return state->last_error;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    stream_state *state = stream->private_data;
    gov_table_free(state->table);
    gov_free(state);
    stream->release = NULL;
}

gov_status gov_table_export_arrow(const gov_table *table, int64_t batch_rows, struct ArrowArrayStream *out,
                                  gov_error *err)
{
    if (table == NULL || out == NULL || batch_rows < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "table and out must be given, batch_rows not negative");
    stream_state *state = gov_alloc_zero(1, sizeof(*state));
    if (state == NULL)
        return gov_fail_memory(err);
    state->table = gov_table_retain(table);
    state->batch_rows = batch_rows;
    *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, state};
    return GOV_OK;
}
