/* object_code.h - component codes and event classes without words, for whole columns. */
#ifndef GOVCORE_CODE_OBJECT_CODE_H
#define GOVCORE_CODE_OBJECT_CODE_H

#include "code/verdict.h"

gov_status gov_object_profile_check(gov_object_profile profile, gov_error *err);
/* The profile must have been checked; `code` (may be NULL) is filled if the text is accepted. */
gov_verdict gov_component_code_verdict(const char *text, int64_t size, gov_object_profile profile,
                                       gov_object_code *code);
gov_verdict gov_event_class_verdict(const char *text, int64_t size, gov_object_profile profile,
                                    gov_object_code *code);

#endif
