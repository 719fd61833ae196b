/* Rules for people who live alone: the published ones, and the false alarms that were published with them. */
#include "govcore/trend.h"
#include "gov_check.h"
#include "table_check.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

/* A home for up to eight weeks: a register read every half hour from Monday 2021-03-01 00:00. */
enum { HALF_HOURS = 8 * 336, START = 1614556800 };
static int64_t times[HALF_HOURS + 1];
static double readings[HALF_HOURS + 1];
static double uses[HALF_HOURS]; /* of each half hour */

/* 20 litres at 7:00, 12:00 and 19:00 of every day. */
static void live(int64_t days)
{
    memset(uses, 0, sizeof(uses));
    for (int64_t d = 0; d < days; d++)
        uses[d * 48 + 14] = uses[d * 48 + 24] = uses[d * 48 + 38] = 0.02;
}

static int64_t at(int64_t day, int64_t half_hour)
{
    return START + (day * 48 + half_hour) * 1800;
}

static void read_register(int64_t half_hours)
{
    double total = 1000;
    for (int64_t i = 0; i <= half_hours; i++) {
        times[i] = START + i * 1800;
        readings[i] = total;
        total += i < half_hours ? uses[i] : 0;
    }
}

static gov_slots *slots_of(int64_t half_hours)
{
    gov_slots *s = NULL;
    read_register(half_hours);
    ck_ok(gov_slots_of_register(times, readings, half_hours + 1, NULL, &s, &err));
    ck_assert_int_eq(gov_slots_count(s), half_hours);
    return s;
}

static gov_watch_options rule(const char *name)
{
    gov_watch_options o;
    ck_ok(gov_watch_preset(name, &o, &err));
    return o;
}

static gov_table *watched(gov_slots *slots, const gov_exempts *exempts, gov_watch_options o)
{
    gov_table *t = NULL;
    ck_ok(gov_watch(slots, exempts, &o, &t, &err));
    gov_slots_free(slots);
    return t;
}

/* ended 0: it lasts. */
static void check_episode(const gov_table *t, int64_t row, const char *name, int64_t began, int64_t raised,
                          int64_t ended)
{
    const int64_t expected[] = {began, raised, ended};
    ck_text_at(t, row, 0, name);
    for (int64_t c = 0; c < 3; c++) {
        int64_t value;
        uint8_t valid;
        ck_ok(gov_table_copy_int64s(t, 2 + c, row, 1, &value, &valid, &err));
        ck_assert_int_eq(valid, expected[c] != 0);
        ck_assert_int_eq(value, expected[c]);
    }
}

START_TEST(twelve_hours_without_use_are_one_episode)
{
    live(6);
    uses[2 * 48 + 24] = uses[2 * 48 + 38] = uses[3 * 48 + 14] =
        0; /* nothing from day 2, 7:30 to day 3, 12:00 */
    gov_table *t = watched(slots_of(6 * 48), NULL, rule("jiangsulu"));
    ck_assert_int_eq(gov_table_rows(t), 1);
    /* Raised 12 h after the use at 7:00-7:30 has left the window; over two hours after the next use was read. */
    check_episode(t, 0, "no_use", at(2, 15), at(2, 39), at(3, 24 + 4));
    ck_text_at(t, 0, 1, "person");
    ck_text_at(t, 0, 7, "自 2021-03-03 07:30 起 12 小时用量 0，低于 0.01：请联系本人。");
    gov_table_free(t);
}
END_TEST

START_TEST(an_ordinary_week_raises_nothing)
{
    const char *const rules[] = {"jiangsulu", "daning", "longgang", "taicang", "liaocheng"};
    for (int i = 0; i < 5; i++) {
        live(7);
        for (int64_t d = 0; d < 7; d++)
            uses[d * 48 + 46] = 0.01; /* at 23:00, so that no night is longer than 12 hours */
        gov_table *t = watched(slots_of(7 * 48), NULL, rule(rules[i]));
        ck_assert_int_eq(gov_table_rows(t), 0);
        gov_table_free(t);
    }
}
END_TEST

START_TEST(exactly_the_limit_is_not_below_it)
{
    live(3);
    uses[48 + 24] = 0;
    uses[48 + 38] = 0;
    uses[48 + 30] = 0.0125;
    gov_table *t = watched(slots_of(2 * 48), NULL, rule("jiangsulu"));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    uses[48 + 30] = 0.0085;
    t = watched(slots_of(2 * 48), NULL, rule("jiangsulu"));
    ck_assert_int_eq(gov_table_rows(t), 1);
    gov_table_free(t);
}
END_TEST

START_TEST(a_silent_meter_is_a_device_offline_and_never_a_person_at_risk)
{
    gov_slots *s = NULL;
    live(6);
    read_register(6 * 48);
    int64_t n = 0;
    for (int64_t i = 0; i <= 6 * 48; i++) { /* no reading from day 2, 9:00 to day 4, 9:00 */
        if (i > 2 * 48 + 18 && i < 4 * 48 + 18)
            continue;
        times[n] = times[i];
        readings[n++] =
            readings[2 * 48 + 18 < i ? 2 * 48 + 18 : i]; /* and the register stands still after it */
    }
    ck_ok(gov_slots_of_register(times, readings, n, NULL, &s, &err));
    gov_table *t = watched(s, NULL, rule("jiangsulu"));
    ck_assert_int_eq(gov_table_rows(t), 2);
    check_episode(t, 0, "offline", at(2, 18), at(2, 18 + 12), at(4, 18));
    ck_text_at(t, 0, 1, "device");
    check_episode(t, 1, "no_use", at(4, 18), at(4, 18 + 24),
                  0); /* twelve hours of readings, not of silence */
    gov_table_free(t);
}
END_TEST

START_TEST(a_meter_that_is_silent_now_is_offline_now)
{
    gov_slots *s = NULL;
    gov_slots_options o = GOV_SLOTS_OPTIONS_INIT;
    live(2);
    read_register(2 * 48);
    o.now = at(2, 13);
    ck_ok(gov_slots_of_register(times, readings, 2 * 48 + 1, &o, &s, &err));
    gov_table *t = watched(s, NULL, rule("jiangsulu"));
    ck_assert_int_eq(gov_table_rows(t), 1);
    check_episode(t, 0, "offline", at(2, 0), at(2, 12), 0);
    gov_table_free(t);
    o.now = at(2, 11);
    ck_ok(gov_slots_of_register(times, readings, 2 * 48 + 1, &o, &s, &err));
    t = watched(s, NULL, rule("jiangsulu"));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
}
END_TEST

/* Zhuhai 2025: the two false alarms that were reported. */
START_TEST(at_her_daughters_home_is_no_alarm_when_it_was_said)
{
    const int64_t from[] = {at(2, 20)};
    const int64_t to[] = {at(5, 20)};
    const uint8_t kind[] = {GOV_EXEMPT_AWAY};
    gov_exempts away = GOV_EXEMPTS_INIT;
    away.count = 1;
    away.from = from;
    away.to = to;
    away.kind = kind;
    live(7);
    memset(uses + 2 * 48 + 20, 0, 3 * 48 * sizeof(double));
    gov_table *t = watched(slots_of(7 * 48), &away, rule("jiangsulu"));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    t = watched(slots_of(7 * 48), NULL, rule("jiangsulu"));
    ck_assert_int_eq(gov_table_rows(t), 1);
    gov_table_free(t);
}
END_TEST

START_TEST(a_big_cleaning_is_no_alarm_when_it_was_said)
{
    const int64_t from[] = {at(3, 16)};
    const int64_t to[] = {at(3, 36)};
    const uint8_t kind[] = {GOV_EXEMPT_CLEANING};
    gov_exempts cleaning = GOV_EXEMPTS_INIT;
    cleaning.count = 1;
    cleaning.from = from;
    cleaning.to = to;
    cleaning.kind = kind;
    live(7);
    for (int64_t i = 18; i < 34; i++)
        uses[3 * 48 + i] = 0.15;
    gov_table *t = watched(slots_of(7 * 48), &cleaning, rule("daning"));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    t = watched(slots_of(7 * 48), NULL, rule("daning"));
    ck_assert_int_eq(gov_table_rows(t), 1);
    ck_text_at(t, 0, 0, "too_much");
    gov_table_free(t);
}
END_TEST

START_TEST(use_in_every_half_hour_of_a_day_is_a_leak)
{
    live(4);
    for (int64_t i = 48 + 10; i < 48 + 10 + 60; i++)
        uses[i] += 0.002;
    gov_table *t = watched(slots_of(4 * 48), NULL, rule("longgang"));
    ck_assert_int_eq(gov_table_rows(t), 1);
    check_episode(t, 0, "leak", at(1, 10), at(2, 10), at(2, 10 + 12 + 4));
    ck_text_at(t, 0, 1, "home");
    gov_table_free(t);
    uses[48 + 30] = 0; /* one half hour without */
    t = watched(slots_of(3 * 48), NULL, rule("longgang"));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
}
END_TEST

/* One reading a day cannot tell of a half hour: the even share of a day's use is no leak. */
START_TEST(a_daily_reading_is_no_leak)
{
    gov_slots *s = NULL;
    gov_slots_options o = GOV_SLOTS_OPTIONS_INIT;
    double day[7];
    int64_t when[7];
    for (int i = 0; i < 7; i++) {
        when[i] = at(i, 16);
        day[i] = 10 + 0.2 * i;
    }
    o.offline_hours = 30;
    ck_ok(gov_slots_of_register(when, day, 7, &o, &s, &err));
    gov_table *t = watched(s, NULL, rule("longgang"));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
}
END_TEST

START_TEST(a_rolled_over_register_counts_on_and_a_reset_one_is_not_known)
{
    const int64_t when[] = {0, 1800, 3600, 5400};
    const double rolled[] = {9999.98, 9999.995, 0.01, 0.03};
    const double reset[] = {500, 500.5, 3, 3.25};
    gov_slots_options o = GOV_SLOTS_OPTIONS_INIT;
    gov_slots *s = NULL;
    double amounts[3];
    uint8_t known[3];
    o.register_size = 10000;
    ck_ok(gov_slots_of_register(when, rolled, 4, &o, &s, &err));
    gov_slots_copy(s, amounts, known);
    ck_near(amounts[1], 0.015, 1e-9);
    ck_assert_int_eq(known[1], 1);
    ck_assert_int_eq(gov_slots_resets(s), 0);
    gov_slots_free(s);
    ck_ok(gov_slots_of_register(when, reset, 4, &o, &s, &err));
    gov_slots_copy(s, amounts, known);
    ck_assert_int_eq(known[1], 0);
    ck_assert_double_eq(amounts[1], 0);
    ck_near(amounts[2], 0.25, 1e-12);
    ck_assert_int_eq(gov_slots_resets(s), 1);
    gov_slots_free(s);
}
END_TEST

START_TEST(odd_times_are_spread_over_the_half_hours_between)
{
    const int64_t when[] = {900, 4500};
    const double r[] = {1, 1.4};
    gov_slots *s = NULL;
    double amounts[3];
    ck_ok(gov_slots_of_register(when, r, 2, NULL, &s, &err));
    ck_assert_int_eq(gov_slots_count(s), 3);
    gov_slots_copy(s, amounts, NULL);
    ck_near(amounts[0], 0.1, 1e-12);
    ck_near(amounts[1], 0.2, 1e-12);
    ck_near(amounts[2], 0.1, 1e-12);
    gov_slots_free(s);
}
END_TEST

START_TEST(a_door_that_did_not_open_for_a_day_is_an_episode_while_its_heart_beats)
{
    int64_t beats[4 * 24];
    const int64_t opened[] = {at(0, 16), at(0, 34), at(3, 20)};
    gov_slots *s = NULL;
    for (int i = 0; i < 4 * 24; i++)
        beats[i] = START + i * 3600;
    ck_ok(gov_slots_of_events(opened, 3, beats, 4 * 24, NULL, &s, &err));
    gov_table *t = watched(s, NULL, rule("door"));
    ck_assert_int_eq(gov_table_rows(t), 1);
    check_episode(t, 0, "no_use", at(0, 35), at(1, 35), at(3, 24));
    gov_table_free(t);
    ck_ok(gov_slots_of_events(opened, 3, NULL, 0, NULL, &s, &err));
    t = watched(s, NULL, rule("door"));
    for (int64_t i = 0; i < gov_table_rows(t); i++)
        ck_text_at(t, i, 0, "offline");
    ck_assert_int_eq(gov_table_rows(t), 2);
    gov_table_free(t);
}
END_TEST

/* By hand: of 4 weeks, Monday 7:00 had use in all; the overall rate is (3 x 28 + 1) / (1344 + 2). */
START_TEST(the_personal_baseline_is_the_rate_of_the_same_half_hour)
{
    double rate[GOV_WEEK_SLOTS];
    int64_t seen[GOV_WEEK_SLOTS];
    live(28);
    gov_slots *s = slots_of(28 * 48);
    ck_ok(gov_slots_baseline(s, NULL, 0, rate, seen, &err));
    double overall = (3.0 * 28 + 1) / (28 * 48 + 2);
    ck_assert_int_eq(seen[14], 4);
    ck_near(rate[14], (4 + 2 * overall) / 6, 1e-14);
    ck_near(rate[15], 2 * overall / 6, 1e-14);
    ck_near(gov_silence_probability(rate, at(0, 14), 1), (1 - rate[14]) * (1 - rate[15]), 1e-14);
    ck_ok(gov_slots_baseline(s, NULL, at(7, 0), rate, seen, &err));
    ck_assert_int_eq(seen[14], 1);
    gov_slots_free(s);
}
END_TEST

START_TEST(a_silence_that_is_long_for_this_person_is_an_episode)
{
    gov_watch_options o = GOV_WATCH_OPTIONS_INIT;
    o.no_use_hours = o.too_much_hours = o.leak_hours = -1;
    o.silence_p = 0.001;
    live(56);
    memset(uses + 50 * 48, 0, 6 * 48 * sizeof(double));
    gov_table *t = watched(slots_of(52 * 48), NULL, o);
    ck_assert_int_eq(gov_table_rows(t), 1);
    ck_text_at(t, 0, 0, "silence");
    gov_table_free(t);
    live(56);
    t = watched(slots_of(52 * 48), NULL, o);
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
}
END_TEST

START_TEST(bad_input_is_refused_with_its_row)
{
    const int64_t when[] = {0, 1800, 1800};
    const double r[] = {1, 2, 3};
    const double bad[] = {1, NAN, 3};
    const int64_t good[] = {0, 1800, 3600};
    gov_slots *s = NULL;
    gov_watch_options o;
    gov_slots_options so = GOV_SLOTS_OPTIONS_INIT;
    ck_fails(gov_slots_of_register(when, r, 3, NULL, &s, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 2);
    ck_fails(gov_slots_of_register(good, bad, 3, NULL, &s, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_fails(gov_slots_of_register(good, r, 1, NULL, &s, &err), GOV_E_NO_DATA);
    so.register_size = 3;
    ck_fails(gov_slots_of_register(good, r, 3, &so, &s, &err), GOV_E_RANGE);
    so.register_size = 0;
    so.now = 100;
    ck_fails(gov_slots_of_register(good, r, 3, &so, &s, &err), GOV_E_ARGUMENT);
    ck_fails(gov_slots_of_events(NULL, 0, NULL, 0, NULL, &s, &err), GOV_E_NO_DATA);
    ck_fails(gov_watch_preset("nobody", &o, &err), GOV_E_UNKNOWN_NAME);
    ck_assert_ptr_null(s);
}
END_TEST

START_TEST(bad_rules_and_exemptions_are_refused)
{
    const int64_t from[] = {at(0, 1)};
    const uint8_t kind[] = {GOV_EXEMPT_AWAY};
    gov_exempts e = GOV_EXEMPTS_INIT;
    gov_watch_options o = GOV_WATCH_OPTIONS_INIT;
    gov_table *t = NULL;
    live(2);
    gov_slots *s = slots_of(2 * 48);
    e.count = 1;
    e.from = e.to = from;
    e.kind = kind;
    ck_fails(gov_watch(s, &e, NULL, &t, &err), GOV_E_ARGUMENT);
    o.clear_hours = -1;
    ck_fails(gov_watch(s, NULL, &o, &t, &err), GOV_E_ARGUMENT);
    o.clear_hours = 0;
    o.silence_p = 2;
    ck_fails(gov_watch(s, NULL, &o, &t, &err), GOV_E_ARGUMENT);
    ck_fails(gov_watch(NULL, NULL, NULL, &t, &err), GOV_E_ARGUMENT);
    ck_assert_ptr_null(t);
    gov_slots_free(s);
}
END_TEST

START_TEST(no_allocation_failure_leaks_or_writes)
{
    gov_slots *s = NULL;
    gov_table *t = NULL;
    double rate[GOV_WEEK_SLOTS];
    const int64_t opened[] = {0, 7200};
    live(4);
    uses[48 + 24] = uses[48 + 38] = 0;
    read_register(3 * 48);
    ck_every_allocation(gov_slots_of_register(times, readings, 3 * 48 + 1, NULL, &s, &err),
                        ck_assert_ptr_null(s), (gov_slots_free(s), s = NULL));
    ck_every_allocation(gov_slots_of_events(opened, 2, NULL, 0, NULL, &s, &err), ck_assert_ptr_null(s),
                        (gov_slots_free(s), s = NULL));
    s = slots_of(3 * 48);
    ck_every_allocation(gov_watch(s, NULL, NULL, &t, &err), ck_assert_ptr_null(t),
                        (gov_table_free(t), t = NULL));
    ck_every_allocation(gov_slots_baseline(s, NULL, 0, rate, NULL, &err), (void)0, (void)0);
    gov_slots_free(s);
}
END_TEST

GOV_TESTS("trend/sensors", twelve_hours_without_use_are_one_episode, an_ordinary_week_raises_nothing,
          exactly_the_limit_is_not_below_it, a_silent_meter_is_a_device_offline_and_never_a_person_at_risk,
          a_meter_that_is_silent_now_is_offline_now, at_her_daughters_home_is_no_alarm_when_it_was_said,
          a_big_cleaning_is_no_alarm_when_it_was_said, use_in_every_half_hour_of_a_day_is_a_leak,
          a_daily_reading_is_no_leak, a_rolled_over_register_counts_on_and_a_reset_one_is_not_known,
          odd_times_are_spread_over_the_half_hours_between,
          a_door_that_did_not_open_for_a_day_is_an_episode_while_its_heart_beats,
          the_personal_baseline_is_the_rate_of_the_same_half_hour,
          a_silence_that_is_long_for_this_person_is_an_episode, bad_input_is_refused_with_its_row,
          bad_rules_and_exemptions_are_refused, no_allocation_failure_leaks_or_writes)
