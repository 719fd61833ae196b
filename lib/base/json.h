/* json.h - reading JSON (RFC 8259) value by value, in constant memory, without building a tree.
 *
 *     gov_json j = gov_json_of(text, size, "grids.geojson");
 *     GOV_TRY(gov_json_open(&j, '{', err));
 *     while ((status = gov_json_key(&j, &key, &more, err)) == GOV_OK && more) {
 *         if (gov_json_is(&key, "id"))
 *             GOV_TRY(gov_json_number(&j, &id, err));
 *         else
 *             GOV_TRY(gov_json_skip(&j, err));
 *     }
 *
 * A gov_json is a place in the text: keep a copy to come back to it. Errors are GOV_E_FORMAT, GOV_E_ENCODING or
 * GOV_E_LIMIT (more than 64 levels) with file, line and column. */
#ifndef GOVCORE_BASE_JSON_H
#define GOVCORE_BASE_JSON_H

#include "base/buffer.h"

typedef struct gov_json {
    const char *text;
    int64_t size;
    int64_t at;
    const char *file;
    int depth;
    int after_value;                         /* a comma or an end comes next */
    int64_t lines_before, characters_before; /* of a text that is part of a file: what stands before it */
} gov_json;

gov_json gov_json_of(const char *text, int64_t size, const char *file);

/* The first byte of the next value ('{', '[', '"', a digit or '-', 't', 'f', 'n'), or 0 at the end. */
char gov_json_kind(gov_json *json);

/* Enters an object ('{') or an array ('['). */
gov_status gov_json_open(gov_json *json, char bracket, gov_error *err);
/* The next key (decoded into `key`, which is cleared first) or element; *more is 0 at the end, which is taken. */
gov_status gov_json_key(gov_json *json, gov_buffer *key, int *more, gov_error *err);
gov_status gov_json_element(gov_json *json, int *more, gov_error *err);

gov_status gov_json_number(gov_json *json, double *value, gov_error *err);
gov_status gov_json_string(gov_json *json, gov_buffer *out, gov_error *err);
gov_status gov_json_bool(gov_json *json, int *value, gov_error *err);
/* Any value; *start and *size (both may be NULL) are the value's own text. */
gov_status gov_json_skip(gov_json *json, const char **start, int64_t *size, gov_error *err);
/* That nothing but white space follows. */
gov_status gov_json_end(gov_json *json, gov_error *err);

int gov_json_is(const gov_buffer *text, const char *word);
/* An error at the present place. */
gov_status gov_json_fail(const gov_json *json, gov_status code, const char *what, gov_error *err);

#endif
