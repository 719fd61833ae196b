/* score.c - scores a CSV file of households and counts the tiers.
 *
 *     cc score.c $(pkg-config --cflags --libs govcore) -o score && ./score households-synthetic.csv
 *
 * A score helps to find people to help; it is not a decision on eligibility. */
#include <govcore.h>

#include <stdio.h>
#include <string.h>

static int fail(const gov_error *err)
{
    fprintf(stderr, "%s:%lld:%lld: %s (%s)\n", err->file, (long long)err->line, (long long)err->column,
            err->message, err->name);
    return 1;
}

static void count_tiers(const gov_table *scores)
{
    const char *names[] = {"high", "medium", "low", "none"};
    long long counts[4] = {0, 0, 0, 0};
    int64_t column = 0;
    gov_table_find(scores, "tier", &column, NULL);
    for (int64_t row = 0; row < gov_table_rows(scores); row++) {
        const char *tier = NULL;
        int64_t size = 0;
        gov_table_text(scores, row, column, &tier, &size, NULL);
        for (int i = 0; i < 4; i++)
            counts[i] +=
                tier != NULL && (size_t)size == strlen(names[i]) && memcmp(tier, names[i], (size_t)size) == 0;
    }
    for (int i = 0; i < 4; i++)
        printf("%-7s %lld\n", names[i], counts[i]);
}

int main(int argc, char **argv)
{
    gov_error err = GOV_ERROR_INIT;
    gov_need_options options = GOV_NEED_OPTIONS_INIT;
    gov_need_model *model = NULL;
    gov_table *households = NULL;
    gov_table *scores = NULL;
    options.as_of = "2021-08-01";
    if (gov_need_model_builtin("govcore-need-22", &model, &err) != GOV_OK ||
        gov_table_read_csv(argc > 1 ? argv[1] : "households-synthetic.csv", NULL, &households, &err) !=
            GOV_OK ||
        gov_need_score(model, households, &options, &scores, &err) != GOV_OK)
        return fail(&err);
    printf("%lld households, model %s %s\n", (long long)gov_table_rows(scores), gov_need_model_id(model),
           gov_need_model_fingerprint(model));
    count_tiers(scores);
    gov_table_free(scores);
    gov_table_free(households);
    gov_need_model_free(model);
    return 0;
}
