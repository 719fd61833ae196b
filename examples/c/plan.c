/* plan.c - what a wider line would cost, how firmly tiers stand, and how scarce places are shared.
 *
 *     cc plan.c $(pkg-config --cflags --libs govcore) -o plan && ./plan households-synthetic.csv
 *
 * A budget helps to plan; it decides on nobody's eligibility. */
#include <govcore.h>

#include <stdio.h>

static int fail(const gov_error *err)
{
    fprintf(stderr, "%s:%lld:%lld: %s (%s)\n", err->file, (long long)err->line, (long long)err->column,
            err->message, err->name);
    return 1;
}

static double cell(const gov_table *table, const char *name, int64_t row)
{
    int64_t column = 0;
    double value = 0;
    if (gov_table_find(table, name, &column, NULL) != GOV_OK)
        return 0;
    gov_table_copy_doubles(table, column, row, 1, &value, NULL, NULL);
    return value;
}

/* A line of one and a half times the minimum living standard instead of that itself. */
static int show_budget(const gov_need_model *model, const gov_table *households, gov_error *err)
{
    gov_need_options scoring = GOV_NEED_OPTIONS_INIT;
    gov_need_budget_options options = GOV_NEED_BUDGET_OPTIONS_INIT;
    gov_need_lines now = GOV_NEED_LINES_INIT;
    gov_table *budget = NULL;
    scoring.as_of = "2021-08-01";
    options.by = "grid_code";
    options.income = "income_per_head";
    options.persons = "members";
    now.model = model;
    now.line = "B";
    gov_need_lines next = now;
    next.line = "3/2*B";
    if (gov_need_budget(&now, &next, households, &scoring, &options, &budget, err) != GOV_OK)
        return fail(err);
    printf("%.0f to %.0f more a month for %.0f to %.0f households\n", cell(budget, "change_money_low", 0),
           cell(budget, "change_money_high", 0), cell(budget, "next_low", 0), cell(budget, "next_high", 0));
    gov_table_free(budget);
    return 0;
}

static int show_sensitivity(const gov_need_model *model, const gov_table *households, gov_error *err)
{
    gov_need_options scoring = GOV_NEED_OPTIONS_INIT;
    gov_need_sensitivity_options options = GOV_NEED_SENSITIVITY_OPTIONS_INIT;
    gov_need_sensitivity *sensitivity = NULL;
    scoring.as_of = "2021-08-01";
    options.draws = 200;
    if (gov_need_sensitivity_of(model, households, &scoring, &options, &sensitivity, err) != GOV_OK)
        return fail(err);
    printf("%.1f %% of the households keep their tier under other weights\n",
           100 * cell(gov_need_sensitivity_tiers(sensitivity), "keep", 0));
    gov_need_sensitivity_free(sensitivity);
    return 0;
}

static int show_allocation(gov_error *err)
{
    static const int64_t demand[] = {12, 3, 7};
    int64_t given[3];
    if (gov_need_allocate(demand, 3, 10, given, err) != GOV_OK)
        return fail(err);
    printf("10 places for 12, 3 and 7 households: %lld, %lld and %lld\n", (long long)given[0],
           (long long)given[1], (long long)given[2]);
    return 0;
}

int main(int argc, char **argv)
{
    gov_error err = GOV_ERROR_INIT;
    gov_need_model *model = NULL;
    gov_table *households = NULL;
    if (gov_need_model_builtin("govcore-need-22", &model, &err) != GOV_OK ||
        gov_table_read_csv(argc > 1 ? argv[1] : "households-synthetic.csv", NULL, &households, &err) !=
            GOV_OK)
        return fail(&err);
    int failed = show_budget(model, households, &err) || show_sensitivity(model, households, &err) ||
                 show_allocation(&err);
    gov_table_free(households);
    gov_need_model_free(model);
    return failed;
}
