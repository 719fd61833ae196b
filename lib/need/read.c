/* read.c - a model file from the top. */
#include "need/read.h"

#include "base/file.h"
#include "need/fields.h"

#include <math.h>
#include <string.h>

gov_status gov_need_read_version(gov_need_model *m, const gov_yaml_node *root, const char *form,
                                 gov_error *err)
{
    const gov_yaml_node *node = NULL;
    double number = 0;
    GOV_TRY(gov_need_field(m, root, form, GOV_NEED_MUST, &node, err));
    GOV_TRY(gov_need_read_number(m, node, &number, err));
    if (number < 1 || number > 1)
        return GOV_NEED_FAIL(m, node, GOV_E_VERSION, form, "this library reads files of form 1");
    GOV_TRY(gov_need_field(m, root, "version", GOV_NEED_MUST, &node, err));
    GOV_TRY(gov_need_read_number(m, node, &number, err));
    if (number < 1 || number > 1e9 || floor(number) < number)
        return GOV_NEED_FAIL(m, node, GOV_E_RANGE, "version", "a version is a whole number from 1 on");
    m->version = (int64_t)number;
    return GOV_OK;
}

static gov_status read_effective(gov_need_model *m, const gov_yaml_node *root, gov_error *err)
{
    const gov_yaml_node *list = NULL;
    GOV_TRY(gov_need_field_list(m, root, "effective", GOV_NEED_MAY, GOV_YAML_SEQUENCE, &list, err));
    if (list == NULL)
        return GOV_OK;
    if (list->size != 2)
        return GOV_NEED_FAIL(m, list, GOV_E_FORMAT, "effective", "expected [first day, last day or null]");
    GOV_TRY(gov_need_read_date(m, list->children[0], &m->first_day, err));
    if (!gov_yaml_is_null(list->children[1]))
        GOV_TRY(gov_need_read_date(m, list->children[1], &m->last_day, err));
    if (m->last_day < m->first_day)
        return GOV_NEED_FAIL(m, list, GOV_E_RANGE, "effective", "the last day lies before the first");
    return GOV_OK;
}

static gov_status read_head(gov_need_model *m, const gov_yaml_node *root, gov_error *err)
{
    const gov_yaml_node *ids = NULL;
    GOV_TRY(gov_need_read_version(m, root, "govcore_model", err));
    GOV_TRY(gov_need_field_text(m, root, "id", GOV_NEED_MUST, &m->id, err));
    GOV_TRY(gov_need_field_label(m, root, "title", GOV_NEED_MAY, &m->title, err));
    GOV_TRY(gov_need_field_label(m, root, "notice", GOV_NEED_MAY, &m->notice, err));
    GOV_TRY(gov_need_field_text(m, root, "unit", GOV_NEED_MAY, &m->unit, err));
    GOV_TRY(gov_need_field_text(m, root, "weight_column", GOV_NEED_MAY, &m->weight_column, err));
    GOV_TRY(read_effective(m, root, err));
    GOV_TRY(gov_need_field_list(m, root, "ids", GOV_NEED_MAY, GOV_YAML_SEQUENCE, &ids, err));
    if (ids == NULL)
        return GOV_OK;
    GOV_TRY(gov_need_make(m, ids->size, sizeof(*m->ids), &m->ids, err));
    for (int64_t i = 0; i < ids->size; i++) {
        if (ids->children[i]->kind != GOV_YAML_SCALAR)
            return GOV_NEED_FAIL(m, ids->children[i], GOV_E_TYPE, "ids",
                                 "the name of a column must stand here");
        m->ids[m->id_count++] = ids->children[i]->text;
    }
    return GOV_OK;
}

static gov_status read_model(gov_need_model *m, gov_error *err)
{
    static const char *const known[] = {
        "govcore_model", "id",      "version", "title",   "notice", "effective",  "unit",
        "weight_column", "ids",     "as_of",   "inputs",  "params", "dimensions", "tiers",
        "floors",        "presets", "tests",   "members", "source", "services",   NULL};
    const gov_yaml_node *root = NULL;
    GOV_TRY(gov_yaml_parse(m->source, (int64_t)strlen(m->source), m->file, &m->arena, &root, err));
    GOV_TRY(gov_yaml_only_keys(root, known, m->file, err));
    GOV_TRY(read_head(m, root, err));
    GOV_TRY(gov_need_read_inputs(m, root, err));
    GOV_TRY(gov_need_read_params(m, root, err));
    GOV_TRY(gov_need_read_services(m, root, err));
    GOV_TRY(gov_need_read_dimensions(m, root, err));
    GOV_TRY(gov_need_read_tiers(m, root, err));
    GOV_TRY(gov_need_read_weights(m, root, err));
    GOV_TRY(gov_need_read_tests(m, root, err));
    return gov_need_fingerprint(root, m->fingerprint, err);
}

gov_status gov_need_model_new(const char *text, int64_t size, const char *file, gov_need_model **out,
                              gov_error *err)
{
    gov_need_model *m = gov_alloc_zero(1, sizeof(*m));
    if (m == NULL)
        return gov_fail_memory(err);
    atomic_init(&m->owners, 1);
    m->title = m->notice = (gov_need_label){"", ""};
    m->unit = "household";
    m->first_day = INT32_MIN;
    m->last_day = INT32_MAX;
    m->source = gov_arena_text(&m->arena, text, size);
    m->file = gov_arena_text(&m->arena, file == NULL ? "" : file, -1);
    gov_status status = m->source == NULL || m->file == NULL ? gov_fail_memory(err) : GOV_OK;
    if (status == GOV_OK && (int64_t)strlen(m->source) != (size < 0 ? (int64_t)strlen(text) : size))
        status = gov_fail_at(err, GOV_E_FORMAT, &(gov_place){.file = m->file, .row = -1, .name_size = -1},
                             "a zero byte is not allowed in a model file");
    if (status == GOV_OK)
        *out = m;
    else
        gov_need_model_free(m);
    return status;
}

gov_status gov_need_model_read(const char *text, int64_t size, const char *file, gov_need_model **out,
                               gov_error *err)
{
    gov_need_model *m = NULL;
    GOV_TRY(gov_need_model_new(text, size, file, &m, err));
    gov_status status = read_model(m, err);
    if (status == GOV_OK)
        *out = m;
    else
        gov_need_model_free(m);
    return status;
}
