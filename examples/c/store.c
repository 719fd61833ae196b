/* store.c - makes a store, imports a tree of grids, and asks it something.
 *
 *     cc store.c $(pkg-config --cflags --libs govcore) -o store && ./store xuhui-grids-2023.csv */
#include <govcore.h>

#include <stdio.h>

static int fail(const gov_error *err)
{
    fprintf(stderr, "%s:%lld: %s (%s)\n", err->file, (long long)err->line, err->message, err->name);
    return 1;
}

static int use(gov_store *store, const char *path, gov_error *err)
{
    gov_import_result done = GOV_IMPORT_RESULT_INIT;
    gov_table *counts = NULL;
    gov_text *csv = NULL;
    if (gov_store_import_csv(store, "grid", path, NULL, &done, NULL, err) != GOV_OK)
        return fail(err);
    printf("%lld rows: %lld added, %lld rejected\n", (long long)done.rows, (long long)done.added,
           (long long)done.rejected);
    if (gov_store_sql(store,
                      "select level, kind, count(*) as grids from grid group by level, kind order by grids",
                      NULL, &counts, err) != GOV_OK ||
        gov_table_format_csv(counts, &csv, err) != GOV_OK)
        return fail(err);
    fputs(gov_text_data(csv), stdout);
    gov_text_free(csv);
    gov_table_free(counts);
    return 0;
}

int main(int argc, char **argv)
{
    const char *path = argc > 2 ? argv[2] : "example.gov";
    gov_error err = GOV_ERROR_INIT;
    gov_store_options options = GOV_STORE_OPTIONS_INIT;
    gov_store *store = NULL;
    options.create = 1;
    options.actor = "example";
    if (gov_store_open(path, &options, &store, &err) != GOV_OK)
        return fail(&err);
    int outcome = use(store, argc > 1 ? argv[1] : "xuhui-grids-2023.csv", &err);
    gov_store_close(store);
    remove(path);
    return outcome;
}
