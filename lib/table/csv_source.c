/* csv_source.c - files and memory as UTF-8; GB18030 by the C library's iconv. */
#include "table/csv_source.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { RAW_BYTES = 1 << 16 };

struct gov_csv_source {
    char *name;
    FILE *file;       /* NULL: `text` is read */
    const char *text; /* what is left of it */
    int64_t text_left;
    int converts; /* from GB18030 */
    iconv_t converter;
    int64_t raw_size; /* bytes in `raw` that wait to be converted */
    int64_t done;
    int64_t total;
    char raw[RAW_BYTES];
};

static gov_place place_of(const gov_csv_source *source)
{
    gov_place place = GOV_NOWHERE;
    place.file = source->name;
    return place;
}

static gov_status fail_io(const gov_csv_source *source, const char *what, gov_error *err)
{
    gov_place place = place_of(source);
    place.extended = errno;
    return gov_fail_at(err, GOV_E_IO, &place, "cannot %s: %s", what, strerror(errno));
}

/* Up to `capacity` bytes as they are in the file. */
static gov_status read_raw(gov_csv_source *source, char *out, int64_t capacity, int64_t *size, gov_error *err)
{
    int64_t got = source->text_left < capacity ? source->text_left : capacity;
    if (source->file != NULL) {
        got = (int64_t)fread(out, 1, (size_t)capacity, source->file);
        if (got < capacity && ferror(source->file))
            return fail_io(source, "read", err);
    } else if (got > 0) {
        memcpy(out, source->text, (size_t)got);
        source->text += got;
        source->text_left -= got;
    }
    source->done += got;
    *size = got;
    return GOV_OK;
}

/* Adds up the characters of several bytes and the bytes that belong to none; returns how many bytes it looked at: a
 * character that the end may have cut is left, unless it is the `last` piece. */
static int64_t weigh(const char *text, int64_t size, int last, int64_t *characters, int64_t *strays)
{
    int64_t at = 0;
    while (at < size) {
        int64_t bad = gov_utf8_invalid_at(text + at, size - at);
        for (int64_t end = bad < 0 ? size : at + bad; at < end; at++)
            *characters += (unsigned char)text[at] >= 0xC2;
        if (bad < 0 || (size - at <= 3 && !last))
            return at;
        ++*strays;
        at++;
    }
    return at;
}

/* Reads the file to its end to see whether it is UTF-8. One wrong byte does not make a file GB18030: read so, every
 * other name in it would be a wrong one. Text in GB18030 has far more strays than sequences that happen to be UTF-8. */
static gov_status scan_utf8(gov_csv_source *source, int *is_utf8, gov_error *err)
{
    int64_t carried = 0, size = 0, characters = 0, strays = 0;
    do {
        GOV_TRY(read_raw(source, source->raw + carried, RAW_BYTES - carried, &size, err));
        int64_t all = carried + size, used = weigh(source->raw, all, size == 0, &characters, &strays);
        memmove(source->raw, source->raw + used, (size_t)(all - used));
        carried = all - used;
    } while (size > 0);
    *is_utf8 = strays <= characters;
    return GOV_OK;
}

/* Goes back to the first byte; 0 if the file cannot. */
static int rewind_source(gov_csv_source *source, const char *text, int64_t size)
{
    source->text = text;
    source->text_left = size;
    source->done = 0;
    return source->file == NULL || fseek(source->file, 0, SEEK_SET) == 0;
}

static gov_status choose_converter(gov_csv_source *source, gov_error *err)
{
    source->converter = iconv_open("UTF-8", "GB18030");
    if (source->converter == (iconv_t)-1)
        return gov_fail(err, GOV_E_UNSUPPORTED, "the C library cannot convert GB18030");
    source->converts = 1;
    return GOV_OK;
}

/* Looks at the first bytes: skips a byte order mark (*marked), refuses UTF-16. */
static gov_status read_mark(gov_csv_source *source, int *marked, gov_error *err)
{
    unsigned char first[3] = {0, 0, 0};
    int64_t size;
    GOV_TRY(read_raw(source, (char *)first, 3, &size, err));
    if (size >= 2 && ((first[0] == 0xFF && first[1] == 0xFE) || (first[0] == 0xFE && first[1] == 0xFF))) {
        gov_place place = place_of(source);
        place.line = 1;
        return gov_fail_at(err, GOV_E_ENCODING, &place, "the file is UTF-16; save it as UTF-8 or GB18030");
    }
    *marked = size == 3 && first[0] == 0xEF && first[1] == 0xBB && first[2] == 0xBF;
    memcpy(source->raw, first, 3);
    source->raw_size = *marked ? 0 : size;
    return GOV_OK;
}

static gov_status start(gov_csv_source *source, const char *text, int64_t size, const char *encoding,
                        gov_error *err)
{
    int is_auto = encoding == NULL || strcasecmp(encoding, "auto") == 0;
    int is_gb = !is_auto && strcasecmp(encoding, "gb18030") == 0;
    if (!is_auto && !is_gb && strcasecmp(encoding, "utf-8") != 0)
        return gov_fail_at(err, GOV_E_UNSUPPORTED, GOV_AT_NAME(encoding),
                           "expected the encoding auto, utf-8 or gb18030");
    int marked = 0;
    GOV_TRY(read_mark(source, &marked, err));
    if (is_auto && !marked && rewind_source(source, text, size)) {
        int is_utf8 = 1;
        source->raw_size = 0;
        GOV_TRY(scan_utf8(source, &is_utf8, err));
        is_gb = !is_utf8;
        if (!rewind_source(source, text, size))
            return fail_io(source, "go back to the beginning", err);
    }
    return is_gb ? choose_converter(source, err) : GOV_OK;
}

static gov_status open_source(FILE *file, const char *text, int64_t size, const char *name,
                              const char *encoding, gov_csv_source **out, gov_error *err)
{
    gov_csv_source *source = gov_alloc_zero(1, sizeof(*source));
    if (source == NULL) {
        if (file != NULL)
            fclose(file);
        return gov_fail_memory(err);
    }
    source->file = file;
    source->total = size;
    source->text = text;
    source->text_left = file == NULL ? size : 0;
    source->name = gov_copy_text(name == NULL ? "" : name, -1);
    gov_status status =
        source->name == NULL ? gov_fail_memory(err) : start(source, text, source->text_left, encoding, err);
    if (status == GOV_OK)
        *out = source;
    else
        gov_csv_source_close(source);
    return status;
}

gov_status gov_csv_source_open(const char *path, const char *encoding, gov_csv_source **out, gov_error *err)
{
    gov_place place = GOV_NOWHERE;
    place.file = path;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        place.extended = errno;
        return gov_fail_at(err, GOV_E_IO, &place, "cannot open: %s", strerror(errno));
    }
    int64_t size = fseek(file, 0, SEEK_END) == 0 ? (int64_t)ftell(file) : -1;
    rewind(file);
    return open_source(file, NULL, size, path, encoding, out, err);
}

gov_status gov_csv_source_open_text(const char *text, int64_t size, const char *name, const char *encoding,
                                    gov_csv_source **out, gov_error *err)
{
    return open_source(NULL, text, size, name, encoding, out, err);
}

void gov_csv_source_close(gov_csv_source *source)
{
    if (source == NULL)
        return;
    if (source->converts)
        iconv_close(source->converter);
    if (source->file != NULL)
        fclose(source->file);
    gov_free(source->name);
    gov_free(source);
}

/* Converts what waits in `raw`, moves the rest to its front; returns the bytes written. A byte that cannot begin
 * a character is passed on as 0xFF. At the end of the file a cut character is such a byte too. */
static int64_t convert(gov_csv_source *source, char *out, int64_t capacity, int at_end)
{
    char *from = source->raw;
    size_t from_left = (size_t)source->raw_size;
    char *to = out;
    size_t to_left = (size_t)capacity;
    while (from_left > 0 && to_left > 0 &&
           iconv(source->converter, &from, &from_left, &to, &to_left) == (size_t)-1) {
        int cut = errno == EINVAL && !at_end;
        if (errno == E2BIG || cut || to_left == 0)
            break;
        *to++ = (char)0xFF;
        to_left--;
        from++;
        from_left--;
    }
    memmove(source->raw, from, from_left);
    source->raw_size = (int64_t)from_left;
    return to - out;
}

gov_status gov_csv_source_read(gov_csv_source *source, char *out, int64_t capacity, int64_t *size,
                               gov_error *err)
{
    int64_t more;
    if (!source->converts && source->raw_size > 0) {
        memcpy(out, source->raw, (size_t)source->raw_size);
        *size = source->raw_size;
        source->raw_size = 0;
        return GOV_OK;
    }
    if (!source->converts)
        return read_raw(source, out, capacity, size, err);
    do {
        GOV_TRY(read_raw(source, source->raw + source->raw_size, RAW_BYTES - source->raw_size, &more, err));
        source->raw_size += more;
        *size = convert(source, out, capacity, more == 0 && source->raw_size < RAW_BYTES);
    } while (*size == 0 && more > 0);
    return GOV_OK;
}

const char *gov_csv_source_name(const gov_csv_source *source)
{
    return source->name;
}

const char *gov_csv_source_encoding(const gov_csv_source *source)
{
    return source->converts ? "GB18030" : "UTF-8";
}

void gov_csv_source_progress(const gov_csv_source *source, int64_t *done, int64_t *total)
{
    *done = source->done;
    *total = source->total;
}
