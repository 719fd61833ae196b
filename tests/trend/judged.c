/* Every period of every series of a panel: what each detector gives for the series alone, for any number of threads. */
#include "govcore/trend/judged.h"
#include "gov_check.h"
#include "table_check.h"
#include "stat/random.h"

#include <string.h>

enum { SERIES = 20, PERIODS = 120, LAST = 40, START = 18809 /* 2021-07-01 */ };

static gov_error err = GOV_ERROR_INIT;
static double y[SERIES * PERIODS];
static uint8_t valid[SERIES * PERIODS];

/* Counts with a rise at the end of every third series; series 5 has nothing at all, series 6 decimals, series 7 some gaps,
 * series 8 a negative value. */
static gov_panel *panel_new(gov_frequency frequency)
{
    gov_random random = gov_random_start(11, 0);
    memset(valid, 1, sizeof(valid));
    for (int s = 0; s < SERIES; s++)
        for (int t = 0; t < PERIODS; t++)
            y[s * PERIODS + t] =
                (double)(1 + gov_random_below(&random, 5) + (s % 3 == 0 && t >= PERIODS - 6 ? 9 : 0));
    memset(&valid[5 * PERIODS], 0, PERIODS);
    for (int t = 0; t < PERIODS; t++)
        y[6 * PERIODS + t] += 0.25;
    for (int t = 60; t < 63; t++)
        valid[7 * PERIODS + t] = 0;
    y[8 * PERIODS + 3] = -1;
    gov_panel *panel = NULL;
    ck_ok(gov_panel_of_array(y, valid, SERIES, PERIODS, START, frequency, &panel, &err));
    return panel;
}

static void same(const gov_table *t, const char *name, int64_t row, double expected, int there)
{
    double value = ck_number_of(t, name, row);
    ck_assert_msg(there ? value == expected : isnan(value), "%s in row %lld: %g, expected %g", name,
                  (long long)row, value, there ? expected : NAN);
}

/* One series alone, in the arrays that the detectors fill. */
typedef struct alone {
    double expected[PERIODS];
    double upper[PERIODS];
    double score[PERIODS];
    double extra[3][PERIODS];
    uint8_t alarm[PERIODS];
    uint8_t reason[PERIODS];
} alone;

static gov_alarms alarms_of(alone *a)
{
    return (gov_alarms){(uint32_t)sizeof(gov_alarms), a->alarm, a->reason, a->expected, a->upper, a->score};
}

typedef gov_status (*judge_alone)(const double *values, const uint8_t *there, alone *a);
typedef gov_status (*judge_panel)(const gov_panel *panel, const gov_judged_options *o, gov_table **out);

typedef struct pair {
    const char *name;
    const char *extra[3]; /* columns of the detector's own */
    int bounds;           /* whether it has expected and upper */
    judge_alone alone;
    judge_panel panel;
} pair;

static void compare(const pair *p, const gov_panel *panel, int32_t threads, int64_t last)
{
    static alone a;
    gov_table *t = NULL;
    gov_judged_options o = GOV_JUDGED_OPTIONS_INIT;
    int64_t rows = last == 0 ? PERIODS : last;
    o.threads = threads;
    o.last = last;
    ck_ok(p->panel(panel, &o, &t));
    ck_assert_int_eq(gov_table_rows(t), SERIES * rows);
    for (int64_t s = 0; s < SERIES; s++) {
        const double *values = y + s * PERIODS;
        const uint8_t *there = valid + s * PERIODS;
        gov_status status = p->alone(values, there, &a);
        for (int64_t i = 0; i < rows; i++) {
            int64_t at = PERIODS - rows + i;
            int64_t row = s * rows + i;
            int judged = status == GOV_OK && a.reason[at] == GOV_REASON_NONE;
            same(t, "observed", row, values[at], there[at]);
            same(t, "expected", row, a.expected[at], judged && p->bounds);
            same(t, "upper", row, a.upper[at], judged && p->bounds);
            same(t, "alarm", row, a.alarm[at] != 0, judged);
            for (int k = 0; k < 3 && p->extra[k] != NULL; k++)
                same(t, p->extra[k], row, a.extra[k][at], status == GOV_OK && !isnan(a.extra[k][at]));
            ck_assert_int_eq(strcmp(ck_text_of(t, "status", row), "ok") == 0, judged);
            ck_assert_int_eq(strlen(ck_text_of(t, "reason", row)) == 0, judged);
        }
    }
    char name[16];
    gov_panel_period_name(panel, PERIODS - rows, name, sizeof(name));
    ck_assert_str_eq(ck_text_of(t, "period", 0), name);
    ck_assert_str_eq(ck_text_of(t, "series", rows), "1");
    gov_table_free(t);
}

/* --- The detectors, alone and over the panel ----------------------------------------------------------------------- */

static gov_status ears_alone(const double *v, const uint8_t *there, alone *a)
{
    gov_alarms to = alarms_of(a);
    gov_ears_options o = GOV_EARS_OPTIONS_INIT;
    o.method = GOV_EARS_C2;
    return gov_ears(v, there, PERIODS, &o, &to, NULL);
}

static gov_status ears_panel(const gov_panel *panel, const gov_judged_options *options, gov_table **out)
{
    gov_ears_options o = GOV_EARS_OPTIONS_INIT;
    o.method = GOV_EARS_C2;
    return gov_panel_ears(panel, &o, options, out, &err);
}

static gov_farrington_options farrington_options(void)
{
    gov_farrington_options o = GOV_FARRINGTON_OPTIONS_INIT;
    o.b = 2;
    o.w = 2;
    o.no_periods = 3;
    o.past_excluded = 4;
    return o;
}

static gov_status farrington_alone(const double *v, const uint8_t *there, alone *a)
{
    gov_alarms to = alarms_of(a);
    gov_farrington_options o = farrington_options();
    gov_farrington_fits fits = GOV_FARRINGTON_FITS_INIT;
    o.frequency = GOV_FREQUENCY_MONTH;
    o.start = START;
    fits.p = a->extra[0];
    fits.phi = a->extra[1];
    fits.slope = a->extra[2];
    gov_status status = gov_farrington(v, there, NULL, PERIODS, &o, &to, &fits, NULL);
    for (int t = 0; t < PERIODS; t++)
        if (!(fits.phi[t] > 0))
            fits.p[t] = fits.phi[t] = fits.slope[t] = NAN;
    return status;
}

static gov_status farrington_panel(const gov_panel *panel, const gov_judged_options *options, gov_table **out)
{
    gov_farrington_options o = farrington_options();
    return gov_panel_farrington(panel, NULL, &o, options, out, &err);
}

static gov_status essence_alone(const double *v, const uint8_t *there, alone *a)
{
    gov_alarms to = alarms_of(a);
    gov_essence_days days = GOV_ESSENCE_DAYS_INIT;
    days.p = a->extra[0];
    days.statistic = a->extra[1];
    days.r_squared = a->extra[2];
    gov_status status = gov_essence(v, there, PERIODS, NULL, &to, &days, NULL);
    for (int t = 0; t < PERIODS; t++)
        if (a->reason[t] != GOV_REASON_NONE)
            days.p[t] = days.statistic[t] = days.r_squared[t] = NAN;
    return status;
}

static gov_status essence_panel(const gov_panel *panel, const gov_judged_options *options, gov_table **out)
{
    return gov_panel_essence(panel, NULL, options, out, &err);
}

static gov_status keep_judged(gov_status status, alone *a)
{
    for (int t = 0; t < PERIODS; t++)
        if (a->reason[t] != GOV_REASON_NONE)
            a->extra[0][t] = NAN;
    return status;
}

static gov_status cusum_alone(const double *v, const uint8_t *there, alone *a)
{
    gov_alarms to = alarms_of(a);
    gov_cusum_options o = GOV_CUSUM_OPTIONS_INIT;
    o.baseline = 70;
    return keep_judged(gov_cusum(v, there, PERIODS, &o, &to, a->extra[0], NULL), a);
}

static gov_status cusum_panel(const gov_panel *panel, const gov_judged_options *options, gov_table **out)
{
    gov_cusum_options o = GOV_CUSUM_OPTIONS_INIT;
    o.baseline = 70;
    return gov_panel_cusum(panel, &o, options, out, &err);
}

/* The baseline of the panel's GLR chart is the mean and the later periods of the single one. */
static gov_status glr_alone(const double *v, const uint8_t *there, alone *a)
{
    gov_glr_options o = GOV_GLR_OPTIONS_INIT;
    double sum = 0;
    int64_t count = 0;
    for (int t = 0; t < 70; t++) {
        sum += there[t] ? v[t] : 0;
        count += there[t];
    }
    gov_alarms to = alarms_of(a);
    for (int t = 0; t < 70; t++) {
        a->reason[t] = GOV_REASON_NOT_ASKED;
        a->extra[0][t] = NAN;
        if (there[t] && (v[t] < 0 || v[t] != floor(v[t])))
            return GOV_E_RANGE;
    }
    o.mean = count > 0 ? sum / (double)count : 0;
    to.alarm += 70;
    to.reason += 70;
    to.expected += 70;
    to.upper += 70;
    to.score += 70;
    return keep_judged(gov_glr(v + 70, there + 70, PERIODS - 70, &o, &to, a->extra[0] + 70, NULL), a);
}

static gov_status glr_panel(const gov_panel *panel, const gov_judged_options *options, gov_table **out)
{
    gov_glr_options o = GOV_GLR_OPTIONS_INIT;
    o.baseline = 70;
    return gov_panel_glr(panel, &o, options, out, &err);
}

static gov_status outbreak_p_alone(const double *v, const uint8_t *there, alone *a)
{
    gov_alarms to = alarms_of(a);
    return keep_judged(gov_outbreak_p(v, there, PERIODS, 0, &to, a->extra[0], NULL), a);
}

static gov_status outbreak_p_panel(const gov_panel *panel, const gov_judged_options *options, gov_table **out)
{
    return gov_panel_outbreak_p(panel, 0, options, out, &err);
}

static gov_status chart_alone(gov_status status, const gov_chart *chart, const uint8_t *there, alone *a)
{
    for (int t = 0; t < PERIODS; t++) {
        a->reason[t] = there[t] ? GOV_REASON_NONE : GOV_REASON_MISSING;
        a->expected[t] = chart->centre;
        if (!there[t])
            a->extra[0][t] = a->extra[1][t] = NAN;
    }
    return status;
}

static gov_chart chart_of(alone *a)
{
    gov_chart chart = GOV_CHART_INIT;
    chart.statistic = a->extra[0];
    chart.lower = a->extra[1];
    chart.upper = a->upper;
    chart.alarm = a->alarm;
    return chart;
}

static gov_status ewma_alone(const double *v, const uint8_t *there, alone *a)
{
    gov_chart chart = chart_of(a);
    return chart_alone(gov_ewma(v, there, PERIODS, NULL, &chart, NULL), &chart, there, a);
}

static gov_status ewma_panel(const gov_panel *panel, const gov_judged_options *options, gov_table **out)
{
    return gov_panel_ewma(panel, NULL, options, out, &err);
}

static gov_status shewhart_alone(const double *v, const uint8_t *there, alone *a)
{
    gov_chart chart = chart_of(a);
    return chart_alone(gov_shewhart(v, there, PERIODS, GOV_SHEWHART_C, NULL, 90, &chart, NULL), &chart, there,
                       a);
}

static gov_status shewhart_panel(const gov_panel *panel, const gov_judged_options *options, gov_table **out)
{
    return gov_panel_shewhart(panel, GOV_SHEWHART_C, 90, options, out, &err);
}

static gov_status bocpd_alone(const double *v, const uint8_t *there, alone *a)
{
    int64_t run[PERIODS];
    gov_status status = gov_bocpd(v, there, PERIODS, NULL, run, a->extra[1], a->extra[2], NULL);
    for (int t = 0; t < PERIODS; t++) {
        a->reason[t] = there[t] ? GOV_REASON_NONE : GOV_REASON_MISSING;
        a->extra[0][t] = (double)run[t];
        a->alarm[t] = t > 0 && run[t] != run[t - 1] + 1;
    }
    return status;
}

static gov_status bocpd_panel(const gov_panel *panel, const gov_judged_options *options, gov_table **out)
{
    return gov_panel_bocpd(panel, NULL, options, out, &err);
}

static const pair PAIRS[] = {{"ears", {NULL}, 1, ears_alone, ears_panel},
                             {"farrington", {"p", "phi", "slope"}, 1, farrington_alone, farrington_panel},
                             {"essence", {"p", "statistic", "r_squared"}, 1, essence_alone, essence_panel},
                             {"cusum", {"statistic"}, 1, cusum_alone, cusum_panel},
                             {"glr", {"statistic"}, 1, glr_alone, glr_panel},
                             {"outbreak_p", {"statistic"}, 0, outbreak_p_alone, outbreak_p_panel},
                             {"ewma", {"statistic", "lower"}, 1, ewma_alone, ewma_panel},
                             {"shewhart", {"statistic", "lower"}, 1, shewhart_alone, shewhart_panel},
                             {"bocpd", {"run", "first", "mean_run"}, 0, bocpd_alone, bocpd_panel}};
enum { COUNT = sizeof(PAIRS) / sizeof(PAIRS[0]) };

START_TEST(each_detector_judges_as_for_the_series_alone)
{
    gov_panel *panel = panel_new(GOV_FREQUENCY_MONTH);
    for (int i = 0; i < COUNT; i++)
        for (int32_t threads = 1; threads <= 3; threads += 2)
            compare(&PAIRS[i], panel, threads, 0);
    gov_panel_free(panel);
}
END_TEST

START_TEST(the_last_periods_are_judged_by_all_before_them)
{
    gov_panel *panel = panel_new(GOV_FREQUENCY_MONTH);
    for (int i = 0; i < COUNT; i++)
        compare(&PAIRS[i], panel, 2, LAST);
    gov_panel_free(panel);
}
END_TEST

START_TEST(words_say_what_numbers_mean)
{
    gov_panel *panel = panel_new(GOV_FREQUENCY_DAY);
    gov_table *t = NULL;
    gov_judged_options o = GOV_JUDGED_OPTIONS_INIT;
    o.last = 1;
    ck_ok(gov_panel_essence(panel, NULL, &o, &t, &err));
    ck_assert_str_eq(ck_text_of(t, "level", 0), "alert");
    ck_assert_str_eq(ck_text_of(t, "status", 5), "missing");
    ck_assert_str_eq(ck_text_of(t, "reason", 5), "the value of this period is missing");
    ck_assert_str_eq(ck_text_of(t, "level", 5), "");
    gov_table_free(t);
    ck_ok(gov_panel_shewhart(panel, GOV_SHEWHART_C, 90, &o, &t, &err));
    ck_assert_str_eq(ck_text_of(t, "side", 0), "above");
    ck_assert_str_eq(ck_text_of(t, "status", 8), "range");
    ck_assert_str_eq(ck_text_of(t, "reason", 8), "a count must not be negative, it is -1");
    ck_assert_str_eq(ck_text_of(t, "status", 5), "no_data");
    gov_table_free(t);
    gov_panel_free(panel);
}
END_TEST

/* With twice the people the expected count doubles; what is not said of weeks fits months. */
START_TEST(populations_are_a_panel_of_the_same_shape)
{
    gov_panel *panel = panel_new(GOV_FREQUENCY_MONTH);
    static double people[SERIES * PERIODS];
    for (int i = 0; i < SERIES * PERIODS; i++)
        people[i] = i % PERIODS == PERIODS - 1 ? 2000 : 1000;
    gov_panel *population = NULL;
    gov_panel *shorter = NULL;
    gov_table *with = NULL;
    gov_table *without = NULL;
    gov_farrington_options f = GOV_FARRINGTON_OPTIONS_INIT;
    gov_judged_options o = GOV_JUDGED_OPTIONS_INIT;
    f.without_trend = 1;
    o.last = 1;
    ck_ok(gov_panel_of_array(people, NULL, SERIES, PERIODS, START, GOV_FREQUENCY_MONTH, &population, &err));
    ck_ok(gov_panel_of_array(people, NULL, SERIES, PERIODS - 1, START, GOV_FREQUENCY_MONTH, &shorter, &err));
    ck_ok(gov_panel_farrington(panel, population, &f, &o, &with, &err));
    ck_ok(gov_panel_farrington(panel, NULL, &f, &o, &without, &err));
    ck_assert_str_eq(ck_text_of(with, "status", 0), "ok");
    ck_near(ck_number_of(with, "expected", 0), 2 * ck_number_of(without, "expected", 0), 1e-9);
    gov_table_free(with);
    gov_table_free(without);
    with = NULL;
    ck_fails(gov_panel_farrington(panel, shorter, &f, &o, &with, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "population");
    ck_assert_ptr_null(with);
    gov_panel_free(shorter);
    gov_panel_free(population);
    gov_panel_free(panel);
}
END_TEST

START_TEST(seasons_are_those_of_each_series)
{
    gov_panel *panel = panel_new(GOV_FREQUENCY_MONTH);
    gov_table *t = NULL;
    gov_judged_options o = GOV_JUDGED_OPTIONS_INIT;
    gov_stl_options stl = GOV_STL_OPTIONS_INIT;
    stl.gaps = GOV_STL_GAPS_LEAVE_OUT;
    o.threads = 2;
    o.last = LAST;
    ck_ok(gov_panel_stl(panel, &stl, &o, &t, &err));
    stl.period = 12;
    for (int64_t s = 0; s < SERIES; s++) {
        double trend[PERIODS];
        double remainder[PERIODS];
        gov_stl_parts parts = {(uint32_t)sizeof(parts), trend, NULL, remainder, NULL};
        gov_status status = gov_stl(y + s * PERIODS, valid + s * PERIODS, PERIODS, &stl, &parts, NULL);
        ck_assert_int_eq(status, s == 5 ? GOV_E_MISSING : GOV_OK);
        for (int64_t i = 0; i < LAST; i++) {
            same(t, "trend", s * LAST + i, trend[PERIODS - LAST + i], status == GOV_OK);
            same(t, "remainder", s * LAST + i, remainder[PERIODS - LAST + i],
                 status == GOV_OK && valid[s * PERIODS + PERIODS - LAST + i]);
        }
    }
    ck_assert_str_eq(ck_text_of(t, "status", 5 * LAST), "missing");
    int64_t column;
    ck_fails(gov_table_find(t, "upper", &column, &err), GOV_E_UNKNOWN_NAME);
    gov_table_free(t);
    gov_panel_free(panel);
}
END_TEST

START_TEST(several_seasons_are_those_of_each_series)
{
    static const int64_t periods[] = {7, 30};
    gov_panel *panel = panel_new(GOV_FREQUENCY_DAY);
    gov_judged_options o = GOV_JUDGED_OPTIONS_INIT;
    gov_stl_options stl = GOV_STL_OPTIONS_INIT;
    stl.gaps = GOV_STL_GAPS_LEAVE_OUT;
    o.last = LAST;
    for (o.threads = 1; o.threads <= 3; o.threads += 2) {
        gov_table *t = NULL;
        ck_ok(gov_panel_mstl(panel, periods, NULL, 2, 3, &stl, &o, &t, &err));
        ck_assert_int_eq(gov_table_rows(t), SERIES * LAST);
        for (int64_t s = 0; s < SERIES; s++) {
            double seasons[2 * PERIODS];
            double trend[PERIODS];
            double seasonal[PERIODS];
            double remainder[PERIODS];
            gov_stl_parts parts = {(uint32_t)sizeof(parts), trend, seasonal, remainder, NULL};
            gov_status status = gov_mstl(y + s * PERIODS, valid + s * PERIODS, PERIODS, periods, NULL, 2, 3,
                                         &stl, seasons, &parts, NULL);
            ck_assert_int_eq(status, s == 5 ? GOV_E_MISSING : GOV_OK);
            for (int64_t i = 0; i < LAST; i++) {
                int64_t at = PERIODS - LAST + i;
                same(t, "trend", s * LAST + i, trend[at], status == GOV_OK);
                same(t, "seasonal", s * LAST + i, seasonal[at], status == GOV_OK);
                same(t, "seasonal_7", s * LAST + i, seasons[at], status == GOV_OK);
                same(t, "seasonal_30", s * LAST + i, seasons[PERIODS + at], status == GOV_OK);
                same(t, "remainder", s * LAST + i, remainder[at],
                     status == GOV_OK && valid[s * PERIODS + at]);
            }
        }
        ck_assert_str_eq(ck_text_of(t, "status", 5 * LAST), "missing");
        gov_table_free(t);
    }
    static const int64_t wrong[] = {7, 7};
    static const int64_t longer[] = {7, PERIODS};
    gov_table *t = NULL;
    ck_fails(gov_panel_mstl(panel, wrong, NULL, 2, 0, NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_panel_mstl(panel, periods, NULL, GOV_PANEL_MSTL_MOST + 1, 0, NULL, NULL, &t, &err),
             GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "periods");
    ck_fails(gov_panel_mstl(panel, NULL, NULL, 0, 0, NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_panel_mstl(NULL, periods, NULL, 2, 0, NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_assert_ptr_null(t);
    ck_ok(gov_panel_mstl(panel, longer, NULL, 2, 0, &stl, NULL, &t, &err));
    ck_assert_str_eq(ck_text_of(t, "status", 0), "no_data");
    gov_table_free(t);
    gov_panel_free(panel);
}
END_TEST

START_TEST(wrong_options_fail_the_call)
{
    gov_panel *panel = panel_new(GOV_FREQUENCY_WEEK);
    gov_table *t = NULL;
    gov_ears_options ears = GOV_EARS_OPTIONS_INIT;
    gov_judged_options o = GOV_JUDGED_OPTIONS_INIT;
    ears.baseline = 1;
    ck_fails(gov_panel_ears(panel, &ears, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "baseline");
    ck_fails(gov_panel_ears(NULL, NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_panel_stl(NULL, NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_panel_farrington(NULL, NULL, NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_panel_ears(panel, NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_panel_cusum(panel, NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_panel_shewhart(panel, GOV_SHEWHART_U, 0, NULL, &t, &err), GOV_E_ARGUMENT);
    o.last = -1;
    ck_fails(gov_panel_ears(panel, NULL, &o, &t, &err), GOV_E_ARGUMENT);
    o.last = 0;
    ck_ok(gov_run_new(&o.run, &err));
    gov_run_cancel(o.run);
    ck_fails(gov_panel_ears(panel, NULL, &o, &t, &err), GOV_E_CANCELLED);
    gov_run_free(o.run);
    ck_assert_ptr_null(t);
    gov_panel_free(panel);
}
END_TEST

START_TEST(a_failed_allocation_leaves_nothing)
{
    gov_panel *panel = NULL;
    gov_table *t = NULL;
    double few[24];
    gov_cusum_options cusum = GOV_CUSUM_OPTIONS_INIT;
    gov_glr_options glr = GOV_GLR_OPTIONS_INIT;
    cusum.baseline = glr.baseline = 6;
    for (int i = 0; i < 24; i++)
        few[i] = i == 3 ? -1 : 1 + i % 4;
    ck_ok(gov_panel_of_array(few, NULL, 2, 12, START, GOV_FREQUENCY_MONTH, &panel, &err));
#define EVERY(call) ck_every_allocation(call, ck_assert_ptr_null(t), (gov_table_free(t), t = NULL))
    EVERY(gov_panel_ears(panel, NULL, NULL, &t, &err));
    EVERY(gov_panel_farrington(panel, NULL, NULL, NULL, &t, &err));
    EVERY(gov_panel_essence(panel, NULL, NULL, &t, &err));
    EVERY(gov_panel_cusum(panel, &cusum, NULL, &t, &err));
    EVERY(gov_panel_glr(panel, &glr, NULL, &t, &err));
    EVERY(gov_panel_outbreak_p(panel, 0, NULL, &t, &err));
    EVERY(gov_panel_ewma(panel, NULL, NULL, &t, &err));
    EVERY(gov_panel_shewhart(panel, GOV_SHEWHART_I, 0, NULL, &t, &err));
    EVERY(gov_panel_bocpd(panel, NULL, NULL, &t, &err));
    gov_stl_options stl = GOV_STL_OPTIONS_INIT;
    stl.period = 3;
    EVERY(gov_panel_stl(panel, &stl, NULL, &t, &err));
    EVERY(gov_panel_mstl(panel, (const int64_t[]){3, 5}, NULL, 2, 0, NULL, NULL, &t, &err));
    gov_panel_free(panel);
}
END_TEST

GOV_TESTS("trend/judged", each_detector_judges_as_for_the_series_alone,
          the_last_periods_are_judged_by_all_before_them, words_say_what_numbers_mean,
          populations_are_a_panel_of_the_same_shape, seasons_are_those_of_each_series,
          several_seasons_are_those_of_each_series, wrong_options_fail_the_call,
          a_failed_allocation_leaves_nothing)
