/* report_html.h - small pieces of HTML that the parts of the report share. */
#ifndef GOV_PIPELINE_REPORT_HTML_H
#define GOV_PIPELINE_REPORT_HTML_H

#include "base/buffer.h"

/* Text with & < > " escaped; size -1: up to the zero byte; NULL writes nothing. */
void gov_html_escape(gov_buffer *page, const char *text, int64_t size);
/* A text in both languages, of which the page shows both or one: <span class="zh">zh</span> <span class="en">en</span>.
 * A text that is NULL in one language is shown in the other. Sizes as for gov_html_escape. */
void gov_html_both(gov_buffer *page, const char *zh, int64_t zh_size, const char *en, int64_t en_size);
void gov_html_words(gov_buffer *page, const char *zh, const char *en);
/* The same in <tag class="...">; class may be NULL. */
void gov_html_pair(gov_buffer *page, const char *tag, const char *classes, const char *zh, const char *en);
/* <section id><h2>zh en</h2> and, if given, a paragraph under it. */
void gov_html_section(gov_buffer *page, const char *id, const char *zh, const char *en);
void gov_html_lead(gov_buffer *page, const char *zh, const char *en);
/* "12 345", with thin spaces. */
void gov_html_count(gov_buffer *page, int64_t number);
/* "12.3" of a share (0 to 1) with so many decimals, no sign. */
void gov_html_percent(gov_buffer *page, double share, int decimals);

#endif
