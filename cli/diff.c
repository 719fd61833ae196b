/* diff.c - two models compared: by their indicators, and by the tiers they give to the same households. */
#include "need.h"
#include "rows.h"

#include <stdlib.h>
#include <string.h>

typedef struct builder {
    gov_table_builder *table;
    gov_status status;
    gov_error *err;
} builder;

static void begin(builder *b, const char *const *names, int count, gov_error *err)
{
    b->err = err;
    b->table = NULL;
    b->status = gov_table_builder_new(&b->table, err);
    for (int i = 0; i < count && b->status == GOV_OK; i++)
        b->status = gov_table_builder_add(b->table, names[i], GOV_TYPE_UTF8, NULL, err);
}

static void put(builder *b, int64_t column, const char *text)
{
    if (b->status == GOV_OK)
        b->status = text != NULL ? gov_table_builder_text(b->table, column, text, -1, b->err)
                                 : gov_table_builder_null(b->table, column, b->err);
}

static gov_status finish(builder *b, gov_table **out)
{
    if (b->status == GOV_OK)
        b->status = gov_table_builder_finish(b->table, out, b->err);
    gov_table_builder_free(b->table);
    return b->status;
}

static void put_difference(builder *b, const char *id, const char *field, const char *first,
                           const char *second)
{
    put(b, 0, id);
    put(b, 1, field);
    put(b, 2, first);
    put(b, 3, second);
}

/* What differs of the indicator in row i of `a`; it may be absent in `b`. */
static void compare_indicator(builder *out, const gov_table *a, int64_t i, const gov_table *b)
{
    static const char *const fields[] = {"dimension", "weight",  "deprived",
                                         "partly",    "applies", "on_missing"};
    char id[128], first[512], second[512];
    cli_text_at(a, i, "id", id, sizeof(id));
    int64_t j = cli_find_row(b, "id", id);
    if (j < 0) {
        put_difference(out, id, "indicator", "present", NULL);
        return;
    }
    for (size_t k = 0; k < sizeof(fields) / sizeof(fields[0]); k++) {
        int has_first = cli_text_at(a, i, fields[k], first, sizeof(first));
        int has_second = cli_text_at(b, j, fields[k], second, sizeof(second));
        if (has_first != has_second || strcmp(first, second) != 0)
            put_difference(out, id, fields[k], has_first ? first : NULL, has_second ? second : NULL);
    }
}

static void compare_indicators(builder *out, const gov_table *a, const gov_table *b)
{
    for (int64_t i = 0; i < gov_table_rows(a); i++)
        compare_indicator(out, a, i, b);
    for (int64_t i = 0; i < gov_table_rows(b); i++) {
        char id[128];
        cli_text_at(b, i, "id", id, sizeof(id));
        if (cli_find_row(a, "id", id) < 0)
            put_difference(out, id, "indicator", NULL, "present");
    }
}

gov_status cli_diff_indicators(gov_need_model *const *models, gov_table **out, gov_error *err)
{
    static const char *const names[] = {"indicator", "field", "first", "second"};
    gov_table *tables[2] = {NULL, NULL};
    builder b = {NULL, GOV_OK, err};
    gov_status status = gov_need_model_table(models[0], GOV_NEED_INDICATORS, NULL, &tables[0], err);
    if (status == GOV_OK)
        status = gov_need_model_table(models[1], GOV_NEED_INDICATORS, NULL, &tables[1], err);
    if (status == GOV_OK) {
        begin(&b, names, 4, err);
        compare_indicators(&b, tables[0], tables[1]);
        status = finish(&b, out);
    }
    gov_table_free(tables[0]);
    gov_table_free(tables[1]);
    return status;
}

/* --- Tiers ------------------------------------------------------------------------------------------------
 * Tiers are taken as codes (rank, 0 = none, missing = refused); a model has at most MOST tiers. */
enum { MOST = 256 };

static gov_status score_codes(cli *self, const gov_need_model *model, const gov_table *households,
                              double *codes, uint8_t *valid)
{
    gov_need_options options = GOV_NEED_OPTIONS_INIT;
    gov_table *scores = NULL;
    int64_t column = 0;
    options.codes = 1;
    options.threads = self->threads;
    options.as_of = cli_get(self, "as-of");
    options.run = self->run;
    gov_status status = gov_need_score(model, households, &options, &scores, &self->err);
    if (status == GOV_OK)
        status = gov_table_find(scores, "tier", &column, &self->err);
    if (status == GOV_OK)
        status = gov_table_copy_doubles(scores, column, 0, gov_table_rows(scores), codes, valid, &self->err);
    gov_table_free(scores);
    return status;
}

static void tier_name(const gov_table *tiers, int rank, char *out, size_t size)
{
    if (rank == 0 || !cli_text_at(tiers, rank - 1, "id", out, size))
        snprintf(out, size, "%s", rank == 0 ? "none" : "refused");
}

static gov_status count_moves(const gov_table *const *tiers, const int64_t *moves, gov_table **out,
                              gov_error *err)
{
    static const char *const names[] = {"first", "second", "households"};
    builder b;
    begin(&b, names, 3, err);
    for (int i = 0; i < MOST; i++)
        for (int j = 0; j < MOST; j++) {
            char first[64], second[64], count[32];
            if (moves[i * MOST + j] == 0)
                continue;
            tier_name(tiers[0], i, first, sizeof(first));
            tier_name(tiers[1], j, second, sizeof(second));
            snprintf(count, sizeof(count), "%lld", (long long)moves[i * MOST + j]);
            put(&b, 0, first);
            put(&b, 1, second);
            put(&b, 2, count);
        }
    return finish(&b, out);
}

static gov_status compare_tiers(cli *self, gov_need_model *const *models, const gov_table *households,
                                gov_table **out)
{
    int64_t rows = gov_table_rows(households);
    size_t room = (size_t)(rows > 0 ? rows : 1);
    double *codes[2] = {malloc(room * sizeof(double)), malloc(room * sizeof(double))};
    uint8_t *valid[2] = {malloc(room), malloc(room)};
    int64_t *moves = calloc((size_t)MOST * MOST, sizeof(*moves));
    gov_table *tiers[2] = {NULL, NULL};
    int good = codes[0] != NULL && codes[1] != NULL && valid[0] != NULL && valid[1] != NULL && moves != NULL;
    gov_status status = good ? GOV_OK : GOV_E_MEMORY;
    for (int m = 0; m < 2 && status == GOV_OK; m++) {
        status = score_codes(self, models[m], households, codes[m], valid[m]);
        if (status == GOV_OK)
            status = gov_need_model_table(models[m], GOV_NEED_TIERS, NULL, &tiers[m], &self->err);
    }
    for (int64_t i = 0; i < rows && status == GOV_OK; i++) {
        int first = valid[0][i] ? (int)codes[0][i] : MOST - 1;
        int second = valid[1][i] ? (int)codes[1][i] : MOST - 1;
        moves[first * MOST + second]++;
    }
    if (status == GOV_OK)
        status = count_moves((const gov_table *const *)tiers, moves, out, &self->err);
    for (int m = 0; m < 2; m++) {
        free(codes[m]);
        free(valid[m]);
        gov_table_free(tiers[m]);
    }
    free(moves);
    return status;
}

gov_status cli_diff_tiers(cli *self, gov_need_model *const *models, gov_table **out)
{
    gov_table *households = NULL;
    gov_status status = cli_read_table(self, cli_get(self, "input"), &households);
    if (status == GOV_OK)
        status = compare_tiers(self, models, households, out);
    gov_table_free(households);
    return status;
}
