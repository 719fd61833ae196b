/* report_html.h - small pieces of HTML that the parts of the report share. */
#ifndef GOV_PIPELINE_REPORT_HTML_H
#define GOV_PIPELINE_REPORT_HTML_H

#include "base/buffer.h"

/* Text with & < > " escaped; size -1: up to the zero byte; NULL writes nothing. */
void gov_html_escape(gov_buffer *page, const char *text, int64_t size);
/* <tag class="..."><span lang="zh">zh</span> <span lang="en">en</span></tag>; class may be NULL. */
void gov_html_pair(gov_buffer *page, const char *tag, const char *classes, const char *zh, const char *en);
/* <section id><h2>zh en</h2> and, if given, a paragraph under it. */
void gov_html_section(gov_buffer *page, const char *id, const char *zh, const char *en);
void gov_html_lead(gov_buffer *page, const char *zh, const char *en);
/* "12 345", with thin spaces. */
void gov_html_count(gov_buffer *page, int64_t number);
/* "12.3" of a share (0 to 1) with so many decimals, no sign. */
void gov_html_percent(gov_buffer *page, double share, int decimals);

#endif
