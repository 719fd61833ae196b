/* YAML: the tree knows its places, and what the subset leaves out is refused where it stands. */
#include "base/yaml.h"
#include "gov_check.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

static gov_status parse(const char *text, gov_arena *arena, const gov_yaml_node **root)
{
    return gov_yaml_parse(text, (int64_t)strlen(text), "m.yaml", arena, root, &err);
}

START_TEST(nodes_know_their_line_and_column)
{
    gov_arena arena = GOV_ARENA_INIT;
    const gov_yaml_node *root = NULL;
    ck_ok(parse("id: x\n名: {zh: 生活, en: Living}\nlist:\n  - 1\n  - \"~\"\n  - ~\n", &arena, &root));
    const gov_yaml_node *name = gov_yaml_get(root, "名");
    const gov_yaml_node *en = gov_yaml_get(name, "en");
    ck_assert_str_eq(en->text, "Living");
    ck_assert_int_eq(en->line, 2);
    ck_assert_int_eq(en->column, 17); /* in characters, not bytes */
    const gov_yaml_node *list = gov_yaml_get(root, "list");
    ck_assert_int_eq(list->size, 3);
    ck_assert(!gov_yaml_is_null(list->children[1]));
    ck_assert(gov_yaml_is_null(list->children[2]));
    ck_assert_ptr_null(gov_yaml_get(root, "nothing"));
    gov_arena_clear(&arena);
}
END_TEST

typedef struct fault {
    const char *text;
    gov_status code;
    int64_t line;
    int64_t column;
    const char *message;
} fault;

static const fault faults[] = {
    {"a: &x 1\n", GOV_E_FORMAT, 1, 4, "anchors are not allowed here"},
    {"a: 1\nb: *a\n", GOV_E_FORMAT, 2, 4, "aliases are not allowed here"},
    {"a: !!int 1\n", GOV_E_FORMAT, 1, 4, "tags are not allowed here"},
    {"a: 1\nb: 2\na: 3\n", GOV_E_DUPLICATE, 3, 1, "the key 'a' stands here twice (first on line 1)"},
    {"", GOV_E_FORMAT, 1, 1, "the file is empty"},
    {"a: 1\n---\nb: 1\n", GOV_E_FORMAT, 2, 1, "more than one document"},
    {"[1]: 2\n", GOV_E_FORMAT, 1, 1, "a key must be a plain word"},
    {"a: [1\nb: 2\n", GOV_E_FORMAT, 2, 2, NULL},
    {"a: \"\\0\"\n", GOV_E_FORMAT, 1, 4, "a zero byte is not allowed here"},
    {"a: \xFF\n", GOV_E_ENCODING, 1, 1, NULL},
};

START_TEST(faults_are_refused_at_their_place)
{
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        gov_arena arena = GOV_ARENA_INIT;
        const gov_yaml_node *root = NULL;
        ck_fails(parse(faults[i].text, &arena, &root), faults[i].code);
        ck_assert_ptr_null(root);
        ck_assert_str_eq(err.file, "m.yaml");
        ck_assert_msg(err.line == faults[i].line, "fault %zu: line %lld", i, (long long)err.line);
        ck_assert_msg(err.column == faults[i].column || faults[i].message == NULL, "fault %zu: column %lld",
                      i, (long long)err.column);
        if (faults[i].message != NULL)
            ck_assert_str_eq(err.message, faults[i].message);
        gov_arena_clear(&arena);
    }
}
END_TEST

START_TEST(depth_and_size_are_bounded)
{
    enum { DEEP = 100 };
    char text[2 * DEEP + 1];
    memset(text, '[', DEEP);
    memset(text + DEEP, ']', DEEP);
    text[sizeof(text) - 1] = '\0';
    gov_arena arena = GOV_ARENA_INIT;
    const gov_yaml_node *root = NULL;
    ck_fails(parse(text, &arena, &root), GOV_E_LIMIT);
    gov_arena_clear(&arena);
}
END_TEST

START_TEST(an_unknown_key_names_a_known_one_only_if_it_is_near)
{
    static const char *const known[] = {"id", "weight", "deprived", NULL};
    gov_arena arena = GOV_ARENA_INIT;
    const gov_yaml_node *root = NULL;
    ck_ok(parse("id: a\nwieght: 1\n", &arena, &root));
    ck_fails(gov_yaml_only_keys(root, known, "m.yaml", &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.message, "the key 'wieght' is not known here; did you mean 'weight'?");
    ck_assert_str_eq(err.name, "wieght");
    ck_assert_int_eq(err.line, 2);
    ck_ok(parse("colour: 1\n", &arena, &root));
    ck_fails(gov_yaml_only_keys(root, known, "m.yaml", &err), GOV_E_UNKNOWN_NAME);
    ck_assert_str_eq(err.message, "the key 'colour' is not known here");
    gov_arena_clear(&arena);
}
END_TEST

static gov_status parse_and_clear(void)
{
    gov_arena arena = GOV_ARENA_INIT;
    const gov_yaml_node *root = NULL;
    gov_status status = parse("a: [1, 2, {b: c, d: [e, f]}]\ng: h\n", &arena, &root);
    gov_arena_clear(&arena);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    ck_every_allocation(parse_and_clear(), (void)0, (void)0);
}
END_TEST

GOV_TESTS("base/yaml", nodes_know_their_line_and_column, faults_are_refused_at_their_place,
          depth_and_size_are_bounded, an_unknown_key_names_a_known_one_only_if_it_is_near,
          every_allocation_may_fail)
