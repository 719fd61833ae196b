/* extension.c - the pure functions of the rooms below for any SQLite client.
 *
 * SQLite hands an extension the functions of the SQLite that loads it, which need not be the one that this library
 * is linked with; sqlite3ext.h routes every call through them by one global pointer, the only global of the library
 * that is written, always with the same value in one process. */
#include "code/citizen_id.h"
#include "code/credit_code.h"
#include "code/division.h"
#include "govcore/geo.h"
#include "govcore/store.h"

#include "base/date.h"

#include <sqlite3ext.h>
#include <string.h>

static const sqlite3_api_routines *sqlite3_api;

#define LONGEST_MASK 1024

static gov_verdict judge_citizen_id(const char *text, int64_t size)
{
    gov_citizen_rules rules = {0, 0, GOV_DATE_MIN, GOV_DATE_MAX};
    return gov_citizen_id_verdict(text, size, &rules, NULL);
}

static gov_verdict judge_credit_code(const char *text, int64_t size)
{
    gov_credit_code_options options = GOV_CREDIT_CODE_OPTIONS_INIT;
    return gov_credit_code_verdict(text, size, &options, NULL);
}

static gov_verdict judge_division(const char *text, int64_t size)
{
    return gov_division_verdict(text, size, 0, NULL);
}

typedef struct function {
    const char *name;
    int arguments;
    void (*call)(sqlite3_context *, int, sqlite3_value **);
    gov_verdict (*judge)(const char *text, int64_t size);
} function;

/* The text of an argument; NULL, which is then the result, if it is null. */
static const char *text_of(sqlite3_value *value, int64_t *size)
{
    const char *text = (const char *)sqlite3_value_text(value);
    *size = sqlite3_value_bytes(value);
    return text;
}

static void is_valid(sqlite3_context *context, int count, sqlite3_value **values)
{
    const function *f = sqlite3_user_data(context);
    int64_t size;
    const char *text = text_of(values[0], &size);
    (void)count;
    if (text != NULL)
        sqlite3_result_int(context, f->judge(text, size).reason == GOV_REFUSAL_NONE);
}

static void reason(sqlite3_context *context, int count, sqlite3_value **values)
{
    const function *f = sqlite3_user_data(context);
    int64_t size;
    const char *text = text_of(values[0], &size);
    const char *language = count > 1 ? (const char *)sqlite3_value_text(values[1]) : "en";
    char message[GOV_VERDICT_MESSAGE];
    if (text == NULL)
        return;
    gov_verdict verdict = f->judge(text, size);
    if (verdict.reason == GOV_REFUSAL_NONE)
        return;
    gov_verdict_message(verdict, language, message);
    sqlite3_result_text(context, message, -1, SQLITE_TRANSIENT);
}

/* The id of the first argument; 0 if it is null or refused, and then the result is null. */
static int read_id(sqlite3_value *value, gov_citizen_id *id)
{
    int64_t size;
    const char *text = text_of(value, &size);
    return text != NULL && gov_citizen_id_parse(text, size, NULL, id, NULL) == GOV_OK;
}

static void birth(sqlite3_context *context, int count, sqlite3_value **values)
{
    gov_citizen_id id = GOV_CITIZEN_ID_INIT;
    char date[11];
    (void)count;
    if (read_id(values[0], &id) && gov_date_format(id.birth, date, sizeof(date)) > 0)
        sqlite3_result_text(context, date, -1, SQLITE_TRANSIENT);
}

static void sex(sqlite3_context *context, int count, sqlite3_value **values)
{
    gov_citizen_id id = GOV_CITIZEN_ID_INIT;
    (void)count;
    if (read_id(values[0], &id))
        sqlite3_result_int(context, id.sex);
}

static void age(sqlite3_context *context, int count, sqlite3_value **values)
{
    gov_citizen_id id = GOV_CITIZEN_ID_INIT;
    int64_t size;
    int32_t on;
    int32_t years;
    const char *day = text_of(values[1], &size);
    (void)count;
    if (day == NULL)
        return;
    if (gov_date_parse(day, size, &on, NULL) != GOV_OK)
        sqlite3_result_error(context, "the day of the age must be a date such as 2021-07-01", -1);
    else if (read_id(values[0], &id) && gov_citizen_id_age(&id, on, &years, NULL) == GOV_OK)
        sqlite3_result_int(context, years);
}

static int read_division(sqlite3_value *value, gov_division *division)
{
    int64_t size;
    const char *text = text_of(value, &size);
    return text != NULL && gov_division_parse(text, size, division, NULL) == GOV_OK;
}

static void level(sqlite3_context *context, int count, sqlite3_value **values)
{
    gov_division division = GOV_DIVISION_INIT;
    (void)count;
    if (read_division(values[0], &division))
        sqlite3_result_int(context, division.level);
}

static void parent(sqlite3_context *context, int count, sqlite3_value **values)
{
    gov_division division = GOV_DIVISION_INIT;
    (void)count;
    if (read_division(values[0], &division) && division.parent[0] != '\0')
        sqlite3_result_text(context, division.parent, -1, SQLITE_TRANSIENT);
}

static void mask(sqlite3_context *context, int count, sqlite3_value **values)
{
    gov_error err = GOV_ERROR_INIT;
    gov_mask_kind kind;
    char out[LONGEST_MASK];
    int64_t size;
    int64_t length;
    const char *name = (const char *)sqlite3_value_text(values[0]);
    const char *text = text_of(values[1], &size);
    (void)count;
    if (text == NULL)
        return;
    if (gov_mask_kind_parse(name, &kind, &err) != GOV_OK ||
        gov_mask(kind, text, size, NULL, out, LONGEST_MASK, &length, &err) != GOV_OK)
        sqlite3_result_error(context, err.message, -1);
    else if (length >= LONGEST_MASK)
        sqlite3_result_error(context, "the text is too long to be masked", -1);
    else
        sqlite3_result_text(context, out, (int)length, SQLITE_TRANSIENT);
}

static void code_name(sqlite3_context *context, int count, sqlite3_value **values)
{
    const gov_code_item *item;
    const char *set = (const char *)sqlite3_value_text(values[0]);
    const char *code = (const char *)sqlite3_value_text(values[1]);
    const char *language = count > 2 ? (const char *)sqlite3_value_text(values[2]) : "en";
    if (set == NULL || code == NULL || gov_code_lookup(set, code, &item, NULL) != GOV_OK)
        return;
    int chinese = language != NULL && strcmp(language, "zh") == 0;
    sqlite3_result_text(context, chinese ? item->zh : item->en, -1, SQLITE_STATIC);
}

/* Four numbers: longitude and latitude of two places. */
static void distance(sqlite3_context *context, int count, sqlite3_value **values)
{
    gov_error err = GOV_ERROR_INIT;
    double degrees[4];
    double metres;
    for (int i = 0; i < count; i++) {
        int type = sqlite3_value_numeric_type(values[i]);
        if (type == SQLITE_NULL)
            return;
        if (type != SQLITE_INTEGER && type != SQLITE_FLOAT) {
            sqlite3_result_error(context, "longitudes and latitudes must be numbers", -1);
            return;
        }
        degrees[i] = sqlite3_value_double(values[i]);
    }
    if (gov_geo_great_circle(degrees[0], degrees[1], degrees[2], degrees[3], &metres, &err) != GOV_OK)
        sqlite3_result_error(context, err.message, -1);
    else
        sqlite3_result_double(context, metres);
}

static const function functions[] = {
    {"gov_citizen_id_valid", 1, is_valid, judge_citizen_id},
    {"gov_citizen_id_reason", 1, reason, judge_citizen_id},
    {"gov_citizen_id_reason", 2, reason, judge_citizen_id},
    {"gov_citizen_id_birth", 1, birth, NULL},
    {"gov_citizen_id_sex", 1, sex, NULL},
    {"gov_citizen_id_age", 2, age, NULL},
    {"gov_credit_code_valid", 1, is_valid, judge_credit_code},
    {"gov_credit_code_reason", 1, reason, judge_credit_code},
    {"gov_credit_code_reason", 2, reason, judge_credit_code},
    {"gov_division_valid", 1, is_valid, judge_division},
    {"gov_division_reason", 1, reason, judge_division},
    {"gov_division_reason", 2, reason, judge_division},
    {"gov_division_level", 1, level, NULL},
    {"gov_division_parent", 1, parent, NULL},
    {"gov_mask", 2, mask, NULL},
    {"gov_code_name", 2, code_name, NULL},
    {"gov_code_name", 3, code_name, NULL},
    {"gov_distance", 4, distance, NULL},
};

int gov_sqlite_init(struct sqlite3 *db, char **message, const struct sqlite3_api_routines *api)
{
    (void)message;
    SQLITE_EXTENSION_INIT2(api);
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        const function *f = &functions[i];
        int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
        int result = sqlite3_create_function_v2(db, f->name, f->arguments, flags, (void *)(uintptr_t)f,
                                                f->call, NULL, NULL, NULL);
        if (result != SQLITE_OK)
            return result;
    }
    return SQLITE_OK;
}
