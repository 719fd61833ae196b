/* Series added up along a tree of areas. */
#include "govcore/trend.h"
#include "gov_check.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static gov_table *texts(int64_t rows, const char *const *a, const char *const *b, const char *name_a,
                        const char *name_b)
{
    gov_table_builder *builder = NULL;
    gov_table *t = NULL;
    ck_ok(gov_table_builder_new(&builder, &err));
    ck_ok(gov_table_builder_texts(builder, name_a, a, rows, &err));
    ck_ok(gov_table_builder_texts(builder, name_b, b, rows, &err));
    ck_ok(gov_table_builder_finish(builder, &t, &err));
    gov_table_builder_free(builder);
    return t;
}

/* Two streets with two committees each in a district, one category; "s2c" has no event of kind fire. */
static gov_panel *events(void)
{
    static const char *const grids[] = {"c1", "c1", "c2", "c3", "c3", "c1", "s2"};
    static const char *const kinds[] = {"fire", "noise", "fire", "noise", "noise", "fire", "fire"};
    static const char *const days[] = {"2021-01-01", "2021-01-02", "2021-01-02", "2021-01-03",
                                       "2021-01-03", "2021-01-02", "2021-01-03"};
    static const char *const keys[] = {"kind", "grid"};
    gov_table_builder *builder = NULL;
    gov_table *t = NULL;
    gov_panel *p = NULL;
    gov_panel_options o = GOV_PANEL_OPTIONS_INIT;
    ck_ok(gov_table_builder_new(&builder, &err));
    ck_ok(gov_table_builder_texts(builder, "grid", grids, 7, &err));
    ck_ok(gov_table_builder_texts(builder, "kind", kinds, 7, &err));
    ck_ok(gov_table_builder_texts(builder, "day", days, 7, &err));
    ck_ok(gov_table_builder_finish(builder, &t, &err));
    gov_table_builder_free(builder);
    o.series = keys;
    o.series_count = 2;
    o.time = "day";
    o.frequency = GOV_FREQUENCY_DAY;
    o.gaps = GOV_GAPS_ZERO;
    ck_ok(gov_panel_new(t, &o, &p, &err));
    gov_table_free(t);
    return p;
}

static const char *const CODES[] = {"d", "s1", "s2", "c1", "c2", "c3", "c4"};
static const char *const PARENTS[] = {NULL, "d", "d", "s1", "s1", "s2", "s2"};
enum { AREAS = 7 };

START_TEST(every_area_has_the_sum_of_what_is_below_it)
{
    static const struct {
        const char *kind;
        const char *grid;
        double y[3];
    } expected[] = {{"fire", "c1", {1, 1, 0}},  {"fire", "c2", {0, 1, 0}}, {"fire", "d", {1, 2, 1}},
                    {"fire", "s1", {1, 2, 0}},  {"fire", "s2", {0, 0, 1}}, {"noise", "c1", {0, 1, 0}},
                    {"noise", "c3", {0, 0, 2}}, {"noise", "d", {0, 1, 2}}, {"noise", "s1", {0, 1, 0}},
                    {"noise", "s2", {0, 0, 2}}};
    gov_panel *p = events();
    gov_panel *up = NULL;
    gov_table *areas = texts(AREAS, CODES, PARENTS, "code", "parent");
    ck_ok(gov_panel_roll_up(p, "grid", areas, "code", "parent", &up, &err));
    gov_panel_free(p);
    gov_table_free(areas);
    ck_assert_int_eq(gov_panel_series(up), 10);
    for (int64_t s = 0; s < 10; s++) {
        double y[3];
        const char *const labels[] = {expected[s].kind, expected[s].grid};
        for (int64_t c = 0; c < 2; c++) {
            const char *text;
            int64_t size;
            ck_ok(gov_table_text(gov_panel_labels(up), s, c, &text, &size, &err));
            ck_assert_int_eq(size, (int64_t)strlen(labels[c]));
            ck_assert_int_eq(memcmp(text, labels[c], (size_t)size), 0);
        }
        ck_ok(gov_panel_copy(up, s, y, NULL, &err));
        ck_assert_int_eq(memcmp(y, expected[s].y, sizeof(y)), 0);
    }
    gov_panel_free(up);
}
END_TEST

START_TEST(faults_of_the_tree_are_named)
{
    static const char *const twice[] = {"d", "d", "s2", "c1", "c2", "c3", "s1"};
    static const char *const orphan[] = {NULL, "d", "d", "s1", "s1", "s2", "nowhere"};
    static const char *const circle[] = {"c1", "d", "d", "s1", "s1", "s2", "s2"};
    const struct {
        const char *const *codes;
        const char *const *parents;
        int64_t rows;
        gov_status status;
        const char *name;
    } cases[] = {{twice, PARENTS, AREAS, GOV_E_DUPLICATE, "d"},
                 {CODES, orphan, AREAS, GOV_E_REFERENCE, "nowhere"},
                 {CODES, circle, AREAS, GOV_E_REFERENCE, NULL},
                 {CODES, PARENTS, 5, GOV_E_REFERENCE, "c3"}};
    gov_panel *p = events();
    gov_panel *up = NULL;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        gov_table *areas = texts(cases[i].rows, cases[i].codes, cases[i].parents, "code", "parent");
        ck_fails(gov_panel_roll_up(p, "grid", areas, "code", "parent", &up, &err), cases[i].status);
        if (cases[i].name != NULL)
            ck_assert_str_eq(err.name, cases[i].name);
        ck_fails(gov_panel_roll_up(p, "nothing", areas, "code", "parent", &up, &err), GOV_E_UNKNOWN_NAME);
        ck_fails(gov_panel_roll_up(p, "grid", areas, "code", "nothing", &up, &err), GOV_E_UNKNOWN_NAME);
        gov_table_free(areas);
    }
    ck_assert_ptr_null(up);
    gov_panel_free(p);
}
END_TEST

START_TEST(no_allocation_failure_leaks_or_writes)
{
    gov_panel *p = events();
    gov_panel *up = NULL;
    gov_table *areas = texts(AREAS, CODES, PARENTS, "code", "parent");
    ck_every_allocation(gov_panel_roll_up(p, "grid", areas, "code", "parent", &up, &err),
                        ck_assert_ptr_null(up), (gov_panel_free(up), up = NULL));
    gov_panel_free(p);
    gov_table_free(areas);
}
END_TEST

GOV_TESTS("trend/roll_up", every_area_has_the_sum_of_what_is_below_it, faults_of_the_tree_are_named,
          no_allocation_failure_leaks_or_writes)
