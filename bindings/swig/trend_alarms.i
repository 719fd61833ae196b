// trend_alarms.i - detectors for counts: EARS, Farrington, ESSENCE; how good a detector is.
GOV_VALUE(gov_alarm_quality, NativeAlarmQuality)
GOV_HEADER("govcore/trend/alarms.h")

%inline %{
static gov_table *trend_ears(in_doubles y, in_bytes valid, int method, int64_t baseline, double min_sigma,
                             double alpha, gov_error *err)
{
    gov_ears_options options = GOV_EARS_OPTIONS_INIT;
    gov_table *out = NULL;
    options.method = (gov_ears_method)method;
    options.baseline = baseline;
    options.min_sigma = min_sigma;
    options.alpha = alpha;
    if (one_length(y, valid, err) == GOV_OK)
        gov_ears_table(y.data, valid.data, y.n, &options, &out, err);
    return out;
}

// `range` may be absent, or hold the first period to judge and the one past the last.
static gov_table *trend_farrington(in_doubles y, in_bytes valid, in_doubles population, int version, int threshold,
                                   int power, int frequency, int start, int64_t freq, int64_t b, int64_t w,
                                   int64_t no_periods, int64_t past_excluded, double weights_threshold,
                                   double trend_level, double alpha, double limit_cases, int64_t limit_periods,
                                   int without_trend, int without_weights, in_int64s range, gov_error *err)
{
    gov_farrington_options options = GOV_FARRINGTON_OPTIONS_INIT;
    gov_table *out = NULL;
    options.version = (gov_farrington_version)version;
    options.threshold = (gov_farrington_threshold)threshold;
    options.power = (gov_farrington_power)power;
    options.frequency = (gov_frequency)frequency;
    options.start = start;
    options.freq = freq;
    options.b = b;
    options.w = w;
    options.no_periods = no_periods;
    options.past_excluded = past_excluded;
    options.weights_threshold = weights_threshold;
    options.trend_level = trend_level;
    options.alpha = alpha;
    options.limit_cases = limit_cases;
    options.limit_periods = limit_periods;
    options.without_trend = without_trend;
    options.without_weights = without_weights;
    if (range.n == 2) {
        options.from = range.data[0];
        options.to = range.data[1];
    }
    if (range.data != NULL && range.n != 2)
        refuse(err, "a range is its first period and the one past the last");
    else if (population.data != NULL && population.n != y.n)
        refuse(err, "values and population must be of one length");
    else if (one_length(y, valid, err) == GOV_OK)
        gov_farrington_table(y.data, valid.data, population.data, y.n, &options, &out, err);
    return out;
}

static gov_table *trend_essence(in_doubles y, in_bytes valid, int method, int64_t baseline, int64_t guard, double w1,
                                double w2, gov_error *err)
{
    gov_essence_options options = GOV_ESSENCE_OPTIONS_INIT;
    gov_table *out = NULL;
    options.method = (gov_essence_method)method;
    options.baseline = baseline;
    options.guard = guard;
    options.w1 = w1;
    options.w2 = w2;
    if (one_length(y, valid, err) == GOV_OK)
        gov_essence_table(y.data, valid.data, y.n, &options, &out, err);
    return out;
}

static void trend_alarm_evaluate(in_bytes alarm, in_bytes judged, in_bytes truth, gov_alarm_quality *quality,
                                 gov_error *err)
{
    gov_alarm_quality filled = GOV_ALARM_QUALITY_INIT;
    if (truth.n != alarm.n || (judged.data != NULL && judged.n != alarm.n))
        refuse(err, "alarm, judged and truth must be of one length");
    else if (gov_alarm_evaluate(alarm.data, judged.data, truth.data, alarm.n, &filled, err) == GOV_OK)
        *quality = filled;
}
%}
