/* open.c - a store's life. */
#include "base/date.h"
#include "base/struct.h"
#include "govcore/geo.h"
#include "store/cell.h"
#include "store/layout.h"
#include "store/mask.h"
#include "store/view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

extern const gov_embedded gov_store_layouts[];

void gov_store_clock(char out[33])
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    gov_time_format((int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000, out, 33);
}

gov_status gov_store_day(const char *text, char out[11], gov_error *err)
{
    char now[33];
    int32_t days = 0;
    if (text != NULL) {
        GOV_TRY(gov_date_parse(text, -1, &days, err));
        gov_date_format(days, out, 11);
        return GOV_OK;
    }
    gov_store_clock(now);
    memcpy(out, now, 10);
    out[10] = '\0';
    return GOV_OK;
}

gov_status gov_store_may_write(const gov_store *store, gov_error *err)
{
    if (store->read_only)
        return gov_fail(err, GOV_E_SCOPE, "the store was opened read only");
    return GOV_OK;
}

gov_status gov_store_name_file(gov_status status, const char *path, gov_error *err)
{
    if (status != GOV_OK && err != NULL && err->struct_size >= sizeof(*err) && err->file[0] == '\0') {
        gov_error copy = *err;
        gov_place place = {.file = path,
                           .name = copy.name,
                           .name_size = -1,
                           .row = copy.row,
                           .line = copy.line,
                           .column = copy.column,
                           .extended = copy.extended};
        return gov_fail_at(err, status, &place, "%s", copy.message);
    }
    return status;
}

static gov_status check_options(const char *path, const gov_store_options *o, gov_store **out, gov_error *err)
{
    if (path == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "path and out must be given");
    if (o->fields < GOV_FIELDS_DEFAULT || o->fields > GOV_FIELDS_SENSITIVE)
        return gov_fail(err, GOV_E_ARGUMENT, "options.fields is not a field class");
    if (o->actor != NULL && o->actor[0] == '\0')
        return gov_fail(err, GOV_E_ARGUMENT, "the change log needs the name of the actor");
    if (o->create && o->read_only)
        return gov_fail(err, GOV_E_ARGUMENT, "a store that is made cannot be read only");
    return GOV_OK;
}

static gov_status copy_texts(gov_store *store, const char *path, const gov_store_options *o, gov_error *err)
{
    store->path = gov_copy_text(path, -1);
    store->actor = gov_copy_text(o->actor != NULL ? o->actor : "unknown", -1);
    store->scope = o->scope != NULL ? gov_copy_text(o->scope, -1) : NULL;
    store->fields = o->fields == GOV_FIELDS_DEFAULT ? GOV_FIELDS_INTERNAL : o->fields;
    store->read_only = o->read_only;
    if (store->path == NULL || store->actor == NULL || (o->scope != NULL && store->scope == NULL))
        return gov_fail_memory(err);
    return GOV_OK;
}

static gov_status check_scope(gov_store *store, gov_error *err)
{
    gov_moment today;
    GOV_TRY(gov_moment_of(store, NULL, NULL, &today, err));
    return gov_scope_fill(store, &today, err);
}

static double distance(double lon1, double lat1, double lon2, double lat2)
{
    double metres = (double)NAN;
    gov_geo_great_circle(lon1, lat1, lon2, lat2, &metres, NULL);
    return metres;
}

/* Fields that somebody added before the log spoke of fields. */
static gov_status after_migration(void *store, int64_t had, gov_error *err)
{
    return had > 0 ? gov_fields_log_older(store, err) : GOV_OK;
}

static gov_status set_up(gov_store *store, const gov_store_options *o, gov_error *err)
{
    gov_db *db = store->db;
    GOV_TRY(gov_db_run(db, "PRAGMA foreign_keys = ON; PRAGMA temp_store = FILE; PRAGMA cache_size = -16384",
                       err));
    GOV_TRY(gov_layout_apply(db, gov_store_layouts, !o->read_only, o->create, after_migration, store,
                             &store->layout, err));
    if (!o->read_only)
        GOV_TRY(gov_db_run(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", err));
    GOV_TRY(gov_kinds_load(db, &store->kinds, err));
    GOV_TRY(gov_db_function(db, "gov_mask", gov_store_mask, err));
    GOV_TRY(gov_db_function(db, "gov_valid", gov_cell_valid, err));
    GOV_TRY(gov_db_function_of_numbers(db, "gov_distance", distance, err));
    return store->scope != NULL ? check_scope(store, err) : GOV_OK;
}

/* SQLite reads a last page that is cut off as if zeros stood there. A file without a write-ahead log beside it is
 * whole pages; a log may hold what a crash left out, and then SQLite repairs the file. */
static gov_status check_pages(const char *path, gov_error *err)
{
    unsigned char head[20] = {0};
    char *log = gov_alloc((int64_t)strlen(path) + 5, 1);
    struct stat file, beside;
    if (log == NULL)
        return gov_fail_memory(err);
    memcpy(log, path, strlen(path));
    memcpy(log + strlen(path), "-wal", 5);
    int has_log = stat(log, &beside) == 0 && beside.st_size > 0;
    gov_free(log);
    FILE *stream = fopen(path, "rb");
    size_t got = stream != NULL ? fread(head, 1, sizeof(head), stream) : 0;
    if (stream != NULL)
        fclose(stream);
    if (has_log || got == 0 || stat(path, &file) != 0)
        return GOV_OK;
    int64_t page = head[16] * 256 + head[17] == 1 ? 65536 : head[16] * 256 + head[17];
    if (got < sizeof(head) || page == 0 || file.st_size % page != 0)
        return gov_fail(err, GOV_E_CORRUPT, "the file is cut off, or is not a store");
    return GOV_OK;
}

/* SQLite would make an absent file only when it is written: looking first gives GOV_E_IO its plain meaning. */
static gov_db_mode mode_of(const char *path, const gov_store_options *o)
{
    if (o->create && access(path, F_OK) != 0)
        return GOV_DB_CREATE;
    return o->read_only ? GOV_DB_READ : GOV_DB_WRITE;
}

gov_status gov_store_open(const char *path, const gov_store_options *options, gov_store **out, gov_error *err)
{
    gov_store_options given;
    const gov_store_options *o = &given;
    GOV_TRY(gov_struct_read(&given, sizeof(given), options, err));
    GOV_TRY(check_options(path, o, out, err));
    gov_store *store = gov_alloc_zero(1, sizeof(*store));
    if (store == NULL)
        return gov_fail_memory(err);
    gov_status status;
    GOV_TRY_OUT(copy_texts(store, path, o, err));
    GOV_TRY_OUT(check_pages(path, err));
    GOV_TRY_OUT(gov_db_open(path, mode_of(path, o), &store->db, err));
    GOV_TRY_OUT(set_up(store, o, err));
    *out = store;
    return GOV_OK;
out:
    gov_store_close(store);
    return gov_store_name_file(status, path, err);
}

void gov_store_close(gov_store *store)
{
    if (store == NULL)
        return;
    gov_db_close(store->db);
    gov_kinds_clear(&store->kinds);
    gov_free(store->path);
    gov_free(store->actor);
    gov_free(store->scope);
    gov_free(store);
}

gov_field_class gov_store_field_class(const gov_store *store)
{
    return store->fields;
}

int64_t gov_store_layout(const gov_store *store)
{
    return store->layout;
}
