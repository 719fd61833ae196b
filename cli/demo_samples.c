/* demo_samples.c - chooses the households that are explained: the highest score, one just above a third, one in which little is
 * missing and would decide, one just below all tiers. */
#include "demo.h"
#include "rows.h"

#include <math.h>
#include <string.h>

typedef struct sample {
    double score, high;
    int has;
} sample;

static sample read_sample(const gov_table *scores, int64_t row)
{
    sample s = {0, 0, 0};
    s.has =
        cli_number_at(scores, row, "score", &s.score) && cli_number_at(scores, row, "score_high", &s.high);
    return s;
}

/* How well a household serves as example `kind`; negative: not at all. */
static double suits(sample s, int kind)
{
    double third = 1.0 / 3.0;
    int known = s.high <= s.score;
    switch (kind) {
    case 0:
        return known ? s.score : -1;
    case 1:
        return known && s.score >= third ? 1 - s.score : -1;
    case 2:
        return s.score >= 0.2 && s.score < third && s.high >= third ? 1 - (s.high - s.score) : -1;
    default:
        return known && s.score < 0.2 ? s.score : -1;
    }
}

static int64_t choose(const gov_table *scores, int kind)
{
    int64_t best = -1;
    double most = -1;
    for (int64_t row = 0; row < gov_table_rows(scores); row++) {
        sample s = read_sample(scores, row);
        double now = s.has ? suits(s, kind) : -1;
        if (now > most) {
            most = now;
            best = row;
        }
    }
    return best;
}

static gov_status explain_one(demo *d, gov_table_builder *list, int64_t row)
{
    gov_need_options options = GOV_NEED_OPTIONS_INIT;
    char id[128], grid[64];
    options.as_of = d->as_of;
    cli_text_at(d->scores, row, "household", id, sizeof(id));
    cli_text_at(d->scores, row, "grid", grid, sizeof(grid));
    int64_t at = cli_find_row(d->households, "household", id);
    gov_status status = gov_need_explain(d->model, d->households, at, &options,
                                         &d->explanations[d->explanation_count], d->err);
    if (status == GOV_OK) {
        d->explanation_count++;
        status = gov_table_builder_text(list, 0, id, -1, d->err);
    }
    if (status == GOV_OK)
        status = gov_table_builder_text(list, 1, grid, -1, d->err);
    if (status == GOV_OK)
        status = gov_table_builder_int64(list, 2, row, d->err);
    return status;
}

gov_status demo_explain(demo *d)
{
    gov_table_builder *list = NULL;
    gov_status status = gov_table_builder_new(&list, d->err);
    if (status == GOV_OK)
        status = gov_table_builder_add(list, "household", GOV_TYPE_UTF8, NULL, d->err);
    if (status == GOV_OK)
        status = gov_table_builder_add(list, "grid", GOV_TYPE_UTF8, NULL, d->err);
    if (status == GOV_OK)
        status = gov_table_builder_add(list, "row", GOV_TYPE_INT64, NULL, d->err);
    for (int kind = 0; kind < DEMO_EXPLAINED && status == GOV_OK; kind++) {
        int64_t row = choose(d->scores, kind);
        if (row >= 0)
            status = explain_one(d, list, row);
    }
    if (status == GOV_OK)
        status = gov_table_builder_finish(list, &d->explained, d->err);
    gov_table_builder_free(list);
    return status;
}
