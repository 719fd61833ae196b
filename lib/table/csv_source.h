/* csv_source.h - the bytes of a text file as UTF-8, piece by piece, whatever their encoding. */
#ifndef GOVCORE_TABLE_CSV_SOURCE_H
#define GOVCORE_TABLE_CSV_SOURCE_H

#include "base/alloc.h"

typedef struct gov_csv_source gov_csv_source;

/* `encoding` is "utf-8", "gb18030", or NULL or "auto": UTF-8 if all of the file is valid UTF-8 or it begins with a
 * byte order mark, else GB18030. For "auto" a file is read twice; one that cannot be rewound (a pipe) is taken
 * as UTF-8. Errors: GOV_E_IO, GOV_E_UNSUPPORTED for another encoding, GOV_E_ENCODING for UTF-16. */
gov_status gov_csv_source_open(const char *path, const char *encoding, gov_csv_source **out, gov_error *err);
/* The same over `text`, which must live as long; `name` (may be NULL) stands for the file in errors. */
gov_status gov_csv_source_open_text(const char *text, int64_t size, const char *name, const char *encoding,
                                    gov_csv_source **out, gov_error *err);
void gov_csv_source_close(gov_csv_source *source);

/* Writes up to `capacity` (at least 16) bytes to `out`; *size is 0 at the end. UTF-8 is passed on unchecked; a byte
 * that is not GB18030 becomes a byte 0xFF, which no valid text has, so that the reader of the text finds it at
 * its place. A byte order mark is left out. */
gov_status gov_csv_source_read(gov_csv_source *source, char *out, int64_t capacity, int64_t *size,
                               gov_error *err);

const char *gov_csv_source_name(const gov_csv_source *source);     /* "" if it has none */
const char *gov_csv_source_encoding(const gov_csv_source *source); /* "UTF-8" or "GB18030" */
/* Bytes taken so far, and in all (-1: not known). */
void gov_csv_source_progress(const gov_csv_source *source, int64_t *done, int64_t *total);

#endif
