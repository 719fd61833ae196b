/* rule.c - checks across the fields of a record.
 *
 * Days are compared as their digits: a date is "1949-12-31", a citizen id holds "19491231" from its seventh character. */
#include "store/rule.h"
#include "base/date.h"
#include "store/store.h"

#include <string.h>

enum { DIGITS = 8, BIRTH_AT = 6, SEX_AT = 16, ID_SIZE = 18 };

static int is_id(const gov_kind *kind, int64_t field, const gov_cell *cell)
{
    const char *form = kind->fields[field].form;
    return form != NULL && strcmp(form, "citizen_id") == 0 && cell->size == ID_SIZE;
}

/* "19491231" of a date, a time or a citizen id; 0 if the cell is missing or none of these. */
static int digits_of(const gov_kind *kind, int64_t field, const gov_cell *cell, char out[DIGITS])
{
    static const int places[DIGITS] = {0, 1, 2, 3, 5, 6, 8, 9};
    gov_type type = kind->fields[field].type;
    if (cell->type != GOV_CELL_TEXT)
        return 0;
    if (is_id(kind, field, cell)) {
        memcpy(out, cell->text + BIRTH_AT, DIGITS);
        return 1;
    }
    if ((type != GOV_TYPE_DATE && type != GOV_TYPE_TIMESTAMP) || cell->size < 10)
        return 0;
    for (int i = 0; i < DIGITS; i++)
        out[i] = cell->text[places[i]];
    return 1;
}

static int break_rule(gov_cell_fault *fault, gov_status code, const char *zh, const char *en,
                      const char *expected)
{
    fault->code = code;
    fault->zh = zh;
    fault->en = en;
    memcpy(fault->expected, expected, strlen(expected) + 1);
    return 0;
}

static int is_past(const gov_kind *kind, int64_t field, const gov_cell *cell, const char *latest,
                   gov_cell_fault *fault)
{
    const char last[DIGITS] = {latest[0], latest[1], latest[2], latest[3],
                               latest[5], latest[6], latest[8], latest[9]};
    char day[DIGITS];
    if (!digits_of(kind, field, cell, day) || memcmp(day, last, DIGITS) <= 0)
        return 1;
    return break_rule(fault, GOV_E_RANGE, "日期在未来", "a day that is to come", latest);
}

static int agrees_on_birth(const gov_kind *kind, const gov_rule *rule, const gov_cell *cells,
                           gov_cell_fault *fault)
{
    char day[DIGITS], born[DIGITS];
    if (!digits_of(kind, rule->field, &cells[rule->field], day) ||
        !digits_of(kind, rule->other, &cells[rule->other], born) || memcmp(day, born, DIGITS) == 0)
        return 1;
    return break_rule(fault, GOV_E_CONFLICT, "与身份证号码中的出生日期不符",
                      "not the birth date in the citizen id", kind->fields[rule->other].name);
}

/* GB/T 2261.1: only 1 and 2 can contradict; 0 and 9 say that it is not known. */
static int agrees_on_sex(const gov_kind *kind, const gov_rule *rule, const gov_cell *cells,
                         gov_cell_fault *fault)
{
    const gov_cell *sex = &cells[rule->field], *id = &cells[rule->other];
    if (sex->type != GOV_CELL_TEXT || id->type != GOV_CELL_TEXT || sex->size != 1 ||
        !is_id(kind, rule->other, id) || (sex->text[0] != '1' && sex->text[0] != '2') ||
        (id->text[SEX_AT] - '0') % 2 == (sex->text[0] - '0') % 2)
        return 1;
    return break_rule(fault, GOV_E_CONFLICT, "与身份证号码中的性别不符", "not the sex in the citizen id",
                      kind->fields[rule->other].name);
}

int gov_rule_holds(const gov_rule *rule, const gov_kind *kind, const gov_cell *cells, const char *latest,
                   gov_cell_fault *fault)
{
    switch (rule->type) {
    case GOV_RULE_PAST:
        return is_past(kind, rule->field, &cells[rule->field], latest, fault);
    case GOV_RULE_BIRTH_OF:
        return agrees_on_birth(kind, rule, cells, fault);
    case GOV_RULE_SEX_OF:
        return agrees_on_sex(kind, rule, cells, fault);
    default:
        return 1;
    }
}

gov_status gov_rule_latest(char out[11], gov_error *err)
{
    int32_t days = 0;
    GOV_TRY(gov_store_day(NULL, out, err));
    GOV_TRY(gov_date_parse(out, 10, &days, err));
    gov_date_format(days + 1, out, 11);
    return GOV_OK;
}

void gov_rule_taken(gov_cell_fault *fault)
{
    break_rule(fault, GOV_E_DUPLICATE, "另一记录已有此值", "another record has this value", "");
}
