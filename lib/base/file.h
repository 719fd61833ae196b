/* file.h - whole files in and out. */
#ifndef GOVCORE_BASE_FILE_H
#define GOVCORE_BASE_FILE_H

#include "base/alloc.h"

/* Reads all of a file; *data is zero-ended and freed with gov_free. GOV_E_IO with err->file, GOV_E_LIMIT if
 * it is larger than `largest` bytes. */
gov_status gov_file_read(const char *path, int64_t largest, char **data, int64_t *size, gov_error *err);
/* Writes beside `path` and renames, so that a reader sees the old file or the whole new one. What is not a regular
 * file (a device, a pipe, a link) is written to as it is. */
gov_status gov_file_write(const char *path, const char *data, int64_t size, gov_error *err);

#endif
