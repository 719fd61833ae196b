/* fuzz/geojson: any bytes as a GeoJSON file, imported into a store as grids and as things. A dry run twice gives the
 * same; what is counted adds up; the reader that cuts features out of a file and the one that has the whole text in
 * memory see as many features. */
#include "base/file.h"
#include "geo/features.h"
#include "govcore/geo.h"
#include "govcore/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[64];
static gov_store *store;

static void require(int claim)
{
    if (!claim)
        abort();
}

static void remove_store(void)
{
    char name[96];
    const char *const tails[] = {"", "-wal", "-shm", "-journal"};
    gov_store_close(store);
    for (int i = 0; i < 4; i++) {
        snprintf(name, sizeof(name), "%s.gov%s", path, tails[i]);
        remove(name);
    }
    remove(path);
}

static void make_store(void)
{
    gov_store_options options = GOV_STORE_OPTIONS_INIT;
    char name[96];
    snprintf(path, sizeof(path), "/tmp/govcore-fuzz-%ld.geojson", (long)getpid());
    snprintf(name, sizeof(name), "%s.gov", path);
    options.create = 1;
    options.fields = GOV_FIELDS_SENSITIVE;
    require(gov_store_open(name, &options, &store, NULL) == GOV_OK);
    atexit(remove_store);
}

static gov_status import(const char *kind, const gov_import_options *options, gov_import_result *result)
{
    gov_error err = GOV_ERROR_INIT;
    gov_table *report = NULL;
    gov_status status = gov_store_import_geojson(store, kind, path, options, result, &report, &err);
    if (status == GOV_OK) {
        require(gov_table_rows(report) == result->issues);
        require(result->rows == result->added + result->changed + result->unchanged + result->rejected);
        require(result->placed + result->unplaced + result->misplaced <= result->rows);
    } else {
        require(status != GOV_E_INTERNAL && status != GOV_E_CORRUPT && status != GOV_E_STORE &&
                err.message[0] != '\0' && err.file[0] != '\0');
    }
    gov_table_free(report);
    return status;
}

static void import_twice(const char *kind, const gov_import_options *options)
{
    gov_import_result first = GOV_IMPORT_RESULT_INIT, second = GOV_IMPORT_RESULT_INIT;
    gov_status status = import(kind, options, &first);
    require(import(kind, options, &second) == status);
    require(status != GOV_OK || strcmp(first.digest, second.digest) == 0);
}

static gov_status count_features(int64_t *count)
{
    gov_features *features = NULL;
    gov_json feature;
    int more = 1;
    gov_status status = gov_features_open(path, "utf-8", &features, NULL);
    for (*count = 0; status == GOV_OK && more; *count += more)
        status = gov_features_next(features, &feature, &more, NULL);
    gov_features_close(features);
    return status;
}

/* What the reader in memory takes, the other takes too, but for a lone geometry and a second "features". */
static void compare_readers(const char *text, int64_t size)
{
    gov_layer *layer = NULL;
    int64_t count = 0;
    gov_status status = count_features(&count);
    if (gov_layer_parse_geojson(text, size, NULL, &layer, NULL, NULL) != GOV_OK)
        return;
    require(status == GOV_OK ? count == gov_layer_count(layer)
                             : status == GOV_E_FORMAT || status == GOV_E_DUPLICATE);
    gov_layer_free(layer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const encodings[] = {NULL, "utf-8", "gb18030", "auto"};
    static const char *const datums[] = {NULL, "gcj02", "wgs84", NULL};
    gov_import_options options = GOV_IMPORT_OPTIONS_INIT;
    if (store == NULL)
        make_store();
    if (size < 1)
        return 0;
    require(gov_file_write(path, (const char *)data + 1, (int64_t)size - 1, NULL) == GOV_OK);
    compare_readers((const char *)data + 1, (int64_t)size - 1);
    options.dry_run = 1;
    options.encoding = encodings[data[0] & 3];
    options.datum = datums[data[0] >> 2 & 3];
    options.unknown_columns = data[0] & 16 ? GOV_UNKNOWN_IGNORE : GOV_UNKNOWN_DECLARE;
    import_twice("grid", &options);
    options.place_level = data[0] & 32 ? "street" : NULL;
    options.place_code = data[0] & 64 ? "id" : NULL;
    import_twice("thing", &options);
    return 0;
}
