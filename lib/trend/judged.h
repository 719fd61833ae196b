/* judged.h - the frame in which a detector judges one series of a panel after another. */
#ifndef GOVCORE_TREND_LIB_JUDGED_H
#define GOVCORE_TREND_LIB_JUDGED_H

#include "govcore/trend/judged.h"

enum { GOV_JUDGED_NUMBERS = 3 + GOV_PANEL_MSTL_MOST, GOV_JUDGED_WORDS = 2 };

/* One series, and what a detector says of it: n items each. Numbers that it could not have are NaN. */
typedef struct gov_line {
    int64_t n;
    int64_t from; /* the periods before need not be judged */
    const double *y;
    const uint8_t *valid;
    const double *population; /* NULL: none */
    gov_alarms alarms;
    double *number[GOV_JUDGED_NUMBERS]; /* one stretch of memory, n after n */
    uint8_t *word[GOV_JUDGED_WORDS];    /* 0: none, else a place in the column's words */
} gov_line;

/* The columns that a detector has of its own, and how it judges a series. */
typedef struct gov_detector {
    const char *numbers[GOV_JUDGED_NUMBERS];
    struct {
        const char *name;
        const char *const *words; /* the first is not used */
        int64_t count;
    } words[GOV_JUDGED_WORDS];
    int plain; /* not 0: no expected, upper, score and alarm */
    gov_status (*judge)(const void *options, gov_line *line, gov_error *err);
} gov_detector;

gov_status gov_panel_judge(const gov_panel *panel, const gov_panel *population, const gov_detector *detector,
                           const void *detector_options, const gov_judged_options *options, gov_table **out,
                           gov_error *err);

#endif
