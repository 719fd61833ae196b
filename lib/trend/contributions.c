/* contributions.c - which parts of an area drive its rise.
 *
 * Expectations of a detector do not add up: that of a street is not the sum of those of its committees, each of which
 * is judged by its own, smaller past. So the parent's expectation is shared out among its parts by what each had in the
 * baseline that the detector used, and the excesses of the parts sum to the parent's by construction. */
#include "table/bits.h"
#include "trend/analyze.h"
#include "trend/tree.h"

#include <math.h>
#include <stdlib.h>

/* A series and its place in the tree. */
typedef struct node {
    const struct tree_work *of;
    int64_t series;
    int64_t row; /* of its area */
} node;

/* A part of a parent: a child's series, or what the parent has itself (child -1). */
typedef struct part {
    int64_t parent;
    int64_t child;
    double observed;
    double baseline; /* its sum over the parent's baseline */
    double expected;
    double excess;
    int drives;
} part;

typedef struct tree_work {
    const gov_panel *panel;
    const gov_finding *findings;
    int64_t label;
    gov_area_tree tree;
    node *nodes;     /* sorted by the other labels, then the area */
    int64_t *parent; /* of each series; -1: none */
    part *parts;     /* by parent, then child; what the parent has itself stands last */
    int64_t count;
    double *line; /* scratch: one series */
    uint8_t *present;
} tree_work;

static void work_clear(tree_work *w)
{
    gov_area_tree_clear(&w->tree);
    gov_free(w->nodes);
    gov_free(w->parent);
    gov_free(w->parts);
    gov_free(w->line);
    gov_free(w->present);
}

/* --- Who belongs to whom --------------------------------------------------------------------------------------- */

static int compare_nodes(const void *a, const void *b)
{
    const node *x = a;
    const node *y = b;
    const tree_work *w = x->of;
    for (int64_t c = 0; c < gov_table_columns(w->panel->labels); c++) {
        int order = c == w->label ? 0
                                  : gov_word_compare(gov_word_at(w->panel->labels, x->series, c),
                                                     gov_word_at(w->panel->labels, y->series, c));
        if (order != 0)
            return order;
    }
    return (x->row > y->row) - (x->row < y->row);
}

static gov_status place_series(tree_work *w, gov_error *err)
{
    int64_t series = w->panel->series;
    w->nodes = gov_alloc(series, sizeof(node));
    w->parent = gov_alloc(series, sizeof(int64_t));
    if (w->nodes == NULL || w->parent == NULL)
        return gov_fail_memory(err);
    for (int64_t s = 0; s < series; s++) {
        gov_word code = gov_word_at(w->panel->labels, s, w->label);
        int64_t row = code.data == NULL ? -1 : gov_area_tree_row(&w->tree, code);
        if (row < 0)
            return gov_fail_word(err, GOV_E_REFERENCE, s, code, "the series' area is not among the areas");
        w->nodes[s] = (node){w, s, row};
        w->parent[s] = row; /* until the nodes are sorted */
    }
    if (series > 0)
        qsort(w->nodes, (size_t)series, sizeof(node), compare_nodes);
    for (int64_t s = 0; s < series; s++) {
        const node key = {w, s, w->tree.above[w->parent[s]]};
        const node *found =
            key.row < 0 ? NULL : bsearch(&key, w->nodes, (size_t)series, sizeof(node), compare_nodes);
        w->parent[s] = found == NULL ? -1 : found->series;
    }
    return GOV_OK;
}

/* --- Parts ----------------------------------------------------------------------------------------------------- */

static int compare_parts(const void *a, const void *b)
{
    const part *x = a;
    const part *y = b;
    if (x->parent != y->parent)
        return x->parent < y->parent ? -1 : 1;
    if (x->child < 0 || y->child < 0)
        return (x->child < 0) - (y->child < 0);
    return (x->child > y->child) - (x->child < y->child);
}

/* Only parents that were judged have an excess to share out. */
static int is_judged(const tree_work *w, int64_t series)
{
    return series >= 0 && w->findings[series].alarm_reason == GOV_REASON_NONE;
}

static gov_status list_parts(tree_work *w, gov_error *err)
{
    int64_t series = w->panel->series;
    w->parts = gov_alloc_zero(2 * series, sizeof(part));
    uint8_t *has_children = gov_alloc_zero(series, 1);
    if (w->parts == NULL || has_children == NULL) {
        gov_free(has_children);
        return gov_fail_memory(err);
    }
    for (int64_t s = 0; s < series; s++)
        if (is_judged(w, w->parent[s])) {
            w->parts[w->count++] = (part){.parent = w->parent[s], .child = s};
            has_children[w->parent[s]] = 1;
        }
    for (int64_t s = 0; s < series; s++)
        if (has_children[s])
            w->parts[w->count++] = (part){.parent = s, .child = -1};
    gov_free(has_children);
    if (w->count > 0)
        qsort(w->parts, (size_t)w->count, sizeof(part), compare_parts);
    return GOV_OK;
}

/* The last value of a series and its sum over the baseline of its parent. */
static void measure(tree_work *w, int64_t series, const gov_finding *parent, double *observed,
                    double *baseline)
{
    gov_cells_read(w->panel, series, w->line, w->present);
    *observed = w->present[w->panel->periods - 1] ? w->line[w->panel->periods - 1] : 0;
    *baseline = 0;
    for (int64_t t = parent->baseline_first; t <= parent->baseline_last; t++)
        *baseline += w->present[t] ? w->line[t] : 0;
}

static int by_excess(const void *a, const void *b)
{
    const part *x = *(const part *const *)a;
    const part *y = *(const part *const *)b;
    if (x->excess != y->excess)
        return x->excess > y->excess ? -1 : 1;
    return compare_parts(x, y);
}

/* The fewest parts that together have at least half of the rise. */
static gov_status mark_drivers(part *parts, int64_t count, double excess, gov_error *err)
{
    part **order = gov_alloc(count, sizeof(*order));
    if (order == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < count; i++)
        order[i] = &parts[i];
    qsort(order, (size_t)count, sizeof(*order), by_excess);
    double sum = 0;
    for (int64_t i = 0; i < count && sum < excess / 2; i++) {
        order[i]->drives = 1;
        sum += order[i]->excess;
    }
    gov_free(order);
    return GOV_OK;
}

/* The parts of one parent; the last is what it has itself: its own less what its children have. */
static gov_status share_out(tree_work *w, part *parts, int64_t count, gov_error *err)
{
    const gov_finding *f = &w->findings[parts[0].parent];
    double all;
    part *own = &parts[count - 1];
    measure(w, own->parent, f, &own->observed, &own->baseline);
    all = own->baseline;
    for (int64_t i = 0; i < count - 1; i++) {
        measure(w, parts[i].child, f, &parts[i].observed, &parts[i].baseline);
        own->observed -= parts[i].observed;
        own->baseline -= parts[i].baseline;
    }
    for (int64_t i = 0; i < count; i++) {
        double share = all > 0 ? parts[i].baseline / all : 1 / (double)count;
        parts[i].expected = f->expected * share;
        parts[i].excess = parts[i].observed - parts[i].expected;
    }
    return mark_drivers(parts, count, f->observed - f->expected, err);
}

static gov_status find_parts(tree_work *w, gov_error *err)
{
    w->line = gov_alloc(w->panel->periods, sizeof(double));
    w->present = gov_alloc(w->panel->periods, 1);
    if (w->line == NULL || w->present == NULL)
        return gov_fail_memory(err);
    GOV_TRY(place_series(w, err));
    GOV_TRY(list_parts(w, err));
    for (int64_t first = 0, last; first < w->count; first = last) {
        for (last = first; last < w->count && w->parts[last].parent == w->parts[first].parent;)
            last++;
        GOV_TRY(share_out(w, w->parts + first, last - first, err));
    }
    return GOV_OK;
}

/* --- The table ------------------------------------------------------------------------------------------------- */

static gov_status add_bools(gov_frame *frame, const tree_work *w, const char *name, int drives,
                            gov_error *err)
{
    void *bits;
    GOV_TRY(gov_frame_add(frame, name, GOV_TYPE_BOOL, &bits, NULL, err));
    for (int64_t i = 0; i < w->count; i++)
        if (drives ? w->parts[i].drives : w->findings[w->parts[i].parent].alarm)
            gov_bit_set(bits, i);
    return GOV_OK;
}

static gov_status add_labels(gov_frame *frame, const tree_work *w, gov_error *err)
{
    int64_t *rows = gov_alloc(2 * w->count, sizeof(*rows));
    if (rows == NULL)
        return gov_fail_memory(err);
    int64_t *children = rows + w->count;
    for (int64_t i = 0; i < w->count; i++) {
        rows[i] = w->parts[i].parent;
        children[i] = w->parts[i].child;
    }
    gov_status status = GOV_OK;
    for (int64_t c = 0; status == GOV_OK && c < gov_table_columns(w->panel->labels); c++)
        status = gov_frame_take(frame, w->panel->labels, c, NULL, rows, err);
    if (status == GOV_OK)
        status = gov_frame_take(frame, w->panel->labels, w->label, "child", children, err);
    gov_free(rows);
    return status;
}

static gov_status tabulate(const tree_work *w, gov_table **out, gov_error *err)
{
    gov_frame frame = GOV_FRAME_INIT(w->count);
    double *columns[4];
    static const char *const names[] = {"observed", "expected", "excess", "share"};
    gov_status status = add_labels(&frame, w, err);
    for (int k = 0; status == GOV_OK && k < 4; k++)
        status = gov_frame_doubles(&frame, names[k], &columns[k], err);
    for (int64_t i = 0; status == GOV_OK && i < w->count; i++) {
        const part *p = &w->parts[i];
        double excess = w->findings[p->parent].observed - w->findings[p->parent].expected;
        columns[0][i] = p->observed;
        columns[1][i] = p->expected;
        columns[2][i] = p->excess;
        columns[3][i] = excess > 0 ? p->excess / excess : NAN;
    }
    if (status == GOV_OK)
        status = add_bools(&frame, w, "drives", 1, err);
    if (status == GOV_OK)
        status = add_bools(&frame, w, "alarm", 0, err);
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    return status;
}

gov_status gov_trend_contributions(const gov_panel *panel, const char *label, const gov_table *areas,
                                   const char *code, const char *parent, const gov_trend_options *options,
                                   gov_table **out, gov_error *err)
{
    gov_analysis a;
    tree_work w = {.panel = panel};
    gov_finding *findings = NULL;
    if (panel == NULL || label == NULL || areas == NULL || code == NULL || parent == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT,
                        "contributions need a panel, its label column, areas and their columns");
    GOV_TRY(gov_analysis_of(panel, options, &a, err));
    GOV_TRY(gov_table_find(panel->labels, label, &w.label, err));
    gov_status status = gov_area_tree_read(areas, code, parent, &w.tree, err);
    a.o.wide = 0;
    if (status == GOV_OK)
        status = gov_findings_new(&a, &findings, err);
    w.findings = findings;
    if (status == GOV_OK)
        status = find_parts(&w, err);
    if (status == GOV_OK)
        status = tabulate(&w, out, err);
    work_clear(&w);
    gov_free(findings);
    return status;
}
