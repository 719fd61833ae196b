/* weights.c - from exact fractions to integers over one denominator.
 *
 * The denominator is the least common multiple of the denominators as they were written, so that a model in
 * per mille stays in per mille. It is doubled where "partly" would need half of an odd number. Where an
 * indicator says `renormalise`, the weight of what is unknown goes to the known rest of its dimension, in
 * proportion: a household's score is then W × dep ÷ known for the known weight of its dimension, and the
 * denominator is widened until that division is exact for every set of unknown indicators. */
#include "need/fields.h"
#include "need/read.h"

#include <string.h>

static const int64_t largest = INT64_C(1) << 62;

static gov_status too_large(const gov_need_model *m, const gov_yaml_node *node, gov_error *err)
{
    return GOV_NEED_FAIL(m, node, GOV_E_LIMIT, "weight", "the common denominator is over 2^62");
}

/* Widens *den to hold the fraction. */
static int hold(gov_rational r, int64_t *den)
{
    if (r.num == 0)
        return 1;
    *den = gov_lcm(*den, r.den);
    return *den > 0 && *den <= largest;
}

static int scale(int64_t factor, gov_need_weights *w, int64_t count)
{
    if (__builtin_mul_overflow(w->denominator, factor, &w->denominator) || w->denominator > largest)
        return 0;
    for (int64_t i = 0; i < count; i++)
        w->indicators[i] *= factor; /* at most the denominator */
    return 1;
}

/* The factor that makes dep × whole ÷ known an integer for every set of unknown indicators of a dimension;
 * 0 if it does not fit. */
static int64_t exact_factor(const gov_need_model *m, const gov_need_weights *w, const gov_need_dimension *d)
{
    int64_t loose[GOV_NEED_MOST_INDICATORS];
    int64_t count = 0;
    int64_t whole = 0;
    int64_t step = 0; /* of every dep */
    for (int64_t i = d->first; i < d->first + d->count; i++) {
        int halves = m->indicators[i].partly >= 0;
        step = gov_gcd(w->indicators[i] / (halves ? 2 : 1), step);
        whole += w->indicators[i];
        if (m->indicators[i].on_missing == GOV_NEED_RENORMALISE && w->indicators[i] > 0)
            loose[count++] = w->indicators[i];
    }
    if (count > 16 || whole == 0)
        return count > 16 ? 0 : 1;
    int64_t factor = 1;
    for (int64_t set = 1; set < (INT64_C(1) << count); set++) {
        int64_t known = whole;
        for (int64_t i = 0; i < count; i++)
            known -= (set >> i & 1) * loose[i];
        if (known == 0)
            continue;
        int64_t a = known / gov_gcd(known, whole);
        factor = gov_lcm(factor, a / gov_gcd(a, step));
        if (factor == 0 || factor > largest)
            return 0;
    }
    return factor;
}

/* Fills a set of weights from fractions, one an indicator. */
static gov_status set_weights(gov_need_model *m, const gov_yaml_node *node, const gov_rational *fractions,
                              gov_need_weights *w, gov_error *err)
{
    GOV_TRY(gov_need_make(m, m->indicator_count, sizeof(*w->indicators), &w->indicators, err));
    GOV_TRY(gov_need_make(m, m->dimension_count, sizeof(*w->dimensions), &w->dimensions, err));
    w->denominator = 1;
    for (int64_t i = 0; i < m->indicator_count; i++) {
        if (!hold(fractions[i], &w->denominator))
            return too_large(m, node, err);
    }
    int64_t halves = 1;
    for (int64_t i = 0; i < m->indicator_count; i++) {
        w->indicators[i] = gov_rational_over(fractions[i], w->denominator);
        if (m->indicators[i].partly >= 0 && w->indicators[i] % 2 != 0)
            halves = 2;
    }
    if (!scale(halves, w, m->indicator_count))
        return too_large(m, node, err);
    for (int64_t i = 0; i < m->dimension_count; i++) {
        int64_t factor = exact_factor(m, w, &m->dimensions[i]);
        if (factor == 0 || !scale(factor, w, m->indicator_count))
            return too_large(m, node, err);
    }
    for (int64_t i = 0; i < m->indicator_count; i++)
        w->dimensions[m->indicators[i].dimension] += w->indicators[i];
    return GOV_OK;
}

/* --- Presets ------------------------------------------------------------------------------------------- */

/* Every dimension the same, and every indicator of a dimension the same. */
static void equal_dimensions(const gov_need_model *m, gov_rational *fractions)
{
    for (int64_t i = 0; i < m->indicator_count; i++)
        fractions[i] =
            (gov_rational){1, m->dimension_count * m->dimensions[m->indicators[i].dimension].count};
}

static gov_status find(const gov_need_model *m, const gov_yaml_node *node, int64_t *out, gov_error *err)
{
    *out = node->kind == GOV_YAML_SCALAR ? gov_need_find_indicator(m, node->text) : -1;
    if (*out < 0)
        return GOV_NEED_FAIL(m, node, GOV_E_UNKNOWN_NAME, node->text, "this is not one of the indicators");
    return GOV_OK;
}

static gov_status equal_indicators(const gov_need_model *m, const gov_yaml_node *list,
                                   gov_rational *fractions, gov_error *err)
{
    for (int64_t i = 0; i < list->size; i++) {
        int64_t which = 0;
        GOV_TRY(find(m, list->children[i], &which, err));
        if (fractions[which].num != 0)
            return GOV_NEED_FAIL(m, list->children[i], GOV_E_DUPLICATE, m->indicators[which].id,
                                 "the indicator '%s' stands here twice", m->indicators[which].id);
        fractions[which] = (gov_rational){1, list->size};
    }
    return GOV_OK;
}

static gov_status given_weights(const gov_need_model *m, const gov_yaml_node *map, gov_rational *fractions,
                                gov_error *err)
{
    gov_rational sum = {0, 1};
    for (int64_t i = 0; i < map->size; i++) {
        int64_t which = 0;
        GOV_TRY(find(m, map->keys[i], &which, err));
        GOV_TRY(gov_need_read_rational(m, map->children[i], &fractions[which], err));
        if (!gov_rational_add(sum, fractions[which], &sum))
            return too_large(m, map->children[i], err);
    }
    if (gov_rational_compare(sum, (gov_rational){1, 1}) != 0)
        return GOV_NEED_FAIL(m, map, GOV_E_RANGE, "weights", "the weights sum to %lld/%lld and not to 1",
                             (long long)sum.num, (long long)sum.den);
    return GOV_OK;
}

static gov_status read_preset(gov_need_model *m, const gov_yaml_node *key, const gov_yaml_node *map,
                              gov_need_weights *w, gov_error *err)
{
    static const char *const known[] = {"name", "equal", "indicators", "weights", "source", NULL};
    gov_rational fractions[GOV_NEED_MOST_INDICATORS];
    const gov_yaml_node *list = NULL;
    const gov_yaml_node *weights = NULL;
    const char *equal = NULL;
    for (int i = 0; i < GOV_NEED_MOST_INDICATORS; i++)
        fractions[i] = (gov_rational){0, 1};
    GOV_TRY(gov_need_read_id(m, key, &w->id, err));
    GOV_TRY(gov_yaml_only_keys(map, known, m->file, err));
    GOV_TRY(gov_need_field_label(m, map, "name", GOV_NEED_MAY, &w->name, err));
    GOV_TRY(gov_need_field_text(m, map, "equal", GOV_NEED_MAY, &equal, err));
    GOV_TRY(gov_need_field_list(m, map, "indicators", GOV_NEED_MAY, GOV_YAML_SEQUENCE, &list, err));
    GOV_TRY(gov_need_field_list(m, map, "weights", GOV_NEED_MAY, GOV_YAML_MAPPING, &weights, err));
    if ((equal != NULL) + (list != NULL) + (weights != NULL) != 1 ||
        (equal != NULL && strcmp(equal, "dimensions") != 0) || (list != NULL && list->size == 0))
        return GOV_NEED_FAIL(
            m, map, GOV_E_FORMAT, w->id,
            "a preset has one of `equal: dimensions`, `indicators: [...]`, `weights: {...}`");
    if (equal != NULL)
        equal_dimensions(m, fractions);
    else if (list != NULL)
        GOV_TRY(equal_indicators(m, list, fractions, err));
    else
        GOV_TRY(given_weights(m, weights, fractions, err));
    return set_weights(m, map, fractions, w, err);
}

gov_status gov_need_read_weights(gov_need_model *m, const gov_yaml_node *root, gov_error *err)
{
    gov_rational fractions[GOV_NEED_MOST_INDICATORS];
    const gov_yaml_node *presets = NULL;
    GOV_TRY(gov_need_field_list(m, root, "presets", GOV_NEED_MAY, GOV_YAML_MAPPING, &presets, err));
    int64_t count = presets == NULL ? 0 : presets->size;
    GOV_TRY(gov_need_make(m, count + 1, sizeof(*m->weights), &m->weights, err));
    for (int64_t i = 0; i < m->indicator_count; i++)
        fractions[i] = m->indicators[i].weight;
    GOV_TRY(set_weights(m, root, fractions, &m->weights[0], err));
    m->weights_count = 1;
    for (int64_t i = 0; i < count; i++) {
        gov_need_weights *w = &m->weights[i + 1];
        w->name = (gov_need_label){"", ""};
        GOV_TRY(read_preset(m, presets->keys[i], presets->children[i], w, err));
        m->weights_count++;
    }
    return GOV_OK;
}

gov_status gov_need_weights_of(const gov_need_model *m, const char *preset, const gov_need_weights **out,
                               gov_error *err)
{
    for (int64_t i = 0; i < m->weights_count; i++) {
        const char *id = m->weights[i].id;
        if (preset == NULL ? id == NULL : id != NULL && strcmp(id, preset) == 0) {
            *out = &m->weights[i];
            return GOV_OK;
        }
    }
    return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(preset), "the model '%s' has no preset '%s'",
                       m->id, preset);
}
