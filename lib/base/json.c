/* json.c - a cursor over JSON text. Line and column are counted only when an error needs them. */
#include "base/json.h"

#include "base/utf8.h"

#include <string.h>

enum { DEEPEST = 64 };

gov_json gov_json_of(const char *text, int64_t size, const char *file)
{
    return (gov_json){.text = text, .size = size, .file = file};
}

gov_status gov_json_fail(const gov_json *j, gov_status code, const char *what, gov_error *err)
{
    gov_place place = GOV_NOWHERE;
    int64_t start = 0;
    place.file = j->file;
    place.line = 1 + j->lines_before;
    for (int64_t i = 0; i < j->at && i < j->size; i++) {
        if (j->text[i] == '\n') {
            place.line++;
            start = i + 1;
        }
    }
    place.column =
        1 + gov_utf8_count(j->text + start, j->at - start) + (start == 0 ? j->characters_before : 0);
    return gov_fail_at(err, code, &place, "%s", what);
}

static void skip_space(gov_json *j)
{
    while (j->at < j->size && j->text[j->at] != '\0' && strchr(" \t\r\n", j->text[j->at]) != NULL)
        j->at++;
}

char gov_json_kind(gov_json *j)
{
    skip_space(j);
    return j->at < j->size ? j->text[j->at] : '\0';
}

gov_status gov_json_open(gov_json *j, char bracket, gov_error *err)
{
    if (gov_json_kind(j) != bracket)
        return gov_json_fail(j, GOV_E_FORMAT, bracket == '{' ? "expected an object" : "expected an array",
                             err);
    if (j->depth == DEEPEST)
        return gov_json_fail(j, GOV_E_LIMIT, "the JSON is nested more than 64 levels deep", err);
    j->depth++;
    j->at++;
    j->after_value = 0;
    return GOV_OK;
}

/* To the next member, or behind the closing bracket. */
static gov_status next_member(gov_json *j, char bracket, int *more, gov_error *err)
{
    char c = gov_json_kind(j);
    if (c == bracket) {
        j->at++;
        j->depth--;
        j->after_value = 1;
        *more = 0;
        return GOV_OK;
    }
    if (j->after_value) {
        if (c != ',')
            return gov_json_fail(j, GOV_E_FORMAT, "expected a comma or the end of the object or array", err);
        j->at++;
        j->after_value = 0;
        c = gov_json_kind(j);
    }
    if (c == ']' || c == '}')
        return gov_json_fail(j, GOV_E_FORMAT, "expected a value, not a closing bracket", err);
    *more = 1;
    return GOV_OK;
}

gov_status gov_json_element(gov_json *j, int *more, gov_error *err)
{
    return next_member(j, ']', more, err);
}

gov_status gov_json_key(gov_json *j, gov_buffer *key, int *more, gov_error *err)
{
    GOV_TRY(next_member(j, '}', more, err));
    if (!*more)
        return GOV_OK;
    GOV_TRY(gov_json_string(j, key, err));
    if (gov_json_kind(j) != ':')
        return gov_json_fail(j, GOV_E_FORMAT, "expected a colon behind the key", err);
    j->at++;
    j->after_value = 0;
    return GOV_OK;
}

gov_status gov_json_number(gov_json *j, double *value, gov_error *err)
{
    skip_space(j);
    int64_t end = j->at;
    while (end < j->size && j->text[end] != '\0' && strchr("+-.0123456789eE", j->text[end]) != NULL)
        end++;
    const char *text = j->text + j->at;
    int64_t size = end - j->at;
    int64_t first = size > 0 && text[0] == '-';
    int leading = size > first + 1 && text[first] == '0' && text[first + 1] >= '0' && text[first + 1] <= '9';
    if (size <= first || text[first] < '0' || text[first] > '9' || leading ||
        !gov_parse_double(text, size, value))
        return gov_json_fail(j, GOV_E_FORMAT, "expected a number", err);
    j->at = end;
    j->after_value = 1;
    return GOV_OK;
}

/* Four hexadecimal digits at `at`; -1 if they are not. */
static int32_t hex4(const gov_json *j, int64_t at)
{
    int32_t value = 0;
    for (int64_t i = at; i < at + 4; i++) {
        char c = i < j->size ? j->text[i] : '\0';
        int32_t digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static void append_utf8(gov_buffer *out, uint32_t c)
{
    if (c < 0x80) {
        gov_buffer_char(out, (char)c);
        return;
    }
    if (c >= 0x10000) {
        gov_buffer_char(out, (char)(0xF0 | c >> 18));
        gov_buffer_char(out, (char)(0x80 | (c >> 12 & 0x3F)));
    } else if (c >= 0x800) {
        gov_buffer_char(out, (char)(0xE0 | c >> 12));
    }
    gov_buffer_char(out, (char)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3F) : 0xC0 | c >> 6));
    gov_buffer_char(out, (char)(0x80 | (c & 0x3F)));
}

/* \uXXXX, or a pair of them for a character beyond U+FFFF; the cursor stands behind the u. */
static gov_status take_unicode(gov_json *j, gov_buffer *out, gov_error *err)
{
    int32_t high = hex4(j, j->at);
    if (high < 0 || (high >= 0xDC00 && high <= 0xDFFF))
        return gov_json_fail(j, GOV_E_FORMAT, "expected four hexadecimal digits of a character", err);
    j->at += 4;
    if (high < 0xD800 || high > 0xDBFF) {
        append_utf8(out, (uint32_t)high);
        return GOV_OK;
    }
    int pair = j->at + 1 < j->size && j->text[j->at] == '\\' && j->text[j->at + 1] == 'u';
    int32_t low = pair ? hex4(j, j->at + 2) : -1;
    if (low < 0xDC00 || low > 0xDFFF)
        return gov_json_fail(j, GOV_E_FORMAT, "expected the second half of a pair of \\u escapes", err);
    j->at += 6;
    append_utf8(out, 0x10000 + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(low - 0xDC00));
    return GOV_OK;
}

static gov_status take_escape(gov_json *j, gov_buffer *out, gov_error *err)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    char c = j->at < j->size ? j->text[j->at] : '\0';
    const char *letter = c == '\0' ? NULL : strchr(letters, c);
    j->at++;
    if (c == 'u')
        return take_unicode(j, out, err);
    if (letter == NULL)
        return gov_json_fail(j, GOV_E_FORMAT, "this escape is not one of JSON", err);
    gov_buffer_char(out, meant[letter - letters]);
    return GOV_OK;
}

/* Up to the closing quote, which is taken. */
static gov_status take_string(gov_json *j, gov_buffer *out, gov_error *err)
{
    for (;;) {
        int64_t start = j->at;
        while (j->at < j->size && (unsigned char)j->text[j->at] >= 0x20 && j->text[j->at] != '"' &&
               j->text[j->at] != '\\')
            j->at++;
        int64_t bad = gov_utf8_invalid_at(j->text + start, j->at - start);
        if (bad >= 0) {
            j->at = start + bad;
            return gov_json_fail(j, GOV_E_ENCODING, "the text is not valid UTF-8", err);
        }
        gov_buffer_bytes(out, j->text + start, j->at - start);
        if (j->at >= j->size || (unsigned char)j->text[j->at] < 0x20)
            return gov_json_fail(j, GOV_E_FORMAT, "the string is not closed on its line", err);
        if (j->text[j->at++] == '"')
            return GOV_OK;
        GOV_TRY(take_escape(j, out, err));
    }
}

gov_status gov_json_string(gov_json *j, gov_buffer *out, gov_error *err)
{
    out->size = 0;
    if (gov_json_kind(j) != '"')
        return gov_json_fail(j, GOV_E_FORMAT, "expected a string", err);
    j->at++;
    GOV_TRY(take_string(j, out, err));
    j->after_value = 1;
    return out->broken ? gov_fail_memory(err) : GOV_OK;
}

static int take_word(gov_json *j, const char *word)
{
    int64_t size = (int64_t)strlen(word);
    if (j->size - j->at < size || memcmp(j->text + j->at, word, (size_t)size) != 0)
        return 0;
    j->at += size;
    j->after_value = 1;
    return 1;
}

gov_status gov_json_bool(gov_json *j, int *value, gov_error *err)
{
    skip_space(j);
    int is_true = take_word(j, "true");
    if (!is_true && !take_word(j, "false"))
        return gov_json_fail(j, GOV_E_FORMAT, "expected true or false", err);
    *value = is_true;
    return GOV_OK;
}

static gov_status skip_value(gov_json *j, gov_buffer *scratch, gov_error *err);

static gov_status skip_members(gov_json *j, char bracket, gov_buffer *scratch, gov_error *err)
{
    int more = 1;
    GOV_TRY(gov_json_open(j, bracket, err));
    while (more) {
        GOV_TRY(bracket == '{' ? gov_json_key(j, scratch, &more, err) : gov_json_element(j, &more, err));
        if (more)
            GOV_TRY(skip_value(j, scratch, err));
    }
    return GOV_OK;
}

static gov_status skip_value(gov_json *j, gov_buffer *scratch, gov_error *err)
{
    char c = gov_json_kind(j);
    double number;
    if (c == '{' || c == '[')
        return skip_members(j, c, scratch, err);
    if (c == '"')
        return gov_json_string(j, scratch, err);
    if (take_word(j, "null") || take_word(j, "true") || take_word(j, "false"))
        return GOV_OK;
    return gov_json_number(j, &number, err);
}

gov_status gov_json_skip(gov_json *j, const char **start, int64_t *size, gov_error *err)
{
    gov_buffer scratch = GOV_BUFFER_INIT;
    skip_space(j);
    int64_t first = j->at;
    gov_status status = skip_value(j, &scratch, err);
    gov_buffer_clear(&scratch);
    if (status == GOV_OK && start != NULL)
        *start = j->text + first;
    if (status == GOV_OK && size != NULL)
        *size = j->at - first;
    return status;
}

gov_status gov_json_end(gov_json *j, gov_error *err)
{
    if (gov_json_kind(j) == '\0' && j->at >= j->size)
        return GOV_OK;
    return gov_json_fail(j, GOV_E_FORMAT, "there is text behind the JSON value", err);
}

int gov_json_is(const gov_buffer *text, const char *word)
{
    return text->size == (int64_t)strlen(word) &&
           memcmp(text->data == NULL ? "" : text->data, word, (size_t)text->size) == 0;
}
