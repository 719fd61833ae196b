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

/* What is known of one household: ranks of tiers and bounds of its income a head and its persons. */
typedef struct gov_need_known {
    int8_t tier; /* -1: refused */
    int8_t tier_high;
    double income_low;
    double income_high;
    double persons_low;
    double persons_high; /* INFINITY: no bound */
} gov_need_known;

/* What one set of lines gives it, certainly and possibly, in hundredths; `most` is -1 if it has no bound. */
typedef struct gov_need_grant {
    int served;
    int may_be_served;
    int64_t least;
    int64_t most;
} gov_need_grant;

/* 0 if the money cannot be counted. */
int gov_need_grant_of(const gov_need_terms *terms, const gov_need_known *known, gov_need_grant *out);

#endif
