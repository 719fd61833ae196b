/* One person's data: all of it comes out, and all of it can be erased without breaking the chain. */
#include "base/file.h"
#include "fixture.h"

static gov_store *with_person(void)
{
    gov_store *store = open_new();
    add_grids(store);
    add_households(store);
    import_all(store, "person",
               TABLE("id,grid,name,citizen_id", "p1,310104003001,诸葛孔明,11010519491231002X",
                     "p2,310104003001,李四,440524188001010014"),
               NULL);
    import_all(store, "person", TABLE("id,grid,name", "p1,310104003002,诸葛孔明"), "2022-01-01");
    import_all(store, "membership", TABLE("household,person,relation", "h1,p1,02", "h1,p2,10"), NULL);
    import_all(store, "relation",
               TABLE("subject_kind,subject,predicate,object_kind,object,note",
                     "person,p2,neighbour_of,person,p1,zhuge"),
               NULL);
    import_all(store, "observation",
               TABLE("subject_kind,subject,variable,time,source,text",
                     "person,p1,visit,2024-01-01,officer,zhuge", "household,h1,visit,2024-01-01,officer,x"),
               NULL);
    return store;
}

START_TEST(the_export_holds_everything_about_one_person)
{
    gov_store *store = with_person();
    gov_text *text = NULL;
    ck_ok(gov_store_export(store, "person", "p1", &text, &err));
    const char *json = gov_text_data(text);
    const char *const kinds[] = {"\"person\"", "\"membership\"", "\"relation\"", "\"observation\""};
    for (int i = 0; i < 4; i++)
        ck_assert_msg(strstr(json, kinds[i]) != NULL, "%s in %s", kinds[i], json);
    ck_assert_ptr_nonnull(strstr(json, "11010519491231002X"));
    ck_assert_ptr_null(strstr(json, "440524188001010014"));
    ck_assert_ptr_null(strstr(json, "\"household\": ["));
    gov_text_free(text);
    gov_store_close(store);
}
END_TEST

static int holds(const char *path, const char *needle)
{
    char *data = NULL;
    int64_t size = 0, length = (int64_t)strlen(needle);
    int found = 0;
    ck_ok(gov_file_read(path, INT64_C(1) << 30, &data, &size, &err));
    for (int64_t i = 0; i + length <= size && !found; i++)
        found = memcmp(data + i, needle, (size_t)length) == 0;
    gov_free(data);
    return found;
}

START_TEST(what_is_forgotten_is_nowhere_and_the_chain_holds)
{
    gov_store *store = with_person();
    gov_verify_result before = GOV_VERIFY_RESULT_INIT, after = GOV_VERIFY_RESULT_INIT;
    gov_table *t = NULL;
    gov_text *text = NULL;
    int64_t erased = 0;
    char path[64];
    snprintf(path, sizeof(path), "/tmp/govcore-store-%ld.gov", (long)getpid());
    ck_ok(gov_store_verify(store, NULL, &before, &err));
    ck_ok(gov_store_forget(store, "person", "p1", "asked by the person", &erased, &err));
    /* three versions of the person, one membership, one relation, one observation */
    ck_assert_int_eq(erased, 6);
    ck_ok(gov_store_verify(store, NULL, &after, &err));
    ck_assert_int_eq(after.erased, 6);
    ck_assert_int_eq(after.versions, before.versions - 6);
    ck_assert_str_eq(sql_at(store, "SELECT id FROM person", NULL), "id\np2\n");
    ck_assert_str_eq(sql_at(store, "SELECT person FROM membership", NULL), "person\np2\n");
    ck_assert_str_eq(sql_at(store, "SELECT subject FROM observation", NULL), "subject\nh1\n");
    ck_ok(gov_store_history(store, "person", "p1", &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    ck_ok(gov_store_export(store, "person", "p1", &text, &err));
    ck_assert_str_eq(gov_text_data(text), "{\"key\": \"p1\"}\n");
    gov_text_free(text);
    gov_table *acts = NULL;
    ck_ok(gov_store_acts(store, &acts, &err));
    int64_t last = gov_table_rows(acts);
    gov_table_free(acts);
    ck_fails(gov_store_undo(store, last, NULL, &err), GOV_E_UNSUPPORTED);
    ck_fails(gov_store_forget(store, "person", "p1", NULL, NULL, &err), GOV_E_REFERENCE);
    gov_store_close(store);
    ck_assert(!holds(path, "11010519491231002X"));
    ck_assert(!holds(path, "诸葛孔明"));
    ck_assert(!holds(path, "zhuge"));
    ck_assert(holds(path, "440524188001010014"));
}
END_TEST

START_TEST(each_allocation_of_an_export_may_fail)
{
    gov_store *store = with_person();
    gov_text *text = NULL;
    ck_every_allocation(gov_store_export(store, "person", "p1", &text, &err), ck_assert_ptr_null(text),
                        gov_text_free(text);
                        text = NULL);
    for (int64_t n = 1;; n++) {
        int64_t before = gov_alloc_live(), erased = -1;
        gov_alloc_fail_at(n);
        gov_status status = gov_store_forget(store, "person", "p1", NULL, &erased, &err);
        int failed = gov_alloc_did_fail();
        gov_alloc_fail_at(0);
        ck_assert_int_eq(gov_alloc_live(), before);
        ck_assert_int_eq(status, failed ? GOV_E_MEMORY : GOV_OK);
        ck_assert_int_eq(erased, failed ? -1 : 6);
        if (!failed)
            break;
    }
    gov_store_close(store);
}
END_TEST

GOV_TESTS("store/forget", the_export_holds_everything_about_one_person,
          what_is_forgotten_is_nowhere_and_the_chain_holds, each_allocation_of_an_export_may_fail)
