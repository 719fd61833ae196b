/* source_table.c - importing a table: one batch, which is the table itself. */
#include "store/import.h"

typedef struct table_source {
    gov_source base;
    const gov_table *table, *empty;
    int given;
} table_source;

static gov_status next(gov_source *source, const gov_table **batch, gov_error *err)
{
    table_source *s = (table_source *)source;
    (void)err;
    *batch = s->given ? s->empty : s->table;
    s->given = 1;
    return GOV_OK;
}

static gov_status rewind_table(gov_source *source, gov_error *err)
{
    (void)err;
    ((table_source *)source)->given = 0;
    return GOV_OK;
}

static int64_t no_line(const gov_source *source, int64_t row_of_batch)
{
    (void)source;
    (void)row_of_batch;
    return 0;
}

gov_status gov_store_import_table(gov_store *store, const char *kind, const gov_table *table,
                                  const gov_import_options *options, gov_import_result *result,
                                  gov_table **report, gov_error *err)
{
    gov_import_options o;
    gov_table *empty = NULL;
    if (table == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "table must be given");
    GOV_TRY(gov_import_check(store, options, &o, result, err));
    GOV_TRY(gov_table_slice(table, 0, 0, &empty, err));
    table_source source = {.base = {.header = table,
                                    .name = "table",
                                    .next = next,
                                    .rewind = rewind_table,
                                    .line = no_line,
                                    .total = gov_table_rows(table)},
                           .table = table,
                           .empty = empty};
    gov_status status = gov_import_run(store, kind, &source.base, &o, result, report, err);
    gov_table_free(empty);
    return status;
}
