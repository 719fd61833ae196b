/* Forecasts against R 4.2 (stats, forecast 8.20, tsintermittent), tests/oracle/ets_moments.py and
 * tests/oracle/count_forecast.py (scipy 1.17). */
#include "govcore/trend/forecast.h"
#include "gov_check.h"
#include "stat/minimise.h"

#include <string.h>

static gov_error err = GOV_ERROR_INIT;

/* R datasets::AirPassengers, 1949-1960, and datasets::airmiles, 1937-1960. */
static const double AIR[144] = {
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158,
    133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218,
    230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235,
    227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278,
    284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404,
    347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
    548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432};
static const double AIRMILES[24] = {412,   480,   683,   1052,  1385,  1418,  1634,  2178,
                                    3362,  5948,  6109,  5981,  6753,  8003,  10566, 12528,
                                    14760, 16769, 19819, 22362, 25340, 25343, 29269, 30514};
/* The demand of tsintermittent's examples. */
static const double DEMAND[36] = {0, 2, 0, 1, 0, 11, 0, 0, 0, 0, 2, 0, 6, 3, 0, 0, 0, 0,
                                  0, 7, 0, 0, 0, 0,  0, 0, 0, 3, 1, 1, 0, 1, 0, 1, 0, 0};

/* stats::HoltWinters(AirPassengers, seasonal = "mult"): weights, SSE, a, b, s1, forecasts of 1961. */
START_TEST(holt_winters_is_that_of_r)
{
    static const double expected[12] = {447.055931345, 419.712279856, 464.867131096, 496.083937621,
                                        507.532637501, 575.450895961, 666.592293420, 657.913718340,
                                        550.308766449, 492.985309235, 420.207279555, 465.634500937};
    gov_holt_winters_options o = GOV_HOLT_WINTERS_OPTIONS_INIT;
    gov_holt_winters_result r = GOV_HOLT_WINTERS_RESULT_INIT;
    double mean[12];
    double seasonal[12];
    o.season = GOV_SEASON_MULTIPLICATIVE;
    o.period = 12;
    o.alpha = 2.75592474736e-01;
    o.beta = 3.26929527337e-02;
    o.gamma = 8.70729222265e-01;
    ck_ok(gov_holt_winters(AIR, NULL, 144, &o, 12, &r, seasonal, mean, NULL, &err));
    for (int h = 0; h < 12; h++)
        ck_near(mean[h], expected[h], 1e-10);
    ck_near(r.sse, 1.65707778670e+04, 1e-10);
    ck_near(r.level, 469.323220567160, 1e-11);
    ck_near(r.trend, 3.021539140125, 1e-10);
    ck_near(seasonal[0], 0.946461079873, 1e-11);
    o.alpha = o.beta = o.gamma = 0; /* R's own fit stops at the SSE above */
    ck_ok(gov_holt_winters(AIR, NULL, 144, &o, 0, &r, NULL, NULL, NULL, &err));
    ck_assert(r.sse <= 1.65707778670e+04 * (1 + 1e-9));
    ck_near(r.alpha, 2.75592474736e-01, 1e-2);
}
END_TEST

/* forecast 8.20: holt(airmiles, h = 5), with and without damping, with R's weights and start. */
START_TEST(ets_is_that_of_r)
{
    static const double mean[5] = {32764.3080844, 34871.3045065, 36978.3009286, 39085.2973506, 41192.2937727};
    static const double upper95[5] = {34986.2822052, 38209.4967745, 41566.3808454, 45045.1136239,
                                      48636.1984999};
    static const double damped[5] = {32631.1723612, 34579.2043992, 36488.2757693, 38359.1656855,
                                     40192.6377774};
    static const double damped95[5] = {34930.8513712, 38060.9948177, 41322.5513132, 44683.9830928,
                                       48125.6955540};
    const double start[] = {-786.103833587159, 557.331300951789};
    const double damped_start[] = {-786.285822420434, 557.921335074960};
    gov_ets_options o = GOV_ETS_OPTIONS_INIT;
    gov_ets_result r = GOV_ETS_RESULT_INIT;
    double m[5];
    double v[5];
    o.trend = GOV_ETS_ADDITIVE;
    o.alpha = 0.825834163225;
    o.beta = 0.295356408612;
    o.initial = start;
    ck_ok(gov_ets(AIRMILES, NULL, 24, &o, 5, &r, m, v, &err));
    ck_near(r.log_likelihood, -204.746192694, 1e-10);
    ck_near(r.aic, 419.492385387, 1e-10);
    ck_near(r.aicc, 422.825718721, 1e-10);
    ck_near(r.bic, 425.382654539, 1e-10);
    ck_near(r.mse, 1071027.35871, 1e-10);
    for (int h = 0; h < 5; h++) {
        ck_near(m[h], mean[h], 1e-10);
        ck_near(m[h] + 1.959963984540054 * sqrt(v[h]), upper95[h], 1e-10);
    }
    o.trend = GOV_ETS_DAMPED;
    o.alpha = 0.808685006575;
    o.beta = 0.334803302356;
    o.phi = 0.979999986112;
    o.initial = damped_start;
    ck_ok(gov_ets(AIRMILES, NULL, 24, &o, 5, &r, m, v, &err));
    ck_near(r.log_likelihood, -204.955637359, 1e-10);
    for (int h = 0; h < 5; h++) {
        ck_near(m[h], damped[h], 1e-10);
        ck_near(m[h] + 1.959963984540054 * sqrt(v[h]), damped95[h], 1e-10);
    }
    gov_ets_options own = GOV_ETS_OPTIONS_INIT;
    own.trend = GOV_ETS_ADDITIVE;
    ck_ok(gov_ets(AIRMILES, NULL, 24, &own, 0, &r, NULL, NULL, &err));
    ck_assert(r.log_likelihood > -204.747);
}
END_TEST

/* tests/oracle/ets_moments.py: the matrices of the book, with seasons that come round three times. */
START_TEST(multiplicative_moments_are_those_of_the_matrices)
{
    static const double y[14] = {42, 70, 47, 50, 72, 58, 45, 85, 57, 60, 80, 66, 49, 90};
    static const double expected[9][2] = {
        {63.1024791064109, 86.8964720223707}, {55.2774123679768, 76.9370738198759},
        {89.3143296878395, 239.658214457144}, {64.1494998626443, 173.497466097309},
        {56.1123083933272, 158.295192692233}, {90.5448305418663, 492.168712365522},
        {65.0048280653596, 332.280371124268}, {56.8013875920872, 295.649995173543},
        {91.5715551137321, 890.467425639279},
    };
    const double start[] = {50, 2, 0.8, 1.3, 0.9};
    gov_ets_options o = GOV_ETS_OPTIONS_INIT;
    gov_ets_result r = GOV_ETS_RESULT_INIT;
    double m[9];
    double v[9];
    o.multiplicative_error = 1;
    o.trend = GOV_ETS_DAMPED;
    o.season = GOV_SEASON_MULTIPLICATIVE;
    o.period = 3;
    o.alpha = 0.3;
    o.beta = 0.1;
    o.gamma = 0.2;
    o.phi = 0.9;
    o.initial = start;
    ck_ok(gov_ets(y, NULL, 14, &o, 9, &r, m, v, &err));
    ck_near(r.log_likelihood, -43.1806561938864, 1e-13);
    ck_near(r.sigma2, 0.0218227411411436, 1e-13);
    for (int h = 0; h < 9; h++) {
        ck_near(m[h], expected[h][0], 1e-13);
        ck_near(v[h], expected[h][1], 1e-12);
    }
}
END_TEST

/* tsintermittent 1.9: crost and tsb with weights 0.1, start 2 and 2 (0.5). */
START_TEST(intermittent_forecasts_are_those_of_tsintermittent)
{
    static const double expected[4] = {1.0091210150173, 0.95866496426642, 0.95600938264795, 0.92198380940367};
    double fitted[36];
    for (int kind = GOV_CROSTON; kind <= GOV_CROSTON_TSB; kind++) {
        double value = 0;
        ck_ok(gov_croston(DEMAND, NULL, 36, (gov_croston_kind)kind, 0.1, 0, &value, fitted, &err));
        ck_near(value, expected[kind], 1e-12);
    }
    ck_assert(isnan(fitted[0]));
    ck_near(fitted[1], 1, 0);
    ck_near(fitted[5], 0.932805, 1e-12);
    ck_near(fitted[35], 1.024426454893, 1e-12);
}
END_TEST

/* tests/oracle/count_forecast.py */
START_TEST(count_forecasts_are_those_of_the_definition)
{
    gov_count_options o = GOV_COUNT_OPTIONS_INIT;
    gov_count_result r = GOV_COUNT_RESULT_INIT;
    double mean[2];
    double size[2];
    o.discount = 0.9;
    ck_ok(gov_count_forecast(DEMAND, NULL, 36, &o, 2, &r, mean, size, &err));
    ck_near(r.log_likelihood, -70.1532002999116, 1e-12);
    ck_near(mean[0], 0.674332233449986, 1e-13);
    ck_near(mean[1], mean[0], 0);
    ck_near(size[0], 5.93226546721914, 1e-13);
    ck_near(size[1], 5.33903892049723, 1e-13);
    o.period = 4;
    ck_ok(gov_count_forecast(DEMAND, NULL, 36, &o, 1, &r, mean, size, &err));
    ck_near(r.log_likelihood, -62.9825493254003, 1e-12);
    ck_near(mean[0], 0.503794530901129, 1e-13);
    o.discount = 0;
    ck_ok(gov_count_forecast(DEMAND, NULL, 36, &o, 1, &r, mean, size, &err));
    ck_near(r.discount, 0.5, 1e-5);
    ck_near(r.log_likelihood, -58.6626839806, 1e-6);
    ck_near(gov_count_exceed(3, 0.7, 0.4), 0.0872916372306921, 1e-13);
    ck_near(gov_count_exceed(2.5, 0.7, 0.4), 0.0872916372306921, 1e-13);
    ck_near(gov_count_exceed(0, 0.7, 0.4), 1, 0);
    ck_near(gov_count_quantile(0.9, 0.7, 0.4), 2, 0);
}
END_TEST

/* A Poisson series of one rate keeps everything: the discount is 1 and the mean the mean. */
START_TEST(a_level_series_is_not_discounted)
{
    double y[60];
    for (int i = 0; i < 60; i++)
        y[i] = 4 + (i % 2);
    gov_count_result r = GOV_COUNT_RESULT_INIT;
    double mean;
    ck_ok(gov_count_forecast(y, NULL, 60, NULL, 1, &r, &mean, NULL, &err));
    ck_near(r.discount, 1, 0);
    ck_near(mean, 4.5, 1e-14);
}
END_TEST

/* The interval score of Bracher et al.: (9 - 5) + 2 / 0.2 x (10 - 9) = 14. CRPS of N(0, 1) at 0: (sqrt 2 - 1) / sqrt pi.
 * MASE: forecast::accuracy(snaive(AirPassengers without its last 24)). */
START_TEST(scores_are_those_of_their_definitions)
{
    const double level[] = {0.8};
    const double low[] = {5};
    const double high[] = {9};
    double value = 0;
    ck_ok(gov_wis(10, 8, level, low, high, 1, &value, &err));
    ck_near(value, (1 + 0.1 * 14) / 1.5, 1e-14);
    ck_ok(gov_wis(10, 8, NULL, NULL, NULL, 0, &value, &err));
    ck_near(value, 2, 0);
    ck_near(gov_crps_normal(0, 0, 1), (sqrt(2) - 1) / sqrt(3.14159265358979323846), 1e-14);
    ck_near(gov_crps_normal(7, 7, 2), 2 * (sqrt(2) - 1) / sqrt(3.14159265358979323846), 1e-14);
    ck_near(gov_crps_count(0, 0.7, 0.4), 0.148483995543653, 1e-12);
    ck_near(gov_crps_count(5, 0.7, 0.4), 3.82900175406769, 1e-12);
    ck_near(gov_crps_count(12, 9.5, 3), 2.21785251958239, 1e-12);
    ck_near(gov_crps_count(12, 9.5, INFINITY), 1.55911858207539, 1e-12);
    ck_near(gov_crps_count(1e12, 9.5, INFINITY), 1e12, 1e-10);
    ck_near(gov_crps_count(3, 1e6, INFINITY), 1e6, 1e-3);
    double naive[24];
    for (int i = 0; i < 24; i++)
        naive[i] = AIR[108 + i % 12];
    ck_ok(gov_mase(AIR, NULL, 120, 12, AIR + 120, naive, 24, &value, &err));
    ck_near(value, 2.4935191186, 1e-10);
    ck_ok(gov_coverage(AIR, AIR, AIR, 10, &value, &err));
    ck_near(value, 1, 0);
}
END_TEST

static gov_forecast run(const double *y, const uint8_t *valid, int64_t n, gov_forecast_method method,
                        int64_t period, double threshold, double *mean, double *bounds, double *exceed)
{
    static const double levels[] = {0.8, 0.95};
    gov_forecast_options o = GOV_FORECAST_OPTIONS_INIT;
    gov_forecast f = GOV_FORECAST_INIT;
    o.method = method;
    o.horizon = 3;
    o.period = period;
    o.levels = levels;
    o.level_count = 2;
    o.threshold = threshold;
    f.mean = mean;
    f.lower = bounds;
    f.upper = bounds + 6;
    f.exceed = exceed;
    ck_ok(gov_forecast_series(y, valid, n, &o, &f, &err));
    for (int h = 0; h < 3; h++) {
        ck_assert(bounds[3 + h] <= bounds[h] && bounds[h] <= bounds[6 + h] && bounds[6 + h] <= bounds[9 + h]);
        ck_assert(exceed[h] >= 0 && exceed[h] <= 1);
    }
    ck_assert(f.reason != NULL && f.reason_zh != NULL);
    return f;
}

START_TEST(the_method_is_chosen_with_a_reason)
{
    double mean[3];
    double bounds[12];
    double exceed[3];
    gov_forecast f = run(DEMAND, NULL, 36, GOV_FORECAST_AUTO, 0, 3, mean, bounds, exceed);
    ck_assert_int_eq(f.method, GOV_FORECAST_COUNT);
    f = run(AIR, NULL, 144, GOV_FORECAST_AUTO, 12, 500, mean, bounds, exceed);
    ck_assert_int_eq(f.method, GOV_FORECAST_ETS);
    /* all of R's kinds give 430 to 455 for January 1961 */
    ck_assert(mean[0] > 430 && mean[0] < 455 && exceed[0] < 0.05);
    f = run(AIR, NULL, 20, GOV_FORECAST_AUTO, 12, 500, mean, bounds, exceed);
    ck_assert_int_eq(f.method, GOV_FORECAST_ETS);
    uint8_t valid[144];
    memset(valid, 1, sizeof(valid));
    valid[100] = 0;
    f = run(AIR, valid, 144, GOV_FORECAST_AUTO, 12, 500, mean, bounds, exceed);
    ck_assert_int_eq(f.method, GOV_FORECAST_COUNT);
}
END_TEST

START_TEST(every_method_gives_means_intervals_and_exceedance)
{
    double mean[3];
    double bounds[12];
    double exceed[3];
    double value;
    for (int method = GOV_FORECAST_COUNT; method <= GOV_FORECAST_ETS; method++)
        if (method != GOV_FORECAST_HOLT_WINTERS_MULTIPLICATIVE)
            run(AIR, NULL, 144, (gov_forecast_method)method, 12, 500, mean, bounds, exceed);
    run(DEMAND, NULL, 36, GOV_FORECAST_SBA, 0, 3, mean, bounds, exceed);
    ck_ok(gov_croston(DEMAND, NULL, 36, GOV_CROSTON_SBA, 0, 0, &value, NULL, &err));
    ck_near(mean[2], value, 0);
    double other[3];
    double tail[3];
    run(DEMAND, NULL, 36, GOV_FORECAST_COUNT, 0, 3, other, bounds, tail);
    ck_near(exceed[1], tail[1], 0); /* intervals and exceedance are those of the count model */
    gov_forecast_options o = GOV_FORECAST_OPTIONS_INIT;
    gov_forecast f = GOV_FORECAST_INIT;
    o.method = GOV_FORECAST_HOLT_WINTERS_MULTIPLICATIVE;
    o.period = 12;
    f.mean = mean;
    ck_ok(gov_forecast_series(AIR, NULL, 144, &o, &f, &err));
    f.exceed = exceed;
    ck_fails(gov_forecast_series(AIR, NULL, 144, &o, &f, &err), GOV_E_UNSUPPORTED);
}
END_TEST

/* Rosenbrock's valley, with its minimum inside, and cut off by a bound. */
static double valley(const double *x, void *context)
{
    (void)context;
    return 100 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]) + (1 - x[0]) * (1 - x[0]);
}

START_TEST(the_simplex_finds_minima_within_bounds)
{
    double x[2] = {-1.2, 1};
    const double step[2] = {0.5, 0.5};
    const double lower[2] = {-2, -2};
    const double upper[2] = {2, 2};
    const double low_upper[2] = {0.5, 2};
    gov_minimise(valley, NULL, 2, x, step, lower, upper, 1e-14);
    ck_near(x[0], 1, 1e-5);
    ck_near(x[1], 1, 1e-5);
    x[0] = -1.2;
    x[1] = 1;
    gov_minimise(valley, NULL, 2, x, step, lower, low_upper, 1e-14);
    ck_near(x[0], 0.5, 1e-5);
    ck_near(x[1], 0.25, 1e-4);
}
END_TEST

START_TEST(bad_input_is_refused_with_a_reason)
{
    double y[12] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -12};
    double level[12] = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5};
    double zero[12] = {0};
    uint8_t valid[12] = {1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    double value = -7;
    double mean[3] = {-7};
    gov_forecast_options o = GOV_FORECAST_OPTIONS_INIT;
    gov_forecast f = GOV_FORECAST_INIT;
    f.mean = mean;
    ck_fails(gov_forecast_series(y, NULL, 12, NULL, NULL, &err), GOV_E_ARGUMENT);
    o.method = GOV_FORECAST_HOLT;
    ck_fails(gov_forecast_series(level, NULL, 12, &o, &f, &err), GOV_E_NO_DATA);
    ck_assert_str_eq(err.message, "all 12 values are equal, so their spread is not known");
    ck_fails(gov_forecast_series(y, valid, 12, &o, &f, &err), GOV_E_MISSING);
    ck_assert_int_eq(err.row, 2);
    ck_fails(gov_forecast_series(y, NULL, 2, &o, &f, &err), GOV_E_NO_DATA);
    ck_fails(gov_forecast_series(y, NULL, 0, &o, &f, &err), GOV_E_NO_DATA);
    o.method = GOV_FORECAST_ETS;
    ck_fails(gov_forecast_series(y, NULL, 5, &o, &f, &err), GOV_E_NO_DATA);
    o.method = GOV_FORECAST_COUNT;
    ck_fails(gov_forecast_series(y, NULL, 12, &o, &f, &err), GOV_E_RANGE);
    ck_assert_int_eq(err.row, 11);
    ck_fails(gov_forecast_series(zero, NULL, 12, &o, &f, &err), GOV_E_NO_DATA);
    o.method = GOV_FORECAST_TSB;
    ck_fails(gov_forecast_series(zero, NULL, 12, &o, &f, &err), GOV_E_NO_DATA);
    o.method = (gov_forecast_method)40;
    ck_fails(gov_forecast_series(y, NULL, 11, &o, &f, &err), GOV_E_ARGUMENT);
    o.method = GOV_FORECAST_AUTO;
    y[3] = NAN;
    ck_fails(gov_forecast_series(y, NULL, 11, &o, &f, &err), GOV_E_RANGE);
    y[3] = 4;
    const double levels[] = {1.5};
    o.levels = levels;
    o.level_count = 1;
    ck_fails(gov_forecast_series(y, NULL, 11, &o, &f, &err), GOV_E_ARGUMENT);
    o.level_count = 0;
    o.period = 1;
    ck_fails(gov_forecast_series(y, NULL, 11, &o, &f, &err), GOV_E_ARGUMENT);
    gov_holt_winters_options h = GOV_HOLT_WINTERS_OPTIONS_INIT;
    h.season = GOV_SEASON_MULTIPLICATIVE;
    ck_fails(gov_holt_winters(y, NULL, 12, &h, 1, NULL, NULL, mean, NULL, &err), GOV_E_ARGUMENT);
    h.period = 4;
    ck_fails(gov_holt_winters(y, NULL, 12, &h, 1, NULL, NULL, mean, NULL, &err), GOV_E_RANGE);
    h.alpha = 2;
    ck_fails(gov_holt_winters(y, NULL, 11, &h, 1, NULL, NULL, mean, NULL, &err), GOV_E_ARGUMENT);
    gov_ets_options e = GOV_ETS_OPTIONS_INIT;
    e.season = GOV_SEASON_MULTIPLICATIVE;
    e.period = 3;
    ck_fails(gov_ets(y, NULL, 12, &e, 1, NULL, mean, NULL, &err), GOV_E_UNSUPPORTED);
    e.multiplicative_error = 1;
    ck_fails(gov_ets(y, NULL, 12, &e, 1, NULL, mean, NULL, &err), GOV_E_RANGE);
    ck_fails(gov_croston(y, NULL, 11, GOV_CROSTON, 2, 0, &value, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_croston(y, NULL, 12, GOV_CROSTON, 0, 0, &value, NULL, &err), GOV_E_RANGE);
    ck_fails(gov_croston(y, NULL, 11, GOV_CROSTON, 0, 0, NULL, NULL, &err), GOV_E_ARGUMENT);
    ck_fails(gov_count_forecast(y, NULL, 2, NULL, 1, NULL, mean, NULL, &err), GOV_E_NO_DATA);
    ck_fails(gov_mase(level, NULL, 12, 1, y, y, 3, &value, &err), GOV_E_NO_DATA);
    ck_fails(gov_mase(level, NULL, 1, 1, y, y, 3, &value, &err), GOV_E_NO_DATA);
    ck_fails(gov_wis(1, NAN, NULL, NULL, NULL, 0, &value, &err), GOV_E_RANGE);
    ck_fails(gov_wis(1, 1, levels, y, y, 1, &value, &err), GOV_E_RANGE);
    ck_fails(gov_coverage(y, y, y, 0, &value, &err), GOV_E_NO_DATA);
    ck_assert(isnan(gov_crps_count(-1, 2, 1)) && isnan(gov_crps_normal(1, 1, 0)));
    ck_near(value, -7, 0);
    ck_near(mean[0], -7, 0);
}
END_TEST

START_TEST(a_failed_allocation_leaves_nothing)
{
    double mean[3] = {-7, -7, -7};
    gov_forecast f = GOV_FORECAST_INIT;
    gov_forecast_options o = GOV_FORECAST_OPTIONS_INIT;
    f.mean = mean;
    ck_every_allocation(gov_forecast_series(DEMAND, NULL, 36, NULL, &f, &err), ck_near(mean[0], -7, 0),
                        (void)0);
    o.method = GOV_FORECAST_ETS;
    mean[0] = -7;
    ck_every_allocation(gov_forecast_series(AIRMILES, NULL, 24, &o, &f, &err), ck_near(mean[0], -7, 0),
                        (void)0);
    mean[0] = -7;
    ck_every_allocation(gov_holt_winters(AIRMILES, NULL, 24, NULL, 3, NULL, NULL, mean, NULL, &err),
                        ck_near(mean[0], -7, 0), (void)0);
    mean[0] = -7;
    ck_every_allocation(gov_ets(AIRMILES, NULL, 24, NULL, 3, NULL, mean, NULL, &err), ck_near(mean[0], -7, 0),
                        (void)0);
    mean[0] = -7;
    ck_every_allocation(gov_count_forecast(DEMAND, NULL, 36, NULL, 3, NULL, mean, NULL, &err),
                        ck_near(mean[0], -7, 0), (void)0);
}
END_TEST

GOV_TESTS("trend/forecast", holt_winters_is_that_of_r, ets_is_that_of_r,
          multiplicative_moments_are_those_of_the_matrices,
          intermittent_forecasts_are_those_of_tsintermittent, count_forecasts_are_those_of_the_definition,
          a_level_series_is_not_discounted, scores_are_those_of_their_definitions,
          the_method_is_chosen_with_a_reason, every_method_gives_means_intervals_and_exceedance,
          the_simplex_finds_minima_within_bounds, bad_input_is_refused_with_a_reason,
          a_failed_allocation_leaves_nothing)
