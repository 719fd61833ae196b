#include "trend/farrington.h"
#include "base/error.h"
#include "trend/series.h"

#include <math.h>

static gov_status refuse(const char *name, const char *must, gov_error *err)
{
    return gov_fail_at(err, GOV_E_ARGUMENT, GOV_AT_NAME(name), "%s must be %s", name, must);
}

static int64_t or_else(int64_t given, int64_t usual)
{
    return given == 0 ? usual : given;
}

static gov_status check_kinds(const gov_farrington_options *o, gov_error *err)
{
    if ((int)o->version < 0 || o->version > GOV_FARRINGTON_1996)
        return refuse("version", "Flexible or 1996", err);
    if ((int)o->threshold < 0 || o->threshold > GOV_THRESHOLD_MUAN)
        return refuse("threshold", "delta, nbPlugin or muan", err);
    if ((int)o->power < 0 || o->power > GOV_POWER_NONE)
        return refuse("power", "2/3, 1/2 or none", err);
    if ((int)o->frequency < 0 || o->frequency > GOV_FREQUENCY_MONTH)
        return refuse("frequency", "day, week or month, or 0", err);
    return GOV_OK;
}

static int64_t periods_a_year(const gov_farrington_options *o)
{
    return o->frequency == GOV_FREQUENCY_DAY    ? 365
           : o->frequency == GOV_FREQUENCY_WEEK ? 52
           : o->frequency == 0                  ? o->freq
                                                : 12;
}

static gov_status check_numbers(const gov_farrington_options *o, int64_t n, gov_error *err)
{
    if (o->freq < 2 || o->freq > 1000000)
        return refuse("freq", "2 or more periods a year", err);
    if (o->b < 1 || o->b > 1000)
        return refuse("b", "1 to 1000 years", err);
    if (o->w < 0 || o->w > (periods_a_year(o) - 1) / 2)
        return refuse("w", "0 or more, and its windows must not overlap from year to year", err);
    if (o->no_periods < 1 || o->no_periods > GOV_MOST_LEVELS)
        return refuse("no_periods", "1 to 60 levels", err);
    if (!(o->weights_threshold > 0))
        return refuse("weights_threshold", "above 0", err);
    if (!(o->trend_level > 0 && o->trend_level <= 1))
        return refuse("trend_level", "above 0 and at most 1", err);
    if (isnan(o->limit_cases) || o->limit_periods < 1)
        return refuse("limit_periods", "1 or more", err);
    if (o->from < 0 || o->to > n || o->from > o->to)
        return refuse("from", "0 or more and not above to, which must not be above the length", err);
    return GOV_OK;
}

gov_status gov_farrington_settle(const gov_farrington_options *options, int64_t n,
                                 gov_farrington_settings *out, gov_error *err)
{
    static const gov_farrington_options none = GOV_FARRINGTON_OPTIONS_INIT;
    gov_farrington_options o = options == NULL ? none : *options;
    GOV_TRY(check_kinds(&o, err));
    int old = o.version == GOV_FARRINGTON_1996;
    o.freq = or_else(o.freq, 52);
    o.b = or_else(o.b, 5);
    o.w = or_else(o.w, 3);
    o.no_periods = old ? 1 : or_else(o.no_periods, 10);
    o.past_excluded = old ? o.w : or_else(o.past_excluded, 26);
    o.weights_threshold = o.weights_threshold == 0 ? (old ? 1 : 2.58) : o.weights_threshold;
    o.trend_level = o.trend_level == 0 ? (old ? 0.05 : 1) : o.trend_level;
    o.limit_cases = o.limit_cases == 0 ? 5 : o.limit_cases;
    o.limit_periods = or_else(o.limit_periods, 4);
    o.to = or_else(o.to, n);
    GOV_TRY(gov_option_share("alpha", o.alpha, old ? 0.05 : 0.005, &o.alpha, err));
    GOV_TRY(check_numbers(&o, n, err));
    *out = (gov_farrington_settings){o, o.from, o.to};
    return GOV_OK;
}

enum { WORKING_DAYS_A_YEAR = 250 };

gov_farrington_calendar gov_farrington_calendar_of(gov_frequency frequency)
{
    if (frequency == GOV_FREQUENCY_DAY)
        return (gov_farrington_calendar){21, 10, 182, 366};
    if (frequency == GOV_FREQUENCY_WORKING_DAY)
        return (gov_farrington_calendar){15, 10, 125, WORKING_DAYS_A_YEAR};
    if (frequency == GOV_FREQUENCY_WEEK)
        return (gov_farrington_calendar){3, 10, 26, 53};
    return (gov_farrington_calendar){1, 4, 6, 12};
}

void gov_farrington_fit_calendar(gov_farrington_options *o, gov_frequency frequency, int32_t start)
{
    gov_farrington_calendar c = gov_farrington_calendar_of(frequency);
    int counted = o->frequency == 0 && (o->freq != 0 || frequency == GOV_FREQUENCY_WORKING_DAY);
    if (counted) {
        o->freq = or_else(o->freq, WORKING_DAYS_A_YEAR);
    } else {
        o->frequency = frequency;
        o->start = start;
    }
    o->w = or_else(o->w, c.w);
    o->no_periods = or_else(o->no_periods, c.no_periods);
    o->past_excluded = or_else(o->past_excluded, c.past_excluded);
}
