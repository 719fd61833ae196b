/* lines.h - a set of lines, read and bound to a table: cut-offs, who is served, and with how much. */
#ifndef GOVCORE_NEED_LINES_H
#define GOVCORE_NEED_LINES_H

#include "govcore/need/budget.h"
#include "need/score.h"

typedef struct gov_need_terms {
    gov_need_env env;
    int64_t thresholds[GOV_NEED_MOST_TIERS]; /* of scores, over the env's denominator */
    int64_t served;                          /* the lowest rank that is */
    double amounts[GOV_NEED_MOST_TIERS + 1]; /* by rank */
    double line;                             /* -1: no top-up */
} gov_need_terms;

/* `scoring` is a checked copy; its day, preset and parameters give way to those of the lines. */
gov_status gov_need_terms_open(const gov_need_lines *lines, const gov_table *households,
                               const gov_need_options *scoring, gov_need_terms *out, gov_error *err);
void gov_need_terms_close(gov_need_terms *terms);

enum { GOV_NEED_NOW, GOV_NEED_NEXT, GOV_NEED_SIDES };

/* The score and the floors of one household by one set of lines, as far as they are known. */
typedef struct gov_need_standing {
    int64_t low; /* numerators of the score */
    int64_t high;
    int8_t floor; /* the tier that floors give at least, and may give */
    int8_t floor_high;
} gov_need_standing;

typedef struct gov_need_known {
    gov_need_standing standings[GOV_NEED_SIDES];
    double income_low; /* a head */
    double income_high;
    double persons_low;
    double persons_high; /* INFINITY: no bound */
} gov_need_known;

/* What the two sets of lines mean for it: certainly, and possibly. Money in hundredths, INFINITY: no bound. */
typedef struct gov_need_outcome {
    int served[GOV_NEED_SIDES];
    int may_be_served[GOV_NEED_SIDES];
    int enters;
    int may_enter;
    int leaves;
    int may_leave;
    double least[GOV_NEED_SIDES];
    double most[GOV_NEED_SIDES];
    double change_least;
    double change_most;
} gov_need_outcome;

/* `terms`: GOV_NEED_SIDES of them. same_facts: both sides score alike and differ only in what they make of a score, so
 * that one score is looked at under both. */
void gov_need_compare(const gov_need_terms *terms, int same_facts, const gov_need_known *known,
                      gov_need_outcome *out);

#endif
