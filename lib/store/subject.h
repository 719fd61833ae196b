/* subject.h - all that is recorded about one record: itself, and what refers to it. */
#ifndef GOVCORE_STORE_SUBJECT_H
#define GOVCORE_STORE_SUBJECT_H

#include "store/view.h"

/* Appends the condition on rows k of `kind` that they are about the record ?1 of kind `of`; 0 if none can be. */
int gov_subject_condition(const gov_kind *kind, const gov_kind *of, gov_buffer *sql);

#endif
