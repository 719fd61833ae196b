/* authority.c - ranks of sources as an expression for SQL, and recording them.
 *
 * A district has tens of sources, so the rows are looked through; an order that is stated for a field goes before one for
 * a kind, that before one for all. The order has no days of its own: whatever day is asked for, it is decided by the
 * order that was known at the moment asked for. */
#include "store/authority.h"

#include <string.h>

static void add_known(const gov_moment *m, gov_buffer *sql)
{
    if (m == NULL || m->seq == GOV_NOW)
        gov_buffer_text(sql, "a.ended IS NULL");
    else
        gov_buffer_format(sql, "a.added <= %lld AND (a.ended IS NULL OR a.ended > %lld)", (long long)m->seq,
                          (long long)m->seq);
}

void gov_authority_rank(const char *source, const char *kind, const char *field, const gov_moment *moment,
                        gov_buffer *sql)
{
    gov_buffer_format(sql,
                      "coalesce((SELECT a.rank FROM main." GOV_KIND_TABLE
                      "authority a WHERE a.source = %s AND a.rank IS NOT NULL"
                      " AND a.kind IN (%s, '" GOV_ALL "') AND a.field IN (%s, '" GOV_ALL "') AND ",
                      source, kind, field);
    add_known(moment, sql);
    gov_buffer_text(sql, " ORDER BY (a.kind <> '" GOV_ALL "') * 2 + (a.field <> '" GOV_ALL
                         "') DESC, a.valid_from DESC LIMIT 1), 9223372036854775807)");
}

gov_status gov_authority_any(gov_store *store, int *any, gov_error *err)
{
    int64_t found = 0;
    GOV_TRY(
        gov_db_integer(store->db, "SELECT 1 FROM main." GOV_KIND_TABLE "authority LIMIT 1", 0, &found, err));
    *any = found != 0;
    return GOV_OK;
}

static void set_text(const gov_kind *kind, gov_cell *cells, unsigned char *given, const char *field,
                     const char *text)
{
    int64_t i = gov_kind_find_field(kind, field, (int64_t)strlen(field));
    given[i] = 1;
    cells[i] = (gov_cell){.type = GOV_CELL_TEXT, .text = text, .size = (int64_t)strlen(text)};
}

enum { MOST_FIELDS = 64 };

static gov_status put_row(gov_records *records, const gov_kind *of, const char *source, const char *kind,
                          const char *field, int64_t rank, gov_put *put, gov_error *err)
{
    gov_cell cells[MOST_FIELDS] = {{.type = GOV_CELL_NULL}};
    unsigned char given[MOST_FIELDS] = {0};
    gov_buffer key = GOV_BUFFER_INIT;
    set_text(of, cells, given, "source", source);
    set_text(of, cells, given, "kind", kind);
    set_text(of, cells, given, "field", field);
    int64_t place = gov_kind_find_field(of, "rank", 4);
    given[place] = rank > 0;
    cells[place] = (gov_cell){.type = GOV_CELL_INT, .integer = rank};
    gov_buffer_format(&key, "%s|%s|%s", source, kind, field);
    gov_record record = {.key = key.data, .key_size = key.size, .cells = cells, .given = given};
    gov_status status = key.broken ? gov_fail_memory(err) : gov_records_put(records, &record, put, err);
    gov_buffer_clear(&key);
    return status;
}

gov_status gov_authority_put(gov_store *store, gov_log *log, const char *source, const char *kind,
                             const char *field, int64_t rank, gov_put *put, gov_error *err)
{
    const gov_kind *of = NULL;
    gov_records *records = NULL;
    GOV_TRY(gov_kinds_need(&store->kinds, "authority", &of, err));
    if (of->count > MOST_FIELDS)
        return gov_fail(err, GOV_E_LIMIT, "authority has more than %d fields", MOST_FIELDS);
    GOV_TRY(gov_records_new(log, store, of, &records, err));
    gov_status status = put_row(records, of, source, kind, field, rank, put, err);
    gov_records_free(records);
    return status;
}
