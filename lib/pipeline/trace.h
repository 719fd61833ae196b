/* trace.h - of one household: since when each recorded value holds, and who recorded it. */
#ifndef GOVCORE_PIPELINE_TRACE_H
#define GOVCORE_PIPELINE_TRACE_H

#include "pipeline/features.h"

/* Where a value is from. */
typedef struct gov_trace {
    int32_t day;        /* GOV_NO_DAY: not known */
    const char *source; /* NULL: not known; borrowed from the traces or the batch */
    int64_t size;
} gov_trace;

#define GOV_NO_DAY INT32_MIN

typedef struct gov_traces {
    gov_arena arena;
    gov_trace household;
    gov_trace *persons;     /* by the row of persons */
    gov_trace *memberships; /* by the row of memberships */
    gov_trace **related;    /* by source: of relations; NULL for others */
} gov_traces;

/* `batch` holds one household. */
gov_status gov_traces_open(const gov_feature_plan *plan, const gov_feature_batch *batch, gov_traces *out,
                           gov_error *err);
void gov_traces_close(gov_traces *traces);

/* Of a source's value, for the household (`row` 0) or a counted member. */
gov_trace gov_trace_of(const gov_feature_plan *plan, const gov_feature_batch *batch, const gov_traces *traces,
                       int64_t source, int64_t row);

#endif
