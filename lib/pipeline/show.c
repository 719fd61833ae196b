/* show.c - a column that must not be seen stays, so that a table has one shape for all, and has no values. */
#include "pipeline/show.h"

#include <string.h>

gov_field_class gov_shown_class(const gov_feature_plan *plan)
{
    gov_field_class own = gov_store_field_class(plan->store);
    gov_field_class asked = plan->options.show;
    return asked == GOV_FIELDS_DEFAULT || asked > own ? own : asked;
}

gov_field_class gov_model_class(const gov_feature_plan *plan)
{
    int highest = GOV_FIELDS_INTERNAL;
    for (int64_t i = 0; i < plan->model->input_count; i++)
        if (plan->classes[i] > highest)
            highest = plan->classes[i];
    return (gov_field_class)highest;
}

static gov_field_class class_of_score(const gov_feature_plan *plan, const char *name)
{
    static const char *const internal[] = {"household", "grid"};
    static const char *const personal[] = {"score_num", "score",     "score_high", "coverage",
                                           "tier",      "tier_high", "status",     "missing_mask"};
    for (size_t i = 0; i < sizeof(internal) / sizeof(internal[0]); i++)
        if (strcmp(name, internal[i]) == 0)
            return GOV_FIELDS_INTERNAL;
    for (size_t i = 0; i < sizeof(personal) / sizeof(personal[0]); i++)
        if (strcmp(name, personal[i]) == 0)
            return GOV_FIELDS_PERSONAL;
    return gov_model_class(plan) > GOV_FIELDS_PERSONAL ? gov_model_class(plan) : GOV_FIELDS_PERSONAL;
}

static gov_status add_empty(gov_frame *frame, const char *name, gov_type type, gov_error *err)
{
    void *values = NULL;
    uint8_t *valid = NULL;
    if (type == GOV_TYPE_UTF8) {
        int8_t *codes = gov_alloc(frame->rows, 1);
        if (codes == NULL)
            return gov_fail_memory(err);
        memset(codes, -1, (size_t)frame->rows);
        gov_status status = gov_frame_labels(frame, name, codes, NULL, 0, err);
        gov_free(codes);
        return status;
    }
    GOV_TRY(gov_frame_add(frame, name, type, &values, &valid, err));
    for (int64_t i = 0; i < frame->rows; i++)
        gov_bit_clear(valid, i);
    return GOV_OK;
}

gov_status gov_scores_show(const gov_feature_plan *plan, const gov_table *scores, gov_table **out,
                           gov_error *err)
{
    gov_field_class shown = gov_shown_class(plan);
    gov_frame frame = GOV_FRAME_INIT(gov_table_rows(scores));
    gov_status status = GOV_OK;
    for (int64_t i = 0; i < gov_table_columns(scores) && status == GOV_OK; i++) {
        const char *name = gov_table_name(scores, i);
        if (class_of_score(plan, name) <= shown)
            status = gov_frame_pass(&frame, scores, i, NULL, err);
        else
            status = add_empty(&frame, name, gov_table_type(scores, i), err);
    }
    if (status == GOV_OK)
        status = gov_frame_finish(&frame, out, err);
    gov_frame_clear(&frame);
    return status;
}
