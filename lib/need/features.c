/* features.c - the life of a features file, and what it says about itself. */
#include "need/features.h"

#include "base/buffer.h"
#include "base/embed.h"
#include "base/file.h"
#include "need/fields.h"
#include "need/read.h"
#include "need/rows.h"
#include "need/rule.h"

#include <string.h>

extern const gov_embedded gov_need_feature_files[];

enum { LARGEST_FILE = 8 * 1024 * 1024 };

/* --- Reading -------------------------------------------------------------------------------------------- */

static gov_status read_term(gov_need_model *m, const gov_yaml_node *key, const gov_yaml_node *node,
                            int member, gov_error *err)
{
    gov_need_term term = {.member = member, .text = node->text};
    GOV_TRY(gov_need_read_id(m, key, &term.id, err));
    GOV_TRY(gov_need_new_id(m, key, term.id, err));
    GOV_TRY(gov_need_term_read(m, node, member, &term.node, err));
    m->terms[m->term_count++] = term;
    return GOV_OK;
}

/* Every file counts the members of a household: it tells a household of which none is recorded. */
static gov_status add_head_count(gov_need_model *m, gov_error *err)
{
    gov_need_node one = {
        .op = GOV_NEED_OP_CONSTANT, .type = GOV_NEED_T_BOOL, .domain = -1, .a = -1, .b = -1, .c = -1};
    gov_need_node count = {.op = GOV_NEED_OP_COUNT,
                           .type = GOV_NEED_T_NUMBER,
                           .varies = GOV_NEED_BY_HOUSEHOLD,
                           .domain = -1,
                           .b = -1,
                           .c = -1};
    one.value = 1;
    GOV_TRY(gov_need_node_add(&m->nodes, one, &count.a, err));
    return gov_need_node_add(&m->nodes, count, &m->head_count, err);
}

static gov_status read_terms(gov_need_model *m, const gov_yaml_node *root, gov_error *err)
{
    const gov_yaml_node *lists[2] = {NULL, NULL};
    GOV_TRY(gov_need_field_list(m, root, "member_rules", GOV_NEED_MAY, GOV_YAML_MAPPING, &lists[1], err));
    GOV_TRY(gov_need_field_list(m, root, "features", GOV_NEED_MUST, GOV_YAML_MAPPING, &lists[0], err));
    if (lists[1] != NULL && m->member_key == NULL)
        return GOV_NEED_FAIL(m, lists[1], GOV_E_REFERENCE, "member_rules",
                             "rules over members need the members' values (members)");
    int64_t count = lists[0]->size + (lists[1] == NULL ? 0 : lists[1]->size);
    GOV_TRY(gov_need_make(m, count, sizeof(*m->terms), &m->terms, err));
    for (int member = 1; member >= 0; member--)
        for (int64_t i = 0; lists[member] != NULL && i < lists[member]->size; i++)
            GOV_TRY(read_term(m, lists[member]->keys[i], lists[member]->children[i], member, err));
    return m->member_key == NULL ? GOV_OK : add_head_count(m, err);
}

static gov_status read_sources(gov_need_features *f, gov_error *err)
{
    gov_need_model *m = f->rules;
    GOV_TRY(gov_need_make(m, m->input_count, sizeof(*f->sources), &f->sources, err));
    for (int64_t i = 0; i < m->input_count; i++)
        GOV_TRY(gov_need_read_from(m, &m->inputs[i], &f->sources[i], err));
    return GOV_OK;
}

/* The environment of rules asks for a set of weights; of none here. */
static gov_status no_weights(gov_need_model *m, gov_error *err)
{
    GOV_TRY(gov_need_make(m, 1, sizeof(*m->weights), &m->weights, err));
    m->weights_count = 1;
    m->weights[0].denominator = 1;
    return GOV_OK;
}

static gov_status read_file(gov_need_features *f, gov_error *err)
{
    static const char *const known[] = {"govcore_features", "id",       "version", "title",
                                        "notice",           "inputs",   "members", "params",
                                        "member_rules",     "features", "source",  NULL};
    gov_need_model *m = f->rules;
    const gov_yaml_node *root = NULL;
    m->is_features = 1;
    m->as_of = -1;
    GOV_TRY(gov_yaml_parse(m->source, (int64_t)strlen(m->source), m->file, &m->arena, &root, err));
    GOV_TRY(gov_yaml_only_keys(root, known, m->file, err));
    GOV_TRY(gov_need_read_version(m, root, "govcore_features", err));
    GOV_TRY(gov_need_field_text(m, root, "id", GOV_NEED_MUST, &m->id, err));
    GOV_TRY(gov_need_field_label(m, root, "title", GOV_NEED_MAY, &m->title, err));
    GOV_TRY(gov_need_field_label(m, root, "notice", GOV_NEED_MAY, &m->notice, err));
    GOV_TRY(gov_need_read_inputs(m, root, err));
    GOV_TRY(gov_need_read_params(m, root, err));
    GOV_TRY(read_sources(f, err));
    GOV_TRY(read_terms(m, root, err));
    GOV_TRY(no_weights(m, err));
    return gov_need_fingerprint(root, m->fingerprint, err);
}

gov_status gov_need_features_parse(const char *text, int64_t size, const char *name, gov_need_features **out,
                                   gov_error *err)
{
    if (text == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "text and out must be given");
    if (size > LARGEST_FILE)
        return gov_fail(err, GOV_E_LIMIT, "a features file has at most %d bytes", LARGEST_FILE);
    gov_need_features *f = gov_alloc_zero(1, sizeof(*f));
    if (f == NULL)
        return gov_fail_memory(err);
    gov_status status = gov_need_model_new(text, size, name, &f->rules, err);
    if (status == GOV_OK)
        status = read_file(f, err);
    if (status == GOV_OK)
        *out = f;
    else
        gov_need_features_free(f);
    return status;
}

gov_status gov_need_features_load(const char *path, gov_need_features **out, gov_error *err)
{
    if (path == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "path and out must be given");
    char *data = NULL;
    int64_t size = 0;
    GOV_TRY(gov_file_read(path, LARGEST_FILE, &data, &size, err));
    gov_status status = gov_need_features_parse(data, size, path, out, err);
    gov_free(data);
    return status;
}

gov_status gov_need_features_builtin(const char *name, gov_need_features **out, gov_error *err)
{
    if (name == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "name and out must be given");
    for (const gov_embedded *file = gov_need_feature_files; file->name != NULL; file++) {
        if (strcmp(name, file->stem) == 0)
            return gov_need_features_parse(file->text, file->size, file->name, out, err);
    }
    return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(name), "there is no built-in features file '%s'",
                       name);
}

void gov_need_features_free(gov_need_features *f)
{
    if (f == NULL)
        return;
    gov_need_model_free(f->rules);
    gov_free(f);
}

/* --- What it says --------------------------------------------------------------------------------------- */

const char *gov_need_features_id(const gov_need_features *f)
{
    return f->rules->id;
}

const char *gov_need_features_fingerprint(const gov_need_features *f)
{
    return f->rules->fingerprint;
}

const char *gov_need_features_notice(const gov_need_features *f, const char *language)
{
    return gov_need_label_text(f->rules->notice, language);
}

static void put_source(gov_need_sheet *s, const gov_need_input *input, const gov_need_source *source)
{
    static const char *const types[] = {"float", "int", "bool", "date", "enum"};
    int observed = source->observation != NULL;
    gov_need_put_text(s, input->id);
    gov_need_put_text(s, input->member ? "member" : "household");
    gov_need_put_text(s, types[input->kind]);
    gov_need_put_text(s, input->unit);
    gov_need_put_text(s, source->kind);
    gov_need_put_text(s, source->field);
    gov_need_put_text(s, source->relation);
    gov_need_put_text(s, source->observation);
    gov_need_put_text(s, observed ? gov_need_take_name(source->take) : NULL);
    if (observed && source->months > 0)
        gov_need_put_int(s, source->months);
    else
        gov_need_put_missing(s);
    if (observed)
        gov_need_put_int(s, source->fewest);
    else
        gov_need_put_missing(s);
    gov_need_put_text(s, input->name.zh);
    gov_need_put_text(s, input->name.en);
}

gov_status gov_need_features_sources(const gov_need_features *f, gov_table **out, gov_error *err)
{
    gov_need_sheet s;
    if (f == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "features and out must be given");
    gov_need_sheet_open(&s,
                        "id:text,of:text,type:text,unit:text,kind:text,field:text,relation:text,"
                        "observation:text,take:text,months:int,fewest:int,name_zh:text,name_en:text",
                        err);
    for (int64_t i = 0; i < f->rules->input_count; i++)
        put_source(&s, &f->rules->inputs[i], &f->sources[i]);
    return gov_need_sheet_close(&s, out);
}

gov_status gov_need_mark_read(const gov_need_model *m, int32_t node, uint8_t *read, gov_error *err)
{
    uint8_t *needed = gov_alloc_zero(m->nodes.count, 1);
    if (needed == NULL)
        return gov_fail_memory(err);
    needed[node] = 1;
    for (int64_t i = node; i >= 0; i--) {
        const gov_need_node *n = &m->nodes.list[i];
        const int32_t arguments[] = {n->a, n->b, n->c};
        if (!needed[i])
            continue;
        if (n->op == GOV_NEED_OP_INPUT)
            read[n->a] = 1;
        for (int k = 0; k < gov_need_op_arguments(n->op); k++)
            needed[arguments[k]] = 1;
    }
    gov_free(needed);
    return GOV_OK;
}

static gov_status put_rule(gov_need_sheet *s, const gov_need_model *m, const gov_need_term *term,
                           uint8_t *read, gov_error *err)
{
    gov_buffer ids = GOV_BUFFER_INIT;
    gov_text *text = NULL;
    memset(read, 0, (size_t)m->input_count);
    GOV_TRY(gov_need_mark_read(m, term->node, read, err));
    for (int64_t i = 0; i < m->input_count; i++)
        if (read[i])
            gov_buffer_format(&ids, "%s%s", ids.size == 0 ? "" : " ", m->inputs[i].id);
    GOV_TRY(gov_buffer_finish(&ids, &text, err));
    gov_need_put_text(s, term->id);
    gov_need_put_text(s, term->member ? "member" : "household");
    gov_need_put_text(s, term->text);
    gov_need_put_text(s, gov_text_data(text));
    gov_text_free(text);
    return GOV_OK;
}

gov_status gov_need_features_rules(const gov_need_features *f, gov_table **out, gov_error *err)
{
    gov_need_sheet s;
    if (f == NULL || out == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "features and out must be given");
    uint8_t *read = gov_alloc(f->rules->input_count, 1);
    if (read == NULL)
        return gov_fail_memory(err);
    gov_need_sheet_open(&s, "id:text,of:text,rule:text,reads:text", err);
    for (int64_t i = 0; i < f->rules->term_count && s.status == GOV_OK; i++) {
        gov_status status = put_rule(&s, f->rules, &f->rules->terms[i], read, err);
        s.status = s.status == GOV_OK ? status : s.status;
    }
    gov_free(read);
    return gov_need_sheet_close(&s, out);
}
