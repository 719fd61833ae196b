/* reports.c - who reports, and about what: one person many times, or many about the same.
 *
 * The panel already sorts rows into series and sums them, so that a panel with the reporter among its series columns is
 * the list of (series, reporter) with their counts, sorted; another one with matter and reporter tells how many different
 * people stand behind each matter. What is left is to walk over stretches of equal labels. */
#include "base/struct.h"
#include "table/frame.h"
#include "trend/panel.h"
#include "trend/tree.h"

#include <math.h>

typedef struct figures {
    int64_t first; /* row of the labels */
    double reports;
    double unnamed;
    double reporters;
    double repeated; /* reports by those who reported more than once */
    double most_by_one;
    double matters;
    double shared; /* reports about matters that more than one reported */
    double most_on_one;
} figures;

typedef struct listing {
    gov_panel *panel;
    double *line;
    uint8_t *present;
} listing;

static void listing_clear(listing *l)
{
    gov_panel_free(l->panel);
    gov_free(l->line);
    gov_free(l->present);
}

/* The panel of one count a row with more columns behind those of its series. */
static gov_status listing_new(const gov_table *table, const gov_panel_options *options, const char *matter,
                              const char *reporter, listing *out, gov_error *err)
{
    enum { MORE = 2 };
    gov_panel_options o = *options;
    const char **names = gov_alloc(o.series_count + MORE, sizeof(*names));
    if (names == NULL)
        return gov_fail_memory(err);
    for (int64_t i = 0; i < o.series_count; i++)
        names[i] = o.series[i];
    if (matter != NULL)
        names[o.series_count++] = matter;
    names[o.series_count++] = reporter;
    o.series = names;
    o.value = NULL;
    o.gaps = GOV_GAPS_ZERO;
    gov_status status = gov_panel_new(table, &o, &out->panel, err);
    gov_free(names);
    GOV_TRY(status);
    out->line = gov_alloc(out->panel->periods, sizeof(double));
    out->present = gov_alloc(out->panel->periods, 1);
    return out->line != NULL && out->present != NULL ? GOV_OK : gov_fail_memory(err);
}

static double total(listing *l, int64_t series)
{
    double sum = 0;
    gov_cells_read(l->panel, series, l->line, l->present);
    for (int64_t t = 0; t < l->panel->periods; t++)
        sum += l->line[t];
    return sum;
}

/* Whether two rows agree in the first `columns` labels. */
static int alike(const gov_table *labels, int64_t a, int64_t b, int64_t columns)
{
    for (int64_t c = 0; c < columns; c++)
        if (gov_word_compare(gov_word_at(labels, a, c), gov_word_at(labels, b, c)) != 0)
            return 0;
    return 1;
}

/* Reporters of each series: rows of (series, reporter). */
static int64_t count_reporters(listing *l, int64_t columns, figures *all)
{
    int64_t count = 0;
    for (int64_t s = 0; s < l->panel->series; s++) {
        if (s == 0 || !alike(l->panel->labels, s - 1, s, columns))
            all[count++] = (figures){.first = s};
        figures *f = &all[count - 1];
        double reports = total(l, s);
        f->reports += reports;
        if (gov_word_at(l->panel->labels, s, columns).data == NULL) {
            f->unnamed += reports;
            continue;
        }
        f->reporters += 1;
        f->repeated += reports > 1 ? reports : 0;
        f->most_by_one = fmax(f->most_by_one, reports);
    }
    return count;
}

/* Matters of each series: rows of (series, matter, reporter). Reports without a matter are left out. */
static void count_matters(listing *l, int64_t columns, figures *all)
{
    const gov_table *labels = l->panel->labels;
    int64_t at = -1;
    for (int64_t first = 0, last; first < l->panel->series; first = last) {
        double reports = 0;
        double people = 0;
        for (last = first; last < l->panel->series && alike(labels, first, last, columns + 1); last++) {
            reports += total(l, last);
            people += gov_word_at(labels, last, columns + 1).data != NULL;
        }
        at += first == 0 || !alike(labels, first - 1, first, columns);
        if (gov_word_at(labels, first, columns).data == NULL)
            continue;
        all[at].matters += 1;
        all[at].shared += people > 1 ? reports : 0;
        all[at].most_on_one = fmax(all[at].most_on_one, people);
    }
}

static gov_status add_count(gov_frame *frame, const char *name, const figures *all,
                            double (*of)(const figures *f), gov_error *err)
{
    int64_t *counts;
    GOV_TRY(gov_frame_int64s(frame, name, &counts, err));
    for (int64_t i = 0; i < frame->rows; i++)
        counts[i] = (int64_t)of(&all[i]);
    return GOV_OK;
}

#define FIGURE(name)                          \
    static double name##_of(const figures *f) \
    {                                         \
        return f->name;                       \
    }
FIGURE(reports)
FIGURE(unnamed)
FIGURE(reporters)
FIGURE(most_by_one)
FIGURE(matters)
FIGURE(most_on_one)

static gov_status add_share(gov_frame *frame, const char *name, const figures *all, int shared,
                            gov_error *err)
{
    double *shares;
    GOV_TRY(gov_frame_doubles(frame, name, &shares, err));
    for (int64_t i = 0; i < frame->rows; i++) {
        double named = all[i].reports - all[i].unnamed;
        shares[i] = shared ? all[i].shared / all[i].reports : named > 0 ? all[i].repeated / named : NAN;
    }
    return GOV_OK;
}

static gov_status add_labels(gov_frame *frame, const gov_table *labels, int64_t columns, const figures *all,
                             gov_error *err)
{
    int64_t *rows = gov_alloc(frame->rows, sizeof(*rows));
    gov_status status = rows == NULL ? gov_fail_memory(err) : GOV_OK;
    for (int64_t i = 0; status == GOV_OK && i < frame->rows; i++)
        rows[i] = all[i].first;
    for (int64_t c = 0; status == GOV_OK && c < columns; c++)
        status = gov_frame_take(frame, labels, c, NULL, rows, err);
    gov_free(rows);
    return status;
}

static gov_status fill(gov_frame *frame, const gov_table *labels, int64_t columns, const figures *all,
                       int has_matters, gov_error *err)
{
    GOV_TRY(add_labels(frame, labels, columns, all, err));
    GOV_TRY(add_count(frame, "reports", all, reports_of, err));
    GOV_TRY(add_count(frame, "unnamed", all, unnamed_of, err));
    GOV_TRY(add_count(frame, "reporters", all, reporters_of, err));
    GOV_TRY(add_share(frame, "repeat_share", all, 0, err));
    GOV_TRY(add_count(frame, "most_by_one", all, most_by_one_of, err));
    if (!has_matters)
        return GOV_OK;
    GOV_TRY(add_count(frame, "matters", all, matters_of, err));
    GOV_TRY(add_share(frame, "shared_share", all, 1, err));
    return add_count(frame, "most_on_one", all, most_on_one_of, err);
}

gov_status gov_trend_reports(const gov_table *table, const gov_panel_options *options, const char *reporter,
                             const char *matter, gov_table **out, gov_error *err)
{
    gov_panel_options o;
    listing by_reporter = {NULL, NULL, NULL};
    listing by_matter = {NULL, NULL, NULL};
    figures *all = NULL;
    gov_status status = GOV_OK;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    if (table == NULL || reporter == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "a table, its column of reporters and a place are needed");
    o.struct_size = sizeof(o);
    int64_t columns = o.series_count;
    gov_frame frame = GOV_FRAME_INIT(0);
    GOV_TRY_OUT(listing_new(table, &o, NULL, reporter, &by_reporter, err));
    if (matter != NULL)
        GOV_TRY_OUT(listing_new(table, &o, matter, reporter, &by_matter, err));
    all = gov_alloc(by_reporter.panel->series, sizeof(*all));
    if (all == NULL) {
        status = gov_fail_memory(err);
        goto out;
    }
    frame.rows = count_reporters(&by_reporter, columns, all);
    if (matter != NULL)
        count_matters(&by_matter, columns, all);
    GOV_TRY_OUT(fill(&frame, by_reporter.panel->labels, columns, all, matter != NULL, err));
    status = gov_frame_finish(&frame, out, err);
out:
    gov_frame_clear(&frame);
    gov_free(all);
    listing_clear(&by_reporter);
    listing_clear(&by_matter);
    return status;
}
