/* column.h - columns and tables from inside: how they are kept, and how other rooms read them.
 *
 * A column never changes once it is part of a table, so tables share columns and a slice shares the buffers of
 * the column that it was cut from. Rooms that compute tables write them with table/frame.h.
 *
 *     gov_column_view income = GOV_COLUMN_VIEW_INIT;
 *     GOV_TRY(gov_table_need(table, "income", &income, err));
 *     double x[1024];  uint8_t valid[1024];
 *     for (int64_t first = 0; first < income.length; first += 1024) {
 *         int64_t count = income.length - first < 1024 ? income.length - first : 1024;
 *         GOV_TRY(gov_column_numbers(&income, first, count, x, valid, err));
 *         ...
 *     }
 */
#ifndef GOVCORE_TABLE_COLUMN_H
#define GOVCORE_TABLE_COLUMN_H

#include "base/alloc.h"
#include "govcore/table.h"
#include "table/bits.h"

#include <stdatomic.h>

/* The first member of whatever has several owners; the last release destroys it. Both may be called from any
 * thread; NULL is harmless. */
typedef struct gov_shared {
    atomic_llong owners;
    void (*destroy)(struct gov_shared *self);
} gov_shared;

void gov_shared_init(gov_shared *shared, void (*destroy)(gov_shared *self)); /* with one owner */
void gov_shared_retain(gov_shared *shared);
void gov_shared_release(gov_shared *shared);

/* A column. The buffers that it reads are its own, or those of `keeper`, which lives at least as long. */
typedef struct gov_column {
    gov_shared shared;
    gov_type type;
    char unit;      /* TIMESTAMP, else 0 */
    char *timezone; /* TIMESTAMP, else NULL; its own */
    int64_t length;
    int64_t offset;
    int64_t null_count;
    const uint8_t *validity; /* NULL: all present; the type NULL has all zeros */
    const void *values;
    const int64_t *offsets;
    uint8_t *own_validity;
    void *own_values;
    int64_t *own_offsets;
    gov_shared *keeper;
} gov_column;

typedef struct gov_named_column {
    char *name;
    gov_column *column;
} gov_named_column;

struct gov_table {
    gov_shared shared;
    int64_t rows;
    int64_t count; /* of columns */
    gov_named_column *fields;
};

/* Bytes of one value: 0 for NULL and BOOL (a bit), 1 for UTF8 (a byte of the text). */
size_t gov_type_width(gov_type type);

/* A column of `length` rows with buffers of its own: values zeroed, all present (NULL: all missing), texts
 * without bytes. Until it is in a table, write to own_values and own_offsets; a UTF8 column has no own_values
 * until gov_column_text_bytes gives them. */
gov_status gov_column_new(gov_type type, int64_t length, gov_column **out, gov_error *err);
/* Gives the column a validity bitmap of its own, all present, to be written; then set null_count, or call
 * gov_column_count_nulls. */
gov_status gov_column_make_validity(gov_column *column, gov_error *err);
gov_status gov_column_text_bytes(gov_column *column, int64_t bytes, gov_error *err);
/* Counts the missing values and drops a bitmap that has none. */
void gov_column_count_nulls(gov_column *column);
/* `unit_zone` as in gov_table_builder_add; NULL: "u:". For a TIMESTAMP column. */
gov_status gov_column_set_zone(gov_column *column, const char *unit_zone, gov_error *err);
/* A column that reads the buffers of `view`, which belong to `keeper` (retained). The nulls are counted. */
gov_status gov_column_borrow(const gov_column_view *view, gov_shared *keeper, gov_column **out,
                             gov_error *err);
/* Rows [first, first+count) of a column; the buffers are shared. The stretch must lie in the column. */
gov_status gov_column_slice(gov_column *column, int64_t first, int64_t count, gov_column **out,
                            gov_error *err);
void gov_column_free(gov_column *column);

/* A table of `rows` rows from fields. It takes the fields' names and columns (which must have `rows` rows each)
 * and the array itself, also when it fails. GOV_E_DUPLICATE if two have one name. */
gov_status gov_table_of(gov_named_column *fields, int64_t count, int64_t rows, gov_table **out,
                        gov_error *err);
void gov_fields_free(gov_named_column *fields, int64_t count);

/* gov_table_find and gov_table_view in one. */
gov_status gov_table_need(const gov_table *table, const char *name, gov_column_view *view, gov_error *err);

/* Rows [first, first+count), which must lie in the column, of a numeric, boolean or NULL column as doubles, as
 * gov_table_copy_doubles does it; here NaN too is GOV_E_RANGE. Errors name the row of the column and its
 * name. */
gov_status gov_column_numbers(const gov_column_view *view, int64_t first, int64_t count, double *values,
                              uint8_t *valid, gov_error *err);
/* The same where NaN is passed on, and as 64-bit integers (dates and timestamps too). */
gov_status gov_column_doubles(const gov_column_view *view, int64_t first, int64_t count, double *values,
                              uint8_t *valid, gov_error *err);
gov_status gov_column_int64s(const gov_column_view *view, int64_t first, int64_t count, int64_t *values,
                             uint8_t *valid, gov_error *err);

/* Whether row i is present, and the text of row i (of a UTF8 column; NULL and size 0 if it is missing). */
static inline int gov_view_present(const gov_column_view *view, int64_t i)
{
    return view->validity == NULL || gov_bit(view->validity, view->offset + i);
}

static inline const char *gov_view_text(const gov_column_view *view, int64_t i, int64_t *size)
{
    if (!gov_view_present(view, i) || view->type != GOV_TYPE_UTF8) {
        *size = 0;
        return NULL;
    }
    int64_t start = view->offsets[view->offset + i];
    *size = view->offsets[view->offset + i + 1] - start;
    return *size == 0 ? "" : (const char *)view->values + start;
}

#endif
