/* feature_value.h - values of one input as doubles: a code is its index among the input's codes, a day its number, true
 * is 1. NaN: not known. */
#ifndef GOVCORE_PIPELINE_FEATURE_VALUE_H
#define GOVCORE_PIPELINE_FEATURE_VALUE_H

#include "base/buffer.h"
#include "need/features.h"
#include "table/frame.h"

/* A cell of any type as the input's value. What is not of the input's type, or a code that it does not have, is not
 * known. */
double gov_feature_value(const gov_need_input *input, const gov_column_view *view, int64_t row);
/* A code by its text, a number by its value. */
double gov_feature_text(const gov_need_input *input, const char *text, int64_t size);
double gov_feature_number(const gov_need_input *input, double number);

/* A column of the input's type: row i is values[rows[i]], or values[i] where `rows` is NULL. */
gov_status gov_feature_column(gov_frame *frame, const gov_need_input *input, const char *name,
                              const double *values, const int64_t *rows, gov_error *err);

/* As people read it: "2021-07-01", "true", the name of a code, "?" for what is not known. */
void gov_feature_show(const gov_need_input *input, double value, gov_buffer *out);

#endif
