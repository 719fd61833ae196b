/* lexer.c - plain scanning; ASCII only, so that a rule reads the same for everybody. */
#include "need/lexer.h"

#include "base/utf8.h"

#include <string.h>

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

int gov_need_is_name(const char *text, int64_t size)
{
    if (size < 1 || size > 63 || !is_letter(text[0]))
        return 0;
    for (int64_t i = 1; i < size; i++) {
        if (!is_letter(text[i]) && !is_digit(text[i]))
            return 0;
    }
    return 1;
}

/* Four digits, two, two, with a dash between: a day, never a subtraction. */
static int is_day(const char *s)
{
    for (int i = 0; i < 10; i++) {
        if (i == 4 || i == 7 ? s[i] != '-' : !is_digit(s[i]))
            return 0;
    }
    return !is_digit(s[10]);
}

static void read_number(const char *s, gov_need_token *t)
{
    int64_t n = 0;
    if (is_day(s)) {
        int32_t days = 0;
        t->size = 10;
        t->kind = gov_date_parse(s, 10, &days, NULL) == GOV_OK ? GOV_NEED_DAY : GOV_NEED_WRONG;
        t->number = days;
        return;
    }
    while (is_digit(s[n]) || s[n] == '.')
        n++;
    while (is_letter(s[n])) /* 2B, 1e6: not numbers here */
        n++;
    t->size = n;
    t->kind = gov_parse_double(s, n, &t->number) && !is_letter(s[n - 1]) ? GOV_NEED_NUMBER : GOV_NEED_WRONG;
}

gov_need_token gov_need_next_token(const char *text, int64_t start)
{
    gov_need_token t = {GOV_NEED_WRONG, start, 1, 0};
    const char *s = text + start;
    while (*s == ' ' || *s == '\n' || *s == '\t')
        s++;
    t.start = s - text;
    if (*s == '\0') {
        t.kind = GOV_NEED_END;
        t.size = 0;
    } else if (is_digit(*s)) {
        read_number(s, &t);
    } else if (is_letter(*s)) {
        t.kind = GOV_NEED_NAME;
        while (is_letter(s[t.size]) || is_digit(s[t.size]))
            t.size++;
    } else if (strchr("<>=!", *s) != NULL) {
        t.size = s[1] == '=' ? 2 : 1;
        t.kind = t.size == 2 || *s == '<' || *s == '>' ? GOV_NEED_SIGN : GOV_NEED_WRONG;
    } else if (strchr("+-*/()[],", *s) != NULL) {
        t.kind = GOV_NEED_SIGN;
    } else {
        t.size = gov_utf8_length(s, (int64_t)strlen(s));
    }
    return t;
}

int gov_need_token_is(const char *rule, gov_need_token token, const char *text)
{
    return (token.kind == GOV_NEED_NAME || token.kind == GOV_NEED_SIGN) &&
           (int64_t)strlen(text) == token.size && memcmp(rule + token.start, text, (size_t)token.size) == 0;
}
