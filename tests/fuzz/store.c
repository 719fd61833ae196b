/* fuzz/store: a store's file with bytes changed, pages swapped or its end cut off. Every call gives an answer or an error.
 *
 * The input is a list of damages to one sound store, because bytes from nowhere would never get past the first page. The
 * store has pages of 512 bytes, so that a small input reaches many b-trees. After a crash the damaged file is still in
 * the folder for temporary files. */
#include "base/file.h"
#include "store/layout.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const gov_embedded gov_store_layouts[];

enum { PAGE = 512, DAMAGE = 6 };

static char path[64];
static char *sound; /* the bytes of the store that is damaged */
static int64_t sound_size;

static void require(int claim)
{
    if (!claim)
        abort();
}

static void remove_files(void)
{
    const char *const tails[] = {"", "-wal", "-shm", "-journal"};
    char name[80];
    for (int i = 0; i < 4; i++) {
        snprintf(name, sizeof(name), "%s%s", path, tails[i]);
        unlink(name);
    }
}

static void import(gov_store *store, const char *kind, const char *csv, const char *as_of)
{
    gov_import_options o = GOV_IMPORT_OPTIONS_INIT;
    gov_import_result result = GOV_IMPORT_RESULT_INIT;
    gov_table *table = NULL;
    o.as_of = as_of;
    require(gov_table_parse_csv(csv, (int64_t)strlen(csv), NULL, NULL, &table, NULL) == GOV_OK);
    require(gov_store_import_table(store, kind, table, &o, &result, NULL, NULL) == GOV_OK);
    require(result.rejected == 0);
    gov_table_free(table);
}

static void fill(gov_store *store)
{
    gov_field field = GOV_FIELD_INIT;
    field.name = "carer";
    field.code_set = "0=no;1=yes";
    require(gov_store_field_add(store, "person", &field, NULL) == GOV_OK);
    import(store, "grid",
           "code,name,level,parent,lon,lat\n310104,Xuhui,district,,121.43,31.18\n310104003,Tianping,street,"
           "310104,,\n"
           "310104003001,one,community,310104003,121.44,31.20\n310104003002,two,community,310104003,,\n",
           NULL);
    import(store, "person",
           "id,grid,citizen_id,name,birth_date,carer\np1,310104003001,11010519491231002X,Li,1949-12-31,1\n"
           "p2,310104003002,440524188001010014,Wang,1880-01-01,0\np3,310104003002,,Zhao,,\n",
           NULL);
    import(store, "person", "id,grid,name\np1,310104003002,Li Si\n", "2024-01-01");
    import(store, "household", "id,grid,members\nh1,310104003001,3\nh2,310104003002,1\n", NULL);
    import(store, "membership", "household,person,living\nh1,p1,1\nh2,p2,1\n", NULL);
    import(store, "relation",
           "subject_kind,subject,predicate,object_kind,object\nperson,p1,knows,person,p2\n", NULL);
    import(store, "thing", "id,grid,type,lon,lat\nc1,310104003001,camera,121.44,31.2\n", NULL);
    import(store, "observation",
           "subject_kind,subject,variable,time,source,value\nhousehold,h1,water,2024-01-01,meter,1\n", NULL);
    require(gov_store_forget(store, "person", "p3", NULL, NULL, NULL) == GOV_OK);
}

static void make_sound(void)
{
    gov_store_options o = GOV_STORE_OPTIONS_INIT;
    gov_db *db = NULL;
    gov_store *store = NULL;
    int64_t layout = 0;
    const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(path, sizeof(path), "%s/govcore-fuzz-%ld.gov", folder, (long)getpid());
    remove_files();
    require(gov_db_open(path, GOV_DB_CREATE, &db, NULL) == GOV_OK);
    require(gov_db_run(db, "PRAGMA page_size = 512", NULL) == GOV_OK);
    require(gov_layout_apply(db, gov_store_layouts, 1, 1, NULL, NULL, &layout, NULL) == GOV_OK);
    gov_db_close(db);
    o.fields = GOV_FIELDS_SENSITIVE;
    require(gov_store_open(path, &o, &store, NULL) == GOV_OK);
    fill(store);
    gov_store_close(store);
    require(gov_file_read(path, INT64_C(1) << 30, &sound, &sound_size, NULL) == GOV_OK);
}

/* One damage of six bytes: what, page (2), place in the page (2), value. */
static int64_t damage(char *bytes, int64_t size, const uint8_t *d)
{
    int64_t page = ((d[1] << 8 | d[2]) % (sound_size / PAGE)) * PAGE, at = page + (d[3] << 8 | d[4]) % PAGE;
    if (at >= size || page + PAGE > size)
        return size;
    switch (d[0] % 6) {
    case 0:
        bytes[at] = (char)d[5];
        break;
    case 1:
        bytes[at] ^= (char)(1 << (d[5] & 7));
        break;
    case 2:
        memset(bytes + at, d[5], (size_t)(page + PAGE - at));
        break;
    case 3:
        memcpy(bytes + page, sound + (int64_t)d[5] * 7 % (sound_size / PAGE) * PAGE, PAGE);
        break;
    case 4: /* types and lengths of a record's head stand near the place of its cell */
        bytes[at] = (char)(bytes[at] + (int8_t)d[5]);
        break;
    default:
        return d[5] & 1 ? page : at;
    }
    return size;
}

static void check(gov_status status, const gov_error *err)
{
    require(status == GOV_OK || (err->code == status && err->message[0] != '\0'));
}

/* `table` is where the call put its answer; it is freed. */
static void done(gov_status status, gov_table **table, const gov_error *err)
{
    check(status, err);
    gov_table_free(*table);
    *table = NULL;
}

static void query_all(gov_store *store, const char *day)
{
    static const char *const kinds[] = {"grid", "person", "membership", "relation", "observation", "thing"};
    gov_query_options o = GOV_QUERY_OPTIONS_INIT;
    o.as_of = day;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        gov_error err = GOV_ERROR_INIT;
        gov_table *t = NULL;
        done(gov_store_query(store, kinds[i], &o, &t, &err), &t, &err);
    }
}

static void query_now(gov_store *store)
{
    query_all(store, NULL);
}

static void query_then(gov_store *store)
{
    query_all(store, "2023-06-01");
}

static void search(gov_store *store)
{
    gov_error err = GOV_ERROR_INIT;
    gov_table *t = NULL;
    gov_text *text = NULL;
    done(gov_store_find(store, "citizen_id", "11010519491231002X", NULL, &t, &err), &t, &err);
    done(gov_store_near(store, "thing", 121.44, 31.2, 300, NULL, &t, &err), &t, &err);
    done(gov_store_sql(store, "SELECT p.name, g.name FROM person p JOIN grid g ON g.code = p.grid", NULL, &t,
                       &err),
         &t, &err);
    check(gov_store_export(store, "person", "p1", &text, &err), &err);
    gov_text_free(text);
}

static void add_up(gov_store *store)
{
    gov_error err = GOV_ERROR_INIT;
    gov_table *t = NULL;
    done(gov_store_count(store, "person", NULL, NULL, &t, &err), &t, &err);
    done(gov_store_quality(store, "person", NULL, &t, &err), &t, &err);
    done(gov_store_fields(store, NULL, &t, &err), &t, &err);
    done(gov_store_acts(store, &t, &err), &t, &err);
}

static void verify(gov_store *store)
{
    gov_verify_result v = GOV_VERIFY_RESULT_INIT;
    gov_error err = GOV_ERROR_INIT;
    check(gov_store_verify(store, NULL, &v, &err), &err);
}

static void write_more(gov_store *store)
{
    gov_error err = GOV_ERROR_INIT;
    gov_table *table = NULL;
    const char *csv =
        "id,grid,name,citizen_id\np1,310104003001,Li,11010519491231002X\np9,310104003002,Sun,\n";
    require(gov_table_parse_csv(csv, (int64_t)strlen(csv), NULL, NULL, &table, NULL) == GOV_OK);
    check(gov_store_import_table(store, "person", table, NULL, NULL, NULL, &err), &err);
    gov_table_free(table);
}

static void undo(gov_store *store)
{
    gov_error err = GOV_ERROR_INIT;
    check(gov_store_undo(store, 4, NULL, &err), &err);
}

static void forget(gov_store *store)
{
    gov_error err = GOV_ERROR_INIT;
    check(gov_store_forget(store, "person", "p2", NULL, NULL, &err), &err);
}

/* The lowest bit of `how` gives the actor a scope, two times three more choose what is done; a call after another sees what the
 * first has left. */
static void use(uint8_t how)
{
    static void (*const calls[])(gov_store * store) = {verify, query_now,  query_then, search,
                                                       add_up, write_more, undo,       forget};
    gov_store_options o = GOV_STORE_OPTIONS_INIT;
    gov_error err = GOV_ERROR_INIT;
    gov_store *store = NULL;
    o.scope = how & 1 ? "310104003" : NULL;
    o.fields = how & 1 ? GOV_FIELDS_INTERNAL : GOV_FIELDS_SENSITIVE;
    gov_status status = gov_store_open(path, &o, &store, &err);
    check(status, &err);
    if (status != GOV_OK)
        return;
    calls[how >> 1 & 7](store);
    calls[how >> 4 & 7](store);
    gov_store_close(store);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (sound == NULL)
        make_sound();
    int64_t left = sound_size;
    char *bytes = malloc((size_t)sound_size);
    if (bytes == NULL || size < 1)
        return free(bytes), 0;
    memcpy(bytes, sound, (size_t)sound_size);
    for (size_t at = 1; at + DAMAGE <= size && at < 40 * DAMAGE; at += DAMAGE)
        left = damage(bytes, left, data + at);
    remove_files();
    require(gov_file_write(path, bytes, left, NULL) == GOV_OK);
    free(bytes);
    use(data[0]);
    remove_files();
    return 0;
}
