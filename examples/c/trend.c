/* trend.c - is a series going up? The Mann-Kendall test and Sen's slope on one column of a CSV file.
 *
 *     cc trend.c $(pkg-config --cflags --libs govcore) -o trend && ./trend nyc-vehicle-thefts-weekly.csv 36005 */
#include <govcore.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const gov_error *err)
{
    fprintf(stderr, "%s:%lld: %s (%s)\n", err->file, (long long)err->line, err->message, err->name);
    return 1;
}

/* The values of `thefts` in the rows of one county, in the order of the file. */
static int64_t read_series(const gov_table *table, const char *county, double *y, gov_error *err)
{
    int64_t name, value, n = 0;
    if (gov_table_find(table, "county", &name, err) != GOV_OK ||
        gov_table_find(table, "thefts", &value, err) != GOV_OK)
        return -1;
    for (int64_t row = 0; row < gov_table_rows(table); row++) {
        const char *text = NULL;
        int64_t size = 0;
        if (gov_table_text(table, row, name, &text, &size, err) != GOV_OK)
            return -1;
        if ((size_t)size != strlen(county) || memcmp(text, county, (size_t)size) != 0)
            continue;
        if (gov_table_copy_doubles(table, value, row, 1, &y[n++], NULL, err) != GOV_OK)
            return -1;
    }
    return n;
}

int main(int argc, char **argv)
{
    gov_error err = GOV_ERROR_INIT;
    gov_csv_options csv = GOV_CSV_OPTIONS_INIT;
    gov_mk_result r = GOV_MK_RESULT_INIT;
    gov_table *table = NULL;
    csv.types = "county:utf8";
    if (gov_table_read_csv(argc > 1 ? argv[1] : "nyc-vehicle-thefts-weekly.csv", &csv, &table, &err) !=
        GOV_OK)
        return fail(&err);
    double *y = malloc((size_t)(gov_table_rows(table) + 1) * sizeof(*y));
    if (y == NULL)
        return 1;
    int64_t n = read_series(table, argc > 2 ? argv[2] : "36005", y, &err);
    if (n < 0 || gov_mann_kendall(y, NULL, n, NULL, &r, &err) != GOV_OK)
        return fail(&err);
    printf("%lld weeks: %s, p = %.3g, tau = %.3f, Sen's slope %.4f a week\n", (long long)n,
           r.trend > 0   ? "increasing"
           : r.trend < 0 ? "decreasing"
                         : "no trend",
           r.p, r.tau, r.slope);
    free(y);
    gov_table_free(table);
    return 0;
}
