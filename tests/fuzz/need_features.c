/* Features files: any text is refused with its place, or read twice to the same rules. */
#include "govcore/need.h"

#include <stdlib.h>
#include <string.h>

static void must(int held)
{
    if (!held)
        abort();
}

static void describe(const gov_need_features *f)
{
    gov_table *sources = NULL, *rules = NULL;
    must(gov_need_features_sources(f, &sources, NULL) == GOV_OK);
    must(gov_need_features_rules(f, &rules, NULL) == GOV_OK);
    gov_table_free(sources);
    gov_table_free(rules);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gov_error err = GOV_ERROR_INIT;
    gov_need_features *features = NULL, *again = NULL;
    if (gov_need_features_parse((const char *)data, (int64_t)size, "fuzz", &features, &err) != GOV_OK) {
        must(err.message[0] != '\0' && err.line >= 0 && err.column >= 0);
        return 0;
    }
    must(gov_need_features_parse((const char *)data, (int64_t)size, "fuzz", &again, &err) == GOV_OK);
    must(strcmp(gov_need_features_fingerprint(features), gov_need_features_fingerprint(again)) == 0);
    describe(features);
    gov_need_features_free(features);
    gov_need_features_free(again);
    return 0;
}
