// trend_options.i - options of detectors from plain arguments, for their single and their panel form.
%{
static gov_ears_options ears_options(int method, int64_t baseline, double min_sigma, double alpha)
{
    gov_ears_options options = GOV_EARS_OPTIONS_INIT;
    options.method = (gov_ears_method)method;
    options.baseline = baseline;
    options.min_sigma = min_sigma;
    options.alpha = alpha;
    return options;
}

// `counts` holds freq, b, w, no_periods, past_excluded, limit_periods; `levels` weights_threshold, trend_level, alpha,
// limit_cases. An absent array leaves the defaults.
static gov_farrington_options farrington_options(int version, int threshold, int power, in_int64s counts,
                                                 in_doubles levels, int without_trend, int without_weights,
                                                 gov_error *err)
{
    gov_farrington_options options = GOV_FARRINGTON_OPTIONS_INIT;
    options.version = (gov_farrington_version)version;
    options.threshold = (gov_farrington_threshold)threshold;
    options.power = (gov_farrington_power)power;
    options.without_trend = without_trend;
    options.without_weights = without_weights;
    if (counts.n == 6) {
        options.freq = counts.data[0];
        options.b = counts.data[1];
        options.w = counts.data[2];
        options.no_periods = counts.data[3];
        options.past_excluded = counts.data[4];
        options.limit_periods = counts.data[5];
    }
    if (levels.n == 4) {
        options.weights_threshold = levels.data[0];
        options.trend_level = levels.data[1];
        options.alpha = levels.data[2];
        options.limit_cases = levels.data[3];
    }
    if ((counts.data != NULL && counts.n != 6) || (levels.data != NULL && levels.n != 4))
        refuse(err, "six counts and four levels are needed");
    return options;
}

static gov_essence_options essence_options(int method, int64_t baseline, int64_t guard, double w1, double w2)
{
    gov_essence_options options = GOV_ESSENCE_OPTIONS_INIT;
    options.method = (gov_essence_method)method;
    options.baseline = baseline;
    options.guard = guard;
    options.w1 = w1;
    options.w2 = w2;
    return options;
}

static gov_cusum_options cusum_options(int transform, double k, double h, double alpha, double mean, int64_t baseline,
                                       int reset)
{
    gov_cusum_options options = GOV_CUSUM_OPTIONS_INIT;
    options.transform = (gov_cusum_transform)transform;
    options.k = k;
    options.h = h;
    options.alpha = alpha;
    options.mean = mean;
    options.baseline = baseline;
    options.reset = reset;
    return options;
}

static gov_glr_options glr_options(int decrease, double mean, int64_t baseline, double alpha, double theta,
                                   double threshold, int64_t window)
{
    gov_glr_options options = GOV_GLR_OPTIONS_INIT;
    options.decrease = decrease;
    options.mean = mean;
    options.baseline = baseline;
    options.alpha = alpha;
    options.theta = theta;
    options.threshold = threshold;
    options.window = window;
    return options;
}

static gov_ewma_options ewma_options(int asymptotic, double target, double sd, double lambda, double width)
{
    gov_ewma_options options = GOV_EWMA_OPTIONS_INIT;
    options.asymptotic = asymptotic;
    options.target = target;
    options.sd = sd;
    options.lambda = lambda;
    options.width = width;
    return options;
}

static gov_bocpd_options bocpd_options(int model, double expected_run, double alpha, double beta, double kappa,
                                       double mu)
{
    gov_bocpd_options options = GOV_BOCPD_OPTIONS_INIT;
    options.model = (gov_bocpd_model)model;
    options.expected_run = expected_run;
    options.alpha = alpha;
    options.beta = beta;
    options.kappa = kappa;
    options.mu = mu;
    return options;
}

// `counts` holds threads, alarm_method, trend_method, season, horizon, fdr_method, wide; `levels` alpha, min_sigma,
// ears_alpha, farrington_alpha, fdr_q, minimum_count, threshold.
static gov_trend_options trend_options(in_int64s counts, in_doubles levels, gov_run *run, gov_error *err)
{
    gov_trend_options options = GOV_TREND_OPTIONS_INIT;
    options.run = run;
    if (counts.n != 7 || levels.n != 7) {
        refuse(err, "seven counts and seven levels are needed");
        return options;
    }
    options.threads = (int32_t)counts.data[0];
    options.alarm_method = (gov_alarm_method)counts.data[1];
    options.trend_method = (gov_mk_method)counts.data[2];
    options.season = counts.data[3];
    options.horizon = counts.data[4];
    options.fdr_method = (gov_trend_fdr_method)counts.data[5];
    options.wide = (int32_t)counts.data[6];
    options.alpha = levels.data[0];
    options.min_sigma = levels.data[1];
    options.ears_alpha = levels.data[2];
    options.farrington_alpha = levels.data[3];
    options.fdr_q = levels.data[4];
    options.minimum_count = levels.data[5];
    options.threshold = levels.data[6];
    return options;
}
%}
