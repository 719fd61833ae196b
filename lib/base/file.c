/* file.c - whole files in and out. */
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gov_status fail_io(gov_error *err, const char *path, const char *what)
{
    gov_place place = GOV_NOWHERE;
    place.file = path;
    place.extended = errno;
    return gov_fail_at(err, GOV_E_IO, &place, "cannot %s: %s", what, strerror(errno));
}

static gov_status read_all(FILE *file, const char *path, int64_t largest, char **data, int64_t *size,
                           gov_error *err)
{
    void *block = NULL;
    int64_t capacity = 0;
    int64_t used = 0;
    for (;;) {
        gov_status status = gov_grow(&block, &capacity, used + 65536, 1, err);
        if (status == GOV_OK && used > largest) {
            gov_place place = GOV_NOWHERE;
            place.file = path;
            status = gov_fail_at(err, GOV_E_LIMIT, &place, "the file is larger than %lld bytes",
                                 (long long)largest);
        }
        if (status != GOV_OK) {
            gov_free(block);
            return status;
        }
        size_t got = fread((char *)block + used, 1, (size_t)(capacity - used - 1), file);
        used += (int64_t)got;
        if (got == 0)
            break;
    }
    if (ferror(file)) {
        gov_free(block);
        return fail_io(err, path, "read");
    }
    ((char *)block)[used] = '\0';
    *data = block;
    *size = used;
    return GOV_OK;
}

gov_status gov_file_read(const char *path, int64_t largest, char **data, int64_t *size, gov_error *err)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return fail_io(err, path, "open");
    gov_status status = read_all(file, path, largest, data, size, err);
    fclose(file);
    return status;
}

/* Writes to `draft`, and moves it to `path` if that is another name. */
static gov_status write_and_move(const char *draft, const char *path, const char *data, int64_t size,
                                 gov_error *err)
{
    int is_draft = draft != path;
    FILE *file = fopen(draft, "wb");
    if (file == NULL)
        return fail_io(err, path, "create");
    int good = fwrite(data, 1, (size_t)size, file) == (size_t)size;
    good = fflush(file) == 0 && good;
    good = (!is_draft || fsync(fileno(file)) == 0) && good;
    good = fclose(file) == 0 && good;
    if (good && (!is_draft || rename(draft, path) == 0))
        return GOV_OK;
    gov_status status = fail_io(err, path, "write");
    if (is_draft)
        remove(draft);
    return status;
}

/* A device, a pipe or a link is not a file that another may be moved over. */
static int is_replaceable(const char *path)
{
    struct stat about;
    return lstat(path, &about) != 0 || S_ISREG(about.st_mode);
}

gov_status gov_file_write(const char *path, const char *data, int64_t size, gov_error *err)
{
    if (!is_replaceable(path))
        return write_and_move(path, path, data, size, err);
    int64_t length = (int64_t)strlen(path) + 32;
    char *draft = gov_alloc(length, 1);
    if (draft == NULL)
        return gov_fail_memory(err);
    snprintf(draft, (size_t)length, "%s.%ld.part", path, (long)getpid());
    gov_status status = write_and_move(draft, path, data, size, err);
    gov_free(draft);
    return status;
}
