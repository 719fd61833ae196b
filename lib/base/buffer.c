/* buffer.c - growing text, and the gov_text that it becomes. */
#include "base/buffer.h"

#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct gov_text {
    char *data;
    int64_t size;
};

const char *gov_text_data(const gov_text *text)
{
    return text->data;
}

int64_t gov_text_size(const gov_text *text)
{
    return text->size;
}

void gov_text_free(gov_text *text)
{
    if (text == NULL)
        return;
    gov_free(text->data);
    gov_free(text);
}

/* Makes room for `more` bytes and a zero byte. */
static int reserve(gov_buffer *buffer, int64_t more)
{
    if (buffer->broken)
        return 0;
    void *data = buffer->data;
    if (gov_grow(&data, &buffer->capacity, buffer->size + more + 1, 1, NULL) != GOV_OK)
        buffer->broken = 1;
    buffer->data = data;
    return !buffer->broken;
}

void gov_buffer_bytes(gov_buffer *buffer, const char *text, int64_t size)
{
    if (size == 0 || !reserve(buffer, size))
        return;
    memcpy(buffer->data + buffer->size, text, (size_t)size);
    buffer->size += size;
}

void gov_buffer_text(gov_buffer *buffer, const char *text)
{
    gov_buffer_bytes(buffer, text, (int64_t)strlen(text));
}

void gov_buffer_char(gov_buffer *buffer, char c)
{
    gov_buffer_bytes(buffer, &c, 1);
}

void gov_buffer_format(gov_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length <= 0 || !reserve(buffer, length))
        return;
    va_start(arguments, format);
    vsnprintf(buffer->data + buffer->size, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->size += length;
}

/* printf writes the decimal point of the host's locale; ours is always a point. */
static void use_point(char *number)
{
    const char *point = localeconv()->decimal_point;
    size_t length = strlen(point);
    char *at = strcmp(point, ".") == 0 ? NULL : strstr(number, point);
    if (at != NULL) {
        *at = '.';
        memmove(at + 1, at + length, strlen(at + length) + 1);
    }
}

/* Appends the decimal of the fewest digits, from 15 to 17, that reads back as `value`. */
static void append_shortest(gov_buffer *buffer, double value)
{
    char number[40];
    if (isnan(value)) {
        gov_buffer_text(buffer, "nan");
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(number, sizeof(number), "%.*g", digits, value);
        if (strtod(number, NULL) == value)
            break;
    }
    use_point(number);
    gov_buffer_text(buffer, number);
}

/* A value of at most six decimals and 15 digits in all is written from its digits as an integer, ten times as fast
 * as through printf; 0 if it is not one. Dividing the integer by 10^6 is what reading the text comes to, so if that
 * gives the value back, so will the text. */
static int append_short(gov_buffer *buffer, double value)
{
    double size = fabs(value);
    if (!(size >= 1e-4 && size < 1e9))
        return 0;
    int64_t millionths = (int64_t)(size * 1e6 + 0.5);
    if ((double)millionths / 1e6 != size)
        return 0;
    char text[32];
    int at = (int)sizeof(text);
    for (int place = 0; place < 6; place++, millionths /= 10) {
        if (at < (int)sizeof(text) || millionths % 10 != 0)
            text[--at] = (char)('0' + millionths % 10);
    }
    if (at < (int)sizeof(text))
        text[--at] = '.';
    do {
        text[--at] = (char)('0' + millionths % 10);
        millionths /= 10;
    } while (millionths > 0);
    if (value < 0.0)
        text[--at] = '-';
    gov_buffer_bytes(buffer, text + at, (int64_t)sizeof(text) - at);
    return 1;
}

void gov_buffer_double(gov_buffer *buffer, double value)
{
    if (!append_short(buffer, value))
        append_shortest(buffer, value);
}

/* The decimal of the fewest digits that reads back as the same float, in the form that a double of that value has: so the
 * text is the same after it was read as a double. */
void gov_buffer_float(gov_buffer *buffer, float value)
{
    char number[40];
    double decimal = (double)value;
    for (int digits = 6; digits <= 9 && !isnan(value); digits++) {
        snprintf(number, sizeof(number), "%.*g", digits, (double)value);
        decimal = strtod(number, NULL);
        if ((float)decimal == value)
            break;
    }
    gov_buffer_double(buffer, decimal);
}

void gov_buffer_json(gov_buffer *buffer, const char *text, int64_t size)
{
    gov_buffer_char(buffer, '"');
    for (int64_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\') {
            gov_buffer_char(buffer, '\\');
            gov_buffer_char(buffer, (char)c);
        } else if (c == '\n') {
            gov_buffer_text(buffer, "\\n");
        } else if (c < 0x20) {
            gov_buffer_format(buffer, "\\u%04x", c);
        } else {
            gov_buffer_char(buffer, (char)c);
        }
    }
    gov_buffer_char(buffer, '"');
}

void gov_buffer_clear(gov_buffer *buffer)
{
    gov_free(buffer->data);
    *buffer = (gov_buffer)GOV_BUFFER_INIT;
}

gov_status gov_buffer_finish(gov_buffer *buffer, gov_text **out, gov_error *err)
{
    gov_text *text = reserve(buffer, 0) ? gov_alloc(1, sizeof(*text)) : NULL;
    if (text == NULL) {
        gov_buffer_clear(buffer);
        return gov_fail_memory(err);
    }
    buffer->data[buffer->size] = '\0';
    text->data = buffer->data;
    text->size = buffer->size;
    *buffer = (gov_buffer)GOV_BUFFER_INIT;
    *out = text;
    return GOV_OK;
}
