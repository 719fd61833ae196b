/* derive_lineage.c - two days of one store: deriving, recording, reporting. */
#include "base/run.h"
#include "store/derive.h"
#include "store/query.h"

static gov_status load(gov_store *store, const char *day, gov_tree *out, gov_error *err)
{
    gov_moment moment;
    GOV_TRY(gov_moment_of(store, day, NULL, &moment, err));
    GOV_TRY(gov_views_make(store, &moment, err));
    return gov_tree_load(store, out, err);
}

static gov_status add_text(gov_table_builder *b, int64_t column, const char *text, gov_error *err)
{
    return text != NULL && text[0] != '\0' ? gov_table_builder_text(b, column, text, -1, err)
                                           : gov_table_builder_null(b, column, err);
}

static gov_status add_row(gov_table_builder *b, const gov_derivation *d, int64_t i, gov_error *err)
{
    const gov_derived *row = &d->list[i];
    int is_new = row->from < 0;
    const gov_grid_node *from = is_new ? &d->after->nodes[row->to] : &d->before->nodes[row->from];
    const gov_grid_node *to = !is_new && row->to >= 0 ? &d->after->nodes[row->to] : NULL;
    GOV_TRY(add_text(b, 0, from->code, err));
    GOV_TRY(add_text(b, 1, from->name, err));
    GOV_TRY(add_text(b, 2, gov_derived_change(d, i), err));
    GOV_TRY(add_text(b, 3, to != NULL ? to->code : NULL, err));
    GOV_TRY(add_text(b, 4, to != NULL ? to->name : NULL, err));
    GOV_TRY(to != NULL ? gov_table_builder_double(b, 5, row->share, err) : gov_table_builder_null(b, 5, err));
    GOV_TRY(add_text(b, 6, row->evidence, err));
    return gov_table_builder_bool(b, 7, to != NULL, err);
}

static gov_status report(const gov_derivation *d, gov_table **out, gov_error *err)
{
    static const struct {
        const char *name;
        gov_type type;
    } columns[] = {{"code", GOV_TYPE_UTF8},     {"name", GOV_TYPE_UTF8},    {"change", GOV_TYPE_UTF8},
                   {"to_code", GOV_TYPE_UTF8},  {"to_name", GOV_TYPE_UTF8}, {"share", GOV_TYPE_FLOAT64},
                   {"evidence", GOV_TYPE_UTF8}, {"decided", GOV_TYPE_BOOL}};
    gov_table_builder *b = NULL;
    GOV_TRY(gov_table_builder_new(&b, err));
    gov_status status = GOV_OK;
    for (int i = 0; i < 8 && status == GOV_OK; i++)
        status = gov_table_builder_add(b, columns[i].name, columns[i].type, NULL, err);
    for (int64_t i = 0; i < d->count && status == GOV_OK; i++)
        status = add_row(b, d, i, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, err);
    gov_table_builder_free(b);
    return status;
}

/* What is decided, as records of kind lineage. */
static gov_status records(const gov_derivation *d, const char *day, gov_table **out, gov_error *err)
{
    static const char *const names[] = {"from_grid", "to_grid", "change", "evidence", "on_date"};
    gov_table_builder *b = NULL;
    GOV_TRY(gov_table_builder_new(&b, err));
    gov_status status = GOV_OK;
    for (int i = 0; i < 5 && status == GOV_OK; i++)
        status = gov_table_builder_add(b, names[i], GOV_TYPE_UTF8, NULL, err);
    if (status == GOV_OK)
        status = gov_table_builder_add(b, "share", GOV_TYPE_FLOAT64, NULL, err);
    for (int64_t i = 0; i < d->count && status == GOV_OK; i++) {
        const gov_derived *row = &d->list[i];
        if (row->from < 0 || row->to < 0)
            continue;
        const char *texts[] = {d->before->nodes[row->from].code, d->after->nodes[row->to].code,
                               gov_derived_change(d, i), row->evidence, day};
        for (int t = 0; t < 5 && status == GOV_OK; t++)
            status = gov_table_builder_text(b, t, texts[t], -1, err);
        if (status == GOV_OK)
            status = gov_table_builder_double(b, 5, row->share, err);
    }
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, err);
    gov_table_builder_free(b);
    return status;
}

static gov_status record(gov_store *store, const gov_derivation *d, const char *day, gov_run *run,
                         gov_error *err)
{
    gov_table *rows = NULL;
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result result = GOV_IMPORT_RESULT_INIT;
    o.source = "derived";
    o.strict = 1;
    o.run = run;
    GOV_TRY(records(d, day, &rows, err));
    gov_status status = gov_store_import_table(store, "lineage", rows, &o, &result, NULL, err);
    gov_table_free(rows);
    if (status == GOV_OK && result.rejected > 0)
        status = gov_fail(err, GOV_E_CONFLICT, "%lld descents contradict what is recorded",
                          (long long)result.rejected);
    return status;
}

gov_status gov_store_derive_lineage(gov_store *store, const char *from_day, const char *to_day, int dry_run,
                                    gov_run *run, gov_table **out, gov_error *err)
{
    gov_tree before = {.arena = GOV_ARENA_INIT}, after = {.arena = GOV_ARENA_INIT};
    gov_derivation d = {.list = NULL};
    gov_table *table = NULL;
    char day[11];
    if (store == NULL || from_day == NULL || to_day == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, both days and out must be given");
    gov_status status = gov_store_day(to_day, day, err);
    if (status == GOV_OK)
        status = load(store, from_day, &before, err);
    if (status == GOV_OK)
        status = load(store, to_day, &after, err);
    if (status == GOV_OK)
        status = gov_run_poll(run, 0, before.count, err);
    if (status == GOV_OK)
        status = gov_derive(&before, &after, &d, err);
    if (status == GOV_OK)
        status = report(&d, &table, err);
    if (status == GOV_OK && !dry_run)
        status = record(store, &d, day, run, err);
    gov_derivation_clear(&d);
    gov_tree_clear(&before);
    gov_tree_clear(&after);
    if (status != GOV_OK) {
        gov_table_free(table);
        return status;
    }
    *out = table;
    return GOV_OK;
}
