/* Many meters, reading by reading: the episodes are those of each meter's whole series, to the bit. */
#include "govcore/trend/meters.h"
#include "base/digest.h"
#include "gov_check.h"
#include "stat/random.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MONDAY = 1614556800 /* 2021-03-01 00:00 */, MOST = 6000, HOMES = 5 };

static gov_error err = GOV_ERROR_INIT;
static gov_random source;

/* The readings of one meter. */
typedef struct series {
    int64_t time[MOST];
    double reading[MOST];
    int64_t count;
} series;

static series homes[HOMES];

/* Half-hourly readings with odd times, a night without use, sometimes days without; gaps, resets, a register that rolls
 * over at 100. */
static void draw(series *s, int64_t half_hours, double night)
{
    double total = 99;
    int64_t away_until = 0;
    s->count = 0;
    for (int64_t i = 0; i <= half_hours && s->count < MOST; i++) {
        int64_t hour = i / 2 % 24;
        if (gov_random_below(&source, 300) == 0)
            away_until = i + gov_random_below(&source, 120);
        int used = i > away_until && hour >= 6 && gov_random_below(&source, 4) == 0;
        total += used ? 0.001 * (double)gov_random_below(&source, 40) : hour < 6 ? night : 0;
        if (gov_random_below(&source, 900) == 0)
            total = 0;
        total = total >= 100 ? total - 100 : total;
        if (gov_random_below(&source, 400) == 0)
            i += gov_random_below(&source, 40); /* not heard of */
        if (gov_random_below(&source, 10) == 0)
            continue;
        s->time[s->count] =
            MONDAY + i * 1800 + (gov_random_below(&source, 3) == 0 ? gov_random_below(&source, 1800) : 0);
        s->reading[s->count++] = total;
    }
}

static gov_watch_options rules_of(const char *name, double silence_p)
{
    gov_watch_options o;
    ck_ok(gov_watch_preset(name, &o, &err));
    o.silence_p = silence_p;
    return o;
}

static gov_meters *meters_of(const gov_watch_options *rules)
{
    gov_meters *m = NULL;
    gov_meters_options o = GOV_METERS_OPTIONS_INIT;
    o.rules = rules;
    o.register_size = 100;
    ck_ok(gov_meters_new(&o, &m, &err));
    return m;
}

static const char *name_of(int home)
{
    static const char *const names[] = {"m1", "m2", "m3", "m4", "m5"};
    return names[home];
}

/* Readings [from, to) of every home, the homes interleaved. */
static gov_table *portion(const int64_t *from, const int64_t *to)
{
    gov_table_builder *b = NULL;
    gov_table *t = NULL;
    ck_ok(gov_table_builder_new(&b, &err));
    ck_ok(gov_table_builder_add(b, "meter", GOV_TYPE_UTF8, NULL, &err));
    ck_ok(gov_table_builder_add(b, "time", GOV_TYPE_TIMESTAMP, "s:", &err));
    ck_ok(gov_table_builder_add(b, "reading", GOV_TYPE_FLOAT64, NULL, &err));
    for (int64_t k = 0; k < MOST; k++)
        for (int h = 0; h < HOMES; h++) {
            int64_t i = to[h] - 1 - k; /* the last first */
            if (i < from[h])
                continue;
            ck_ok(gov_table_builder_text(b, 0, name_of(h), -1, &err));
            ck_ok(gov_table_builder_int64(b, 1, homes[h].time[i], &err));
            ck_ok(gov_table_builder_double(b, 2, homes[h].reading[i], &err));
        }
    ck_ok(gov_table_builder_finish(b, &t, &err));
    gov_table_builder_free(b);
    return t;
}

static gov_meters *reopened(gov_meters *m)
{
    gov_text *bytes = NULL;
    gov_meters *again = NULL;
    ck_ok(gov_meters_encode(m, &bytes, &err));
    ck_ok(gov_meters_decode(gov_text_data(bytes), gov_text_size(bytes), &again, &err));
    gov_text_free(bytes);
    gov_meters_free(m);
    return again;
}

/* The table as CSV without its column of meters, those of one meter only; equal texts are equal bits. */
static void lines_of(gov_table *t, const char *meter, char *out, size_t size)
{
    gov_text *csv = NULL;
    size_t at = 0;
    size_t skip = meter == NULL ? 0 : strlen(meter) + 1;
    ck_ok(gov_table_format_csv(t, &csv, &err));
    const char *line = strchr(gov_text_data(csv), '\n') + 1;
    while (*line != 0) {
        const char *end = strchr(line, '\n') + 1;
        size_t length = (size_t)(end - line);
        if (meter == NULL || (strncmp(line, meter, skip - 1) == 0 && line[skip - 1] == ',')) {
            ck_assert(at + length < size);
            memcpy(out + at, line + skip, length - skip);
            at += length - skip;
        }
        line = end;
    }
    out[at] = 0;
    gov_text_free(csv);
    gov_table_free(t);
}

/* What gov_watch says of all the readings of a home up to `count`. */
static void whole_of(const series *s, int64_t count, int64_t now, const gov_exempts *exempts,
                     const gov_watch_options *rules, char *out, size_t size)
{
    gov_slots *slots = NULL;
    gov_table *t = NULL;
    gov_slots_options o = GOV_SLOTS_OPTIONS_INIT;
    o.register_size = 100;
    o.now = now;
    ck_ok(gov_slots_of_register(s->time, s->reading, count, &o, &slots, &err));
    ck_ok(gov_watch(slots, exempts, rules, &t, &err));
    gov_slots_free(slots);
    lines_of(t, NULL, out, size);
}

static void same_as_whole(const gov_meters *m, const int64_t *to, const gov_exempts *exempts,
                          const gov_watch_options *rules)
{
    static char ours[1 << 18], theirs[1 << 18];
    for (int later = 0; later < 2; later++)
        for (int h = 0; h < HOMES; h++) {
            gov_table *t = NULL;
            gov_meters_run run = GOV_METERS_RUN_INIT;
            int64_t now = later ? homes[h].time[to[h] - 1] + 5 * 3600 * (h + 1) : 0;
            run.threads = 1 + later;
            if (to[h] < 2)
                continue;
            ck_ok(gov_meters_episodes(m, now, 0, &run, &t, &err));
            lines_of(t, name_of(h), ours, sizeof(ours));
            whole_of(&homes[h], to[h], now, h == 0 ? exempts : NULL, rules, theirs, sizeof(theirs));
            ck_assert_str_eq(ours, theirs);
        }
}

static void random_course(gov_watch_options rules, int64_t half_hours)
{
    static const int64_t from[] = {MONDAY + 5 * 86400, MONDAY + 9 * 86400};
    static const int64_t until[] = {MONDAY + 6 * 86400 + 700, MONDAY + 10 * 86400};
    static const uint8_t kind[] = {GOV_EXEMPT_AWAY, GOV_EXEMPT_CLEANING};
    const gov_exempts exempts = {(uint32_t)sizeof(gov_exempts), 2, from, until, kind};
    int64_t at[HOMES] = {0};
    gov_meters *m = meters_of(&rules);
    gov_table *told = NULL;
    ck_ok(gov_table_parse_csv(
        "meter,from,to,kind\nm1,1614988800,1615075900,away\nm1,1615334400,1615420800,cleaning\n", -1, NULL,
        NULL, &told, &err));
    ck_ok(gov_meters_exempt(m, told, &err));
    gov_table_free(told);
    for (int h = 0; h < HOMES; h++)
        draw(&homes[h], half_hours, h == 4 ? 0.0005 : 0);
    for (int64_t left = 1; left > 0;) {
        int64_t to[HOMES];
        left = 0;
        for (int h = 0; h < HOMES; h++) {
            to[h] = at[h] + gov_random_below(&source, gov_random_below(&source, 3) == 0 ? 400 : 5);
            to[h] = to[h] < homes[h].count ? to[h] : homes[h].count;
            left += homes[h].count - to[h];
        }
        gov_table *t = portion(at, to);
        ck_ok(gov_meters_add(m, t, NULL, NULL, &err));
        gov_table_free(t);
        memcpy(at, to, sizeof(at));
        if (gov_random_below(&source, 20) == 0)
            m = reopened(m);
        if (gov_random_below(&source, 60) == 0)
            same_as_whole(m, at, &exempts, &rules);
    }
    same_as_whole(m, at, &exempts, &rules);
    gov_meters_free(m);
}

START_TEST(portions_of_readings_give_what_the_whole_series_gives)
{
    const char *const names[] = {"jiangsulu", "daning", "longgang", "taicang", "liaocheng"};
    for (int i = 0; i < 5; i++) {
        source = gov_random_start(1, (uint64_t)i);
        random_course(rules_of(names[i], 0), 900);
    }
}
END_TEST

START_TEST(so_does_the_personal_baseline)
{
    source = gov_random_start(2, 0);
    random_course(rules_of("longgang", 0.001), 3000);
    random_course(rules_of("jiangsulu", 0.2), 2500);
}
END_TEST

/* --- Published rules over meters ------------------------------------------------------------------------------------- */

/* A reading every half hour; three uses a day, and none from half hour `from` to `to`. */
static void ordinary(series *s, int64_t half_hours, int64_t from, int64_t to)
{
    double total = 10;
    for (int64_t i = 0; i <= half_hours; i++) {
        int64_t slot = i % 48;
        s->time[i] = MONDAY + i * 1800;
        s->reading[i] = total;
        if ((slot == 14 || slot == 24 || slot == 38 || slot == 46) && (i < from || i >= to))
            total += 0.02;
    }
    s->count = half_hours + 1;
}

static gov_table *watched(gov_meters *m)
{
    int64_t from[HOMES] = {0};
    int64_t to[HOMES];
    gov_table *t = NULL;
    for (int h = 0; h < HOMES; h++)
        to[h] = homes[h].count;
    gov_table *readings = portion(from, to);
    ck_ok(gov_meters_add(m, readings, NULL, NULL, &err));
    gov_table_free(readings);
    ck_ok(gov_meters_episodes(m, 0, 0, NULL, &t, &err));
    return t;
}

static void ck_cell(const gov_table *t, int64_t row, int64_t column, const char *expected)
{
    const char *text = NULL;
    int64_t size = 0;
    ck_ok(gov_table_text(t, row, column, &text, &size, &err));
    ck_assert_msg((size_t)size == strlen(expected) && strncmp(text, expected, (size_t)size) == 0,
                  "row %lld: %.*s", (long long)row, (int)size, text);
}

/* Jiangsu Road: twelve hours under 0.01 m3. Zhuhai 2025: at her daughter's home, a false alarm where it was not said. */
START_TEST(one_meter_of_five_is_silent_and_is_named)
{
    gov_watch_options rules = rules_of("jiangsulu", 0);
    for (int said = 0; said < 2; said++) {
        gov_meters *m = meters_of(&rules);
        gov_table *away = NULL;
        for (int h = 0; h < HOMES; h++)
            ordinary(&homes[h], 6 * 48, h == 3 ? 100 : 0, h == 3 ? 200 : 0);
        ck_ok(gov_table_parse_csv("meter,from,to,kind\nm4,1614733200,1614920400,away\n", -1, NULL, NULL,
                                  &away, &err));
        if (said)
            ck_ok(gov_meters_exempt(m, away, &err));
        gov_table *t = watched(m);
        ck_assert_int_eq(gov_table_rows(t), !said);
        if (!said) {
            ck_cell(t, 0, 0, "m4");
            ck_cell(t, 0, 1, "no_use");
            ck_cell(t, 0, 2, "person");
        }
        gov_table_free(t);
        gov_table_free(away);
        gov_meters_free(m);
    }
}
END_TEST

/* Daning: over 2 m3 a day. The other false alarm of Zhuhai 2025: a big cleaning. */
START_TEST(a_big_cleaning_is_no_alarm_when_it_was_said)
{
    gov_watch_options rules = rules_of("daning", 0);
    for (int said = 0; said < 2; said++) {
        gov_meters *m = meters_of(&rules);
        gov_table *cleaning = NULL;
        for (int h = 0; h < HOMES; h++)
            ordinary(&homes[h], 6 * 48, 0, 0);
        for (int64_t i = 3 * 48 + 20; i < homes[1].count; i++)
            homes[1].reading[i] += 0.25 * (double)(i < 3 * 48 + 30 ? i - 3 * 48 - 19 : 10);
        ck_ok(gov_table_parse_csv("meter,from,to,kind\nm2,1614844800,1614873600,cleaning\n", -1, NULL, NULL,
                                  &cleaning, &err));
        if (said)
            ck_ok(gov_meters_exempt(m, cleaning, &err));
        gov_table *t = watched(m);
        ck_assert_int_eq(gov_table_rows(t), !said);
        if (!said) {
            ck_cell(t, 0, 0, "m2");
            ck_cell(t, 0, 1, "too_much");
        }
        gov_table_free(t);
        gov_table_free(cleaning);
        gov_meters_free(m);
    }
}
END_TEST

START_TEST(a_meter_that_falls_silent_is_a_device_offline)
{
    gov_watch_options rules = rules_of("jiangsulu", 0);
    gov_meters *m = meters_of(&rules);
    gov_table *t = NULL;
    for (int h = 0; h < HOMES; h++)
        ordinary(&homes[h], h == 2 ? 60 : 96, 0, 0);
    gov_table_free(watched(m));
    ck_ok(gov_meters_episodes(m, MONDAY + 96 * 1800, 0, NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 1);
    ck_cell(t, 0, 0, "m3");
    ck_cell(t, 0, 1, "offline");
    ck_cell(t, 0, 2, "device");
    gov_table_free(t);
    gov_meters_free(m);
}
END_TEST

/* --- Rows that cannot be used ------------------------------------------------------------------------------------------ */

START_TEST(rows_that_cannot_be_used_are_listed_or_fail_the_call)
{
    gov_meters *m = meters_of(NULL);
    gov_table *t = NULL;
    gov_table *refused = NULL;
    const char *csv = "meter,time,reading\n"
                      "a,3600,5\n"
                      "a,1800,4\n"
                      ",1800,4\n"
                      "a,7200,\n"
                      "a,9000,-1\n"
                      "b,9000,100\n"
                      "a,3600,6\n"
                      "a,,6\n";
    ck_ok(gov_table_parse_csv(csv, -1, NULL, NULL, &t, &err));
    ck_fails(gov_meters_add(m, t, NULL, NULL, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 2);
    ck_assert_int_eq(gov_meters_count(m), 0);
    ck_ok(gov_meters_add(m, t, NULL, &refused, &err));
    ck_assert_int_eq(gov_table_rows(refused), 6);
    const char *const reasons[] = {"missing", "missing", "number", "number", "late", "missing"};
    const int64_t rows[] = {2, 3, 4, 5, 6, 7};
    for (int64_t i = 0; i < 6; i++) {
        int64_t row;
        ck_ok(gov_table_copy_int64s(refused, 0, i, 1, &row, NULL, &err));
        ck_assert_int_eq(row, rows[i]);
        ck_cell(refused, i, 2, reasons[i]);
    }
    gov_table_free(refused);
    gov_table_free(t);
    ck_ok(gov_table_parse_csv("meter,time,reading\na,3600,9\n", -1, NULL, NULL, &t, &err));
    ck_fails(gov_meters_add(m, t, NULL, NULL, &err), GOV_E_RANGE); /* late: a judgement is not taken back */
    gov_table_free(t);
    gov_meters_free(m);
}
END_TEST

START_TEST(bad_tables_options_and_exemptions_are_refused)
{
    static const struct {
        const char *csv;
        gov_status status;
        int64_t row;
    } bad[] = {{"meter,from,to\na,1,2\n", GOV_E_UNKNOWN_NAME, -1},
               {"meter,from,to,kind\na,1,2,party\n", GOV_E_FORMAT, 0},
               {"meter,from,to,kind\na,1,5,away\na,2,2,away\n", GOV_E_RANGE, 1},
               {"meter,from,to,kind\na,1,5,away\na,,9,away\n", GOV_E_MISSING, 1},
               {"meter,from,to,kind\na,1,5,away\na,2,,away\n", GOV_E_MISSING, 1},
               {"meter,from,to,kind\na,x,5,away\n", GOV_E_TYPE, -1},
               {"meter,from,to,kind\na,-90000000000000,5,away\n", GOV_E_RANGE, 0}};
    gov_meters *m = meters_of(NULL);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        gov_table *t = NULL;
        ck_ok(gov_table_parse_csv(bad[i].csv, -1, NULL, NULL, &t, &err));
        err.row = -1;
        ck_fails(gov_meters_exempt(m, t, &err), bad[i].status);
        ck_assert_int_eq(err.row, bad[i].row);
        gov_table_free(t);
    }
    ck_assert_int_eq(gov_meters_count(m), 0);
    gov_meters_free(m);
    gov_meters_options o = GOV_METERS_OPTIONS_INIT;
    o.register_size = -1;
    m = NULL;
    ck_fails(gov_meters_new(&o, &m, &err), GOV_E_ARGUMENT);
    o.register_size = 0;
    o.offline_hours = -1;
    ck_fails(gov_meters_new(&o, &m, &err), GOV_E_ARGUMENT);
    ck_assert_ptr_null(m);
}
END_TEST

START_TEST(ended_episodes_are_left_out_or_forgotten)
{
    gov_watch_options rules = rules_of("jiangsulu", 0);
    gov_meters *m = meters_of(&rules);
    gov_table *t = NULL;
    for (int h = 0; h < HOMES; h++)
        ordinary(&homes[h], 6 * 48, h == 3 ? 100 : 0, h == 3 ? 200 : 0);
    gov_table_free(watched(m));
    ck_ok(gov_meters_episodes(m, 0, MONDAY + 6 * 86400, NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    gov_meters_forget(m, MONDAY);
    ck_ok(gov_meters_episodes(m, 0, 0, NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 1);
    gov_table_free(t);
    gov_meters_forget(m, MONDAY + 6 * 86400);
    ck_ok(gov_meters_episodes(m, 0, 0, NULL, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 0);
    gov_table_free(t);
    gov_meters_free(m);
}
END_TEST

/* --- Keeping ----------------------------------------------------------------------------------------------------------- */

static gov_meters *some_meters(void)
{
    gov_watch_options rules = rules_of("jiangsulu", 0.001);
    gov_meters *m = meters_of(&rules);
    for (int h = 0; h < HOMES; h++)
        ordinary(&homes[h], 60, h == 3 ? 30 : 0, h == 3 ? 60 : 0);
    gov_table_free(watched(m));
    gov_table *t = NULL;
    ck_ok(
        gov_table_parse_csv("meter,from,to,kind\nm2,1614733200,1704920400,away\n", -1, NULL, NULL, &t, &err));
    ck_ok(gov_meters_exempt(m, t, &err));
    gov_table_free(t);
    return m;
}

START_TEST(every_changed_byte_is_refused)
{
    gov_meters *m = some_meters();
    gov_meters *out = NULL;
    gov_text *bytes = NULL;
    ck_ok(gov_meters_encode(m, &bytes, &err));
    int64_t size = gov_text_size(bytes);
    char *copy = gov_copy_text(gov_text_data(bytes), size);
    for (int64_t i = 0; i < size; i += 1 + i / 500) {
        copy[i] = (char)(copy[i] ^ 4);
        ck_assert_int_eq(gov_meters_decode(copy, size, &out, &err), i < 8    ? GOV_E_FORMAT
                                                                    : i < 12 ? GOV_E_VERSION
                                                                             : GOV_E_CORRUPT);
        copy[i] = (char)(copy[i] ^ 4);
        ck_assert_int_eq(gov_meters_decode(copy, i, &out, &err), i < 8 ? GOV_E_FORMAT : GOV_E_CORRUPT);
    }
    ck_assert_ptr_null(out);
    gov_free(copy);
    gov_text_free(bytes);
    gov_meters_free(m);
}
END_TEST

/* With a digest that fits: whatever the bytes say, it ends with meters that can be asked, or an error. */
START_TEST(bytes_that_contradict_themselves_do_no_harm)
{
    gov_meters *m = some_meters();
    gov_text *bytes = NULL;
    int64_t refused = 0;
    ck_ok(gov_meters_encode(m, &bytes, &err));
    int64_t size = gov_text_size(bytes);
    const int64_t inner = size - (GOV_DIGEST_TEXT - 1);
    source = gov_random_start(6, 0);
    for (int64_t i = 12; i < inner; i += 1 + i / 800) {
        char digest[GOV_DIGEST_TEXT];
        gov_meters *out = NULL;
        gov_table *t = NULL;
        char *copy = gov_copy_text(gov_text_data(bytes), size);
        copy[i] = (char)gov_random_below(&source, 256);
        gov_digest_of(copy, inner, digest);
        memcpy(copy + inner, digest, GOV_DIGEST_TEXT - 1);
        gov_status status = gov_meters_decode(copy, size, &out, &err);
        ck_assert(status == GOV_OK || status == GOV_E_CORRUPT);
        refused += status != GOV_OK;
        if (status == GOV_OK && gov_meters_episodes(out, 0, 0, NULL, &t, &err) == GOV_OK)
            gov_table_free(t);
        gov_meters_free(out);
        gov_free(copy);
    }
    ck_assert_int_gt(refused, 50);
    gov_text_free(bytes);
    gov_meters_free(m);
}
END_TEST

START_TEST(meters_are_saved_to_a_file_and_opened)
{
    char path[] = "/tmp/gov-meters-XXXXXX";
    ck_assert_int_ge(mkstemp(path), 0);
    gov_meters *m = some_meters();
    gov_meters *again = NULL;
    ck_ok(gov_meters_save(m, path, &err));
    ck_ok(gov_meters_open(path, &again, &err));
    ck_assert_int_eq(gov_meters_count(again), HOMES);
    gov_meters_free(again);
    remove(path);
    again = NULL;
    ck_fails(gov_meters_open(path, &again, &err), GOV_E_IO);
    ck_assert_ptr_null(again);
    gov_meters_free(m);
}
END_TEST

START_TEST(failed_allocations_leave_nothing_behind)
{
    gov_meters *m = some_meters();
    gov_meters *other = NULL;
    gov_table *readings = NULL;
    gov_table *told = NULL;
    gov_table *t = NULL;
    gov_table *refused = NULL;
    gov_text *bytes = NULL;
    ck_ok(gov_table_parse_csv("meter,time,reading\nm1,1614900000,50\nm6,1614900000,50\nm1,5,50\n", -1, NULL,
                              NULL, &readings, &err));
    ck_ok(gov_table_parse_csv("meter,from,to,kind\nm7,1614733200,1704920400,away\n", -1, NULL, NULL, &told,
                              &err));
    ck_every_allocation(gov_meters_new(NULL, &other, &err), ck_assert_ptr_null(other),
                        gov_meters_free(other));
    ck_every_allocation(gov_meters_episodes(m, MONDAY + 86400 * 9, 0, NULL, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t));
    ck_every_allocation(gov_meters_encode(m, &bytes, &err), ck_assert_ptr_null(bytes), gov_text_free(bytes));
    ck_ok(gov_meters_encode(m, &bytes, &err));
    for (int exempt = 0; exempt < 2; exempt++)
        for (int64_t nth = 1, failed = 1; failed; nth++) {
            other = NULL;
            refused = NULL;
            ck_ok(gov_meters_decode(gov_text_data(bytes), gov_text_size(bytes), &other, &err));
            gov_alloc_fail_at(nth);
            gov_status status = exempt ? gov_meters_exempt(other, told, &err)
                                       : gov_meters_add(other, readings, NULL, &refused, &err);
            failed = gov_alloc_did_fail();
            gov_alloc_fail_at(0);
            ck_assert_int_eq(status, failed ? GOV_E_MEMORY : GOV_OK);
            ck_assert_int_eq(gov_meters_count(other), failed ? HOMES : HOMES + 1);
            gov_table_free(refused);
            gov_meters_free(other);
        }
    other = NULL;
    ck_every_allocation(gov_meters_decode(gov_text_data(bytes), gov_text_size(bytes), &other, &err),
                        ck_assert_ptr_null(other), gov_meters_free(other));
    char path[] = "/tmp/gov-meters-XXXXXX";
    ck_assert_int_ge(mkstemp(path), 0);
    ck_every_allocation(gov_meters_save(m, path, &err), ck_assert_int_eq(1, 1), (void)0);
    other = NULL;
    ck_every_allocation(gov_meters_open(path, &other, &err), ck_assert_ptr_null(other),
                        gov_meters_free(other));
    remove(path);
    gov_text_free(bytes);
    gov_table_free(readings);
    gov_table_free(told);
    gov_meters_free(m);
    ck_assert_int_eq(gov_alloc_live(), 0);
}
END_TEST

GOV_TESTS("trend/meters", portions_of_readings_give_what_the_whole_series_gives,
          so_does_the_personal_baseline, one_meter_of_five_is_silent_and_is_named,
          a_big_cleaning_is_no_alarm_when_it_was_said, a_meter_that_falls_silent_is_a_device_offline,
          rows_that_cannot_be_used_are_listed_or_fail_the_call, bad_tables_options_and_exemptions_are_refused,
          ended_episodes_are_left_out_or_forgotten, every_changed_byte_is_refused,
          bytes_that_contradict_themselves_do_no_harm, meters_are_saved_to_a_file_and_opened,
          failed_allocations_leave_nothing_behind)
