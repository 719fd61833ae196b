/* report_html.c - small pieces of HTML. All text from outside goes through gov_html_escape. */
#include "pipeline/report_html.h"

#include <stdio.h>
#include <string.h>

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

void gov_html_escape(gov_buffer *page, const char *text, int64_t size)
{
    if (text == NULL)
        return;
    size = size < 0 ? (int64_t)strlen(text) : size;
    int64_t from = 0;
    for (int64_t i = 0; i < size; i++) {
        const char *replacement = entity(text[i]);
        if (replacement == NULL)
            continue;
        gov_buffer_bytes(page, text + from, i - from);
        gov_buffer_text(page, replacement);
        from = i + 1;
    }
    gov_buffer_bytes(page, text + from, size - from);
}

void gov_html_both(gov_buffer *page, const char *zh, int64_t zh_size, const char *en, int64_t en_size)
{
    if (zh == NULL || en == NULL) {
        gov_html_escape(page, zh != NULL ? zh : en, zh != NULL ? zh_size : en_size);
        return;
    }
    gov_buffer_text(page, "<span class=\"zh\">");
    gov_html_escape(page, zh, zh_size);
    gov_buffer_text(page, "</span> <span class=\"en\" lang=\"en\">");
    gov_html_escape(page, en, en_size);
    gov_buffer_text(page, "</span>");
}

void gov_html_words(gov_buffer *page, const char *zh, const char *en)
{
    gov_html_both(page, zh, -1, en, -1);
}

void gov_html_pair(gov_buffer *page, const char *tag, const char *classes, const char *zh, const char *en)
{
    gov_buffer_format(page, "<%s%s%s%s>", tag, classes != NULL ? " class=\"" : "",
                      classes != NULL ? classes : "", classes != NULL ? "\"" : "");
    gov_html_words(page, zh, en);
    gov_buffer_format(page, "</%s>\n", tag);
}

void gov_html_section(gov_buffer *page, const char *id, const char *zh, const char *en)
{
    gov_buffer_format(page, "<section id=\"%s\">\n", id);
    gov_html_pair(page, "h2", NULL, zh, en);
}

void gov_html_lead(gov_buffer *page, const char *zh, const char *en)
{
    gov_html_pair(page, "p", "lead", zh, en);
}

void gov_html_count(gov_buffer *page, int64_t number)
{
    char digits[32];
    int size = snprintf(digits, sizeof(digits), "%lld", (long long)number);
    for (int i = 0; i < size; i++) {
        if (i > 0 && digits[i - 1] != '-' && (size - i) % 3 == 0)
            gov_buffer_text(page, "&#8239;");
        gov_buffer_char(page, digits[i]);
    }
}

void gov_html_percent(gov_buffer *page, double share, int decimals)
{
    gov_buffer_format(page, "%.*f", decimals, 100.0 * share);
}
