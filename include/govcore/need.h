/* need.h - household need: a model, exact scores with their bounds, reasons, and measures over groups.
 *
 * A model is read once from YAML (docs/need-model.md has the language) and never changes. Its weights are
 * exact rationals over one denominator, so every comparison of a score with a cut-off is one of integers.
 * A score helps to find people to help; it is not a decision on eligibility, and every result can be
 * explained line by line.
 *
 *     gov_error err = GOV_ERROR_INIT;
 *     gov_need_model *model = NULL;
 *     gov_table *scores = NULL;
 *     gov_need_options options = GOV_NEED_OPTIONS_INIT;
 *     options.as_of = "2021-08-01";
 *     if (gov_need_model_builtin("govcore-need-22", &model, &err) == GOV_OK)
 *         gov_need_score(model, households, &options, &scores, &err);
 *
 * Threads: a model may be shared by threads; one call uses options.threads.
 * Ownership: *out is yours; texts are borrowed from their model or result. */
#ifndef GOVCORE_NEED_H
#define GOVCORE_NEED_H

#include "govcore/base.h"
#include "govcore/need/features.h"
#include "govcore/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gov_need_model gov_need_model;
typedef struct gov_need_explanation gov_need_explanation;
typedef struct gov_need_measures gov_need_measures;

/* --- Models ------------------------------------------------------------------------------------------
 * builtin: one of the models that are compiled into the library; GOV_E_UNKNOWN_NAME for another name.
 * load, parse: a model file, and the same from memory (`name` stands for the file in errors, may be NULL).
 * Every fault is refused with file, line, column and the name in question:
 *   GOV_E_FORMAT        not YAML, or not of the strict subset; a rule that cannot be read; a weight `0.0476`
 *   GOV_E_UNKNOWN_NAME  a key, input, parameter, indicator, tier or function that is not known
 *   GOV_E_DUPLICATE     a key or id that stands twice
 *   GOV_E_MISSING       a key that must be given
 *   GOV_E_TYPE          `bool == number` and the like
 *   GOV_E_RANGE         weights that do not sum to exactly 1, tiers out of order, a number out of bounds
 *   GOV_E_LIMIT         more than 32 indicators, a common denominator over 2^62, a rule too long or deep
 *   GOV_E_CONFLICT      one of the model's own tests does not give what it expects
 * gov_need_model_builtin_name: the name of built-in model `index` from 0 on; NULL after the last. */
GOV_API const char *gov_need_model_builtin_name(int64_t index);
GOV_API gov_status gov_need_model_builtin(const char *name, gov_need_model **out, gov_error *err);
GOV_API gov_status gov_need_model_load(const char *path, gov_need_model **out, gov_error *err);
GOV_API gov_status gov_need_model_parse(const char *text, int64_t size, const char *name,
                                        gov_need_model **out, gov_error *err);
GOV_API gov_need_model *gov_need_model_retain(const gov_need_model *model);
GOV_API void gov_need_model_free(gov_need_model *model);

/* Who the model is. `language` is "zh" or "en" (any other value: English). The fingerprint is the XXH3-128 of
 * a canonical form (keys sorted, rationals reduced, comments dropped), 32 hexadecimal digits. `notice` is the
 * sentence that every place which shows the model must show with it; "" if the model has none. */
GOV_API const char *gov_need_model_id(const gov_need_model *model);
GOV_API int64_t gov_need_model_version(const gov_need_model *model);
GOV_API const char *gov_need_model_title(const gov_need_model *model, const char *language);
GOV_API const char *gov_need_model_notice(const gov_need_model *model, const char *language);
GOV_API const char *gov_need_model_fingerprint(const gov_need_model *model);

/* The integer that score_num is over, for the model's own weights (`preset` NULL) or one of its presets.
 * GOV_E_UNKNOWN_NAME if there is no such preset. */
GOV_API gov_status gov_need_model_denominator(const gov_need_model *model, const char *preset, int64_t *out,
                                              gov_error *err);

/* What gov_need_model_table describes. Every table has id, name_zh, name_en where they apply. */
typedef enum gov_need_part {
    GOV_NEED_DIMENSIONS = 0, /* id, name_zh, name_en, weight ("11/50"), weight_num, indicators */
    GOV_NEED_INDICATORS = 1, /* bit, id, dimension, name_zh, name_en, weight, weight_num, deprived, partly,
                                applies, on_missing, mutable, unit, source, services */
    GOV_NEED_INPUTS =
        2, /* id, column, of (household or member), type, unit, low, high, optional, codes, name_zh,
                                name_en */
    GOV_NEED_TIERS = 3,    /* rank (1 the lowest), id, name_zh, name_en, at ("1/2"), at_num */
    GOV_NEED_PARAMS = 4,   /* id, name_zh, name_en, from, to, value, unit, source */
    GOV_NEED_SERVICES = 5, /* bit, id, name_zh, name_en, received (the input that tells it, or missing) */
    GOV_NEED_PRESETS = 6,  /* id, name_zh, name_en, denominator, indicators (number with a weight) */
    GOV_NEED_TESTS = 7     /* name, line */
} gov_need_part;

GOV_API gov_status gov_need_model_table(const gov_need_model *model, gov_need_part part, const char *preset,
                                        gov_table **out, gov_error *err);

/* --- Scoring ----------------------------------------------------------------------------------------- */
typedef struct gov_need_options {
    uint32_t struct_size;
    int32_t threads;          /* default 1; the result does not depend on it */
    int64_t batch_rows;       /* rows a step; default 2048, at most 65536; the result does not depend on it */
    const char *as_of;        /* "2021-08-01": the day on which dated parameters and ages are taken. NULL: the
                                 date input that the model names as its as_of, row by row; if there is none and
                                 a rule needs the day, GOV_E_MISSING */
    const char *preset;       /* weights of one of the model's presets; NULL: the model's own */
    const char *params;       /* "B=1510,minimum_wage=2740": values that replace those of the file */
    int32_t depth;            /* 1: "partly" counts one half */
    int32_t nan_is_missing;   /* 1: a NaN is read as missing; 0: it is GOV_E_RANGE with row and name */
    int32_t codes;            /* 1: tier, tier_high and status as uint8 codes (tiers by rank, 0 = none;
                                 0 scored, 1 bounded, 2 refused) and not as text */
    const gov_table *members; /* the members' table, for models that aggregate over it; else NULL */
    gov_run *run;             /* may be NULL */
    const char *columns;      /* gov_need_score: "score,tier,deprived_mask": the columns of the result, in the
                                 order below and besides the ids, which always pass; NULL: all. Fewer are faster:
                                 writing them takes more time than the rules */
} gov_need_options;

#define GOV_NEED_OPTIONS_INIT                                                                 \
    {                                                                                         \
        (uint32_t)sizeof(gov_need_options), 0, 0, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL \
    }

/* Scores every row of `households`: one row a household, columns named by the model's inputs, more columns
 * allowed and ignored.
 *
 * Out: a table of the same length and order. First the model's id columns (those of its `ids` that the table
 * has), as they came in; then
 *   score_num      int64    weighted deprivations, over gov_need_model_denominator; unknown counted as 0
 *   score          float64  score_num / denominator, 0 to 1
 *   score_high     float64  the same with every unknown indicator counted as deprived
 *   coverage       float64  share of the weight whose indicators are known
 *   tier           utf8     id of the tier of `score` with the floors that are known to hold; "none" below all
 *   tier_high      utf8     id of the tier of score_high with the floors that may hold. If it differs from
 *                           `tier` the household is to be verified
 *   status         utf8     scored (low = high), bounded, refused (an indicator says on_missing: refuse; the
 *                           score columns and tiers are then missing)
 *   deprived_mask, partly_mask, missing_mask, na_mask   uint32  bit of each indicator (GOV_NEED_INDICATORS)
 *   dim_<id>       float64  one column a dimension: its part of `score` (they sum to score)
 *   service_mask   uint32   bit of each service (GOV_NEED_SERVICES) that a deprived indicator leads to
 * An indicator that does not apply counts as not deprived and known.
 *
 * Errors: GOV_E_UNKNOWN_NAME an input that is not a column; GOV_E_TYPE a column of another type; GOV_E_RANGE
 * a value outside the input's range or a NaN, GOV_E_FORMAT a code that the input does not have (each with
 * err->name and err->row, the first in row order of the first such input of a batch); GOV_E_MISSING (as_of);
 * GOV_E_UNKNOWN_NAME also for `columns`; GOV_E_CANCELLED.
 * Source: Alkire & Foster (2011), doi:10.1016/j.jpubeco.2010.11.006; bounds: Manski (2003), ch. 1. */
GOV_API gov_status gov_need_score(const gov_need_model *model, const gov_table *households,
                                  const gov_need_options *options, gov_table **out, gov_error *err);

/* Entitled and not receiving (the silent minority): for every household the services that its deprivations lead
 * to and that its inputs do not say it receives. Services without a `received` input in the model are left out.
 * Out: row, the id columns, tier, service, received ("no", or "unknown" where the input is missing); in the
 * order of the rows. Errors as gov_need_score. */
GOV_API gov_status gov_need_unmet(const gov_need_model *model, const gov_table *households,
                                  const gov_need_options *options, gov_table **out, gov_error *err);

/* --- Reasons -----------------------------------------------------------------------------------------
 * explain: everything about one household. GOV_E_RANGE if `row` is not a row of the table; else as score.
 * The tables and texts are borrowed from the explanation.
 * lines: a row an indicator: bit, dimension, indicator, name_zh, name_en, state (deprived, partly,
 *   not_deprived, missing, not_applicable), inputs ("income_per_head=1900; B=1330", ? is missing), rule,
 *   weight_num, contribution_num (they sum to score_num), reason (why it is missing: "absent: <input>",
 *   division_by_zero, overflow, no_value_on_the_day, members_unknown), on_missing, source. Indicators without
 *   a weight in the preset are left out.
 * changes: the counterfactual: the fewest mutable indicators which, no longer deprived, lower the tier; no
 *   row if there are none. Exact, also with floors: of f deprived indicators that floors name, at most 2^(f + 1)
 *   choices are looked at, seconds for 22 in the worst case; GOV_E_CANCELLED if the run is cancelled. bit, indicator, name_zh, name_en, state, contribution_num, tier (the one reached).
 * flips: each indicator whose state, if it were an error of the data, would alone give another tier; columns
 *   as in changes.
 * ask: what is missing, heaviest first: bit, indicator, name_zh, name_en, weight_num, reason.
 * text: all of it for people, in Chinese ("zh") or English. */
GOV_API gov_status gov_need_explain(const gov_need_model *model, const gov_table *households, int64_t row,
                                    const gov_need_options *options, gov_need_explanation **out,
                                    gov_error *err);
GOV_API void gov_need_explanation_free(gov_need_explanation *explanation);
GOV_API const gov_table *gov_need_explanation_lines(const gov_need_explanation *explanation);
GOV_API const gov_table *gov_need_explanation_changes(const gov_need_explanation *explanation);
GOV_API const gov_table *gov_need_explanation_flips(const gov_need_explanation *explanation);
GOV_API const gov_table *gov_need_explanation_ask(const gov_need_explanation *explanation);
GOV_API const char *gov_need_explanation_text(const gov_need_explanation *explanation, const char *language);

/* --- Measures over groups (Alkire-Foster) --------------------------------------------------------------
 * measure: scores `households` and measures them by the deprivations of the model; alkire_foster: the same
 * from a table of deprivations, one column an indicator (true and false, or 0 and 1), with `weights` such as
 * "1/4,1/4,1/2" in the order of the columns.
 *
 * Sums are exact integers (a weight is taken as a multiple of 2^-40), so a result does not depend on the order
 * of the rows, on batches or on threads. Standard errors are linearised for the design, intervals are on the
 * logit scale with a t quantile for (units - strata) degrees of freedom.
 * Errors: as gov_need_score; GOV_E_RANGE a weight that is negative or not below 2^40, with row and name;
 * GOV_E_MISSING a missing weight, stratum or unit; GOV_E_FORMAT weights or k; GOV_E_LIMIT a denominator over
 * 2^24, or weights that sum to 2^38 or more.
 * Source: Alkire & Foster (2011); Alkire et al. (2015), ch. 5 and 8; Binder (1983), doi:10.2307/1402588. */
typedef struct gov_need_measure_options {
    uint32_t struct_size;
    int32_t missing; /* 0: rows with an unknown indicator are left out, and `retained` says what share of
                            the weight stays (they still count as sampled); 1: unknown as not deprived (low); 2: as deprived (high) */
    int32_t
        single_unit;    /* a stratum with one unit: 0 no standard error; 1 taken with certainty, adds nothing;
                            2 about the mean of all units */
    double level;       /* of the intervals; default 0.95 */
    const char *by;     /* column of groups (whole numbers or text); NULL: the total only */
    const char *weight; /* column of weights (for persons: the model's weight_column); NULL: 1 a household */
    const char *strata; /* column; NULL: one stratum */
    const char *units; /* column of the primary sampling units, within strata; NULL: every household is one */
    const char *k;     /* poverty cut-offs, "1/5,1/3,1/2"; NULL: the model's tiers (alkire_foster: "1/3") */
    const char *columns; /* alkire_foster: "a,b,c"; NULL: all but those named here */
} gov_need_measure_options;

#define GOV_NEED_MEASURE_OPTIONS_INIT                                                           \
    {                                                                                           \
        (uint32_t)sizeof(gov_need_measure_options), 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL \
    }

GOV_API gov_status gov_need_measure(const gov_need_model *model, const gov_table *households,
                                    const gov_need_options *scoring, const gov_need_measure_options *options,
                                    gov_need_measures **out, gov_error *err);
GOV_API gov_status gov_need_alkire_foster(const gov_table *deprivations, const char *weights,
                                          const gov_need_measure_options *options, gov_need_measures **out,
                                          gov_error *err);
GOV_API void gov_need_measures_free(gov_need_measures *measures);

/* Borrowed from the measures. What cannot be said is missing. `_se` is a standard error, `_low` and `_high` the
 * interval. The total comes first, with a missing `group`; groups follow in their order.
 * summary: a row for each group and k: group, k ("1/3"), rows (of the group), retained (share of the weight
 *   that was used), weight (what was used), H, A, M0 (each with _se, _low, _high), poor (weight of the poor),
 *   vulnerable (share with 1/5 <= c < 1/3), severe (share with c >= 1/2), variance_poor (of c among the poor),
 *   share (the group's share of the weight), contribution (of M0) with contribution_se.
 * indicators: a row for each group, k and indicator: group, k, indicator, uncensored and censored headcount
 *   ratio and contribution to M0, each with _se.
 * dimensions: a row for each group, k and dimension: group, k, dimension, contribution, contribution_se (no
 *   rows for alkire_foster). */
GOV_API const gov_table *gov_need_measures_summary(const gov_need_measures *measures);
GOV_API const gov_table *gov_need_measures_indicators(const gov_need_measures *measures);
GOV_API const gov_table *gov_need_measures_dimensions(const gov_need_measures *measures);

/* M0, M1 and M2 from gaps: one column an indicator, from 0 (not deprived) to 1, such as (line - income) / line for
 * an income below its line; 0 or 1 where there is no distance. Weights, groups, design and missing rows as in
 * gov_need_alkire_foster (missing rows are always left out). Out: group, k, M0, M0_se, M1, M1_se, M2, M2_se. GOV_E_RANGE for a gap outside 0 to 1. */
GOV_API gov_status gov_need_gaps(const gov_table *gaps, const char *weights,
                                 const gov_need_measure_options *options, gov_table **out, gov_error *err);

/* Measures in parts, for data that lies on several machines: measure_part counts the patterns of some of the
 * households into a table (group, stratum, unit, deprived_mask, missing_mask, rows and four integers of sums);
 * the tables of all parts are put one below the other, in any order, by whatever engine; measure_finish makes
 * the measures of them. They are those of gov_need_measure over all households, bit for bit. Give the same
 * options to all calls (`by`, `strata` and `units` only say to finish that they were given); groups must be whole
 * numbers in all parts or texts in all. Errors: GOV_E_RANGE with err->row for a row that no part has made. */
GOV_API gov_status gov_need_measure_part(const gov_need_model *model, const gov_table *households,
                                         const gov_need_options *scoring,
                                         const gov_need_measure_options *options, gov_table **out,
                                         gov_error *err);
/* Adds equal rows of such tables put one below the other: the same parts in fewer rows, to be merged again or finished. */
GOV_API gov_status gov_need_measure_merge(const gov_table *parts, gov_table **out, gov_error *err);
GOV_API gov_status gov_need_measure_finish(const gov_need_model *model, const gov_table *parts,
                                           const char *preset, const gov_need_measure_options *options,
                                           gov_need_measures **out, gov_error *err);

/* From one time to another, by group and k as in the summaries of two measurements with the same options.
 * Out: group, k, figure ("H", "A", "M0"), from, to, absolute, relative (absolute / from), annual ((to / from)^
 * (1 / years) - 1), absolute_se and p (two samples that are independent), by_incidence and by_intensity (for
 * M0: absolute = change of H × mean A + change of A × mean H, exactly the Shapley shares). `years` is above 0.
 * Groups that one of the two does not have are left out. Source: Alkire et al. (2015), ch. 9. */
GOV_API gov_status gov_need_measures_change(const gov_need_measures *from, const gov_need_measures *to,
                                            double years, gov_table **out, gov_error *err);
/* The same for each indicator: group, k, indicator, figure ("uncensored", "censored", "contribution"), from, to,
 * absolute, relative, annual, absolute_se, p. Indicators that one of the two does not have are left out. */
GOV_API gov_status gov_need_measures_change_indicators(const gov_need_measures *from,
                                                       const gov_need_measures *to, double years,
                                                       gov_table **out, gov_error *err);

/* --- Two models ----------------------------------------------------------------------------------------
 * diff: both models on one table (which has the inputs of both), with the same options. Without a table
 * (households NULL) only the rules are compared; the two other tables have no rows. The tables are borrowed
 * from the diff.
 * transitions: tier_from, tier_to ("none", "refused" too), households.
 * movers: a row a household whose tier differs: row, score_from, score_to, tier_from, tier_to, changed ("+id"
 *   newly deprived, "-id" no longer; "weights or tiers" if no indicator differs).
 * rules: what differs in the models: id, what (weight, deprived, partly, applies, on_missing; at for a tier),
 *   from, to. */
typedef struct gov_need_diff gov_need_diff;
GOV_API gov_status gov_need_model_diff(const gov_need_model *from, const gov_need_model *to,
                                       const gov_table *households, const gov_need_options *options,
                                       gov_need_diff **out, gov_error *err);
GOV_API void gov_need_diff_free(gov_need_diff *diff);
GOV_API const gov_table *gov_need_diff_transitions(const gov_need_diff *diff);
GOV_API const gov_table *gov_need_diff_movers(const gov_need_diff *diff);
GOV_API const gov_table *gov_need_diff_rules(const gov_need_diff *diff);

/* --- Weights -----------------------------------------------------------------------------------------
 * ahp: weights from a positive reciprocal matrix of pairwise comparisons (n × n, row by row, a(i,j) × a(j,i) =
 * 1 to 1e-6) as its principal eigenvector, with its consistency. `table` names the random index: "saaty1980"
 * (RI(3) = 0.58, the default), "saaty2007" (0.52) or "alonso2006" (0.5245); a ratio above 0.1 is called
 * inconsistent. n from 1 to 15. Errors: GOV_E_RANGE with err->row for an entry that is not positive or not
 * reciprocal; GOV_E_UNKNOWN_NAME the table.
 * Source: Saaty (1980), The Analytic Hierarchy Process; Saaty & Tran (2007); Alonso & Lamata (2006),
 * doi:10.1142/S0218488506004114. */
typedef struct gov_need_consistency {
    double lambda_max; /* the principal eigenvalue */
    double index;      /* (lambda_max - n) / (n - 1); 0 for n < 3 */
    double random_index;
    double ratio; /* index / random_index; 0 for n < 3 */
} gov_need_consistency;

GOV_API gov_status gov_need_ahp(const double *matrix, int64_t n, const char *table, double *weights,
                                gov_need_consistency *consistency, gov_error *err);

/* Weights that the data suggest. Advice only: they change with every household that is added, so that a
 * household's score would move without any change of its own.
 * matrix: rows × columns, row by row; directions: one a column, 1 more is better, -1 less is better; NULL: all
 * 1 (only CRITIC looks at them). weights: one a column, summing to 1. Errors: GOV_E_RANGE with err->row for a
 * value that is not finite (entropy: negative); GOV_E_NO_DATA fewer than two rows, or no column that varies.
 * Source: Diakoulaki et al. (1995), doi:10.1016/0305-0548(94)00059-H; Shannon entropy as in Hwang & Yoon
 * (1981); OECD/JRC Handbook (2008), section 6 (PCA: squared loadings of the first component of the
 * correlation matrix). */
typedef enum gov_need_advice {
    GOV_NEED_ENTROPY = 0,
    GOV_NEED_CRITIC = 1,
    GOV_NEED_DEVIATION = 2, /* in proportion to the standard deviations */
    GOV_NEED_PCA = 3
} gov_need_advice;

GOV_API gov_status gov_need_advise(const double *matrix, int64_t rows, int64_t columns,
                                   gov_need_advice method, const int8_t *directions, double *weights,
                                   gov_error *err);

/* How many households keep their tier whatever the weights, as long as each stays within ± `delta` (an exact
 * fraction such as "1/10") of itself, relatively, and they sum to 1. Exact: the range of a score c over all these
 * weights is c ± delta × min(c, 1 - c). On the low score and without floors.
 * Out: a row a tier: rank, tier, households, stable, may_rise, may_fall (these two may overlap). */
GOV_API gov_status gov_need_stability(const gov_need_model *model, const gov_table *households,
                                      const gov_need_options *options, const char *delta, gov_table **out,
                                      gov_error *err);

/* Shares a budget of whole units (places, packages, visits) among areas with `demand` each, so that the areas'
 * unmet shares, from the largest down, are as small as they can be (lexicographic min-max), exactly. Nobody
 * gets more than the demand; of areas with one unmet share that with the smaller demand comes first, then the one
 * that stands first. given: one an area. Returns GOV_E_RANGE
 * with err->row for a negative demand or a negative budget. Source: Ibaraki & Katoh (1988), Resource
 * Allocation Problems, ch. 5. */
GOV_API gov_status gov_need_allocate(const int64_t *demand, int64_t areas, int64_t budget, int64_t *given,
                                     gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
