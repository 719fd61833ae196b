/* A stored state gives, to the bit, what the whole panel gives: day by day, with gaps, new series and late corrections,
 * saved and opened again. */
#include "govcore/trend/state.h"
#include "base/digest.h"
#include "gov_check.h"
#include "stat/random.h"
#include "trend/state.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SERIES = 70, PERIODS = 100, START = 18809 /* 2021-07-01 */ };

static gov_error err = GOV_ERROR_INIT;
static gov_random source;

/* What the panel should be in the end: y[s][t], NaN for missing. */
static double truth[SERIES][PERIODS];

static double draw(int series)
{
    double big = series % 10 == 0 ? 300 : series % 10 == 1 ? 70000 : 1;
    if (series % 7 == 3 && gov_random_below(&source, 5) == 0)
        return NAN;
    if (series % 11 == 5)
        return 0; /* never anything */
    return (double)(gov_random_below(&source, 6) * gov_random_below(&source, 4)) * big +
           (series % 13 == 6 ? 0.25 : 0);
}

static void fill_truth(void)
{
    source = gov_random_start(7, 0);
    for (int s = 0; s < SERIES; s++)
        for (int t = 0; t < PERIODS; t++)
            truth[s][t] = draw(s);
}

static gov_panel *panel_of(const gov_table *table, int from, int to, gov_frequency frequency)
{
    const char *keys[] = {"grid"};
    char first[16];
    char last[16];
    gov_panel *panel = NULL;
    gov_panel_options o = GOV_PANEL_OPTIONS_INIT;
    int step = frequency == GOV_FREQUENCY_WEEK ? 7 : 1;
    gov_date_format(START + from * step, first, sizeof(first));
    gov_date_format(START + (to - 1) * step, last, sizeof(last));
    o.series = keys;
    o.series_count = 1;
    o.time = "day";
    o.value = "n";
    o.frequency = frequency;
    o.gaps = GOV_GAPS_MISSING;
    o.first = first;
    o.last = last;
    ck_ok(gov_panel_new(table, &o, &panel, &err));
    return panel;
}

/* Series [low, high) in the periods [from, to) as a panel of their own. */
static gov_panel *part(int low, int high, int from, int to, gov_frequency frequency)
{
    gov_table_builder *b = NULL;
    gov_table *table = NULL;
    int step = frequency == GOV_FREQUENCY_WEEK ? 7 : 1;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "grid", GOV_TYPE_UTF8, NULL, &err));
    ck_ok(gov_table_builder_add(b, "day", GOV_TYPE_DATE, NULL, &err));
    ck_ok(gov_table_builder_add(b, "n", GOV_TYPE_FLOAT64, NULL, &err));
    for (int s = low; s < high; s++)
        for (int t = from; t < to; t++) {
            char name[24];
            snprintf(name, sizeof(name), "grid %02d", s);
            ck_ok(gov_table_builder_text(b, 0, name, -1, &err));
            ck_ok(gov_table_builder_int64(b, 1, START + t * step, &err));
            ck_ok(isnan(truth[s][t]) ? gov_table_builder_null(b, 2, &err)
                                     : gov_table_builder_double(b, 2, truth[s][t], &err));
        }
    ck_ok(gov_table_builder_finish(b, &table, &err));
    gov_table_builder_free(b);
    gov_panel *panel = panel_of(table, from, to, frequency);
    gov_table_free(table);
    return panel;
}

static gov_trend_state *state_of(gov_panel *panel, gov_gaps gaps)
{
    gov_trend_state_options o = GOV_TREND_STATE_OPTIONS_INIT;
    gov_cusum_options cusum = GOV_CUSUM_OPTIONS_INIT;
    gov_trend_state *state = NULL;
    cusum.baseline = 30;
    cusum.reset = 1;
    o.gaps = gaps;
    o.cusum = &cusum;
    ck_ok(gov_trend_state_new(panel, &o, &state, &err));
    gov_panel_free(panel);
    return state;
}

static void add(gov_trend_state *state, gov_panel *panel)
{
    ck_ok(gov_trend_state_add(state, panel, NULL, &err));
    gov_panel_free(panel);
}

/* The findings as CSV: doubles are written so that they read back equal, so equal texts are equal bits. */
static gov_text *findings_of(const gov_trend_state *state, int threads)
{
    gov_trend_findings_options o = GOV_TREND_FINDINGS_OPTIONS_INIT;
    gov_table *table = NULL;
    gov_text *text = NULL;
    o.threads = threads;
    o.farrington = 1;
    ck_ok(gov_trend_state_findings(state, &o, &table, &err));
    ck_assert_int_eq(gov_table_rows(table), gov_trend_state_series(state));
    ck_ok(gov_table_format_csv(table, &text, &err));
    gov_table_free(table);
    return text;
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines of a text in order; `copy` is theirs. */
static int sorted_lines(const gov_text *text, char **copy, char *lines[SERIES + 2])
{
    int count = 0;
    *copy = gov_copy_text(gov_text_data(text), gov_text_size(text));
    for (char *line = strtok(*copy, "\n"); line != NULL; line = strtok(NULL, "\n"))
        lines[count++] = line;
    qsort(lines, (size_t)count, sizeof(char *), compare_lines);
    return count;
}

/* In any order of the series. */
static void same_findings(const gov_trend_state *a, const gov_trend_state *b)
{
    gov_text *text[2] = {findings_of(a, 1), findings_of(b, 2)};
    char *copy[2];
    char *lines[2][SERIES + 2];
    int count = sorted_lines(text[0], &copy[0], lines[0]);
    ck_assert_int_eq(sorted_lines(text[1], &copy[1], lines[1]), count);
    for (int i = 0; i < count; i++)
        ck_assert_str_eq(lines[0][i], lines[1][i]);
    for (int k = 0; k < 2; k++) {
        gov_free(copy[k]);
        gov_text_free(text[k]);
    }
}

static double number(const gov_table *t, const char *name, int64_t row)
{
    int64_t column;
    double value = NAN;
    uint8_t there = 0;
    ck_ok(gov_table_find(t, name, &column, &err));
    ck_ok(gov_table_copy_doubles(t, column, row, 1, &value, &there, &err));
    return there ? value : NAN;
}

static void same_number(const gov_table *t, const char *name, int64_t row, double expected, int there)
{
    double value = number(t, name, row);
    ck_assert_msg(there ? value == expected : isnan(value), "%s in row %lld: %.17g, expected %.17g", name,
                  (long long)row, value, there ? expected : NAN);
}

static const char *text(const gov_table *t, const char *name, int64_t row)
{
    static char copy[64];
    int64_t column;
    int64_t size;
    const char *value = NULL;
    ck_ok(gov_table_find(t, name, &column, &err));
    ck_ok(gov_table_text(t, row, column, &value, &size, &err));
    snprintf(copy, sizeof(copy), "%.*s", (int)size, value == NULL ? "" : value);
    return copy;
}

/* --- What the findings are ------------------------------------------------------------------------------------- */

/* What a detector over the whole series says of its last period. */
typedef struct whole {
    double expected[PERIODS], upper[PERIODS], extra[PERIODS];
    uint8_t alarm[PERIODS], reason[PERIODS];
} whole;

static gov_alarms alarms_of(whole *w)
{
    return (gov_alarms){(uint32_t)sizeof(gov_alarms), w->alarm, w->reason, w->expected, w->upper, NULL};
}

static void same_verdict(const gov_table *t, const char *detector, const whole *w, int64_t row)
{
    char name[32];
    int judged = w->reason[PERIODS - 1] == GOV_REASON_NONE;
    snprintf(name, sizeof(name), "%s_expected", detector);
    same_number(t, name, row, w->expected[PERIODS - 1], judged);
    snprintf(name, sizeof(name), "%s_upper", detector);
    same_number(t, name, row, w->upper[PERIODS - 1], judged);
    snprintf(name, sizeof(name), "%s_alarm", detector);
    same_number(t, name, row, w->alarm[PERIODS - 1], judged);
    snprintf(name, sizeof(name), "%s_status", detector);
    ck_assert_int_eq(strcmp(text(t, name, row), "ok") == 0, judged);
}

static void same_series(const gov_table *t, const double *y, const uint8_t *valid, int64_t row)
{
    whole w = {.expected = {0}};
    gov_alarms a = alarms_of(&w);
    gov_ears_options ears = GOV_EARS_OPTIONS_INIT;
    gov_essence_days days = GOV_ESSENCE_DAYS_INIT;
    gov_mk_options mk = GOV_MK_OPTIONS_INIT;
    gov_mk_result r = GOV_MK_RESULT_INIT;
    ears.min_sigma = 0.5;
    ck_ok(gov_ears(y, valid, PERIODS, &ears, &a, &err));
    same_verdict(t, "ears", &w, row);
    gov_cusum_options cusum = GOV_CUSUM_OPTIONS_INIT;
    cusum.baseline = 30;
    cusum.reset = 1;
    gov_status status = gov_cusum(y, valid, PERIODS, &cusum, &a, w.extra, &err);
    if (status == GOV_OK) {
        same_verdict(t, "cusum", &w, row);
        same_number(t, "cusum", row, w.extra[PERIODS - 1], w.reason[PERIODS - 1] == GOV_REASON_NONE);
    } else {
        ck_assert_int_eq(status, GOV_E_NO_DATA);
        ck_assert_str_eq(text(t, "cusum_status", row), "constant");
    }
    days.p = w.extra;
    ck_ok(gov_essence(y, valid, PERIODS, NULL, &a, &days, &err));
    same_verdict(t, "essence", &w, row);
    same_number(t, "essence_p", row, w.extra[PERIODS - 1], w.reason[PERIODS - 1] == GOV_REASON_NONE);
    mk.method = GOV_MK_SEASONAL;
    mk.period = 7;
    mk.without_slope = 1;
    status = gov_mann_kendall(y, valid, PERIODS, &mk, &r, &err);
    same_number(t, "s", row, r.s, status == GOV_OK);
    same_number(t, "var_s", row, r.var_s, status == GOV_OK);
    same_number(t, "tau", row, r.tau, status == GOV_OK);
    same_number(t, "z", row, r.z, status == GOV_OK);
    same_number(t, "p", row, r.p, status == GOV_OK);
    ck_assert_str_eq(text(t, "trend_status", row), status == GOV_OK ? "ok" : "constant");
    same_number(t, "n", row, (double)r.n, status == GOV_OK || r.n == 0);
}

START_TEST(the_findings_are_those_of_the_methods_on_the_whole_series)
{
    fill_truth();
    gov_trend_state *state = state_of(part(0, SERIES, 0, 60, GOV_FREQUENCY_DAY), GOV_GAPS_MISSING);
    gov_table *t = NULL;
    gov_panel *panel = NULL;
    for (int day = 60; day < PERIODS; day++)
        add(state, part(0, SERIES, day, day + 1, GOV_FREQUENCY_DAY));
    ck_ok(gov_trend_state_findings(state, NULL, &t, &err));
    ck_ok(gov_trend_state_panel(state, &panel, &err));
    ck_assert_int_eq(gov_panel_periods(panel), PERIODS);
    for (int s = 0; s < SERIES; s++) {
        double y[PERIODS];
        uint8_t valid[PERIODS];
        ck_ok(gov_panel_copy(panel, s, y, valid, &err));
        for (int i = 0; i < PERIODS; i++)
            ck_assert(valid[i] ? y[i] == truth[s][i] : isnan(truth[s][i]));
        if (s % 11 != 5)
            same_series(t, y, valid, s);
        else
            ck_assert_str_eq(text(t, "trend_status", s), "constant");
    }
    gov_panel_free(panel);
    gov_table_free(t);
    gov_trend_state_free(state);
}
END_TEST

START_TEST(the_last_period_is_judged_by_farrington_if_asked_for)
{
    enum { YEARS_OF_DAYS = 800 };
    static double y[YEARS_OF_DAYS];
    static double expected[YEARS_OF_DAYS], upper[YEARS_OF_DAYS];
    static uint8_t alarm[YEARS_OF_DAYS], reason[YEARS_OF_DAYS];
    gov_panel *panel = NULL;
    gov_table *t = NULL;
    source = gov_random_start(3, 0);
    for (int i = 0; i < YEARS_OF_DAYS; i++)
        y[i] = (double)gov_random_below(&source, 20);
    ck_ok(gov_panel_of_array(y, NULL, 1, YEARS_OF_DAYS, START, GOV_FREQUENCY_DAY, &panel, &err));
    gov_trend_state *state = state_of(panel, GOV_GAPS_ZERO);
    gov_trend_findings_options o = GOV_TREND_FINDINGS_OPTIONS_INIT;
    o.farrington = 1;
    ck_ok(gov_trend_state_findings(state, &o, &t, &err));
    gov_farrington_options f = GOV_FARRINGTON_OPTIONS_INIT;
    f.frequency = GOV_FREQUENCY_DAY;
    f.start = START;
    f.b = 2;
    f.w = 21;
    f.past_excluded = 182;
    f.from = YEARS_OF_DAYS - 1;
    gov_alarms a = {(uint32_t)sizeof(gov_alarms), alarm, reason, expected, upper, NULL};
    ck_ok(gov_farrington(y, NULL, NULL, YEARS_OF_DAYS, &f, &a, NULL, &err));
    ck_assert_int_eq(reason[YEARS_OF_DAYS - 1], GOV_REASON_NONE);
    same_number(t, "farrington_expected", 0, expected[YEARS_OF_DAYS - 1], 1);
    same_number(t, "farrington_upper", 0, upper[YEARS_OF_DAYS - 1], 1);
    same_number(t, "farrington_alarm", 0, alarm[YEARS_OF_DAYS - 1], 1);
    gov_table_free(t);
    gov_trend_state_free(state);
}
END_TEST

/* --- Any way is the same way ------------------------------------------------------------------------------------- */

static gov_trend_state *reopened(gov_trend_state *state)
{
    gov_text *bytes = NULL;
    gov_trend_state *again = NULL;
    ck_ok(gov_trend_state_encode(state, &bytes, &err));
    ck_ok(gov_trend_state_decode(gov_text_data(bytes), gov_text_size(bytes), &again, &err));
    gov_text_free(bytes);
    gov_trend_state_free(state);
    return again;
}

/* New periods, corrections and new series in a random order. Returns the state; *series and *periods are those known
 * in the end. */
static gov_trend_state *random_course(gov_gaps gaps, gov_frequency frequency, int *series, int *periods)
{
    for (int s = 0; s < SERIES; s++)
        for (int t = 0; t < PERIODS; t++)
            truth[s][t] = gaps == GOV_GAPS_ZERO ? 0 : NAN;
    int known = 1 + (int)gov_random_below(&source, 30);
    int n = 1 + (int)gov_random_below(&source, 40);
    for (int s = 0; s < known; s++)
        for (int t = 0; t < n; t++)
            truth[s][t] = draw(s);
    gov_trend_state *state = state_of(part(0, known, 0, n, frequency), gaps);
    while (n < PERIODS - 4) {
        int from = gov_random_below(&source, 3) > 0 ? n : (int)gov_random_below(&source, n);
        int to = from + 1 + (int)gov_random_below(&source, gov_random_below(&source, 4) == 0 ? 5 : 1);
        int low = gov_random_below(&source, 2) == 0 ? 0 : (int)gov_random_below(&source, known);
        int most = known + (gov_random_below(&source, 4) == 0 && known < SERIES - 3 ? 3 : 0);
        int high = low + 1 + (int)gov_random_below(&source, most - low);
        for (int s = low; s < high; s++)
            for (int t = from; t < to; t++)
                truth[s][t] = draw(s);
        add(state, part(low, high, from, to, frequency));
        known = high > known ? high : known;
        n = to > n ? to : n;
        if (gov_random_below(&source, 9) == 0)
            state = reopened(state);
    }
    *series = known;
    *periods = n;
    return state;
}

static void random_courses(gov_gaps gaps, gov_frequency frequency, int courses)
{
    for (int i = 0; i < courses; i++) {
        int series;
        int periods;
        source = gov_random_start((uint64_t)i, (uint64_t)gaps);
        gov_trend_state *state = random_course(gaps, frequency, &series, &periods);
        gov_trend_state *direct = state_of(part(0, series, 0, periods, frequency), gaps);
        ck_assert_int_eq(gov_trend_state_series(state), series);
        ck_assert_int_eq(gov_trend_state_periods(state), periods);
        ck_assert_int_eq(gov_trend_state_next_day(state), gov_trend_state_next_day(direct));
        same_findings(state, direct);
        gov_trend_state_free(state);
        gov_trend_state_free(direct);
    }
}

START_TEST(new_days_corrections_and_new_series_give_what_the_whole_panel_gives)
{
    random_courses(GOV_GAPS_ZERO, GOV_FREQUENCY_DAY, 25);
    random_courses(GOV_GAPS_MISSING, GOV_FREQUENCY_DAY, 25);
    random_courses(GOV_GAPS_ZERO, GOV_FREQUENCY_WEEK, 5);
}
END_TEST

START_TEST(a_correction_changes_the_series_that_it_names_and_no_other)
{
    fill_truth();
    gov_trend_state *state = state_of(part(0, 20, 0, 80, GOV_FREQUENCY_DAY), GOV_GAPS_ZERO);
    gov_trend_state *before = reopened(state_of(part(0, 20, 0, 80, GOV_FREQUENCY_DAY), GOV_GAPS_ZERO));
    truth[4][79] = 100000;
    add(state, part(4, 5, 79, 80, GOV_FREQUENCY_DAY));
    gov_table *was = NULL;
    gov_table *is = NULL;
    ck_ok(gov_trend_state_findings(before, NULL, &was, &err));
    ck_ok(gov_trend_state_findings(state, NULL, &is, &err));
    for (int s = 0; s < 20; s++)
        same_number(is, "observed", s, s == 4 ? 100000 : number(was, "observed", s), !isnan(truth[s][79]));
    ck_assert(number(is, "ears_alarm", 4) == 1 && number(is, "essence_alarm", 4) == 1);
    gov_table_free(was);
    gov_table_free(is);
    gov_trend_state_free(state);
    gov_trend_state_free(before);
}
END_TEST

/* --- Refusals ------------------------------------------------------------------------------------------------------ */

START_TEST(panels_that_do_not_join_on_are_refused_and_change_nothing)
{
    fill_truth();
    gov_trend_state *state = state_of(part(0, 5, 10, 60, GOV_FREQUENCY_DAY), GOV_GAPS_ZERO);
    gov_text *before = NULL;
    gov_text *after = NULL;
    ck_ok(gov_trend_state_encode(state, &before, &err));
    gov_panel *late = part(0, 5, 61, 62, GOV_FREQUENCY_DAY);
    gov_panel *early = part(0, 5, 9, 62, GOV_FREQUENCY_DAY);
    gov_panel *weeks = part(0, 5, 1, 5, GOV_FREQUENCY_WEEK);
    gov_panel *nameless = NULL;
    double y = 1;
    ck_fails(gov_trend_state_add(state, late, NULL, &err), GOV_E_CONFLICT);
    ck_assert_str_eq(err.name, "2021-08-30");
    ck_fails(gov_trend_state_add(state, early, NULL, &err), GOV_E_CONFLICT);
    ck_assert_str_eq(err.name, "2021-07-11");
    ck_fails(gov_trend_state_add(state, weeks, NULL, &err), GOV_E_CONFLICT);
    ck_assert_str_eq(err.name, "frequency");
    ck_ok(gov_panel_of_array(&y, NULL, 1, 1, START + 60, GOV_FREQUENCY_DAY, &nameless, &err));
    ck_fails(gov_trend_state_add(state, nameless, NULL, &err), GOV_E_UNKNOWN_NAME);
    truth[2][60] = -1;
    gov_panel *negative = part(0, 5, 60, 61, GOV_FREQUENCY_DAY);
    ck_fails(gov_trend_state_add(state, negative, NULL, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 2);
    ck_ok(gov_trend_state_encode(state, &after, &err));
    ck_assert_int_eq(gov_text_size(before), gov_text_size(after));
    ck_assert_mem_eq(gov_text_data(before), gov_text_data(after), (size_t)gov_text_size(before));
    gov_panel_free(late);
    gov_panel_free(early);
    gov_panel_free(weeks);
    gov_panel_free(nameless);
    gov_panel_free(negative);
    gov_text_free(before);
    gov_text_free(after);
    gov_trend_state_free(state);
}
END_TEST

START_TEST(options_are_checked)
{
    fill_truth();
    gov_panel *panel = part(0, 2, 0, 20, GOV_FREQUENCY_DAY);
    gov_trend_state_options o = GOV_TREND_STATE_OPTIONS_INIT;
    gov_cusum_options cusum = GOV_CUSUM_OPTIONS_INIT;
    gov_trend_state *state = NULL;
    ck_fails(gov_trend_state_new(panel, NULL, &state, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "gaps");
    o.gaps = GOV_GAPS_ZERO;
    o.season = -1;
    ck_fails(gov_trend_state_new(panel, &o, &state, &err), GOV_E_ARGUMENT);
    o.season = 1;
    cusum.expected = truth[0];
    o.cusum = &cusum;
    ck_fails(gov_trend_state_new(panel, &o, &state, &err), GOV_E_ARGUMENT);
    ck_assert_str_eq(err.name, "expected");
    cusum.expected = NULL;
    cusum.mean = -1;
    ck_fails(gov_trend_state_new(panel, &o, &state, &err), GOV_E_ARGUMENT);
    ck_fails(gov_trend_state_new(NULL, &o, &state, &err), GOV_E_ARGUMENT);
    ck_assert_ptr_null(state);
    cusum.mean = 2;
    ck_ok(gov_trend_state_new(panel, &o, &state, &err));
    gov_trend_findings_options bad = GOV_TREND_FINDINGS_OPTIONS_INIT;
    gov_table *t = NULL;
    bad.alpha = 2;
    ck_fails(gov_trend_state_findings(state, &bad, &t, &err), GOV_E_ARGUMENT);
    ck_ok(gov_trend_state_findings(state, NULL, &t, &err));
    same_number(t, "cusum_expected", 0, 2, 1);
    gov_table_free(t);
    gov_trend_state_free(state);
    gov_panel_free(panel);
}
END_TEST

START_TEST(every_changed_byte_and_every_cut_is_refused)
{
    fill_truth();
    gov_trend_state *state = state_of(part(0, 4, 0, 35, GOV_FREQUENCY_DAY), GOV_GAPS_ZERO);
    gov_trend_state *out = NULL;
    gov_text *bytes = NULL;
    ck_ok(gov_trend_state_encode(state, &bytes, &err));
    int64_t size = gov_text_size(bytes);
    char *copy = gov_copy_text(gov_text_data(bytes), size);
    for (int64_t i = 0; i < size; i++) {
        copy[i] = (char)(copy[i] ^ 0x20);
        gov_status status = gov_trend_state_decode(copy, size, &out, &err);
        ck_assert_int_eq(status, i < 8 ? GOV_E_FORMAT : i < 12 ? GOV_E_VERSION : GOV_E_CORRUPT);
        copy[i] = (char)(copy[i] ^ 0x20);
        status = gov_trend_state_decode(copy, i, &out, &err);
        ck_assert_int_eq(status, i < 8 ? GOV_E_FORMAT : GOV_E_CORRUPT);
    }
    ck_assert_ptr_null(out);
    gov_free(copy);
    gov_text_free(bytes);
    gov_trend_state_free(state);
}
END_TEST

/* With a digest that fits: whatever the bytes say, reading them does not leave them and ends with a state or an error. */
START_TEST(bytes_that_contradict_themselves_are_refused)
{
    fill_truth();
    gov_trend_state *state = state_of(part(0, 4, 0, 35, GOV_FREQUENCY_DAY), GOV_GAPS_MISSING);
    gov_text *bytes = NULL;
    int64_t refused = 0;
    ck_ok(gov_trend_state_encode(state, &bytes, &err));
    int64_t size = gov_text_size(bytes);
    const int64_t inner = size - (GOV_DIGEST_TEXT - 1);
    source = gov_random_start(5, 0);
    for (int64_t i = 12; i < inner; i++) {
        char digest[GOV_DIGEST_TEXT];
        gov_trend_state *out = NULL;
        gov_table *t = NULL;
        char *copy = gov_copy_text(gov_text_data(bytes), size);
        copy[i] = (char)gov_random_below(&source, 256);
        gov_digest_of(copy, inner, digest);
        memcpy(copy + inner, digest, GOV_DIGEST_TEXT - 1);
        gov_status status = gov_trend_state_decode(copy, size, &out, &err);
        ck_assert(status == GOV_OK || status == GOV_E_CORRUPT);
        refused += status != GOV_OK;
        if (status == GOV_OK && gov_trend_state_findings(out, NULL, &t, &err) == GOV_OK)
            gov_table_free(t);
        gov_trend_state_free(out);
        gov_free(copy);
    }
    ck_assert_int_gt(refused, 100);
    gov_text_free(bytes);
    gov_trend_state_free(state);
}
END_TEST

START_TEST(a_state_is_saved_to_a_file_and_opened)
{
    fill_truth();
    char path[] = "/tmp/gov-state-XXXXXX";
    ck_assert_int_ge(mkstemp(path), 0);
    gov_trend_state *state = state_of(part(0, 30, 0, 90, GOV_FREQUENCY_DAY), GOV_GAPS_ZERO);
    gov_trend_state *again = NULL;
    ck_ok(gov_trend_state_save(state, path, &err));
    ck_ok(gov_trend_state_open(path, &again, &err));
    same_findings(state, again);
    ck_assert_int_eq(gov_table_rows(gov_trend_state_labels(again)), 30);
    gov_trend_state_free(again);
    FILE *file = fopen(path, "w");
    fputs("a,b\n", file);
    fclose(file);
    again = NULL;
    ck_fails(gov_trend_state_open(path, &again, &err), GOV_E_FORMAT);
    ck_assert_str_eq(err.file, path);
    remove(path);
    ck_fails(gov_trend_state_open(path, &again, &err), GOV_E_IO);
    ck_assert_ptr_null(again);
    gov_trend_state_free(state);
}
END_TEST

START_TEST(a_cancelled_day_changes_nothing)
{
    fill_truth();
    gov_trend_state *state = state_of(part(0, 30, 0, 60, GOV_FREQUENCY_DAY), GOV_GAPS_ZERO);
    gov_panel *day = part(0, 30, 60, 61, GOV_FREQUENCY_DAY);
    gov_trend_add_options o = GOV_TREND_ADD_OPTIONS_INIT;
    ck_ok(gov_run_new(&o.run, &err));
    gov_run_cancel(o.run);
    ck_fails(gov_trend_state_add(state, day, &o, &err), GOV_E_CANCELLED);
    ck_assert_int_eq(gov_trend_state_periods(state), 60);
    gov_run_free(o.run);
    gov_panel_free(day);
    gov_trend_state_free(state);
}
END_TEST

START_TEST(a_state_without_label_columns_has_one_series)
{
    gov_panel *panel = NULL;
    gov_table_builder *b = NULL;
    gov_table *table = NULL;
    gov_panel_options o = GOV_PANEL_OPTIONS_INIT;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "day", GOV_TYPE_DATE, NULL, &err));
    for (int t = 0; t < 40; t++)
        ck_ok(gov_table_builder_int64(b, 0, START + t % 20, &err));
    ck_ok(gov_table_builder_finish(b, &table, &err));
    gov_table_builder_free(b);
    o.time = "day";
    o.frequency = GOV_FREQUENCY_DAY;
    o.gaps = GOV_GAPS_ZERO;
    ck_ok(gov_panel_new(table, &o, &panel, &err));
    gov_table_free(table);
    gov_trend_state *state = reopened(state_of(panel, GOV_GAPS_ZERO));
    ck_assert_int_eq(gov_trend_state_series(state), 1);
    gov_table *t = NULL;
    ck_ok(gov_trend_state_findings(state, NULL, &t, &err));
    same_number(t, "observed", 0, 2, 1);
    gov_table_free(t);
    gov_trend_state_free(state);
}
END_TEST

START_TEST(failed_allocations_leave_nothing_behind)
{
    fill_truth();
    gov_panel *first = part(0, 9, 0, 40, GOV_FREQUENCY_DAY);
    gov_panel *next = part(5, 12, 39, 41, GOV_FREQUENCY_DAY);
    gov_trend_state_options o = GOV_TREND_STATE_OPTIONS_INIT;
    gov_trend_findings_options f = GOV_TREND_FINDINGS_OPTIONS_INIT;
    gov_trend_state *state = NULL;
    gov_trend_state *other = NULL;
    gov_table *t = NULL;
    gov_text *bytes = NULL;
    gov_panel *panel = NULL;
    o.gaps = GOV_GAPS_MISSING;
    f.farrington = 1;
    ck_every_allocation(gov_trend_state_new(first, &o, &other, &err), ck_assert_ptr_null(other),
                        gov_trend_state_free(other));
    ck_ok(gov_trend_state_new(first, &o, &state, &err));
    for (int64_t nth = 1;; nth++) {
        int64_t live = gov_alloc_live();
        gov_alloc_fail_at(nth);
        gov_status status = gov_trend_state_add(state, next, NULL, &err);
        int failed = gov_alloc_did_fail();
        gov_alloc_fail_at(0);
        if (!failed) {
            ck_assert_int_eq(status, GOV_OK);
            break;
        }
        ck_assert_int_eq(status, GOV_E_MEMORY);
        ck_assert_int_eq(gov_alloc_live(), live);
        ck_assert_int_eq(gov_trend_state_series(state), 9);
    }
    ck_every_allocation(gov_trend_state_findings(state, &f, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t));
    ck_every_allocation(gov_trend_state_panel(state, &panel, &err), ck_assert_ptr_null(panel),
                        gov_panel_free(panel));
    ck_every_allocation(gov_trend_state_encode(state, &bytes, &err), ck_assert_ptr_null(bytes),
                        gov_text_free(bytes));
    ck_ok(gov_trend_state_encode(state, &bytes, &err));
    other = NULL;
    ck_every_allocation(gov_trend_state_decode(gov_text_data(bytes), gov_text_size(bytes), &other, &err),
                        ck_assert_ptr_null(other), gov_trend_state_free(other));
    char path[] = "/tmp/gov-state-XXXXXX";
    ck_assert_int_ge(mkstemp(path), 0);
    ck_every_allocation(gov_trend_state_save(state, path, &err), ck_assert_int_eq(1, 1), (void)0);
    other = NULL;
    ck_every_allocation(gov_trend_state_open(path, &other, &err), ck_assert_ptr_null(other),
                        gov_trend_state_free(other));
    remove(path);
    gov_text_free(bytes);
    gov_trend_state_free(state);
    gov_panel_free(first);
    gov_panel_free(next);
}
END_TEST

GOV_TESTS("trend/state", the_findings_are_those_of_the_methods_on_the_whole_series,
          the_last_period_is_judged_by_farrington_if_asked_for,
          new_days_corrections_and_new_series_give_what_the_whole_panel_gives,
          a_correction_changes_the_series_that_it_names_and_no_other,
          panels_that_do_not_join_on_are_refused_and_change_nothing, options_are_checked,
          every_changed_byte_and_every_cut_is_refused, bytes_that_contradict_themselves_are_refused,
          a_state_is_saved_to_a_file_and_opened, a_cancelled_day_changes_nothing,
          a_state_without_label_columns_has_one_series, failed_allocations_leave_nothing_behind)
