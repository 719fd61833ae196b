/* subject.c - who speaks of whom: a record itself, a field that refers to its kind, or a pair (x_kind, x). */
#include "store/subject.h"

#include <stdio.h>
#include <string.h>

static void add_or(gov_buffer *sql, int *count)
{
    gov_buffer_text(sql, (*count)++ == 0 ? "(" : " OR ");
}

/* The field `name` of a pair whose kind is in `name`_kind; -1 if there is no such pair. */
static int64_t pair_of(const gov_kind *kind, const char *name)
{
    char other[80];
    int length = snprintf(other, sizeof(other), "%s_kind", name);
    return length < (int)sizeof(other) ? gov_kind_find_field(kind, other, length) : -1;
}

int gov_subject_condition(const gov_kind *kind, const gov_kind *of, gov_buffer *sql)
{
    int count = 0;
    if (kind->number == of->number) {
        add_or(sql, &count);
        gov_buffer_text(sql, "k.key = ?1");
    }
    for (int64_t i = 0; i < kind->count; i++) {
        const gov_kind_field *field = &kind->fields[i];
        int64_t pair = pair_of(kind, field->name);
        int refers =
            field->refers != NULL && strcmp(field->refers, of->name) == 0 && kind->number != of->number;
        if (!refers && pair < 0)
            continue;
        add_or(sql, &count);
        if (pair >= 0)
            gov_buffer_format(sql, "k.%s = '%s' AND ", kind->fields[pair].column, of->name);
        gov_buffer_format(sql, "k.%s = ?1", field->column);
    }
    if (count > 0)
        gov_buffer_char(sql, ')');
    return count;
}
