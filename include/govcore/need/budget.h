/* budget.h - what other lines would mean: how many households and how much money, area by area.
 *
 *     gov_need_lines now = GOV_NEED_LINES_INIT, next = GOV_NEED_LINES_INIT;
 *     now.model = next.model = model;
 *     now.amounts = next.amounts = "high=800,medium=500";
 *     next.at = "medium=3/10";                                      households from 3/10 on and not only from 1/3
 *     gov_need_budget(&now, &next, households, &scoring, &options, &table, &err);
 *
 * What is unknown about a household is shown as bounds and never as zero. A budget helps to plan; it decides on
 * nobody's eligibility.
 *
 * Threads: no state; one call uses scoring.threads.   Ownership: *out is yours. */
#ifndef GOVCORE_NEED_BUDGET_H
#define GOVCORE_NEED_BUDGET_H

#include "govcore/need.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One set of lines. The thresholds of indicators are in the model's rules: another file is another model. */
typedef struct gov_need_lines {
    uint32_t struct_size;
    const gov_need_model *model;
    const char *as_of;  /* these three in place of those of the scoring options; NULL: as there. So a dated */
    const char *preset; /* parameter changes by its day (as_of) or by a value (params) */
    const char *params;
    const char *at;   /* cut-offs of tiers in place of the model's: "high=2/5,low=1/6"; NULL: none */
    const char *tier; /* served are the households of this tier and above; NULL: of the lowest tier and above;
                            "none": all */
    const char *amounts; /* money by tier: "high=800,medium=500.50", at most two decimals; others get 0 */
    const char
        *line; /* what each head's income is topped up to: "1510", "B", "3/2*B" of a parameter; NULL: no
                            top-up */
} gov_need_lines;

#define GOV_NEED_LINES_INIT                                                              \
    {                                                                                    \
        (uint32_t)sizeof(gov_need_lines), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL \
    }

typedef struct gov_need_budget_options {
    uint32_t struct_size;
    const char *by;      /* column of areas (whole numbers or text); NULL: the total only */
    const char *income;  /* column of the income a head, for `line` */
    const char *persons; /* column: money is for each of them; NULL: for each household */
} gov_need_budget_options;

#define GOV_NEED_BUDGET_OPTIONS_INIT                                \
    {                                                               \
        (uint32_t)sizeof(gov_need_budget_options), NULL, NULL, NULL \
    }

/* The present lines and others on one table of households, in whatever period the amounts and the income have.
 *
 * A household that is served gets, for each of its persons, its tier's amount and what its income a head lacks of
 * the line. `_low` is what is certain, `_high` what is possible: a household's score is anything between score and
 * score_high (a refused one's anything at all), a missing income anything in the range of its input (0 and up if it
 * is none), missing persons likewise (1 and up). Money is counted in hundredths, household by
 * household, so that areas sum to the total exactly, whatever the batches and threads.
 *
 * Out, the total first with a missing group, then the areas in their order, last (with an empty group) the
 * households without an area, if there are any:
 *   group, households, now_low, now_high, next_low, next_high    households; served under the present lines and
 *                                                                under the others
 *   enter_low, enter_high, leave_low, leave_high                 not served now and served then; the reverse
 *   now_money_low, now_money_high, next_money_low, next_money_high, change_money_low, change_money_high
 *                                 what has no bound is missing
 *   unbounded                     households whose money has no upper bound: persons missing without a range
 * A household's persons and income are the same under both lines. So is its score, if they have one model, day, preset
 * and parameters; otherwise each side's tier may be any between its bounds, and the changes that are possible may be
 * fewer than is said.
 *
 * Errors: as gov_need_score; GOV_E_UNKNOWN_NAME a tier, parameter or column; GOV_E_FORMAT at, amounts or line;
 * GOV_E_RANGE cut-offs that are out of order or not in (0, 1], a parameter without a value on the day, an income
 * or persons that are negative or not finite (err->row, err->name); GOV_E_MISSING a line without the column of
 * incomes, or a dated parameter without a day; GOV_E_LIMIT money over 2^62 hundredths for one household. */
GOV_API gov_status gov_need_budget(const gov_need_lines *now, const gov_need_lines *next,
                                   const gov_table *households, const gov_need_options *scoring,
                                   const gov_need_budget_options *options, gov_table **out, gov_error *err);

#ifdef __cplusplus
}
#endif

#endif
