/* read_tiers.c - tiers, floors and the model's own tests. */
#include "need/fields.h"
#include "need/read.h"
#include "need/rule.h"

#include <string.h>

int64_t gov_need_find_tier(const gov_need_model *m, const char *id)
{
    if (strcmp(id, "none") == 0)
        return 0;
    for (int64_t i = 0; i < m->tier_count; i++) {
        if (strcmp(m->tiers[i].id, id) == 0)
            return i + 1;
    }
    return -1;
}

static gov_status read_tier(gov_need_model *m, const gov_yaml_node *map, gov_need_tier *tier, gov_error *err)
{
    static const char *const known[] = {"id", "name", "at", NULL};
    const gov_yaml_node *node = NULL;
    GOV_TRY(gov_yaml_only_keys(map, known, m->file, err));
    GOV_TRY(gov_need_field(m, map, "id", GOV_NEED_MUST, &node, err));
    GOV_TRY(gov_need_read_id(m, node, &tier->id, err));
    GOV_TRY(gov_need_field_label(m, map, "name", GOV_NEED_MAY, &tier->name, err));
    GOV_TRY(gov_need_field(m, map, "at", GOV_NEED_MUST, &node, err));
    return gov_need_read_rational(m, node, &tier->at, err);
}

/* The file lists tiers from the highest down; the last may be `{id: none, at: 0}`, which names what lies below
 * all of them. Ranks go up. */
static gov_status read_tier_list(gov_need_model *m, const gov_yaml_node *list, gov_error *err)
{
    gov_rational above = {0, 1};
    for (int64_t i = 0; i < list->size; i++) {
        const gov_yaml_node *node = list->children[i];
        gov_need_tier tier = {.name = {"", ""}};
        GOV_TRY(read_tier(m, node, &tier, err));
        int none = strcmp(tier.id, "none") == 0;
        if (none != (tier.at.num == 0) || (none && i != list->size - 1))
            return GOV_NEED_FAIL(m, node, GOV_E_RANGE, tier.id,
                                 "only the last tier, with the id 'none', begins at 0");
        if (i > 0 && gov_rational_compare(tier.at, above) >= 0)
            return GOV_NEED_FAIL(m, node, GOV_E_RANGE, tier.id,
                                 "tiers go from the highest down, each below the one before it");
        if (!none && gov_need_find_tier(m, tier.id) >= 0)
            return GOV_NEED_FAIL(m, node, GOV_E_DUPLICATE, tier.id, "the tier '%s' stands here twice",
                                 tier.id);
        above = tier.at;
        if (none)
            m->none_name = tier.name;
        else
            m->tiers[m->tier_count++] = tier;
    }
    return GOV_OK;
}

static gov_status read_floor(gov_need_model *m, const gov_yaml_node *map, gov_need_floor *f, gov_error *err)
{
    static const char *const known[] = {"when", "tier", "source", NULL};
    const gov_yaml_node *node = NULL;
    const char *tier = NULL;
    GOV_TRY(gov_yaml_only_keys(map, known, m->file, err));
    GOV_TRY(gov_need_field(m, map, "when", GOV_NEED_MUST, &node, err));
    GOV_TRY(gov_need_rule_read(m, node, GOV_NEED_WITH_INDICATORS, &f->when, err));
    f->text = node->text;
    GOV_TRY(gov_need_field_text(m, map, "tier", GOV_NEED_MUST, &tier, err));
    f->tier = gov_need_find_tier(m, tier);
    if (f->tier < 1)
        return GOV_NEED_FAIL(m, gov_yaml_get(map, "tier"), GOV_E_UNKNOWN_NAME, tier, "'%s' is not a tier",
                             tier);
    return GOV_OK;
}

gov_status gov_need_read_tiers(gov_need_model *m, const gov_yaml_node *root, gov_error *err)
{
    const gov_yaml_node *list = NULL;
    GOV_TRY(gov_need_field_list(m, root, "tiers", GOV_NEED_MUST, GOV_YAML_SEQUENCE, &list, err));
    if (list->size > GOV_NEED_MOST_TIERS)
        return GOV_NEED_FAIL(m, list, GOV_E_LIMIT, "tiers", "a model has at most %d tiers",
                             GOV_NEED_MOST_TIERS);
    m->none_name = (gov_need_label){"", ""};
    GOV_TRY(gov_need_make(m, list->size, sizeof(*m->tiers), &m->tiers, err));
    GOV_TRY(read_tier_list(m, list, err));
    for (int64_t i = 0, j = m->tier_count - 1; i < j; i++, j--) {
        gov_need_tier swapped = m->tiers[i];
        m->tiers[i] = m->tiers[j];
        m->tiers[j] = swapped;
    }
    const gov_yaml_node *floors = NULL;
    GOV_TRY(gov_need_field_list(m, root, "floors", GOV_NEED_MAY, GOV_YAML_SEQUENCE, &floors, err));
    if (floors == NULL)
        return GOV_OK;
    GOV_TRY(gov_need_make(m, floors->size, sizeof(*m->floors), &m->floors, err));
    for (int64_t i = 0; i < floors->size; i++)
        GOV_TRY(read_floor(m, floors->children[i], &m->floors[i], err));
    m->floor_count = floors->size;
    return GOV_OK;
}

gov_status gov_need_read_tests(gov_need_model *m, const gov_yaml_node *root, gov_error *err)
{
    static const char *const known[] = {"name",  "input",  "members", "expect", "as_of",
                                        "depth", "preset", "params",  NULL};
    const gov_yaml_node *list = NULL;
    GOV_TRY(gov_need_field_list(m, root, "tests", GOV_NEED_MAY, GOV_YAML_SEQUENCE, &list, err));
    if (list == NULL)
        return GOV_OK;
    GOV_TRY(gov_need_make(m, list->size, sizeof(*m->tests), &m->tests, err));
    for (int64_t i = 0; i < list->size; i++) {
        GOV_TRY(gov_yaml_only_keys(list->children[i], known, m->file, err));
        GOV_TRY(gov_need_field_text(m, list->children[i], "name", GOV_NEED_MUST, &m->tests[i].name, err));
        m->tests[i].node = list->children[i];
    }
    m->test_count = list->size;
    return GOV_OK;
}
