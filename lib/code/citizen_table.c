/* citizen_table.c - what a column of citizen ids says, as columns. */
#include "code/citizen_id.h"
#include "code/text_column.h"

#include "base/date.h"
#include "table/frame.h"

#include <string.h>

#define ID_BYTES 18
#define DIVISION_BYTES 6

/* The accepted ids by row; text[0] is a zero byte where there is none. */
typedef struct id_rows {
    int64_t count;
    gov_citizen_id *ids;
} id_rows;

static void read_ids(const gov_column_view *view, const gov_citizen_rules *rules, id_rows *rows)
{
    for (int64_t i = 0; i < view->length; i++) {
        int64_t size;
        const char *text = gov_view_text(view, i, &size);
        if (text == NULL ||
            gov_citizen_id_verdict(text, size, rules, &rows->ids[i]).reason != GOV_REFUSAL_NONE)
            rows->ids[i].text[0] = '\0';
    }
}

/* The first `width` characters of every accepted id as a text column: the id itself, or its division. */
static gov_status add_prefix(gov_frame *frame, const char *name, const id_rows *rows, int64_t width,
                             gov_error *err)
{
    gov_column *column = NULL;
    gov_status status = gov_column_new(GOV_TYPE_UTF8, rows->count, &column, err);
    if (status != GOV_OK)
        return status;
    for (int64_t i = 0; i < rows->count; i++)
        column->own_offsets[i + 1] = column->own_offsets[i] + (rows->ids[i].text[0] != '\0' ? width : 0);
    GOV_TRY_OUT(gov_column_make_validity(column, err));
    GOV_TRY_OUT(gov_column_text_bytes(column, column->own_offsets[rows->count], err));
    for (int64_t i = 0; i < rows->count; i++) {
        if (rows->ids[i].text[0] == '\0')
            gov_bit_clear(column->own_validity, i);
        else
            memcpy((char *)column->own_values + column->own_offsets[i], rows->ids[i].text, (size_t)width);
    }
    return gov_frame_column(frame, name, column, err);
out:
    gov_column_free(column);
    return status;
}

static gov_status add_birth_and_sex(gov_frame *frame, const id_rows *rows, gov_error *err)
{
    void *birth;
    void *sex;
    uint8_t *birth_known;
    uint8_t *sex_known;
    GOV_TRY(gov_frame_add(frame, "birth", GOV_TYPE_DATE, &birth, &birth_known, err));
    GOV_TRY(gov_frame_add(frame, "sex", GOV_TYPE_INT64, &sex, &sex_known, err));
    for (int64_t i = 0; i < rows->count; i++) {
        if (rows->ids[i].text[0] != '\0') {
            ((int32_t *)birth)[i] = rows->ids[i].birth;
            ((int64_t *)sex)[i] = rows->ids[i].sex;
        } else {
            gov_bit_clear(birth_known, i);
            gov_bit_clear(sex_known, i);
        }
    }
    return GOV_OK;
}

static gov_status add_age(gov_frame *frame, const id_rows *rows, int32_t on, gov_error *err)
{
    void *age;
    uint8_t *known;
    GOV_TRY(gov_frame_add(frame, "age", GOV_TYPE_INT64, &age, &known, err));
    for (int64_t i = 0; i < rows->count; i++) {
        if (rows->ids[i].text[0] != '\0' && rows->ids[i].birth <= on)
            ((int64_t *)age)[i] = gov_age_years(rows->ids[i].birth, on);
        else
            gov_bit_clear(known, i);
    }
    return GOV_OK;
}

gov_status gov_citizen_id_table(const gov_table *table, const char *column,
                                const gov_citizen_id_options *options, const char *as_of, gov_table **out,
                                gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    gov_citizen_rules rules;
    int32_t on = 0;
    gov_status status = GOV_OK;
    if (table == NULL || column == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "table, column and out must be given");
    GOV_TRY(gov_citizen_rules_read(options, &rules, err));
    if (as_of != NULL)
        GOV_TRY(gov_date_parse(as_of, -1, &on, err));
    GOV_TRY(gov_code_column(table, column, &view, err));
    gov_frame frame = GOV_FRAME_INIT(view.length);
    id_rows rows = {view.length, gov_alloc(view.length, sizeof(*rows.ids))};
    if (rows.ids == NULL)
        return gov_fail_memory(err);
    read_ids(&view, &rules, &rows);
    GOV_TRY_OUT(add_prefix(&frame, "id", &rows, ID_BYTES, err));
    GOV_TRY_OUT(add_prefix(&frame, "division", &rows, DIVISION_BYTES, err));
    GOV_TRY_OUT(add_birth_and_sex(&frame, &rows, err));
    if (as_of != NULL)
        GOV_TRY_OUT(add_age(&frame, &rows, on, err));
    GOV_TRY_OUT(gov_frame_finish(&frame, out, err));
out:
    gov_frame_clear(&frame);
    gov_free(rows.ids);
    return status;
}
