/* report_data.c - areas and their counts. Areas are sorted by code, so that a lookup is a binary search and
 * the page does not depend on the order of the tables. */
#include "pipeline/report_data.h"
#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

gov_status gov_report_text(const gov_table *table, const char *column, int64_t row, gov_report_cell *cell,
                           gov_error *err)
{
    int64_t at;
    GOV_TRY(gov_table_find(table, column, &at, err));
    cell->size = 0;
    return gov_table_text(table, row, at, &cell->text, &cell->size, err);
}

int gov_report_same(gov_report_cell a, const char *text)
{
    return a.text != NULL && (size_t)a.size == strlen(text) && memcmp(a.text, text, (size_t)a.size) == 0;
}

gov_status gov_report_numbers(const gov_table *table, const char *column, double **values, uint8_t **valid,
                              gov_error *err)
{
    int64_t at;
    int64_t rows = gov_table_rows(table);
    GOV_TRY(gov_table_find(table, column, &at, err));
    double *numbers = gov_alloc(rows, sizeof(*numbers));
    uint8_t *bits = gov_alloc(rows, 1);
    gov_status status = numbers != NULL && bits != NULL
                            ? gov_table_copy_doubles(table, at, 0, rows, numbers, bits, err)
                            : gov_fail_memory(err);
    if (status != GOV_OK) {
        gov_free(numbers);
        gov_free(bits);
        return status;
    }
    *values = numbers;
    *valid = bits;
    return GOV_OK;
}

/* --- Areas ------------------------------------------------------------------------------------------------ */

static int compare_cells(gov_report_cell a, gov_report_cell b)
{
    int64_t least = a.size < b.size ? a.size : b.size;
    int order = least > 0 ? memcmp(a.text, b.text, (size_t)least) : 0;
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static int compare_areas(const void *a, const void *b)
{
    return compare_cells(((const gov_report_area *)a)->code, ((const gov_report_area *)b)->code);
}

int64_t gov_report_find_area(const gov_report_areas *areas, gov_report_cell code)
{
    int64_t low = 0;
    int64_t high = areas->count;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (compare_cells(areas->items[middle].code, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < areas->count && compare_cells(areas->items[low].code, code) == 0 ? low : -1;
}

int64_t gov_report_shown_above(const gov_report_areas *areas, int64_t index)
{
    for (int steps = 0; index >= 0 && steps < 64; steps++) {
        if (areas->items[index].is_shown)
            return index;
        index = areas->items[index].parent;
    }
    return -1;
}

int gov_report_shade(const gov_report_areas *areas, double m0)
{
    double place = areas->scale > 0 ? 6.0 * m0 / areas->scale : 0.0;
    return place < 0 ? 0 : place >= 6 ? 5 : (int)place;
}

static gov_status read_grids(const gov_report_input *input, gov_report_areas *out, gov_error *err)
{
    int shown = 0;
    for (int64_t i = 0; i < out->count; i++) {
        gov_report_cell level;
        GOV_TRY(gov_report_text(input->grids, "code", i, &out->items[i].code, err));
        GOV_TRY(gov_report_text(input->grids, "name", i, &out->items[i].name, err));
        GOV_TRY(gov_report_text(input->grids, "level", i, &level, err));
        out->items[i].is_shown = gov_report_same(level, input->level);
        out->items[i].parent = i;
        shown |= out->items[i].is_shown;
    }
    return shown ? GOV_OK
                 : gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(input->level), "no grid has this level");
}

/* After sorting: `parent` still holds the row of the grid, and becomes the index of its parent. */
static gov_status link_parents(const gov_report_input *input, gov_report_areas *out, gov_error *err)
{
    for (int64_t i = 0; i < out->count; i++) {
        gov_report_cell parent;
        GOV_TRY(gov_report_text(input->grids, "parent", out->items[i].parent, &parent, err));
        out->items[i].parent = parent.text != NULL ? gov_report_find_area(out, parent) : -1;
    }
    return GOV_OK;
}

/* Tiers from the lowest up. One that begins at 0 is the place below all cut-offs, as is a model's lack of one. */
static gov_status read_tiers(gov_report_areas *out, gov_error *err)
{
    double *rank = NULL, *at = NULL;
    uint8_t *has_rank = NULL, *has_at = NULL;
    gov_status status;
    int64_t count = gov_table_rows(out->tiers);
    if (count >= GOV_REPORT_TIERS)
        return gov_fail(err, GOV_E_LIMIT, "the report tells at most %d tiers apart", GOV_REPORT_TIERS - 1);
    GOV_TRY_OUT(gov_report_numbers(out->tiers, "rank", &rank, &has_rank, err));
    GOV_TRY_OUT(gov_report_numbers(out->tiers, "at_num", &at, &has_at, err));
    out->rows[0] = -1;
    for (int64_t step = 0; step <= count; step++)
        for (int64_t i = 0; i < count; i++)
            if ((int64_t)rank[i] == step)
                out->rows[at[i] > 0 ? ++out->tier_count : 0] = i;
out:
    gov_free(rank);
    gov_free(at);
    gov_free(has_rank);
    gov_free(has_at);
    return status;
}

int64_t gov_report_tier_place(const gov_report_areas *areas, gov_report_cell tier)
{
    for (int64_t place = 1; place <= areas->tier_count; place++) {
        gov_report_cell id = {NULL, 0};
        if (gov_report_text(areas->tiers, "id", areas->rows[place], &id, NULL) == GOV_OK &&
            compare_cells(id, tier) == 0)
            return place;
    }
    return 0;
}

static void add_household(gov_report_area *area, int64_t place, int verify, int refused)
{
    area->households++;
    area->refused += refused;
    area->verify += verify;
    if (!refused)
        area->tiers[place]++;
}

static gov_status count_one(const gov_report_input *input, gov_report_areas *out, int64_t row, gov_error *err)
{
    gov_report_cell grid, tier, high;
    GOV_TRY(gov_report_text(input->scores, "grid", row, &grid, err));
    GOV_TRY(gov_report_text(input->scores, "tier", row, &tier, err));
    GOV_TRY(gov_report_text(input->scores, "tier_high", row, &high, err));
    int64_t at = grid.text != NULL ? gov_report_find_area(out, grid) : -1;
    if (at < 0)
        return gov_fail_at(err, GOV_E_REFERENCE, GOV_AT_ROW(row, "grid"),
                           "the score's grid is not among the grids");
    int refused = tier.text == NULL;
    int verify = !refused && compare_cells(tier, high) != 0;
    int64_t place = refused ? 0 : gov_report_tier_place(out, tier);
    add_household(&out->total, place, verify, refused);
    for (int steps = 0; at >= 0 && steps < 64; steps++, at = out->items[at].parent)
        add_household(&out->items[at], place, verify, refused);
    return GOV_OK;
}

/* --- Measures --------------------------------------------------------------------------------------------- */

static void set_measure(gov_report_area *area, double h, double a, int has_a, double m0)
{
    area->measured = 1;
    area->h = h;
    area->a = has_a ? a : NAN;
    area->m0 = m0;
}

static gov_status join_measures(const gov_report_input *input, const gov_table *summary,
                                gov_report_areas *out, gov_error *err)
{
    double *h = NULL, *a = NULL, *m0 = NULL;
    uint8_t *has_h = NULL, *has_a = NULL, *has_m0 = NULL;
    gov_status status;
    GOV_TRY_OUT(gov_report_numbers(summary, "H", &h, &has_h, err));
    GOV_TRY_OUT(gov_report_numbers(summary, "A", &a, &has_a, err));
    GOV_TRY_OUT(gov_report_numbers(summary, "M0", &m0, &has_m0, err));
    for (int64_t i = 0; i < gov_table_rows(summary); i++) {
        gov_report_cell group, k;
        GOV_TRY_OUT(gov_report_text(summary, "k", i, &k, err));
        GOV_TRY_OUT(gov_report_text(summary, "group", i, &group, err));
        if (!gov_report_same(k, input->k != NULL ? input->k : "1/3") || !has_h[i] || !has_m0[i])
            continue;
        int64_t at = group.text != NULL ? gov_report_find_area(out, group) : -1;
        if (group.text == NULL)
            set_measure(&out->total, h[i], a[i], has_a[i], m0[i]);
        else if (at >= 0)
            set_measure(&out->items[at], h[i], a[i], has_a[i], m0[i]);
    }
out:
    gov_free(h);
    gov_free(a);
    gov_free(m0);
    gov_free(has_h);
    gov_free(has_a);
    gov_free(has_m0);
    return status;
}

/* The scale ends at a round figure at or above the largest M0 of the areas that are compared. */
static void set_scale(gov_report_areas *out)
{
    double largest = 0;
    for (int64_t i = 0; i < out->count; i++)
        if (out->items[i].is_shown && out->items[i].measured && out->items[i].m0 > largest)
            largest = out->items[i].m0;
    out->scale = ceil(largest / 0.03 - 1e-9) * 0.03;
}

static gov_status fill(const gov_report_input *input, gov_report_areas *out, gov_error *err)
{
    GOV_TRY(gov_need_model_table(input->model, GOV_NEED_TIERS, NULL, &out->tiers, err));
    GOV_TRY(read_tiers(out, err));
    GOV_TRY(read_grids(input, out, err));
    qsort(out->items, (size_t)out->count, sizeof(*out->items), compare_areas);
    GOV_TRY(link_parents(input, out, err));
    for (int64_t row = 0; row < gov_table_rows(input->scores); row++)
        GOV_TRY(count_one(input, out, row, err));
    if (input->by_grid != NULL)
        GOV_TRY(join_measures(input, gov_need_measures_summary(input->by_grid), out, err));
    GOV_TRY(join_measures(input, gov_need_measures_summary(input->by_area), out, err));
    set_scale(out);
    return GOV_OK;
}

gov_status gov_report_areas_new(const gov_report_input *input, gov_report_areas *out, gov_error *err)
{
    gov_report_areas areas = {.count = gov_table_rows(input->grids)};
    areas.items = gov_alloc_zero(areas.count, sizeof(*areas.items));
    if (areas.items == NULL)
        return gov_fail_memory(err);
    gov_status status = fill(input, &areas, err);
    if (status != GOV_OK) {
        gov_report_areas_free(&areas);
        return status;
    }
    *out = areas;
    return GOV_OK;
}

void gov_report_areas_free(gov_report_areas *areas)
{
    gov_free(areas->items);
    gov_table_free(areas->tiers);
    areas->items = NULL;
    areas->tiers = NULL;
}
