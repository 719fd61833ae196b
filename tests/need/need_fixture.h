/* need_fixture.h - models and tables for the tests of the need room. */
#ifndef NEED_FIXTURE_H
#define NEED_FIXTURE_H

#include "gov_check.h"
#include "govcore/need.h"

#include <stdio.h>
#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static inline gov_need_model *parse_model(const char *text)
{
    gov_need_model *model = NULL;
    ck_ok(gov_need_model_parse(text, -1, "model.yaml", &model, &err));
    return model;
}

static inline gov_table *parse_table(const char *csv)
{
    gov_table *table = NULL;
    ck_ok(gov_table_parse_csv(csv, -1, "table.csv", NULL, &table, &err));
    return table;
}

static inline int64_t column_of(const gov_table *t, const char *name)
{
    int64_t column = -1;
    ck_ok(gov_table_find(t, name, &column, &err));
    return column;
}

static inline int64_t int_at(const gov_table *t, const char *name, int64_t row)
{
    int64_t value = 0;
    uint8_t valid = 0;
    ck_ok(gov_table_copy_int64s(t, column_of(t, name), row, 1, &value, &valid, &err));
    return valid ? value : INT64_MIN;
}

static inline double number_at(const gov_table *t, const char *name, int64_t row)
{
    double value = 0;
    uint8_t valid = 0;
    ck_ok(gov_table_copy_doubles(t, column_of(t, name), row, 1, &value, &valid, &err));
    return valid ? value : NAN;
}

/* The text of a cell, in a buffer that the next call reuses; "" if it is missing. */
static inline const char *text_at(const gov_table *t, const char *name, int64_t row)
{
    static char copy[512];
    const char *text = NULL;
    int64_t size = 0;
    ck_ok(gov_table_text(t, row, column_of(t, name), &text, &size, &err));
    size = size < (int64_t)sizeof(copy) - 1 ? size : (int64_t)sizeof(copy) - 1;
    if (text != NULL)
        memcpy(copy, text, (size_t)size);
    copy[text == NULL ? 0 : size] = '\0';
    return copy;
}

static inline char *csv_of(const gov_table *t)
{
    gov_text *text = NULL;
    ck_ok(gov_table_format_csv(t, &text, &err));
    char *copy = strdup(gov_text_data(text));
    gov_text_free(text);
    return copy;
}

/* A small model: two dimensions of one half, each with two indicators, bounds for what is missing. */
#define SMALL_HEAD                              \
    "govcore_model: 1\nid: small\nversion: 1\n" \
    "inputs: {a: {type: bool}, b: {type: bool}, x: {type: float, range: [0, 100]}, y: {type: int}}\n"
#define SMALL_DIMENSIONS                                                                                   \
    "dimensions:\n"                                                                                        \
    "  - {id: d, weight: equal, indicators: [{id: ia, weight: 1/4, deprived: a},\n"                        \
    "                                      {id: ib, weight: 1/4, deprived: b}]}\n"                         \
    "  - {id: e, weight: equal, indicators: [{id: ix, weight: equal, deprived: x < 10, partly: x < 20},\n" \
    "                                        {id: iy, weight: equal, deprived: y / x > 2}]}\n"
#define SMALL_TIERS "tiers: [{id: high, at: 1/2}, {id: low, at: 1/4}]\n"

#endif
