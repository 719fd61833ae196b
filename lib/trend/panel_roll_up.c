/* panel_roll_up.c - series added up along a tree of areas.
 *
 * Every series contributes to its own area and to each one above: (area, series) pairs, sorted by what the new labels
 * will be, so that the contributions to one new series stand together and are added in one scratch line. As in
 * panel_build.c that is done twice: to learn how wide the cells must be, and to write them. */
#include "base/alloc.h"
#include "trend/panel.h"
#include "trend/tree.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64 };

typedef struct contribution {
    const struct roll_up *of;
    gov_word code;
    int64_t series;
} contribution;

typedef struct roll_up {
    const gov_panel *panel;
    int64_t label;
    gov_area_tree tree;
    contribution *parts;
    int64_t count;
    int64_t capacity;
    int64_t *starts; /* of each new series among the parts, and the end */
    int64_t series;
    double *line; /* one new series, its periods' states, and one that is added to it */
    double *one;
    uint8_t *present;
    uint8_t *one_present;
} roll_up;

static void roll_up_clear(roll_up *r)
{
    gov_area_tree_clear(&r->tree);
    gov_free(r->parts);
    gov_free(r->starts);
    gov_free(r->line);
    gov_free(r->one);
    gov_free(r->present);
    gov_free(r->one_present);
}

/* --- Contributions ----------------------------------------------------------------------------------------------- */

static gov_status contribute(roll_up *r, gov_word code, int64_t series, gov_error *err)
{
    void *parts = r->parts;
    GOV_TRY(gov_grow(&parts, &r->capacity, r->count + 1, sizeof(contribution), err));
    r->parts = parts;
    r->parts[r->count++] = (contribution){r, code, series};
    return GOV_OK;
}

static gov_status climb(roll_up *r, const gov_table *areas, int64_t codes, int64_t series, gov_error *err)
{
    gov_word own = gov_word_at(r->panel->labels, series, r->label);
    int64_t row = own.data == NULL ? -1 : gov_area_tree_row(&r->tree, own);
    if (row < 0)
        return gov_fail_word(err, GOV_E_REFERENCE, series, own, "the series' area is not among the areas");
    for (int depth = 0; row >= 0; row = r->tree.above[row]) {
        if (++depth > DEEPEST)
            return gov_fail_word(err, GOV_E_REFERENCE, row, gov_word_at(areas, row, codes),
                                 "the area is its own ancestor");
        GOV_TRY(contribute(r, gov_word_at(areas, row, codes), series, err));
    }
    return GOV_OK;
}

static gov_word label_of(const contribution *c, int64_t column)
{
    return column == c->of->label ? c->code : gov_word_at(c->of->panel->labels, c->series, column);
}

static int compare_labels(const contribution *a, const contribution *b)
{
    for (int64_t c = 0; c < gov_table_columns(a->of->panel->labels); c++) {
        int order = gov_word_compare(label_of(a, c), label_of(b, c));
        if (order != 0)
            return order;
    }
    return 0;
}

static int compare_contributions(const void *a, const void *b)
{
    const contribution *x = a;
    const contribution *y = b;
    int order = compare_labels(x, y);
    return order != 0 ? order : (x->series > y->series) - (x->series < y->series);
}

static gov_status sort_contributions(roll_up *r, gov_error *err)
{
    r->starts = gov_alloc(r->count + 1, sizeof(int64_t));
    if (r->starts == NULL)
        return gov_fail_memory(err);
    if (r->count > 0)
        qsort(r->parts, (size_t)r->count, sizeof(contribution), compare_contributions);
    for (int64_t i = 0; i < r->count; i++)
        if (i == 0 || compare_labels(&r->parts[i - 1], &r->parts[i]) != 0)
            r->starts[r->series++] = i;
    r->starts[r->series] = r->count;
    return GOV_OK;
}

/* --- Cells ------------------------------------------------------------------------------------------------------- */

static void add_up(roll_up *r, int64_t series)
{
    int64_t n = r->panel->periods;
    for (int64_t t = 0; t < n; t++) {
        r->line[t] = 0;
        r->present[t] = 1;
    }
    for (int64_t i = r->starts[series]; i < r->starts[series + 1]; i++) {
        gov_cells_read(r->panel, r->parts[i].series, r->one, r->one_present);
        for (int64_t t = 0; t < n; t++) {
            r->line[t] += r->one[t];
            r->present[t] &= r->one_present[t];
        }
    }
}

static gov_status fill_cells(roll_up *r, gov_panel *out, gov_error *err)
{
    int64_t n = out->periods;
    gov_cell_range range = GOV_CELL_RANGE_INIT;
    r->line = gov_alloc(n, sizeof(double));
    r->one = gov_alloc(n, sizeof(double));
    r->present = gov_alloc(n, 1);
    r->one_present = gov_alloc(n, 1);
    if (r->line == NULL || r->one == NULL || r->present == NULL || r->one_present == NULL)
        return gov_fail_memory(err);
    for (int64_t s = 0; s < out->series; s++) {
        add_up(r, s);
        gov_cells_measure(&range, r->line, r->present, n);
    }
    GOV_TRY(gov_cells_alloc(out, &range, err));
    for (int64_t s = 0; s < out->series; s++) {
        add_up(r, s);
        gov_cells_write(out, s, r->line, r->present);
    }
    return GOV_OK;
}

static gov_status add_labels(const roll_up *r, gov_table_builder *b, gov_error *err)
{
    int64_t columns = gov_table_columns(r->panel->labels);
    for (int64_t c = 0; c < columns; c++)
        GOV_TRY(gov_table_builder_add(b, gov_table_name(r->panel->labels, c), GOV_TYPE_UTF8, NULL, err));
    for (int64_t s = 0; s < r->series; s++) {
        for (int64_t c = 0; c < columns; c++) {
            gov_word t = label_of(&r->parts[r->starts[s]], c);
            GOV_TRY(t.data == NULL ? gov_table_builder_null(b, c, err)
                                   : gov_table_builder_text(b, c, t.data, t.size, err));
        }
    }
    return GOV_OK;
}

static gov_status make_labels(const roll_up *r, gov_table **out, gov_error *err)
{
    gov_table_builder *builder = NULL;
    GOV_TRY(gov_table_builder_new(&builder, err));
    gov_status status = add_labels(r, builder, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(builder, out, err);
    gov_table_builder_free(builder);
    return status;
}

static gov_status copy_days(const gov_panel *from, gov_panel *to, gov_error *err)
{
    if (from->days == NULL)
        return GOV_OK;
    to->days = gov_alloc(from->periods + 1, sizeof(int32_t));
    if (to->days == NULL)
        return gov_fail_memory(err);
    memcpy(to->days, from->days, (size_t)(from->periods + 1) * sizeof(int32_t));
    return GOV_OK;
}

static gov_status make_panel(roll_up *r, const gov_table *areas, const char *code, const char *parent,
                             gov_panel *out, gov_error *err)
{
    int64_t codes;
    GOV_TRY(gov_area_tree_read(areas, code, parent, &r->tree, err));
    GOV_TRY(gov_table_find(areas, code, &codes, err));
    for (int64_t s = 0; s < r->panel->series; s++)
        GOV_TRY(climb(r, areas, codes, s, err));
    GOV_TRY(sort_contributions(r, err));
    out->frequency = r->panel->frequency;
    out->first = r->panel->first;
    out->periods = r->panel->periods;
    out->series = r->series;
    GOV_TRY(copy_days(r->panel, out, err));
    GOV_TRY(fill_cells(r, out, err));
    return make_labels(r, &out->labels, err);
}

gov_status gov_panel_roll_up(const gov_panel *panel, const char *label, const gov_table *areas,
                             const char *code, const char *parent, gov_panel **out, gov_error *err)
{
    roll_up r = {.panel = panel};
    if (panel == NULL || label == NULL || areas == NULL || code == NULL || parent == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "a roll-up needs a panel, its label column, areas and their columns");
    GOV_TRY(gov_table_find(panel->labels, label, &r.label, err));
    gov_panel *made = gov_alloc_zero(1, sizeof(*made));
    if (made == NULL)
        return gov_fail_memory(err);
    gov_status status = make_panel(&r, areas, code, parent, made, err);
    roll_up_clear(&r);
    if (status != GOV_OK) {
        gov_panel_free(made);
        return status;
    }
    *out = made;
    return GOV_OK;
}
