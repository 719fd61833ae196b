/* csv_reader.h - records of a CSV file (RFC 4180), one after another, in constant memory.
 *
 *     gov_csv_reader *r;  const gov_csv_field *f;  int64_t n;
 *     GOV_TRY(gov_csv_open("people.csv", NULL, &r, err));
 *     while ((status = gov_csv_next(r, &f, &n, err)) == GOV_OK && n > 0)
 *         ... f[0].text, f[0].size, f[0].line ...
 *     gov_csv_close(r);
 *
 * LF and CRLF end a record; quotes enclose fields with delimiters, quotes (doubled) and line breaks. The number of
 * fields of a record and the names in the first one are the caller's concern. */
#ifndef GOVCORE_TABLE_CSV_READER_H
#define GOVCORE_TABLE_CSV_READER_H

#include "base/alloc.h"
#include "govcore/table.h"

#define GOV_CSV_LONGEST_FIELD (INT64_C(16) << 20) /* bytes */
#define GOV_CSV_MOST_FIELDS INT64_C(4096)         /* of a record */

typedef struct gov_csv_field {
    const char *text; /* valid UTF-8 without zero bytes, not ended by one */
    int64_t size;
    int64_t line;   /* where the field begins: its line from 1, */
    int64_t column; /* and its place in that line from 1, in characters */
    int quoted;
} gov_csv_field;

/* Why a record is refused, in English and Chinese. */
typedef struct gov_csv_fault {
    gov_status code;
    const char *en, *zh;
} gov_csv_fault;

typedef struct gov_csv_reader gov_csv_reader;

/* `options` may be NULL; `types` in it is not looked at. Errors: those of opening, GOV_E_ARGUMENT for a delimiter
 * that cannot be one. */
gov_status gov_csv_open(const char *path, const gov_csv_options *options, gov_csv_reader **out,
                        gov_error *err);
gov_status gov_csv_open_text(const char *text, int64_t size, const char *name, const gov_csv_options *options,
                             gov_csv_reader **out, gov_error *err);
void gov_csv_close(gov_csv_reader *reader);

/* The next record, borrowed until the next call; *count is 0 at the end of the file. An empty line is a record of
 * one empty field.
 *
 * Errors with file, line and column: GOV_E_FORMAT (a lone quote, a quote left open, a zero byte, a lone carriage
 * return), GOV_E_ENCODING, GOV_E_LIMIT. After any of these three the reader stands at the next line, so that an
 * importer may report and go on. After another error it cannot be used. */
gov_status gov_csv_next(gov_csv_reader *reader, const gov_csv_field **fields, int64_t *count, gov_error *err);

/* Of the last record that gov_csv_next refused; NULL: none. */
const gov_csv_fault *gov_csv_last_fault(const gov_csv_reader *reader);

const char *gov_csv_name(const gov_csv_reader *reader);     /* of the file; "" if it has none */
const char *gov_csv_encoding(const gov_csv_reader *reader); /* "UTF-8" or "GB18030" */
int64_t gov_csv_line(const gov_csv_reader *reader);         /* the line that comes next, from 1 */
/* Bytes read so far and in all (-1: not known), for gov_run_poll. */
void gov_csv_progress(const gov_csv_reader *reader, int64_t *done, int64_t *total);

#endif
