/* writer.h - text into the caller's buffer, counted whether it fits or not. */
#ifndef GOVCORE_CODE_WRITER_H
#define GOVCORE_CODE_WRITER_H

#include "base/error.h"

typedef struct gov_writer {
    char *out;
    int64_t room;   /* bytes of out, the zero byte included; 0: out may be NULL */
    int64_t length; /* bytes so far, written or not */
} gov_writer;

/* GOV_E_ARGUMENT unless the room is that of a buffer and `length` is given. */
gov_status gov_writer_start(gov_writer *writer, char *out, int64_t out_size, const int64_t *length,
                            gov_error *err);
void gov_writer_bytes(gov_writer *writer, const char *text, int64_t size);
void gov_writer_stars(gov_writer *writer, int64_t count);
/* Ends the text with a zero byte; a text that does not fit becomes the empty text. */
void gov_writer_end(gov_writer *writer, int64_t *length);

#endif
