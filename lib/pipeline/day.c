/* day.c - the day that a pipeline works for.
 *
 * A period that is not over yet has fewer cases for no other reason than that, and would look like a fall: so the
 * panel ends with the last whole one. */
#include "pipeline/day.h"

gov_status gov_pipeline_day(const char *as_of, int32_t *day, gov_error *err)
{
    if (as_of == NULL)
        return gov_fail_at(err, GOV_E_MISSING, GOV_AT_NAME("as_of"), "the day to work for must be given");
    return gov_date_parse(as_of, -1, day, err);
}

int32_t gov_last_whole_period(gov_frequency frequency, int32_t day)
{
    if (frequency == GOV_FREQUENCY_WEEK)
        return day - gov_date_weekday(day) % 7;
    gov_civil c = gov_date_civil(day);
    if (frequency == GOV_FREQUENCY_MONTH && c.day < gov_days_in_month(c.year, c.month))
        return gov_date_of(c.year, c.month, 1) - 1;
    return day;
}
