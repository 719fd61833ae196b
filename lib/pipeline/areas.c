/* areas.c - the area of each record's grid, taken from the table of grids by row. */
#include "govcore/pipeline/areas.h"
#include "base/alloc.h"
#include "pipeline/grids.h"
#include "table/frame.h"

static gov_status find_areas(const gov_grids *grids, const gov_table *records, const char *grid,
                             int64_t *areas, gov_error *err)
{
    int64_t column;
    GOV_TRY(gov_table_find(records, grid, &column, err));
    for (int64_t i = 0; i < gov_table_rows(records); i++) {
        const char *code;
        int64_t size;
        GOV_TRY(gov_table_text(records, i, column, &code, &size, err));
        int64_t row = gov_grids_find(grids, code, size);
        if (code != NULL && row < 0)
            return gov_fail_at(err, GOV_E_REFERENCE, GOV_AT_ROW(i, grid), "%.*s is not among the grids",
                               (int)(size < 40 ? size : 40), code);
        areas[i] = row < 0 ? -1 : gov_grids_area(grids, row);
    }
    return GOV_OK;
}

static gov_status join(const gov_table *records, const gov_table *grids, const int64_t *areas,
                       const char *name, gov_table **out, gov_error *err)
{
    int64_t code = 0;
    gov_frame frame = GOV_FRAME_INIT(gov_table_rows(records));
    gov_status status = gov_table_find(grids, "code", &code, err);
    for (int64_t j = 0; j < gov_table_columns(records) && status == GOV_OK; j++)
        status = gov_frame_pass(&frame, records, j, NULL, err);
    if (status == GOV_OK)
        status = gov_frame_take(&frame, grids, code, name, areas, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    return status;
}

gov_status gov_areas_join(const gov_table *records, const char *grid, const gov_table *grids,
                          const char *level, const char *name, gov_table **out, gov_error *err)
{
    if (records == NULL || grid == NULL || grids == NULL || level == NULL || name == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "all arguments must be given");
    gov_grids *tree = NULL;
    GOV_TRY(gov_grids_new(grids, level, &tree, err));
    int64_t *areas = gov_alloc(gov_table_rows(records), sizeof(*areas));
    gov_status status = areas == NULL ? gov_fail_memory(err) : find_areas(tree, records, grid, areas, err);
    if (status == GOV_OK)
        status = join(records, grids, areas, name, out, err);
    gov_free(areas);
    gov_grids_free(tree);
    return status;
}
