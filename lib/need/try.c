/* try.c - the tests that a model carries in its own file.
 *
 * Each test is a household (and its members) written in YAML; it becomes a table of one row and is scored by
 * the same code as any other. */
#include "base/utf8.h"
#include "need/fields.h"
#include "need/read.h"

#include <stdio.h>
#include <string.h>

static gov_status add_column(const gov_need_model *m, gov_table_builder *b, const gov_need_input *input,
                             int64_t *count, gov_error *err)
{
    static const gov_type types[] = {GOV_TYPE_FLOAT64, GOV_TYPE_INT64, GOV_TYPE_BOOL, GOV_TYPE_DATE,
                                     GOV_TYPE_UTF8};
    (void)m;
    ++*count;
    return gov_table_builder_add(b, input->column, types[input->kind], NULL, err);
}

static gov_status wrong_value(const gov_need_model *m, const gov_yaml_node *node, const gov_need_input *input,
                              gov_error *err)
{
    return GOV_NEED_FAIL(m, node, GOV_E_TYPE, input->id, "this is not a value of the input '%s'", input->id);
}

static gov_status fill_bool(const gov_need_model *m, gov_table_builder *b, int64_t column,
                            const gov_need_input *input, const gov_yaml_node *node, gov_error *err)
{
    int yes = strcmp(node->text, "true") == 0;
    if (!yes && strcmp(node->text, "false") != 0)
        return wrong_value(m, node, input, err);
    return gov_table_builder_bool(b, column, yes, err);
}

/* An enum takes the name of a code, or the value that stands in the data. */
static gov_status fill_code(gov_table_builder *b, int64_t column, const gov_need_input *input,
                            const gov_yaml_node *node, gov_error *err)
{
    const char *value = node->text;
    for (int64_t i = 0; i < input->code_count; i++) {
        if (strcmp(input->codes[i].name, node->text) == 0)
            value = input->codes[i].value;
    }
    return gov_table_builder_text(b, column, value, -1, err);
}

static gov_status fill_cell(const gov_need_model *m, gov_table_builder *b, int64_t column,
                            const gov_need_input *input, const gov_yaml_node *node, gov_error *err)
{
    double number = 0;
    int32_t day = 0;
    if (node == NULL || gov_yaml_is_null(node))
        return gov_table_builder_null(b, column, err);
    if (node->kind != GOV_YAML_SCALAR)
        return wrong_value(m, node, input, err);
    switch (input->kind) {
    case GOV_NEED_BOOL:
        return fill_bool(m, b, column, input, node, err);
    case GOV_NEED_DATE:
        GOV_TRY(gov_need_read_date(m, node, &day, err));
        return gov_table_builder_int64(b, column, day, err);
    case GOV_NEED_ENUM:
        return fill_code(b, column, input, node, err);
    default:
        GOV_TRY(gov_need_read_number(m, node, &number, err));
        if (input->kind == GOV_NEED_FLOAT)
            return gov_table_builder_double(b, column, number, err);
        if (number < -9e15 || number > 9e15 || (double)(int64_t)number < number ||
            (double)(int64_t)number > number)
            return wrong_value(m, node, input, err);
        return gov_table_builder_int64(b, column, (int64_t)number, err);
    }
}

/* Every key of a test's household (or member) must be an input of its kind. */
static gov_status check_keys(const gov_need_model *m, const gov_yaml_node *map, int member, gov_error *err)
{
    if (map->kind != GOV_YAML_MAPPING)
        return GOV_NEED_FAIL(m, map, GOV_E_TYPE, NULL, "inputs and their values must stand here");
    for (int64_t i = 0; i < map->size; i++) {
        if (gov_need_find_input(m, map->keys[i]->text, member) < 0)
            return GOV_NEED_FAIL(m, map->keys[i], GOV_E_UNKNOWN_NAME, map->keys[i]->text,
                                 "'%s' is not an input of the %s", map->keys[i]->text,
                                 member ? "members" : "household");
    }
    return GOV_OK;
}

/* A table of the rows (mappings), with the key column 1 where the model has members. */
static gov_status build(const gov_need_model *m, const gov_yaml_node *const *rows, int64_t count, int member,
                        gov_table_builder *b, gov_error *err)
{
    int64_t columns = 0;
    for (int64_t i = 0; i < m->input_count; i++) {
        if (m->inputs[i].member == member)
            GOV_TRY(add_column(m, b, &m->inputs[i], &columns, err));
    }
    if (m->member_key != NULL)
        GOV_TRY(gov_table_builder_add(b, m->member_key, GOV_TYPE_INT64, NULL, err));
    for (int64_t r = 0; r < count; r++) {
        int64_t column = 0;
        GOV_TRY(check_keys(m, rows[r], member, err));
        for (int64_t i = 0; i < m->input_count; i++) {
            const gov_need_input *input = &m->inputs[i];
            if (input->member == member)
                GOV_TRY(fill_cell(m, b, column++, input, gov_yaml_get(rows[r], input->id), err));
        }
        if (m->member_key != NULL)
            GOV_TRY(gov_table_builder_int64(b, column, 1, err));
    }
    return GOV_OK;
}

static gov_status make_table(const gov_need_model *m, const gov_yaml_node *const *rows, int64_t count,
                             int member, gov_table **out, gov_error *err)
{
    gov_table_builder *b = NULL;
    GOV_TRY(gov_table_builder_new(&b, err));
    gov_status status = build(m, rows, count, member, b, err);
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, err);
    gov_table_builder_free(b);
    return status;
}

/* --- What is expected ------------------------------------------------------------------------------------- */

static gov_status differs(const gov_need_model *m, const gov_yaml_node *node, const char *test,
                          const char *what, const char *got, gov_error *err)
{
    return GOV_NEED_FAIL(m, node, GOV_E_CONFLICT, test, "the test '%s' expects %s %s, the model gives %s",
                         test, what, node->kind == GOV_YAML_SCALAR ? node->text : "as listed", got);
}

static gov_status check_score(const gov_need_model *m, const gov_yaml_node *node, const char *test,
                              const char *what, int64_t got, int64_t den, gov_error *err)
{
    gov_rational expected = {0, 1};
    char text[64];
    GOV_TRY(gov_need_read_rational(m, node, &expected, err));
    if (gov_rational_compare(expected, (gov_rational){got, den}) == 0)
        return GOV_OK;
    snprintf(text, sizeof(text), "%lld/%lld", (long long)got, (long long)den);
    return differs(m, node, test, what, text, err);
}

static gov_status check_text(const gov_need_model *m, const gov_yaml_node *node, const char *test,
                             const char *what, const gov_table *scores, const char *column, gov_error *err)
{
    int64_t at = 0;
    const char *text = NULL;
    int64_t size = 0;
    char got[80] = "nothing";
    if (node->kind != GOV_YAML_SCALAR)
        return GOV_NEED_FAIL(m, node, GOV_E_TYPE, what, "'%s' must be a text", what);
    GOV_TRY(gov_table_find(scores, column, &at, err));
    GOV_TRY(gov_table_text(scores, 0, at, &text, &size, err));
    if (text != NULL)
        snprintf(got, sizeof(got), "%.*s", (int)size, text);
    return strcmp(got, node->text) == 0 ? GOV_OK : differs(m, node, test, what, got, err);
}

static void list_bits(const gov_need_model *m, uint32_t mask, int services, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (int64_t i = 0; i < 32 && used + 66 < size; i++) {
        if (mask >> i & 1u)
            used += (size_t)snprintf(out + used, size - used, "%s%s", used == 0 ? "" : " ",
                                     services ? m->services[i].id : m->indicators[i].id);
    }
}

static gov_status check_mask(const gov_need_model *m, const gov_yaml_node *list, const char *test,
                             const char *what, const gov_table *scores, const char *column, gov_error *err)
{
    int services = strcmp(what, "services") == 0;
    uint32_t expected = 0;
    int64_t at = 0;
    int64_t got = 0;
    char text[300];
    if (list->kind != GOV_YAML_SEQUENCE)
        return GOV_NEED_FAIL(m, list, GOV_E_TYPE, what, "'%s' must be a list", what);
    for (int64_t i = 0; i < list->size; i++) {
        const gov_yaml_node *node = list->children[i];
        const char *id = node->kind == GOV_YAML_SCALAR ? node->text : "";
        int64_t bit = services ? gov_need_find_service(m, id) : gov_need_find_indicator(m, id);
        if (bit < 0)
            return GOV_NEED_FAIL(m, node, GOV_E_UNKNOWN_NAME, id, "this is not one of the %s",
                                 services ? "services" : "indicators");
        expected |= 1u << bit;
    }
    GOV_TRY(gov_table_find(scores, column, &at, err));
    GOV_TRY(gov_table_copy_int64s(scores, at, 0, 1, &got, NULL, err));
    if (got == expected)
        return GOV_OK;
    list_bits(m, (uint32_t)got, services, text, sizeof(text));
    return differs(m, list, test, what, text, err);
}

typedef struct claim {
    const char *key;
    const char *column;
} claim;

static gov_status check_expected(const gov_need_model *m, const gov_yaml_node *expect, const char *test,
                                 const gov_table *scores, int64_t den, gov_error *err)
{
    static const char *const known[] = {"score",  "tier",    "tier_high",      "status",   "deprived",
                                        "partly", "missing", "not_applicable", "services", NULL};
    static const claim texts[] = {{"tier", "tier"}, {"tier_high", "tier_high"}, {"status", "status"}};
    static const claim masks[] = {{"deprived", "deprived_mask"},
                                  {"partly", "partly_mask"},
                                  {"missing", "missing_mask"},
                                  {"not_applicable", "na_mask"},
                                  {"services", "service_mask"}};
    GOV_TRY(gov_yaml_only_keys(expect, known, m->file, err));
    const gov_yaml_node *node = gov_yaml_get(expect, "score");
    if (node != NULL) {
        int64_t at = 0;
        int64_t got = 0;
        uint8_t valid = 0;
        GOV_TRY(gov_table_find(scores, "score_num", &at, err));
        GOV_TRY(gov_table_copy_int64s(scores, at, 0, 1, &got, &valid, err));
        GOV_TRY(check_score(m, node, test, "the score", got, den, err));
    }
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        node = gov_yaml_get(expect, texts[i].key);
        if (node != NULL)
            GOV_TRY(check_text(m, node, test, texts[i].key, scores, texts[i].column, err));
    }
    for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
        node = gov_yaml_get(expect, masks[i].key);
        if (node != NULL)
            GOV_TRY(check_mask(m, node, test, masks[i].key, scores, masks[i].column, err));
    }
    return GOV_OK;
}

static gov_status read_options(const gov_need_model *m, const gov_yaml_node *node, gov_need_options *o,
                               gov_error *err)
{
    int depth = 0;
    *o = (gov_need_options)GOV_NEED_OPTIONS_INIT;
    o->batch_rows = 64;
    GOV_TRY(gov_need_field_text(m, node, "as_of", GOV_NEED_MAY, &o->as_of, err));
    GOV_TRY(gov_need_field_text(m, node, "preset", GOV_NEED_MAY, &o->preset, err));
    GOV_TRY(gov_need_field_text(m, node, "params", GOV_NEED_MAY, &o->params, err));
    GOV_TRY(gov_need_field_bool(m, node, "depth", &depth, err));
    o->depth = depth;
    return GOV_OK;
}

/* An error of scoring has no line of its own; it gets that of the test. */
static gov_status at_test(const gov_need_model *m, const gov_need_test *test, gov_status status,
                          gov_error *err)
{
    if (status == GOV_OK || status == GOV_E_MEMORY || err == NULL || err->line != 0)
        return status;
    char message[sizeof(err->message)];
    memcpy(message, err->message, sizeof(message));
    return GOV_NEED_FAIL(m, test->node, status, test->name, "the test '%s': %s", test->name, message);
}

static gov_status run_test(const gov_need_model *m, const gov_need_test *test, gov_error *err)
{
    const gov_yaml_node *input = NULL;
    const gov_yaml_node *members = NULL;
    const gov_yaml_node *expect = NULL;
    gov_need_options options;
    const gov_need_weights *weights = NULL;
    gov_table *households = NULL;
    gov_table *people = NULL;
    gov_table *scores = NULL;
    gov_status status = GOV_OK;
    GOV_TRY(gov_need_field_list(m, test->node, "input", GOV_NEED_MUST, GOV_YAML_MAPPING, &input, err));
    GOV_TRY(gov_need_field_list(m, test->node, "members", GOV_NEED_MAY, GOV_YAML_SEQUENCE, &members, err));
    GOV_TRY(gov_need_field_list(m, test->node, "expect", GOV_NEED_MUST, GOV_YAML_MAPPING, &expect, err));
    GOV_TRY(read_options(m, test->node, &options, err));
    GOV_TRY_OUT(make_table(m, &input, 1, 0, &households, err));
    if (m->member_key != NULL)
        GOV_TRY_OUT(make_table(m, members == NULL ? NULL : (const gov_yaml_node *const *)members->children,
                               members == NULL ? 0 : members->size, 1, &people, err));
    options.members = people;
    GOV_TRY_OUT(gov_need_weights_of(m, options.preset, &weights, err));
    GOV_TRY_OUT(gov_need_score(m, households, &options, &scores, err));
    status = check_expected(m, expect, test->name, scores, weights->denominator, err);
out:
    gov_table_free(households);
    gov_table_free(people);
    gov_table_free(scores);
    return at_test(m, test, status, err);
}

gov_status gov_need_model_run_tests(const gov_need_model *m, gov_error *err)
{
    for (int64_t i = 0; i < m->test_count; i++)
        GOV_TRY(run_test(m, &m->tests[i], err));
    return GOV_OK;
}
