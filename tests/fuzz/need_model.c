/* Any bytes as a model file. A refusal has a place inside the text; a model that is read scores a household whose
 * values are all missing, is described, explained and read again with the same fingerprint. */
#include "govcore/need.h"

#include <stdlib.h>
#include <string.h>

static void must(int holds)
{
    if (!holds)
        abort();
}

/* One row with a missing value for every input of the households. */
static gov_table *one_household(const gov_table *inputs)
{
    gov_table_builder *builder = NULL;
    gov_table *out = NULL;
    const char *text = NULL;
    int64_t size = 0;
    int64_t columns = 0;
    must(gov_table_builder_new(&builder, NULL) == GOV_OK);
    for (int64_t i = 0; i < gov_table_rows(inputs); i++) {
        char name[256] = "";
        must(gov_table_text(inputs, i, 1, &text, &size, NULL) == GOV_OK);
        if (size == 0 || size >= (int64_t)sizeof(name))
            continue;
        memcpy(name, text, (size_t)size);
        if (gov_table_builder_add(builder, name, GOV_TYPE_NULL, NULL, NULL) == GOV_OK)
            must(gov_table_builder_null(builder, columns++, NULL) == GOV_OK);
    }
    if (gov_table_builder_finish(builder, &out, NULL) != GOV_OK)
        out = NULL;
    gov_table_builder_free(builder);
    return out;
}

static void use(const gov_need_model *model)
{
    gov_table *table = NULL;
    for (int part = GOV_NEED_DIMENSIONS; part <= GOV_NEED_TESTS; part++) {
        gov_table_free(table);
        table = NULL;
        must(gov_need_model_table(model, (gov_need_part)part, NULL, &table, NULL) == GOV_OK);
    }
    gov_table_free(table);
    must(gov_need_model_table(model, GOV_NEED_INPUTS, NULL, &table, NULL) == GOV_OK);
    gov_table *household = one_household(table);
    gov_need_options options = GOV_NEED_OPTIONS_INIT;
    gov_need_explanation *explanation = NULL;
    gov_table *scores = NULL;
    options.as_of = "2021-08-01";
    if (household != NULL) {
        (void)gov_need_score(model, household, &options, &scores, NULL);
        if (gov_table_rows(household) > 0)
            (void)gov_need_explain(model, household, 0, &options, &explanation, NULL);
    }
    gov_need_explanation_free(explanation);
    gov_table_free(scores);
    gov_table_free(household);
    gov_table_free(table);
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
