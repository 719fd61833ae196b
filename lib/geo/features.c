/* features.c - a window over the file that holds one value at a time.
 *
 * A value is cut out by its brackets and quotes alone, which takes a state of three numbers and so goes on where the
 * window ended; the cursor of base/json.h, made for text in memory, then reads what was cut out and finds every fault
 * with its place. SQLite's json1, yyjson and jansson want the whole document in memory, and a national file of
 * grids has gigabytes; the parsers that stream (yajl, json-c's tokener) call back for every token, do not give line and
 * column, and would be one more library for what is a hundred lines here.
 *
 * Only the members of the collection itself may come in any order: "type" may be the last. What has no "features" is
 * then read again as one feature. */
#include "geo/features.h"
#include "base/utf8.h"
#include "table/csv_source.h"

#include <string.h>

enum { PIECE = 1 << 16 };

typedef enum stage {
    AT_START,
    AT_MEMBER,  /* of the collection, before a key or the end */
    AT_FEATURE, /* in "features", before an element or the end */
    AT_END
} stage;

struct gov_features {
    char *path, *encoding; /* encoding NULL: by itself */
    gov_csv_source *source;
    char *window;
    int64_t capacity, size, at; /* bytes in the window; the one that is looked at */
    int64_t lines, characters;  /* before `at`: whole lines, and characters of the line */
    stage stage;
    int after_value; /* a comma or the end comes next */
    int collection;  /* "features" was seen */
    gov_buffer key, type, crs;
    int has_crs;
};

/* --- The window ------------------------------------------------------------------------------------------- */

static gov_json rest(const gov_features *f, int64_t size)
{
    gov_json j = gov_json_of(f->window + f->at, size, f->path);
    j.lines_before = f->lines;
    j.characters_before = f->characters;
    return j;
}

static gov_status fail_here(const gov_features *f, gov_status code, const char *what, gov_error *err)
{
    gov_json j = rest(f, f->size - f->at);
    return gov_json_fail(&j, code, what, err);
}

/* Moves `at` over n bytes. */
static void pass(gov_features *f, int64_t n)
{
    if (n == 0)
        return;
    const char *text = f->window + f->at, *end = text + n, *line;
    f->at += n;
    while ((line = memchr(text, '\n', (size_t)(end - text))) != NULL) {
        text = line + 1;
        f->lines++;
        f->characters = 0;
    }
    f->characters += gov_utf8_count(text, end - text);
}

/* Reads more behind the window's end, after dropping what was passed; *more is 0 at the end of the file. */
static gov_status refill(gov_features *f, int *more, gov_error *err)
{
    int64_t got = 0;
    if (f->at > 0) {
        f->size -= f->at;
        memmove(f->window, f->window + f->at, (size_t)f->size);
        f->at = 0;
    }
    if (f->size > GOV_FEATURE_LARGEST)
        return fail_here(f, GOV_E_LIMIT, "a feature or member is larger than 256 MB", err);
    void *block = f->window;
    gov_status status = gov_grow(&block, &f->capacity, f->size + PIECE, 1, err);
    f->window = block;
    if (status == GOV_OK)
        status = gov_csv_source_read(f->source, f->window + f->size, PIECE, &got, err);
    f->size += got;
    *more = got > 0;
    return status;
}

static int is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* The byte that comes next behind white space; 0 at the end of the file. */
static gov_status peek(gov_features *f, char *out, gov_error *err)
{
    int more = 1;
    for (;;) {
        int64_t n = 0;
        while (f->at + n < f->size && is_space(f->window[f->at + n]))
            n++;
        pass(f, n);
        if (f->at < f->size || !more)
            break;
        GOV_TRY(refill(f, &more, err));
    }
    *out = f->at < f->size ? f->window[f->at] : '\0';
    return GOV_OK;
}

/* --- Cutting out a value ---------------------------------------------------------------------------------- */

typedef struct cut {
    int64_t size; /* bytes looked at */
    int64_t depth;
    int in_string, escaped, done;
} cut;

static void cut_string(cut *c, char byte)
{
    if (c->escaped)
        c->escaped = 0;
    else if (byte == '\\')
        c->escaped = 1;
    else if (byte == '"') {
        c->in_string = 0;
        c->done = c->depth == 0;
    }
}

static void cut_byte(cut *c, char byte)
{
    c->size++;
    if (c->in_string) {
        cut_string(c, byte);
    } else if (byte == '"') {
        c->in_string = 1;
    } else if (byte == '{' || byte == '[') {
        c->depth++;
    } else if (c->depth > 0) {
        c->depth -= byte == '}' || byte == ']';
        c->done = c->depth == 0;
    } else if (is_space(byte) || strchr(",:]}", byte) != NULL) {
        c->size--;
        c->done = 1;
    }
}

/* The value at `at`, read for its form; it is passed over and stays in the window until the next refill. */
static gov_status take_value(gov_features *f, gov_json *out, gov_error *err)
{
    cut c = {0};
    int more = 1;
    while (!c.done && more) {
        while (!c.done && f->at + c.size < f->size)
            cut_byte(&c, f->window[f->at + c.size]);
        if (!c.done)
            GOV_TRY(refill(f, &more, err));
    }
    *out = rest(f, c.size);
    gov_json whole = *out;
    GOV_TRY(gov_json_skip(&whole, NULL, NULL, err));
    GOV_TRY(gov_json_end(&whole, err));
    pass(f, c.size);
    return GOV_OK;
}

/* --- Members ---------------------------------------------------------------------------------------------- */

/* Takes the comma between elements; *more is 0 if the closing bracket came, which is taken too. */
static gov_status take_comma(gov_features *f, char bracket, int *more, gov_error *err)
{
    char c;
    GOV_TRY(peek(f, &c, err));
    *more = c != bracket;
    if (c == bracket)
        pass(f, 1);
    if (c == bracket || !f->after_value)
        return GOV_OK;
    if (c != ',')
        return fail_here(f, GOV_E_FORMAT, "expected a comma or the end of the object or array", err);
    pass(f, 1);
    f->after_value = 0;
    GOV_TRY(peek(f, &c, err));
    return c == bracket ? fail_here(f, GOV_E_FORMAT, "expected a value, not a closing bracket", err) : GOV_OK;
}

static gov_status take_key(gov_features *f, gov_error *err)
{
    gov_json key;
    char c;
    GOV_TRY(peek(f, &c, err));
    if (c != '"')
        return fail_here(f, GOV_E_FORMAT, "expected a string", err);
    GOV_TRY(take_value(f, &key, err));
    GOV_TRY(gov_json_string(&key, &f->key, err));
    GOV_TRY(peek(f, &c, err));
    if (c != ':')
        return fail_here(f, GOV_E_FORMAT, "expected a colon behind the key", err);
    pass(f, 1);
    return peek(f, &c, err);
}

/* As {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}, or null, or anything else. */
static gov_status read_crs(gov_features *f, gov_json value, gov_error *err)
{
    static const char *const path[] = {"properties", "name"};
    f->has_crs = 1;
    for (int depth = 0, more = 1; depth < 2; depth++) {
        if (gov_json_kind(&value) != '{')
            return GOV_OK;
        GOV_TRY(gov_json_open(&value, '{', err));
        GOV_TRY(gov_json_key(&value, &f->key, &more, err));
        while (more && !gov_json_is(&f->key, path[depth])) {
            GOV_TRY(gov_json_skip(&value, NULL, NULL, err));
            GOV_TRY(gov_json_key(&value, &f->key, &more, err));
        }
        if (!more)
            return GOV_OK;
    }
    if (gov_json_kind(&value) != '"')
        return GOV_OK;
    GOV_TRY(gov_json_string(&value, &f->crs, err));
    gov_buffer_char(&f->crs, '\0');
    return f->crs.broken ? gov_fail_memory(err) : GOV_OK;
}

static gov_status begin_features(gov_features *f, gov_error *err)
{
    if (f->collection)
        return fail_here(f, GOV_E_DUPLICATE, "the collection has \"features\" twice", err);
    f->collection = 1;
    f->stage = AT_FEATURE;
    f->after_value = 0;
    pass(f, 1);
    return GOV_OK;
}

static gov_status take_member(gov_features *f, gov_error *err)
{
    gov_json value;
    char c;
    GOV_TRY(take_key(f, err));
    GOV_TRY(peek(f, &c, err));
    if (gov_json_is(&f->key, "features") && c == '[')
        return begin_features(f, err);
    GOV_TRY(take_value(f, &value, err));
    f->after_value = 1;
    if (gov_json_is(&f->key, "type"))
        return gov_json_string(&value, &f->type, err);
    return gov_json_is(&f->key, "crs") ? read_crs(f, value, err) : GOV_OK;
}

/* --- The document ----------------------------------------------------------------------------------------- */

static gov_status open_source(gov_features *f, gov_error *err)
{
    gov_csv_source_close(f->source);
    f->source = NULL;
    f->size = f->at = f->lines = f->characters = 0;
    return gov_csv_source_open(f->path, f->encoding, &f->source, err);
}

static gov_status expect_end(gov_features *f, gov_error *err)
{
    char c;
    GOV_TRY(peek(f, &c, err));
    f->stage = AT_END;
    return f->at < f->size ? fail_here(f, GOV_E_FORMAT, "there is text behind the JSON value", err) : GOV_OK;
}

/* Behind the document's last bracket; *again: it is a lone feature, to be read from its beginning. */
static gov_status end_document(gov_features *f, int *again, gov_error *err)
{
    *again = !f->collection && gov_json_is(&f->type, "Feature");
    if (!*again && !gov_json_is(&f->type, "FeatureCollection"))
        return fail_here(f, GOV_E_FORMAT, "expected an object of the type FeatureCollection or Feature", err);
    if (!*again && !f->collection)
        return fail_here(f, GOV_E_FORMAT, "the FeatureCollection has no \"features\"", err);
    GOV_TRY(expect_end(f, err));
    return *again ? open_source(f, err) : GOV_OK;
}

static gov_status take_whole(gov_features *f, gov_json *feature, int *more, gov_error *err)
{
    char c;
    *more = 1;
    GOV_TRY(peek(f, &c, err));
    return take_value(f, feature, err);
}

static gov_status begin_document(gov_features *f, gov_error *err)
{
    char c;
    GOV_TRY(peek(f, &c, err));
    if (c != '{')
        return fail_here(f, GOV_E_FORMAT, "expected an object", err);
    pass(f, 1);
    f->stage = AT_MEMBER;
    return GOV_OK;
}

gov_status gov_features_next(gov_features *f, gov_json *feature, int *more, gov_error *err)
{
    int again = 0;
    *more = 0;
    if (f->stage == AT_START)
        GOV_TRY(begin_document(f, err));
    while (f->stage != AT_END) {
        int is_feature = f->stage == AT_FEATURE;
        GOV_TRY(take_comma(f, is_feature ? ']' : '}', more, err));
        if (*more && is_feature) {
            f->after_value = 1;
            return take_value(f, feature, err);
        }
        if (*more) {
            GOV_TRY(take_member(f, err));
        } else if (is_feature) {
            f->stage = AT_MEMBER;
            f->after_value = 1;
        } else {
            GOV_TRY(end_document(f, &again, err));
        }
    }
    *more = 0;
    return again ? take_whole(f, feature, more, err) : GOV_OK;
}

gov_status gov_features_open(const char *path, const char *encoding, gov_features **out, gov_error *err)
{
    gov_features *f = gov_alloc_zero(1, sizeof(*f));
    if (f == NULL)
        return gov_fail_memory(err);
    f->path = gov_copy_text(path, -1);
    f->encoding = encoding != NULL ? gov_copy_text(encoding, -1) : NULL;
    gov_status status = f->path == NULL || (encoding != NULL && f->encoding == NULL) ? gov_fail_memory(err)
                                                                                     : open_source(f, err);
    if (status != GOV_OK) {
        gov_features_close(f);
        return status;
    }
    *out = f;
    return GOV_OK;
}

void gov_features_close(gov_features *f)
{
    if (f == NULL)
        return;
    gov_csv_source_close(f->source);
    gov_buffer_clear(&f->key);
    gov_buffer_clear(&f->type);
    gov_buffer_clear(&f->crs);
    gov_free(f->window);
    gov_free(f->path);
    gov_free(f->encoding);
    gov_free(f);
}

const char *gov_features_crs(const gov_features *f)
{
    return !f->has_crs ? NULL : f->crs.size > 0 ? f->crs.data : "";
}
