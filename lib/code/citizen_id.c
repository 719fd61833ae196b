/* citizen_id.c - GB 11643-1999 and its check, ISO 7064 MOD 11-2.
 *
 * The check character c makes the sum of a_i × 2^(18-i), i = 1 … 18, leave 1 modulo 11, where X counts 10.
 * The weights 2^(18-i) mod 11 are invertible and neighbours differ, so every wrong digit is seen; a swap is
 * seen unless its two weights are equal: 2 has order 10 modulo 11, so places 10 apart carry one weight
 * (1 and 11, 2 and 12 … 8 and 18), and a swap of those passes the check. */
#include "code/citizen_id.h"

#include "base/date.h"
#include "code/division.h"
#include "code/form.h"

#include <string.h>

#define ID_LENGTH 18
#define OLD_LENGTH 15

static const uint8_t weights[ID_LENGTH - 1] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

static char check_character(const char *digits)
{
    int sum = 0;
    for (int i = 0; i < ID_LENGTH - 1; i++)
        sum += (digits[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

char gov_citizen_id_check(const char *text, int64_t size)
{
    size = gov_text_bytes(text, size);
    if (size < ID_LENGTH - 1 ||
        gov_form_span(GOV_FORM_DIGITS, text, size, 0, ID_LENGTH - 1).reason != GOV_REFUSAL_NONE)
        return '\0';
    return check_character(text);
}

static gov_status read_bound(const char *text, const char *name, int32_t otherwise, int32_t *day,
                             gov_error *err)
{
    *day = otherwise;
    if (text == NULL || gov_date_parse(text, -1, day, NULL) == GOV_OK)
        return GOV_OK;
    return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME(name), "not a date such as 2021-07-01");
}

gov_status gov_citizen_rules_read(const gov_citizen_id_options *options, gov_citizen_rules *rules,
                                  gov_error *err)
{
    gov_citizen_id_options o;
    gov_citizen_rules read;
    GOV_TRY(gov_struct_read(&o, sizeof(o), options, err));
    GOV_TRY(read_bound(o.born_not_before, "born_not_before", GOV_DATE_MIN, &read.earliest, err));
    GOV_TRY(read_bound(o.born_not_after, "born_not_after", GOV_DATE_MAX, &read.latest, err));
    read.accept_lower_x = o.accept_lower_x != 0;
    read.accept_15 = o.accept_15 != 0;
    *rules = read;
    return GOV_OK;
}

/* The form of 18 characters; a text of 15 digits is old rather than short. */
static gov_verdict check_form(const char *text, int64_t size, const gov_citizen_rules *rules)
{
    GOV_PASS(gov_form_span(GOV_FORM_DIGITS, text, size, 0, ID_LENGTH - 1));
    if (size == OLD_LENGTH)
        return GOV_REFUSED(GOV_REFUSAL_OLD_FORM, 7, 0);
    if (size < ID_LENGTH)
        return gov_form_length(text, size, ID_LENGTH);
    char last = text[ID_LENGTH - 1];
    int accepted =
        gov_form_value(GOV_FORM_DIGITS, last) >= 0 || last == 'X' || (last == 'x' && rules->accept_lower_x);
    if (!accepted)
        return last >= 'a' && last <= 'z' && last != 'x' ? GOV_REFUSED(GOV_REFUSAL_CHARACTER, ID_LENGTH, 0)
                                                         : gov_form_refuse(text, size, ID_LENGTH - 1);
    return gov_form_length(text, size, ID_LENGTH);
}

/* Day, month and year are refused where they stand: 7 the year, 11 the month, 13 the day. */
static gov_verdict check_birth(const char *digits, const gov_citizen_rules *rules, int32_t *birth)
{
    int32_t year = (int32_t)gov_form_number(digits, 6, 10);
    int32_t month = (int32_t)gov_form_number(digits, 10, 12);
    int32_t day = (int32_t)gov_form_number(digits, 12, 14);
    if (year < 1)
        return GOV_REFUSED(GOV_REFUSAL_DATE, 7, 0);
    if (month < 1 || month > 12)
        return GOV_REFUSED(GOV_REFUSAL_DATE, 11, 0);
    if (day < 1 || day > gov_days_in_month(year, month))
        return GOV_REFUSED(GOV_REFUSAL_DATE, 13, 0);
    *birth = gov_date_of(year, month, day);
    if (*birth > rules->latest)
        return GOV_REFUSED(GOV_REFUSAL_DATE_LATE, 7, 0);
    if (*birth < rules->earliest)
        return GOV_REFUSED(GOV_REFUSAL_DATE_EARLY, 7, 0);
    return GOV_ACCEPTED;
}

/* "440524" "800101" "001" becomes "440524" "19" "800101" "001" and its check character. */
static void upgrade(const char *old, char digits[ID_LENGTH])
{
    memcpy(digits, old, 6);
    memcpy(digits + 6, "19", 2);
    memcpy(digits + 8, old + 6, 9);
    digits[ID_LENGTH - 1] = check_character(digits);
}

static void fill(gov_citizen_id *id, const char *digits, int32_t birth, int upgraded)
{
    id->struct_size = (uint32_t)sizeof(*id);
    id->birth = birth;
    id->sex = (digits[16] - '0') % 2 == 1 ? 1 : 2;
    id->upgraded = upgraded;
    gov_form_copy(id->division, digits, 0, 6);
    gov_form_copy(id->text, digits, 0, ID_LENGTH);
}

gov_verdict gov_citizen_id_verdict(const char *text, int64_t size, const gov_citizen_rules *rules,
                                   gov_citizen_id *id)
{
    char digits[ID_LENGTH];
    int32_t birth = 0;
    gov_verdict form = check_form(text, size, rules);
    int upgraded = form.reason == GOV_REFUSAL_OLD_FORM && rules->accept_15;
    if (!upgraded)
        GOV_PASS(form);
    if (!gov_division_province_known(text))
        return GOV_REFUSED(GOV_REFUSAL_DIVISION, 1, 0);
    if (upgraded)
        upgrade(text, digits);
    else
        memcpy(digits, text, ID_LENGTH);
    if (digits[ID_LENGTH - 1] == 'x')
        digits[ID_LENGTH - 1] = 'X';
    gov_verdict date = check_birth(digits, rules, &birth);
    if (date.reason != GOV_REFUSAL_NONE && upgraded)
        date.position -= date.position > 7 ? 2 : 0; /* in the text as it was given */
    GOV_PASS(date);
    char expected = check_character(digits);
    if (digits[ID_LENGTH - 1] != expected)
        return GOV_REFUSED(GOV_REFUSAL_CHECK_DIGIT, ID_LENGTH, expected);
    if (id != NULL)
        fill(id, digits, birth, upgraded);
    return GOV_ACCEPTED;
}

gov_status gov_citizen_id_parse(const char *text, int64_t size, const gov_citizen_id_options *options,
                                gov_citizen_id *out, gov_error *err)
{
    gov_citizen_rules rules;
    gov_citizen_id id;
    size = gov_text_bytes(text, size);
    if (size < 0)
        return gov_fail(err, GOV_E_ARGUMENT, "a text must be given");
    GOV_TRY(gov_struct_check(out, err));
    GOV_TRY(gov_citizen_rules_read(options, &rules, err));
    GOV_TRY(gov_verdict_fail(gov_citizen_id_verdict(text, size, &rules, &id), "citizen_id", err));
    gov_struct_fill(out, &id, sizeof(id));
    return GOV_OK;
}

gov_status gov_citizen_id_age(const gov_citizen_id *id, int32_t on, int32_t *years, gov_error *err)
{
    if (id == NULL || years == NULL)
        return gov_fail(err, GOV_E_ARGUMENT, "id and years must be given");
    if (on < GOV_DATE_MIN || on > GOV_DATE_MAX)
        return gov_fail(err, GOV_E_RANGE, "the day is outside the years 0001 to 9999");
    if (on < id->birth)
        return gov_fail(err, GOV_E_RANGE, "the person is born after that day");
    *years = gov_age_years(id->birth, on);
    return GOV_OK;
}
