// store.i - the store: import, queries, history, the chain of changes.
GOV_HANDLE(gov_store, NativeStore, gov_store_close)
GOV_HANDLE(gov_reader, NativeReader, gov_reader_free)
GOV_VALUE(gov_import_result, NativeImportResult)
GOV_VALUE(gov_verify_result, NativeVerifyResult)
GOV_NULLABLE(gov_table *asked, NativeTable)
GOV_HEADER("govcore/store.h")

%{
static gov_query_options query_options(const char *as_of, const char *recorded, const char *grid,
                                       const char *where, in_texts values, in_texts columns, int64_t limit,
                                       gov_run *run)
{
    gov_query_options options = GOV_QUERY_OPTIONS_INIT;
    options.as_of = as_of;
    options.recorded = recorded;
    options.grid = grid;
    options.where = where;
    options.values = values.data;
    options.value_count = values.n;
    options.columns = columns.data;
    options.column_count = columns.n;
    options.limit = limit;
    options.run = run;
    return options;
}

static gov_reading_options reading_options(const char *at, const char *recorded, const char *source, gov_run *run)
{
    gov_reading_options options = GOV_READING_OPTIONS_INIT;
    options.at = at;
    options.recorded = recorded;
    options.source = source;
    options.run = run;
    return options;
}

static gov_import_options import_options(int dry_run, int strict, int complete, int unknown_columns,
                                         const char *as_of, const char *source, const char *reason,
                                         const char *mapping, const char *datum, const char *place_level,
                                         const char *place_kind, const char *place_code, gov_run *run)
{
    gov_import_options options = GOV_IMPORT_OPTIONS_INIT;
    options.dry_run = dry_run;
    options.strict = strict;
    options.complete = complete;
    options.unknown_columns = (gov_unknown_columns)unknown_columns;
    options.as_of = as_of;
    options.source = source;
    options.reason = reason;
    options.mapping = mapping;
    options.datum = datum;
    options.place_level = place_level;
    options.place_kind = place_kind;
    options.place_code = place_code;
    options.run = run;
    return options;
}
%}

%inline %{
static gov_store *store_open(const char *path, int create, int read_only, int fields, const char *actor,
                             const char *scope, gov_error *err)
{
    gov_store_options options = GOV_STORE_OPTIONS_INIT;
    gov_store *out = NULL;
    options.create = create;
    options.read_only = read_only;
    options.fields = (gov_field_class)fields;
    options.actor = actor;
    options.scope = scope;
    gov_store_open(path, &options, &out, err);
    return out;
}

static int64_t store_layout(gov_store *store)
{
    return gov_store_layout(store);
}

static gov_table *store_fields(gov_store *store, const char *kind, gov_error *err)
{
    gov_table *out = NULL;
    gov_store_fields(store, kind, &out, err);
    return out;
}

static void store_field_add(gov_store *store, const char *kind, const char *name, int type, int field_class,
                            const char *unit, const char *code_set, const char *scheme, const char *references,
                            const char *label_zh, const char *label_en, gov_error *err)
{
    gov_field field = GOV_FIELD_INIT;
    field.name = name;
    field.type = (gov_type)type;
    field.field_class = (gov_field_class)field_class;
    field.unit = unit;
    field.code_set = code_set;
    field.scheme = scheme;
    field.references = references;
    field.label_zh = label_zh;
    field.label_en = label_en;
    gov_store_field_add(store, kind, &field, err);
}

// The report is returned, the counts are filled in. A file is CSV, or GeoJSON if `geojson` is not 0.
static gov_table *store_import_file(gov_store *store, const char *kind, const char *path, int geojson, int dry_run,
                                    int strict, int complete, int unknown_columns, const char *as_of,
                                    const char *source, const char *reason, const char *mapping, const char *datum,
                                    const char *place_level, const char *place_kind, const char *place_code,
                                    const char *encoding, int delimiter, gov_run *run, gov_import_result *result,
                                    gov_error *err)
{
    gov_import_options options =
        import_options(dry_run, strict, complete, unknown_columns, as_of, source, reason, mapping, datum, place_level,
                       place_kind, place_code, run);
    gov_import_result filled = GOV_IMPORT_RESULT_INIT;
    gov_table *report = NULL;
    options.encoding = encoding;
    options.delimiter = (char)delimiter;
    if ((geojson ? gov_store_import_geojson : gov_store_import_csv)(store, kind, path, &options, &filled, &report,
                                                                    err) == GOV_OK)
        *result = filled;
    return report;
}

static gov_table *store_import_table(gov_store *store, const char *kind, gov_table *table, int dry_run, int strict,
                                     int complete, int unknown_columns, const char *as_of, const char *source,
                                     const char *reason, const char *mapping, const char *datum,
                                     const char *place_level, const char *place_kind, const char *place_code,
                                     gov_run *run,
                                     gov_import_result *result, gov_error *err)
{
    gov_import_options options =
        import_options(dry_run, strict, complete, unknown_columns, as_of, source, reason, mapping, datum, place_level,
                       place_kind, place_code, run);
    gov_import_result filled = GOV_IMPORT_RESULT_INIT;
    gov_table *report = NULL;
    if (gov_store_import_table(store, kind, table, &options, &filled, &report, err) == GOV_OK)
        *result = filled;
    return report;
}

static gov_table *store_query(gov_store *store, const char *kind, const char *as_of, const char *recorded,
                              const char *grid, const char *where, in_texts values, in_texts columns,
                              int64_t limit, gov_run *run, gov_error *err)
{
    gov_query_options options = query_options(as_of, recorded, grid, where, values, columns, limit, run);
    gov_table *out = NULL;
    gov_store_query(store, kind, &options, &out, err);
    return out;
}

static gov_reader *store_read(gov_store *store, const char *kind, const char *as_of, const char *recorded,
                              const char *grid, const char *where, in_texts values, in_texts columns,
                              int64_t limit, gov_error *err)
{
    gov_query_options options = query_options(as_of, recorded, grid, where, values, columns, limit, NULL);
    gov_reader *out = NULL;
    gov_store_read(store, kind, &options, &out, err);
    return out;
}

static gov_table *reader_next(gov_reader *reader, int64_t rows, gov_error *err)
{
    gov_table *out = NULL;
    gov_reader_next(reader, rows, &out, err);
    return out;
}

static gov_table *store_sql(gov_store *store, const char *sql, in_texts values, const char *as_of,
                            const char *recorded, gov_run *run, gov_error *err)
{
    in_texts none = {NULL, 0};
    gov_query_options options = query_options(as_of, recorded, NULL, NULL, values, none, 0, run);
    gov_table *out = NULL;
    gov_store_sql(store, sql, &options, &out, err);
    return out;
}

static gov_table *store_count(gov_store *store, const char *kind, const char *level, const char *as_of,
                              const char *recorded, const char *grid, const char *where, in_texts values,
                              const char *tree, gov_error *err)
{
    in_texts none = {NULL, 0};
    gov_query_options options = query_options(as_of, recorded, grid, where, values, none, 0, NULL);
    gov_table *out = NULL;
    options.tree = tree;
    gov_store_count(store, kind, level, &options, &out, err);
    return out;
}

static gov_table *store_find(gov_store *store, const char *scheme, const char *value, const char *as_of,
                             const char *recorded, gov_error *err)
{
    in_texts none = {NULL, 0};
    gov_query_options options = query_options(as_of, recorded, NULL, NULL, none, none, 0, NULL);
    gov_table *out = NULL;
    gov_store_find(store, scheme, value, &options, &out, err);
    return out;
}

static gov_table *store_history(gov_store *store, const char *kind, const char *key, gov_error *err)
{
    gov_table *out = NULL;
    gov_store_history(store, kind, key, &out, err);
    return out;
}

static gov_table *store_near(gov_store *store, const char *kind, double lon, double lat, double radius,
                             const char *as_of, const char *recorded, const char *grid, const char *where,
                             in_texts values, int64_t limit, gov_error *err)
{
    in_texts none = {NULL, 0};
    gov_query_options options = query_options(as_of, recorded, grid, where, values, none, limit, NULL);
    gov_table *out = NULL;
    gov_store_near(store, kind, lon, lat, radius, &options, &out, err);
    return out;
}

static gov_table *store_cover(gov_store *store, const char *level, const char *points, const char *as_of,
                              const char *recorded, const char *grid, const char *where, in_texts values,
                              gov_run *run, gov_error *err)
{
    in_texts none = {NULL, 0};
    gov_query_options options = query_options(as_of, recorded, grid, where, values, none, 0, run);
    gov_table *out = NULL;
    gov_store_cover(store, level, points, &options, &out, err);
    return out;
}

static gov_table *store_neighbours(gov_store *store, const char *level, const char *as_of, const char *recorded,
                                   gov_run *run, gov_error *err)
{
    in_texts none = {NULL, 0};
    gov_query_options options = query_options(as_of, recorded, NULL, NULL, none, none, 0, run);
    gov_table *out = NULL;
    gov_store_neighbours(store, level, &options, &out, err);
    return out;
}

static gov_table *store_quality(gov_store *store, const char *kind, const char *as_of, const char *recorded,
                                gov_error *err)
{
    in_texts none = {NULL, 0};
    gov_query_options options = query_options(as_of, recorded, NULL, NULL, none, none, 0, NULL);
    gov_table *out = NULL;
    gov_store_quality(store, kind, &options, &out, err);
    return out;
}

static gov_table *store_conflicts(gov_store *store, const char *kind, const char *as_of, const char *recorded,
                                  const char *grid, const char *where, in_texts values, int64_t limit, gov_run *run,
                                  gov_error *err)
{
    in_texts none = {NULL, 0};
    gov_query_options options = query_options(as_of, recorded, grid, where, values, none, limit, run);
    gov_table *out = NULL;
    gov_store_conflicts(store, kind, &options, &out, err);
    return out;
}

static void store_rank_source(gov_store *store, const char *source, const char *kind, const char *field,
                              int64_t rank, const char *basis, gov_error *err)
{
    gov_store_rank_source(store, source, kind, field, rank, basis, err);
}

static gov_table *store_last_readings(gov_store *store, gov_table *asked, const char *at, const char *recorded,
                                      const char *source, gov_run *run, gov_error *err)
{
    gov_reading_options options = reading_options(at, recorded, source, run);
    gov_table *out = NULL;
    gov_store_last_readings(store, asked, &options, &out, err);
    return out;
}

static gov_table *store_windows(gov_store *store, gov_table *asked, int64_t seconds, const char *at,
                                const char *recorded, const char *source, gov_run *run, gov_error *err)
{
    gov_reading_options options = reading_options(at, recorded, source, run);
    gov_table *out = NULL;
    gov_store_windows(store, asked, seconds, &options, &out, err);
    return out;
}

static gov_text *store_export(gov_store *store, const char *kind, const char *key, gov_error *err)
{
    gov_text *out = NULL;
    gov_store_export(store, kind, key, &out, err);
    return out;
}

// The number of versions erased.
static int64_t store_forget(gov_store *store, const char *kind, const char *key, const char *reason, gov_error *err)
{
    int64_t erased = 0;
    gov_store_forget(store, kind, key, reason, &erased, err);
    return erased;
}

static gov_table *import_causes(gov_table *report, gov_error *err)
{
    gov_table *out = NULL;
    gov_import_causes(report, &out, err);
    return out;
}

static gov_table *publish_counts(gov_table *counts, int64_t threshold, gov_error *err)
{
    gov_table *out = NULL;
    gov_publish_counts(counts, threshold, &out, err);
    return out;
}

static gov_table *store_rollup(gov_store *store, gov_table *figures, const char *taken_on, const char *level,
                               const char *as_of, const char *recorded, const char *grid, gov_error *err)
{
    in_texts none = {NULL, 0};
    gov_query_options options = query_options(as_of, recorded, grid, NULL, none, none, 0, NULL);
    gov_table *out = NULL;
    gov_store_rollup(store, figures, taken_on, level, &options, &out, err);
    return out;
}

// The act's number.
static int64_t store_reorganise(gov_store *store, gov_table *changes, const char *on_day, const char *reason,
                                gov_error *err)
{
    int64_t act = 0;
    gov_store_reorganise(store, changes, on_day, reason, &act, err);
    return act;
}

static gov_table *store_derive_lineage(gov_store *store, const char *from_day, const char *to_day, int dry_run,
                                       gov_run *run, gov_error *err)
{
    gov_table *out = NULL;
    gov_store_derive_lineage(store, from_day, to_day, dry_run, run, &out, err);
    return out;
}

static void store_undo(gov_store *store, int64_t act, const char *reason, gov_error *err)
{
    gov_store_undo(store, act, reason, err);
}

static gov_table *store_acts(gov_store *store, gov_error *err)
{
    gov_table *out = NULL;
    gov_store_acts(store, &out, err);
    return out;
}

static void store_verify(gov_store *store, gov_run *run, gov_verify_result *result, gov_error *err)
{
    gov_verify_result filled = GOV_VERIFY_RESULT_INIT;
    if (gov_store_verify(store, run, &filled, err) == GOV_OK)
        *result = filled;
}
%}
