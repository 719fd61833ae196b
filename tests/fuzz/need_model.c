/* Any bytes as a model file. A refusal has a place inside the text; a model that is read has the same fingerprint when
 * it is read again, and scores, explains and measures households whose values are missing, low, high, in turn, with
 * the same result however the work is cut. */
#include "govcore/need.h"
#include "need/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 70, MEMBERS = 90 }; /* more than a batch of 64 */

static void must(int holds)
{
    if (!holds)
        abort();
}

/* A value that the input allows (a code, an end of the range, a small number), or none. */
static void put_value(gov_table_builder *b, int64_t column, const gov_need_input *input, int64_t row)
{
    int64_t turn = (row * 7 + column * 3) % 5;
    double value = turn == 1 && isfinite(input->low)    ? input->low
                   : turn == 2 && isfinite(input->high) ? input->high
                                                        : (double)turn - 1;
    gov_status status;
    if (turn == 0)
        status = gov_table_builder_null(b, column, NULL);
    else if (input->kind == GOV_NEED_BOOL)
        status = gov_table_builder_bool(b, column, turn % 2 == 0, NULL);
    else if (input->kind == GOV_NEED_ENUM)
        status = gov_table_builder_text(b, column, input->codes[turn % input->code_count].value, -1, NULL);
    else if (input->kind == GOV_NEED_FLOAT)
        status = gov_table_builder_double(b, column, value, NULL);
    else
        status = gov_table_builder_int64(b, column, fabs(value) < 1e6 ? (int64_t)value : turn, NULL);
    must(status == GOV_OK);
}

static gov_type type_of(const gov_need_input *input)
{
    static const gov_type types[] = {GOV_TYPE_FLOAT64, GOV_TYPE_INT64, GOV_TYPE_BOOL, GOV_TYPE_DATE,
                                     GOV_TYPE_UTF8};
    return types[input->kind];
}

/* A table with a column for every input of the households, or of the members, and the key that joins them; NULL if two
 * of them want one name. */
static gov_table *make_table(const gov_need_model *m, int member, int64_t rows)
{
    gov_table_builder *b = NULL;
    gov_table *out = NULL;
    must(gov_table_builder_new(&b, NULL) == GOV_OK);
    int64_t columns = 0;
    int fits = gov_table_builder_add(b, m->member_key == NULL ? "row" : m->member_key, GOV_TYPE_INT64, NULL,
                                     NULL) == GOV_OK;
    for (int64_t i = 0; i < m->input_count && fits; i++) {
        if (m->inputs[i].member == member)
            fits =
                gov_table_builder_add(b, m->inputs[i].column, type_of(&m->inputs[i]), NULL, NULL) == GOV_OK;
    }
    for (int64_t r = 0; r < rows && fits; r++) {
        columns = 0;
        must(gov_table_builder_int64(b, columns++, member ? r * 5 % rows : r, NULL) == GOV_OK);
        for (int64_t i = 0; i < m->input_count; i++) {
            if (m->inputs[i].member == member)
                put_value(b, columns++, &m->inputs[i], r);
        }
    }
    if (!fits || gov_table_builder_finish(b, &out, NULL) != GOV_OK)
        out = NULL;
    gov_table_builder_free(b);
    return out;
}

static void must_be_equal(const gov_table *a, const gov_table *b)
{
    gov_text *x = NULL;
    gov_text *y = NULL;
    must(gov_table_format_csv(a, &x, NULL) == GOV_OK && gov_table_format_csv(b, &y, NULL) == GOV_OK);
    must(strcmp(gov_text_data(x), gov_text_data(y)) == 0);
    gov_text_free(x);
    gov_text_free(y);
}

/* Scores the households in two ways, and says whether the model could. */
static int score(const gov_need_model *m, const gov_table *households, gov_need_options o)
{
    gov_table *whole = NULL;
    gov_table *parts = NULL;
    gov_error err = GOV_ERROR_INIT;
    gov_status status = gov_need_score(m, households, &o, &whole, &err);
    o.threads = 2;
    o.batch_rows = 64;
    must(gov_need_score(m, households, &o, &parts, NULL) == status);
    must(status == GOV_OK || err.message[0] != '\0');
    if (status == GOV_OK)
        must_be_equal(whole, parts);
    gov_table_free(whole);
    gov_table_free(parts);
    return status == GOV_OK;
}

static void explain(const gov_need_model *m, const gov_table *households, const gov_need_options *o)
{
    for (int64_t row = 0; row < 5; row++) {
        gov_need_explanation *e = NULL;
        if (gov_need_explain(m, households, row, o, &e, NULL) != GOV_OK)
            continue;
        must(strlen(gov_need_explanation_text(e, "zh")) > 0 &&
             strlen(gov_need_explanation_text(e, "en")) > 0);
        gov_need_explanation_free(e);
    }
}

static void measure(const gov_need_model *m, const gov_table *households, const gov_need_options *o)
{
    gov_need_measures *measures = NULL;
    gov_table *unmet = NULL;
    if (gov_need_measure(m, households, o, NULL, &measures, NULL) == GOV_OK)
        must(gov_table_rows(gov_need_measures_summary(measures)) > 0);
    gov_need_measures_free(measures);
    (void)gov_need_unmet(m, households, o, &unmet, NULL);
    gov_table_free(unmet);
}

static void use(const gov_need_model *m)
{
    gov_table *table = NULL;
    for (int part = GOV_NEED_DIMENSIONS; part <= GOV_NEED_TESTS; part++) {
        must(gov_need_model_table(m, (gov_need_part)part, NULL, &table, NULL) == GOV_OK);
        gov_table_free(table);
    }
    gov_table *households = make_table(m, 0, ROWS);
    gov_table *members = m->member_key == NULL ? NULL : make_table(m, 1, MEMBERS);
    gov_need_options o = GOV_NEED_OPTIONS_INIT;
    o.members = members;
    for (int64_t w = 0; households != NULL && w < m->weights_count; w++) {
        o.preset = m->weights[w].id;
        o.depth = (int32_t)(w % 2);
        o.as_of = w % 2 == 0 ? "2021-08-01" : NULL;
        if (!score(m, households, o))
            continue;
        explain(m, households, &o);
        measure(m, households, &o);
    }
    gov_table_free(members);
    gov_table_free(households);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gov_error err = GOV_ERROR_INIT;
    gov_need_model *model = NULL;
    gov_need_model *again = NULL;
    if (gov_need_model_parse((const char *)data, (int64_t)size, "fuzz", &model, &err) != GOV_OK) {
        must(err.message[0] != '\0' && err.line >= 0 && err.column >= 0);
        return 0;
    }
    must(gov_need_model_parse((const char *)data, (int64_t)size, "fuzz", &again, &err) == GOV_OK);
    must(strcmp(gov_need_model_fingerprint(model), gov_need_model_fingerprint(again)) == 0);
    use(model);
    gov_need_model_free(model);
    gov_need_model_free(again);
    return 0;
}
