/* mask.c - texts with part of them hidden, for people to look at.
 *
 * Masks count characters, not bytes, and fail closed: where a text is too short or not of the form that its
 * mask expects, all of it is hidden, because the odd value is as likely to be personal as the usual one. */
#include "code/mask_parts.h"
#include "code/text_column.h"
#include "code/verdict.h"
#include "code/writer.h"

#include "base/date.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define HIDDEN 6 /* stars for what is hidden without telling its length */
#define DEFAULT_BAND 5

typedef struct mask {
    gov_mask_kind kind;
    gov_mask_options options;
} mask;

typedef struct kind_form {
    const char *name;
    int32_t first;
    int32_t last;
    int32_t strict_first;
    int32_t strict_last;
} kind_form;

/* Characters that stay; NAME, ADDRESS and BIRTH have rules of their own. */
static const kind_form kinds[] = {
    [GOV_MASK_TEXT] = {"text", 0, 0, 0, 0},       [GOV_MASK_CITIZEN_ID] = {"citizen_id", 6, 4, 1, 1},
    [GOV_MASK_PHONE] = {"phone", 3, 4, 0, 4},     [GOV_MASK_NAME] = {"name", 1, 0, 1, 0},
    [GOV_MASK_ADDRESS] = {"address", 0, 0, 0, 0}, [GOV_MASK_BIRTH] = {"birth", 0, 0, 0, 0},
    [GOV_MASK_ACCOUNT] = {"account", 0, 4, 0, 4}, [GOV_MASK_PLATE] = {"plate", 2, 2, 1, 1},
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

gov_status gov_mask_kind_parse(const char *name, gov_mask_kind *kind, gov_error *err)
{
    if (name == NULL || kind == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "name and kind must be given");
    for (size_t k = 0; k < KINDS; k++) {
        if (strcmp(kinds[k].name, name) == 0) {
            *kind = (gov_mask_kind)k;
            return GOV_OK;
        }
    }
    return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(name),
                       "not a mask; there are text, citizen_id, phone, name, address, birth, account, plate");
}

static gov_status read_mask(gov_mask_kind kind, const gov_mask_options *options, mask *m, gov_error *err)
{
    m->kind = kind;
    GOV_TRY(gov_struct_read(&m->options, sizeof(m->options), options, err));
    if ((int)kind < 0 || (size_t)kind >= KINDS)
        return gov_fail(err, GOV_E_ARGUMENT, "%d is not a kind of mask", (int)kind);
    if (m->options.keep_first < -1 || m->options.keep_last < -1)
        return gov_fail(err, GOV_E_ARGUMENT, "keep_first and keep_last must be -1 (none) or more");
    if (m->options.band_years < 0 || m->options.band_years > 100)
        return gov_fail(err, GOV_E_ARGUMENT, "band_years must be 1 to 100");
    if (m->options.band_years == 0)
        m->options.band_years = DEFAULT_BAND;
    return GOV_OK;
}

static int32_t choose(int32_t asked, int32_t own)
{
    return asked == -1 ? 0 : asked == 0 ? own : asked;
}

/* The bytes of the first `count` characters. */
static int64_t bytes_of(const char *text, int64_t size, int64_t count)
{
    int64_t at = 0;
    while (at < size && count-- > 0)
        at += gov_utf8_length(text + at, size - at);
    return at;
}

static void keep_ends(gov_writer *writer, const char *text, int64_t size, int64_t first, int64_t last)
{
    int64_t count = gov_utf8_count(text, size);
    if (first + last >= count) {
        gov_writer_stars(writer, count);
        return;
    }
    int64_t tail = bytes_of(text, size, count - last);
    gov_writer_bytes(writer, text, bytes_of(text, size, first));
    gov_writer_stars(writer, count - first - last);
    gov_writer_bytes(writer, text + tail, size - tail);
}

static void mask_ends(gov_writer *writer, const mask *m, const char *text, int64_t size)
{
    const kind_form *own = &kinds[m->kind];
    int strict = m->options.strict != 0;
    int32_t first = choose(m->options.keep_first, strict ? own->strict_first : own->first);
    int32_t last = choose(m->options.keep_last, strict ? own->strict_last : own->last);
    if (m->kind == GOV_MASK_NAME && m->options.keep_first == 0 && gov_name_is_compound(text, size))
        first = 2;
    keep_ends(writer, text, size, first, last);
}

static void mask_address(gov_writer *writer, const mask *m, const char *text, int64_t size)
{
    gov_writer_bytes(writer, text, gov_address_public_part(text, size, m->options.strict != 0));
    gov_writer_stars(writer, HIDDEN);
}

static void mask_birth(gov_writer *writer, const mask *m, const char *text, int64_t size)
{
    int32_t day;
    char band[32];
    if (gov_date_parse(text, size, &day, NULL) != GOV_OK) {
        gov_writer_stars(writer, HIDDEN);
        return;
    }
    int32_t years = m->options.band_years;
    int32_t first = gov_date_civil(day).year / years * years;
    int length = years == 1 ? snprintf(band, sizeof(band), "%04d", (int)first)
                            : snprintf(band, sizeof(band), "%04d–%04d", (int)first, (int)(first + years - 1));
    gov_writer_bytes(writer, band, length);
}

static gov_status apply(const void *context, const char *text, int64_t size, char *out, int64_t out_size,
                        int64_t *length, gov_error *err)
{
    const mask *m = context;
    gov_writer writer;
    GOV_TRY(gov_writer_start(&writer, out, out_size, length, err));
    int64_t bad = gov_utf8_invalid_at(text, size);
    if (bad >= 0)
        return gov_fail(err, GOV_E_ENCODING, "the text is not UTF-8 from byte %lld on", (long long)bad);
    if (m->kind == GOV_MASK_ADDRESS && size > 0)
        mask_address(&writer, m, text, size);
    else if (m->kind == GOV_MASK_BIRTH && size > 0)
        mask_birth(&writer, m, text, size);
    else
        mask_ends(&writer, m, text, size);
    gov_writer_end(&writer, length);
    return GOV_OK;
}

gov_status gov_mask(gov_mask_kind kind, const char *text, int64_t size, const gov_mask_options *options,
                    char *out, int64_t out_size, int64_t *length, gov_error *err)
{
    mask m;
    size = gov_text_bytes(text, size);
    if (size < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "a text must be given");
    GOV_TRY(read_mask(kind, options, &m, err));
    return apply(&m, text, size, out, out_size, length, err);
}

gov_status gov_mask_column(const gov_table *table, const char *column, gov_mask_kind kind,
                           const gov_mask_options *options, gov_table **out, gov_error *err)
{
    mask m;
    GOV_TRY(read_mask(kind, options, &m, err));
    return gov_text_column_map(table, column, apply, &m, out, err);
}
