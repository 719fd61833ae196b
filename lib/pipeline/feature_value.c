/* feature_value.c - one form for what fields, relations, observations and rules give. */
#include "pipeline/feature_value.h"

#include "base/date.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

static double unknown(void)
{
    return (double)NAN;
}

static int stands_for_missing(const gov_need_input *input, const char *text, int64_t size, int64_t number,
                              int is_number)
{
    for (int64_t i = 0; i < input->missing_count; i++) {
        const gov_need_code *c = &input->missing[i];
        if (is_number ? c->is_number && c->number == number
                      : (int64_t)strlen(c->value) == size && memcmp(c->value, text, (size_t)size) == 0)
            return 1;
    }
    return 0;
}

double gov_feature_text(const gov_need_input *input, const char *text, int64_t size)
{
    double number = 0;
    if (input->kind != GOV_NEED_ENUM)
        return gov_parse_double(text, size, &number) ? gov_feature_number(input, number) : unknown();
    if (stands_for_missing(input, text, size, 0, 0))
        return unknown();
    for (int64_t i = 0; i < input->code_count; i++) {
        const gov_need_code *c = &input->codes[i];
        if ((int64_t)strlen(c->value) == size && memcmp(c->value, text, (size_t)size) == 0)
            return (double)i;
    }
    return unknown();
}

double gov_feature_number(const gov_need_input *input, double number)
{
    int whole = floor(number) >= number && fabs(number) < 9e15;
    if (!isfinite(number) || (whole && stands_for_missing(input, "", 0, (int64_t)number, 1)))
        return unknown();
    if (input->kind == GOV_NEED_FLOAT)
        return number;
    if (input->kind == GOV_NEED_BOOL)
        return number > 0 || number < 0;
    if (input->kind == GOV_NEED_INT)
        return whole ? number : unknown();
    for (int64_t i = 0; input->kind == GOV_NEED_ENUM && whole && i < input->code_count; i++)
        if (input->codes[i].is_number && input->codes[i].number == (int64_t)number)
            return (double)i;
    return unknown();
}

double gov_feature_value(const gov_need_input *input, const gov_column_view *view, int64_t row)
{
    double number = 0;
    uint8_t known = 0;
    if (view->type == GOV_TYPE_NULL || !gov_view_present(view, row))
        return unknown();
    if (view->type == GOV_TYPE_UTF8) {
        int64_t size;
        const char *text = gov_view_text(view, row, &size);
        return gov_feature_text(input, text, size);
    }
    if (view->type == GOV_TYPE_DATE)
        return input->kind == GOV_NEED_DATE ? ((const int32_t *)view->values)[view->offset + row] : unknown();
    if (view->type == GOV_TYPE_TIMESTAMP || input->kind == GOV_NEED_DATE ||
        gov_column_doubles(view, row, 1, &number, &known, NULL) != GOV_OK)
        return unknown();
    return gov_feature_number(input, number);
}

/* --- Columns ------------------------------------------------------------------------------------------- */

static double at(const double *values, const int64_t *rows, int64_t i)
{
    return values[rows == NULL ? i : rows[i]];
}

static gov_status add_floats(gov_frame *frame, const char *name, const double *values, const int64_t *rows,
                             gov_error *err)
{
    double *out = NULL;
    GOV_TRY(gov_frame_doubles(frame, name, &out, err));
    for (int64_t i = 0; i < frame->rows; i++)
        out[i] = at(values, rows, i);
    return GOV_OK;
}

static gov_status add_ints(gov_frame *frame, const char *name, const double *values, const int64_t *rows,
                           gov_error *err)
{
    int64_t *out = NULL;
    uint8_t *valid = NULL;
    GOV_TRY(gov_frame_add(frame, name, GOV_TYPE_INT64, (void **)&out, &valid, err));
    for (int64_t i = 0; i < frame->rows; i++) {
        double value = at(values, rows, i);
        if (isnan(value))
            gov_bit_clear(valid, i);
        else
            out[i] = (int64_t)value;
    }
    return GOV_OK;
}

static gov_status add_days(gov_frame *frame, const char *name, const double *values, const int64_t *rows,
                           gov_error *err)
{
    int32_t *out = NULL;
    uint8_t *valid = NULL;
    GOV_TRY(gov_frame_add(frame, name, GOV_TYPE_DATE, (void **)&out, &valid, err));
    for (int64_t i = 0; i < frame->rows; i++) {
        double value = at(values, rows, i);
        if (isnan(value))
            gov_bit_clear(valid, i);
        else
            out[i] = (int32_t)value;
    }
    return GOV_OK;
}

static gov_status add_bools(gov_frame *frame, const char *name, const double *values, const int64_t *rows,
                            gov_error *err)
{
    uint8_t *out = NULL, *valid = NULL;
    GOV_TRY(gov_frame_add(frame, name, GOV_TYPE_BOOL, (void **)&out, &valid, err));
    for (int64_t i = 0; i < frame->rows; i++) {
        double value = at(values, rows, i);
        if (isnan(value))
            gov_bit_clear(valid, i);
        else if (value > 0)
            gov_bit_set(out, i);
    }
    return GOV_OK;
}

static gov_status add_codes(gov_frame *frame, const gov_need_input *input, const char *name,
                            const double *values, const int64_t *rows, gov_error *err)
{
    const char *labels[GOV_NEED_MOST_CODES];
    int8_t *codes = gov_alloc(frame->rows, 1);
    if (codes == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < input->code_count; i++)
        labels[i] = input->codes[i].value;
    for (int64_t i = 0; i < frame->rows; i++) {
        double value = at(values, rows, i);
        codes[i] = (int8_t)(isnan(value) ? -1 : (int)value);
    }
    gov_status status = gov_frame_labels(frame, name, codes, labels, input->code_count, err);
    gov_free(codes);
    return status;
}

gov_status gov_feature_column(gov_frame *frame, const gov_need_input *input, const char *name,
                              const double *values, const int64_t *rows, gov_error *err)
{
    switch (input->kind) {
    case GOV_NEED_FLOAT:
        return add_floats(frame, name, values, rows, err);
    case GOV_NEED_INT:
        return add_ints(frame, name, values, rows, err);
    case GOV_NEED_BOOL:
        return add_bools(frame, name, values, rows, err);
    case GOV_NEED_DATE:
        return add_days(frame, name, values, rows, err);
    default:
        return add_codes(frame, input, name, values, rows, err);
    }
}

void gov_feature_show(const gov_need_input *input, double value, gov_buffer *out)
{
    char day[11] = "";
    if (isnan(value)) {
        gov_buffer_char(out, '?');
    } else if (input->kind == GOV_NEED_BOOL) {
        gov_buffer_text(out, value > 0 ? "true" : "false");
    } else if (input->kind == GOV_NEED_ENUM) {
        gov_buffer_text(out, input->codes[(int)value].name);
    } else if (input->kind == GOV_NEED_DATE) {
        gov_date_format((int32_t)value, day, sizeof(day));
        gov_buffer_text(out, day);
    } else {
        gov_buffer_double(out, value);
    }
}
