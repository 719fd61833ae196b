/* demo_households.c - households that do not exist.
 *
 * A household is drawn from the outside in: a kind (elder alone, couple with children ...) fixes who lives there; a
 * latent hardship, the sum of an effect of the street, one of the committee and one of its own, then moves income,
 * health, work, schooling, housing and contact together, so that deprivations meet in the same households as they do in
 * life. The levels are plausible for a large city and nothing more: no figure is an estimate of any place.
 * What is not known comes in clusters too: most households are complete, some were never reached. */
#include "demo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum value {
    MEMBERS,
    MINORS,
    CHILDREN,
    ABLE,
    EMPLOYED,
    INCOME,
    ESSENTIAL,
    ASSETS,
    SHOCKS,
    ILL,
    CHRONIC,
    DISABLED_SEVERE,
    DISABLED_MILD,
    MEDICAL,
    SCHOOLING,
    DISPOSABLE,
    CARE_DEPENDENT,
    MONTHS_OUT,
    WAGE,
    CONTRACT,
    OUT_OF_SCHOOL,
    EDUCATION,
    AREA,
    UNSAFE,
    FACILITIES,
    UNINSURED,
    CONTACT_DAYS,
    UNCLAIMED,
    DEPENDANTS,
    HARDSHIP,
    SINGLE_PARENT,
    ELDERS_NO_CARER,
    OLD_WITH_CARER,
    DIBAO,
    EDGE,
    EXPENDITURE,
    MEDICAL_AID,
    EDUCATION_AID,
    HOUSING_AID,
    EMPLOYMENT_AID,
    TEMPORARY_AID,
    CHILD_SERVICES,
    ELDER_SERVICES,
    VALUES
} value;

/* What is learnt together is missing together. */
typedef enum topic { ALWAYS, MONEY, HEALTH, WORK, HOME, CONTACT, SERVICES, TOPICS } topic;

typedef struct column {
    const char *name;
    gov_type type;
    topic topic;
} column;

typedef struct household {
    double values[VALUES];
    uint8_t known[VALUES];
    double hardship;
    double elders;   /* members of 60 and over */
    int elders_only; /* nobody younger lives there */
} household;

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/* A probability that grows with hardship: `base` at hardship 0, e^1.2 times the odds at each step up. */
static int strikes(demo_random *r, const household *h, double base)
{
    double odds = base / (1 - base) * exp(1.2 * h->hardship);
    return demo_chance(r, odds / (1 + odds));
}

static double count_struck(demo_random *r, const household *h, double people, double base)
{
    double struck = 0;
    for (int i = 0; i < (int)people; i++)
        struck += strikes(r, h, base);
    return struck;
}

/* Who lives there: adults of working age, minors, members of 60 and over. */
static void draw_members(demo_random *r, household *h)
{
    enum {
        SINGLE,
        COUPLE,
        FAMILY,
        ONE_PARENT,
        ELDER_ALONE,
        ELDER_COUPLE,
        THREE_GENERATIONS,
        GRANDPARENTS,
        KINDS
    };
    static const double shares[KINDS] = {0.13, 0.17, 0.26, 0.05, 0.12, 0.15, 0.10, 0.02};
    static const int adults[KINDS] = {1, 2, 2, 1, 0, 0, 2, 0};
    static const int elders[KINDS] = {0, 0, 0, 0, 1, 2, 1, 2};
    static const double second_child[KINDS] = {0, 0, 0.25, 0.2, 0, 0, 0.3, 0.1};
    int64_t kind = demo_pick(r, shares, KINDS);
    double *v = h->values;
    v[MINORS] = second_child[kind] > 0 ? 1 + demo_chance(r, second_child[kind]) : 0;
    v[ABLE] = adults[kind];
    h->elders = elders[kind] + (kind == THREE_GENERATIONS && demo_chance(r, 0.5));
    h->elders_only = kind == ELDER_ALONE || kind == ELDER_COUPLE;
    v[MEMBERS] = v[ABLE] + v[MINORS] + h->elders;
    for (int i = 0; i < (int)v[MINORS]; i++)
        v[CHILDREN] += demo_chance(r, 0.55);
    v[SINGLE_PARENT] = kind == ONE_PARENT;
    h->hardship += kind == ONE_PARENT || kind == GRANDPARENTS ? 0.5 : kind == ELDER_ALONE ? 0.25 : 0;
}

static void draw_health(demo_random *r, household *h)
{
    double *v = h->values;
    double ill = count_struck(r, h, v[MEMBERS], 0.008) + count_struck(r, h, h->elders, 0.03);
    v[ILL] = clamp(ill, 0, v[MEMBERS]);
    v[CHRONIC] =
        clamp(count_struck(r, h, h->elders, 0.35) + count_struck(r, h, v[ABLE], 0.05), 0, v[MEMBERS]);
    v[DISABLED_SEVERE] = count_struck(r, h, v[MEMBERS], 0.008);
    v[DISABLED_MILD] = clamp(count_struck(r, h, v[MEMBERS], 0.015), 0, v[MEMBERS] - v[DISABLED_SEVERE]);
    v[CARE_DEPENDENT] = count_struck(r, h, h->elders, 0.04) + count_struck(r, h, v[ABLE], 0.004);
    double unfit = clamp(floor(v[DISABLED_SEVERE] + 0.5 * v[ILL]), 0, v[ABLE]);
    v[ABLE] -= demo_chance(r, 0.7) ? unfit : 0;
    v[DEPENDANTS] = clamp(v[MINORS] + h->elders + unfit, 0, v[MEMBERS]);
    int has_carer = !strikes(r, h, 0.2);
    v[ELDERS_NO_CARER] = h->elders_only && !has_carer ? h->elders : 0;
    v[OLD_WITH_CARER] = h->elders_only && has_carer && demo_chance(r, 0.3) ? 1 : 0;
}

static void draw_work(demo_random *r, household *h)
{
    double *v = h->values;
    v[EMPLOYED] = v[ABLE] - count_struck(r, h, v[ABLE], 0.05);
    int out = v[EMPLOYED] < v[ABLE];
    double longer = strikes(r, h, 0.25) ? (double)demo_between(r, 6, 30) : 0;
    v[MONTHS_OUT] = out ? (double)demo_between(r, 1, 10) + longer : 0;
    double wage = clamp(7200 * exp(0.42 * demo_normal(r) - 0.38 * h->hardship), 1200, 60000);
    v[WAGE] = v[EMPLOYED] > 0 ? 10 * floor(wage / 10) : 0;
    v[CONTRACT] = v[EMPLOYED] > 0 ? !strikes(r, h, 0.07) : 0;
    double level = clamp(floor(3.1 + 0.85 * demo_normal(r) - 0.5 * h->hardship), 1, 4);
    v[EDUCATION] = v[MEMBERS] > h->elders + v[MINORS] ? level : 0;
}

/* Spending and income are of the same twelve months and the same people, so that they fit together. */
static void draw_money(demo_random *r, household *h)
{
    double *v = h->values;
    double pensions = 3900 * h->elders * exp(0.25 * demo_normal(r) - 0.12 * h->hardship);
    double wages = v[WAGE] * (v[EMPLOYED] > 1 ? 1 + 0.72 * (v[EMPLOYED] - 1) : 1);
    double least = 900 * v[MEMBERS];
    double month = pensions + wages > least ? pensions + wages : least;
    v[INCOME] = 10 * floor(month / v[MEMBERS] / 10);
    v[DISPOSABLE] = 12 * v[MEMBERS] * v[INCOME];
    double need =
        2.5 + 9 * v[ILL] + 4 * v[CHRONIC] + 7 * v[DISABLED_SEVERE] + 3 * demo_normal(r) + 3 * h->hardship;
    double school = v[MINORS] > 0 ? 8 + 4 * demo_normal(r) + 3 * h->hardship : 0;
    v[MEDICAL] = 10 * floor(v[DISPOSABLE] * clamp(need, 0, 70) / 1000);
    v[SCHOOLING] = 10 * floor(v[DISPOSABLE] * clamp(school, 0, 40) / 1000);
    v[ESSENTIAL] = floor((v[MEDICAL] + v[SCHOOLING]) / (12 * v[MEMBERS]));
    v[ASSETS] = 100 * floor(clamp(60000 * exp(demo_normal(r) - 0.75 * h->hardship), 0, 5e6) / 100);
    v[SHOCKS] = strikes(r, h, 0.015);
}

static void draw_home(demo_random *r, household *h)
{
    double *v = h->values;
    double all = 62 * exp(0.38 * demo_normal(r) - 0.22 * h->hardship);
    v[AREA] = floor(10 * clamp(all / v[MEMBERS], 2.5, 120)) / 10;
    v[UNSAFE] = strikes(r, h, 0.012);
    v[FACILITIES] = strikes(r, h, 0.02) ? 3 : strikes(r, h, 0.05) ? 2 : 1;
    v[UNINSURED] = count_struck(r, h, v[MEMBERS] - v[MINORS], 0.02);
    v[CONTACT_DAYS] = floor(clamp(9 * exp(0.75 * demo_normal(r) + 0.22 * h->hardship), 0, 365));
    v[UNCLAIMED] = count_struck(r, h, 2, 0.022);
    v[OUT_OF_SCHOOL] = count_struck(r, h, v[CHILDREN], 0.002);
    v[HARDSHIP] = count_struck(r, h, v[MINORS], v[SINGLE_PARENT] > 0 ? 0.03 : 0.004);
}

/* Most who need a service receive it; who is reached less is also helped less. */
static void draw_services(demo_random *r, household *h)
{
    double *v = h->values;
    double rest = v[INCOME] - v[ESSENTIAL];
    const int needs[VALUES] = {
        [DIBAO] = v[INCOME] < 1330,
        [EDGE] =
            v[INCOME] >= 1330 &&
                v[INCOME]<2660, [EXPENDITURE] = rest<1330, [MEDICAL_AID] = v[ILL] + v[DISABLED_SEVERE]> 0,
                          [EDUCATION_AID] = v[OUT_OF_SCHOOL]> 0 ||
            5 * v[SCHOOLING] >= v[DISPOSABLE],
        [HOUSING_AID] = v[AREA] <= 7 || v[UNSAFE] > 0 || v[FACILITIES] >= 3,
        [EMPLOYMENT_AID] = v[ABLE] > v[EMPLOYED],
        [TEMPORARY_AID] = v[SHOCKS] > 0,
        [CHILD_SERVICES] = v[HARDSHIP] > 0,
        [ELDER_SERVICES] = v[ELDERS_NO_CARER] + v[CARE_DEPENDENT] > 0,
    };
    for (int i = DIBAO; i <= ELDER_SERVICES; i++)
        v[i] = needs[i] && demo_chance(r, v[CONTACT_DAYS] < 31 ? 0.8 : 0.5);
}

/* --- What is known ------------------------------------------------------------------------------------------- */

static const column columns[VALUES] = {
    [MEMBERS] = {"members", GOV_TYPE_INT64, ALWAYS},
    [MINORS] = {"minors", GOV_TYPE_INT64, ALWAYS},
    [CHILDREN] = {"children_6_15", GOV_TYPE_INT64, ALWAYS},
    [ABLE] = {"able_working_age", GOV_TYPE_INT64, WORK},
    [EMPLOYED] = {"employed", GOV_TYPE_INT64, WORK},
    [INCOME] = {"income_per_head", GOV_TYPE_FLOAT64, MONEY},
    [ESSENTIAL] = {"essential_spending_per_head", GOV_TYPE_FLOAT64, MONEY},
    [ASSETS] = {"liquid_assets_per_head", GOV_TYPE_FLOAT64, MONEY},
    [SHOCKS] = {"shocks_12m", GOV_TYPE_INT64, CONTACT},
    [ILL] = {"serious_illness", GOV_TYPE_INT64, HEALTH},
    [CHRONIC] = {"chronic_illness", GOV_TYPE_INT64, HEALTH},
    [DISABLED_SEVERE] = {"disabled_severe", GOV_TYPE_INT64, HEALTH},
    [DISABLED_MILD] = {"disabled_mild", GOV_TYPE_INT64, HEALTH},
    [MEDICAL] = {"medical_spending_12m", GOV_TYPE_FLOAT64, MONEY},
    [SCHOOLING] = {"education_spending_12m", GOV_TYPE_FLOAT64, MONEY},
    [DISPOSABLE] = {"disposable_income_12m", GOV_TYPE_FLOAT64, MONEY},
    [CARE_DEPENDENT] = {"care_dependent", GOV_TYPE_INT64, HEALTH},
    [MONTHS_OUT] = {"unemployed_months", GOV_TYPE_INT64, WORK},
    [WAGE] = {"best_monthly_wage", GOV_TYPE_FLOAT64, WORK},
    [CONTRACT] = {"best_earner_has_contract", GOV_TYPE_BOOL, WORK},
    [OUT_OF_SCHOOL] = {"children_out_of_school", GOV_TYPE_INT64, ALWAYS},
    [EDUCATION] = {"adult_education", GOV_TYPE_INT64, WORK},
    [AREA] = {"living_area_per_head", GOV_TYPE_FLOAT64, HOME},
    [UNSAFE] = {"unsafe_dwelling", GOV_TYPE_BOOL, HOME},
    [FACILITIES] = {"kitchen_toilet", GOV_TYPE_INT64, HOME},
    [UNINSURED] = {"uninsured_adults", GOV_TYPE_INT64, WORK},
    [CONTACT_DAYS] = {"days_since_contact", GOV_TYPE_INT64, CONTACT},
    [UNCLAIMED] = {"unclaimed_benefits", GOV_TYPE_INT64, CONTACT},
    [DEPENDANTS] = {"dependants", GOV_TYPE_INT64, HEALTH},
    [HARDSHIP] = {"children_in_hardship", GOV_TYPE_INT64, ALWAYS},
    [SINGLE_PARENT] = {"single_parent", GOV_TYPE_BOOL, ALWAYS},
    [ELDERS_NO_CARER] = {"elders_without_carer", GOV_TYPE_INT64, CONTACT},
    [OLD_WITH_CARER] = {"elders_80_with_carer", GOV_TYPE_INT64, CONTACT},
    [DIBAO] = {"receives_dibao", GOV_TYPE_BOOL, SERVICES},
    [EDGE] = {"receives_edge", GOV_TYPE_BOOL, SERVICES},
    [EXPENDITURE] = {"receives_expenditure", GOV_TYPE_BOOL, SERVICES},
    [MEDICAL_AID] = {"receives_medical_aid", GOV_TYPE_BOOL, SERVICES},
    [EDUCATION_AID] = {"receives_education_aid", GOV_TYPE_BOOL, SERVICES},
    [HOUSING_AID] = {"receives_housing_aid", GOV_TYPE_BOOL, SERVICES},
    [EMPLOYMENT_AID] = {"receives_employment_aid", GOV_TYPE_BOOL, SERVICES},
    [TEMPORARY_AID] = {"receives_temporary_aid", GOV_TYPE_BOOL, SERVICES},
    [CHILD_SERVICES] = {"receives_child_services", GOV_TYPE_BOOL, SERVICES},
    [ELDER_SERVICES] = {"receives_elder_services", GOV_TYPE_BOOL, SERVICES},
};

/* Three in four are complete; one in forty was hardly reached and misses most topics; the rest miss one or two. */
static void forget(demo_random *r, household *h)
{
    int missing[TOPICS] = {0};
    double fate = demo_uniform(r);
    double rate = fate < 0.75 ? 0 : fate < 0.975 ? 0.2 : 0.75;
    for (int t = MONEY; t < TOPICS; t++)
        missing[t] = rate > 0 && demo_chance(r, t == MONEY ? 1.5 * rate > 1 ? 1 : 1.5 * rate : rate);
    missing[SERVICES] = demo_chance(r, 0.08); /* another register, with gaps of its own */
    for (int i = 0; i < VALUES; i++)
        h->known[i] = !missing[columns[i].topic];
}

/* --- Where they live ------------------------------------------------------------------------------------------- */

typedef struct place {
    const char *code;
    int64_t size;
    double hardship; /* effect of street and committee */
    double weight;   /* share of the households */
} place;

typedef struct places {
    place *items;
    double *weights;
    int64_t count;
} places;

static int same_text(const gov_table *table, int64_t row, int64_t at, const char *text)
{
    const char *cell;
    int64_t size;
    return gov_table_text(table, row, at, &cell, &size, NULL) == GOV_OK && cell != NULL &&
           (size_t)size == strlen(text) && memcmp(cell, text, (size_t)size) == 0;
}

/* The effect of a street is drawn from its own code, so that it does not depend on the order of the rows. */
static double street_effect(const char *code, int64_t size, uint64_t seed)
{
    demo_random r = {seed};
    for (int64_t i = 0; i < size && i < 9; i++)
        r.state = r.state * 31 + (unsigned char)code[i];
    demo_uniform(&r);
    return 0.5 * demo_normal(&r);
}

static gov_status read_places(const gov_table *grids, uint64_t seed, places *out, gov_error *err)
{
    int64_t code, kind;
    demo_random r = {seed ^ 0x706c61636573u};
    gov_status status = gov_table_find(grids, "code", &code, err);
    if (status == GOV_OK)
        status = gov_table_find(grids, "kind", &kind, err);
    for (int64_t i = 0; i < gov_table_rows(grids) && status == GOV_OK; i++) {
        place *p = &out->items[out->count];
        if (!same_text(grids, i, kind, "residential_committee"))
            continue;
        status = gov_table_text(grids, i, code, &p->code, &p->size, err);
        p->hardship = street_effect(p->code, p->size, seed) + 0.3 * demo_normal(&r);
        out->weights[out->count++] = 0.5 + demo_uniform(&r);
    }
    return status;
}

/* --- The table --------------------------------------------------------------------------------------------------- */

static gov_status add_columns(gov_table_builder *b, gov_error *err)
{
    static const char *const first[] = {"id", "grid", "view", "data_note"};
    gov_status status = GOV_OK;
    for (int i = 0; i < 4 && status == GOV_OK; i++)
        status = gov_table_builder_add(b, first[i], GOV_TYPE_UTF8, NULL, err);
    for (int i = 0; i < VALUES && status == GOV_OK; i++)
        status = gov_table_builder_add(b, columns[i].name, columns[i].type, NULL, err);
    return status;
}

static gov_status put_value(gov_table_builder *b, int i, const household *h, gov_error *err)
{
    if (!h->known[i])
        return gov_table_builder_null(b, 4 + i, err);
    switch (columns[i].type) {
    case GOV_TYPE_BOOL:
        return gov_table_builder_bool(b, 4 + i, h->values[i] > 0, err);
    case GOV_TYPE_INT64:
        return gov_table_builder_int64(b, 4 + i, (int64_t)h->values[i], err);
    default:
        return gov_table_builder_double(b, 4 + i, h->values[i], err);
    }
}

static gov_status put_household(gov_table_builder *b, int64_t number, const place *p, const household *h,
                                gov_error *err)
{
    char id[32];
    snprintf(id, sizeof(id), "SYN%07lld", (long long)number + 1);
    gov_status status = gov_table_builder_text(b, 0, id, -1, err);
    if (status == GOV_OK)
        status = gov_table_builder_text(b, 1, p->code, p->size, err);
    if (status == GOV_OK)
        status = gov_table_builder_text(b, 2, "assistance", -1, err);
    if (status == GOV_OK)
        status = gov_table_builder_text(b, 3, "合成数据 synthetic", -1, err);
    for (int i = 0; i < VALUES && status == GOV_OK; i++)
        status = put_value(b, i, h, err);
    return status;
}

static void draw_household(demo_random *r, const place *p, household *h)
{
    memset(h, 0, sizeof(*h));
    h->hardship = p->hardship + 1.05 * demo_normal(r) + 0.1;
    draw_members(r, h);
    draw_health(r, h);
    draw_work(r, h);
    draw_money(r, h);
    draw_home(r, h);
    draw_services(r, h);
    forget(r, h);
}

static gov_status draw_all(const places *where, int64_t count, uint64_t seed, gov_table **out, gov_error *err)
{
    demo_random r = {seed};
    gov_table_builder *b = NULL;
    gov_status status = gov_table_builder_new(&b, err);
    if (status == GOV_OK)
        status = add_columns(b, err);
    for (int64_t i = 0; i < count && status == GOV_OK; i++) {
        household h;
        const place *p = &where->items[demo_pick(&r, where->weights, where->count)];
        draw_household(&r, p, &h);
        status = put_household(b, i, p, &h, err);
    }
    if (status == GOV_OK)
        status = gov_table_builder_finish(b, out, err);
    gov_table_builder_free(b);
    return status;
}

static gov_status fail_demo(gov_error *err, gov_status code, const char *message)
{
    err->code = code;
    snprintf(err->message, sizeof(err->message), "%s", message);
    return code;
}

gov_status demo_households(const gov_table *grids, int64_t count, uint64_t seed, gov_table **out,
                           gov_error *err)
{
    places where = {NULL, NULL, 0};
    size_t rows = (size_t)gov_table_rows(grids) + 1;
    where.items = calloc(rows, sizeof(*where.items));
    where.weights = calloc(rows, sizeof(*where.weights));
    gov_status status = where.items != NULL && where.weights != NULL
                            ? read_places(grids, seed, &where, err)
                            : fail_demo(err, GOV_E_MEMORY, "out of memory");
    if (status == GOV_OK && where.count == 0)
        status = fail_demo(err, GOV_E_NO_DATA, "there is no grid of the kind residential_committee");
    if (status == GOV_OK)
        status = draw_all(&where, count, seed, out, err);
    free(where.items);
    free(where.weights);
    return status;
}
