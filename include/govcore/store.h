/* store.h - what must last: grids and their lineage, the five entity classes, households, events,
 * observations and results, in one SQLite file, with their history.
 *
 *     gov_store_options o = GOV_STORE_OPTIONS_INIT;   gov_error err = GOV_ERROR_INIT;
 *     gov_store *store = NULL;  gov_table *report = NULL, *t = NULL;
 *     o.create = 1;  o.actor = "li";
 *     if (gov_store_open("district.gov", &o, &store, &err)) ...
 *     gov_import_result done = GOV_IMPORT_RESULT_INIT;
 *     if (gov_store_import_csv(store, "grid", "grids.csv", NULL, &done, &report, &err)) ...
 *     if (gov_store_query(store, "grid", NULL, &t, &err)) ...
 *
 * Kinds. A store holds records of kinds: grid, person, household, place, thing, org, event, relation,
 * membership, identifier, observation, lineage, score, finding ... Each kind is described by rows (field, type,
 * unit, code set, sensitivity, labels in Chinese and English) and not by code: gov_store_fields lists them,
 * gov_store_field_add adds one. A record is known by its key (the kind's `id`, a grid's `code`).
 *
 * Two times. Every record holds from `valid_from` up to but not including `valid_to` (days in the world), and
 * was recorded at a moment in the store. Nothing is overwritten: a change ends the old version and adds a new
 * one, so a read may ask for any day (`as_of`) as it was known at any moment (`recorded`).
 *
 * Scope. A store is opened by an actor with a grid subtree and a field class. Rows outside the subtree are not
 * there for this actor: not in a query, a count, an SQL expression or an export. Fields above the class come
 * masked, or missing if they have no mask.
 *
 * Threads: a store and its readers are used by one thread at a time; several stores may be open on one file.
 * Ownership: *out is yours. A reader keeps its store alive: they may be freed in any order. */
#ifndef GOVCORE_STORE_H
#define GOVCORE_STORE_H

#include "govcore/base.h"
#include "govcore/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gov_store gov_store;
typedef struct gov_reader gov_reader;

/* What an actor may read, each class including the ones before it. */
typedef enum gov_field_class {
    GOV_FIELDS_DEFAULT = 0, /* GOV_FIELDS_INTERNAL */
    GOV_FIELDS_PUBLIC = 1,
    GOV_FIELDS_INTERNAL = 2, /* of use inside the administration, not about a person */
    GOV_FIELDS_PERSONAL = 3, /* about a person: name, address, telephone, income */
    GOV_FIELDS_SENSITIVE = 4 /* identity number, health, belief, finances: PIPL Art. 28 */
} gov_field_class;

/* --- Life -----------------------------------------------------------------------------------------------
 * gov_store_open. Errors: GOV_E_IO (no such file, or it cannot be opened), GOV_E_CORRUPT (not a store, a
 * truncated or damaged one: it is left as it is), GOV_E_VERSION (layout newer than this library),
 * GOV_E_REFERENCE (the scope's grid is not in the store), GOV_E_STORE with err->extended. A store of an older
 * layout is migrated, whole or not at all; with read_only it is GOV_E_VERSION. */
typedef struct gov_store_options {
    uint32_t struct_size;
    int32_t create;         /* 1: make the store if the file is absent or empty */
    int32_t read_only;      /* 1: nothing is written */
    gov_field_class fields; /* highest class that is read in clear; default internal */
    const char *actor;      /* who, for the change log; NULL: "unknown" */
    const char *scope;      /* code of the grid whose subtree the actor sees; NULL: all */
} gov_store_options;

#define GOV_STORE_OPTIONS_INIT                                                    \
    {                                                                             \
        (uint32_t)sizeof(gov_store_options), 0, 0, GOV_FIELDS_DEFAULT, NULL, NULL \
    }

GOV_API gov_status gov_store_open(const char *path, const gov_store_options *options, gov_store **out,
                                  gov_error *err);
GOV_API void gov_store_close(gov_store *store);

/* The layout's number in the file (that of the last migration applied). */
GOV_API int64_t gov_store_layout(const gov_store *store);

/* The highest class of fields that this actor reads in clear. */
GOV_API gov_field_class gov_store_field_class(const gov_store *store);

/* --- What a kind holds ----------------------------------------------------------------------------------
 * gov_store_fields: one row a field of `kind` (NULL: of all kinds): kind, name, type, unit, code_set,
 * class ("public" ... "sensitive"), required, references, scheme, label_zh, label_en. */
GOV_API gov_status gov_store_fields(gov_store *store, const char *kind, gov_table **out, gov_error *err);

/* An extension field, kept in the store. type: GOV_TYPE_INT64, FLOAT64, BOOL, UTF8, DATE or TIMESTAMP.
 * Adding the same field again changes nothing; another type is GOV_E_CONFLICT. Errors: GOV_E_UNKNOWN_NAME
 * (kind), GOV_E_FORMAT (a name that is not a lower-case identifier), GOV_E_TYPE, GOV_E_SCOPE (read only). */
typedef struct gov_field {
    uint32_t struct_size;
    gov_type type;
    gov_field_class field_class; /* default personal */
    const char *name;
    const char *unit;       /* NULL: none */
    const char *code_set;   /* NULL: none; "1=own;2=shared" lists the values allowed */
    const char *scheme;     /* NULL, or the identifier scheme: records can be found by this field */
    const char *references; /* NULL, or the kind that the value is a key of */
    const char *label_zh;
    const char *label_en;
} gov_field;

#define GOV_FIELD_INIT                                                                                      \
    {                                                                                                       \
        (uint32_t)sizeof(gov_field), GOV_TYPE_UTF8, GOV_FIELDS_DEFAULT, NULL, NULL, NULL, NULL, NULL, NULL, \
            NULL                                                                                            \
    }

GOV_API gov_status gov_store_field_add(gov_store *store, const char *kind, const gov_field *field,
                                       gov_error *err);

/* --- Import ---------------------------------------------------------------------------------------------
 * One import is one transaction: when the call fails, is cancelled or the process dies the store is as it
 * was. Rows that are wrong are left out and reported, the others go in; with `strict` one wrong row keeps all
 * out. Importing the same rows again changes nothing. Memory does not grow with the rows of a CSV file.
 *
 * Columns are those of the kind's fields by name, and `valid_from`, `valid_to`. A column that is absent keeps
 * what is recorded; an empty cell records "missing". Parents may come after their children.
 *
 * A row without valid_from holds from options.as_of on (without one: always). If the record is already
 * recorded with other content, the old content ends on that day and keeps what it was before it.
 *
 * Sources. What one stated source (options.source, or the mapping's) says of a person, household, place, thing, org or
 * event that another source has spoken of is kept beside what the other says: the kind `claim`. The record is then
 * the answer: on each day, of each field, what the source of the highest rank says; among equals the one that speaks
 * from the later day, then the later act. A source that says nothing of a field, or says it is missing, leaves it to
 * the others; that a record has ended is decided in the same way. Ranks are records of the kind `authority` (source,
 * kind, field, rank; '*' for all; 1 comes first; what is stated for a field goes before a kind, a kind before all);
 * without one a source comes after all that have one, so without any order all are equal (PROPOSED). A changed order
 * decides anew in the same act. Imports that state no source count as one source. Grids, lineage, memberships,
 * relations, identifiers, observations and results have no claims: there the later import is the answer.
 *
 * *report (may be NULL): one row a wrong cell or a conflict between sources, in the order of the file:
 *   line int64 (CSV), row int64, column utf8, code utf8 ("GOV_E_CHECK_DIGIT"), reason_zh, reason_en, expected,
 *   value (masked if the field is personal), source (of a conflict: the other one), noted (bool:
 *   the row goes in all the same)
 * Errors: GOV_E_UNKNOWN_NAME (kind, or a column that the kind does not have, unless unknown_columns),
 * GOV_E_MISSING (a column that the kind requires), GOV_E_IO, GOV_E_ENCODING, GOV_E_FORMAT with file and line,
 * GOV_E_CANCELLED, GOV_E_SCOPE (read only). */
typedef enum gov_unknown_columns {
    GOV_UNKNOWN_REFUSE = 0,
    GOV_UNKNOWN_IGNORE = 1,
    GOV_UNKNOWN_DECLARE = 2 /* gov_store_field_add with the column's type, class personal */
} gov_unknown_columns;

typedef struct gov_import_options {
    uint32_t struct_size;
    int32_t dry_run; /* 1: everything but the commit; result and report are those of the commit */
    int32_t strict;
    gov_unknown_columns unknown_columns;
    const char *as_of;    /* "2023-01-01" */
    const char *source;   /* provenance; NULL: the file's name, or "table" */
    const char *reason;   /* why, for the change log; may be NULL */
    const char *encoding; /* CSV: as gov_csv_options */
    char delimiter;
    gov_run *run; /* may be NULL */
    /* 1: the rows are all grids there are from as_of on; those that are not among them end on that day. Only for kind
     * grid and with as_of; implies strict. */
    int32_t complete;
    const char
        *mapping; /* a YAML file that says how the columns become fields (docs/import.md); NULL: by name */
    /* What lon, lat and boundary are given in: "cgcs2000", "wgs84" or "gcj02"; kept as CGCS2000. NULL: what the mapping
     * says, else the file, else CGCS2000. */
    const char *datum;
    /* The grid of rows that do not name one, for kinds with the field grid. With place_level (and place_kind, NULL: any):
     * by lon and lat, the grid of that level whose boundary, on the day from which the row holds (today if it always held), has the point in it;
     * on a common border and in an overlap the one with the least code. For rows without lon and lat, and with place_code
     * (a field): the longest code of a grid (of that level and kind if they are given) that this field's value begins
     * with. What lies in no boundary, or begins with no code, is recorded without a grid; a named grid that is neither
     * above nor below the one that the point is in is kept. Both are rows of the report. NULL: a grid must be named. */
    const char *place_level, *place_kind, *place_code;
} gov_import_options;

#define GOV_IMPORT_OPTIONS_INIT                                                                             \
    {                                                                                                       \
        (uint32_t)sizeof(gov_import_options), 0, 0, GOV_UNKNOWN_REFUSE, NULL, NULL, NULL, NULL, 0, NULL, 0, \
            NULL, NULL, NULL, NULL, NULL                                                                    \
    }

typedef struct gov_import_result {
    uint32_t struct_size;
    int64_t rows;      /* read = added + changed + unchanged + rejected */
    int64_t added;     /* a key that was not recorded */
    int64_t changed;   /* a key that was recorded with other content */
    int64_t unchanged; /* recorded already, just so */
    int64_t rejected;  /* at least one wrong cell */
    int64_t issues;    /* rows of the report: wrong cells, and what was noted */
    char digest[40];   /* of the rows, their fate and the report: equal for a dry run and its commit */
    int64_t ended;     /* records that a complete import did not name */
    int64_t placed;    /* rows that were given a grid */
    int64_t unplaced;  /* rows recorded without a grid */
    int64_t misplaced; /* rows that name another grid than the one they lie in */
    int64_t conflicts; /* cells that another source contradicts: noted, the rows go in */
} gov_import_result;

#define GOV_IMPORT_RESULT_INIT                                                   \
    {                                                                            \
        (uint32_t)sizeof(gov_import_result), 0, 0, 0, 0, 0, 0, "", 0, 0, 0, 0, 0 \
    }

GOV_API gov_status gov_store_import_csv(gov_store *store, const char *kind, const char *path,
                                        const gov_import_options *options, gov_import_result *result,
                                        gov_table **report, gov_error *err);
/* GeoJSON (RFC 7946): a FeatureCollection or a Feature, one row a feature, in the memory of the largest feature. Columns
 * are every name in the features' properties (a.b for b in an object a), "id" if features have ids, lon and lat for a
 * Point, boundary (WKT) for a Polygon or MultiPolygon. A property of one of these four names goes by the name
 * properties.NAME where the feature itself gives that column. What one feature lacks is missing. In the report, row is
 * the feature's number from 0 and line where it begins. Other geometries are refused, feature by feature. A member "crs"
 * of a system that is not known, and not overruled by a stated datum, is GOV_E_UNSUPPORTED. Text that is not JSON, or not
 * GeoJSON outside the features, is an error with file, line and column. The file is read twice: it cannot be a pipe. */
GOV_API gov_status gov_store_import_geojson(gov_store *store, const char *kind, const char *path,
                                            const gov_import_options *options, gov_import_result *result,
                                            gov_table **report, gov_error *err);
/* Text columns are read as from a CSV file; others must be of the field's type or widen to it. */
GOV_API gov_status gov_store_import_table(gov_store *store, const char *kind, const gov_table *table,
                                          const gov_import_options *options, gov_import_result *result,
                                          gov_table **report, gov_error *err);

/* The report by cause, the most cells first: column, code, reason_zh, reason_en (without what is about one row), cells
 * (their sum is result.issues), rejected (rows in which it is the first wrong cell; their sum is result.rejected),
 * first_line (missing for a table), first_row. */
GOV_API gov_status gov_import_causes(const gov_table *report, gov_table **out, gov_error *err);

/* --- Query ----------------------------------------------------------------------------------------------
 * One row a record that holds on `as_of` as it was known at `recorded`, inside the actor's scope, in the order
 * of the keys. Columns: the kind's fields in the order of gov_store_fields, then valid_from and valid_to
 * (dates; missing: unbounded).
 *
 * `where` is an SQL expression over these columns, dates as text: "level = 'street' and name like ?1". It sees
 * only what the actor may see: a masked field is compared as masked. Errors: GOV_E_UNKNOWN_NAME (kind or
 * column), GOV_E_REFERENCE (grid), GOV_E_FORMAT (a date; SQL that cannot be read), GOV_E_SCOPE (SQL that
 * reaches for something else than the kinds), GOV_E_CANCELLED. */
typedef struct gov_query_options {
    uint32_t struct_size;
    const char *as_of;         /* day in the world; NULL: today by the machine's calendar (UTC) */
    const char *recorded;      /* moment in the store, UTC "2024-05-01T08:00:00"; NULL: now */
    const char *grid;          /* only this grid's subtree */
    const char *where;         /* NULL: all */
    const char *const *values; /* texts for ?1, ?2 ... of `where` */
    int64_t value_count;
    const char *const *columns; /* NULL: all */
    int64_t column_count;
    int64_t limit; /* 0: none */
    gov_run *run;
    const char *tree; /* gov_store_count: see there; NULL: the records' own grids */
} gov_query_options;

#define GOV_QUERY_OPTIONS_INIT                                                                       \
    {                                                                                                \
        (uint32_t)sizeof(gov_query_options), NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, 0, NULL, NULL \
    }

GOV_API gov_status gov_store_query(gov_store *store, const char *kind, const gov_query_options *options,
                                   gov_table **out, gov_error *err);

/* The same in batches of constant memory. gov_reader_next gives up to `rows` rows; after the last batch a
 * table of 0 rows. */
GOV_API gov_status gov_store_read(gov_store *store, const char *kind, const gov_query_options *options,
                                  gov_reader **out, gov_error *err);
GOV_API gov_status gov_reader_next(gov_reader *reader, int64_t rows, gov_table **out, gov_error *err);
GOV_API void gov_reader_free(gov_reader *reader);

/* Any SELECT over the kinds (each a view of its records inside the scope), read only. `options` may give
 * as_of, recorded, values and run. A column's type is that of its values: int64, float64 (also int64 and
 * float64 mixed), utf8 (also anything mixed with text). Errors as above. */
GOV_API gov_status gov_store_sql(gov_store *store, const char *sql, const gov_query_options *options,
                                 gov_table **out, gov_error *err);

/* Records by grid with roll-up on the tree of `as_of`: code, name, level, kind, parent, own (records of this
 * very grid), total (with all grids below), shared. `level` keeps the grids of one level (NULL: all); total counts
 * what lies below them all the same.
 *
 * A record may carry the code of a grid that is gone. What became another or was absorbed is counted there. Of a split
 * grid, records with lon and lat are counted in the part whose boundary they lie in (as known now), the others are shared
 * out in whole numbers by the parts' shares, by the largest remainder; `shared` says how many of `total` are there by such
 * a share and not by knowledge. A grid that gave away a part keeps its records. What then has no grid, or none that the
 * tree knows, is in a last row without a code: the sum of own is the number of records.
 *
 * options.tree counts on another tree over the same records: it names the predicate ("placed_in") of relations from a
 * record to a grid. A record is counted once a tree, in the last row if it has no such relation. */
GOV_API gov_status gov_store_count(gov_store *store, const char *kind, const char *level,
                                   const gov_query_options *options, gov_table **out, gov_error *err);

/* Any figure by grid on the tree of options.as_of. `figures` has the columns grid (utf8), value (a number) and
 * maybe day (date): the day whose tree the figure belongs to; where it is missing, `taken_on` (NULL: as_of). Columns
 * as gov_store_count, own and total float64. The lineage carries figures forward by its shares and back to what a
 * grid came of; what came of several grids cannot be told apart on an earlier tree, nor can a code that no tree
 * knows: they are in a last row without a code, so that the sum of own is the sum of the figures. */
GOV_API gov_status gov_store_rollup(gov_store *store, const gov_table *figures, const char *taken_on,
                                    const char *level, const gov_query_options *options, gov_table **out,
                                    gov_error *err);

/* The record that `value` of an identifier scheme ("citizen_id", "credit_code", "household_no", any scheme of
 * the identifier kind) belongs to: kind and key, one row each. Empty if there is none inside the scope. options: as_of,
 * recorded. */
GOV_API gov_status gov_store_find(gov_store *store, const char *scheme, const char *value,
                                  const gov_query_options *options, gov_table **out, gov_error *err);

/* Records within `radius` metres of a point, or with radius 0 the options.limit nearest: the columns of
 * gov_store_query and distance (float64, metres on the great circle), the nearest first. CGCS2000 or WGS 84 degrees.
 * In SQL gov_distance(lon, lat, lon, lat) is the same distance. Errors: GOV_E_RANGE, GOV_E_UNSUPPORTED (a kind without
 * lon and lat), those of gov_store_query. */
GOV_API gov_status gov_store_near(gov_store *store, const char *kind, double lon, double lat, double radius,
                                  const gov_query_options *options, gov_table **out, gov_error *err);

/* Faults in the boundaries of the grids of one level, as a cover of their ground (gov_layer_audit), inside the scope: fault
 * ("self_intersection", "overlap", "gap"), grid and other (the first two concerned), grids (all, parted by spaces), record
 * (missing), square_metres, sliver, lon, lat, wkt: the ground or the point of the fault. With `points`, a kind with lon
 * and lat (NULL: none), also a row "orphan" for each record (those that options.where and options.grid keep) that lies in
 * none of the boundaries: record is its key, wkt its POINT. Errors: those of gov_layer_audit and gov_store_query;
 * GOV_E_FORMAT with the grid's code for a boundary that cannot be read. */
GOV_API gov_status gov_store_cover(gov_store *store, const char *level, const char *points,
                                   const gov_query_options *options, gov_table **out, gov_error *err);

/* Which grids of a level touch (gov_layer_neighbours): grid, neighbour, border_metres, each pair in both directions. */
GOV_API gov_status gov_store_neighbours(gov_store *store, const char *level, const gov_query_options *options,
                                        gov_table **out, gov_error *err);

/* Every version of one record, in the order they were recorded: the kind's columns, then recorded_from,
 * recorded_to (missing: still so), act, act_actor, act_source, act_reason. */
GOV_API gov_status gov_store_history(gov_store *store, const char *kind, const char *key, gov_table **out,
                                     gov_error *err);

/* All that is recorded about one record: its own versions and those of the records that refer to it (memberships,
 * relations, observations ...), by kind, as JSON. A key that nothing is recorded about gives {"key": ...} alone. */
GOV_API gov_status gov_store_export(gov_store *store, const char *kind, const char *key, gov_text **out,
                                    gov_error *err);

/* Erases the content of every version of all that gov_store_export gives, whoever asks for whatever day or moment.
 * What stays is that something was there: the log's rows and the digests, which without the erased salts tell
 * nothing; gov_store_verify holds as before and counts them. *erased (may be NULL): versions. It cannot be undone.
 * Errors: GOV_E_REFERENCE if nothing is recorded, GOV_E_SCOPE for an actor who does not see all grids. */
GOV_API gov_status gov_store_forget(gov_store *store, const char *kind, const char *key, const char *reason,
                                    int64_t *erased, gov_error *err);

/* How good the records of a kind are, by field and source (of the act that recorded them): field, source, records,
 * present (not missing), valid (of those: what the field's code set, form and bounds allow now), duplicates (records whose
 * identifier another record has too, from whatever source; missing for others), contradictions (identity numbers that do
 * not agree with the birth date or the sex; missing for others), oldest and newest (timestamps: when they were recorded).
 * Only what the actor sees is counted and compared. options: as_of, recorded, run. */
GOV_API gov_status gov_store_quality(gov_store *store, const char *kind, const gov_query_options *options,
                                     gov_table **out, gov_error *err);

/* --- Sources --------------------------------------------------------------------------------------------
 * gov_store_conflicts: what sources say of one field of one record on the day, where they do not agree; one row a
 * source: kind, key, field, source, value (text; masked as the actor may see it), valid_from (the day from which the
 * source says so; missing: always), recorded (timestamp), rank (missing: none), chosen (it is the answer), why ("rank",
 * "day", "act": what put it before or behind; "agrees": the same as the chosen value), reason_zh, reason_en. In the order
 * of kind, key and field, the chosen one first. kind NULL: all. options: as_of, recorded, grid, where (over these columns),
 * values, limit, run. Errors: those of gov_store_query. */
GOV_API gov_status gov_store_conflicts(gov_store *store, const char *kind, const gov_query_options *options,
                                       gov_table **out, gov_error *err);

/* Records the rank of a source (1 comes first; 0: none) for a kind (NULL: all) and a field (NULL: all) and decides anew
 * what is contested; `basis` (may be NULL) says by what rule. gov_store_query of kind "authority" lists the order, and an
 * import of that kind states it whole. Errors: GOV_E_ARGUMENT, GOV_E_UNKNOWN_NAME, GOV_E_SCOPE (an actor with a scope). */
GOV_API gov_status gov_store_rank_source(gov_store *store, const char *source, const char *kind,
                                         const char *field, int64_t rank, const char *basis, gov_error *err);

/* --- Readings -------------------------------------------------------------------------------------------
 * Observations are only added: an import that gives a recorded one (subject, variable, time, source) another value is
 * refused in the report, and the file itself refuses to alter or delete one. A correction is undone and imported anew.
 *
 * A series is the readings of one variable of one subject. Of several readings of one moment the one counts whose source
 * goes before (authority of kind "observation", field: the variable), then the later recorded. Values above the actor's
 * class are missing, and so are those outside the scope. */
typedef struct gov_reading_options {
    uint32_t struct_size;
    const char
        *at; /* readings before this: a day (to its end) or a time, UTC "2024-05-01T08:00:00"; NULL: now */
    const char *recorded; /* as it was known at this moment; NULL: now */
    const char *source;   /* only readings of this source; NULL: all */
    gov_run *run;
} gov_reading_options;

#define GOV_READING_OPTIONS_INIT                                      \
    {                                                                 \
        (uint32_t)sizeof(gov_reading_options), NULL, NULL, NULL, NULL \
    }

typedef struct gov_reading {
    uint32_t struct_size;
    int32_t found;     /* 0: there is no reading, and the rest says nothing */
    int32_t has_value; /* 0: it is a text, missing, or above the actor's class */
    double value;
    int64_t time; /* microseconds since 1970, UTC */
} gov_reading;

#define GOV_READING_INIT                            \
    {                                               \
        (uint32_t)sizeof(gov_reading), 0, 0, 0.0, 0 \
    }

/* The values in [begin, end); with count 0 the others say nothing. */
typedef struct gov_window {
    uint32_t struct_size;
    int64_t count; /* values that are not missing */
    double sum, mean, min, max, last;
    int64_t last_time, begin, end; /* microseconds since 1970, UTC */
} gov_window;

#define GOV_WINDOW_INIT                                                   \
    {                                                                     \
        (uint32_t)sizeof(gov_window), 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0 \
    }

#define GOV_LONGEST_WINDOW INT64_C(31556952000) /* seconds: 1000 years */

/* The last reading of a series before options.at; the values of the last `seconds` before it. */
GOV_API gov_status gov_store_last_reading(gov_store *store, const char *subject_kind, const char *subject,
                                          const char *variable, const gov_reading_options *options,
                                          gov_reading *out, gov_error *err);
GOV_API gov_status gov_store_window(gov_store *store, const char *subject_kind, const char *subject,
                                    const char *variable, int64_t seconds, const gov_reading_options *options,
                                    gov_window *out, gov_error *err);

/* The same of many series. `asked` (NULL: every series) has the columns subject (utf8) and maybe subject_kind (utf8; missing:
 * "person"), variable (utf8; missing: every variable of the subject) and at (date, timestamp or utf8; missing: options.at).
 * Out: subject_kind, subject, variable, then time, value, text, source; or begin, end, count, sum, mean, min, max, last,
 * last_time. One row a question whose variable is given, whether there are readings or not, else one a series.
 * Errors: GOV_E_UNKNOWN_NAME, GOV_E_MISSING, GOV_E_FORMAT (at), GOV_E_ARGUMENT, GOV_E_CANCELLED. */
GOV_API gov_status gov_store_last_readings(gov_store *store, const gov_table *asked,
                                           const gov_reading_options *options, gov_table **out,
                                           gov_error *err);
GOV_API gov_status gov_store_windows(gov_store *store, const gov_table *asked, int64_t seconds,
                                     const gov_reading_options *options, gov_table **out, gov_error *err);

/* --- Publishing -----------------------------------------------------------------------------------------
 * Small cells of a table of counts, hidden so that the totals do not give them away. `counts` has the columns area and
 * category (utf8) and count (an integer, not missing, not negative); one row a cell; the totals of every area, of every
 * category and of all are taken as published. Out: the same rows in the same order with published (int64; missing:
 * hidden) and hidden (utf8, missing: shown; "small": 1 .. threshold-1; "complement": hidden to protect another).
 *
 * A hidden cell can never be computed from the totals, and the hidden cells of a line (an area, a category) that has
 * any sum to at least the threshold. Where a line cannot be protected, because it has no other cell, area_total or
 * category_total (bool) is false: that total must not be published either; where all_total is false, nor the total of all,
 * because it would tell of both. threshold 0: 5 (PROPOSED).
 * With one category the areas' totals are the cells themselves: only the category's total is taken as published.
 * Errors: GOV_E_UNKNOWN_NAME, GOV_E_TYPE, GOV_E_MISSING, GOV_E_RANGE, GOV_E_DUPLICATE (a cell given twice). */
GOV_API gov_status gov_publish_counts(const gov_table *counts, int64_t threshold, gov_table **out,
                                      gov_error *err);

/* --- Reorganisation of grids ----------------------------------------------------------------------------
 * Splits, merges, new codes and names from a day on; nothing before that day changes. `changes` has the columns
 * from_grid and to_grid (utf8), and maybe share (a number), name, level, kind, parent, evidence (utf8); one row a
 * part. Shares of a grid that make up 1 (a missing one: equal parts) end it; less than 1 lets it live on with the
 * rest. A to_grid that is not there is added and needs name and level; without a parent it has that of the
 * from_grid. from_grid = to_grid changes what the row gives and records no lineage. The children of a grid that
 * becomes one other move to it; those of a grid that is split are named in rows of their own. All or nothing.
 * *act (may be NULL): the act's number, for gov_store_undo.
 * Errors: GOV_E_REFERENCE (a from_grid that is not there on that day), GOV_E_RANGE (shares above 1), GOV_E_CONFLICT (a
 * grid would hang on one that has ended), GOV_E_SCOPE, GOV_E_MISSING, GOV_E_TYPE, GOV_E_UNKNOWN_NAME. */
GOV_API gov_status gov_store_reorganise(gov_store *store, const gov_table *changes, const char *on_day,
                                        const char *reason, int64_t *act, gov_error *err);

/* Looks at the trees of two days for what became of the grids that are gone, and records what it is sure of on
 * `to_day` (dry_run 1: records nothing). One row a grid that is gone or new, and one a part: code, name, change
 * (became, absorbed, split, new), to_code, to_name, share, evidence, decided (bool). What it could not decide has no
 * to_code: the caller decides, with gov_store_import_table of kind lineage. */
GOV_API gov_status gov_store_derive_lineage(gov_store *store, const char *from_day, const char *to_day,
                                            int dry_run, gov_run *run, gov_table **out, gov_error *err);

/* Takes back an act: what it added is ended, what it ended is there again, both in the log. Answers are those from
 * before the act. GOV_E_CONFLICT if a later act changed what this one wrote, GOV_E_REFERENCE if there is no such
 * act, GOV_E_UNSUPPORTED for an act that erased, GOV_E_SCOPE for an actor who does not see all grids. */
GOV_API gov_status gov_store_undo(gov_store *store, int64_t act, const char *reason, gov_error *err);

/* The acts: act, at (timestamp), actor, what, source, reason, changes. GOV_E_SCOPE as above. */
GOV_API gov_status gov_store_acts(gov_store *store, gov_table **out, gov_error *err);

/* --- The change log -------------------------------------------------------------------------------------
 * Every version added or ended is a row of an append-only log; each row holds the SHA-256 of the version's
 * content and of the row before it. gov_store_verify walks the whole chain. GOV_E_CORRUPT: err->name is the
 * kind and key (or "change", "act") of the first row that was altered behind the log's back, err->row its number. */
typedef struct gov_verify_result {
    uint32_t struct_size;
    int64_t changes;  /* rows of the log that hold */
    int64_t versions; /* versions compared with their digest */
    int64_t erased;   /* versions whose content was erased by request */
    char head[65];    /* the chain's last hash, to be kept elsewhere against a cut-off tail */
} gov_verify_result;

#define GOV_VERIFY_RESULT_INIT                           \
    {                                                    \
        (uint32_t)sizeof(gov_verify_result), 0, 0, 0, "" \
    }

GOV_API gov_status gov_store_verify(gov_store *store, gov_run *run, gov_verify_result *result,
                                    gov_error *err);

/* --- In any SQLite client ---------------------------------------------------------------------------------
 * The library is also a loadable extension: SELECT load_extension('libgovcore', 'gov_sqlite_init'). It adds
 *   gov_citizen_id_valid(t), gov_credit_code_valid(t), gov_division_valid(t)      1 or 0
 *   gov_citizen_id_reason(t[, 'zh']), gov_credit_code_reason, gov_division_reason   why not; null if valid
 *   gov_citizen_id_birth(t), _sex(t), _age(t, day)      '1949-12-31', GB/T 2261.1, completed years
 *   gov_division_level(t), gov_division_parent(t)       1 to 5; the digits of the division above
 *   gov_mask(kind, t)                                   the masks of code.h by name
 *   gov_code_name(set, code[, 'zh'])                    the name of a code; null if there is none
 *   gov_distance(lon1, lat1, lon2, lat2)                metres, by gov_geo_great_circle
 * A null gives null, and so does a refused text where a fact of it is asked for. */
#ifndef SWIG
struct sqlite3;
struct sqlite3_api_routines;
GOV_API int gov_sqlite_init(struct sqlite3 *db, char **message, const struct sqlite3_api_routines *api);
#endif

#ifdef __cplusplus
}
#endif

#endif
