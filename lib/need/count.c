/* count.c - reading the options of a measurement. */
#include "need/measure.h"

#include <string.h>

/* Squares of scores are summed over all weights in 126 bits: 2 × 24 for the square, 40 for the unit of a weight,
 * 38 for the sum of the weights. */
enum { LARGEST_DENOMINATOR = 1 << 24 };

gov_status gov_need_cutoffs_read(const char *k, gov_rational *cutoffs, int64_t *count, gov_error *err)
{
    *count = 0;
    while (*k != '\0') {
        int64_t size = (int64_t)strcspn(k, ",");
        gov_rational r = {0, 1};
        if (!gov_rational_parse(k, size, &r) || r.num == 0 || r.num > r.den)
            return gov_fail_at(err, GOV_E_FORMAT, GOV_AT_NAME("k"),
                               "k: '%.*s' is not an exact fraction above 0 and at most 1, such as 1/3",
                               (int)size, k);
        if (*count == GOV_NEED_MOST_CUTOFFS)
            return gov_fail_at(err, GOV_E_LIMIT, GOV_AT_NAME("k"), "k: at most %d cut-offs",
                               GOV_NEED_MOST_CUTOFFS);
        cutoffs[(*count)++] = r;
        k += size + (k[size] == ',');
    }
    if (*count == 0)
        return gov_fail_at(err, GOV_E_FORMAT, GOV_AT_NAME("k"), "k: at least one cut-off is needed");
    return GOV_OK;
}

gov_status gov_need_count_open(gov_need_count *c, const gov_table *table,
                               const gov_need_measure_options *options, const char *k, gov_error *err)
{
    gov_need_measure_options o = GOV_NEED_MEASURE_OPTIONS_INIT;
    if (options != NULL && options->struct_size != sizeof(o))
        return gov_fail(err, GOV_E_ARGUMENT,
                        "options.struct_size is not that of GOV_NEED_MEASURE_OPTIONS_INIT");
    if (options != NULL)
        o = *options;
    if (o.level <= 0 && o.level >= 0)
        o.level = 0.95;
    if (o.missing < 0 || o.missing > 2 || o.single_unit < 0 || o.single_unit > 2 ||
        !(o.level > 0 && o.level < 1))
        return gov_fail(err, GOV_E_ARGUMENT,
                        "missing and single_unit are 0, 1 or 2, level lies between 0 and 1");
    if (c->denominator > LARGEST_DENOMINATOR)
        return gov_fail(err, GOV_E_LIMIT, "measures need a common denominator of the weights up to 2^24");
    c->missing = o.missing;
    c->single = o.single_unit;
    c->level = o.level;
    c->has_units = o.units != NULL;
    c->by_group = o.by != NULL;
    GOV_TRY(gov_need_cutoffs_read(o.k == NULL ? k : o.k, c->cutoffs, &c->cutoff_count, err));
    GOV_TRY(gov_need_labels_of(table, o.by, &c->groups, err));
    GOV_TRY(gov_need_labels_of(table, o.strata, &c->strata, err));
    return gov_need_labels_of(table, o.units, &c->units, err);
}

void gov_need_count_close(gov_need_count *c)
{
    gov_need_labels_clear(&c->groups);
    gov_need_labels_clear(&c->strata);
    gov_need_labels_clear(&c->units);
    gov_need_tally_clear(&c->tally);
    gov_arena_clear(&c->arena);
}

gov_status gov_need_count_row(const gov_need_count *c, int64_t row, double weight, const char *weight_name,
                              gov_need_cell *cell, gov_error *err)
{
    memset(cell, 0, sizeof(*cell));
    cell->key.group = c->groups.ids[row];
    cell->key.stratum = c->strata.ids[row];
    cell->key.unit = c->units.ids[row];
    if (cell->key.stratum < 0 || cell->key.unit < 0)
        return gov_fail_at(err, GOV_E_MISSING, GOV_AT_ROW(row, cell->key.stratum < 0 ? "strata" : "units"),
                           "the household's stratum or sampling unit is missing");
    if (!gov_need_weigh(weight, cell))
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_ROW(row, weight_name),
                           "a weight is a number from 0 to below 2^40");
    return GOV_OK;
}
