/* rows.c - a table builder that remembers where it is and whether it still works. */
#include "need/rows.h"

#include "base/error.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void add_column(gov_need_sheet *s, const char *text, int64_t size)
{
    static const struct {
        const char *name;
        gov_type type;
    } types[] = {{"int", GOV_TYPE_INT64},
                 {"num", GOV_TYPE_FLOAT64},
                 {"bool", GOV_TYPE_BOOL},
                 {"date", GOV_TYPE_DATE},
                 {"text", GOV_TYPE_UTF8}};
    char name[96];
    const char *colon = memchr(text, ':', (size_t)size);
    snprintf(name, sizeof(name), "%.*s", (int)(colon - text), text);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (strncmp(colon + 1, types[i].name, strlen(types[i].name)) == 0)
            s->status = gov_table_builder_add(s->builder, name, types[i].type, NULL, s->err);
    }
    s->columns++;
}

void gov_need_sheet_open(gov_need_sheet *s, const char *columns, gov_error *err)
{
    *s = (gov_need_sheet){.err = err};
    s->status = gov_table_builder_new(&s->builder, err);
    while (s->status == GOV_OK && *columns != '\0') {
        int64_t size = (int64_t)strcspn(columns, ",");
        add_column(s, columns, size);
        columns += size + (columns[size] == ',');
    }
}

/* The column of the next value. */
static int64_t next(gov_need_sheet *s)
{
    int64_t column = s->at;
    s->at = column + 1 == s->columns ? 0 : column + 1;
    return column;
}

void gov_need_put_int(gov_need_sheet *s, int64_t value)
{
    if (s->status == GOV_OK)
        s->status = gov_table_builder_int64(s->builder, next(s), value, s->err);
}

void gov_need_put_number(gov_need_sheet *s, double value)
{
    if (!isfinite(value))
        gov_need_put_missing(s);
    else if (s->status == GOV_OK)
        s->status = gov_table_builder_double(s->builder, next(s), value, s->err);
}

void gov_need_put_bool(gov_need_sheet *s, int value)
{
    if (s->status == GOV_OK)
        s->status = gov_table_builder_bool(s->builder, next(s), value, s->err);
}

void gov_need_put_text(gov_need_sheet *s, const char *text)
{
    if (text == NULL)
        gov_need_put_missing(s);
    else if (s->status == GOV_OK)
        s->status = gov_table_builder_text(s->builder, next(s), text, -1, s->err);
}

void gov_need_put_missing(gov_need_sheet *s)
{
    if (s->status == GOV_OK)
        s->status = gov_table_builder_null(s->builder, next(s), s->err);
}

void gov_need_put_fraction(gov_need_sheet *s, int64_t num, int64_t den)
{
    char text[48];
    snprintf(text, sizeof(text), "%lld/%lld", (long long)num, (long long)den);
    gov_need_put_text(s, text);
}

gov_status gov_need_sheet_close(gov_need_sheet *s, gov_table **out)
{
    gov_status status = s->status;
    if (status == GOV_OK)
        status = gov_table_builder_finish(s->builder, out, s->err);
    gov_table_builder_free(s->builder);
    s->builder = NULL;
    return status;
}
