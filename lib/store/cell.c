/* cell.c - reading one cell.
 *
 * The reasons are this file's own short sentences; codes and check digits are judged by lib/code. No reason repeats
 * the value: it may be personal, and the report masks it in one place. */
#include "store/cell.h"
#include "base/date.h"
#include "base/utf8.h"
#include "code/citizen_id.h"
#include "code/credit_code.h"
#include "code/division.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void refuse(gov_cell_fault *fault, gov_status code, const char *zh, const char *en,
                   const char *expected)
{
    fault->code = code;
    fault->zh = zh;
    fault->en = en;
    size_t n = strlen(expected);
    if (n > sizeof(fault->expected) - 1)
        n = sizeof(fault->expected) - 1;
    memcpy(fault->expected, expected, n);
    fault->expected[n] = '\0';
    while (n > 0 && gov_utf8_invalid_at(fault->expected, (int64_t)n) >= 0)
        fault->expected[--n] = '\0';
}

/* --- The input as text or number ------------------------------------------------------------------------- */

static int present(const gov_column_view *v, int64_t row)
{
    int64_t at = v->offset + row;
    return v->type != GOV_TYPE_NULL && (v->validity == NULL || (v->validity[at >> 3] >> (at & 7) & 1));
}

static int is_space(const char *c)
{
    return *c == ' ' || *c == '\t' || *c == '\r' || *c == '\n';
}

static void trim(gov_cell *cell)
{
    while (cell->size > 0 && is_space(cell->text)) {
        cell->text++;
        cell->size--;
    }
    while (cell->size > 0 && is_space(cell->text + cell->size - 1))
        cell->size--;
    if (cell->size == 0)
        cell->type = GOV_CELL_NULL;
}

static int64_t integer_at(const gov_column_view *v, int64_t at)
{
    switch (v->type) {
    case GOV_TYPE_BOOL:
        return ((const uint8_t *)v->values)[at >> 3] >> (at & 7) & 1;
    case GOV_TYPE_INT8:
        return ((const int8_t *)v->values)[at];
    case GOV_TYPE_INT16:
        return ((const int16_t *)v->values)[at];
    case GOV_TYPE_UINT8:
        return ((const uint8_t *)v->values)[at];
    case GOV_TYPE_UINT16:
        return ((const uint16_t *)v->values)[at];
    case GOV_TYPE_UINT32:
        return ((const uint32_t *)v->values)[at];
    case GOV_TYPE_INT32:
    case GOV_TYPE_DATE:
        return ((const int32_t *)v->values)[at];
    default:
        return ((const int64_t *)v->values)[at];
    }
}

/* Dates and times become their ISO text, so that typed and text input meet in one path. */
static void time_text(const gov_column_view *v, int64_t value, gov_cell_scratch *scratch, gov_cell *out)
{
    static const struct {
        char unit;
        int64_t up, down;
    } units[] = {{'s', 1000000, 1}, {'m', 1000, 1}, {'u', 1, 1}, {'n', 1, 1000}};
    int length = 0;
    if (v->type == GOV_TYPE_DATE)
        length = gov_date_format((int32_t)value, scratch->text, sizeof(scratch->text));
    for (size_t i = 0; v->type == GOV_TYPE_TIMESTAMP && i < 4; i++)
        if (units[i].unit == v->unit && value < INT64_MAX / units[i].up && value > INT64_MIN / units[i].up)
            length =
                gov_time_format(value * units[i].up / units[i].down, scratch->text, sizeof(scratch->text));
    *out = (gov_cell){.type = GOV_CELL_TEXT, .text = scratch->text, .size = length};
}

static void raw(const gov_column_view *v, int64_t row, gov_cell_scratch *scratch, gov_cell *out)
{
    int64_t at = v->offset + row;
    *out = (gov_cell){.type = GOV_CELL_NULL};
    if (!present(v, row))
        return;
    switch (v->type) {
    case GOV_TYPE_UTF8:
        out->type = GOV_CELL_TEXT;
        out->text = (const char *)v->values + v->offsets[at];
        out->size = v->offsets[at + 1] - v->offsets[at];
        trim(out);
        return;
    case GOV_TYPE_FLOAT32:
        *out = (gov_cell){.type = GOV_CELL_REAL, .real = (double)((const float *)v->values)[at]};
        return;
    case GOV_TYPE_FLOAT64:
        *out = (gov_cell){.type = GOV_CELL_REAL, .real = ((const double *)v->values)[at]};
        return;
    case GOV_TYPE_DATE:
    case GOV_TYPE_TIMESTAMP:
        time_text(v, integer_at(v, at), scratch, out);
        return;
    case GOV_TYPE_UINT64:
        *out = (gov_cell){.type = GOV_CELL_REAL, .real = (double)((const uint64_t *)v->values)[at]};
        return;
    default:
        *out = (gov_cell){.type = GOV_CELL_INT, .integer = integer_at(v, at)};
    }
}

int64_t gov_cell_show(const gov_column_view *view, int64_t row, char *out, int64_t size)
{
    gov_cell_scratch scratch;
    gov_cell cell;
    raw(view, row, &scratch, &cell);
    int length = -1;
    if (cell.type == GOV_CELL_TEXT)
        length =
            snprintf(out, (size_t)size, "%.*s", (int)(cell.size < size ? cell.size : size - 1), cell.text);
    else if (cell.type == GOV_CELL_INT)
        length = snprintf(out, (size_t)size, "%lld", (long long)cell.integer);
    else if (cell.type == GOV_CELL_REAL)
        length = snprintf(out, (size_t)size, "%.17g", cell.real);
    while (length > 0 && gov_utf8_invalid_at(out, length) >= 0)
        length--;
    return length;
}

/* --- By the field's type ---------------------------------------------------------------------------------- */

static void read_integer(gov_cell *cell, gov_cell_fault *fault)
{
    int64_t value = cell->integer;
    int good = cell->type == GOV_CELL_INT;
    if (cell->type == GOV_CELL_TEXT)
        good = gov_parse_int64(cell->text, cell->size, &value);
    if (cell->type == GOV_CELL_REAL && fabs(cell->real) < 9007199254740992.0) {
        value = (int64_t)cell->real;
        good = (double)value == cell->real;
    }
    *cell = (gov_cell){.type = GOV_CELL_INT, .integer = value};
    if (!good)
        refuse(fault, GOV_E_TYPE, "不是整数", "not an integer", "123");
}

static void read_number(gov_cell *cell, gov_cell_fault *fault)
{
    double value = cell->type == GOV_CELL_INT ? (double)cell->integer : cell->real;
    int good = cell->type != GOV_CELL_TEXT || gov_parse_double(cell->text, cell->size, &value);
    *cell = (gov_cell){.type = GOV_CELL_REAL, .real = value};
    if (!good || !isfinite(value))
        refuse(fault, GOV_E_TYPE, "不是数字", "not a number", "12.5");
}

static int is_word(const gov_cell *cell, const char *const *words)
{
    for (; *words != NULL; words++)
        if ((int64_t)strlen(*words) == cell->size && memcmp(*words, cell->text, (size_t)cell->size) == 0)
            return 1;
    return 0;
}

static void read_bool(gov_cell *cell, gov_cell_fault *fault)
{
    static const char *const yes[] = {"1", "true", "True", "TRUE", "yes", "是", "有", NULL};
    static const char *const no[] = {"0", "false", "False", "FALSE", "no", "否", "无", NULL};
    int64_t value = -1;
    if (cell->type == GOV_CELL_TEXT)
        value = is_word(cell, yes) ? 1 : is_word(cell, no) ? 0 : -1;
    else if (cell->type == GOV_CELL_INT)
        value = cell->integer;
    *cell = (gov_cell){.type = GOV_CELL_INT, .integer = value};
    if (value != 0 && value != 1)
        refuse(fault, GOV_E_TYPE, "不是是/否值", "not true or false", "true, false, 是, 否, 1, 0");
}

static void read_date(gov_cell *cell, gov_cell_scratch *scratch, gov_cell_fault *fault)
{
    int32_t days = 0;
    gov_status status =
        cell->type == GOV_CELL_TEXT ? gov_date_parse(cell->text, cell->size, &days, NULL) : GOV_E_FORMAT;
    if (status == GOV_E_RANGE)
        refuse(fault, status, "日历中没有这一天", "not a day of the calendar", "2021-07-01");
    else if (status != GOV_OK)
        refuse(fault, GOV_E_FORMAT, "不是日期", "not a date", "2021-07-01, 20210701");
    else
        *cell = (gov_cell){.type = GOV_CELL_TEXT,
                           .text = scratch->text,
                           .size = gov_date_format(days, scratch->text, sizeof(scratch->text))};
}

/* A day without a time of day is its first moment. */
static void read_time(gov_cell *cell, gov_cell_scratch *scratch, gov_cell_fault *fault)
{
    int64_t micros = 0;
    int32_t days = 0;
    gov_status status = GOV_E_FORMAT;
    if (cell->type == GOV_CELL_TEXT && gov_date_parse(cell->text, cell->size, &days, NULL) == GOV_OK) {
        micros = days * GOV_DAY_MICROS;
        status = GOV_OK;
    } else if (cell->type == GOV_CELL_TEXT) {
        status = gov_time_parse(cell->text, cell->size, &micros, NULL);
    }
    if (status == GOV_E_RANGE)
        refuse(fault, status, "不存在的时刻", "not a moment of the calendar", "2021-07-01T08:30:00");
    else if (status != GOV_OK)
        refuse(fault, GOV_E_FORMAT, "不是时间", "not a time", "2021-07-01T08:30:00");
    else
        *cell = (gov_cell){.type = GOV_CELL_TEXT,
                           .text = scratch->text,
                           .size = gov_time_format(micros, scratch->text, sizeof(scratch->text))};
}

/* --- Code set, form, bounds ------------------------------------------------------------------------------- */

/* "value=label;value=label": a label stands for its value. */
static int in_code_set(gov_cell *cell, const char *set)
{
    while (*set != '\0') {
        size_t item = strcspn(set, ";"), value = strcspn(set, "=;");
        size_t label = value < item ? item - value - 1 : 0;
        size_t size = (size_t)cell->size;
        if ((size == value && memcmp(set, cell->text, size) == 0) ||
            (size == label && label > 0 && memcmp(set + value + 1, cell->text, size) == 0)) {
            cell->text = set;
            cell->size = (int64_t)value;
            return 1;
        }
        set += item + (set[item] == ';');
    }
    return 0;
}

/* A grid's code is a national one only if it looks like one; local grids have codes of their own. */
static gov_verdict judge_grid_code(const gov_cell *cell)
{
    int digits = 1;
    for (int64_t i = 0; i < cell->size; i++)
        digits &= cell->text[i] >= '0' && cell->text[i] <= '9';
    int national =
        cell->size == 2 || cell->size == 4 || cell->size == 6 || cell->size == 9 || cell->size == 12;
    return digits && national ? gov_division_verdict(cell->text, cell->size, 0, NULL) : GOV_ACCEPTED;
}

static gov_verdict judge(const gov_cell *cell, const char *form)
{
    static const gov_credit_code_options credit = GOV_CREDIT_CODE_OPTIONS_INIT;
    gov_citizen_rules rules = {0};
    if (strcmp(form, "credit_code") == 0)
        return gov_credit_code_verdict(cell->text, cell->size, &credit, NULL);
    if (strcmp(form, "division") == 0)
        return gov_division_verdict(cell->text, cell->size, 0, NULL);
    if (strcmp(form, "grid_code") == 0)
        return judge_grid_code(cell);
    if (strcmp(form, "citizen_id") == 0 && gov_citizen_rules_read(NULL, &rules, NULL) == GOV_OK)
        return gov_citizen_id_verdict(cell->text, cell->size, &rules, NULL);
    return GOV_ACCEPTED;
}

int64_t gov_cell_valid(const char *form, const char *text, int64_t length, char *out, int64_t size)
{
    const gov_cell cell = {.type = GOV_CELL_TEXT, .text = text, .size = length};
    return judge(&cell, form).reason == GOV_REFUSAL_NONE ? snprintf(out, (size_t)size, "1") : -1;
}

static void check_form(const gov_cell *cell, const char *form, gov_cell_fault *fault)
{
    gov_verdict verdict = judge(cell, form);
    if (verdict.reason == GOV_REFUSAL_NONE)
        return;
    char expected[16] = "";
    if (verdict.reason == GOV_REFUSAL_CHECK_DIGIT || verdict.reason == GOV_REFUSAL_INNER_CHECK_DIGIT)
        snprintf(expected, sizeof(expected), "%c", (char)verdict.detail);
    else if (verdict.detail != 0)
        snprintf(expected, sizeof(expected), "%d", verdict.detail);
    refuse(fault, gov_refusal_status(verdict.reason), gov_refusal_text(verdict.reason, "zh"),
           gov_refusal_text(verdict.reason, "en"), expected);
}

static void check_bounds(const gov_cell *cell, const gov_kind_field *field, gov_cell_fault *fault)
{
    double value = cell->type == GOV_CELL_INT ? (double)cell->integer : cell->real;
    char expected[80];
    if ((!field->has_low || value >= field->low) && (!field->has_high || value <= field->high))
        return;
    if (field->has_low && field->has_high)
        snprintf(expected, sizeof(expected), "%.10g .. %.10g", field->low, field->high);
    else
        snprintf(expected, sizeof(expected), field->has_low ? ">= %.10g" : "<= %.10g",
                 field->has_low ? field->low : field->high);
    refuse(fault, GOV_E_RANGE, "超出范围", "out of range", expected);
}

static void check_text(gov_cell *cell, const gov_kind_field *field, gov_cell_fault *fault)
{
    if (field->code_set != NULL && !in_code_set(cell, field->code_set))
        refuse(fault, GOV_E_UNKNOWN_NAME, "不在代码集中", "not in the code set", field->code_set);
    else if (field->form != NULL)
        check_form(cell, field->form, fault);
}

static void by_type(const gov_kind_field *field, gov_cell_scratch *scratch, gov_cell *cell,
                    gov_cell_fault *fault)
{
    switch (field->type) {
    case GOV_TYPE_INT64:
        read_integer(cell, fault);
        break;
    case GOV_TYPE_FLOAT64:
        read_number(cell, fault);
        break;
    case GOV_TYPE_BOOL:
        read_bool(cell, fault);
        break;
    case GOV_TYPE_DATE:
        read_date(cell, scratch, fault);
        break;
    case GOV_TYPE_TIMESTAMP:
        read_time(cell, scratch, fault);
        break;
    default:
        break;
    }
}

/* A number in a text field is a code that some program took for a number: its digits are the text. */
static void as_text(gov_cell_scratch *scratch, gov_cell *cell)
{
    if (cell->type == GOV_CELL_TEXT)
        return;
    int length = cell->type == GOV_CELL_INT
                     ? snprintf(scratch->text, sizeof(scratch->text), "%lld", (long long)cell->integer)
                     : snprintf(scratch->text, sizeof(scratch->text), "%.17g", cell->real);
    *cell = (gov_cell){.type = GOV_CELL_TEXT, .text = scratch->text, .size = length};
}

void gov_cell_read(const gov_column_view *view, int64_t row, const gov_kind_field *field,
                   gov_cell_scratch *scratch, gov_cell *out, gov_cell_fault *fault)
{
    fault->code = GOV_OK;
    raw(view, row, scratch, out);
    if (out->type == GOV_CELL_NULL) {
        if (field->required)
            refuse(fault, GOV_E_MISSING, "必填项缺失", "a required value is missing", field->name);
        return;
    }
    if (field->type == GOV_TYPE_UTF8) {
        as_text(scratch, out);
        check_text(out, field, fault);
        return;
    }
    by_type(field, scratch, out, fault);
    if (fault->code == GOV_OK && (out->type == GOV_CELL_INT || out->type == GOV_CELL_REAL))
        check_bounds(out, field, fault);
}
