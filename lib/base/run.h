/* run.h - the library's side of a gov_run: tell how far it is, hear whether to stop. */
#ifndef GOVCORE_BASE_RUN_H
#define GOVCORE_BASE_RUN_H

#include "base/error.h"

/* Called once per batch, from any thread; `run` may be NULL. GOV_E_CANCELLED if the run was cancelled. */
gov_status gov_run_poll(gov_run *run, int64_t done, int64_t total, gov_error *err);

#endif
