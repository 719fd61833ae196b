/* lines.c - texts such as "high=2/5" and "3/2*B", and the least and the most that lines give a household. */
#include "need/lines.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

/* --- Texts ------------------------------------------------------------------------------------------------ */

/* The rank of the tier that a piece of text names; -1: none. */
static int64_t rank_named(const gov_need_model *m, const char *name, int64_t size)
{
    for (int64_t t = 0; t <= m->tier_count; t++) {
        const char *id = gov_need_tier_id(m, t);
        if ((int64_t)strlen(id) == size && memcmp(id, name, (size_t)size) == 0)
            return t;
    }
    return -1;
}

static gov_status fail_tier(const char *what, const char *name, int64_t size, gov_error *err)
{
    gov_place place = {.name = name, .name_size = size, .row = -1};
    return gov_fail_at(err, GOV_E_UNKNOWN_NAME, &place, "%s: the model has no tier '%.*s'", what, (int)size,
                       name);
}

/* Walks "tier=value,tier=value": hands each rank and value to `take`, which returns 0 for one it does not read. */
typedef int (*taker)(gov_need_terms *terms, int64_t rank, const char *value, int64_t size);

static gov_status read_list(gov_need_terms *terms, const char *what, const char *text, const char *example,
                            taker take, gov_error *err)
{
    while (text != NULL && *text != '\0') {
        int64_t size = (int64_t)strcspn(text, ",");
        const char *equals = memchr(text, '=', (size_t)size);
        int64_t name = equals == NULL ? size : equals - text;
        int64_t rank = rank_named(terms->env.model, text, name);
        if (rank < 0)
            return fail_tier(what, text, name, err);
        if (equals == NULL || !take(terms, rank, equals + 1, size - name - 1))
            return gov_fail_at(err, GOV_E_FORMAT, GOV_AT_NAME(what), "%s: '%.*s' is not of the form %s", what,
                               (int)size, text, example);
        text += size + (text[size] == ',');
    }
    return GOV_OK;
}

/* Two decimals at most, so that an amount is a whole number of hundredths. */
static int take_amount(gov_need_terms *terms, int64_t rank, const char *value, int64_t size)
{
    const char *point = memchr(value, '.', (size_t)size);
    double amount = 0;
    if (point != NULL && value + size - point > 3)
        return 0;
    if (!gov_parse_double(value, size, &amount) || !(amount >= 0 && amount < 0x1p40))
        return 0;
    terms->amounts[rank] = amount;
    return 1;
}

static int take_cutoff(gov_need_terms *terms, int64_t rank, const char *value, int64_t size)
{
    gov_rational r = {0, 1};
    if (rank == 0 || !gov_rational_parse(value, size, &r) || r.num == 0 || r.num > r.den)
        return 0;
    terms->thresholds[rank - 1] = gov_rational_ceil_over(r, terms->env.weights->denominator);
    return 1;
}

/* Thresholds are compared and not the fractions: two cut-offs that no score can tell apart are refused too. */
static gov_status read_cutoffs(gov_need_terms *terms, const char *at, gov_error *err)
{
    const gov_need_model *m = terms->env.model;
    for (int64_t t = 0; t < m->tier_count; t++)
        terms->thresholds[t] = gov_rational_ceil_over(m->tiers[t].at, terms->env.weights->denominator);
    if (at == NULL)
        return GOV_OK;
    GOV_TRY(
        read_list(terms, "at", at, "high=1/2, an exact fraction above 0 and at most 1", take_cutoff, err));
    for (int64_t t = 1; t < m->tier_count; t++) {
        if (terms->thresholds[t] <= terms->thresholds[t - 1])
            return gov_fail_at(err, GOV_E_RANGE, GOV_AT_NAME(m->tiers[t].id),
                               "at: '%s' must begin above '%s'", m->tiers[t].id, m->tiers[t - 1].id);
    }
    return GOV_OK;
}

static gov_status param_value(const gov_need_terms *terms, const char *name, double *out, gov_error *err)
{
    const gov_need_model *m = terms->env.model;
    for (int64_t i = 0; i < m->param_count; i++) {
        if (strcmp(m->params[i].id, name) != 0)
            continue;
        if (!terms->env.has_day)
            return gov_fail_at(err, GOV_E_MISSING, GOV_AT_NAME("as_of"),
                               "line: the value of '%s' depends on the day: say which (as_of)", name);
        *out = gov_need_env_param(&terms->env, i, terms->env.day);
        return isnan(*out) ? gov_fail_at(err, GOV_E_RANGE, GOV_AT_NAME(name),
                                         "line: '%s' has no value on the day", name)
                           : GOV_OK;
    }
    return gov_fail_at(err, GOV_E_UNKNOWN_NAME, GOV_AT_NAME(name), "line: the model has no parameter '%s'",
                       name);
}

/* "1510", "B" or "3/2*B". */
static gov_status read_line(gov_need_terms *terms, const char *line, gov_error *err)
{
    const char *star = strchr(line, '*');
    gov_rational factor = {1, 1};
    double value = 0;
    if (gov_parse_double(line, (int64_t)strlen(line), &value)) {
        terms->line = value;
    } else {
        if (star != NULL && !gov_rational_parse(line, star - line, &factor))
            return gov_fail_at(err, GOV_E_FORMAT, GOV_AT_NAME("line"),
                               "line: '%s' is not a number, a parameter or a fraction of one such as 3/2*B",
                               line);
        GOV_TRY(param_value(terms, star == NULL ? line : star + 1, &value, err));
        terms->line = value * (double)factor.num / (double)factor.den;
    }
    if (!(terms->line >= 0 && terms->line < 0x1p40))
        return gov_fail_at(err, GOV_E_RANGE, GOV_AT_NAME("line"), "line: a line is a number from 0 on");
    return GOV_OK;
}

static gov_status read_terms(gov_need_terms *terms, const gov_need_lines *lines, gov_error *err)
{
    const char *tier = lines->tier;
    terms->line = -1;
    terms->served = tier == NULL ? 1 : rank_named(terms->env.model, tier, (int64_t)strlen(tier));
    if (terms->served < 0)
        return fail_tier("tier", tier, (int64_t)strlen(tier), err);
    GOV_TRY(read_cutoffs(terms, lines->at, err));
    GOV_TRY(read_list(terms, "amounts", lines->amounts, "high=500.50, with at most two decimals", take_amount,
                      err));
    return lines->line == NULL ? GOV_OK : read_line(terms, lines->line, err);
}

gov_status gov_need_terms_open(const gov_need_lines *lines, const gov_table *households,
                               const gov_need_options *scoring, gov_need_terms *out, gov_error *err)
{
    gov_need_options o = *scoring;
    if (lines->struct_size != sizeof(*lines))
        return gov_fail(err, GOV_E_ARGUMENT, "lines.struct_size is not that of GOV_NEED_LINES_INIT");
    if (lines->model == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "lines.model must be given");
    o.as_of = lines->as_of != NULL ? lines->as_of : o.as_of;
    o.preset = lines->preset != NULL ? lines->preset : o.preset;
    o.params = lines->params != NULL ? lines->params : o.params;
    *out = (gov_need_terms){.served = 1};
    GOV_TRY(gov_need_env_open(lines->model, households, &o, &out->env, err));
    gov_status status = read_terms(out, lines, err);
    if (status != GOV_OK)
        gov_need_terms_close(out);
    return status;
}

void gov_need_terms_close(gov_need_terms *terms)
{
    gov_need_env_close(&terms->env);
}

/* --- What lines mean for a household ------------------------------------------------------------------------- */

/* Money for each of its persons at a rank and an income a head. */
static double each(const gov_need_terms *terms, int64_t rank, double income)
{
    double gap = terms->line > income ? terms->line - income : 0;
    return rank < terms->served ? 0 : terms->amounts[rank] + gap;
}

static double hundredths(double money, double persons)
{
    return money > 0 ? rint(100 * money * persons) : 0;
}

/* Widens the outcome by one way in which things may be: tiers on both sides, an income and a number of persons. */
static void allow(const gov_need_terms *terms, const int64_t ranks[GOV_NEED_SIDES], double income,
                  double persons, gov_need_outcome *out)
{
    double of_each[GOV_NEED_SIDES];
    double money[GOV_NEED_SIDES];
    for (int side = 0; side < GOV_NEED_SIDES; side++) {
        of_each[side] = each(&terms[side], ranks[side], income);
        money[side] = hundredths(of_each[side], persons);
        out->least[side] = fmin(out->least[side], money[side]);
        out->most[side] = fmax(out->most[side], money[side]);
    }
    double more = of_each[GOV_NEED_NEXT] - of_each[GOV_NEED_NOW];
    double change = isinf(persons) ? (more > 0   ? INFINITY
                                      : more < 0 ? -INFINITY
                                                 : 0)
                                   : money[GOV_NEED_NEXT] - money[GOV_NEED_NOW];
    out->change_least = fmin(out->change_least, change);
    out->change_most = fmax(out->change_most, change);
}

/* Money is linear between the ends and where a line begins to top up: there it is least and most. */
static void allow_tiers(const gov_need_terms *terms, const gov_need_known *known,
                        const int64_t ranks[GOV_NEED_SIDES], gov_need_outcome *out)
{
    const double incomes[] = {known->income_low, known->income_high, terms[GOV_NEED_NOW].line,
                              terms[GOV_NEED_NEXT].line};
    int now = ranks[GOV_NEED_NOW] >= terms[GOV_NEED_NOW].served;
    int next = ranks[GOV_NEED_NEXT] >= terms[GOV_NEED_NEXT].served;
    out->served[GOV_NEED_NOW] &= now;
    out->served[GOV_NEED_NEXT] &= next;
    out->may_be_served[GOV_NEED_NOW] |= now;
    out->may_be_served[GOV_NEED_NEXT] |= next;
    out->enters &= !now && next;
    out->may_enter |= !now && next;
    out->leaves &= now && !next;
    out->may_leave |= now && !next;
    for (int i = 0; i < 4; i++) {
        if (i > 0 && !(incomes[i] > known->income_low && incomes[i] <= known->income_high))
            continue;
        allow(terms, ranks, incomes[i], known->persons_low, out);
        if (known->persons_high > known->persons_low)
            allow(terms, ranks, incomes[i], known->persons_high, out);
    }
}

static int64_t rank_of(const gov_need_terms *terms, int64_t score, int8_t floor)
{
    int64_t rank = 0;
    for (int64_t t = 0; t < terms->env.model->tier_count; t++)
        rank += score >= terms->thresholds[t];
    return rank > floor ? rank : floor;
}

/* The tiers that one score has on both sides, for all scores and floors between the bounds: between two thresholds
 * nothing changes. */
static void compare_scores(const gov_need_terms *terms, const gov_need_known *known, gov_need_outcome *out)
{
    const gov_need_standing *s = &known->standings[GOV_NEED_NOW];
    int64_t tiers = terms[GOV_NEED_NOW].env.model->tier_count;
    for (int64_t i = -1; i < GOV_NEED_SIDES * tiers; i++) {
        int64_t score = i < 0 ? s->low : terms[i / tiers].thresholds[i % tiers];
        if (score < s->low || score > s->high)
            continue;
        for (int8_t floor = s->floor; floor <= s->floor_high; floor++) {
            const int64_t ranks[] = {rank_of(&terms[GOV_NEED_NOW], score, floor),
                                     rank_of(&terms[GOV_NEED_NEXT], score, floor)};
            allow_tiers(terms, known, ranks, out);
        }
    }
}

/* All pairs of tiers between their bounds on each side. */
static void compare_tiers(const gov_need_terms *terms, const gov_need_known *known, gov_need_outcome *out)
{
    int64_t first[GOV_NEED_SIDES];
    int64_t last[GOV_NEED_SIDES];
    for (int side = 0; side < GOV_NEED_SIDES; side++) {
        const gov_need_standing *s = &known->standings[side];
        first[side] = rank_of(&terms[side], s->low, s->floor);
        last[side] = rank_of(&terms[side], s->high, s->floor_high);
    }
    for (int64_t now = first[GOV_NEED_NOW]; now <= last[GOV_NEED_NOW]; now++) {
        for (int64_t next = first[GOV_NEED_NEXT]; next <= last[GOV_NEED_NEXT]; next++) {
            const int64_t ranks[] = {now, next};
            allow_tiers(terms, known, ranks, out);
        }
    }
}

void gov_need_compare(const gov_need_terms *terms, int same_facts, const gov_need_known *known,
                      gov_need_outcome *out)
{
    *out = (gov_need_outcome){.served = {1, 1},
                              .enters = 1,
                              .leaves = 1,
                              .least = {INFINITY, INFINITY},
                              .change_least = INFINITY,
                              .change_most = -INFINITY};
    if (same_facts)
        compare_scores(terms, known, out);
    else
        compare_tiers(terms, known, out);
}
