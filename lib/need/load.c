/* load.c - cells of an input column as the doubles that rules compute with. */
#include "need/env.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

static gov_status fail_cell(const gov_need_input *input, int64_t row, gov_status code, const char *what,
                            gov_error *err)
{
    return gov_fail_at(err, code, GOV_AT_ROW(row, input->column), "%s", what);
}

/* Takes out the values that stand for missing. */
static void hide_missing(const gov_need_input *input, int64_t count, double *values, uint8_t *known)
{
    for (int64_t k = 0; k < input->missing_count; k++) {
        double value = (double)input->missing[k].number;
        for (int64_t i = 0; i < count; i++) {
            if (values[i] >= value && values[i] <= value) {
                known[i] = 0;
                values[i] = 0;
            }
        }
    }
}

static gov_status check_numbers(const gov_need_env *env, const gov_need_input *input, int64_t first,
                                int64_t count, double *values, uint8_t *known, gov_error *err)
{
    int outside = 0;
    for (int64_t i = 0; i < count; i++)
        outside |= known[i] & !(values[i] >= input->low && values[i] <= input->high);
    for (int64_t i = 0; outside && i < count; i++) {
        if (!known[i] || (values[i] >= input->low && values[i] <= input->high))
            continue;
        if (!isnan(values[i]))
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(first + i, input->column),
                               "%.15g is outside the range of the input, %.15g to %.15g", values[i],
                               input->low, input->high);
        if (!env->nan_is_missing)
            return fail_cell(input, first + i, GOV_E_RANGE,
                             "NaN is not a value; a missing one must be missing", err);
        known[i] = 0;
        values[i] = 0;
    }
    return GOV_OK;
}

/* The index of a code, -1 if it stands for missing, -2 if it is not known. */
static int find_code(const gov_need_input *input, const char *text, int64_t size, int64_t number,
                     int is_number)
{
    for (int64_t k = 0; k < input->code_count + input->missing_count; k++) {
        int is_code = k < input->code_count;
        const gov_need_code *c = is_code ? &input->codes[k] : &input->missing[k - input->code_count];
        int same = is_number ? c->is_number && c->number == number
                             : (int64_t)strlen(c->value) == size && memcmp(c->value, text, (size_t)size) == 0;
        if (same)
            return is_code ? (int)k : -1;
    }
    return -2;
}

/* One cell of an enum column: its code as text, or as a number. */
static int cell_code(const gov_need_input *input, const gov_column_view *view, int64_t row, double number)
{
    int64_t size = 0;
    if (view->type != GOV_TYPE_UTF8)
        return find_code(input, "", 0, (int64_t)number, 1);
    const char *text = gov_view_text(view, row, &size);
    return find_code(input, text, size, 0, 0);
}

static gov_status load_codes(const gov_need_input *input, const gov_column_view *view, int64_t first,
                             int64_t count, double *values, uint8_t *known, gov_error *err)
{
    if (view->type == GOV_TYPE_UTF8)
        gov_bits_unpack(view->validity, view->offset + first, count, known);
    else
        GOV_TRY(gov_column_doubles(view, first, count, values, known, err));
    for (int64_t i = 0; i < count; i++) {
        int code = known[i] ? cell_code(input, view, first + i, values[i]) : -1;
        if (code == -2)
            return fail_cell(input, first + i, GOV_E_FORMAT, "the value is not one of the input's codes",
                             err);
        known[i] = code >= 0;
        values[i] = code >= 0 ? code : 0;
    }
    return GOV_OK;
}

static gov_status load_dates(const gov_column_view *view, int64_t first, int64_t count, double *values,
                             uint8_t *known)
{
    const int32_t *days = (const int32_t *)view->values + view->offset + first;
    gov_bits_unpack(view->validity, view->offset + first, count, known);
    for (int64_t i = 0; i < count; i++)
        values[i] = known[i] ? days[i] : 0;
    return GOV_OK;
}

gov_status gov_need_env_load(const gov_need_env *env, int64_t which, int64_t first, int64_t count,
                             double *values, uint8_t *known, gov_error *err)
{
    const gov_need_input *input = &env->model->inputs[which];
    const gov_column_view *view = &env->views[which];
    if (view->type == GOV_TYPE_NULL) {
        memset(values, 0, (size_t)count * sizeof(*values));
        memset(known, 0, (size_t)count);
        return GOV_OK;
    }
    if (input->kind == GOV_NEED_ENUM)
        return load_codes(input, view, first, count, values, known, err);
    if (view->type == GOV_TYPE_DATE)
        return load_dates(view, first, count, values, known);
    GOV_TRY(gov_column_doubles(view, first, count, values, known, err));
    hide_missing(input, count, values, known);
    return check_numbers(env, input, first, count, values, known, err);
}
