#include "trend/bytes.h"
#include "base/buffer.h"
#include "base/digest.h"
#include "base/file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MAGIC_SIZE = 8, HEAD_SIZE = MAGIC_SIZE + 4, DIGEST_SIZE = GOV_DIGEST_TEXT - 1 };
static const int64_t LARGEST_FILE = INT64_C(1) << 40;

int gov_bytes_room(gov_bytes *s, int64_t bytes)
{
    if (s->in != NULL && (s->broken || bytes < 0 || bytes > s->end - s->size))
        s->broken = 1;
    return !s->broken;
}

void gov_bytes_raw(gov_bytes *s, void *data, int64_t size)
{
    if (!gov_bytes_room(s, size))
        return;
    if (s->in != NULL && size > 0)
        memcpy(data, s->in + s->size, (size_t)size);
    else if (s->out != NULL && size > 0)
        memcpy(s->out + s->size, data, (size_t)size);
    s->size += size;
}

uint64_t gov_bytes_number(gov_bytes *s, uint64_t value, int width)
{
    uint8_t raw[8] = {0};
    for (int i = 0; i < width && s->in == NULL; i++)
        raw[i] = (uint8_t)(value >> 8 * i);
    gov_bytes_raw(s, raw, width);
    uint64_t back = 0;
    for (int i = 0; i < width; i++)
        back |= (uint64_t)raw[i] << 8 * i;
    return back;
}

void gov_bytes_int32(gov_bytes *s, int32_t *value)
{
    *value = (int32_t)(uint32_t)gov_bytes_number(s, (uint32_t)*value, 4);
}

void gov_bytes_int64(gov_bytes *s, int64_t *value)
{
    *value = (int64_t)gov_bytes_number(s, (uint64_t)*value, 8);
}

void gov_bytes_bounded(gov_bytes *s, int64_t *value, int64_t least, int64_t most)
{
    gov_bytes_int64(s, value);
    if (s->in == NULL || (*value >= least && *value <= most))
        return;
    s->broken = 1;
    *value = least;
}

void gov_bytes_finite(gov_bytes *s, double *value)
{
    uint64_t bits;
    memcpy(&bits, value, sizeof(bits));
    bits = gov_bytes_number(s, bits, 8);
    memcpy(value, &bits, sizeof(bits));
    if (s->in == NULL || isfinite(*value))
        return;
    s->broken = 1;
    *value = 0;
}

void gov_bytes_put_text(gov_bytes *s, const char *text, int64_t size)
{
    int64_t length = text == NULL ? -1 : size;
    gov_bytes_int64(s, &length);
    if (length > 0 && s->out != NULL)
        memcpy(s->out + s->size, text, (size_t)length);
    s->size += length > 0 ? length : 0;
}

const char *gov_bytes_take_text(gov_bytes *s, int64_t *size)
{
    *size = 0;
    gov_bytes_bounded(s, size, -1, s->end - s->size);
    if (s->broken || *size < 0 || !gov_bytes_room(s, *size))
        return NULL;
    const char *start = (const char *)s->in + s->size;
    s->size += *size;
    return start;
}

gov_status gov_bytes_damaged(gov_error *err)
{
    return gov_fail(err, GOV_E_CORRUPT, "the state is damaged: it contradicts itself");
}

/* --- The frame ------------------------------------------------------------------------------------------------------- */

gov_status gov_bytes_frame(const char magic[9], uint32_t version, gov_bytes_body body, void *thing,
                           gov_text **out, gov_error *err)
{
    gov_bytes counted = {NULL, NULL, 0, 0, 0};
    GOV_TRY(body(&counted, thing, err));
    int64_t size = HEAD_SIZE + counted.size + DIGEST_SIZE;
    gov_buffer bytes = {gov_alloc(size + 1, 1), size, size + 1, 0};
    if (bytes.data == NULL)
        return gov_fail_memory(err);
    gov_bytes s = {(uint8_t *)bytes.data, NULL, MAGIC_SIZE, 0, 0};
    memcpy(bytes.data, magic, MAGIC_SIZE);
    gov_bytes_number(&s, version, 4);
    body(&s, thing, err);
    char digest[GOV_DIGEST_TEXT];
    gov_digest_of(bytes.data, s.size, digest);
    memcpy(bytes.data + s.size, digest, DIGEST_SIZE);
    return gov_buffer_finish(&bytes, out, err);
}

gov_status gov_bytes_open(const char magic[9], uint32_t version, const void *bytes, int64_t size,
                          gov_bytes *s, gov_error *err)
{
    char digest[GOV_DIGEST_TEXT];
    if (bytes == NULL || size < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "bytes must not be NULL");
    if (size < MAGIC_SIZE || memcmp(bytes, magic, MAGIC_SIZE) != 0)
        return gov_fail(err, GOV_E_FORMAT, "these bytes are not a state: they do not begin with %s", magic);
    if (size < HEAD_SIZE + DIGEST_SIZE)
        return gov_fail(err, GOV_E_CORRUPT, "the state is cut short: it has %lld bytes", (long long)size);
    *s = (gov_bytes){NULL, bytes, MAGIC_SIZE, size, 0};
    uint64_t found = gov_bytes_number(s, 0, 4);
    if (found != version)
        return gov_fail(err, GOV_E_VERSION, "the state has version %llu, this library reads version %u",
                        (unsigned long long)found, version);
    gov_digest_of(bytes, size - DIGEST_SIZE, digest);
    if (memcmp(digest, (const char *)bytes + size - DIGEST_SIZE, DIGEST_SIZE) != 0)
        return gov_fail(err, GOV_E_CORRUPT,
                        "the state is damaged or cut short: its digest does not fit its bytes");
    s->end = size - DIGEST_SIZE;
    return GOV_OK;
}

gov_status gov_bytes_save(gov_text *bytes, const char *path, gov_error *err)
{
    gov_status status = path == NULL ? gov_fail(err, GOV_E_ARGUMENT, "path must not be NULL")
                                     : gov_file_write(path, gov_text_data(bytes), gov_text_size(bytes), err);
    gov_text_free(bytes);
    return status;
}

gov_status gov_bytes_load(const char *path, char **bytes, int64_t *size, gov_error *err)
{
    if (path == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "path must not be NULL");
    return gov_file_read(path, LARGEST_FILE, bytes, size, err);
}

gov_status gov_bytes_of_file(gov_status status, const char *path, gov_error *err)
{
    if (status != GOV_OK && err != NULL && err->struct_size >= sizeof(*err))
        snprintf(err->file, sizeof(err->file), "%s", path);
    return status;
}
