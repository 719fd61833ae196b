/* buffer.h - text that grows: CSV, JSON, explanations, pages; ends as a gov_text. */
#ifndef GOVCORE_BASE_BUFFER_H
#define GOVCORE_BASE_BUFFER_H

#include "base/alloc.h"

/* Once an append has failed for want of memory the buffer is `broken`: later appends do nothing and
 * gov_buffer_finish reports it, so that a writer need not check every line. */
typedef struct gov_buffer {
    char *data;
    int64_t size;
    int64_t capacity;
    int broken;
} gov_buffer;

#define GOV_BUFFER_INIT \
    {                   \
        NULL, 0, 0, 0   \
    }

void gov_buffer_bytes(gov_buffer *buffer, const char *text, int64_t size);
void gov_buffer_text(gov_buffer *buffer, const char *text); /* zero-ended */
void gov_buffer_char(gov_buffer *buffer, char c);
void gov_buffer_format(gov_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The shortest decimal that reads back as the same double; "nan", "inf", "-inf" for what is not a number. */
void gov_buffer_double(gov_buffer *buffer, double value);
void gov_buffer_float(gov_buffer *buffer, float value); /* that reads back as the same float */
/* A JSON string with its quotes. */
void gov_buffer_json(gov_buffer *buffer, const char *text, int64_t size);
void gov_buffer_clear(gov_buffer *buffer);
/* Moves the text into *out and empties the buffer; GOV_E_MEMORY (and an empty buffer) if it is broken. */
gov_status gov_buffer_finish(gov_buffer *buffer, gov_text **out, gov_error *err);

#endif
