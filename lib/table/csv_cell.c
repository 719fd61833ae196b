/* csv_cell.c - what a text is, and its value.
 *
 * Guessing is shy: a code that looks like a number must survive. So digits behind a leading zero, a leading plus,
 * and more than 15 digits in a row (an identity number, or an integer that a double would round) are text. */
#include "table/csv_cell.h"

#include "base/date.h"
#include "base/utf8.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { MOST_DIGITS = 15 };

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int equals(const char *text, int64_t size, const char *word)
{
    return (int64_t)strlen(word) == size && memcmp(text, word, (size_t)size) == 0;
}

/* "true", "True", "TRUE" and so on: 1 or 0; -1 for another text. */
static int bool_of(const char *text, int64_t size)
{
    if (equals(text, size, "true") || equals(text, size, "True") || equals(text, size, "TRUE"))
        return 1;
    if (equals(text, size, "false") || equals(text, size, "False") || equals(text, size, "FALSE"))
        return 0;
    return -1;
}

static int is_date(const char *text, int64_t size)
{
    int32_t days;
    return size == 10 && text[4] == '-' && gov_date_parse(text, size, &days, NULL) == GOV_OK;
}

static unsigned number_kinds(const char *text, int64_t size)
{
    int64_t first = text[0] == '-';
    int64_t digits = 0;
    while (first + digits < size && is_digit(text[first + digits]))
        digits++;
    int leading_zero = digits > 1 && text[first] == '0';
    int only_digits = digits > 0 && first + digits == size;
    double value;
    if (leading_zero || (only_digits && digits > MOST_DIGITS) || !gov_parse_double(text, size, &value))
        return 0;
    int minus_zero = first == 1 && digits == 1 && text[1] == '0';
    return only_digits && !minus_zero ? GOV_CSV_INT64 | GOV_CSV_FLOAT64 : GOV_CSV_FLOAT64;
}

unsigned gov_csv_kinds(const char *text, int64_t size)
{
    if (size == 0)
        return 0;
    if (is_date(text, size))
        return GOV_CSV_DATE;
    if (is_digit(text[0]) || text[0] == '-' || text[0] == '.')
        return number_kinds(text, size);
    return bool_of(text, size) >= 0 ? GOV_CSV_BOOL : 0;
}

gov_type gov_csv_narrowest(unsigned kinds)
{
    return kinds & GOV_CSV_INT64     ? GOV_TYPE_INT64
           : kinds & GOV_CSV_FLOAT64 ? GOV_TYPE_FLOAT64
           : kinds & GOV_CSV_BOOL    ? GOV_TYPE_BOOL
           : kinds & GOV_CSV_DATE    ? GOV_TYPE_DATE
                                     : GOV_TYPE_UTF8;
}

static gov_status fail_type(const gov_growing *column, const gov_place *place, gov_error *err)
{
    return gov_fail_at(err, GOV_E_TYPE, place, "the text is not a value of the type %s",
                       gov_type_name(column->type));
}

static gov_status fail_range(const gov_growing *column, const gov_place *place, gov_error *err)
{
    return gov_fail_at(err, GOV_E_RANGE, place, "the value does not fit %s", gov_type_name(column->type));
}

/* All of a text as an unsigned number; 0 if it is not digits, -1 if it does not fit. */
static int parse_uint64(const char *text, int64_t size, uint64_t *value)
{
    uint64_t sum = 0;
    for (int64_t i = 0; i < size; i++) {
        if (!is_digit(text[i]))
            return 0;
        if (__builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_add_overflow(sum, (uint64_t)(text[i] - '0'), &sum))
            return -1;
    }
    *value = sum;
    return 1;
}

static int is_integer_text(const char *text, int64_t size)
{
    int64_t i = size > 0 && (text[0] == '-' || text[0] == '+');
    int64_t digits = size - i;
    for (; i < size; i++) {
        if (!is_digit(text[i]))
            return 0;
    }
    return digits > 0;
}

static gov_status append_integer(gov_growing *column, const char *text, int64_t size, const gov_place *place,
                                 gov_error *err)
{
    static const struct {
        int64_t least;
        uint64_t most;
    } ranges[] = {
        [GOV_TYPE_INT8] = {INT8_MIN, INT8_MAX},    [GOV_TYPE_INT16] = {INT16_MIN, INT16_MAX},
        [GOV_TYPE_INT32] = {INT32_MIN, INT32_MAX}, [GOV_TYPE_INT64] = {INT64_MIN, INT64_MAX},
        [GOV_TYPE_UINT8] = {0, UINT8_MAX},         [GOV_TYPE_UINT16] = {0, UINT16_MAX},
        [GOV_TYPE_UINT32] = {0, UINT32_MAX},       [GOV_TYPE_UINT64] = {0, UINT64_MAX},
    };
    int negative = text[0] == '-';
    int64_t sign = negative || text[0] == '+';
    uint64_t size_of_value = 0;
    if (!is_integer_text(text, size))
        return fail_type(column, place, err);
    uint64_t limit =
        negative ? (uint64_t)0 - (uint64_t)ranges[column->type].least : ranges[column->type].most;
    if (parse_uint64(text + sign, size - sign, &size_of_value) < 0 || size_of_value > limit)
        return fail_range(column, place, err);
    uint64_t value = negative ? (uint64_t)0 - size_of_value : size_of_value;
    uint8_t v1 = (uint8_t)value;
    uint16_t v2 = (uint16_t)value;
    uint32_t v4 = (uint32_t)value;
    size_t width = gov_type_width(column->type);
    const void *bytes = width == 1   ? (void *)&v1
                        : width == 2 ? (void *)&v2
                        : width == 4 ? (void *)&v4
                                     : &value;
    return gov_growing_value(column, bytes, err);
}

static gov_status append_float(gov_growing *column, const char *text, int64_t size, const gov_place *place,
                               gov_error *err)
{
    double value;
    if (!gov_parse_double(text, size, &value))
        return fail_type(column, place, err);
    if (column->type == GOV_TYPE_FLOAT64)
        return gov_growing_value(column, &value, err);
    if (fabs(value) > (double)FLT_MAX)
        return fail_range(column, place, err);
    float narrow = (float)value;
    return gov_growing_value(column, &narrow, err);
}

static gov_status append_bool(gov_growing *column, const char *text, int64_t size, const gov_place *place,
                              gov_error *err)
{
    int value = size == 1 && (text[0] == '0' || text[0] == '1') ? text[0] - '0' : bool_of(text, size);
    return value < 0 ? fail_type(column, place, err) : gov_growing_value(column, &value, err);
}

/* The message of the date or time parser, at the cell's place. */
static gov_status fail_as(const gov_error *why, const gov_place *place, gov_error *err)
{
    return gov_fail_at(err, why->code == GOV_E_RANGE ? GOV_E_RANGE : GOV_E_TYPE, place, "%s", why->message);
}

static gov_status append_date(gov_growing *column, const char *text, int64_t size, const gov_place *place,
                              gov_error *err)
{
    gov_error why = GOV_ERROR_INIT;
    int32_t days;
    return gov_date_parse(text, size, &days, &why) == GOV_OK ? gov_growing_value(column, &days, err)
                                                             : fail_as(&why, place, err);
}

static gov_status append_time(gov_growing *column, const char *text, int64_t size, const gov_place *place,
                              gov_error *err)
{
    gov_error why = GOV_ERROR_INIT;
    int64_t micros;
    return gov_time_parse(text, size, &micros, &why) == GOV_OK ? gov_growing_value(column, &micros, err)
                                                               : fail_as(&why, place, err);
}

gov_status gov_csv_cell(gov_growing *column, const gov_csv_field *field, const gov_place *place,
                        gov_error *err)
{
    const char *text = field->text;
    int64_t size = field->size;
    if (size == 0 && !field->quoted)
        return gov_growing_null(column, err);
    switch (column->type) {
    case GOV_TYPE_UTF8:
        return gov_growing_text(column, text, size, err);
    case GOV_TYPE_NULL:
        return fail_type(column, place, err);
    case GOV_TYPE_BOOL:
        return append_bool(column, text, size, place, err);
    case GOV_TYPE_FLOAT32:
    case GOV_TYPE_FLOAT64:
        return append_float(column, text, size, place, err);
    case GOV_TYPE_DATE:
        return append_date(column, text, size, place, err);
    case GOV_TYPE_TIMESTAMP:
        return append_time(column, text, size, place, err);
    default:
        return append_integer(column, text, size, place, err);
    }
}
