/* Measures: published Alkire-Foster results, and sums that do not depend on the order of the rows. */
#include "need_fixture.h"

static gov_need_measures *measure(const gov_table *t, const char *weights, const char *k, const char *by)
{
    gov_need_measures *m = NULL;
    gov_need_measure_options o = GOV_NEED_MEASURE_OPTIONS_INIT;
    o.k = k;
    o.by = by;
    ck_ok(gov_need_alkire_foster(t, weights, &o, &m, &err));
    return m;
}

/* Alkire et al. (2015), box 5.5: z = (500, 5, not malnourished, improved sanitation), k = 1/2; asserted so by
 * yng-me/mpindex (tests/testthat/test-compute-mpi.R). */
START_TEST(the_society_of_box_5_5)
{
    gov_table *t = parse_table("i,e,m,s\n0,0,0,0\n1,0,0,1\n1,1,1,1\n0,1,0,0\n");
    gov_need_measures *m = measure(t, "1/4,1/4,1/4,1/4", "1/2", NULL);
    const gov_table *s = gov_need_measures_summary(m);
    ck_assert_int_eq(gov_table_rows(s), 1);
    ck_assert(number_at(s, "H", 0) == 0.5);
    ck_assert(number_at(s, "A", 0) == 0.75);
    ck_assert(number_at(s, "M0", 0) == 0.375);
    const gov_table *i = gov_need_measures_indicators(m);
    static const double uncensored[] = {0.5, 0.5, 0.25, 0.5};
    static const double censored[] = {0.5, 0.25, 0.25, 0.5};
    static const double contribution[] = {1.0 / 3, 1.0 / 6, 1.0 / 6, 1.0 / 3};
    for (int j = 0; j < 4; j++) {
        ck_assert(number_at(i, "uncensored", j) == uncensored[j]);
        ck_assert(number_at(i, "censored", j) == censored[j]);
        ck_assert(number_at(i, "contribution", j) == contribution[j]);
    }
    gov_need_measures_free(m);
    gov_table_free(t);
}
END_TEST

/* The example of mpitbR's vignette (girelaignacio/mpitbR, introduction_to_mpitbR.Rmd). */
START_TEST(the_five_households_of_mpitbR)
{
    gov_table *t = parse_table("a,b,c,d\n1,0,1,0\n0,1,0,0\n0,1,1,1\n1,0,0,0\n1,0,1,0\n");
    gov_need_measures *m = measure(t, "1/4,1/4,1/4,1/4", "1/2", NULL);
    const gov_table *s = gov_need_measures_summary(m);
    ck_assert(number_at(s, "H", 0) == 0.6);
    ck_near(number_at(s, "A", 0), 7.0 / 12, 1e-15);
    ck_near(number_at(s, "M0", 0), 0.35, 1e-15);
    static const double contribution[] = {2.0 / 7, 1.0 / 7, 3.0 / 7, 1.0 / 7};
    for (int j = 0; j < 4; j++)
        ck_near(number_at(gov_need_measures_indicators(m), "contribution", j), contribution[j], 1e-15);
    gov_need_measures_free(m);
    gov_table_free(t);
}
END_TEST

/* nlsw88, Stata's public data: households by (married, wage < 4, no college degree, hours < 26), 2 242 of them
 * and four with missing hours, which are left out but belong to the sample. Expected values as printed in C. Jindra's slides for the OPHI seminar of
 * 2015-11-09, which guilhermejacob/context (docs/6.3) replicates. */
static const int counts[2][8] = {{263, 49, 720, 142, 15, 17, 170, 65}, {167, 5, 435, 24, 9, 6, 123, 32}};

static gov_table *nlsw88(void)
{
    char *csv = malloc(100000);
    int n = sprintf(csv, "group,wage,college,hours\n");
    for (int g = 0; g < 2; g++)
        for (int p = 0; p < 8; p++)
            for (int i = 0; i < counts[g][p]; i++)
                n += sprintf(csv + n, "%s,%d,%d,%d\n", g == 0 ? "married" : "single", p >> 2, p >> 1 & 1,
                             p & 1);
    n += sprintf(csv + n, "single,1,1,\nsingle,1,1,\nmarried,1,1,\nmarried,1,1,\n");
    gov_table *t = parse_table(csv);
    free(csv);
    return t;
}

typedef struct printed {
    const char *k;
    double m0, m0_se, h, h_se, a, a_se;
} printed;

static void check_printed(const gov_table *s, int64_t row, const printed *p)
{
    ck_assert_str_eq(text_at(s, "k", row), p->k);
    ck_assert_double_eq_tol(number_at(s, "M0", row), p->m0, 5e-6);
    ck_assert_double_eq_tol(number_at(s, "M0_se", row), p->m0_se, 5e-5);
    ck_assert_double_eq_tol(number_at(s, "H", row), p->h, 5.1e-7);
    ck_assert_double_eq_tol(number_at(s, "H_se", row), p->h_se, 1e-9);
    ck_assert_double_eq_tol(number_at(s, "A", row), p->a, 5e-7);
    ck_assert_double_eq_tol(number_at(s, "A_se", row), p->a_se, 1e-9);
}

START_TEST(nlsw88_with_equal_weights_as_printed)
{
    static const printed expected[] = {
        {"1/3", 0.36991, 0.0053, 0.808207, 0.008316807, 0.4576895, 0.004573443},
        {"2/3", 0.18659, 0.0068, 0.2582516, 0.009245464, 0.7225101, 0.005174483},
        {"1/1", 0.043265, 0.0043, 0.04326494, 0.004297766, 1, 0}};
    gov_table *t = nlsw88();
    gov_need_measures *m = measure(t, "1/3,1/3,1/3", "1/3,2/3,1", "group");
    const gov_table *s = gov_need_measures_summary(m);
    ck_assert_int_eq(gov_table_rows(s), 9);
    for (int64_t k = 0; k < 3; k++)
        check_printed(s, k, &expected[k]);
    /* k = 1/3: headcounts and contributions of indicators and groups */
    static const double uncensored[] = {0.19492, 0.76316, 0.15165};
    static const double uncensored_se[] = {0.0084, 0.0090, 0.0076};
    static const double contribution[] = {0.17564, 0.68770, 0.13666};
    static const double contribution_se[] = {0.0061, 0.0077, 0.0059};
    static const double censored_two_thirds[] = {0.18421, 0.24799, 0.12756};
    static const double censored_se[] = {0.0082, 0.0091, 0.0070};
    const gov_table *i = gov_need_measures_indicators(m);
    for (int j = 0; j < 3; j++) {
        ck_assert_double_eq_tol(number_at(i, "uncensored", j), uncensored[j], 5e-6);
        ck_assert_double_eq_tol(number_at(i, "uncensored_se", j), uncensored_se[j], 5e-5);
        ck_assert_double_eq_tol(number_at(i, "contribution", j), contribution[j], 5.1e-6);
        ck_assert_double_eq_tol(number_at(i, "contribution_se", j), contribution_se[j], 5e-5);
        ck_assert_double_eq_tol(number_at(i, "censored", 3 + j), censored_two_thirds[j], 5e-6);
        ck_assert_double_eq_tol(number_at(i, "censored_se", 3 + j), censored_se[j], 5e-5);
    }
    static const double married[] = {0.65796, 0.67968, 0.6701};
    static const double married_se[] = {0.0120, 0.0197, 0.0477};
    for (int64_t k = 0; k < 3; k++) {
        ck_assert_str_eq(text_at(s, "group", 3 + k), "married");
        ck_assert_double_eq_tol(number_at(s, "contribution", 3 + k), married[k], 5e-6);
        ck_assert_double_eq_tol(number_at(s, "contribution_se", 3 + k), married_se[k], 5.1e-5);
        ck_assert_double_eq_tol(number_at(s, "contribution", 6 + k), 1 - married[k], 5e-6);
    }
    gov_need_measures_free(m);
    gov_table_free(t);
}
END_TEST

START_TEST(nlsw88_with_unequal_weights_as_printed)
{
    static const printed expected[] = {
        {"1/2", 0.19135, 0.0069, 0.2689563, 0.009366804, 0.7114428, 0.006847428},
        {"3/4", 0.14897, 0.0067, 0.1842105, 0.008188892, 0.8087167, 0.005216042},
        {"1/1", 0.043265, 0.0043, 0.04326494, 0.004297766, 1, 0}};
    gov_table *t = nlsw88();
    gov_need_measure_options o = GOV_NEED_MEASURE_OPTIONS_INIT;
    gov_need_measures *m = NULL;
    o.k = "1/2,3/4,1";
    o.columns = "wage,college,hours";
    ck_ok(gov_need_alkire_foster(t, "1/2,1/4,1/4", &o, &m, &err));
    for (int64_t k = 0; k < 3; k++)
        check_printed(gov_need_measures_summary(m), k, &expected[k]);
    gov_need_measures_free(m);
    gov_table_free(t);
}
END_TEST

START_TEST(a_model_measures_as_its_deprivations_do)
{
    gov_need_model *model =
        parse_model("govcore_model: 1\nid: m\nversion: 1\n"
                    "inputs: {p: {type: bool}, q: {type: bool}, n: {type: int}}\n"
                    "tiers: [{id: poor, at: 1/2}]\ndimensions:\n"
                    "  - {id: d, weight: 1/3, indicators: [{id: ip, weight: equal, deprived: p}]}\n"
                    "  - {id: e, weight: 2/3, indicators: [{id: iq, weight: equal, deprived: q}]}\n");
    gov_table *t = parse_table("p,q,n,g\n1,0,2,x\n0,1,3,y\n1,1,1,x\n0,,5,y\n0,0,4,x\n");
    gov_need_measures *a = NULL;
    gov_need_measures *b = NULL;
    gov_need_measure_options o = GOV_NEED_MEASURE_OPTIONS_INIT;
    gov_need_options scoring = GOV_NEED_OPTIONS_INIT;
    scoring.threads = 2;
    o.by = "g";
    o.weight = "n";
    o.k = "1/2";
    ck_ok(gov_need_measure(model, t, &scoring, &o, &a, &err));
    o.columns = "p,q";
    ck_ok(gov_need_alkire_foster(t, "1/3,2/3", &o, &b, &err));
    char *first = csv_of(gov_need_measures_summary(a));
    char *second = csv_of(gov_need_measures_summary(b));
    ck_assert_str_eq(first, second);
    const gov_table *s = gov_need_measures_summary(a);
    ck_near(number_at(s, "retained", 0), 10.0 / 15, 1e-15);
    ck_near(number_at(s, "H", 0), 0.4, 1e-15);
    ck_near(number_at(s, "M0", 0), (3 * 2.0 / 3 + 1) / 10, 1e-15);
    ck_assert_int_eq(gov_table_rows(gov_need_measures_dimensions(a)), 6);
    gov_need_measures_free(a);
    gov_need_measures_free(b);
    free(first);
    free(second);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

START_TEST(unknown_may_be_left_out_or_bound_the_measures)
{
    gov_table *t = parse_table("a,b\n1,1\n,1\n0,0\n0,\n");
    gov_need_measure_options o = GOV_NEED_MEASURE_OPTIONS_INIT;
    static const double h[] = {0.5, 0.25, 0.5};
    o.k = "1";
    for (o.missing = 0; o.missing < 3; o.missing++) {
        gov_need_measures *m = NULL;
        ck_ok(gov_need_alkire_foster(t, "1/2,1/2", &o, &m, &err));
        ck_assert(number_at(gov_need_measures_summary(m), "H", 0) == h[o.missing]);
        ck_assert(number_at(gov_need_measures_summary(m), "retained", 0) == (o.missing == 0 ? 0.5 : 1));
        gov_need_measures_free(m);
    }
    gov_table_free(t);
}
END_TEST

START_TEST(wrong_requests_are_refused)
{
    gov_table *t = parse_table("a,b,w\n1,1,1\n0,2,-1\n");
    gov_need_measures *m = NULL;
    gov_need_measure_options o = GOV_NEED_MEASURE_OPTIONS_INIT;
    o.columns = "a,b";
    ck_fails(gov_need_alkire_foster(t, "0.5,0.5", &o, &m, &err), GOV_E_FORMAT);
    ck_fails(gov_need_alkire_foster(t, "1/2,1/3", &o, &m, &err), GOV_E_RANGE);
    ck_fails(gov_need_alkire_foster(t, "1/2", &o, &m, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_alkire_foster(t, "1/2,1/2", &o, &m, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_assert_str_eq(err.name, "b");
    o.columns = "a";
    o.weight = "w";
    ck_fails(gov_need_alkire_foster(t, "1", &o, &m, &err), GOV_E_RANGE);
    ck_assert_str_eq(err.name, "w");
    o.weight = NULL;
    o.k = "0.3";
    ck_fails(gov_need_alkire_foster(t, "1", &o, &m, &err), GOV_E_FORMAT);
    o.k = "4/3";
    ck_fails(gov_need_alkire_foster(t, "1", &o, &m, &err), GOV_E_FORMAT);
    o.k = "";
    ck_fails(gov_need_alkire_foster(t, "1", &o, &m, &err), GOV_E_FORMAT);
    ck_assert_ptr_null(m);
    gov_table_free(t);
}
END_TEST

START_TEST(no_rows_have_no_measures)
{
    gov_table *t = parse_table("a,b\n1,1\n");
    gov_table *none = NULL;
    ck_ok(gov_table_slice(t, 0, 0, &none, &err));
    gov_need_measures *m = measure(none, "1/2,1/2", "1/2", NULL);
    const gov_table *s = gov_need_measures_summary(m);
    ck_assert_int_eq(int_at(s, "rows", 0), 0);
    ck_assert(isnan(number_at(s, "H", 0)));
    ck_assert(isnan(number_at(s, "M0", 0)));
    gov_need_measures_free(m);
    gov_table_free(none);
    gov_table_free(t);
}
END_TEST

START_TEST(every_allocation_of_a_measure_may_fail)
{
    gov_need_model *model = parse_model(SMALL_HEAD SMALL_DIMENSIONS SMALL_TIERS);
    gov_table *t = parse_table("a,b,x,y,g\ntrue,,5,1,u\nfalse,true,50,1,v\n");
    gov_need_measures *m = NULL;
    gov_need_measure_options o = GOV_NEED_MEASURE_OPTIONS_INIT;
    o.by = "g";
    o.k = "1/2";
    ck_every_allocation(gov_need_measure(model, t, NULL, &o, &m, &err), ck_assert_ptr_null(m),
                        gov_need_measures_free(m));
    m = NULL;
    o.columns = "a,b";
    ck_every_allocation(gov_need_alkire_foster(t, "1/2,1/2", &o, &m, &err), ck_assert_ptr_null(m),
                        gov_need_measures_free(m));
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

/* The rows of both tables, one below the other. */
static gov_table *below(const gov_table *a, const gov_table *b)
{
    char *first = csv_of(a);
    char *second = csv_of(b);
    char *all = malloc(strlen(first) + strlen(second) + 1);
    strcpy(all, first);
    strcat(all, strchr(second, '\n') + 1);
    gov_table *t = NULL;
    gov_csv_options o = GOV_CSV_OPTIONS_INIT;
    o.types = "group:utf8,stratum:utf8,unit:int64,deprived_mask:int64,weight_high:int64";
    ck_ok(gov_table_parse_csv(all, -1, NULL, &o, &t, &err));
    free(first);
    free(second);
    free(all);
    return t;
}

START_TEST(parts_finish_as_the_whole)
{
    gov_need_model *model =
        parse_model("govcore_model: 1\nid: m\nversion: 1\n"
                    "inputs: {p: {type: bool}, q: {type: bool}}\ntiers: [{id: poor, at: 1/2}]\n"
                    "dimensions: [{id: d, weight: 1, indicators: [\n"
                    "  {id: ip, weight: 1/3, deprived: p}, {id: iq, weight: 2/3, deprived: q}]}]\n");
    char csv[8000];
    int n = sprintf(csv, "p,q,w,g,s,u\n");
    for (int i = 0; i < 200; i++)
        n += sprintf(csv + n, "%d,%s,%d.%d,%s,s%d,%d\n", i % 3 == 0,
                     i % 11 == 0 ? ""
                     : i % 4     ? "1"
                                 : "0",
                     i % 7 + 1, i % 10, i % 5 ? "x" : "y", i % 2, i % 2 * 100 + i % 13);
    gov_table *t = parse_table(csv);
    gov_table *halves[2];
    gov_table *parts[2] = {NULL, NULL};
    gov_need_measures *whole = NULL;
    gov_need_measures *joined = NULL;
    gov_need_measure_options o = GOV_NEED_MEASURE_OPTIONS_INIT;
    o.by = "g";
    o.weight = "w";
    o.strata = "s";
    o.units = "u";
    ck_ok(gov_need_measure(model, t, NULL, &o, &whole, &err));
    for (int h = 0; h < 2; h++) {
        ck_ok(gov_table_slice(t, h == 0 ? 0 : 77, h == 0 ? 77 : 123, &halves[h], &err));
        ck_ok(gov_need_measure_part(model, halves[h], NULL, &o, &parts[h], &err));
    }
    for (int order = 0; order < 2; order++) {
        gov_table *all = below(parts[order], parts[1 - order]);
        ck_ok(gov_need_measure_finish(model, all, NULL, &o, &joined, &err));
        char *a = csv_of(gov_need_measures_summary(whole));
        char *b = csv_of(gov_need_measures_summary(joined));
        ck_assert_str_eq(a, b);
        free(a);
        free(b);
        gov_need_measures_free(joined);
        joined = NULL;
        gov_table *fewer = NULL;
        ck_ok(gov_need_measure_merge(all, &fewer, &err));
        ck_assert_int_lt(gov_table_rows(fewer), gov_table_rows(all));
        ck_ok(gov_need_measure_finish(model, fewer, NULL, &o, &joined, &err));
        a = csv_of(gov_need_measures_indicators(whole));
        b = csv_of(gov_need_measures_indicators(joined));
        ck_assert_str_eq(a, b);
        free(a);
        free(b);
        gov_need_measures_free(joined);
        joined = NULL;
        gov_table_free(fewer);
        fewer = NULL;
        ck_every_allocation(gov_need_measure_merge(all, &fewer, &err), ck_assert_ptr_null(fewer),
                            gov_table_free(fewer));
        if (order == 1)
            ck_every_allocation(gov_need_measure_finish(model, all, NULL, &o, &joined, &err),
                                ck_assert_ptr_null(joined), gov_need_measures_free(joined));
        joined = NULL;
        gov_table_free(all);
    }
    gov_table *wrong = parse_table(
        "deprived_mask,missing_mask,rows,weight_high,weight_low,square_high,square_low\n-1,0,1,0,1,0,1\n");
    o.by = o.strata = o.units = NULL;
    ck_fails(gov_need_measure_finish(model, wrong, NULL, &o, &joined, &err), GOV_E_RANGE);
    ck_fails(gov_need_measure_part(NULL, NULL, NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_measure_finish(NULL, NULL, NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_need_measure_merge(NULL, NULL, &err), GOV_E_ARGUMENT);
    gov_table_free(wrong);
    for (int h = 0; h < 2; h++) {
        gov_table_free(halves[h]);
        gov_table_free(parts[h]);
    }
    gov_need_measures_free(whole);
    gov_table_free(t);
    gov_need_model_free(model);
}
END_TEST

/* H from 1/2 to 1/4 and A from 3/4 to 1 in two years: M0 falls by 1/8, -7/32 by incidence and 3/32 by intensity. */
START_TEST(a_change_splits_into_incidence_and_intensity)
{
    gov_table *before = parse_table("a,b\n1,1\n1,0\n0,0\n0,0\n");
    gov_table *after = parse_table("a,b\n1,1\n0,0\n0,0\n0,0\n");
    gov_need_measures *from = measure(before, "1/2,1/2", "1/2", NULL);
    gov_need_measures *to = measure(after, "1/2,1/2", "1/2", NULL);
    gov_table *t = NULL;
    ck_ok(gov_need_measures_change(from, to, 2, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 3);
    ck_assert_str_eq(text_at(t, "figure", 2), "M0");
    ck_assert(number_at(t, "absolute", 0) == -0.25);
    ck_assert(number_at(t, "relative", 0) == -0.5);
    ck_near(number_at(t, "annual", 0), sqrt(0.5) - 1, 1e-15);
    ck_assert(number_at(t, "absolute", 2) == -0.125);
    ck_assert(number_at(t, "by_incidence", 2) == -7.0 / 32);
    ck_assert(number_at(t, "by_intensity", 2) == 3.0 / 32);
    ck_near(number_at(t, "absolute_se", 0), sqrt(0.25 / 3 + 3.0 / 16 / 3), 1e-14);
    gov_table_free(t);
    t = NULL;
    ck_every_allocation(gov_need_measures_change(from, to, 2, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t));
    ck_fails(gov_need_measures_change(from, to, 0, &t, &err), GOV_E_RANGE);
    ck_fails(gov_need_measures_change(NULL, to, 1, &t, &err), GOV_E_ARGUMENT);
    gov_need_measures_free(from);
    gov_need_measures_free(to);
    gov_table_free(before);
    gov_table_free(after);
}
END_TEST

/* The headcount of a from 1/2 to 1/4, and its contribution from 2/3 to 1/2, with the errors of two independent samples. */
START_TEST(a_change_is_told_indicator_by_indicator)
{
    gov_table *before = parse_table("a,b\n1,1\n1,0\n0,0\n0,0\n");
    gov_table *after = parse_table("a,b\n1,1\n0,0\n0,0\n0,0\n");
    gov_need_measures *from = measure(before, "1/2,1/2", "1/2", NULL);
    gov_need_measures *to = measure(after, "1/2,1/2", "1/2", NULL);
    gov_table *t = NULL;
    ck_ok(gov_need_measures_change_indicators(from, to, 2, &t, &err));
    ck_assert_int_eq(gov_table_rows(t), 6);
    static const char *const figures[] = {"uncensored", "censored", "contribution"};
    static const double by_a[] = {-0.25, -0.25, 1.0 / 2 - 2.0 / 3};
    static const double by_b[] = {0, 0, 1.0 / 2 - 1.0 / 3};
    for (int f = 0; f < 3; f++) {
        ck_assert_str_eq(text_at(t, "indicator", f), "a");
        ck_assert_str_eq(text_at(t, "figure", f), figures[f]);
        ck_near(number_at(t, "absolute", f), by_a[f], 1e-15);
        ck_assert_str_eq(text_at(t, "indicator", 3 + f), "b");
        ck_assert_double_eq_tol(number_at(t, "absolute", 3 + f), by_b[f], 1e-15);
    }
    ck_near(number_at(t, "annual", 0), sqrt(0.5) - 1, 1e-15);
    ck_near(number_at(t, "absolute_se", 0), sqrt(0.25 / 3 + 3.0 / 16 / 3), 1e-14);
    double se = sqrt(pow(number_at(gov_need_measures_indicators(from), "contribution_se", 0), 2) +
                     pow(number_at(gov_need_measures_indicators(to), "contribution_se", 0), 2));
    ck_near(number_at(t, "absolute_se", 2), se, 1e-15);
    gov_table_free(t);
    t = NULL;
    ck_every_allocation(gov_need_measures_change_indicators(from, to, 2, &t, &err), ck_assert_ptr_null(t),
                        gov_table_free(t));
    ck_fails(gov_need_measures_change_indicators(from, to, -1, &t, &err), GOV_E_RANGE);
    ck_fails(gov_need_measures_change_indicators(from, NULL, 1, &t, &err), GOV_E_ARGUMENT);
    gov_need_measures_free(from);
    gov_need_measures_free(to);
    gov_table_free(before);
    gov_table_free(after);
}
END_TEST

/* Four persons, lines 10 and 1: incomes 5, 8, 12 and 20, the second indicator 0/1. By hand: gaps 1/2, 1/5, 0, 0. */
START_TEST(gaps_give_depth_and_severity)
{
    gov_table *t = parse_table("income,flag\n0.5,1\n0.2,0\n0,1\n0,0\n");
    gov_need_measure_options o = GOV_NEED_MEASURE_OPTIONS_INIT;
    gov_table *m = NULL;
    o.k = "1/2,1";
    ck_ok(gov_need_gaps(t, "1/2,1/2", &o, &m, &err));
    ck_assert(number_at(m, "M0", 0) == 0.5);
    ck_near(number_at(m, "M1", 0), (0.75 + 0.1 + 0.5) / 4, 1e-15);
    ck_near(number_at(m, "M2", 0), (0.625 + 0.02 + 0.5) / 4, 1e-15);
    ck_assert(number_at(m, "M0", 1) == 0.25);
    ck_near(number_at(m, "M1", 1), 0.75 / 4, 1e-15);
    gov_table_free(m);
    m = NULL;
    ck_every_allocation(gov_need_gaps(t, "1/2,1/2", &o, &m, &err), ck_assert_ptr_null(m), gov_table_free(m));
    m = NULL;
    gov_table_free(t);
    t = parse_table("income,flag\n0.5,1\n1.2,0\n");
    ck_fails(gov_need_gaps(t, "1/2,1/2", &o, &m, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 1);
    ck_fails(gov_need_gaps(NULL, NULL, NULL, NULL, &err), GOV_E_ARGUMENT);
    gov_table_free(t);
}
END_TEST

GOV_TESTS("need/measures", the_society_of_box_5_5, the_five_households_of_mpitbR,
          nlsw88_with_equal_weights_as_printed, nlsw88_with_unequal_weights_as_printed,
          a_model_measures_as_its_deprivations_do, unknown_may_be_left_out_or_bound_the_measures,
          wrong_requests_are_refused, no_rows_have_no_measures, every_allocation_of_a_measure_may_fail,
          parts_finish_as_the_whole, a_change_splits_into_incidence_and_intensity,
          a_change_is_told_indicator_by_indicator, gaps_give_depth_and_severity)
