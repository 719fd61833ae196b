/* lineage.c - reading the lineage. */
#include "store/lineage.h"
#include "store/view.h"

static gov_status read_rows(gov_lineage *lineage, gov_stmt *stmt, gov_error *err)
{
    int row = 0;
    int64_t room = 0;
    gov_status status;
    while ((status = gov_stmt_step(stmt, &row, err)) == GOV_OK && row) {
        gov_cell share;
        room = room == 0 ? gov_stmt_get_int(stmt, 4) : room;
        if (lineage->list == NULL)
            lineage->list = gov_arena_alloc(&lineage->arena, room, sizeof(gov_descent));
        if (lineage->list == NULL)
            return gov_fail_memory(err);
        GOV_TRY(gov_stmt_check_room(lineage->count, room, err));
        for (int i = 0; i < 3; i++)
            if (gov_stmt_get_text(stmt, i) == NULL)
                return gov_fail_at(err, GOV_E_CORRUPT, GOV_AT_NAME("lineage"),
                                   "a descent lacks a grid or its day");
        gov_descent *d = &lineage->list[lineage->count++];
        d->from = gov_arena_text(&lineage->arena, gov_stmt_get_text(stmt, 0), -1);
        d->to = gov_arena_text(&lineage->arena, gov_stmt_get_text(stmt, 1), -1);
        d->date = gov_arena_text(&lineage->arena, gov_stmt_get_text(stmt, 2), -1);
        gov_stmt_get(stmt, 3, &share);
        d->share = share.type == GOV_CELL_REAL ? share.real : (double)share.integer;
        d->to_lived = gov_stmt_get_int(stmt, 5) != 0;
        if (d->from == NULL || d->to == NULL || d->date == NULL)
            return gov_fail_memory(err);
    }
    return status;
}

gov_status gov_lineage_load(gov_store *store, gov_lineage *out, gov_error *err)
{
    gov_lineage lineage = {GOV_ARENA_INIT, NULL, 0};
    gov_stmt *stmt = NULL;
    gov_buffer sql = GOV_BUFFER_INIT;
    gov_buffer_text(
        &sql,
        "SELECT from_grid, to_grid, on_date, coalesce(share, 1.0 / (SELECT count(*) FROM main." GOV_KIND_TABLE
        "lineage WHERE from_grid = l.from_grid AND on_date = l.on_date AND ");
    gov_view_known(&store->views, &sql);
    gov_buffer_text(&sql,
                    ")), count(*) OVER (), EXISTS (SELECT 1 FROM main." GOV_KIND_TABLE
                    "grid WHERE key = l.to_grid AND valid_from < l.on_date AND valid_to >= l.on_date AND ");
    gov_view_known(&store->views, &sql);
    gov_buffer_text(&sql, ") FROM temp.lineage l ORDER BY on_date, from_grid, to_grid");
    gov_buffer_char(&sql, '\0');
    gov_status status = sql.broken ? gov_fail_memory(err) : gov_db_prepare(store->db, sql.data, &stmt, err);
    gov_buffer_clear(&sql);
    if (status == GOV_OK)
        status = read_rows(&lineage, stmt, err);
    gov_stmt_free(stmt);
    if (status != GOV_OK) {
        gov_lineage_clear(&lineage);
        return status;
    }
    *out = lineage;
    return GOV_OK;
}

void gov_lineage_clear(gov_lineage *lineage)
{
    gov_arena_clear(&lineage->arena);
}
