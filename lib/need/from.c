/* from.c - where a store has the values of an input.
 *
 *     from: person.birth_date                                       a field of the record itself
 *     from: {relation: lives_in, field: place.area}                 of the record that a relation leads to
 *     from: {relation: cared_by}                                    whether there is such a relation
 *     from: {observation: income, take: mean, months: 12, fewest: 3}  a series of observations */
#include "need/features.h"
#include "need/fields.h"

#include <math.h>
#include <string.h>

static const char *const takes[] = {"latest", "since", "day", "sum", "mean", "min", "max", "count"};

const char *gov_need_take_name(gov_need_take take)
{
    return takes[take];
}

static gov_status read_field(gov_need_model *m, const gov_yaml_node *node, gov_need_source *out,
                             gov_error *err)
{
    const char *dot = node->kind == GOV_YAML_SCALAR ? strchr(node->text, '.') : NULL;
    if (dot == NULL || dot == node->text || dot[1] == '\0')
        return GOV_NEED_FAIL(m, node, GOV_E_FORMAT, "field",
                             "a kind and its field must stand here, such as person.birth_date");
    out->kind = gov_arena_text(&m->arena, node->text, dot - node->text);
    out->field = dot + 1;
    return out->kind == NULL ? gov_fail_memory(err) : GOV_OK;
}

static gov_status read_take(gov_need_model *m, const gov_yaml_node *map, gov_need_source *out, gov_error *err)
{
    const gov_yaml_node *node = gov_yaml_get(map, "take");
    if (node == NULL)
        return GOV_OK;
    for (size_t i = 0; i < sizeof(takes) / sizeof(takes[0]); i++) {
        if (node->kind == GOV_YAML_SCALAR && strcmp(node->text, takes[i]) == 0) {
            out->take = (gov_need_take)i;
            return GOV_OK;
        }
    }
    return GOV_NEED_FAIL(m, node, GOV_E_UNKNOWN_NAME, "take",
                         "take is latest, since, day, sum, mean, min, max or count");
}

static gov_status read_whole(gov_need_model *m, const gov_yaml_node *map, const char *key, int64_t *out,
                             gov_error *err)
{
    const gov_yaml_node *node = gov_yaml_get(map, key);
    double number = 0;
    if (node == NULL)
        return GOV_OK;
    GOV_TRY(gov_need_read_number(m, node, &number, err));
    if (number < 1 || number > 1200 || floor(number) < number)
        return GOV_NEED_FAIL(m, node, GOV_E_RANGE, key, "'%s' is a whole number from 1 to 1200", key);
    *out = (int64_t)number;
    return GOV_OK;
}

static gov_status read_details(gov_need_model *m, const gov_yaml_node *map, gov_need_source *out,
                               gov_error *err)
{
    static const char *const known[] = {"field", "relation", "observation", "take", "months", "fewest", NULL};
    GOV_TRY(gov_yaml_only_keys(map, known, m->file, err));
    GOV_TRY(gov_need_field_text(m, map, "relation", GOV_NEED_MAY, &out->relation, err));
    GOV_TRY(gov_need_field_text(m, map, "observation", GOV_NEED_MAY, &out->observation, err));
    if (gov_yaml_get(map, "field") != NULL)
        GOV_TRY(read_field(m, gov_yaml_get(map, "field"), out, err));
    if ((out->observation == NULL) == (out->relation == NULL) ||
        (out->observation != NULL && out->field != NULL))
        return GOV_NEED_FAIL(m, map, GOV_E_MISSING, "from",
                             "a field of the record itself, a relation or an observation must be named");
    GOV_TRY(read_take(m, map, out, err));
    GOV_TRY(read_whole(m, map, "months", &out->months, err));
    GOV_TRY(read_whole(m, map, "fewest", &out->fewest, err));
    if (out->observation == NULL && (out->take != GOV_NEED_LATEST || out->months > 0 || out->fewest > 1))
        return GOV_NEED_FAIL(m, map, GOV_E_CONFLICT, "take", "take, months and fewest are of observations");
    return GOV_OK;
}

static gov_status check_owner(gov_need_model *m, const gov_need_input *input, const gov_need_source *s,
                              gov_error *err)
{
    if (s->kind == NULL || s->relation != NULL)
        return GOV_OK;
    int fits = input->member ? strcmp(s->kind, "person") == 0 || strcmp(s->kind, "membership") == 0
                             : strcmp(s->kind, "household") == 0;
    if (!fits)
        return GOV_NEED_FAIL(m, input->from, GOV_E_REFERENCE, s->kind,
                             input->member ? "a member has fields of person and membership"
                                           : "a household has fields of household; others by a relation");
    return GOV_OK;
}

static gov_status check_type(gov_need_model *m, const gov_need_input *input, const gov_need_source *s,
                             gov_error *err)
{
    int is_number = input->kind == GOV_NEED_FLOAT || input->kind == GOV_NEED_INT;
    int is_day = s->take == GOV_NEED_SINCE || s->take == GOV_NEED_LAST_DAY;
    const char *should = NULL;
    if (s->relation != NULL && s->field == NULL)
        should = input->kind == GOV_NEED_BOOL ? NULL : "bool";
    else if (s->observation != NULL && is_day)
        should = input->kind == GOV_NEED_DATE ? NULL : "date";
    else if (s->observation != NULL && s->take == GOV_NEED_LATEST)
        should = input->kind != GOV_NEED_DATE ? NULL : "float, int, bool or enum";
    else if (s->observation != NULL)
        should = is_number ? NULL : "float or int";
    if (should != NULL)
        return GOV_NEED_FAIL(m, input->from, GOV_E_TYPE, input->id, "this gives a value of type %s", should);
    return GOV_OK;
}

gov_status gov_need_read_from(gov_need_model *m, const gov_need_input *input, gov_need_source *out,
                              gov_error *err)
{
    gov_need_source s = {.fewest = 1};
    if (input->from->kind == GOV_YAML_MAPPING)
        GOV_TRY(read_details(m, input->from, &s, err));
    else
        GOV_TRY(read_field(m, input->from, &s, err));
    GOV_TRY(check_owner(m, input, &s, err));
    GOV_TRY(check_type(m, input, &s, err));
    *out = s;
    return GOV_OK;
}
