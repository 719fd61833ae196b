/* result.h - the table of scores while it is written: threads write their own rows straight into its columns. */
#ifndef GOVCORE_NEED_RESULT_H
#define GOVCORE_NEED_RESULT_H

#include "need/score.h"
#include "table/frame.h"

/* The columns in their order; dimension d is DIMENSION + d. */
typedef enum gov_need_score_column {
    GOV_NEED_SCORE_NUM,
    GOV_NEED_SCORE,
    GOV_NEED_SCORE_HIGH,
    GOV_NEED_COVERAGE,
    GOV_NEED_TIER,
    GOV_NEED_TIER_HIGH,
    GOV_NEED_STATUS,
    GOV_NEED_DEPRIVED_MASK,
    GOV_NEED_PARTLY_MASK,
    GOV_NEED_MISSING_MASK,
    GOV_NEED_ABSENT_MASK,
    GOV_NEED_DIMENSION,
    GOV_NEED_SERVICE_MASK = GOV_NEED_DIMENSION + GOV_NEED_MOST_INDICATORS,
    GOV_NEED_SCORE_COLUMNS
} gov_need_score_column;

typedef struct gov_need_result {
    const gov_need_env *env;
    gov_frame frame;
    int as_codes;
    int may_refuse;
    int64_t codes_at;                       /* where tier, tier_high and status belong, if they are texts */
    uint64_t wanted;                        /* bits of the columns */
    void *values[GOV_NEED_SCORE_COLUMNS];   /* NULL: not wanted */
    uint8_t *valid[GOV_NEED_SCORE_COLUMNS]; /* NULL: never missing */
} gov_need_result;

/* Makes the columns that options->columns names. To be closed also when it fails. */
gov_status gov_need_result_open(const gov_need_env *env, const gov_table *households,
                                const gov_need_options *options, gov_need_result *result, gov_error *err);
/* Lets a scorer write into the rows from `first` on. `dimensions` holds its list of them. */
void gov_need_result_aim(const gov_need_result *result, int64_t first, gov_need_rows *rows,
                         double **dimensions);
/* Takes away what refused rows have, of `count` rows from `first` on. */
void gov_need_result_refuse(const gov_need_result *result, const gov_need_rows *rows, int64_t first,
                            int64_t count);
gov_status gov_need_result_finish(gov_need_result *result, gov_table **out, gov_error *err);
void gov_need_result_close(gov_need_result *result);

#endif
