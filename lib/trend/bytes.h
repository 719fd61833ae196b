/* bytes.h - numbers and texts to bytes and back, and the frame around a stored state.
 *
 * One walk describes a form and serves both ways: every field goes through the functions below, which write it to the bytes
 * or read it from them, so that what is written cannot differ from what is read. Reading trusts nothing: past the end, or
 * where a number is not what it may be, the stream is `broken` and everything reads as 0. */
#ifndef GOVCORE_TREND_BYTES_H
#define GOVCORE_TREND_BYTES_H

#include "base/error.h"

typedef struct gov_bytes {
    uint8_t *out;      /* writing; both NULL: only counting */
    const uint8_t *in; /* reading */
    int64_t size;      /* so far */
    int64_t end;       /* of `in` */
    int broken;
} gov_bytes;

/* Whether so many bytes are left (writing: always). */
int gov_bytes_room(gov_bytes *s, int64_t bytes);
void gov_bytes_raw(gov_bytes *s, void *data, int64_t size);
/* Integers and doubles are little-endian on every machine. */
uint64_t gov_bytes_number(gov_bytes *s, uint64_t value, int width);
void gov_bytes_int32(gov_bytes *s, int32_t *value);
void gov_bytes_int64(gov_bytes *s, int64_t *value);
/* A whole number that must lie in [least, most]. */
void gov_bytes_bounded(gov_bytes *s, int64_t *value, int64_t least, int64_t most);
/* A number that must be finite. */
void gov_bytes_finite(gov_bytes *s, double *value);
/* A text, NULL for missing: written, and read as a pointer into the bytes. */
void gov_bytes_put_text(gov_bytes *s, const char *text, int64_t size);
const char *gov_bytes_take_text(gov_bytes *s, int64_t *size);

/* A field of an enum (or int) type that must lie in [least, most]. */
#define GOV_BYTES_CHOICE(s, field, type, least, most)      \
    do {                                                   \
        int64_t choice_ = (int64_t)(field);                \
        gov_bytes_bounded((s), &choice_, (least), (most)); \
        (field) = (type)choice_;                           \
    } while (0)

gov_status gov_bytes_damaged(gov_error *err);

/* --- The frame: 8 bytes that name the form, its version, the body, and an XXH3-128 digest of all before ------------- */

typedef gov_status (*gov_bytes_body)(gov_bytes *s, void *thing, gov_error *err);

/* Writes `thing`; the body is walked twice, first to count. */
gov_status gov_bytes_frame(const char magic[9], uint32_t version, gov_bytes_body body, void *thing,
                           gov_text **out, gov_error *err);
/* Checks the frame and leaves *s at the body. GOV_E_FORMAT, GOV_E_VERSION, GOV_E_CORRUPT. */
gov_status gov_bytes_open(const char magic[9], uint32_t version, const void *bytes, int64_t size,
                          gov_bytes *s, gov_error *err);
/* The same with a file. */
gov_status gov_bytes_save(gov_text *bytes, const char *path, gov_error *err); /* frees the bytes */
gov_status gov_bytes_load(const char *path, char **bytes, int64_t *size, gov_error *err);
/* Names the file in an error. */
gov_status gov_bytes_of_file(gov_status status, const char *path, gov_error *err);

#endif
