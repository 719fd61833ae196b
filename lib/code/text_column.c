/* text_column.c - texts of unknown length go one behind the other into a block that grows. */
#include "code/text_column.h"

#include "table/frame.h"

#include <string.h>

gov_status gov_code_column(const gov_table *table, const char *name, gov_column_view *view, gov_error *err)
{
    gov_column_view found = GOV_COLUMN_VIEW_INIT;
    GOV_TRY(gov_table_need(table, name, &found, err));
    if (found.type != GOV_TYPE_UTF8 && found.type != GOV_TYPE_NULL)
        return gov_fail_at(err, GOV_E_TYPE, GOV_AT_NAME(name), "the column is %s; codes must be utf8 text",
                           gov_type_name(found.type));
    *view = found;
    return GOV_OK;
}

typedef struct text_block {
    char *bytes;
    int64_t size;
    int64_t capacity;
} text_block;

/* Room for most texts at the first try; the mapping says how much a longer one needs. */
#define FIRST_ROOM 128

static gov_status append(text_block *block, gov_text_mapping map, const void *context, const char *text,
                         int64_t size, gov_error *err)
{
    int64_t length = FIRST_ROOM - 1;
    int64_t room;
    do {
        room = length + 1;
        void *bytes = block->bytes;
        gov_status grown = gov_grow(&bytes, &block->capacity, block->size + room, 1, err);
        block->bytes = bytes;
        GOV_TRY(grown);
        GOV_TRY(map(context, text, size, block->bytes + block->size, room, &length, err));
    } while (length >= room);
    block->size += length;
    return GOV_OK;
}

static void note_place(gov_error *err, int64_t row, const char *name)
{
    if (err == NULL || err->struct_size < sizeof(gov_error))
        return;
    gov_error copy = *err;
    gov_fail_at(err, copy.code, GOV_AT_ROW(row, name), "%s", copy.message);
}

static gov_status map_rows(const gov_column_view *view, gov_text_mapping map, const void *context,
                           text_block *block, int64_t *ends, gov_error *err)
{
    for (int64_t i = 0; i < view->length; i++) {
        int64_t size;
        const char *text = gov_view_text(view, i, &size);
        gov_status status = text == NULL ? GOV_OK : append(block, map, context, text, size, err);
        if (status != GOV_OK) {
            note_place(err, i, view->name);
            return status;
        }
        ends[i] = block->size;
    }
    return GOV_OK;
}

/* The column of the mapped texts; a row without text keeps its missing bit. */
static gov_status make_column(const gov_column_view *view, const text_block *block, const int64_t *ends,
                              gov_column **out, gov_error *err)
{
    gov_column *column = NULL;
    gov_status status = gov_column_new(GOV_TYPE_UTF8, view->length, &column, err);
    if (status != GOV_OK)
        return status;
    GOV_TRY_OUT(gov_column_make_validity(column, err));
    GOV_TRY_OUT(gov_column_text_bytes(column, block->size, err));
    if (block->size > 0)
        memcpy(column->own_values, block->bytes, (size_t)block->size);
    for (int64_t i = 0; i < view->length; i++) {
        column->own_offsets[i + 1] = ends[i];
        if (view->type != GOV_TYPE_UTF8 || !gov_view_present(view, i))
            gov_bit_clear(column->own_validity, i);
    }
    gov_column_count_nulls(column);
    *out = column;
    return GOV_OK;
out:
    gov_column_free(column);
    return status;
}

gov_status gov_text_column_map(const gov_table *table, const char *name, gov_text_mapping map,
                               const void *context, gov_table **out, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    text_block block = {NULL, 0, 0};
    gov_column *column = NULL;
    gov_status status = GOV_OK;
    if (table == NULL || name == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "table, column and out must be given");
    GOV_TRY(gov_code_column(table, name, &view, err));
    gov_frame frame = GOV_FRAME_INIT(view.length);
    int64_t *ends = gov_alloc(view.length, sizeof(*ends));
    if (ends == NULL)
        return gov_fail_memory(err);
    GOV_TRY_OUT(map_rows(&view, map, context, &block, ends, err));
    GOV_TRY_OUT(make_column(&view, &block, ends, &column, err));
    GOV_TRY_OUT(gov_frame_column(&frame, name, column, err));
    GOV_TRY_OUT(gov_frame_finish(&frame, out, err));
out:
    gov_frame_clear(&frame);
    gov_free(block.bytes);
    gov_free(ends);
    return status;
}
