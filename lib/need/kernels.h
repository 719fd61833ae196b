/* kernels.h - one tight loop an operation over (values, known).
 *
 * Numbers: a result that is not finite is not known, so that division by zero and overflow are missing and
 * never 0 or infinity. Truth: Kleene's three values; `bits` is 0 wherever `known` is 0, and every kernel keeps
 * it so. No buffer of a result is one of its arguments. */
#ifndef GOVCORE_NEED_KERNELS_H
#define GOVCORE_NEED_KERNELS_H

#include "need/eval.h"

/* Computes op for `count` rows; a, b and c are its arguments as far as it has them. Inputs, parameters and
 * aggregates are not among these operations. */
void gov_need_kernel(int op, int of_bits, const gov_need_vector *a, const gov_need_vector *b,
                     const gov_need_vector *c, const gov_need_vector *out, int64_t count);

#endif
