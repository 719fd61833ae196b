/* Any bytes to every parser and mask of the code room: the first byte chooses, the rest is the text.
 *
 * Beyond memory errors: a refusal has a position within one character of the text, what is accepted is accepted
 * again in the form that it was given back in, and a mask fits the length that it asked for. */
#include "govcore/code.h"

#include <stdlib.h>
#include <string.h>

static void check(gov_status status, const gov_error *err, int64_t size)
{
    if (status != GOV_OK && (err->column < 1 || err->column > size + 1 || err->message[0] == '\0'))
        abort();
}

static void must(gov_status status)
{
    if (status != GOV_OK)
        abort();
}

static void fuzz_identifier(int which, const char *text, int64_t size)
{
    gov_error err = GOV_ERROR_INIT;
    gov_citizen_id id = GOV_CITIZEN_ID_INIT;
    gov_citizen_id_options options = GOV_CITIZEN_ID_OPTIONS_INIT;
    gov_credit_code credit = GOV_CREDIT_CODE_INIT;
    gov_division division = GOV_DIVISION_INIT;
    options.accept_15 = options.accept_lower_x = 1;
    switch (which) {
    case 0:
        check(gov_citizen_id_parse(text, size, &options, &id, &err), &err, size);
        if (id.text[0] != '\0')
            must(gov_citizen_id_parse(id.text, -1, NULL, NULL, &err));
        break;
    case 1:
        check(gov_credit_code_parse(text, size, NULL, &credit, &err), &err, size);
        if (credit.text[0] != '\0' &&
            gov_organisation_code_check(credit.organisation, -1) != credit.organisation[8])
            abort();
        break;
    default:
        check(gov_division_parse(text, size, &division, &err), &err, size);
        if (division.code[0] != '\0') {
            must(gov_division_parse(division.full, -1, NULL, &err));
            must(division.level == 1 ? GOV_OK : gov_division_parse(division.parent, -1, NULL, &err));
        }
        break;
    }
}

static void fuzz_grid_or_object(int which, int profile, const char *text, int64_t size)
{
    gov_error err = GOV_ERROR_INIT;
    gov_grid_code grid = GOV_GRID_CODE_INIT;
    gov_object_code object = GOV_OBJECT_CODE_INIT;
    gov_object_profile objects = profile % 2 == 0 ? GOV_OBJECT_GBT30428 : GOV_OBJECT_CJT214;
    if (which == 0) {
        check(gov_grid_code_parse(text, size, (gov_grid_profile)(profile % 4 + 1), profile % 18 + 1, &grid,
                                  &err),
              &err, size);
        if (grid.text[0] != '\0')
            must(gov_division_parse(grid.parent, -1, NULL, &err));
    } else if (which == 1) {
        check(gov_component_code_parse(text, size, objects, &object, &err), &err, size);
    } else {
        check(gov_event_class_parse(text, size, objects, &object, &err), &err, size);
    }
}

static void fuzz_mask(int kind, int strict, const char *text, int64_t size)
{
    gov_error err = GOV_ERROR_INIT;
    gov_mask_options options = GOV_MASK_OPTIONS_INIT;
    int64_t length = 0;
    options.strict = strict;
    if (gov_mask((gov_mask_kind)kind, text, size, &options, NULL, 0, &length, &err) != GOV_OK)
        return;
    char *out = malloc((size_t)length + 1);
    int64_t again = -1;
    if (out == NULL)
        return;
    must(gov_mask((gov_mask_kind)kind, text, size, &options, out, length + 1, &again, &err));
    if (again != length || memchr(out, '\0', (size_t)length + 1) == NULL)
        abort();
    free(out);
}

static void fuzz_hours(const char *text, int64_t size)
{
    gov_calendar_options options = GOV_CALENDAR_OPTIONS_INIT;
    gov_calendar *calendar = NULL;
    char *hours = malloc((size_t)size + 1);
    if (hours == NULL)
        return;
    memcpy(hours, text, (size_t)size);
    hours[size] = '\0';
    options.hours = hours;
    if (gov_calendar_new(NULL, NULL, 0, &options, &calendar, NULL) == GOV_OK) {
        int64_t end = 0;
        int64_t elapsed = 0;
        must(gov_calendar_deadline(calendar, 0, 100.0, GOV_LIMIT_WORKING_HOUR, &end, NULL));
        must(gov_calendar_elapsed(calendar, 0, end, GOV_LIMIT_WORKING_HOUR, &elapsed, NULL));
        if (elapsed != INT64_C(100) * 3600 * 1000000)
            abort();
    }
    gov_calendar_free(calendar);
    free(hours);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    int which = data[0] % 15;
    const char *text = (const char *)data + 1;
    int64_t length = (int64_t)size - 1;
    if (which < 3)
        fuzz_identifier(which, text, length);
    else if (which < 6)
        fuzz_grid_or_object(which - 3, data[0] / 15, text, length);
    else if (which < 14)
        fuzz_mask(which - 6, data[0] / 15 % 2, text, length);
    else
        fuzz_hours(text, length);
    return 0;
}
