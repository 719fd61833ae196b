/* Files: a write is whole or not at all, and errors name the file. */
#include "base/file.h"
#include "gov_check.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gov_error err = GOV_ERROR_INIT;

START_TEST(what_is_written_is_read_back)
{
    char path[] = "/tmp/govcore-file-XXXXXX";
    int handle = mkstemp(path);
    ck_assert_int_ge(handle, 0);
    close(handle);
    char *data = NULL;
    int64_t size = 0;
    ck_ok(gov_file_write(path, "网格\0x", 8, &err));
    ck_ok(gov_file_read(path, 1000, &data, &size, &err));
    ck_assert_int_eq(size, 8);
    ck_assert_int_eq(memcmp(data, "网格\0x", 9), 0);
    gov_free(data);
    data = NULL;
    ck_fails(gov_file_read(path, 7, &data, &size, &err), GOV_E_LIMIT);
    ck_assert_str_eq(err.file, path);
    ck_assert_ptr_null(data);
    ck_every_allocation(gov_file_read(path, 1000, &data, &size, &err), ck_assert_ptr_null(data),
                        (gov_free(data), data = NULL));
    ck_every_allocation(gov_file_write(path, "x", 1, &err), (void)0, (void)0);
    remove(path);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_named)
{
    char *data = NULL;
    int64_t size = 0;
    ck_fails(gov_file_read("/nowhere/at/all", 10, &data, &size, &err), GOV_E_IO);
    ck_assert_str_eq(err.file, "/nowhere/at/all");
    ck_assert_int_ne(err.extended, 0);
    ck_fails(gov_file_write("/nowhere/at/all", "x", 1, &err), GOV_E_IO);
    ck_assert_str_eq(err.file, "/nowhere/at/all");
    ck_fails(gov_file_read("/", 10, &data, &size, &err), GOV_E_IO);
}
END_TEST

/* Moving a file over a link or a device would put a file in its place. */
START_TEST(a_link_is_written_through_and_stays_a_link)
{
    char path[] = "/tmp/govcore-file-XXXXXX";
    char link[sizeof(path) + 5];
    char target[sizeof(path)] = "";
    char *data = NULL;
    int64_t size = 0;
    int handle = mkstemp(path);
    ck_assert_int_ge(handle, 0);
    close(handle);
    snprintf(link, sizeof(link), "%s.link", path);
    ck_assert_int_eq(symlink(path, link), 0);
    ck_ok(gov_file_write(link, "through", 7, &err));
    ck_assert_int_eq(readlink(link, target, sizeof(target) - 1), (ssize_t)strlen(path));
    ck_assert_str_eq(target, path);
    ck_ok(gov_file_read(path, 1000, &data, &size, &err));
    ck_assert_int_eq(size, 7);
    gov_free(data);
    remove(link);
    remove(path);
}
END_TEST

GOV_TESTS("base/files", what_is_written_is_read_back, a_file_that_is_not_there_is_named,
          a_link_is_written_through_and_stays_a_link)
