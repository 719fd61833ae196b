/* score.c - the households of a store through a need model and back.
 *
 * Households are gathered and scored in batches, so that what is held is the scores of all and what is known of some. A
 * model's tests, bounds and kernels see a batch as they see a file. What is written is one import, so that a failure
 * or a cancel leaves the store as it was. */
#include "pipeline/features.h"
#include "pipeline/show.h"

#include "table/frame.h"

#include <string.h>

static gov_status pass_all(gov_frame *frame, const gov_table *table, gov_error *err)
{
    for (int64_t i = 0; i < gov_table_columns(table); i++) {
        const char *name = gov_table_name(table, i);
        if (strcmp(name, "id") != 0 && strcmp(name, "grid") != 0 && strcmp(name, "household") != 0)
            GOV_TRY(gov_frame_pass(frame, table, i, NULL, err));
    }
    return GOV_OK;
}

gov_status gov_scores_join(const gov_table *households, const gov_table *scores, gov_table **out,
                           gov_error *err)
{
    gov_frame frame = GOV_FRAME_INIT(gov_table_rows(households));
    gov_status status;
    GOV_TRY_OUT(gov_frame_pass(&frame, households, 0, "household", err));
    GOV_TRY_OUT(gov_frame_pass(&frame, households, 1, "grid", err));
    GOV_TRY_OUT(pass_all(&frame, scores, err));
    status = gov_frame_finish(&frame, out, err);
out:
    gov_frame_clear(&frame);
    return status;
}

/* A uint32 mask as the int64 that the store keeps. */
static gov_status add_mask(gov_frame *frame, const gov_table *scores, const char *name, gov_error *err)
{
    gov_column_view view = GOV_COLUMN_VIEW_INIT;
    int64_t *values = NULL;
    uint8_t *valid = NULL;
    GOV_TRY(gov_table_need(scores, name, &view, err));
    GOV_TRY(gov_frame_add(frame, name, GOV_TYPE_INT64, (void **)&values, &valid, err));
    for (int64_t i = 0; i < view.length; i++) {
        if (gov_view_present(&view, i))
            values[i] = ((const uint32_t *)view.values)[view.offset + i];
        else
            gov_bit_clear(valid, i);
    }
    return GOV_OK;
}

static gov_status pass_named(gov_frame *frame, const gov_table *table, const char *name, gov_error *err)
{
    int64_t column;
    GOV_TRY(gov_table_find(table, name, &column, err));
    return gov_frame_pass(frame, table, column, NULL, err);
}

static gov_status add_day(gov_frame *frame, int32_t day, gov_error *err)
{
    int32_t *days = NULL;
    GOV_TRY(gov_frame_add(frame, "as_of", GOV_TYPE_DATE, (void **)&days, NULL, err));
    for (int64_t i = 0; i < frame->rows; i++)
        days[i] = day;
    return GOV_OK;
}

/* The columns of kind score. `same` holds a zero for every row: one text for all. */
static gov_status records(const gov_need_model *model, const gov_table *scores, int32_t day,
                          const int8_t *same, gov_table **out, gov_error *err)
{
    static const char *const as_they_are[] = {"household", "score",     "score_high", "coverage",
                                              "tier",      "tier_high", "status"};
    const char *id = gov_need_model_id(model);
    const char *fingerprint = gov_need_model_fingerprint(model);
    gov_frame frame = GOV_FRAME_INIT(gov_table_rows(scores));
    gov_status status;
    for (size_t i = 0; i < sizeof(as_they_are) / sizeof(as_they_are[0]); i++)
        GOV_TRY_OUT(pass_named(&frame, scores, as_they_are[i], err));
    GOV_TRY_OUT(gov_frame_labels(&frame, "model", same, &id, 1, err));
    GOV_TRY_OUT(gov_frame_labels(&frame, "fingerprint", same, &fingerprint, 1, err));
    GOV_TRY_OUT(add_day(&frame, day, err));
    GOV_TRY_OUT(add_mask(&frame, scores, "deprived_mask", err));
    GOV_TRY_OUT(add_mask(&frame, scores, "missing_mask", err));
    status = gov_frame_finish(&frame, out, err);
out:
    gov_frame_clear(&frame);
    return status;
}

static gov_status write_scores(gov_store *store, const gov_need_model *model, const gov_table *scores,
                               int32_t day, const gov_pipeline_options *options, gov_error *err)
{
    gov_table *rows = NULL;
    gov_import_options import = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result result = GOV_IMPORT_RESULT_INIT;
    import.strict = 1;
    import.source = "pipeline/score";
    import.run = options->run;
    int8_t *same = gov_alloc_zero(gov_table_rows(scores), 1);
    if (same == NULL)
        return gov_fail_memory(err);
    gov_status status = records(model, scores, day, same, &rows, err);
    if (status == GOV_OK)
        status = gov_store_import_table(store, "score", rows, &import, &result, NULL, err);
    gov_table_free(rows);
    gov_free(same);
    return status;
}

static gov_status score_batch(void *context, const gov_feature_plan *plan, gov_feature_batch *batch,
                              gov_table **out, gov_error *err)
{
    gov_need_options how = *(const gov_need_options *)context;
    gov_table *scores = NULL;
    how.members = batch->members;
    GOV_TRY(gov_need_score(plan->model, batch->table, &how, &scores, err));
    gov_status status = gov_scores_join(batch->table, scores, out, err);
    gov_table_free(scores);
    return status;
}

static gov_status check_view(const gov_feature_plan *plan, gov_error *err)
{
    if (plan->options.read_only || strcmp(plan->options.view, "assistance") == 0)
        return GOV_OK;
    return gov_fail_at(err, GOV_E_UNSUPPORTED, GOV_AT_NAME(plan->options.view),
                       "scores are recorded of assistance households only; score other views read only");
}

static gov_status score_store(const gov_feature_plan *plan, gov_need_options *how, gov_table **out,
                              gov_error *err)
{
    gov_table *scores = NULL;
    GOV_TRY(check_view(plan, err));
    GOV_TRY(gov_feature_walk(plan, score_batch, how, &scores, err));
    gov_status status = GOV_OK;
    if (!plan->options.read_only)
        status = write_scores(plan->store, plan->model, scores, plan->day, &plan->options, err);
    if (status == GOV_OK)
        status = gov_scores_show(plan, scores, out, err);
    gov_table_free(scores);
    return status;
}

gov_status gov_pipeline_score(gov_store *store, const gov_need_model *model,
                              const gov_pipeline_options *options, const gov_need_options *scoring,
                              gov_table **out, gov_error *err)
{
    if (store == NULL || model == NULL || options == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "store, model, options and out must be given");
    gov_feature_plan plan;
    gov_need_options how = GOV_NEED_OPTIONS_INIT;
    if (scoring != NULL)
        how = *scoring;
    GOV_TRY(gov_feature_plan_open(store, model, options, &plan, err));
    how.as_of = plan.options.as_of;
    how.run = plan.options.run;
    gov_status status = score_store(&plan, &how, out, err);
    gov_feature_plan_close(&plan);
    return status;
}
