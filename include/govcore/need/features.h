/* features.h - what a need model asks of a household, derived from what is recorded about it and its members.
 *
 * A features file (YAML, docs/features.md) says which recorded values there are, of the household and of each of its
 * members, where they come from, and by which rules the inputs of a model follow from them. The rules are those of
 * models: typed, three-valued, total. What is not known stays so: a count over members of whom one is unknown is
 * unknown, never a smaller number, and a household without a member in the table has no count at all.
 *
 *     gov_need_features *features = NULL;
 *     gov_table *inputs = NULL;
 *     options.as_of = "2021-08-01";
 *     options.members = members;
 *     if (gov_need_features_builtin("gbt31000", &features, &err) == GOV_OK)
 *         gov_need_features_derive(features, households, &options, &inputs, &err);
 *
 * Over a store gov_pipeline_features gathers both tables as the file says.
 *
 * Threads: features may be shared by threads.   Ownership: *out is yours; texts are borrowed. */
#ifndef GOVCORE_NEED_FEATURES_H
#define GOVCORE_NEED_FEATURES_H

#include "govcore/base.h"
#include "govcore/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gov_need_features gov_need_features;
struct gov_need_options;

/* builtin: "gbt31000", from the fields of GB/T 31000 and proposed series of observations to the inputs of
 * govcore-need-22; GOV_E_UNKNOWN_NAME for another name. load, parse: a file, and the same from memory (`name` stands
 * for the file in errors, may be NULL). Faults are refused with file, line and column as those of models are. */
GOV_API gov_status gov_need_features_builtin(const char *name, gov_need_features **out, gov_error *err);
GOV_API gov_status gov_need_features_load(const char *path, gov_need_features **out, gov_error *err);
GOV_API gov_status gov_need_features_parse(const char *text, int64_t size, const char *name,
                                           gov_need_features **out, gov_error *err);
GOV_API void gov_need_features_free(gov_need_features *features);

GOV_API const char *gov_need_features_id(const gov_need_features *features);
GOV_API const char *gov_need_features_fingerprint(const gov_need_features *features);
/* What must be said wherever results are shown, "zh" or "en"; "" if the file says nothing. */
GOV_API const char *gov_need_features_notice(const gov_need_features *features, const char *language);

/* sources: a row a recorded value: id, of (household, member), type, unit, kind and field (of the store; missing for an
 *   observation), relation, observation, take, months, fewest, name_zh, name_en.
 * rules: a row a rule: id, of (household: a feature; member: a name for use in other rules), rule, reads (ids of the
 *   recorded values, separated by spaces). */
GOV_API gov_status gov_need_features_sources(const gov_need_features *features, gov_table **out,
                                             gov_error *err);
GOV_API gov_status gov_need_features_rules(const gov_need_features *features, gov_table **out,
                                           gov_error *err);

/* Derives the features of every household. `households` has the key column that the file names and one column a
 * recorded value of the household, options.members the same for members; a column that is absent is an error
 * unless the file calls it optional. Of the options as_of, params, nan_is_missing, batch_rows, members and run
 * are read.
 * Out: the key, then one column a feature (float64, bool, date, or utf8 for a code), rows in the order of
 * `households`. Errors as gov_need_score. */
GOV_API gov_status gov_need_features_derive(const gov_need_features *features, const gov_table *households,
                                            const struct gov_need_options *options, gov_table **out,
                                            gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
