/* farrington_window.c - the same season of past years, by date or by counting periods. */
#include "base/date.h"
#include "trend/farrington.h"
#include "trend/period.h"

/* The same day `years` earlier; from 29 February, 1 March in a common year. */
static int32_t years_before(int32_t day, int32_t years)
{
    gov_civil c = gov_date_civil(day);
    if (c.month == 2 && c.day == 29 && gov_days_in_month(c.year - years, 2) == 28)
        return gov_date_of(c.year - years, 3, 1);
    return gov_date_of(c.year - years, c.month, c.day);
}

/* For weeks, the week whose first day is nearest to that day: at most three days off. */
static int64_t same_season(const gov_farrington_options *o, int64_t t, int64_t years)
{
    if (o->frequency == 0)
        return t - years * o->freq;
    int64_t first = gov_period_of(o->frequency, o->start);
    int32_t day = gov_period_day(o->frequency, first + t);
    int32_t then = years_before(day, (int32_t)years);
    return gov_period_of(o->frequency, o->frequency == GOV_FREQUENCY_WEEK ? then + 3 : then) - first;
}

int gov_farrington_years(const gov_farrington_options *o, int64_t t, int64_t *refs)
{
    for (int64_t i = 0; i <= o->b; i++)
        refs[o->b - i] = same_season(o, t, i);
    return refs[0] - o->w >= 0;
}

/* Fills the stretch between two windows with levels 0 to count - 1, the first ones a period longer if the length
 * does not divide. */
static void fill_between(int8_t *levels, int64_t length, int64_t count)
{
    int64_t at = 0;
    for (int64_t level = 0; level < count; level++)
        for (int64_t i = length / count + (level < length % count); i > 0; i--)
            levels[at++] = (int8_t)level;
}

int64_t gov_farrington_levels(const gov_farrington_options *o, const int64_t *refs, int64_t t, int8_t *levels)
{
    int64_t first = refs[0] - o->w;
    int64_t count = t - first + 1;
    int64_t between = o->no_periods - 1;
    for (int64_t i = 0; i < count; i++)
        levels[i] = -1;
    for (int64_t year = 0; year <= o->b; year++) {
        int64_t from = refs[year] - o->w - first;
        int64_t to = year == o->b ? t - first : refs[year] + o->w - first;
        for (int64_t i = from; i <= to; i++)
            levels[i] = (int8_t)between;
        if (between == 0 || year == o->b)
            continue;
        int64_t gap = refs[year + 1] - refs[year] - 2 * o->w - 1;
        if (gap < between)
            return 0;
        fill_between(levels + to + 1, gap, between);
    }
    int64_t left_out = o->past_excluded < 0 ? 0 : o->past_excluded;
    for (int64_t i = count - 1 - left_out > 0 ? count - 1 - left_out : 0; i < count; i++)
        levels[i] = -1;
    return count;
}
