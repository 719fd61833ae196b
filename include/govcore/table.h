/* table.h - the one form in which data enters and leaves the library: an immutable table of typed columns.
 *
 * A table is filled from C arrays, row by row, a CSV file or an Arrow C stream, and leaves as any of those.
 * Missing is a validity bit, never a magic number.
 *
 *     gov_table *t = NULL;  gov_error err = GOV_ERROR_INIT;
 *     gov_table_builder *b = NULL;
 *     gov_table_builder_new(&b, &err);
 *     gov_table_builder_add(b, "code", GOV_TYPE_UTF8, NULL, &err);
 *     gov_table_builder_add(b, "cases", GOV_TYPE_INT64, NULL, &err);
 *     gov_table_builder_text(b, 0, "310104003", -1, &err);
 *     gov_table_builder_null(b, 1, &err);
 *     gov_table_builder_finish(b, &t, &err);
 *     gov_table_builder_free(b);
 *
 * Threads: a table never changes and may be shared by threads; its reference count is atomic.
 * Ownership: *out is yours; views, names and texts are borrowed from the table and live as long as it does.
 * Rows and columns are counted from 0. */
#ifndef GOVCORE_TABLE_H
#define GOVCORE_TABLE_H

#include "govcore/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gov_table gov_table;
typedef struct gov_table_builder gov_table_builder;

/* Types of a column, with the Arrow format that each is exported as. */
typedef enum gov_type {
    GOV_TYPE_NULL = 0,      /* n    every value is missing and the type is not known */
    GOV_TYPE_BOOL = 1,      /* b    one bit a value */
    GOV_TYPE_INT8 = 2,      /* c */
    GOV_TYPE_INT16 = 3,     /* s */
    GOV_TYPE_INT32 = 4,     /* i */
    GOV_TYPE_INT64 = 5,     /* l */
    GOV_TYPE_UINT8 = 6,     /* C */
    GOV_TYPE_UINT16 = 7,    /* S */
    GOV_TYPE_UINT32 = 8,    /* I */
    GOV_TYPE_UINT64 = 9,    /* L */
    GOV_TYPE_FLOAT32 = 10,  /* f */
    GOV_TYPE_FLOAT64 = 11,  /* g */
    GOV_TYPE_UTF8 = 12,     /* U    offsets of 64 bits into one block of UTF-8 */
    GOV_TYPE_DATE = 13,     /* tdD  int32 days since 1970-01-01 */
    GOV_TYPE_TIMESTAMP = 14 /* ts?: int64 units since 1970-01-01, unit and time zone with the column */
} gov_type;

/* One column, to read. Every buffer is read at `offset + i` for row i (bits too), as in Arrow. */
typedef struct gov_column_view {
    uint32_t struct_size; /* sizeof(gov_column_view), set by GOV_COLUMN_VIEW_INIT */
    gov_type type;
    int64_t length; /* rows */
    int64_t offset;
    int64_t null_count;      /* exact */
    const uint8_t *validity; /* bits, least significant first, 1 = present; NULL: all present */
    const void *values;      /* bits for BOOL, the bytes of the text for UTF8, else an array of the type;
                              * NULL for the type NULL, whose validity is all 0 */
    const int64_t *offsets;  /* UTF8 only: row i is values[offsets[offset+i]] up to offsets[offset+i+1] */
    const char *name;
    const char *timezone; /* TIMESTAMP only: "" is local time without a zone */
    char unit;            /* TIMESTAMP only: 's', 'm', 'u' or 'n' */
} gov_column_view;

#define GOV_COLUMN_VIEW_INIT                                                                       \
    {                                                                                              \
        (uint32_t)sizeof(gov_column_view), GOV_TYPE_NULL, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, 0 \
    }

/* --- Reading -----------------------------------------------------------------------------------------
 *
 * gov_table_find: GOV_E_UNKNOWN_NAME if there is no such column, with the name in err->name.
 * gov_table_view: GOV_E_RANGE if `column` is not one. */
GOV_API int64_t gov_table_rows(const gov_table *table);
GOV_API int64_t gov_table_columns(const gov_table *table);
GOV_API const char *gov_table_name(const gov_table *table, int64_t column);
GOV_API gov_type gov_table_type(const gov_table *table, int64_t column);
GOV_API gov_status gov_table_find(const gov_table *table, const char *name, int64_t *column, gov_error *err);
GOV_API gov_status gov_table_view(const gov_table *table, int64_t column, gov_column_view *view,
                                  gov_error *err);

/* Copies `count` values from row `first` on. `valid` (may be NULL if no value in the stretch is missing) gets
 * 1 for present and 0 for missing; the value at a missing place is 0. A column of the type NULL is all missing.
 *
 * doubles: numbers and booleans (0 or 1); NaN, which only an Arrow stream can bring, is copied as it is.
 * int64s:  integers, booleans, dates (days), timestamps (units).
 * Errors: GOV_E_TYPE for other types; GOV_E_RANGE for a stretch outside the table, and with err->row for an
 * integer beyond 2^53 (doubles) or beyond INT64_MAX (int64s); GOV_E_MISSING with err->row if a value is missing
 * and `valid` is NULL. */
GOV_API gov_status gov_table_copy_doubles(const gov_table *table, int64_t column, int64_t first,
                                          int64_t count, double *values, uint8_t *valid, gov_error *err);
GOV_API gov_status gov_table_copy_int64s(const gov_table *table, int64_t column, int64_t first, int64_t count,
                                         int64_t *values, uint8_t *valid, gov_error *err);

/* One cell as text, borrowed, not ended by a zero byte; *text is NULL if it is missing.
 * Errors: GOV_E_TYPE unless the column is UTF8 or NULL; GOV_E_RANGE for a cell outside the table. */
GOV_API gov_status gov_table_text(const gov_table *table, int64_t row, int64_t column, const char **text,
                                  int64_t *size, gov_error *err);

/* The name of a type ("int64", "utf8", "timestamp"); static. */
GOV_API const char *gov_type_name(gov_type type);

/* --- Life --------------------------------------------------------------------------------------------
 *
 * gov_table_retain gives the same table to a second owner; each owner frees it once. slice and select share
 * the buffers: rows [first, first+count), and the named columns in the order given. */
GOV_API gov_table *gov_table_retain(const gov_table *table);
GOV_API void gov_table_free(gov_table *table);
GOV_API gov_status gov_table_slice(const gov_table *table, int64_t first, int64_t count, gov_table **out,
                                   gov_error *err);
GOV_API gov_status gov_table_select(const gov_table *table, const char *const *names, int64_t count,
                                    gov_table **out, gov_error *err);

/* --- Building ----------------------------------------------------------------------------------------
 *
 * Columns first, then values. A row-wise filler appends one value to every column in turn; a bulk filler adds
 * whole arrays. finish refuses (GOV_E_ARGUMENT) columns of unequal length, names the column, and leaves the
 * builder as it was; otherwise it empties the builder.
 *
 * add:    `unit_zone` is NULL, or for TIMESTAMP the unit and the zone as in "u:Asia/Shanghai" (default "u:").
 *         GOV_E_DUPLICATE for a name that is there, GOV_E_FORMAT for a unit that is not one of s, m, u, n.
 * append: the value must fit the column's type: GOV_E_RANGE if it does not, GOV_E_TYPE for another kind; NaN is
 *         GOV_E_RANGE. int64 also fills dates, timestamps, and floats that hold the value exactly. `text` must
 *         be valid UTF-8 (size -1: zero-ended), else GOV_E_ENCODING.
 * array:  `values` in the layout of gov_column_view (BOOL: one byte a value here, 0 or 1), copied;
 *         `valid` one byte a value or NULL. A TIMESTAMP is in microseconds without a zone.
 * texts:  zero-ended strings, NULL = missing. */
GOV_API gov_status gov_table_builder_new(gov_table_builder **out, gov_error *err);
GOV_API void gov_table_builder_free(gov_table_builder *builder);
GOV_API gov_status gov_table_builder_add(gov_table_builder *builder, const char *name, gov_type type,
                                         const char *unit_zone, gov_error *err);
GOV_API gov_status gov_table_builder_null(gov_table_builder *builder, int64_t column, gov_error *err);
GOV_API gov_status gov_table_builder_bool(gov_table_builder *builder, int64_t column, int value,
                                          gov_error *err);
GOV_API gov_status gov_table_builder_int64(gov_table_builder *builder, int64_t column, int64_t value,
                                           gov_error *err);
GOV_API gov_status gov_table_builder_double(gov_table_builder *builder, int64_t column, double value,
                                            gov_error *err);
GOV_API gov_status gov_table_builder_text(gov_table_builder *builder, int64_t column, const char *text,
                                          int64_t size, gov_error *err);
GOV_API gov_status gov_table_builder_array(gov_table_builder *builder, const char *name, gov_type type,
                                           const void *values, const uint8_t *valid, int64_t count,
                                           gov_error *err);
GOV_API gov_status gov_table_builder_texts(gov_table_builder *builder, const char *name,
                                           const char *const *texts, int64_t count, gov_error *err);
GOV_API gov_status gov_table_builder_finish(gov_table_builder *builder, gov_table **out, gov_error *err);

/* --- CSV (RFC 4180) ----------------------------------------------------------------------------------
 *
 * Reads a file whose first line names the columns. UTF-8 with or without BOM, or GB18030; LF, CRLF, quotes and
 * line breaks inside quotes. An empty unquoted field is missing, an empty quoted one is the empty text; an empty
 * line is skipped unless the file has one column.
 *
 * A column's type is the one named in `types`, or else the narrowest of int64, float64, bool (true, True, TRUE;
 * false ...), date (2021-07-01) and utf8 that every value of the whole file has, or null if it has no value.
 * Digits behind a leading zero or plus, and more than 15 digits in a row, are text, so that codes survive. A
 * timestamp with an offset is moved to UTC.
 *
 * Errors: GOV_E_IO; GOV_E_ENCODING; GOV_E_FORMAT (a lone quote, a quote left open, a zero byte, a row with too
 * many or too few fields, no header); GOV_E_LIMIT (a field over 16 MiB, more than 4096 columns); GOV_E_DUPLICATE
 * (two columns of one name); GOV_E_TYPE or GOV_E_RANGE (a cell that is not of the type asked for): each with
 * file, line, column, and row and name where they exist. GOV_E_UNKNOWN_NAME for a name in `types` that the file
 * does not have; GOV_E_CANCELLED. */
typedef struct gov_csv_options {
    uint32_t struct_size; /* sizeof(gov_csv_options), set by GOV_CSV_OPTIONS_INIT */
    const char *encoding; /* "utf-8", "gb18030"; "auto" (default): what most of the file is */
    char delimiter;       /* default ',' */
    const char *types;    /* "code:utf8,cases:int64,day:date" by column name; NULL: none */
    gov_run *run;         /* may be NULL */
} gov_csv_options;

#define GOV_CSV_OPTIONS_INIT                                   \
    {                                                          \
        (uint32_t)sizeof(gov_csv_options), NULL, 0, NULL, NULL \
    }

GOV_API gov_status gov_table_read_csv(const char *path, const gov_csv_options *options, gov_table **out,
                                      gov_error *err);
/* The same from memory (size -1: up to the zero byte); `name` stands for the file in errors (may be NULL). */
GOV_API gov_status gov_table_parse_csv(const char *text, int64_t size, const char *name,
                                       const gov_csv_options *options, gov_table **out, gov_error *err);
/* UTF-8, LF, quotes only where they are needed (and "" for an empty text), finite floats so that they read back
 * equal. The file is written beside its name and moved there when it is whole. GOV_E_RANGE, with row and name, for
 * a day outside the years 1 to 9999. */
GOV_API gov_status gov_table_write_csv(const gov_table *table, const char *path, gov_error *err);
GOV_API gov_status gov_table_format_csv(const gov_table *table, gov_text **out, gov_error *err);
/* The same table as JSON: an array of one object a row; missing is null; dates and timestamps as ISO 8601
 * text; numbers so that they read back equal. NaN and infinity, which JSON does not have, are GOV_E_RANGE. */
GOV_API gov_status gov_table_format_json(const gov_table *table, gov_text **out, gov_error *err);

/* --- Arrow C stream ----------------------------------------------------------------------------------
 *
 * The structs are those of the Arrow C data and stream interfaces; the guards let Arrow's own headers come
 * first.
 *
 * import: takes the whole stream, moves it (stream->release becomes NULL whatever the outcome) and copies no
 *         buffer of a stream of one batch whose types are kept. Accepted: n b c s i l C S I L f g u U vu tdD
 *         ts?:, and dictionaries over them (decoded); nested types and others are GOV_E_UNSUPPORTED with the
 *         field's name. Text that is not UTF-8 is GOV_E_ENCODING with row and name; two fields of one name are
 *         GOV_E_DUPLICATE; arrays that contradict themselves are GOV_E_CORRUPT.
 * export: `batch_rows` rows a batch (0: all in one). The stream keeps the table alive until it is released. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};
struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};
#endif

GOV_API gov_status gov_table_import_arrow(struct ArrowArrayStream *stream, gov_run *run, gov_table **out,
                                          gov_error *err);
GOV_API gov_status gov_table_export_arrow(const gov_table *table, int64_t batch_rows,
                                          struct ArrowArrayStream *out, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
