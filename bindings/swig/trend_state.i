// trend_state.i - panels that are kept from day to day.
%{
#include "govcore/trend/state.h"
%}
GOV_HANDLE(gov_trend_state, NativeTrendState, gov_trend_state_free)

%{
// 0 in a number is the header's default; a baseline of 0 leaves EARS and CUSUM as the state has them.
static gov_ears_options state_ears(int method, int64_t baseline, double min_sigma, double alpha)
{
    gov_ears_options options = GOV_EARS_OPTIONS_INIT;
    options.method = (gov_ears_method)method;
    options.baseline = baseline;
    options.min_sigma = min_sigma;
    options.alpha = alpha;
    return options;
}

static gov_cusum_options state_cusum(double k, double h, double mean, int64_t baseline, int reset)
{
    gov_cusum_options options = GOV_CUSUM_OPTIONS_INIT;
    options.k = k;
    options.h = h;
    options.mean = mean;
    options.baseline = baseline;
    options.reset = reset;
    return options;
}
%}

%inline %{
static gov_trend_state *state_new(gov_panel *panel, int gaps, int64_t season, int ears_method, int64_t ears_baseline,
                                  double ears_min_sigma, double ears_alpha, double cusum_k, double cusum_h,
                                  double cusum_mean, int64_t cusum_baseline, int cusum_reset, int essence_method,
                                  int threads, gov_run *run, gov_error *err)
{
    gov_trend_state_options options = GOV_TREND_STATE_OPTIONS_INIT;
    gov_ears_options ears = state_ears(ears_method, ears_baseline, ears_min_sigma, ears_alpha);
    gov_cusum_options cusum = state_cusum(cusum_k, cusum_h, cusum_mean, cusum_baseline, cusum_reset);
    gov_essence_options essence = GOV_ESSENCE_OPTIONS_INIT;
    gov_trend_state *out = NULL;
    essence.method = (gov_essence_method)essence_method;
    options.gaps = (gov_gaps)gaps;
    options.season = season;
    options.ears = &ears;
    options.cusum = &cusum;
    options.essence = &essence;
    options.threads = threads;
    options.run = run;
    gov_trend_state_new(panel, &options, &out, err);
    return out;
}

static void state_add(gov_trend_state *state, gov_panel *panel, int threads, gov_run *run, gov_error *err)
{
    gov_trend_add_options options = GOV_TREND_ADD_OPTIONS_INIT;
    options.threads = threads;
    options.run = run;
    gov_trend_state_add(state, panel, &options, err);
}

static gov_table *state_findings(gov_trend_state *state, double alpha, int farrington, double farrington_alpha,
                                 int threads, gov_run *run, gov_error *err)
{
    gov_trend_findings_options options = GOV_TREND_FINDINGS_OPTIONS_INIT;
    gov_table *out = NULL;
    options.alpha = alpha;
    options.farrington = farrington;
    options.farrington_alpha = farrington_alpha;
    options.threads = threads;
    options.run = run;
    gov_trend_state_findings(state, &options, &out, err);
    return out;
}

static gov_panel *state_panel(gov_trend_state *state, gov_error *err)
{
    gov_panel *out = NULL;
    gov_trend_state_panel(state, &out, err);
    return out;
}

static int64_t state_series(gov_trend_state *state)
{
    return gov_trend_state_series(state);
}

static int64_t state_periods(gov_trend_state *state)
{
    return gov_trend_state_periods(state);
}

static int state_next_day(gov_trend_state *state)
{
    return gov_trend_state_next_day(state);
}

static gov_table *state_labels(gov_trend_state *state)
{
    return gov_table_retain(gov_trend_state_labels(state));
}

static void state_save(gov_trend_state *state, const char *path, gov_error *err)
{
    gov_trend_state_save(state, path, err);
}

static gov_trend_state *state_open(const char *path, gov_error *err)
{
    gov_trend_state *out = NULL;
    gov_trend_state_open(path, &out, err);
    return out;
}

static gov_trend_state *state_decode(in_bytes bytes, gov_error *err)
{
    gov_trend_state *out = NULL;
    gov_trend_state_decode(bytes.data, bytes.n, &out, err);
    return out;
}
%}
